"""Where references to duties and exemptions lead, and how facts about them read."""

from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Many, Resolver, Target
from zhengyou.people.actor import Actor
from zhengyou.work.models import Duty, DutyExemption
from zhengyou.work.rules import keeping

VERBS = {
    "duty.add": "加了任务",
    "duty.change": "改了任务",
    "duty.end": "停了任务",
    "duty.exempt": "免做任务",
    "duty.end_exemption": "不再免做任务",
    "duty.set_interval": "定下任务多久一次",
    "duty.enrol": "登记任务的对象",
    "duty.withdraw": "撤下任务的对象",
}
"""Ledger verbs and their words."""


def resolve_duties(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of duties, those that are gone left out. Two queries at most."""
    rows = Duty.objects.filter(uid__in=uids).select_related("campaign")
    seen = rows.filter(keeping.visible_duties(cast(Actor, viewer))) if viewer else rows.none()
    visible = set(seen.values_list("uid", flat=True))
    return {row.uid: Target(row.title, _page(row), row.uid in visible) for row in rows}


def resolve_exemptions(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return where exemptions are shown: one's own duties, or the page of the body. One query."""
    actor = cast(Actor, viewer) if viewer else None
    rows = DutyExemption.objects.filter(uid__in=uids).select_related(
        "duty", "person", "organisation"
    )
    return {row.uid: _exemption(row, actor) for row in rows}


def _exemption(row: DutyExemption, actor: Actor | None) -> Target:
    if row.organisation is None:
        own = actor is not None and actor.is_person(row.person)
        return Target(row.duty.title, reverse("work:mine"), own)
    seen = actor is not None and bool(keeping.may_see_exemptions(actor, row.organisation))
    return Target(row.duty.title, reverse("work:exemptions", args=[row.organisation.uid]), seen)


def _page(duty: Duty) -> str:
    return reverse("work:duty", args=[duty.campaign.uid, duty.code])


def resolve_duty(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a duty, or None where it is gone."""
    return resolve_duties([uid], viewer).get(uid)


def resolve_exemption(uid: UUID, viewer: object) -> Target | None:
    """Return where an exemption is shown, or None where it is gone."""
    return resolve_exemptions([uid], viewer).get(uid)


RESOLVERS: Mapping[str, Resolver] = {"duty": resolve_duty, "duty_exemption": resolve_exemption}
TOGETHER: Mapping[str, Many] = {"duty": resolve_duties, "duty_exemption": resolve_exemptions}
