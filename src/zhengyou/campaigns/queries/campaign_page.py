"""What the page of one campaign shows, verdicts of the buttons included."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse

from zhengyou.campaigns import repeating, rules, tasking
from zhengyou.campaigns.models import (
    Campaign,
    CampaignState,
    Consultation,
    GroupTemplate,
    Lesson,
    Milestone,
    Phase,
    Plan,
    Programme,
    Standard,
    Task,
)
from zhengyou.campaigns.queries.again import Runs, lessons_of, runs_around
from zhengyou.campaigns.queries.basis import Ground, basis_of
from zhengyou.campaigns.queries.buttons import Button, keeping, main_button, saving
from zhengyou.campaigns.queries.campaigns import (
    STATE_KINDS,
    ribbon_of,
    where_it_stands,
)
from zhengyou.campaigns.queries.coverage import NONE, Coverage, coverage
from zhengyou.campaigns.queries.history import StoryLine, story_of
from zhengyou.campaigns.queries.moves import Move, phase_moves
from zhengyou.campaigns.queries.task_rows import TaskRow, rows_of_plans
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.forms.fields import chosen_day
from zhengyou.people.models import Organisation
from zhengyou.ui.table import Cell, Column, Table, asked

COLUMNS = (
    Column("name", "组织", sort=True),
    Column("above", "上级", optional=True),
    Column("state", "方案", sort=True),
    Column("act", ""),
)


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase with its badge and its tasks."""

    phase: Phase
    kind: str
    label: str
    tasks: list["TaskView"]
    milestones: list[Milestone]

    @property
    def opens(self) -> str:
        """What may be done in it, in words."""
        return "、".join(str(act.label) for act in self.phase.acts)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with its badge: of the own body's ledger, else the calendar's."""

    task: Task
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """One campaign as ``actor`` sees it."""

    headline: str  # the finding in one sentence
    kind: str
    label: str
    ribbon: dict[str, Any]
    phases: list[PhaseView]
    standards: list[tuple[Standard, Verdict]]
    groups: list[GroupTemplate]
    programmes: list[Programme]
    plan: Plan | None
    main: Button | None
    keeps: list[Button]  # what the keepers do; empty for everybody else
    saves: list[Button]  # how they take the blueprint home
    story: list[StoryLine]  # for the keepers, too
    grounds: list[Ground]
    moves: list[Move]
    consultations: list[Consultation]  # of the campaign itself
    runs: Runs
    lessons: list[Lesson]  # of the whole, and of the hat's body
    may_write_lesson: Verdict
    coverage: Coverage | None = None
    segments: list[dict[str, Any]] = field(default_factory=list)
    table: Table | None = None
    covered: str = ""
    ledger: Plan | None = None  # whose ledger of tasks may be read
    counts: bool = False  # whether the numbers of the bodies may be read


def campaign_page(actor: Actor, campaign: Campaign, query: QueryDict) -> CampaignPage:
    """Return what the campaign's page shows.

    Args:
        query: of the address: state, sort, cols and page of the list of bodies.
    """
    day, state = clock.today(), CampaignState(campaign.state)
    body = actor.hat.organisation if actor.hat else None
    plan = (
        Plan.objects.filter(campaign=campaign, organisation=body)
        .select_related("campaign", "organisation")
        .prefetch_related("groups")
        .first()
    )
    keeps = bool(rules.keeps(actor, campaign))
    top = rules.coverage_top(actor, campaign)
    found = _coverage(campaign, top, query) if top and state != CampaignState.DRAFT else None
    phases = campaign.phases.prefetch_related(
        Prefetch("tasks", Task.objects.select_related("owner_group")), "milestones"
    )
    own = _own_tasks(actor, plan)
    standards = campaign.standards.select_related("campaign__organisation").prefetch_related(
        "criteria"
    )
    return CampaignPage(
        headline=_headline(campaign, plan, found),
        kind=STATE_KINDS[state],
        label=str(state.label),
        ribbon=ribbon_of(campaign, day),
        # What has not been started has no phase behind it, whatever the calendar says.
        phases=[
            _phase(phase, date.min if state == CampaignState.DRAFT else day, own)
            for phase in phases
        ],
        standards=[(row, _may_reword(actor, row, keeps)) for row in standards],
        groups=list(campaign.groups.all()),
        programmes=list(campaign.programmes.all()),
        plan=plan,
        main=main_button(actor, campaign, plan),
        keeps=keeping(actor, campaign) if keeps else [],
        saves=saving(actor, campaign) if keeps else [],
        story=story_of(campaign.ref) if keeps else [],
        grounds=basis_of(campaign),
        moves=phase_moves(campaign),
        consultations=list(campaign.consultations.filter(plan=None)),
        runs=runs_around(actor, campaign),
        lessons=lessons_of(campaign, campaign.organisation, *([body] if body else [])),
        may_write_lesson=_may_write_lesson(actor, campaign, body),
        coverage=found,
        segments=_segments(found, query.get("state", "")) if found else [],
        table=_table(campaign, found, query) if found else None,
        ledger=plan if own else None,
        counts=found is not None and found.total > 1,
        covered="、".join(str(kind.label) for kind in campaign.covered_kinds),
    )


def _may_reword(actor: Actor, row: Standard, keeps: bool) -> Verdict:
    """Ask the rule only where a button would be shown; it looks into other apps."""
    return rules.may_change_standard(actor, row) if keeps else Verdict.no("不归您管。")


def _may_write_lesson(actor: Actor, campaign: Campaign, body: Organisation | None) -> Verdict:
    if body is None:
        return Verdict.no("您现在没有职务。")
    return repeating.may_write_lesson(actor, campaign, body)


def _headline(campaign: Campaign, plan: Plan | None, found: Coverage | None) -> str:
    if campaign.state == CampaignState.DRAFT:
        return f"{campaign.title}，还没有启动"
    if campaign.state == CampaignState.CLOSED:
        return f"{campaign.title}，已经结束"
    if plan is not None and plan.state != ClimbState.PUBLISHED:
        return f"{campaign.title}，本组织的方案{ClimbState(plan.state).label}"
    if found is not None and found.total > 1 and found.counts[NONE]:
        return f"{campaign.title}，{found.counts[NONE]} 个组织还没有采用"
    return f"{campaign.title}，{where_it_stands(campaign)}"


def _own_tasks(actor: Actor, plan: Plan | None) -> dict[int, TaskRow]:
    """Return the ledger of the own body by task; empty for who may not read it."""
    if plan is None or not tasking.may_see_tasks(actor, plan):
        return {}
    return {row.task.pk: row for row in rows_of_plans([plan])[plan.pk]}


def _phase(phase: Phase, day: date, own: dict[int, TaskRow]) -> PhaseView:
    if day > phase.ends_on:
        kind, label = "done", "过了"
    elif phase.holds(day):
        kind, label = "doing", "进行中"
    else:
        kind, label = "todo", "没开始"
    tasks = [_task(task, phase, day, own.get(task.pk)) for task in phase.tasks.all()]
    return PhaseView(phase, kind, label, tasks, list(phase.milestones.all()))


def _task(task: Task, phase: Phase, day: date, row: TaskRow | None) -> TaskView:
    if row is not None:
        return TaskView(task, row.kind, row.label)
    left = (task.due_on - day).days
    if left < 0:
        return TaskView(task, "off", "到期了")
    if not phase.holds(day):
        return TaskView(task, "todo", "没开始")
    if left <= 7:
        return TaskView(task, "due", "今天到期" if not left else f"还有 {left} 天")
    return TaskView(task, "doing", "在期内")


def _coverage(campaign: Campaign, top: str, query: QueryDict) -> Coverage:
    sort, _ = asked(COLUMNS, query)
    state = query.get("state", "")
    return coverage(
        campaign,
        top,
        state=state if state in (NONE, *ClimbState.values) else "",
        sort=sort,
        page=query.get("page"),
        day=chosen_day(query.get("day", "") or query.get("on", "")),
    )


def _segments(found: Coverage, chosen: str) -> list[dict[str, Any]]:
    rows = [("", "全部", found.total), (NONE, "没采用", found.counts[NONE])]
    rows += [
        (state.value, str(state.label), found.counts[state])
        for state in ClimbState
        if found.counts[state] or state.value == chosen
    ]
    return [
        {"title": title, "count": count, "current": chosen == value,
         "url": f"?state={value}#bodies" if value else "?#bodies"}
        for value, title, count in rows
    ]  # fmt: skip


def _table(campaign: Campaign, found: Coverage, query: QueryDict) -> Table:
    sort, chosen = asked(COLUMNS, query)
    rows = [
        {
            "name": Cell(row.name),
            "above": row.above,
            "state": Cell(row.label, kind=row.kind),
            "act": _look(row.name, row.plan_uid, row.state),
        }
        for row in found.rows
    ]
    return Table(
        "参加的组织和方案",
        COLUMNS,
        rows,
        sort=sort,
        chosen=chosen,
        excel_url=reverse("campaigns:bodies", args=[campaign.uid]),
    )


def _look(name: str, uid: Any, state: str) -> Cell:
    """Return the button to the plan; none where there is nothing to be seen from above yet."""
    if not state or state == ClimbState.DRAFT:
        return Cell()
    review = state == ClimbState.SUBMITTED
    url = reverse("campaigns:review_plan" if review else "campaigns:plan", args=[uid])
    label = "去审" if review else "看方案"
    return Cell(act={"label": label, "verdict": True, "url": url, "about": name})
