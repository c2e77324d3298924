"""The shared scene of duties: see ``scene.py``."""

from tests.work.scene import autumn

__all__ = ["autumn"]
