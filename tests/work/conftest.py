"""The shared scenes of duties: ``scene.py``, called ``season`` in this room, and ``nine.py``.

Not by the name of a scene of another room: whoever asks for that has it played, too.
"""

import pytest
from tests.work.nine import nine
from tests.work.scene import Autumn, autumn_of_duties

__all__ = ["autumn_of_duties", "nine", "season"]


@pytest.fixture
def season(autumn_of_duties: Autumn) -> Autumn:
    """The bureau's campaign of autumn 2026 with one duty of each kind."""
    return autumn_of_duties
