"""The shared scene of problems, called ``scene`` in this room."""

import pytest
from tests.problems.scene import Found, found_problems

__all__ = ["found_problems", "scene"]


@pytest.fixture
def scene(found_problems: Found) -> Found:
    """Problems of 育新小学党支部 in every state, as of 12 October 2026."""
    return found_problems
