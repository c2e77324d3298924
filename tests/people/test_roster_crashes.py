"""Workers killed, and workers that meet: an import is written whole, once, or not at all."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from tests import cast as casting
from tests.people.roster_books import book, confirmed, keeper, line, office, uploaded

from zhengyou.kernel.progress import Progress, State
from zhengyou.kernel.states import Stale
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import roster as verbs
from zhengyou.people.models import ImportedRow, ImportState, Person, RosterImport
from zhengyou.people.roster import jobs

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 400
WORKER = """
import sys
from uuid import UUID
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from zhengyou.people.roster import jobs, reading, undoing
reading.CHUNK = undoing.CHUNK = 5
getattr(jobs, sys.argv[2])(UUID(sys.argv[3]), UUID(sys.argv[4]))
"""


@pytest.fixture
def nobody_works(settings: Any) -> Callable[[], None]:
    """Stop the workers: what is ordered from now on waits until a test does it itself."""

    def stop() -> None:
        dummy = "django.tasks.backends.dummy.DummyBackend"
        settings.TASKS = {"default": {"BACKEND": dummy, "QUEUES": ["default"]}}

    return stop


def kill_in_the_middle(roster: RosterImport, job: str) -> None:
    """Start a worker as a process of its own, and kill it when it has done part of its work."""
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, name, job, str(roster.uid), str(roster.job)],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "zhengyou.site.settings",
            "ZHENGYOU_VAR": str(configured.VAR),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    progress, deadline = Progress(roster.job), time.monotonic() + 120
    words = jobs.WRITING if job == "write" else jobs.TAKING_BACK
    while progress.read().words != words or progress.read().done < 20:
        assert worker.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait(30)
    assert progress.read().state == State.BROKEN
    assert progress.read().done < ROWS


def many() -> bytes:
    return book([line("钱" + chr(0x4E00 + at), at) for at in range(1, ROWS + 1)])


def test_a_worker_killed_while_writing_leaves_the_roll_as_it_was(nobody_works, settings):
    cast = casting.build()
    workers = settings.TASKS
    roster = uploaded(keeper(cast), cast.branch, many())
    assert roster.count("add") == ROWS
    before = Person.objects.count()
    nobody_works()
    verbs.confirm(keeper(cast), roster)

    kill_in_the_middle(roster, "write")
    roster.refresh_from_db()
    assert (Person.objects.count(), ImportedRow.objects.count()) == (before, 0)
    assert roster.state == ImportState.WRITING
    assert verbs.is_interrupted(roster)

    verbs.release(keeper(cast), roster)
    roster.refresh_from_db()
    assert (roster.state, roster.reason) == (ImportState.PREVIEWED, verbs.INTERRUPTED)
    settings.TASKS = workers
    confirmed(keeper(cast), roster)
    assert roster.state == ImportState.CONFIRMED
    assert Person.objects.count() == before + ROWS
    assert Fact.objects.filter(verb="roster.import").count() == 1


def test_a_worker_killed_while_undoing_leaves_everybody(nobody_works, settings):
    cast = casting.build()
    workers = settings.TASKS
    roster = confirmed(keeper(cast), uploaded(keeper(cast), cast.branch, many()))
    everybody = Person.objects.count()
    nobody_works()
    verbs.undo(keeper(cast), roster)

    kill_in_the_middle(roster, "take_back")
    roster.refresh_from_db()
    assert Person.objects.count() == everybody
    assert verbs.is_interrupted(roster)
    verbs.release(keeper(cast), roster)
    settings.TASKS = workers
    verbs.undo(keeper(cast), roster)
    roster.refresh_from_db()
    assert roster.state == ImportState.UNDONE
    assert Person.objects.count() == everybody - ROWS


def at_once(*work: Callable[[], None]) -> list[Exception | None]:
    """Run all in threads that start together; return what each raised, or None."""
    gate = threading.Barrier(len(work))
    results: list[Exception | None] = [None] * len(work)

    def run(number: int, one: Callable[[], None]) -> None:
        try:
            gate.wait(30)
            one()
        except Exception as problem:  # noqa: BLE001  (handed to the test)
            results[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def test_of_two_who_confirm_at_once_one_is_told(nobody_works):
    cast = casting.build()
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    nobody_works()
    copies = [RosterImport.objects.get(pk=roster.pk) for _ in range(2)]
    results = at_once(
        lambda: verbs.confirm(keeper(cast), copies[0]),
        lambda: verbs.confirm(office(cast), copies[1]),
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Stale"]
    assert any(isinstance(result, Stale) for result in results)


def test_two_workers_at_one_job_write_once(nobody_works):
    cast = casting.build()
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1), line("孙知秋", 2)]))
    nobody_works()
    verbs.confirm(keeper(cast), roster)
    work = lambda: jobs.write(roster.uid, roster.job)  # noqa: E731
    assert at_once(work, work) == [None, None]
    assert Person.objects.filter(name="钱小满").count() == 1
    assert Fact.objects.filter(verb="roster.import").count() == 1


def test_two_imports_of_the_same_people_make_nobody_twice(nobody_works):
    """One import is into the branch, the other into the committee above it, a moment later."""
    cast = casting.build()
    content = book([line("钱小满", 1, 公民身份号码="", 出生日期=""), line("孙知秋", 2)])
    first = uploaded(keeper(cast), cast.branch, content)
    second = uploaded(office(cast), cast.bureau, content)
    nobody_works()
    verbs.confirm(keeper(cast), first)
    verbs.confirm(office(cast), second)
    results = at_once(
        lambda: jobs.write(first.uid, first.job), lambda: jobs.write(second.uid, second.job)
    )
    assert results == [None, None]
    states = {RosterImport.objects.get(pk=one.pk).state for one in (first, second)}
    assert states == {ImportState.CONFIRMED, ImportState.PREVIEWED}
    assert Person.objects.filter(name="钱小满").count() == 1
    assert Person.objects.filter(name="孙知秋").count() == 1
