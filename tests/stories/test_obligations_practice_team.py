"""A student branch's practice team over plain HTTP on both databases, and clicked in Chromium by
people at telephones and computers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from tests.browser import DESKTOP, PHONE
from tests.cast import account_of, client_as
from tests.stories.chromium import InChromium
from tests.stories.practice_team import LEAVER, PAPERS, PracticeTeam
from tests.stories.visitors import OnPaper

from zhengyou.kernel import clock
from zhengyou.ledger.verification import verify
from zhengyou.people.models import Role
from zhengyou.work.models import Credit, Participant, Record


def mover(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def move(day: date) -> None:
        moment = datetime.combine(day, time(9), clock.SHANGHAI).astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


@pytest.mark.django_db
def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    def arrive(person: Any, _phone: bool) -> OnPaper:
        visitor = OnPaper()
        visitor.client.force_login(account_of(person))
        return visitor

    story = PracticeTeam(arrive, mover(monkeypatch))
    story.walk()

    practice = Record.objects.get(kind="practice")
    rows = Participant.objects.filter(record=practice).values_list("person__name", "note")
    assert dict(rows) == {**PAPERS, LEAVER: "", "池舟": ""}
    assert Record.objects.get(kind="exchange").outside == 60
    credits = Credit.objects.values_list("duty__code", flat=True)
    assert sorted(credits) == [
        "dorms", "newcomers", *["paper"] * 3, "practice", "school", "show", "society",
    ]  # fmt: skip
    assert verify().fault is None
    stranger = client_as(story.cast.shen, Role.SECRETARY)
    for url in (*story.addresses.values(), f"/teams/of/{story.branch.uid}/",
                f"/orgs/{story.team.uid}/records/", f"/duties/of/{story.branch.uid}/"):  # fmt: skip
        assert stranger.get(url).status_code in (403, 404), url


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_clicked(new_page, axe, sign_in, monkeypatch) -> None:
    """No barrier, no sideways scroll, no complaint on any page of the way."""
    visitors: list[InChromium] = []
    looked_at: dict[bool, set[str]] = {True: set(), False: set()}

    def arrive(person: Any, phone: bool) -> InChromium:
        options = {"has_touch": True, "is_mobile": True} if phone else {}
        page = new_page(PHONE if phone else DESKTOP, **options)
        sign_in(page, account_of(person))
        visitors.append(InChromium(page, axe, looked_at[phone]))
        return visitors[-1]

    PracticeTeam(arrive, mover(monkeypatch), whole=False).walk()

    assert [found for each in visitors for found in (*each.barriers, *each.complaints)] == []
