"""The shared scenes of duties: ``scene.py``, called ``autumn`` in this room, and ``nine.py``."""

import pytest
from tests.work.nine import nine
from tests.work.scene import Autumn, autumn_of_duties

__all__ = ["autumn", "autumn_of_duties", "nine"]


@pytest.fixture
def autumn(autumn_of_duties: Autumn) -> Autumn:
    """The bureau's campaign of autumn 2026 with one duty of each kind."""
    return autumn_of_duties
