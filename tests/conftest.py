"""What every test may ask for. The browser's fixtures are in
``tests/browser.py``, the named cast is in ``tests/cast.py``, how scenes are shared in
``tests/stage.py``."""

from collections.abc import Iterator

import pytest
import pytest_django
from django.core.cache import cache

pytest_plugins = ["tests.stage", "tests.browser", "tests.cast"]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Stands for pytest-django's own fixture: the database is copied, not migrated each time."""
    from django.test.utils import teardown_databases
    from tests import template

    verbosity = request.config.option.verbose
    with django_db_blocker.unblock():
        made = template.databases(verbosity)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=verbosity)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Let no test feel the rate limits that another one has used up, or what it counted."""
    from zhengyou.people.queries import kept

    cache.clear()
    kept.forget()
