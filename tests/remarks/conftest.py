"""The same autumn as the papers': see ``tests/papers/conftest.py``."""

from tests.papers.conftest import autumn, bare, begun, scene

__all__ = ["autumn", "bare", "begun", "scene"]
