"""A village's month of visits over plain HTTP on both databases, and clicked in Chromium by people
at telephones and computers."""

from typing import Any

import pytest
from django.test import Client
from tests.cast import account_of, client_as
from tests.stories.chain import Calendar
from tests.stories.chromium import InChromium, found_by, on_own_screens
from tests.stories.visitors import OnPaper
from tests.stories.visits import Visits

from zhengyou.kernel import clock
from zhengyou.ledger.verification import verify
from zhengyou.people.models import Role
from zhengyou.work.models import Credit, Wish


def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(lambda now: monkeypatch.setattr(clock, "now", now))


@pytest.mark.django_db
def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    def arrive(person: Any, _phone: bool) -> OnPaper:
        visitor = OnPaper()
        visitor.client.force_login(account_of(person))
        return visitor

    story = Visits(arrive, calendar(monkeypatch))
    story.walk()

    assert sorted(Wish.objects.values_list("outcome", flat=True)) == ["explained", "met"]
    credits = Credit.objects.values_list("duty__code", flat=True)
    assert sorted(credits) == ["family", "mediate", "visit", "visit", "visit"]
    assert verify().fault is None
    nobody_else_looks_in(story)


def nobody_else_looks_in(story: Visits) -> None:
    """Next door, within and without a post, and without an account."""
    village, visit, quarrel = story.cast.village, *story.addresses.values()
    book = f"/orgs/{village.uid}/records/"
    pages = [visit, quarrel, f"{visit}write/", f"{visit}strike/", book, f"{book}new/visit/",
             f"/orgs/{village.uid}/records.xlsx", f"/duties/of/{village.uid}/",
             f"/duties/map/{story.campaign.uid}/{village.uid}/",
             f"/duties/map/{story.campaign.uid}/{village.uid}/data.json",
             f"/posts/of/{village.uid}/"]  # fmt: skip
    stranger = client_as(story.people["卜一凡"], Role.SECRETARY)
    for url in pages:
        assert stranger.get(url).status_code in (403, 404), url
        assert Client().get(url).status_code == 302, url
    assert stranger.post(f"{visit}strike/", {"reason": "没去"}).status_code in (403, 404)
    office = client_as(story.people["甘霖"], Role.CAMPAIGN_OFFICE)
    assert office.get(visit).status_code == 200
    assert office.get(quarrel).status_code in (403, 404)  # only its number goes up
    inside = client_as(story.people["柳叶青"])
    assert inside.get(quarrel).status_code in (403, 404)
    assert inside.get(f"/duties/of/{village.uid}/").status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_clicked(new_page, axe, sign_in, monkeypatch) -> None:
    """No barrier, no sideways scroll at 1280 and 360, no complaint on any page of the way."""
    come, visitors = on_own_screens(new_page, axe)

    def arrive(person: Any, phone: bool) -> InChromium:
        visitor = come(phone)
        sign_in(visitor.page, account_of(person))
        return visitor

    Visits(arrive, calendar(monkeypatch)).walk()

    assert found_by(visitors) == []
