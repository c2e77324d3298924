"""Phases that run at once, and phases that were moved: with the reason, for everybody to see."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import client_as

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.queries.moves import phase_moves
from zhengyou.kernel import clock
from zhengyou.ledger.actions import erase_payload
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db
LONGER = {"learn": (date(2026, 9, 1), date(2026, 10, 20))}
WHY = "台风停课一周，学习顺延"


def test_a_move_is_shown_inside_and_in_public_with_its_reason(cast, office, running):
    campaigns.move_phases(office, running, LONGER, reason=WHY)
    (move,) = phase_moves(running)
    assert (move.title, move.reason) == ("动员学习", WHY)
    assert (move.before, move.after) == (
        "2026年9月1日到2026年9月30日",
        "2026年9月1日到2026年10月20日",
    )
    member, public = client_as(cast.he), Client()
    for client, address in (
        (member, f"/campaigns/{running.uid}/"),
        (public, f"/c/{running.uid}/"),
    ):
        page = client.get(address).content.decode()
        assert WHY in page and "2026年9月1日到2026年10月20日" in page, address


def test_before_the_start_nobody_is_told_and_erased_words_are_gone(office, draft):
    campaigns.move_phases(office, draft, LONGER)
    with clock.at(date(2026, 9, 16)):
        draft.open(office)
        assert phase_moves(draft) == []
        campaigns.move_phases(
            office, draft, {"learn": (date(2026, 9, 1), date(2026, 10, 25))}, reason=WHY
        )
    fact = Fact.objects.filter(verb="campaign.move_phases").latest("seq")
    erase_payload(fact.seq, by=office, reason="理由里写了名字")
    assert [move.reason for move in phase_moves(draft)] == [""]


def test_phases_that_run_at_once_are_all_named(cast, office, running):
    campaigns.move_phases(office, running, LONGER, reason=WHY)
    with clock.at(date(2026, 10, 10)):
        assert [phase.title for phase in running.active_phases()] == ["动员学习", "践诺提升"]
        client = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
        page = client.get(f"/campaigns/{running.uid}/").content.decode()
        assert page.count("进行中") >= 2
        assert 'is-now" aria-current="step"><div><b>动员学习' in page
        assert 'is-now" aria-current="step"><div><b>践诺提升' in page
