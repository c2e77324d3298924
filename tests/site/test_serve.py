"""The parts of the running product live and die together. Tried on tiny real programs."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zhengyou.site.serve import answers, port_is_free

pytestmark = pytest.mark.pure

LIVES = "import time; time.sleep(60)"
#: Writes its pid into the folder, then does what follows.
SIGNS = "import os, sys, time; open(f'{sys.argv[1]}/{os.getpid()}', 'w').close(); "
RUNNER = """
import sys
from zhengyou.site import serve
folder, server, worker, tick = sys.argv[1:]
python = lambda code, place: [sys.executable, "-c", code, f"{folder}/{place}"]
company = serve.Company(python(server, "server"), python(worker, "worker"),
                        python(tick, "tick") if tick else ())
sys.exit(company.run(lambda: print("ready", flush=True)) or 0)
"""

Start = Callable[..., subprocess.Popen[str]]


def pids(folder: Path) -> list[int]:
    """Return the processes that signed in ``folder``."""
    return [int(path.name) for path in folder.iterdir()]


def is_alive(pid: int) -> bool:
    """Tell whether process ``pid`` still runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return (
        Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").exists() else True
    )


def wait_for(fact: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until ``fact`` holds, and fail if it does not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a company: ``start(server=code, worker=code, tick=code)``."""
    running: list[subprocess.Popen[str]] = []
    for place in ("server", "worker", "tick"):
        (tmp_path / place).mkdir()

    def begin(server: str = SIGNS + LIVES, worker: str = SIGNS + LIVES, tick: str = ""):
        command = [sys.executable, "-c", RUNNER, str(tmp_path), server, worker, tick]
        running.append(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_both_and_is_no_failure(start: Start, tmp_path: Path, number: int) -> None:
    company = start()
    wait_for(lambda: pids(tmp_path / "server") != [] and pids(tmp_path / "worker") != [])
    children = pids(tmp_path / "server") + pids(tmp_path / "worker")

    company.send_signal(number)

    assert company.wait(10) == 0
    assert [pid for pid in children if is_alive(pid)] == []


def test_the_end_of_the_server_is_the_end_of_all(start: Start, tmp_path: Path) -> None:
    company = start()
    wait_for(lambda: pids(tmp_path / "server") != [] and pids(tmp_path / "worker") != [])

    os.kill(pids(tmp_path / "server")[0], signal.SIGKILL)

    assert "网站意外停了" in company.communicate(timeout=10)[1]
    assert company.returncode == 1
    assert not is_alive(pids(tmp_path / "worker")[0])


def test_a_worker_that_dies_is_started_again(start: Start, tmp_path: Path) -> None:
    company = start()
    wait_for(lambda: len(pids(tmp_path / "worker")) == 1)

    os.kill(pids(tmp_path / "worker")[0], signal.SIGKILL)

    wait_for(lambda: len(pids(tmp_path / "worker")) == 2)
    assert company.poll() is None


def test_a_worker_that_cannot_start_is_given_up(start: Start, tmp_path: Path) -> None:
    company = start(worker=SIGNS + "sys.exit(3)")

    assert "后台任务连着 5 次没能启动" in company.communicate(timeout=20)[1]
    assert company.returncode == 1
    assert len(pids(tmp_path / "worker")) == 5
    assert not is_alive(pids(tmp_path / "server")[0])


def test_tick_runs_once_at_the_start_and_not_again_within_the_hour(
    start: Start, tmp_path: Path
) -> None:
    company = start(tick=SIGNS)
    wait_for(lambda: pids(tmp_path / "tick") != [])
    time.sleep(0.5)

    assert len(pids(tmp_path / "tick")) == 1
    assert company.poll() is None


def test_visitors_are_greeted_once(start: Start, tmp_path: Path) -> None:
    company = start()
    wait_for(lambda: pids(tmp_path / "server") != [])
    time.sleep(0.5)
    company.terminate()

    assert company.communicate(timeout=10)[0] == "ready\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of such an end")
def test_even_a_killed_runner_leaves_nobody_behind(start: Start, tmp_path: Path) -> None:
    company = start()
    wait_for(lambda: pids(tmp_path / "server") != [] and pids(tmp_path / "worker") != [])
    children = pids(tmp_path / "server") + pids(tmp_path / "worker")

    company.kill()

    wait_for(lambda: not any(is_alive(pid) for pid in children))


def test_a_taken_port_is_noticed_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert not port_is_free("127.0.0.1", port)
    assert port_is_free("127.0.0.1", port)
    assert not answers("127.0.0.1", port)
