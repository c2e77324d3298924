"""A migrated, empty database, made once and copied for each process of a run.

Migrating takes half a minute of processor time, copying none. On SQLite the copy is kept in
``build/`` for the next run, too, under a name made of all that decides what migrating gives; on
PostgreSQL it lives as long as the run's server.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

PREFIX = "test-template-"
PARTS = ("django", "django-allauth", "django-tasks-db")
"""Packages that bring migrations."""


def databases(verbosity: int) -> list[Any]:
    """Make this process's test database, by copying where there is what to copy.

    Returns:
        What ``django.test.utils.teardown_databases`` takes.
    """
    with _alone():
        copied = _copy()
        made = setup_databases(verbosity=verbosity, interactive=False, keepdb=copied)
        if not copied:
            _keep()
    return list(made)


def _key() -> str:
    """Return a digest of all that decides what migrating gives: migrations, models, packages."""
    digest = hashlib.sha256(" ".join(version(part) for part in PARTS).encode())
    source = Path(settings.ROOT) / "src" / "zhengyou"
    for path in sorted(source.rglob("*.py")):
        if {"migrations", "models", "models.py"} & set(path.relative_to(source).parts):
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _build() -> Path:
    folder = Path(settings.ROOT) / "build"
    folder.mkdir(exist_ok=True)
    return folder


def _template() -> Path:
    return _build() / f"{PREFIX}{_key()}.sqlite3"


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time make or copy."""
    on_postgres = connection.vendor == "postgresql"
    folder = Path(os.environ["ZHENGYOU_TEST_RUN"]) if on_postgres else _build()
    with (folder / f"{PREFIX}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy() -> bool:
    """Put a copy in place of the test database; tell whether there was one to copy."""
    name = str(connection.creation._get_test_db_name())
    if connection.vendor == "sqlite":
        if _template().exists():
            shutil.copy(_template(), name)
            return True
        return False
    with _server() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_on_server()])
        if not cursor.fetchone():
            return False
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_on_server()}"')
    return True


def _keep() -> None:
    """Keep a copy of the database just migrated."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        draft = _template().with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
        for old in _build().glob(f"{PREFIX}*.sqlite3"):
            old.unlink()
        draft.replace(_template())
        return
    connection.close()
    connection.close_pool()
    with _server() as cursor:
        cursor.execute(f'CREATE DATABASE "{_on_server()}" TEMPLATE "{name}"')


def _on_server() -> str:
    return f"{PREFIX}{_key()}"


def _server() -> Any:
    """Return a cursor on the server that is in no test database."""
    return connection.creation._nodb_cursor()
