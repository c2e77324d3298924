"""Contents are stored once, safely, and go when nobody needs them any more."""

import hashlib
import io
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests.files import samples

from zhengyou.files import store as contents
from zhengyou.files.actions import attach, detach, receive, store, sweep
from zhengyou.files.bad_file import BadFile
from zhengyou.files.models import Attachment, Blob
from zhengyou.files.queries import attachments_by_owner, attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref

pytestmark = pytest.mark.django_db


def a_plan() -> Ref:
    return Ref("plan", uuid4(), "创先争优方案")


def later(hours: float = 25):
    return clock.at(clock.now() + timedelta(hours=hours))


@pytest.mark.parametrize(
    "wrap",
    [bytes, io.BytesIO, lambda content: SimpleUploadedFile("x", content)],
    ids=["bytes", "file", "upload"],
)
def test_a_file_is_stored_under_its_digest(pdf, stored, folder, wrap):
    plan, person = a_plan(), str(uuid4())
    attachment = store(wrap(pdf), " 方案（定稿）.PDF", plan, by=person)
    digest = hashlib.sha256(pdf).hexdigest()
    assert stored() == [f"{digest[:2]}/{digest[2:]}"]
    assert (folder / digest[:2] / digest[2:]).read_bytes() == pdf
    blob = attachment.blob
    assert (blob.sha256, blob.size, blob.media_type) == (digest, len(pdf), "application/pdf")
    assert (attachment.name, attachment.owner) == ("方案（定稿）.pdf", plan)
    assert attachment.added_by == person
    assert attachment.get_absolute_url().endswith(f"/files/{attachment.uid}/")


def test_equal_contents_are_stored_once(pdf, stored):
    one = store(pdf, "甲.pdf", a_plan(), by="system")
    two = store(pdf, "乙.pdf", a_plan(), by="system")
    assert one.blob == two.blob
    assert Blob.objects.count() == len(stored()) == 1


def test_a_content_that_got_lost_comes_back_when_stored_again(pdf, stored):
    blob = store(pdf, "甲.pdf", a_plan(), by="system").blob
    contents.path_of(blob.sha256).unlink()
    store(pdf, "乙.pdf", a_plan(), by="system")
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "空.pdf", "空的"),
        (samples.PDF * 60_000, "大.pdf", "不能超过2 MB"),
        (samples.PNG, "图.pdf", "其实是PNG图片"),
        (samples.PDF, "程序.exe", "“.exe”"),
    ],
)
def test_a_bad_file_leaves_nothing(stored, content, name, word):
    with pytest.raises(BadFile) as refused:
        store(content, name, a_plan(), by="system")
    assert word in refused.value.reason
    assert stored() == []
    assert not Attachment.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing(stored):
    class Torn(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        store(Torn(samples.PDF * 10_000), "甲.pdf", a_plan(), by="system")
    assert stored() == []


def test_receiving_touches_no_table(pdf, django_assert_num_queries):
    with django_assert_num_queries(0):
        received = receive(pdf, "甲.pdf")
    with django_assert_num_queries(7):  # savepoints 4, blob 2, attachment 1
        attach(received, a_plan(), by="system")


def test_what_is_attached_stays(pdf, stored):
    store(pdf, "甲.pdf", a_plan(), by="system")
    with later(24 * 365):
        assert sweep() == 0
    assert len(stored()) == 1


def test_what_nobody_uses_goes_after_a_day(pdf, stored):
    attachment = store(pdf, "甲.pdf", a_plan(), by="system")
    other = store(pdf, "乙.pdf", a_plan(), by="system")
    detach(attachment)
    with later():
        assert sweep() == 0
    detach(other)
    with later(23):
        assert sweep() == 0
    with later():
        assert sweep() == 1
        assert sweep() == 0
    assert stored() == []
    assert not Blob.objects.exists()


def test_a_content_whose_rows_were_rolled_back_goes_after_a_day(pdf, stored):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store(pdf, "甲.pdf", a_plan(), by="system")
        raise ZeroDivisionError
    assert len(stored()) == 1
    assert sweep() == 0
    with later():
        assert sweep() == 1
    assert stored() == []


def test_a_content_that_is_stored_anew_is_safe_again(pdf, stored):
    attachment = store(pdf, "甲.pdf", a_plan(), by="system")
    detach(attachment)
    path = contents.path_of(attachment.blob.sha256)
    long_ago = (clock.now() - timedelta(days=30)).timestamp()
    os.utime(path, (long_ago, long_ago))
    receive(pdf, "乙.pdf")  # a form was sent; its transaction is still to come
    assert sweep() == 0
    assert len(stored()) == 1


WRITER = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(FILES_FOLDER=Path(sys.argv[1]), FILE_SIZE_LIMIT=10**9)
from zhengyou.files import store
def chunks():
    yield b"%PDF-1.7\\n" + b"x" * 1_000_000
    print("in the middle", flush=True)
    sys.stdin.read()
    yield b"the rest"
store.write(chunks())
"""


def test_a_killed_process_leaves_a_draft_that_is_swept(folder, stored):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with writer:
        assert writer.stdout.readline() == "in the middle\n"
        writer.send_signal(signal.SIGKILL)
    assert [Path(name).parts[0] for name in stored()] == ["drafts"]
    assert sweep() == 0
    with later():
        assert sweep() == 1
    assert stored() == []


def test_lists_are_one_query_for_1_and_30_owners(pdf, django_assert_num_queries):
    plans = [a_plan() for _ in range(30)]
    for number, plan in enumerate(plans):
        store(pdf, f"{number}.pdf", plan, by="system")
    store(pdf, "又一份.pdf", plans[0], by="system")
    for count in (1, 30):
        with django_assert_num_queries(1):
            found = attachments_by_owner("plan", [plan.uid for plan in plans[:count]])
            assert all(found[plan.uid][0].blob.size for plan in plans[:count])
    assert [each.name for each in attachments_of(plans[0])] == ["0.pdf", "又一份.pdf"]
    assert attachments_of(a_plan()) == []
