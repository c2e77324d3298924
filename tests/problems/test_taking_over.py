"""What an earlier campaign left unfinished goes on in a later one; both know of each other."""

from datetime import date

import pytest
from tests.campaigns.conftest import BEGINS, SMALL
from tests.cast import client_as
from tests.stage import shared

from zhengyou.campaigns.actions import again, campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.actions.taking_over import take_over
from zhengyou.problems.models import Did, Problem, ProblemState, TakenOver
from zhengyou.problems.queries.of_source import public_states
from zhengyou.problems.queries.ties import ties_of
from zhengyou.problems.rules import taking_over as rules

LATE = '\n[problems.catalogue.late]\ntitle = "迟到"\nfor = "党支部"\n'
DAY, NEXT = date(2026, 10, 12), date(2027, 9, 1)


@shared(on="cast")
def left(cast) -> tuple[Campaign, list[Problem]]:
    """A campaign that ends with three problems: open, being mended, struck off."""
    office, shen = acting_as(cast.gu, Role.CAMPAIGN_OFFICE), acting_as(cast.shen, Role.SECRETARY)
    with clock.at(BEGINS):
        campaign = campaigns.create(office, cast.bureau, SMALL + LATE, BEGINS)
        campaign.open(office)
    with clock.at(DAY):
        item = campaign.catalogue_items.get()
        rows = [
            raise_problem(
                shen, cast.branch, title=title, source=cast.branch.ref, campaign=campaign,
                catalogue=item,
            )
            for title in ("没人认领的", "改了一半的", "销了号的")
        ]  # fmt: skip
    states = (ProblemState.OPEN, ProblemState.UNDER_WAY, ProblemState.CLOSED)
    for row, state, deadline in zip(rows, states, (None, NEXT, DAY), strict=True):
        Problem.objects.filter(pk=row.pk).update(state=state, deadline=deadline, owner=cast.zhou)
    return campaign, rows


def test_the_next_run_goes_on_with_it_when_it_starts(cast, left) -> None:
    old, (unclaimed, half, _) = left
    with clock.at(date(2027, 8, 20)):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        new, said = again.run_again(office, old, "第二轮", NEXT)
    assert "没有改完的问题 2 个，下一轮启动时接过来" in said
    assert not TakenOver.objects.exists()
    with clock.at(NEXT):
        new.open(office)
        assert {row.old for row in TakenOver.objects.all()} == {unclaimed, half}
        again_half = TakenOver.objects.get(old=half).new
        assert (again_half.state, again_half.deadline, again_half.owner) == (
            ProblemState.OPEN, NEXT, cast.zhou,
        )  # fmt: skip
        assert again_half.catalogue == new.catalogue_items.get()
        assert again_half.source == half.source
        half.refresh_from_db()
        assert half.state == ProblemState.CARRIED
        shen = acting_as(cast.shen, Role.SECRETARY)
        here, there = ties_of(shen, half), ties_of(shen, again_half)
        assert here.after is not None and here.after.url == again_half.url
        assert there.before is not None and there.before.url == half.url
        told = public_states("organisation", [cast.branch.uid])[cast.branch.uid]
        assert told.words == "已列为问题，正在安排人整改"


def test_it_is_taken_over_once(cast, left) -> None:
    old, (unclaimed, _, closed) = left
    office, shen = acting_as(cast.gu, Role.CAMPAIGN_OFFICE), acting_as(cast.shen, Role.SECRETARY)
    with clock.at(DAY):
        campaign = campaigns.create(office, cast.bureau, SMALL, BEGINS)
        with pytest.raises(Refused, match="没有在办"):
            take_over(shen, unclaimed, campaign)
        campaign.open(office)
        with pytest.raises(Refused, match="就在这个活动里"):
            take_over(shen, unclaimed, old)
        new = take_over(shen, unclaimed, campaign)
        assert [step.did for step in new.steps.all()] == [Did.TAKE_OVER]
        assert unclaimed.steps.last().did == Did.TAKE_OVER
        for row in (unclaimed, closed):
            with pytest.raises(Stale):
                take_over(shen, row, campaign)
    assert TakenOver.objects.count() == 1


def test_a_body_takes_over_by_hand_what_campaigns_left(cast, left) -> None:
    old, (_, half, _) = left
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(DAY):
        running = campaigns.create(office, cast.bureau, SMALL, BEGINS)
        running.open(office)
        shen = acting_as(cast.shen, Role.SECRETARY)
        assert not Problem.objects.filter(rules.left_over(shen, cast.branch)).exists()
        old.close(office)
        url = f"/orgs/{cast.branch.uid}/problems/left/"
        client = client_as(cast.shen, Role.SECRETARY)
        page = client.get(url).content.decode()
        assert "没人认领的" in page and "销了号的" not in page
        data = {"with": [str(half.uid)], "campaign": running.pk}
        assert client.post(url, data | {"with": []}).status_code == 422
        assert client.post(url, data).status_code == 302
        assert "改了一半的" not in client.get(url).content.decode()
        assert TakenOver.objects.get().new.campaign == running
        assert client_as(cast.he).post(url, data).status_code == 403


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("shen", Role.SECRETARY, True),
        ("tian", Role.RECORDER, True),
        ("gu", Role.CAMPAIGN_OFFICE, True),
        ("he", None, False),
        ("wen", Role.SECRETARY, False),
        ("yin", Role.INSPECTOR, False),
    ],
)
def test_who_takes_over(cast, left, who, role, may) -> None:
    campaign, _ = left
    assert (
        bool(rules.may_take_over(acting_as(getattr(cast, who), role), cast.branch, campaign)) is may
    )
