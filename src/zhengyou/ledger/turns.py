"""Writers of one process wait their turn for SQLite, first come, first served.

SQLite lets one connection write at a time; the others sleep and try again, and whoever happens to
try at the right moment is next. Measured with eight busy threads, one of them waited for most of
the run. So threads queue up here first, and only the front one asks SQLite. PostgreSQL does not
need this: it locks rows.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

PATIENCE = 60.0
"""Seconds a thread queues at most."""


class Queue:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self, patience: float = PATIENCE) -> Iterator[None]:
        """Wait for one's turn and hold it for the length of the block.

        Raises:
            OperationalError: it did not come within ``patience`` seconds.
        """
        self._wait(patience)
        try:
            yield
        finally:
            self._hand_on()

    def _wait(self, patience: float) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(patience):
            return
        with self._guard:
            if mine in self._waiting:  # else the turn came in this very moment
                self._waiting.remove(mine)
                raise OperationalError(f"no turn to write within {patience} seconds")

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_queue = Queue()


@contextmanager
def write_turn() -> Iterator[None]:
    """Queue up before a transaction begins on SQLite; do nothing elsewhere.

    Inside a transaction the thread is the writer already, and queueing could only block both.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _queue.turn():
        yield
