"""Read models of the pages of 抓两头带中间: one body, the criteria with their past, the way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.models.tier import TierCriterion, TierScheme, TierTerms
from zhengyou.inspections.queries.tiers import (
    Behind,
    Line,
    Seen,
    behind,
    board_of,
    scheme_of,
    words_of,
)
from zhengyou.inspections.rules import tiers as rules
from zhengyou.inspections.tiers.words import NEW_DAYS, Side
from zhengyou.kernel import paths
from zhengyou.kernel.onward import Onward, Way
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation
from zhengyou.ui.text import long_date


@dataclass(frozen=True, slots=True)
class Own:
    """One body: its group, each criterion with what is behind it, the rule in words."""

    line: Line
    rows: Sequence[tuple[Seen, list[Behind]]]
    rule: Sequence[str]


def own_page(
    campaign: Campaign, keeper: Organisation, body: Organisation, day: date, actor: Actor
) -> Own | None:
    """Return where ``body`` stood on ``day``; None where ``keeper`` does not tell it apart."""
    board = board_of(campaign, keeper, day, only={body.pk})
    if not board.lines:
        return None
    line = board.lines[0]
    return Own(line, [(seen, behind(seen, actor)) for seen in line.seen], board.rule)


@dataclass(frozen=True, slots=True)
class Past:
    """A criterion, or the rule, as it stood for some days."""

    words: str
    days: str
    why: str
    code: str
    held: bool
    side: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaPage:
    """What holds now, what held before, and what the form of the rule begins with."""

    now: list[Past]
    before: list[Past]
    terms: list[Past]
    initial: dict[str, Any]


def criteria_page(campaign: Campaign, keeper: Organisation) -> CriteriaPage:
    """Return the criteria of ``keeper`` with their days and reasons, the newest first."""
    scheme = scheme_of(campaign, keeper)
    rows = list(TierCriterion.objects.held().filter(scheme=scheme)) if scheme else []
    terms = list(TierTerms.objects.held().filter(scheme=scheme)) if scheme else []
    said = [_criterion(row, campaign) for row in sorted(rows, key=_newest)]
    last = next((row for row in terms if row.until is None), None)
    initial = {
        "kinds": last.kinds if last else list(campaign.covers),
        "lagging_at": last.lagging_at if last else 1,
        "new_days": last.new_days if last else NEW_DAYS,
    }
    return CriteriaPage(
        sorted((row for row in said if row.held), key=lambda row: row.side != "先进"),
        [row for row in said if not row.held],
        [_terms(row) for row in reversed(terms)],
        initial,
    )


def _newest(row: TierCriterion) -> tuple[int, int]:
    return -row.since.toordinal(), row.order


def _days(row: TierCriterion | TierTerms) -> str:
    until = f"到{long_date(row.until)}（不含）" if row.until else "起"
    return f"{long_date(row.since)}{until}"


def _criterion(row: TierCriterion, campaign: Campaign) -> Past:
    signed = f"{row.hat}：{row.reason}" if row.hat else "活动方案里定的"
    ended = f"；停或改的理由：{row.ended_why}" if row.ended_why else ""
    side = str(Side(row.side).label)
    words = words_of(row, campaign)
    return Past(words, _days(row), f"{signed}{ended}", row.code, row.until is None, side)


def _terms(row: TierTerms) -> Past:
    kinds = "、".join(str(Kind(kind).label) for kind in row.kinds)
    words = f"{kinds}；占了 {row.lagging_at} 条算落后；成立不满 {row.new_days} 天的不分"
    signed = f"{row.hat}：{row.reason}" if row.hat else "活动方案里定的"
    return Past(words, _days(row), signed, "", row.until is None)


@dataclass(frozen=True, slots=True)
class Door:
    """One page there is for somebody."""

    title: str
    url: str


def doors(actor: Actor, campaign: Campaign) -> list[Door]:
    """Return the pages there are for the hat worn: the groups its body tells apart, or may begin
    to; where its body stands by the ways of those above. One query."""
    if actor.hat is None or actor.hat.role is None:
        return []
    body = actor.hat.organisation
    line = [*paths.ancestors(body.path), body.path]
    rows = TierScheme.objects.filter(campaign=campaign, organisation__path__in=line)
    found = {row.organisation.pk: row.organisation for row in rows.select_related("organisation")}
    ways = []
    keeps = body.pk in found or rules.may_set_criteria(actor, campaign, body)
    if keeps and body.kind in _ABOVE and rules.may_see_board(actor, body):
        url = reverse("inspections:tiers", args=[campaign.uid, body.uid])
        ways.append(Door(f"{body.name}下面的各个组织", url))
    for keeper in sorted(found.values(), key=lambda each: each.path):
        asked = keeper.pk != body.pk and body.kind in campaign.covers
        if asked and rules.may_see_tier(actor, body, keeper):
            url = reverse("inspections:tier", args=[campaign.uid, keeper.uid, body.uid])
            ways.append(Door(f"{body.name}在哪一档，照{keeper.name}的标准", url))
    return ways


_ABOVE = (Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.COLLEGE, Kind.SCHOOL, Kind.UNION)


def onward(uid: UUID, viewer: Actor) -> Onward:
    """Offer the way in on the page of a campaign, where there is something for the reader."""
    campaign = Campaign.objects.select_related("organisation").filter(uid=uid).first()
    if campaign is None or not doors(viewer, campaign):
        return Onward()
    url = reverse("inspections:tier_door", args=[uid])
    return Onward([Way("抓两头带中间", url, Verdict.yes())])
