"""Scenes of this room."""

from tests.voices.open_week import open_week, week

__all__ = ["open_week", "week"]
