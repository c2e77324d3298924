"""How references of this room resolve, and how its facts read."""

from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import Plan
from zhengyou.disclosure.models import Audience, DisclosedItem, DisclosedVersion, ItemState
from zhengyou.disclosure.rules import in_public, visible_items
from zhengyou.kernel.refs import Many, Ref, Resolver, Target
from zhengyou.people.actor import Actor

VERBS: Mapping[str, str] = {
    "disclosed_item.draft": "起草公开事项",
    "disclosed_item.save": "接着写公开事项",
    "disclosed_item.submit": "请人核对公开事项",
    "disclosed_item.send_back": "退回公开事项",
    "disclosed_item.publish": "公开",
    "disclosed_item.correct": "更正公开事项",
    "disclosed_item.withdraw": "撤下公开事项",
    "disclosed_item.discard": "删去没公开的事项",
}
"""Ledger verbs of this room and their words."""


def items(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of items, those that are gone left out. Two queries."""
    rows = DisclosedItem.objects.filter(uid__in=uids).select_related("topic__duty")
    mine = visible_items(cast(Actor, viewer)) if viewer else in_public()
    visible = set(DisclosedItem.objects.filter(mine, uid__in=uids).values_list("uid", flat=True))
    return {row.uid: Target(str(row), page_of(row), row.uid in visible) for row in rows}


def item(uid: UUID, viewer: object) -> Target | None:
    """Return the page of an item, or None where it is gone."""
    return items([uid], viewer).get(uid)


def version(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a version, for its files; what was taken off is nobody's."""
    row = DisclosedVersion.objects.filter(uid=uid).values_list("item__uid", "item__state").first()
    found = item(row[0], viewer) if row else None
    if row is None or found is None or row[1] != ItemState.WITHDRAWN:
        return found
    return Target(found.title, found.url, False)


def page_of(row: DisclosedItem) -> str:
    """Return the page of an item: the public one where there is one."""
    out = row.state not in (ItemState.DRAFT, ItemState.READY)
    public = out and row.topic.audience == Audience.PUBLIC
    return reverse("disclosure:public_item" if public else "disclosure:item", args=[row.uid])


def postable(plan: Plan) -> list[Ref]:
    """Return what the body laid open in the plan's campaign, for posting logs. One query."""
    rows = DisclosedItem.objects.filter(
        topic__duty__campaign=plan.campaign_id, organisation=plan.organisation_id,
        topic__audience=Audience.PUBLIC, state=ItemState.PUBLISHED,
    )  # fmt: skip
    return [row.ref for row in rows.select_related("topic__duty")[:60]]


RESOLVERS: Mapping[str, Resolver] = {"disclosed_item": item, "disclosed_version": version}
TOGETHER: Mapping[str, Many] = {"disclosed_item": items}
