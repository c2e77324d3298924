"""The shared scene of this room."""

from tests.inspections.scene import checks

__all__ = ["checks"]
