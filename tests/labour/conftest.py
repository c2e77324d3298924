"""The scene of this room."""

from tests.labour.scene import labour

__all__ = ["labour"]
