"""Drafts are saved as one types; whether they are is said in words; other forms are told."""

import pytest
from tests.cast import client_as

from zhengyou.ledger.models import Fact
from zhengyou.pledges.models import PledgeItem

pytestmark = pytest.mark.django_db

TYPES = {"HTTP_HX_REQUEST": "true"}
HALF = {"kind": "post", "text": "每周三放学后留", "key": "form-one"}


@pytest.fixture
def writer(world):
    """宋知行 with an empty pledge: client, address of the form."""
    pledge = world.drafted("song", kinds="")
    return client_as(world.cast.song), pledge, f"/pledges/{pledge.uid}/items/"


def test_one_form_makes_one_item_however_often_it_saves(writer) -> None:
    client, pledge, address = writer
    answer = client.post(address, HALF, **TYPES)
    assert "已存" in answer.content.decode() and answer["HX-Trigger"] == "saved"
    client.post(address, {**HALF, "text": "每周三放学后留 40 分钟", "target": "3"}, **TYPES)

    assert [item.text for item in pledge.items.all()] == ["每周三放学后留 40 分钟"]
    whole = {**HALF, "text": "每周三放学后留 40 分钟讲题。", "more": "1"}
    assert client.post(address, whole).status_code == 302  # the button, of the same form
    assert pledge.items.get().text == "每周三放学后留 40 分钟讲题。"
    assert Fact.objects.filter(verb="pledge_item.add").count() == 1
    assert not Fact.objects.filter(verb="pledge_item.edit").exists()  # a pause is no event


def test_a_form_does_not_take_its_own_saving_for_somebody_elses(world, writer) -> None:
    client, pledge, _ = writer
    item = world.add(world.actor("song"), pledge)
    address, seen = f"/pledges/items/{item.uid}/", item.fingerprint
    form = {"kind": "post", "seen": seen, "key": "form-one"}
    for text in ("改一", "改一改", "改好了"):
        assert "已存" in client.post(address, {**form, "text": text}, **TYPES).content.decode()
    assert client.post(address, {**form, "text": "改好了。"}).status_code == 302

    other = {**form, "text": "另一页写的", "key": "form-two"}
    answer = client.post(address, other, **TYPES)
    assert answer.status_code == 200 and "没存上" in answer.content.decode()
    assert "刚才在别处改过" in answer.content.decode() and "HX-Trigger" not in answer
    assert client.post(address, other).status_code == 409
    assert PledgeItem.objects.get(pk=item.pk).text == "改好了。"
    assert Fact.objects.filter(verb="pledge_item.edit").count() == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"text": ""}, "先写上承诺的事"),
        ({"target": "三个"}, "要写成数字"),
        ({"target": "1E+9999999999"}, "要写成数字"),
        ({"kind": ""}, "选一种承诺"),
    ],
)
def test_what_cannot_be_kept_is_said(writer, typed, why) -> None:
    client, pledge, address = writer
    answer = client.post(address, {**HALF, **typed}, **TYPES).content.decode()
    assert "没存上" in answer and why in answer
    assert not pledge.items.exists()


def test_what_was_sent_in_meanwhile_is_not_saved_over(world) -> None:
    pledge = world.submitted("song")
    item = pledge.items.first()
    client = client_as(world.cast.song)
    answer = client.post(f"/pledges/items/{item.uid}/", HALF, **TYPES)
    assert "没存上" in answer.content.decode() and "已经送审" in answer.content.decode()
    assert PledgeItem.objects.get(pk=item.pk).text == item.text


def test_the_last_item_is_sent_with_all_others(world) -> None:
    pledge = world.drafted("song", kinds="common post")
    client, address = client_as(world.cast.song), f"/pledges/{pledge.uid}/items/"
    assert "存下，全部送出" in client.get(address).content.decode()
    item = {"kind": "deed", "text": "修好走廊的灯。", "criterion": world.points["serve"].pk,
            "key": "form-one", "send": "1"}  # fmt: skip
    unfinished = client.post(address, item, follow=True)
    assert "还没送" in unfinished.content.decode() and "没写哪天做到" in unfinished.content.decode()
    client.post(address, {**item, "due_on": "2026-12-31"})
    assert {each.state for each in pledge.items.all()} == {"submitted"}
