"""A student branch's practice team over plain HTTP on both databases, and clicked in Chromium by
people at telephones and computers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from tests.cast import account_of, client_as
from tests.stories.chromium import InChromium, found_by, on_own_screens
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
    """No barrier, no sideways scroll at 1280 and 360, no complaint on any page of the way."""
    come, visitors = on_own_screens(new_page, axe)

    def arrive(person: Any, phone: bool) -> InChromium:
        visitor = come(phone)
        sign_in(visitor.page, account_of(person))
        return visitor

    PracticeTeam(arrive, mover(monkeypatch), whole=False).walk()

    assert found_by(visitors) == []
