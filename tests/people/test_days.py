"""The working-day calendar as its keepers change it."""

from datetime import date

import pytest
from tests.cast import Cast, client_as

from zhengyou.kernel import clock
from zhengyou.kernel.models import SpecialDay
from zhengyou.kernel.workdays import add_workdays, day_kind
from zhengyou.ledger.models import Fact
from zhengyou.people import rules
from zhengyou.people.actor import ANONYMOUS, acting_as
from zhengyou.people.models import Role

FRIDAY = date(2026, 10, 16)  # an ordinary working day


@pytest.fixture(autouse=True)
def _day() -> object:
    with clock.at(date(2026, 10, 12)):
        yield


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("zhuo", Role.SYSTEM_ADMIN, True),
        ("gu", Role.CAMPAIGN_OFFICE, False),  # of the bureau, not of the very top
        ("shen", Role.SECRETARY, False),
        ("yin", Role.INSPECTOR, False),
        ("he", None, False),
    ],
)
def test_only_the_administrator_or_the_very_top_may(
    cast: Cast, who: str, role: Role | None, may: bool
) -> None:
    assert bool(rules.may_set_days(acting_as(getattr(cast, who), role))) is may


def test_the_public_may_not() -> None:
    assert not rules.may_set_days(ANONYMOUS)


def test_a_day_off_moves_what_is_counted_in_working_days(cast: Cast) -> None:
    before = add_workdays(date(2026, 10, 14), 2).day
    page = client_as(cast.zhuo, Role.SYSTEM_ADMIN).post(
        "/days/", {"day": FRIDAY.isoformat(), "works": "no", "title": "校庆日", "basis": ""}
    )
    assert page.status_code == 302
    assert before == FRIDAY
    assert not day_kind(FRIDAY).works
    assert add_workdays(date(2026, 10, 14), 2).day == date(2026, 10, 19)
    assert Fact.objects.get(verb="calendar.set").data["title"] == "校庆日"


def test_taking_it_out_leaves_the_day_to_the_country(cast: Cast) -> None:
    client = client_as(cast.zhuo, Role.SYSTEM_ADMIN)
    client.post("/days/", {"day": FRIDAY.isoformat(), "works": "no", "title": "校庆日"})
    client.post(f"/days/{SpecialDay.objects.get().pk}/clear/")
    assert day_kind(FRIDAY).works
    assert Fact.objects.filter(verb="calendar.clear").exists()


def test_what_was_typed_stays_when_something_is_missing(cast: Cast) -> None:
    page = client_as(cast.zhuo, Role.SYSTEM_ADMIN).post(
        "/days/", {"day": FRIDAY.isoformat(), "works": "", "title": "校庆日"}
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "没有选上班还是休息。" in text
    assert "校庆日" in text
    assert not SpecialDay.objects.exists()


def test_others_see_the_calendar_and_read_why_they_cannot_change_it(cast: Cast) -> None:
    client = client_as(cast.shen, Role.SECRETARY)
    page = client.get("/days/").content.decode()
    assert "由最上级党组织的书记" in page
    refused = client.post("/days/", {"day": FRIDAY.isoformat(), "works": "no", "title": "校庆日"})
    assert refused.status_code == 403
    assert not SpecialDay.objects.exists()
