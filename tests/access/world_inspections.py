"""Inspections of the bureau in both branches of the world: a draft, one whose list is frozen, one
under way, one handed over."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.cast import Cast

from zhengyou.inspections.actions import draws, planning, visits
from zhengyou.inspections.actions.draws import Announced
from zhengyou.inspections.actions.planning import Outline
from zhengyou.inspections.actions.visits import Answer, Filled
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import (
    FindingKind,
    Grade,
    Inspection,
    InspectionKind,
    Method,
    Sample,
    SeedSource,
)
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Role

ITEM = Item("homework", "家长说得出孩子的作业少了", "放学时问五位家长")


def inspections_of(cast: Cast, today: date) -> dict[str, Any]:
    """Return the inspections, and of each branch its visits and findings."""
    with clock.at(today - timedelta(days=3)):
        drawn = [_plan(cast, today, title, Sample.RANDOM) for title in ("冬季抽查", "秋季抽查")]
        draws.freeze(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), drawn[1], Announced(
            Method.HASH, SeedSource.DICE, "局大厅当众掷骰子", today,
        ))  # fmt: skip
        named = [_plan(cast, today, title, Sample.CHOSEN) for title in ("作业调研", "食堂调研")]
        for each in named:
            draws.name_bodies(
                acting_as(cast.gu, Role.CAMPAIGN_OFFICE), each, [cast.branch, cast.nanhu],
                "两所学校都问过",
            )  # fmt: skip
        world: dict[str, Any] = {
            "check_draft": drawn[0], "check_frozen": drawn[1], "check_named": named[0],
        }  # fmt: skip
        for side, body in (("own", cast.branch), ("foreign", cast.nanhu)):
            for key, each in (("open", named[0]), ("handed", named[1])):
                visit = each.visits.get(organisation=body)
                _fill(cast, visit)
                world[f"{key}_visit_{side}"] = visit
                world[f"{key}_finding_{side}"] = visit.findings.get()
            visits.hand_over(acting_as(cast.yin, Role.INSPECTOR), world[f"handed_visit_{side}"])
    return world


def _plan(cast: Cast, today: date, title: str, sample: Sample) -> Inspection:
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    kind = InspectionKind.SPOT if sample == Sample.RANDOM else InspectionKind.SURVEY
    outline = Outline(
        kind, title, cast.bureau, [Kind.BRANCH], today - timedelta(days=3),
        today + timedelta(days=20), "看作业少了没有", sample=sample,
    )  # fmt: skip
    made = planning.plan(office, cast.bureau, outline, items=[ITEM])
    planning.set_team(office, made, [cast.yin])
    return made


def _fill(cast: Cast, visit: Any) -> None:
    answer = Answer(Grade.PARTLY, "五位家长里两位说没变", FindingKind.CRITICISM)
    visits.send(
        acting_as(cast.yin, Role.INSPECTOR), visit,
        Filled(uuid4(), clock.today(), {ITEM.code: answer}),
    )  # fmt: skip
