"""How references to reports and to stuck points resolve, and how their facts read."""

from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Many, Resolver, Target
from zhengyou.people.actor import Actor
from zhengyou.work.models import Report, ReportPoint
from zhengyou.work.rules import reporting as rules

VERBS = {
    "report.begin": "开始写汇报",
    "report.write": "改汇报的一条",
    "report.send": "送出汇报",
    "report.take_back": "收回汇报",
    "report.acknowledge": "批阅汇报",
    "report.send_back": "退回汇报",
    "report.correct": "更正送出的汇报",
    "report_point.solve": "记下卡点解决了",
    "report_point.reopen": "记下又卡住了",
}
"""Ledger verbs of reports and their words."""


def resolve_report(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a report, or None where it is gone. Whose it is stands in its title only
    for those who may read it."""
    rows = Report.objects.filter(uid=uid)
    row = rows.select_related("duty", "organisation", "person").first()
    if row is None:
        return None
    seen = rows.filter(rules.visible_reports(cast(Actor, viewer))).exists() if viewer else False
    title = row.title if seen else f"{row.organisation.name}的汇报"
    return Target(title, reverse("work:report", args=[uid]), seen)


def resolve_point(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a point in which somebody is stuck, or None where it is gone."""
    return resolve_points([uid], viewer).get(uid)


def resolve_points(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of several points, those that are gone left out. Two queries."""
    rows = ReportPoint.objects.filter(uid__in=uids, carries=None, left_out=False)
    seen = rows.filter(rules.visible_points(cast(Actor, viewer))) if viewer else rows.none()
    visible = set(seen.values_list("uid", flat=True))
    return {
        row.uid: Target(
            row.text[:100] if row.uid in visible else "一个卡点",
            reverse("work:point", args=[row.uid]),
            row.uid in visible,
        )
        for row in rows
    }


RESOLVERS: Mapping[str, Resolver] = {"report": resolve_report, "report_point": resolve_point}
TOGETHER: Mapping[str, Many] = {"report_point": resolve_points}
