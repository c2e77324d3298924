"""Talks, a survey, the big discussion and a complaint about burden: over plain HTTP on both
databases, and clicked in Chromium by people at telephones and computers."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.cast import account_of, client_as
from tests.stories.chain import Calendar
from tests.stories.chromium import InChromium, found_by, on_own_screens
from tests.stories.talks import TABLES, WALL, Talks
from tests.stories.visitors import OnPaper

from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.ledger.verification import verify
from zhengyou.people.models import Role
from zhengyou.voices.models import BoxKind, Sheet, Voice


def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(lambda now: monkeypatch.setattr(clock, "now", now))


@pytest.mark.django_db
def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    def arrive(person: Any, _phone: bool) -> OnPaper:
        visitor = OnPaper()
        if person:
            visitor.client.force_login(account_of(person))
        return visitor

    story = Talks(arrive, calendar(monkeypatch))
    story.walk()

    assert verify().fault is None
    nobody_is_known()
    nobody_else_looks_in(story)


def nobody_is_known() -> None:
    """Neither in the tables nor in the ledger: no author, no moment, no words."""
    assert not Voice.objects.exclude(author=None).exists()
    assert Sheet.objects.count() == 16
    facts = json.dumps(list(Fact.objects.values_list("verb", "data")), default=str)
    for words in (TABLES, WALL, "夜班十二点以后没有热水", "煤气回收"):
        assert words not in facts
    weeks = {*Voice.objects.values_list("week", flat=True)}
    assert {week.weekday() for week in weeks} == {0}
    about = Fact.objects.filter(about_kind="voice").values_list("verb", flat=True)
    assert "voice.sign" not in about


def nobody_else_looks_in(story: Talks) -> None:
    """Next door, a member, and without an account."""
    pages = [
        f"{story.at(title)}{page}"
        for title, page in (
            ("一年级家长座谈", ""), ("一年级家长座谈", "notes/"), ("一年级家长座谈", "meeting/"),
            ("车间问卷", "words/"), ("车间问卷", "questions/"), ("车间问卷", "sheets/"),
            ("我们怎么活下去", "themes/"), ("我们怎么活下去", "conclusion/"),
        )
    ]  # fmt: skip
    for stranger in (
        client_as(story.cast.wen, Role.SECRETARY), client_as(story.cast.xu), Client()
    ):  # fmt: skip
        for page in pages:
            assert stranger.get(page).status_code in (302, 403, 404), page
    complaint = Voice.objects.get(box__kind=BoxKind.BURDEN)
    for who in (story.cast.wen, story.cast.bai):
        assert TABLES not in client_as(who, Role.SECRETARY).get("/burden/").content.decode()
        answer = {"do": "answer", "pick": str(complaint.pk), "relief": "kept", "words": "不减。"}
        assert client_as(who, Role.SECRETARY).post("/burden/", answer).status_code == 422


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_clicked(new_page, axe, sign_in, monkeypatch) -> None:
    """No barrier, no sideways scroll at 1280 and 360, no complaint on any page of the way."""
    come, visitors = on_own_screens(new_page, axe)

    def arrive(person: Any, phone: bool) -> InChromium:
        visitor = come(phone)
        if person:
            sign_in(visitor.page, account_of(person))
        return visitor

    Talks(arrive, calendar(monkeypatch)).walk()

    assert found_by(visitors) == []
