"""``[phase.CODE]`` with ``task.CODE`` and ``milestone.CODE`` inside: the steps of a campaign, what
is due in each, its key dates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengyou.campaigns.blueprint import later
from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.schedule import Due, Timing, due_day, fits, schedule
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.spans import (
    Nth,
    Span,
    parse_before_end,
    parse_nth,
    parse_span,
)
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Act, Campaign, Milestone, Phase, Task
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Role

_SPAN_HELP = "请写成“1个月”“3周”“10天”“1年6个月”这样，数字用 1、2、3"
_NTH_HELP = "请写成“第1天”“第3周”“第2个月”这样，从活动开始那天数起"
_DUE_HELP = "请写成“第1周”“第5天”“结束前7天”或者“2026-09-01”这样"
_DATE_HELP = "请写成“2026-09-01”这样，年-月-日都要真有"


@dataclass(frozen=True, slots=True)
class TaskData:
    """A task; either ``owner`` or ``group`` (a code) answers for it."""

    code: str
    title: str
    owner: Role | None
    group: str
    due: Due


@dataclass(frozen=True, slots=True)
class MilestoneData:
    """A key date."""

    code: str
    title: str
    day: Due


@dataclass(frozen=True, slots=True)
class PhaseData:
    """A phase as the file has it."""

    code: str
    title: str
    timing: Timing
    opens: tuple[Act, ...]
    tasks: tuple[TaskData, ...]
    milestones: tuple[MilestoneData, ...] = ()


class PhaseSection(Section):
    """Phases, with their tasks inside."""

    name, label, order = "phase", "阶段", 20
    note = (
        "阶段：可以前后相接（after），可以重叠（starts），也可以写死日期（from、until）\n"
        "opens 是这个阶段准许办的事；task 是阶段里的任务，due 从阶段第一天数起\n"
        "milestone 是关键日子，day 的写法和 due 一样"
    )

    parts = {"task": "任务", "milestone": "关键日子"}
    fields = {
        "": [
            Field("title", "名称", needed=True),
            Field("after", "接在哪个阶段后面", Ask.CODE, section="phase",
                  help="这一格、下面两格只填一格；第一个阶段都不填就从活动第一天起"),
            Field("starts", "从活动第几天、周、月开始", help="如 第1天、第3周、第2个月"),
            Field("from", "从哪天开始", help="写死的日期，如 2026-09-01"),
            Field("lasts", "多长", help="如 10天、3周、1个月、1年6个月；或者填下面一格"),
            Field("until", "到哪天（含）", help="写死的日期，如 2027-01-31"),
            Field("opens", "这个阶段准许办的事", Ask.SOME, choices=labels(Act)),
        ],
        "task": [
            Field("title", "任务", needed=True, most=100),
            Field("owner.post", "责任人", Ask.ONE, "和下面一格只填一格", choices=labels(Role)),
            Field("owner.group", "或者哪个组负责", Ask.CODE, section="group"),
            Field("due", "期限", needed=True,
                  help="从阶段第一天数起，如 第1周、第5天、结束前7天；或者日期"),
        ],
        "milestone": [
            Field("title", "关键日子", needed=True),
            Field("day", "哪天", needed=True,
                  help="从阶段第一天数起，如 第5天、结束前7天；或者日期"),
        ],
    }  # fmt: skip

    def check(self, table: Table) -> list[PhaseData]:
        """Read the phases; at least one is needed, and ``after`` must not go in a circle."""
        phases = [
            _phase(code, entry, place) for place, (code, entry) in enumerate(table.entries(most=24))
        ]
        if not table.values:
            table.problem(None, "没有写阶段", "请至少写一节 [phase.代号]")
        _no_circle(table, phases)
        return phases

    def install(self, campaign: Campaign, data: list[PhaseData]) -> None:
        """Make phases, tasks and key dates; their days follow from the campaign's first day."""
        days = days_of(data, campaign.starts_on)
        phases = [
            Phase(
                campaign=campaign,
                code=phase.code,
                title=phase.title,
                starts_on=days[phase.code][0],
                ends_on=days[phase.code][1],
                timing=phase.timing.values,
                opens=[act.value for act in phase.opens],
                order=order,
            )
            for order, phase in enumerate(data)
        ]
        Phase.objects.bulk_create(phases)
        _install_tasks(campaign, data)
        _install_milestones(campaign, data)

    def remove(self, campaign: Campaign) -> None:
        """Delete phases, tasks and key dates."""
        campaign.phases.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the phases with the tasks in each."""
        phases = campaign.phases.prefetch_related("tasks__owner_group", "milestones")
        return {phase.code: _dump_phase(phase) for phase in phases}

    def summary(self, data: list[PhaseData]) -> list[str]:
        """Say how long each phase is and what it opens."""
        return [_words(phase, {each.code: each.title for each in data}) for phase in data]


def days_of(data: list[PhaseData], begins: date) -> dict[str, tuple[date, date]]:
    """Return first and last day of each phase; see :func:`schedule.schedule`."""
    return schedule([(phase.code, phase.title, phase.timing) for phase in data], begins)


def _phase(code: str, table: Table, place: int) -> PhaseData:
    title = table.text("title")
    timing = _timing(table, first=place == 0)
    tasks = [_task(name, entry, timing) for name, entry in table.table("task").entries()]
    return PhaseData(
        code=code,
        title=title,
        timing=timing or Timing(lasts=Span(days=1)),
        opens=tuple(table.labels("opens", Act, later=later.ACTS, default=())),
        tasks=tuple(tasks),
        milestones=tuple(
            MilestoneData(name, entry.text("title"), _day(entry, timing))
            for name, entry in table.table("milestone").entries()
        ),
    )


def _timing(table: Table, first: bool) -> Timing | None:
    """Read when the phase is; None where it cannot be told how long it is."""
    starts = _parsed(table, "starts", parse_nth, _NTH_HELP)
    lasts = _parsed(table, "lasts", parse_span, _SPAN_HELP)
    since, until = _date(table, "from"), _date(table, "until")
    after = table.code("after", "phase", default="")
    begun = [key for key in ("after", "starts", "from") if key in table]
    if len(begun) > 1:
        table.problem(begun[1], f"“{begun[0]}”和“{begun[1]}”都说从哪天开始", "请只留一个")
    elif not begun and not first:
        table.problem(
            None,
            f"{table.heading}没有说从哪天开始",
            "请写 after（接在哪个阶段后面）、starts（第几天、周、月开始）或 from（日期）",
        )
    if "lasts" in table and "until" in table:
        table.problem("until", "“lasts”和“until”都说到哪天结束", "请只留一个")
    elif "lasts" not in table and "until" not in table:
        table.problem(None, f"{table.heading}没有说多长", '请写 lasts，如 lasts = "1个月"')
    if since and until and until < since:
        table.problem("until", "“until”早于“from”", "请把结束日期改到开始日期之后")
    return Timing(after, starts, since, until, lasts) if lasts or until else None


def _parsed(table: Table, key: str, parse: Callable[[str], Any], remedy: str) -> Any:
    text = table.text(key, most=20, default="")
    found = parse(text) if text else None
    if text and found is None:
        table.problem(key, f"看不懂“{text}”", remedy)
    return found


def _date(table: Table, key: str) -> date | None:
    given = table.date_or_text(key, default="")
    if isinstance(given, date) or not given:
        return given or None
    try:
        return date.fromisoformat(given)
    except ValueError:
        table.problem(key, f"看不懂日期“{given}”", _DATE_HELP)
        return None


def _task(code: str, table: Table, timing: Timing | None) -> TaskData:
    title = table.text("title", most=100)
    owner = table.table("owner")
    role, group = owner.choice("post", Role, default=None), owner.code("group", "group", default="")
    if len(owner.values) != 1:
        table.problem(
            "owner" if "owner" in table else None,
            f"{table.heading}的责任人写得不对",
            '请写 owner = { post = "书记" } 或者 owner = { group = "工作组的代号" }',
        )
    return TaskData(code, title, role, group, _due(table, timing))


def _day(table: Table, timing: Timing | None) -> Due:
    """Read the day of a key date: ``day``, or ``due`` as tasks have it."""
    return _due(table, timing, "due" if "due" in table and "day" not in table else "day")


def _due(table: Table, timing: Timing | None, key: str = "due") -> Due:
    given = table.date_or_text(key)
    due: Due | None = given if isinstance(given, date) else None
    if isinstance(given, str) and given:
        due = parse_nth(given) or parse_before_end(given)
        if due is None:
            try:
                due = date.fromisoformat(given)
            except ValueError:
                table.problem(key, f"看不懂期限“{given}”", _DUE_HELP)
    if due is not None and timing is not None and not fits(due, timing):
        table.problem(key, f"期限“{given}”不在这个阶段里", "请改短期限，或者延长阶段")
    return due or Nth(1, "天")


def _no_circle(table: Table, phases: list[PhaseData]) -> None:
    after = {phase.code: phase.timing.after for phase in phases}
    for code in after:
        seen, here = {code}, after[code]
        while here and here not in seen:
            seen.add(here)
            here = after.get(here, "")
        if here == code:
            table.reading.problem(
                ("phase", code, "after"),
                f"阶段“{code}”绕了一圈又接回自己",
                "请让其中一个阶段改用 starts 或 from",
            )
            return


def _install_tasks(campaign: Campaign, data: list[PhaseData]) -> None:
    phases = {phase.code: phase for phase in campaign.phases.all()}
    groups = {group.code: group for group in campaign.groups.all()}
    Task.objects.bulk_create(
        Task(
            phase=phases[phase.code],
            code=task.code,
            title=task.title,
            owner=task.owner or "",
            owner_group=groups.get(task.group),
            due=str(task.due),
            due_on=_day_in(phases[phase.code], task.due, f"任务“{task.title}”的期限"),
            order=order,
        )
        for phase in data
        for order, task in enumerate(phase.tasks)
    )


def _install_milestones(campaign: Campaign, data: list[PhaseData]) -> None:
    phases = {phase.code: phase for phase in campaign.phases.all()}
    Milestone.objects.bulk_create(
        Milestone(
            phase=phases[phase.code],
            code=key.code,
            title=key.title,
            due=str(key.day),
            due_on=_day_in(phases[phase.code], key.day, f"关键日子“{key.title}”"),
            order=order,
        )
        for phase in data
        for order, key in enumerate(phase.milestones)
    )


def _day_in(phase: Phase, due: Due, what: str) -> date:
    """Return the day that ``due`` is in a phase.

    Raises:
        Refused: it is not within the phase, in words that begin with ``what``.
    """
    day = due_day(due, phase.starts_on, phase.ends_on)
    if not phase.holds(day):
        raise Refused(
            f"{what} {day:%Y-%m-%d} 不在阶段“{phase.title}”里"
            f"（{phase.starts_on:%Y-%m-%d} 到 {phase.ends_on:%Y-%m-%d}），"
            "请改活动的开始日期，或者改蓝图里的期限。"
        )
    return day


def read_due(text: str) -> Due:
    """Read back what ``Task.due`` and ``Milestone.due`` keep."""
    return parse_nth(text) or parse_before_end(text) or date.fromisoformat(text)


def _dump_phase(phase: Phase) -> dict[str, Any]:
    values: dict[str, Any] = {"title": phase.title, **phase.timing}
    values["opens"] = [str(act.label) for act in phase.acts]
    values["task"] = {
        task.code: {
            "title": task.title,
            "owner": {"group": task.owner_group.code}
            if task.owner_group
            else {"post": str(Role(task.owner).label)},
            "due": task.due,
        }
        for task in phase.tasks.all()
    }
    values["milestone"] = {
        key.code: {"title": key.title, "day": key.due} for key in phase.milestones.all()
    }
    return {key: value for key, value in values.items() if value}


def _words(phase: PhaseData, titles: dict[str, str]) -> str:
    timing = phase.timing
    if timing.after:
        begins = f"接在{titles.get(timing.after, timing.after)}之后"
    elif timing.since:
        begins = f"从 {timing.since:%Y-%m-%d} 起"
    else:
        begins = f"从{timing.starts or '第1天'}起"
    length = f"到 {timing.until:%Y-%m-%d}" if timing.until else f"历时{timing.lasts}"
    opens = "、".join(str(act.label) for act in phase.opens)
    tasks = f"，{len(phase.tasks)} 项任务" if phase.tasks else ""
    return f"{phase.title}：{begins}，{length}{tasks}" + (f"；可以{opens}" if opens else "")
