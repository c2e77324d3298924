"""Long work says how far it is; a worker that was killed shows as interrupted."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from zhengyou.kernel import clock, progress
from zhengyou.kernel.progress import Progress, Reading, State

pytestmark = pytest.mark.pure


@pytest.fixture
def work(settings, tmp_path) -> Progress:
    settings.PROGRESS_FOLDER = tmp_path / "progress"
    return Progress(uuid4())


def test_from_waiting_to_done(work):
    assert work.read() == Reading(State.WAITING)
    work.set(0, 0, "正在读取名册")
    assert (work.read().state, work.read().percent) == (State.RUNNING, 0)
    work.set(333, 1000, "正在核对第333行")
    assert work.read() == Reading(State.RUNNING, 333, 1000, "正在核对第333行")
    assert work.read().percent == 33
    assert not work.read().over
    work.set(1000, 1000)
    work.finish("全部核对完")
    assert work.read() == Reading(State.DONE, 1000, 1000, "全部核对完")
    assert work.read().over


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (999, 1000, 99), (1000, 1000, 100), (5, 3, 100)]
)
def test_a_hundred_per_cent_only_where_all_is_done(done, total, percent):
    assert Reading(State.RUNNING, done, total).percent == percent


def test_work_that_is_cancelled_stops(work):
    work.set(1, 10, "正在写入")
    work.cancel()
    assert work.cancelled
    assert work.read().state == State.RUNNING
    work.finish()
    assert work.read() == Reading(State.STOPPED, 1, 10, "正在写入")
    assert not work.cancelled


def test_work_that_is_cancelled_before_it_begins(work):
    work.cancel()
    assert work.cancelled
    work.finish("还没开始就取消了")
    assert work.read().state == State.STOPPED


def test_a_wish_that_comes_too_late_changes_nothing(work):
    work.set(10, 10)
    work.cancel()
    work.finish()
    assert work.read().state == State.DONE


WORKER = """
import sys, time
from pathlib import Path
from uuid import UUID
from django.conf import settings
settings.configure(PROGRESS_FOLDER=Path(sys.argv[1]))
from zhengyou.kernel.progress import Progress
Progress(UUID(sys.argv[2])).set(3, 10, "正在导入")
print("running", flush=True)
time.sleep(60)
"""


def test_a_killed_worker_shows_as_interrupted(settings, tmp_path):
    settings.PROGRESS_FOLDER = tmp_path
    uid = uuid4()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(tmp_path), str(uid)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert worker.stdout.readline() == "running\n"
    assert Progress(uid).read().state == State.RUNNING
    worker.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, worker.pid, os.WEXITED | os.WNOWAIT)  # dead, but its parent has not looked
    if Path("/proc/self/stat").exists():
        assert Progress(uid).read().state == State.BROKEN
    worker.wait()
    assert Progress(uid).read() == Reading(State.BROKEN, 3, 10, "正在导入")
    worker.stdout.close()


def note_of(work: Progress, **changes: object) -> None:
    """Rewrite who the worker is, as if it ran somewhere else."""
    values = json.loads(work._note.read_text())
    values["worker"].update(changes)
    work._note.write_text(json.dumps(values))


def test_a_process_number_used_again_is_not_the_worker(work):
    work.set(1, 2)
    note_of(work, born="1")
    assert work.read().state == State.BROKEN


def test_after_a_reboot_nothing_runs_any_more(work):
    work.set(1, 2)
    note_of(work, boot="another")
    assert work.read().state == State.BROKEN


def test_a_worker_elsewhere_is_judged_by_its_silence(work):
    work.set(1, 2)
    note_of(work, host="another-machine", pid=1)
    with clock.at(clock.now() + timedelta(minutes=9)):
        assert work.read().state == State.RUNNING
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert work.read().state == State.BROKEN


def test_readers_never_see_half_a_note(work):
    work.set(0, 1000, "开始")
    stop = threading.Event()
    seen: list[int] = []

    def watch() -> None:
        while not stop.is_set():
            seen.append(work.read().done)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for done in range(300):
        work.set(done, 1000, "字" * (done % 50))
    stop.set()
    watcher.join()
    assert seen == sorted(seen)


def test_old_files_are_swept(work):
    work.set(1, 2)
    work.cancel()
    assert progress.sweep() == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert progress.sweep() == 2
    assert work.read().state == State.WAITING
