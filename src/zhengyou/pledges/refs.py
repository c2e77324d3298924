"""How references to pledges and their items resolve, and how this app's facts read."""

from collections.abc import Collection
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.refs import Ref, Target
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation
from zhengyou.pledges import names, rules
from zhengyou.pledges.models import Pledge, PledgeItem

VERBS = {
    "pledge.begin": "开始写承诺",
    "pledge.submit": "送审承诺",
    "pledge.exempt": "登记不作承诺",
    "pledge_item.add": "加一条承诺",
    "pledge_item.edit": "改一条承诺",
    "pledge_item.remove": "删一条没送审的承诺",
    "pledge_item.carry_over": "结转一条没做完的承诺",
    "pledge_item.take_back": "收回一条承诺",
    "pledge_item.publish": "通过并公开一条承诺",
    "pledge_item.send_back": "退回一条承诺",
    "pledge_item.withdraw": "撤下一条承诺",
    "progress.note": "写进展",
    "progress.correct": "更正进展",
    "fulfilment.assess": "说一条承诺兑现没有",
    "fulfilment.confirm": "确认兑现情况",
    "fulfilment.differ": "对兑现情况有不同看法",
    "supervision.step": "督促承诺",
}
"""Ledger verbs of this app and their words."""


INSIDE = (Kind.PARTY_GROUP, Kind.LEADING_GROUP, Kind.WORKING_GROUP, Kind.TEAM, Kind.CLASS)
"""Bodies whose people pledge in the body that they stand in."""


def resolve_pledge(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a pledge, or None where it is gone; the name as the viewer may see it."""
    return resolve_pledges([uid], viewer).get(uid)


def resolve_pledges(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of pledges, those that are gone left out. Three queries."""
    actor = cast(Actor, viewer)
    asked = Pledge.objects.filter(uid__in=uids)
    visible, inside = (
        set(asked.filter(which).values_list("uid", flat=True))
        for which in (rules.visible_pledges(actor), rules.inside_pledges(actor))
    )
    return {
        row.uid: Target(
            (names.in_full if row.uid in inside else names.in_public)(row).possessive,
            reverse("pledges:pledge", args=[row.uid]),
            row.uid in visible,
        )
        for row in _pledges().filter(uid__in=uids)
    }


def resolve_item(uid: UUID, viewer: object) -> Target | None:
    """Return one item on the page of its pledge, or None where it is gone."""
    actor = cast(Actor, viewer)
    item = PledgeItem.objects.filter(uid=uid).first()
    if item is None:
        return None
    pledge = _pledges().get(pk=item.pledge_id)
    visible = PledgeItem.objects.filter(rules.visible_items(actor), pk=item.pk).exists()
    url = f"{reverse('pledges:pledge', args=[pledge.uid])}#item-{item.number}"
    return Target(f"{_title(actor, pledge)}第 {item.number} 条", url, visible)


def postable(plan: Plan) -> list[Ref]:
    """Return the pledge of the body itself, once something of it is public: for posting logs."""
    rows = Pledge.objects.filter(
        campaign=plan.campaign_id,
        organisation=plan.organisation_id,
        person=None,
        items__state=ClimbState.PUBLISHED,
    ).distinct()
    return [Ref("pledge", row.uid, f"{plan.organisation.name}的承诺") for row in rows]


def linkable(body: Organisation, _day: date) -> list[Ref]:
    """Return the public items of a body and its people, for records that keep them; of a group,
    those of the body it stands in as well. One query."""
    bodies = [body.pk, body.parent_id] if body.kind in INSIDE else [body.pk]
    rows = PledgeItem.objects.filter(
        pledge__organisation__in=bodies, state=ClimbState.PUBLISHED
    ).select_related("pledge__person", "pledge__organisation")
    named = [(str(row.pledge.person or row.pledge.organisation), row) for row in rows]
    named.sort(key=lambda pair: (pair[1].pledge.person is not None, pair[0], pair[1].number))
    return [Ref("pledge_item", row.uid, f"{name}：{row.text[:60]}") for name, row in named]


def _pledges() -> QuerySet[Pledge]:
    return Pledge.objects.select_related("campaign", "organisation", "person")


def _title(actor: Actor, pledge: Pledge) -> str:
    inside = rules.may_see_inside(actor, pledge)
    return (names.in_full if inside else names.in_public)(pledge).possessive


RESOLVERS = {"pledge": resolve_pledge, "pledge_item": resolve_item}
TOGETHER = {"pledge": resolve_pledges}
