"""What every test may ask for. The browser's fixtures are in
``tests/browser.py``, the named cast is in ``tests/cast.py``, how scenes are shared in
``tests/stage.py``."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.stage", "tests.browser", "tests.cast"]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Let no test feel the rate limits that another one has used up, or what it counted."""
    from zhengyou.people.queries import kept

    cache.clear()
    kept.forget()
