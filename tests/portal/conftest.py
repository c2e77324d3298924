"""The same autumn as the papers': see ``tests/papers/conftest.py``."""

from tests.papers.conftest import bare, scene

__all__ = ["bare", "scene"]
