"""Storing and sweeping at the same time lose nothing, on both databases."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from zhengyou.files import store as contents
from zhengyou.files.actions import detach, store, sweep
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


def test_the_sweep_never_takes_what_is_just_being_attached(pdf, stored):
    for _ in range(10):
        attachment = store(pdf, "甲.pdf", Ref("plan", uuid4()), by="system")
        detach(attachment)
        path = contents.path_of(attachment.blob.sha256)
        long_ago = (clock.now() - timedelta(days=30)).timestamp()
        os.utime(path, (long_ago, long_ago))

        def attach_again() -> Attachment:
            with transaction.atomic():
                return store(pdf, "乙.pdf", Ref("plan", uuid4()), by="system")

        again, *_ = run_together(attach_again, sweep, sweep)
        assert contents.path_of(again.blob.sha256).read_bytes() == pdf
        assert Blob.objects.get() == Attachment.objects.get().blob
        detach(again)
