"""Scenes that many tests begin with, played once and left standing in an open transaction.

    @shared
    def cast() -> Cast: ...                # played on an empty database

    @shared(on="cast")
    def autumn(cast: Cast) -> Scene: ...   # played on top of another

A scene is a fixture like any other. Each test works in a savepoint above the scenes it asks for,
and on its own copy of the objects, so it finds them as they were played. A test that commits
(``transaction=True``, a live server) finds an empty database and has its scenes played for itself.
Names of scenes are unique in all of ``tests/``.
"""

import copy
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django.plugin import blocking_manager_key

_SCENES: dict[str, tuple[str, Callable[..., Any]]] = {}  # name → what it stands on, how to play it


def shared(play: Callable[..., Any] | None = None, *, on: str = "") -> Any:
    """Make a scene of a function: a fixture that returns what the function returns."""

    def fixture(play: Callable[..., Any]) -> Any:
        name = play.__name__
        assert name not in _SCENES or _SCENES[name][1].__module__ == play.__module__, name
        _SCENES[name] = (on, play)

        def scene(request: pytest.FixtureRequest, db: None) -> Any:
            return request.getfixturevalue("stage").find(name)

        scene.__doc__ = play.__doc__
        return pytest.fixture(name=name)(scene)

    return fixture(play) if play else fixture


class Stage:
    """What stands in the open transaction, one scene upon another."""

    def __init__(self) -> None:
        self.standing: list[tuple[str, ExitStack, Any]] = []
        self.copies: dict[str, Any] = {}
        self.connection: Any = None  # the one whose transaction is open

    def set_for(self, item: pytest.Item) -> None:
        """Before the savepoint of a test: take down what it does not want, play what it does."""
        wanted = [] if commits(item) else _lineage(item)
        names = [name for name, _, _ in self.standing]
        while names != wanted[: len(names)]:
            self._take_down()
            names.pop()
        for name in wanted[len(names) :]:
            self._play(name)
        self.copies = copy.deepcopy({name: scene for name, _, scene in self.standing})

    def find(self, name: str) -> Any:
        """Return a test's own copy of a scene, or play it where nothing is shared."""
        if name not in self.copies:
            below, play = _SCENES[name]
            self.copies[name] = play(self.find(below)) if below else play()
        return self.copies[name]

    def clear(self) -> None:
        """Take everything down."""
        while self.standing:
            self._take_down()

    def close(self) -> None:
        """Take everything down at the end of the run. While a browser is driven, Django sees an
        event loop and has another connection than before or after."""
        if self.standing and connections["default"] is not self.connection:
            self.connection.close()
            self.standing.clear()
        self.clear()

    def _play(self, name: str) -> None:
        below, play = _SCENES[name]
        held = ExitStack()
        self.connection = connections["default"]
        atomic = transaction.atomic()
        atomic._from_testcase = True  # As in Django's TestCase: what must be outermost may be here.
        held.enter_context(atomic)
        held.callback(transaction.set_rollback, True)
        scene = play(copy.deepcopy(self.standing[-1][2])) if below else play()
        self.standing.append((name, held, scene))

    def _take_down(self) -> None:
        _, held, _ = self.standing.pop()
        held.close()


def commits(item: pytest.Item) -> bool:
    """Tell whether a test is one that commits what it writes."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(names)
    )


def _lineage(item: pytest.Item) -> list[str]:
    """Return the scenes a test asks for, from the ground up; the tallest if they are several."""
    tallest: list[str] = []
    for name in getattr(item, "fixturenames", ()):
        line: list[str] = []
        while name in _SCENES:
            line.insert(0, name)
            name = _SCENES[name][0]
        tallest = max(tallest, line, key=len)
    return tallest


_stage = Stage()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take the scenes down before any fixture of a test that cannot stand above them: one that
    commits, or a TestCase of Django's, which sets up for its whole class."""
    cls = getattr(item.getparent(pytest.Class), "obj", None)
    if _stage.standing and (commits(item) or hasattr(cls, "setUpTestData")):
        with item.config.stash[blocking_manager_key].unblock():
            _stage.clear()


@pytest.fixture(scope="session")
def stage(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The stage of this run."""
    yield _stage
    with django_db_blocker.unblock():
        _stage.close()


@pytest.fixture
def _django_db_helper(_staged: None, _django_db_helper: None) -> None:
    """Have the scenes stand before pytest-django opens the savepoint of a test."""


@pytest.fixture
def _staged(request: pytest.FixtureRequest, stage: Stage, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        stage.set_for(request.node)
