"""How references of this room resolve, and how its facts read."""

from collections.abc import Collection, Mapping
from typing import Any, cast
from uuid import UUID

from django.urls import reverse

from zhengyou.inspections import rules
from zhengyou.inspections.models import Draw, Finding, Inspection, Visit
from zhengyou.kernel.refs import Many, Resolver, Target
from zhengyou.people.actor import Actor

VERBS: Mapping[str, str] = {
    "inspection.plan": "拟督查方案",
    "inspection.change": "改督查方案",
    "inspection.items": "写督查看什么",
    "inspection.quotas": "定各层抽几个",
    "inspection.team": "定督查组",
    "inspection.discard": "删去没开始的督查",
    "inspection.name": "指定督查单位并开始",
    "inspection.annul": "作废督查",
    "inspection.close": "结束督查",
    "draw.freeze": "封存抽样名单",
    "draw.seed": "录入种子并抽签",
    "draw.replace": "换成备选单位",
    "visit.write": "记检查",
    "visit.hand_over": "把督查意见交给单位",
    "finding.photo": "给督查发现附照片",
    "finding.reply": "答复督查意见",
    "finding.to_problem": "把督查意见列为问题",
}
"""Ledger verbs of this room and their words."""


def _inspections(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    rows = Inspection.objects.filter(uid__in=uids)
    seen = set(rows.filter(rules.visible_inspections(_actor(viewer))).values_list("uid", flat=True))
    return {
        row.uid: Target(row.title, reverse("inspections:inspection", args=[row.uid]),
                        row.uid in seen)
        for row in rows
    }  # fmt: skip


def _draws(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """A draw's page is public, whoever asks."""
    rows = Draw.objects.filter(uid__in=uids).select_related("inspection")
    return {
        row.uid: Target(f"{row.inspection.title}，抽签",
                        reverse("inspections:draw", args=[row.inspection.uid]), True)
        for row in rows
    }  # fmt: skip


def _visits(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    rows = Visit.objects.filter(uid__in=uids)
    seen = set(rows.filter(rules.visible_visits(_actor(viewer))).values_list("uid", flat=True))
    return {
        row.uid: Target(f"{row.inspection.title}，{row.organisation.name}",
                        reverse("inspections:visit", args=[row.uid]), row.uid in seen)
        for row in rows.select_related("inspection", "organisation")
    }  # fmt: skip


def _findings(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    rows = Finding.objects.filter(uid__in=uids)
    seen = set(rows.filter(rules.visible_findings(_actor(viewer))).values_list("uid", flat=True))
    return {
        row.uid: Target(row.text[:60], reverse("inspections:finding", args=[row.uid]),
                        row.uid in seen)
        for row in rows
    }  # fmt: skip


def _actor(viewer: Any) -> Actor:
    return cast(Actor, viewer) if viewer is not None else Actor()


def _alone(many: Many) -> Resolver:
    def one(uid: UUID, viewer: object) -> Target | None:
        return many([uid], viewer).get(uid)

    return one


TOGETHER: Mapping[str, Many] = {
    "inspection": _inspections,
    "draw": _draws,
    "visit": _visits,
    "finding": _findings,
}
RESOLVERS: Mapping[str, Resolver] = {kind: _alone(many) for kind, many in TOGETHER.items()}
