"""The scene of this room."""

from tests.disclosure.scene import openness

__all__ = ["openness"]
