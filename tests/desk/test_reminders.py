"""The digest: confirmed addresses only, once a day at most, at the hour that was asked for."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from tests.cast import account_of, client_as

from zhengyou.desk import letters, reminding
from zhengyou.desk.models import Reminder
from zhengyou.kernel import clock
from zhengyou.kernel.handovers import Handover, hand_over
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role

ADDRESS = "shen@school.example"


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=clock.SHANGHAI)


@pytest.fixture
def secretary(scene) -> Actor:
    account_of(scene.cast.shen)
    return acting_as(scene.cast.shen, Role.SECRETARY)


@pytest.fixture
def reminded(secretary, django_capture_on_commit_callbacks) -> Reminder:
    with django_capture_on_commit_callbacks(execute=True):
        reminding.save(secretary, address=ADDRESS, hour=7, on=True)
    row = Reminder.objects.get()
    assert not row.on and row.address == "", "an address counts once it is confirmed"
    code = re.search(r"confirm/([0-9a-f]+)/", mail.outbox[-1].body)
    assert code is not None
    row = reminding.confirm(secretary, code[1])
    mail.outbox.clear()
    return row


def tick(capture) -> int:
    with capture(execute=True):
        return letters.enqueue_due()


def test_a_digest_comes_once_a_day_at_its_hour(reminded, django_capture_on_commit_callbacks):
    day = clock.today() + timedelta(days=1)
    sent = []
    for hour in (6, 7, 8, 20):
        with clock.at(at(day, hour)):
            sent.append(tick(django_capture_on_commit_callbacks))
    with clock.at(at(day + timedelta(days=1), 9)):
        sent.append(tick(django_capture_on_commit_callbacks))

    assert sent == [0, 1, 0, 0, 1], "not before seven, once, and again next day, if late"
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]] * 2


def test_it_says_what_waits_in_plain_text_and_html(reminded, django_capture_on_commit_callbacks):
    with clock.at(at(clock.today(), 8)):
        tick(django_capture_on_commit_callbacks)
        todo, waiting = letters.everything(reminded.account)
    [letter] = mail.outbox
    [(html, kind)] = [(part.content, part.mimetype) for part in letter.alternatives]

    assert kind == "text/html" and "<script" not in html and "src=" not in html
    assert todo and waiting
    for errand in (*todo, *waiting):
        assert errand.title in letter.body and errand.title in html
        assert errand.url in letter.body and errand.url.startswith("http")
    assert f"{len(waiting)} 件等您定" in letter.subject


def test_nothing_due_means_no_letter(scene, django_capture_on_commit_callbacks):
    wen = acting_as(scene.cast.tao)
    account = account_of(scene.cast.tao)
    assert letters.everything(account) == ([], [])
    row = Reminder.objects.create(account=account, address="tao@village.example", on=True, hour=7)
    with clock.at(at(clock.today(), 9)):
        assert tick(django_capture_on_commit_callbacks) == 1
    assert mail.outbox == []
    assert not letters.digest(row.pk, clock.today() - timedelta(days=1))
    assert wen.person is not None


def test_a_closed_account_and_a_stopped_wish_get_nothing(
    reminded, secretary, django_capture_on_commit_callbacks
):
    reminding.save(secretary, address=ADDRESS, hour=9, on=False)
    with clock.at(at(clock.today(), 12)):
        assert tick(django_capture_on_commit_callbacks) == 0
    Reminder.objects.update(on=True)
    type(reminded.account).objects.filter(pk=reminded.account.pk).update(closed_at=clock.now())
    with clock.at(at(clock.today(), 12)):
        assert tick(django_capture_on_commit_callbacks) == 0


@pytest.mark.parametrize("hour", [5, 22, -1])
def test_nobody_is_woken(secretary, hour):
    with pytest.raises(Refused, match="夜里不打扰"):
        reminding.save(secretary, address=ADDRESS, hour=hour, on=True)


def test_a_code_is_good_for_its_account_for_three_days_and_once(
    scene, secretary, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        reminding.save(secretary, address=ADDRESS, hour=7, on=True)
    found = re.search(r"confirm/([0-9a-f]+)/", mail.outbox[-1].body)
    assert found is not None
    account_of(scene.cast.wen)
    with pytest.raises(Refused, match="不对或者过期"):
        reminding.confirm(acting_as(scene.cast.wen, Role.SECRETARY), found[1])
    with clock.at(clock.now() + timedelta(days=4)), pytest.raises(Refused):
        reminding.confirm(secretary, found[1])
    reminding.confirm(secretary, found[1])
    with pytest.raises(Refused):
        reminding.confirm(secretary, found[1])


def test_letters_of_confirmation_are_not_rained_on_anybody(secretary):
    reminding.save(secretary, address=ADDRESS, hour=7, on=True)
    with pytest.raises(Refused, match="过两分钟"):
        reminding.save(secretary, address="someone@else.example", hour=7, on=True)


def test_what_is_handed_over_comes_at_once(reminded, django_capture_on_commit_callbacks):
    what = Handover(reminded.account.person.uid, "二楼栏杆松了", "请马上去看。", "/desk/")
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(what)
    [letter] = mail.outbox
    assert letter.to == [ADDRESS] and "二楼栏杆松了" in letter.body
    assert "http://localhost:8000/desk/" in letter.body


def test_the_page_keeps_the_wish_and_says_what_is_wrong(scene):
    client = client_as(scene.cast.shen, Role.SECRETARY)
    wrong = client.post("/desk/reminders/", {"address": "沈若兰", "hour": "7", "on": "on"})
    assert wrong.status_code == 422 and "名字@邮局" in wrong.content.decode()
    none = client.post("/desk/reminders/", {"address": "", "hour": "7", "on": "on"})
    assert none.status_code == 422 and "请写上邮箱" in none.content.decode()
    client.post("/desk/reminders/", {"address": ADDRESS, "hour": "12", "on": "on"})
    page = client.get("/desk/reminders/").content.decode()
    assert f"确认信发到了 {ADDRESS}" in page
    assert Reminder.objects.get().hour == 12
