"""Counties of several sizes side by side, each in a database of its own, made once."""

import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from lib import county as making


class County:
    """One size of the county: its database, and a connection to that.

    Args:
        database: ``SQLite`` or ``PostgreSQL``; towns, branches: how large it is.
    """

    def __init__(self, database: str, towns: int, branches: int) -> None:
        self.postgres = database == "PostgreSQL"
        self.towns, self.branches = towns, branches
        self.name = f"bench_{branches}"
        self.note = Path(settings.VAR) / f"{self.name}.pickle"
        self.county: making.County | None = None
        self._connection: Any = None

    @property
    def place(self) -> str:
        """The name of its database."""
        return self.name if self.postgres else str(Path(settings.VAR) / f"{self.name}.sqlite3")

    @contextmanager
    def here(self) -> Iterator[Any]:
        """Let everything within ask this county's database."""
        if self._connection is None:
            self._connection = _connect(self.place)
        before = connections["default"]
        connections["default"] = self._connection
        try:
            yield self.county
        finally:
            connections["default"] = before

    def load(self) -> bool:
        """Take up what an earlier run has kept, if there is any."""
        if not self.note.exists():
            return False
        with self.here():
            self.county = pickle.loads(self.note.read_bytes())
        return True


def prepare(sizes: list[County]) -> None:
    """Make the counties, the small ones on the way to the large ones; or take up the kept ones."""
    if all(size.load() for size in sizes):
        return
    before: County | None = None
    for size in sizes:
        begin = time.perf_counter()
        _copy(before, size)
        with size.here():
            if before is None:
                call_command("migrate", interactive=False, verbosity=0)
                call_command("createcachetable", verbosity=0)
            made = before.county if before and before.county else making.build()
            size.county = pickle.loads(pickle.dumps(made))
            size.county.grow(size.towns, size.branches)
            print(f"{size.county.people} members, {size.county.pledges} pledges,"
                  f" {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)  # fmt: skip
            size.note.write_bytes(pickle.dumps(size.county))
        before = size


def _connect(place: str) -> Any:
    """Connect to another database of the same server; not through the pool, which is one for all
    that are called "default"."""
    base = connections["default"]
    options = {key: value for key, value in base.settings_dict["OPTIONS"].items() if key != "pool"}
    return type(base)({**base.settings_dict, "NAME": place, "OPTIONS": options}, "default")


def _copy(source: County | None, to: County) -> None:
    """Make the database of ``to``: empty, or what ``source`` has."""
    if not to.postgres:
        with suppress(FileNotFoundError):
            Path(to.place).unlink()
        if source is not None:
            with source.here(), connections["default"].cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [to.place])
        return
    if source is not None and source._connection is not None:
        source._connection.close()  # a template must be left alone while it is copied
    template = f' TEMPLATE "{source.place}"' if source else ""
    server = _connect("postgres")
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{to.place}"')
        cursor.execute(f'CREATE DATABASE "{to.place}"{template}')
    server.close()
