"""How references to problems resolve, and how facts read."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Many, Ref, Resolver, Target
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems import rules
from zhengyou.problems.models import SETTLED, Did, Privacy, Problem, SelfCheck
from zhengyou.problems.rules import looking

VERBS: Mapping[str, str] = {
    **{f"problem.{did.value}": f"问题：{did.label}" for did in Did},
    "problem.drop_file": "去掉问题的附件",
    "self_check.finish": "对照查摆",
}
"""Ledger verbs of this room and their words."""


def resolve_problem(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a problem, or None where it is gone; its files follow it."""
    return resolve_problems([uid], viewer).get(uid)


def resolve_problems(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of problems, those that are gone left out. What is wrong stands in the title
    only for those who may read it. Two queries."""
    rows = Problem.objects.filter(uid__in=uids)
    seen = rows.filter(rules.visible_problems(cast(Actor, viewer))) if viewer else rows.none()
    visible = set(seen.values_list("uid", flat=True))
    return {
        row.uid: Target(
            row.title if row.uid in visible else "一个问题",
            reverse("problems:problem", args=[row.uid]),
            row.uid in visible,
        )
        for row in rows
    }


def linkable(body: Organisation, _day: date) -> list[Ref]:
    """Return the problems of a body that are not settled, for records of what is done about them;
    persons' own shortcomings and what is only for those who handle it left out. One query."""
    rows = Problem.objects.filter(
        rules.handled_by(body), subject=None, privacy__in=(Privacy.BODY, Privacy.PUBLIC)
    ).exclude(state__in=SETTLED)
    return [
        Ref("problem", row.uid, f"问题：{row.title}") for row in rows.order_by("claim_by", "pk")
    ]


def resolve_check(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a self-check, or None where it is gone."""
    return resolve_checks([uid], viewer).get(uid)


def resolve_checks(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of self-checks; nobody is named to those for whom they do not exist."""
    rows = SelfCheck.objects.filter(uid__in=uids).select_related("organisation", "person")
    seen = rows.filter(looking.visible_checks(cast(Actor, viewer))) if viewer else rows.none()
    visible = set(seen.values_list("uid", flat=True))
    return {
        row.uid: Target(
            str(row) if row.uid in visible else "一次对照查摆", row.url, row.uid in visible
        )
        for row in rows
    }


def resolve_gathered(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a common problem with its members: the source of such a problem."""
    row = Problem.objects.filter(source_kind="gathered", source_uid=uid).first()
    if row is None:
        return None
    seen = Problem.objects.filter(rules.visible_problems(cast(Actor, viewer)), pk=row.pk)
    url = reverse("problems:common", args=[row.uid])
    return Target(row.source_label, url, bool(viewer) and seen.exists())


RESOLVERS: Mapping[str, Resolver] = {
    "problem": resolve_problem,
    "self_check": resolve_check,
    "gathered": resolve_gathered,
}
TOGETHER: Mapping[str, Many] = {"problem": resolve_problems, "self_check": resolve_checks}
