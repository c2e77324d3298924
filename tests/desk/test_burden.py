"""The burden meter counts what forms ask for, by body and month, and what came filled in."""

import re

from django.test import Client
from tests.cast import PASSWORD, account_of, client_as

from zhengyou.desk import burden
from zhengyou.desk.models import Burden
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role


def marks(page: str) -> list[str]:
    return re.findall(r'name="_f" value="([^"]+)"', page)


def test_a_form_that_was_taken_in_counts_and_a_faulty_one_does_not(scene) -> None:
    client = client_as(scene.cast.shen, Role.SECRETARY)
    said = marks(client.get("/desk/reminders/").content.decode())
    assert said == ["address", "hour+", "on"], "the hour came filled in"

    client.post("/desk/reminders/", {"address": "?", "hour": "7", "_f": said})
    assert not Burden.objects.exists()
    for _ in range(2):
        client.post("/desk/reminders/", {"address": "", "hour": "8", "_f": said})
    row = Burden.objects.get()
    assert (row.organisation, row.month) == (scene.cast.branch, clock.today().replace(day=1))
    assert (row.room, row.forms, row.asked, row.given) == ("desk", 2, 6, 2)


def test_marks_that_somebody_makes_up_stay_within_reason(scene) -> None:
    actor = acting_as(scene.cast.shen, Role.SECRETARY)
    burden.count(actor, "desk", ["a", "a+", "a"])
    burden.count(actor, "nowhere", ["a"])
    burden.count(actor, "desk", [])
    row = Burden.objects.get()
    assert (row.forms, row.asked) == (1, 1) and row.given <= row.asked


def test_a_year_of_months_and_the_bodies_below(scene) -> None:
    shen = acting_as(scene.cast.shen, Role.SECRETARY)
    wen = acting_as(scene.cast.wen, Role.SECRETARY)
    burden.count(shen, "pledges", ["text", "target+", "due+"])
    burden.count(wen, "people", ["name", "born"])
    own = burden.meter_of(shen, scene.cast.branch)
    assert [(row.asked, row.given, row.typed) for row in own.months[-2:]] == [(0, 0, 0), (3, 2, 1)]
    assert len(own.months) == 12 and own.now.share == 67
    assert [(row.label, row.typed) for row in own.rooms] == [("承诺", 1)]

    above = burden.meter_of(scene.office, scene.cast.bureau)
    assert above.below is not None
    assert (above.below.asked, above.below.given) == (5, 2)
    assert [(row.label, row.typed) for row in above.bodies] == [
        (scene.cast.nanhu.name, 2), (scene.cast.branch.name, 1)
    ]  # fmt: skip


def test_the_same_queries_for_one_body_below_and_for_many(scene, django_assert_num_queries) -> None:
    office = scene.office
    burden.count(acting_as(scene.cast.shen, Role.SECRETARY), "pledges", ["text"])
    with django_assert_num_queries(4):
        burden.meter_of(office, scene.cast.bureau)
    burden.count(acting_as(scene.cast.wen, Role.SECRETARY), "people", ["name"])
    with django_assert_num_queries(4):
        assert len(burden.meter_of(office, scene.cast.bureau).bodies) == 2


def test_signing_in_is_no_form_that_anybody_asked_for(scene) -> None:
    account = account_of(scene.cast.shen)
    client = Client()
    sent = {"login": account.username, "password": PASSWORD, "_f": ["login", "password"]}
    assert client.post("/login/", sent).status_code == 302
    assert not Burden.objects.exists()
