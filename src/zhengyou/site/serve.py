"""Keeps the running product together: web server, task worker, and ``tick`` every hour.

They live and die together. The server's end ends everything; a worker that dies is started
again, unless it dies again and again. Knows nothing of Django: tests run it on tiny programs.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from types import FrameType

#: Seconds that a task or a request in hand may take to end before it is killed.
PATIENCE = 20.0
#: A worker that lived shorter than this many seconds counts as having failed to start.
SHORT_LIFE = 10.0
#: So many failed starts in a row are given up as hopeless.
ATTEMPTS = 5
TICK_EVERY = 3600.0
#: Seconds until the server must have answered for the first time.
START_LIMIT = 120.0
BEAT = 0.1
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen on ``host`` and ``port``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Tell whether a web server on ``host`` and ``port`` answers, whatever it says."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    visit = HTTPConnection(name, port, timeout=2)
    try:
        visit.request("HEAD", "/", headers={"Host": "localhost"})
        visit.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        visit.close()
    return True


def _die_with_parent() -> None:
    """On Linux, have the kernel end this child should its parent be killed outright."""
    if _LIBC:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: Sequence[str], quiet: bool = False) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own: Ctrl-C reaches us alone, and we pass it on.

    Args:
        command: the program and its arguments.
        quiet: throw away what it writes to standard output.
    """
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL if quiet else None,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


class Company:
    """The processes of one running product.

    Args:
        server: the command whose end is the end of all.
        worker: the command that is kept alive beside it, once the server is ready.
        tick: the command run as soon as the server is ready, and every hour after.
        ready: tells whether the server takes visitors yet.
    """

    def __init__(
        self,
        server: Sequence[str],
        worker: Sequence[str],
        tick: Sequence[str] = (),
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self.commands = {"server": server, "worker": worker, "tick": tick}
        self.ready = ready
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.started: dict[str, float] = {}
        self.failures = 0
        self.open = False
        self.stopping = False

    def run(self, greet: Callable[[], None]) -> str:
        """Run until told to stop (Ctrl-C, SIGTERM, SIGHUP) or until nothing can be saved.

        Args:
            greet: called once, as soon as the server takes visitors.

        Returns:
            Nothing after being told to stop, else in Chinese what could not be kept alive.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            self._start("server")
            while not self.stopping:
                problem = self._look_after_server(greet)
                if self.open and not problem:  # until then the server has the machine to itself
                    problem = self._look_after_worker()
                    self._tick_when_due()
                if problem:
                    return problem
                time.sleep(BEAT)
            return ""
        finally:
            self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _start(self, name: str) -> None:
        self.children[name] = start(self.commands[name], quiet=name == "tick")
        self.started[name] = time.monotonic()

    def _age(self, name: str) -> float:
        """Return how many seconds ago ``name`` was started."""
        return time.monotonic() - self.started[name]

    def _look_after_server(self, greet: Callable[[], None]) -> str:
        if self.children["server"].poll() is not None:
            return "网站意外停了，原因见上面的日志。"
        if not self.open and self.ready():
            self.open = True
            greet()
        if not self.open and self._age("server") > START_LIMIT:
            return f"网站启动 {START_LIMIT:.0f} 秒还没有应答，原因见上面的日志。"
        return ""

    def _look_after_worker(self) -> str:
        if "worker" not in self.children:
            self._start("worker")
        if self.children["worker"].poll() is None:
            return ""
        self.failures = self.failures + 1 if self._age("worker") < SHORT_LIFE else 1
        if self.failures >= ATTEMPTS:
            return f"后台任务连着 {ATTEMPTS} 次没能启动，原因见上面的日志。"
        self._start("worker")
        return ""

    def _tick_when_due(self) -> None:
        last = self.children.get("tick")
        running = last is not None and last.poll() is None
        due = last is None or self._age("tick") >= TICK_EVERY
        if self.commands["tick"] and due and not running:
            self._start("tick")

    def _end(self) -> None:
        """Ask all children to end, and insist on it when they take too long."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # it, or what it left behind
            child.wait()
