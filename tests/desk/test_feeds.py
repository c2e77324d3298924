"""Calendars by private link: read by two programs, gone with the right and with a press."""

from datetime import timedelta

import icalendar
import pytest
import vobject
from django.test import Client
from tests.cast import account_of, client_as

from zhengyou.desk import feeds
from zhengyou.desk.models import Feed
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions.posts import end_post
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Membership, Post, Role


@pytest.fixture
def secretary(scene) -> Actor:
    account_of(scene.cast.shen)
    return acting_as(scene.cast.shen, Role.SECRETARY)


def read(secret: str) -> bytes:
    """Fetch as a phone does: without signing in."""
    response = Client().get(f"/calendar/{secret}.ics")
    assert response.status_code == 200, response.status_code
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return bytes(response.content)


def by_icalendar(data: bytes) -> set[tuple[str, object]]:
    calendar = icalendar.Calendar.from_ical(data)
    return {(str(event["summary"]), event.decoded("dtstart")) for event in calendar.events}


def by_vobject(data: bytes) -> set[tuple[str, object]]:
    calendar = vobject.readOne(data.decode())
    return {(event.summary.value, event.dtstart.value) for event in calendar.vevent_list}


@pytest.mark.parametrize("own", [True, False], ids=["person", "body"])
def test_two_programs_read_the_same(scene, secretary, own):
    data = read(feeds.make(secretary, None if own else scene.cast.branch))

    found = by_icalendar(data)
    assert found and found == by_vobject(data)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_body_s_calendar_has_its_phases_tasks_and_their_own_dates(scene, secretary):
    titles = dict(by_icalendar(read(feeds.make(secretary, scene.cast.branch))))
    phase = scene.campaign.phases.get(code="act")
    task = phase.tasks.get(code="stage")

    assert titles["“践诺提升”阶段最后一天"] == phase.ends_on
    assert titles[task.title] == task.due_on


def test_no_calendar_names_a_person(scene, secretary):
    names = [person.name for person in scene.cast.persons.values()]
    for body in (None, scene.cast.branch):
        text = icalendar.Calendar.from_ical(read(feeds.make(secretary, body))).to_ical().decode()
        unfolded = text.replace("\r\n ", "")
        assert not [name for name in names if name in unfolded]


def test_an_entry_keeps_its_key_from_reading_to_reading(scene, secretary):
    secret = feeds.make(secretary, None)

    def keys() -> list[str]:
        events = icalendar.Calendar.from_ical(read(secret)).events
        return sorted(str(event["uid"]) for event in events)

    first = keys()
    assert first == keys() and len(first) == len(set(first))


def test_a_new_link_ends_the_old_one_and_revoking_ends_it(scene, secretary):
    old = feeds.make(secretary, None)
    new = feeds.make(secretary, None)
    assert Client().get(f"/calendar/{old}.ics").status_code == 404
    [feed] = feeds.open_feeds(secretary)
    assert read(new)
    feeds.revoke(secretary, feed)
    assert Client().get(f"/calendar/{new}.ics").status_code == 404


def test_only_a_hash_of_the_link_is_kept(secretary):
    secret = feeds.make(secretary, None)
    row = Feed.objects.get()
    assert secret not in str(vars(row)) and len(row.link_lookup) == 64


def test_a_body_s_calendar_is_gone_with_the_right(scene, secretary):
    account_of(scene.cast.gu)
    office = acting_as(scene.cast.gu, Role.CAMPAIGN_OFFICE)
    secret = feeds.make(office, scene.cast.bureau)
    assert read(secret)
    with clock.at(clock.today() + timedelta(days=1)):
        for post in Post.objects.on(clock.today()).filter(person=scene.cast.gu):
            end_post(acting_as(scene.cast.qin, Role.SECRETARY), post)
        Membership.objects.filter(person=scene.cast.gu).update(until=clock.today())
        assert Client().get(f"/calendar/{secret}.ics").status_code == 404


def test_nobody_has_the_calendar_of_the_body_next_door(scene, secretary):
    with pytest.raises(Refused, match="只给本组织的人"):
        feeds.make(secretary, scene.cast.nanhu)


def test_the_page_shows_a_link_once(scene):
    client = client_as(scene.cast.shen, Role.SECRETARY)
    page = client.post("/desk/calendars/", {"organisation": ""}, follow=True).content.decode()
    assert "只显示这一次" in page and ".ics" in page
    assert ".ics" not in client.get("/desk/reminders/").content.decode()
    assert client.post("/desk/calendars/", {"organisation": "nobody"}).status_code == 404
