"""What stuck points, finds of patrols and records say already when they become problems."""

from typing import cast
from uuid import UUID

from zhengyou.people.actor import Actor
from zhengyou.problems.models import Privacy
from zhengyou.problems.sources import Beginning, Source
from zhengyou.work import stuck
from zhengyou.work.kinds import QUIET
from zhengyou.work.models import PatrolFind, Record, RecordKind, RecordState
from zhengyou.work.rules import reporting, visible_records
from zhengyou.work.rules.service import is_hand

FINDING = (
    RecordKind.TALK, RecordKind.ORG_LIFE, RecordKind.DEMOCRATIC_LIFE, RecordKind.REVIEW_MEETING,
    RecordKind.DISCUSSION, RecordKind.CONSULTATION, RecordKind.SURVEY, RecordKind.VISIT,
    RecordKind.CONTACT, RecordKind.OBSERVATION, RecordKind.LISTENING, RecordKind.CHECK,
    RecordKind.PATROL,
)  # fmt: skip
"""Kinds of records in which one looks for problems or is told of them."""


def of_point(uid: UUID, viewer: object) -> Beginning | None:
    """Return what a stuck point says, or None where it does not exist for the viewer."""
    seen = reporting.visible_points(cast(Actor, viewer))
    point = stuck.points().filter(seen, uid=uid).first()
    if point is None:
        return None
    report = point.report
    return Beginning(
        body=report.organisation, label=point.text[:200], title=point.text[:60],
        text=point.text if len(point.text) > 60 else "", campaign=report.duty.campaign,
        found_on=report.first_sent_on,
    )  # fmt: skip


def of_find(uid: UUID, viewer: object) -> Beginning | None:
    """Return what a patrol found: whoever it was handed to mends it."""
    rows = PatrolFind.objects.select_related("record__organisation", "to_person")
    find, actor = rows.filter(uid=uid).first(), cast(Actor, viewer)
    if find is None:
        return None
    body = find.record.organisation
    if not (actor.is_person(find.to_person) or is_hand(actor, body)):
        return None
    where = f"地点：{find.place}。" if find.place else ""
    handed = "" if find.to_person else f"巡查时交给：{find.to_label}。"
    return Beginning(
        body=body, label=find.what, title=find.what[:60],
        text=f"{find.what if len(find.what) > 60 else ''}{where}{handed}",
        found_on=find.record.on, owner=find.to_person,
    )  # fmt: skip


def of_record(uid: UUID, viewer: object) -> Beginning | None:
    """Return the frame of what was said in a talk or a meeting; what is wrong is written anew."""
    rows = Record.objects.filter(visible_records(cast(Actor, viewer)), kind__in=FINDING)
    row = rows.select_related("organisation").filter(uid=uid, state=RecordState.FINISHED).first()
    if row is None:
        return None
    privacy = Privacy.HANDLERS if row.kind in QUIET else Privacy.BODY
    return Beginning(
        body=row.organisation, label=row.title, title="", found_on=row.on, privacy=privacy
    )


SOURCES = (
    Source("own_finding", "自己发现", by_hand=True),
    Source("self_check", "对照查摆"),
    Source("gathered", "共性问题"),
    Source("life_meeting", "民主生活会、组织生活会", by_hand=True),
    Source("talk", "谈心谈话", by_hand=True),
    Source("told", "群众当面反映", by_hand=True),
    Source("pointed_out", "上级指出", by_hand=True),
    Source("report_point", "卡点", begin=of_point, once=True),
    Source("patrol_find", "巡查发现", begin=of_find, once=True, at_once=True),
    Source("record", "会议和谈话", begin=of_record),
)
"""What this room knows of itself; rooms above register theirs."""
