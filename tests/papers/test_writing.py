"""A paper is written by the worker: whole or not at all, and asked for again when it was not."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tests import cast as casting
from tests.cast import client_as
from tests.papers.conftest import NOW, begin, play

from zhengyou import documents
from zhengyou.files.models import Attachment
from zhengyou.kernel import clock
from zhengyou.kernel.progress import Progress, State
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.ledger.verification import verify
from zhengyou.papers.actions import making
from zhengyou.papers.models import PATIENCE, Paper, PaperState
from zhengyou.people.models import Role

LATER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def ask(scene) -> Paper:
    paper = making.ask_for_summary(scene.secretary, scene.campaign, scene.cast.branch)
    paper.refresh_from_db()
    return paper


def verbs() -> list[str]:
    found = Fact.objects.filter(about_kind="paper").order_by("seq")
    return list(found.values_list("verb", flat=True))


@pytest.fixture
def queued(bare, settings) -> Paper:
    """A paper that no worker has taken up."""
    settings.TASKS = LATER
    return ask(bare)


def test_written_at_once(bare):
    paper = ask(bare)
    assert paper.state == PaperState.READY
    assert paper.attachment.name == "育新小学党支部阶段总结（2026年11月10日）.docx"
    assert paper.attachment.owner == paper.ref
    assert verbs() == ["paper.ask", "paper.finish"]


def test_a_day_to_come_means_today(bare):
    day = NOW + timedelta(days=9)
    paper = making.ask_for_summary(bare.secretary, bare.campaign, bare.cast.branch, day)
    assert paper.as_of == NOW


@pytest.mark.django_db(transaction=True)
def test_written_by_the_worker_of_the_product(settings):
    settings.TASKS = LATER
    cast = casting.build()
    with clock.at(NOW):
        paper = ask(play(cast))
        assert paper.state == PaperState.QUEUED
        call_command("db_worker", batch=True, interval=0, verbosity=0, reload=False)
        paper.refresh_from_db()
    assert paper.state == PaperState.READY
    assert Progress(paper.uid).read().state == State.DONE


def test_a_second_run_finds_nothing_to_do(bare):
    paper = ask(bare)
    making.write(paper.uid)
    assert verbs() == ["paper.ask", "paper.finish"]
    assert Attachment.objects.count() == 1


def test_what_goes_wrong_is_said_and_can_be_asked_again(bare, monkeypatch):
    def broken(*args, **options):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(documents, "to_docx", broken)
        paper = ask(bare)
    assert paper.state == PaperState.FAILED
    assert "disk full" not in paper.problem
    assert paper.problem.endswith("请告诉系统管理员。")
    page = client_as(bare.cast.shen, Role.SECRETARY).get(f"/papers/{paper.uid}/").content.decode()
    assert paper.problem in page
    making.retry(bare.secretary, paper)
    paper.refresh_from_db()
    assert paper.state == PaperState.READY
    assert verbs() == ["paper.ask", "paper.fail", "paper.retry", "paper.finish"]


def test_of_two_who_ask_again_the_second_is_told(queued, bare):
    Paper.objects.filter(pk=queued.pk).update(state=PaperState.FAILED)
    first, second = Paper.objects.get(), Paper.objects.get()
    making.retry(bare.secretary, first)
    with pytest.raises(Stale):
        making.retry(bare.secretary, second)
    second.refresh_from_db()
    with pytest.raises(Refused, match="正在生成"):
        making.retry(bare.secretary, second)


def test_a_task_that_was_lost_is_noticed(queued, bare):
    assert not queued.interrupted
    assert making.release_interrupted() == 0
    with clock.at(clock.now() + PATIENCE + timedelta(minutes=1)):
        assert queued.interrupted
        assert making.release_interrupted() == 1
        assert making.release_interrupted() == 0
        queued.refresh_from_db()
        assert queued.state == PaperState.FAILED
        making.retry(bare.secretary, queued)
        assert not queued.interrupted


KILLED_AT = {
    "while reading": "zhengyou.papers.records.Records.load",
    "while typesetting": "zhengyou.documents.to_docx",
    "with the content stored": "zhengyou.files.actions.attach",
    "with all done but the commit": "zhengyou.papers.actions.making.book.Book.record",
}
WORKER = """
import os, sys, time
import django
from django.conf import settings
name, var, uid, where, sign = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = name
settings.FILES_FOLDER = __import__("pathlib").Path(var) / "files"
settings.PROGRESS_FOLDER = __import__("pathlib").Path(var) / "progress"
django.setup()
from unittest.mock import patch
from uuid import UUID
from zhengyou.papers.actions import making
def slow(*args, **options):
    open(sign, "w").close()
    time.sleep(60)
with patch(where, slow):
    making.write(UUID(uid))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", KILLED_AT.values(), ids=KILLED_AT)
def test_a_killed_worker_leaves_nothing_half_written(settings, tmp_path, where):
    settings.TASKS = LATER
    cast = casting.build()
    with clock.at(NOW):
        scene = begin(cast)
        paper = ask(scene)
    _kill_while(paper, where, tmp_path / "here")
    paper.refresh_from_db()
    assert paper.state == PaperState.WRITING
    assert paper.attachment is None
    assert not Attachment.objects.exists()
    assert paper.interrupted
    client = client_as(cast.shen, Role.SECRETARY)
    page = client.get(f"/papers/{paper.uid}/").content.decode()
    assert "没有生成" in page
    assert "重新生成" in page
    assert 'http-equiv="refresh"' not in page
    assert client.post(f"/papers/{paper.uid}/retry/").status_code == 302
    making.write(paper.uid)
    paper.refresh_from_db()
    assert paper.state == PaperState.READY
    assert verbs() == ["paper.ask", "paper.fail", "paper.retry", "paper.finish"]
    assert verify().fault is None


def _kill_while(paper: Paper, where: str, sign: Path) -> None:
    """Have another process write ``paper`` and kill it as soon as it gets to ``where``."""
    database = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, database, str(settings.VAR), str(paper.uid), where, sign],
        cwd=settings.ROOT,
        env={**os.environ, "PYTHONPATH": f"{settings.ROOT}/src:{settings.ROOT}"},
    )
    deadline = time.monotonic() + 60
    while not sign.exists() and time.monotonic() < deadline:
        assert worker.poll() is None, "it ended by itself"
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert sign.exists()
