"""How references to posts, rotas, resources and finds resolve, and how their facts read."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from zhengyou.kernel.refs import Many, Ref, Resolver, Target
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Organisation
from zhengyou.people.models.dated import holds_on
from zhengyou.work.models import PatrolFind, Resource, Rota, ServiceHolder, ServicePost
from zhengyou.work.rules import service as rules

VERBS = {
    "service_post.open": "设服务岗位",
    "service_post.change": "改岗位的职责",
    "service_post.close": "撤服务岗位",
    "service_post.carry_on": "接着办原来组织的岗位",
    "service_holder.choose": "选一个岗位",
    "service_holder.take_back": "收回选的岗位",
    "service_holder.confirm": "同意上岗",
    "service_holder.decline": "不同意上岗",
    "service_holder.assign": "安排上岗",
    "service_holder.end": "离岗",
    "service_deputy.give": "找人帮带",
    "service_deputy.end": "不再帮带",
    "log.check": "查日志",
    "rota.open": "排值班表",
    "rota.reorder": "改轮值的次序",
    "rota.pause": "停值",
    "rota.turn": "改一轮值班",
    "rota.close": "停用值班表",
    "rota.carry_on": "接着办原来组织的值班表",
    "patrol_find.hand": "交出巡查发现的问题",
    "patrol_find.take": "接下巡查发现的问题",
    "team.form": "成立队伍",
    "team.prolong": "续队伍的任期",
    "team.dissolve": "解散队伍",
    "resource.plan": "列一项资源",
    "resource.replan": "改资源的计划",
    "resource.note": "记资源到位、使用",
    "resource.strike": "划去资源的一笔",
}
"""Ledger verbs of these and their words."""


def _together(model: Any, page: str) -> Many:
    """Return what resolves many references to rows that have an ``organisation``. Two queries."""

    def many(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
        rows = model.objects.filter(uid__in=uids)
        seen = rows.filter(rules.seen_within(cast(Actor, viewer))) if viewer else rows.none()
        visible = set(seen.values_list("uid", flat=True))
        return {
            row.uid: Target(row.title, reverse(page, args=[row.uid]), row.uid in visible)
            for row in rows
        }

    return many


def _alone(many: Many) -> Resolver:
    def one(uid: UUID, viewer: object) -> Target | None:
        return many([uid], viewer).get(uid)

    return one


def linkable(body: Organisation, day: date) -> list[Ref]:
    """Return the posts of service and rotas that records of ``body`` may name, those of the units
    it leads as well. Two queries."""
    led = Q(organisation__parent=body) & ~Q(organisation__family=Family.PARTY)
    found: list[Ref] = []
    for model in (ServicePost, Rota):
        rows = model.objects.filter(holds_on(day), Q(organisation=body) | led)
        found += [row.ref for row in rows.order_by("title", "pk")]
    return found


def resolve_holder(uid: UUID, viewer: object) -> Target | None:
    """Return the page of the post that somebody has; the title names nobody."""
    row = ServiceHolder.objects.select_related("post").filter(uid=uid).first()
    return TOGETHER["service_post"]([row.post.uid], viewer).get(row.post.uid) if row else None


def resolve_find(uid: UUID, viewer: object) -> Target | None:
    """Return the page of what a patrol found, for its taker and the hands of the body."""
    row = PatrolFind.objects.select_related("record__organisation", "to_person").filter(uid=uid)
    found = row.first()
    if found is None:
        return None
    actor = cast(Actor, viewer)
    sees = actor.is_person(found.to_person) or rules.is_hand(actor, found.record.organisation)
    return Target(found.what, reverse("work:find", args=[uid]), sees)


TOGETHER: Mapping[str, Many] = {
    "service_post": _together(ServicePost, "work:post"),
    "rota": _together(Rota, "work:rota"),
    "resource": _together(Resource, "work:resource"),
}
RESOLVERS: Mapping[str, Resolver] = {
    **{kind: _alone(many) for kind, many in TOGETHER.items()},
    "service_holder": resolve_holder,
    "patrol_find": resolve_find,
}
