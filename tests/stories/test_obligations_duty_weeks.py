"""The county school's duty weeks over plain HTTP, and clicked in Chromium."""

from typing import Any

import pytest
from tests.cast import account_of
from tests.stories.chain import Calendar
from tests.stories.chromium import InChromium, found_by, on_own_screens
from tests.stories.duty_weeks import DutyWeeks
from tests.stories.visitors import OnPaper

from zhengyou.kernel import clock
from zhengyou.ledger.verification import verify
from zhengyou.work.models import Credit, Enrolment, LogCheck, RotaTurn


def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(lambda now: monkeypatch.setattr(clock, "now", now))


@pytest.mark.django_db
def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    def arrive(person: Any) -> OnPaper:
        visitor = OnPaper()
        visitor.client.force_login(account_of(person))
        return visitor

    story = DutyWeeks(arrive, calendar(monkeypatch))
    story.walk()

    old, first, second = story.states.values()
    assert old == {("2026-11-17", "2026年第四季度"): "done"}
    assert first == second
    assert first[("2026-11-19", "2026年第四季度")] == "done"  # what the old branch did counts
    assert first[("2027-01-05", "2027年第一季度")] == "due"
    assert RotaTurn.objects.count() == 2
    assert LogCheck.objects.count() == 3
    credits = Credit.objects.order_by("duty__code").values_list("duty__code", flat=True)
    assert sorted(credits) == ["assembly", *["logs"] * 3, *["patrol"] * 4, "week"]
    held = Enrolment.objects.filter(duty__code="logs", label="政策宣讲岗").order_by("since")
    assert [row.organisation for row in held] == [story.branch, story.heirs[0]]
    assert held[0].until == held[1].since
    assert verify().fault is None


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_clicked(new_page, axe, sign_in, monkeypatch) -> None:
    """No barrier, no sideways scroll at 1280 and 360, no complaint on any page of the way."""
    come, visitors = on_own_screens(new_page, axe)

    def arrive(person: Any) -> InChromium:
        visitor = come()
        sign_in(visitor.page, account_of(person))
        return visitor

    DutyWeeks(arrive, calendar(monkeypatch), whole=False).walk()

    assert found_by(visitors) == []
