"""How far long work has come, and the wish to stop it, as files.

A database row would not do: on SQLite the work's own open transaction makes every other writer
wait. The worker writes ``<uid>.json``, whoever watches writes ``<uid>.stop``; nobody writes both.
"""

import json
import os
import socket
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import models

from zhengyou.kernel import clock

SILENCE = timedelta(minutes=10)
"""A worker on another machine that says nothing for so long counts as interrupted."""


class State(models.TextChoices):
    """Where long work stands."""

    WAITING = "waiting", "等待开始"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已取消"
    BROKEN = "broken", "已中断"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the watcher sees: ``done`` of ``total`` steps (total 0: not known) and words to show."""

    state: State
    done: int = 0
    total: int = 0
    words: str = ""

    @property
    def percent(self) -> int:
        """Return whole per cent, 0 … 100; 100 only where all is done."""
        return min(100, self.done * 100 // self.total) if self.total > 0 else 0

    @property
    def over(self) -> bool:
        """Tell whether nothing more will come."""
        return self.state in {State.DONE, State.STOPPED, State.BROKEN}


@dataclass(frozen=True, slots=True)
class _Worker:
    """Names a process: its number alone is used again after a while, or after a reboot."""

    host: str
    boot: str
    pid: int
    born: str

    @classmethod
    def me(cls) -> "_Worker":
        return cls(socket.gethostname(), _boot(), os.getpid(), _born(os.getpid()))

    def is_gone(self) -> bool | None:
        """Tell whether the process has ended; None where this machine cannot know."""
        if self.host != socket.gethostname():
            return None
        if self.boot != _boot():
            return True
        return _born(self.pid) != self.born or not _exists(self.pid)


@dataclass(frozen=True, slots=True)
class _Note:
    """What stands in the file."""

    done: int
    total: int
    words: str
    over: str = ""
    at: str = ""
    worker: _Worker = field(default_factory=_Worker.me)


class Progress:
    """The progress of one piece of work.

    Args:
        uid: of the work, a task or an import.
    """

    def __init__(self, uid: UUID) -> None:
        folder = Path(settings.PROGRESS_FOLDER)
        self._note = folder / f"{uid}.json"
        self._stop = folder / f"{uid}.stop"

    def set(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work is; also the sign of life, so call it every minute or sooner.

        Args:
            done: steps done, from 0.
            total: steps in all; 0 while not known.
            words: Chinese, what is being done.
        """
        self._write(_Note(done, total, words, at=clock.now().isoformat()))

    def finish(self, words: str = "") -> None:
        """Say that the work has ended: done, or stopped if that was wished and steps are left."""
        now = self.read()
        left = self.cancelled and (now.done < now.total or not now.total)
        over = State.STOPPED if left else State.DONE
        at = clock.now().isoformat()
        self._write(_Note(now.done, now.total, words or now.words, over.value, at))
        self._stop.unlink(missing_ok=True)

    def cancel(self) -> None:
        """Wish that the work stops; the worker looks at :attr:`cancelled` between steps."""
        self._stop.parent.mkdir(parents=True, exist_ok=True)
        self._stop.touch()

    @property
    def cancelled(self) -> bool:
        """Tell whether somebody wished the work to stop."""
        return self._stop.exists()

    def read(self) -> Reading:
        """Return where the work stands; a worker that was killed shows as interrupted."""
        try:
            values = json.loads(self._note.read_text())
        except FileNotFoundError:
            return Reading(State.WAITING)
        note = _Note(**{**values, "worker": _Worker(**values["worker"])})
        if note.over:
            state = State(note.over)
        else:
            state = State.BROKEN if _is_interrupted(note) else State.RUNNING
        return Reading(state, note.done, note.total, note.words)

    def _write(self, note: _Note) -> None:
        self._note.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(".draft", self._note.stem, self._note.parent)
        with os.fdopen(descriptor, "w") as out:
            json.dump(asdict(note), out, ensure_ascii=False)
        Path(draft).replace(self._note)


def sweep(days: int = 7) -> int:
    """Remove files of work that nobody has touched for ``days``; return how many."""
    limit = (clock.now() - timedelta(days=days)).timestamp()
    removed = 0
    for path in Path(settings.PROGRESS_FOLDER).glob("*.*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < limit:
                path.unlink()
                removed += 1
    return removed


def _is_interrupted(note: _Note) -> bool:
    gone = note.worker.is_gone()
    if gone is None:
        return clock.now() - datetime.fromisoformat(note.at) > SILENCE
    return gone


@cache
def _boot() -> str:
    """Return what names this run of the machine; empty where the system does not say."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return ""


def _born(pid: int) -> str:
    """Return when process ``pid`` began, in ticks since boot; empty if it ended or none can say."""
    with suppress(OSError):
        # The second field, the program's name, may hold blanks and brackets.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in {"Z", "X"} else fields[19]
    return ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
