"""Storing and sweeping at the same time lose nothing, on both databases."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from zhengyou.files import store as contents
from zhengyou.files.actions import attach, detach, receive, store, sweep
from zhengyou.files.models import Attachment, Blob
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(*jobs) -> list[object]:
    """Run each job in a thread of its own, all starting at once."""
    start = threading.Barrier(len(jobs))

    def run(job):
        start.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result() for done in [pool.submit(run, job) for job in jobs]]


def test_eight_people_store_the_same_content(pdf, stored):
    run_together(*[lambda: store(pdf, "甲.pdf", Ref("plan", uuid4()), by="system")] * 8)
    assert (Blob.objects.count(), Attachment.objects.count()) == (1, 8)
    assert len(stored()) == 1


def make_old(sha256: str) -> None:
    long_ago = (clock.now() - timedelta(days=30)).timestamp()
    os.utime(contents.path_of(sha256), (long_ago, long_ago))


def test_what_was_placed_lately_is_not_removed(pdf):
    received = receive(pdf, "甲.pdf")
    with contents.removing(received.sha256) as may_go:
        assert not may_go
    assert contents.path_of(received.sha256).exists()


def test_placing_waits_for_removing_and_then_places_anew(pdf):
    """Else it would find the content, be content, and lose it a moment later."""
    received = receive(pdf, "甲.pdf")
    make_old(received.sha256)
    again = threading.Thread(target=receive, args=[pdf, "乙.pdf"])
    with contents.removing(received.sha256) as may_go:
        again.start()
        again.join(0.2)
        assert may_go
        assert again.is_alive()
    again.join()
    assert contents.path_of(received.sha256).read_bytes() == pdf


def test_the_sweep_sees_what_was_attached_while_it_waited(pdf):
    """It found the content unused; when its turn comes, somebody has attached it."""
    attachment = store(pdf, "甲.pdf", Ref("plan", uuid4()), by="system")
    detach(attachment)
    received = receive(pdf, "乙.pdf")
    make_old(received.sha256)
    removed: list[int] = []

    def sweeping() -> None:
        removed.append(sweep())
        connection.close()

    sweeper = threading.Thread(target=sweeping)
    with transaction.atomic():
        attach(received, Ref("plan", uuid4()), by="system")
        sweeper.start()
        sweeper.join(0.3)
        assert sweeper.is_alive()
    sweeper.join()
    assert removed == [0]
    assert contents.path_of(received.sha256).read_bytes() == pdf


def test_the_sweep_never_takes_what_is_just_being_attached(pdf, stored):
    for _ in range(10):
        attachment = store(pdf, "甲.pdf", Ref("plan", uuid4()), by="system")
        detach(attachment)
        make_old(attachment.blob.sha256)

        def attach_again() -> Attachment:
            with transaction.atomic():
                return store(pdf, "乙.pdf", Ref("plan", uuid4()), by="system")

        again, *_ = run_together(attach_again, sweep, sweep)
        assert contents.path_of(again.blob.sha256).read_bytes() == pdf
        assert Blob.objects.get() == Attachment.objects.get().blob
        detach(again)
