"""A file goes to whoever sees its owner, to be kept and not to be shown."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from zhengyou.files import store as contents
from zhengyou.files.actions import store
from zhengyou.files.models import Attachment
from zhengyou.kernel import refs
from zhengyou.kernel.refs import Ref, Target

pytestmark = pytest.mark.django_db
PUBLIC, SECRET = uuid4(), uuid4()


def resolver(uid: UUID, actor: object) -> Target | None:
    """Everybody sees one plan, nobody the other, all the rest is gone."""
    return Target("方案", "", uid == PUBLIC) if uid in {PUBLIC, SECRET} else None


refs.register("test-files", resolver)


def attached(pdf: bytes, uid: UUID, name: str = "方案（定稿）.pdf") -> Attachment:
    return store(pdf, name, Ref("test-files", uid), by="system")


def test_who_sees_the_owner_gets_the_file(client: Client, pdf):
    answer = client.get(attached(pdf, PUBLIC).get_absolute_url())
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(pdf))
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%96%B9%E6%A1%88%EF%BC%88%E5%AE%9A%E7%A8%BF%EF%BC%89.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_plain_name_is_quoted(client: Client, pdf):
    answer = client.get(attached(pdf, PUBLIC, "plan 1.pdf").get_absolute_url())
    assert answer["Content-Disposition"] == 'attachment; filename="plan 1.pdf"'
    answer.close()


@pytest.mark.parametrize("owner", [SECRET, uuid4()], ids=["hidden", "gone"])
def test_who_does_not_see_the_owner_finds_nothing(client: Client, pdf, owner):
    assert client.get(attached(pdf, owner).get_absolute_url()).status_code == 404


def test_unknown_files_and_lost_contents_are_not_found(client: Client, pdf):
    attachment = attached(pdf, PUBLIC)
    assert client.get(f"/files/{uuid4()}/").status_code == 404
    contents.path_of(attachment.blob.sha256).unlink()
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_files_are_only_read(client: Client, pdf):
    address = attached(pdf, PUBLIC).get_absolute_url()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200
