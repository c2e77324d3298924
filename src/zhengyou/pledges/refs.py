"""How references to pledges and their items resolve, and how this app's facts read."""

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.refs import Ref, Target
from zhengyou.people.actor import Actor
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


def resolve_pledge(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a pledge, or None where it is gone; the name as the viewer may see it."""
    actor = cast(Actor, viewer)
    pledge = _pledges().filter(uid=uid).first()
    if pledge is None:
        return None
    visible = Pledge.objects.filter(rules.visible_pledges(actor), pk=pledge.pk).exists()
    return Target(_title(actor, pledge), reverse("pledges:pledge", args=[uid]), visible)


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


def _pledges() -> QuerySet[Pledge]:
    return Pledge.objects.select_related("campaign", "organisation", "person")


def _title(actor: Actor, pledge: Pledge) -> str:
    inside = rules.may_see_inside(actor, pledge)
    return (names.in_full if inside else names.in_public)(pledge).possessive


RESOLVERS = {"pledge": resolve_pledge, "pledge_item": resolve_item}
