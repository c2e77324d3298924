"""How references to records resolve, and how this app's facts read."""

from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Many, Resolver, Target
from zhengyou.people.actor import Actor
from zhengyou.work import duty_refs, report_refs, rules
from zhengyou.work.models import Record, RecordSeries

VERBS = {
    "record.begin": "开始写纪实",
    "record.save_draft": "接着写纪实",
    "record.finish": "记好纪实",
    "record.amend": "改纪实",
    "record.strike": "划去纪实",
    "record.discard": "删去没写完的纪实",
    "record.drop_file": "去掉纪实的附件",
    "record_series.start": "把纪实做成系列",
    "record_series.change": "改纪实的系列",
    "record_series.end": "结束纪实的系列",
    **duty_refs.VERBS,
    **report_refs.VERBS,
}
"""Ledger verbs of this app and their words."""


def resolve_record(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a record, or None where it is gone; its files follow it."""
    return resolve_records([uid], viewer).get(uid)


def resolve_records(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of records, those that are gone left out. Two queries."""
    rows = Record.objects.filter(uid__in=uids)
    seen = rows.filter(rules.visible_records(cast(Actor, viewer))) if viewer else rows.none()
    visible = set(seen.values_list("uid", flat=True))
    return {row.uid: _page(row, row.uid in visible) for row in rows}


def _page(row: Record, visible: bool) -> Target:
    return Target(row.title, reverse("work:record", args=[row.uid]), visible)


def resolve_series(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a series, or None where it is gone."""
    row = RecordSeries.objects.select_related("organisation").filter(uid=uid).first()
    if row is None:
        return None
    seen = bool(viewer and rules.may_keep_series(cast(Actor, viewer), row))
    return Target(row.title, reverse("work:series", args=[uid]), seen)


RESOLVERS: Mapping[str, Resolver] = {
    "record": resolve_record,
    "record_series": resolve_series,
    **duty_refs.RESOLVERS,
    **report_refs.RESOLVERS,
}
TOGETHER: Mapping[str, Many] = {
    "record": resolve_records,
    **duty_refs.TOGETHER,
    **report_refs.TOGETHER,
}
