"""One problem as its page shows it: where it stands, what comes next, what was done."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock, refs
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.problems import owners, rules, sources
from zhengyou.problems.models import (
    MENDING,
    Did,
    Explanation,
    Extension,
    ExtensionState,
    Measure,
    Privacy,
    Problem,
    ProblemState,
    Step,
    is_overdue,
)
from zhengyou.problems.queries.of_source import BADGES
from zhengyou.ui.text import long_date


@dataclass(frozen=True, slots=True)
class Button:
    """A way on, with the answer of its rule."""

    label: str
    url: str
    verdict: Verdict
    method: str = "get"


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure and whether the reader may tick it off."""

    measure: Measure
    may: Verdict
    late: bool


@dataclass(slots=True)
class ProblemPage:
    """What the page shows.

    Args:
        badge, label: the state; standing: a line on until when.
        step_on: what comes next, one button; others: what else the reader may do.
        waiting: a wish for more time that nobody has answered, and whether the reader may.
        explanation: the last one, where it stands explained.
        ownerless: whoever mends it is not in the body any more.
    """

    badge: str
    label: str
    standing: str
    facts: list[tuple[str, object]]
    source_url: str
    source_words: str
    step_on: Button | None
    others: list[Button]
    measures: list[MeasureLine]
    steps: list[Step]
    files: list[Attachment]
    may_drop: Verdict
    waiting: Extension | None = None
    may_answer: Verdict = field(default_factory=lambda: Verdict.no("没有要批的。"))
    explanation: Explanation | None = None
    ownerless: bool = False

    @property
    def handed_in(self) -> Step | None:
        """The step by which it was last handed in."""
        return next((step for step in self.steps if step.did == Did.SUBMIT), None)


def problem_page(actor: Actor, problem: Problem) -> ProblemPage:
    """Return what the page of ``problem`` shows ``actor``."""
    today, state = clock.today(), ProblemState(problem.state)
    late = is_overdue(problem.state, problem.due_on, today)
    url, words = _source(actor, problem)
    asked = problem.extensions.filter(state=ExtensionState.ASKED)
    page = ProblemPage(
        badge="late" if late else BADGES[state],
        label=f"{state.label}，过期" if late else str(state.label),
        standing=_standing(problem, today),
        facts=_facts(problem),
        source_url=url,
        source_words=words,
        step_on=_step_on(actor, problem),
        others=[each for each in _others(actor, problem) if each.verdict],
        measures=_measures(actor, problem, today),
        steps=list(problem.steps.select_related("by", "owner").order_by("-at", "-pk")),
        files=attachments_of(problem.ref),
        may_drop=rules.may_drop_file(actor, problem),
        waiting=asked.select_related("asked_by").first(),
        ownerless=owners.has_left(problem),
    )
    if page.waiting is not None:
        page.waiting.problem = problem
        page.may_answer = rules.may_answer_extension(actor, page.waiting)
    if state == ProblemState.EXPLAINED:
        page.explanation = problem.explanations.select_related("by").last()
    return page


def _standing(problem: Problem, today: date) -> str:
    if not problem.live:
        return ""
    days = (problem.due_on - today).days
    what = "定措施" if problem.state == ProblemState.OPEN else "改好"
    if days < 0:
        return f"应在{long_date(problem.due_on)}前{what}，过了 {-days} 天"
    return f"{long_date(problem.due_on)}前{what}，还有 {days} 天" if days else f"今天要{what}"


def _facts(problem: Problem) -> list[tuple[str, object]]:
    found = [
        ("责任组织", problem.organisation.name),
        ("责任人", problem.owner.name if problem.owner else "还没有人认领"),
        ("整改期限", long_date(problem.deadline) or "还没定"),
        ("哪天发现", long_date(problem.found_on)),
        ("谁提出的", problem.raised_hat),
        ("给谁看", "本人和书记、副书记" if problem.subject else Privacy(problem.privacy).label),
    ]
    if problem.catalogue:
        found.append(("突出问题", problem.catalogue.title))
    if problem.campaign:
        found.append(("属于活动", problem.campaign.title))
    if problem.programme:
        found.append(("结合的专项工作", problem.programme.title))
    return list(found)


def _source(actor: Actor, problem: Problem) -> tuple[str, str]:
    """Return where it was found: the thing itself only for those who may see it."""
    kind, ref = sources.named(problem.source_kind), problem.source
    target = refs.resolve(ref, actor)
    if target is None or not target.visible:
        return "", kind.label
    return target.url, f"{kind.label}：{target.title}"


def _measures(actor: Actor, problem: Problem, today: date) -> list[MeasureLine]:
    rows = problem.measures.filter(dropped_at=None).select_related("who")
    found = []
    for row in rows:
        row.problem = problem
        due = row.by_when or problem.deadline
        late = row.done_on is None and due is not None and due < today
        found.append(
            MeasureLine(row, rules.may_tick_off(actor, row), late and problem.state in MENDING)
        )
    return found


# --- ways on ------------------------------------------------------------------------------------
def _page(name: str, problem: Problem) -> str:
    return reverse(f"problems:{name}", args=[problem.uid])


def _act(verb: str, problem: Problem) -> str:
    return reverse("problems:act", args=[problem.uid, verb])


def _step_on(actor: Actor, problem: Problem) -> Button | None:
    """Return what comes next in this state."""
    state = problem.state
    if state == ProblemState.OPEN:
        return Button("定措施", _page("plan", problem), rules.may_agree(actor, problem))
    if state == ProblemState.AGREED:
        may = rules.may_start(actor, problem)
        return Button("开始整改", _page("start", problem), may, "post")
    if state in MENDING:
        return Button("送去验收", _page("submit", problem), rules.may_submit(actor, problem))
    if state == ProblemState.SUBMITTED:
        return Button("去验收", _page("verify", problem), rules.may_verify(actor, problem))
    if state == ProblemState.VERIFIED:
        return Button("销号", _act("close", problem), rules.may_close(actor, problem))
    return None


def _others(actor: Actor, problem: Problem) -> list[Button]:
    asked: list[tuple[str, str, Any]] = [
        ("送去验收", _page("submit", problem), _unless_next(actor, problem)),
        ("调整措施", _page("plan", problem), rules.may_revise(actor, problem)),
        ("申请延期", _act("extend", problem), rules.may_ask_extension(actor, problem)),
        ("换责任人", _act("assign", problem), rules.may_assign(actor, problem)),
        ("现在办不了，作说明", _act("explain", problem), rules.may_explain(actor, problem)),
        ("让更多人看到", _act("widen", problem), rules.may_widen(actor, problem)),
        ("重新打开", _act("reopen", problem), rules.may_reopen(actor, problem)),
    ]
    found = [Button(label, url, may) for label, url, may in asked]
    back = rules.may_take_back(actor, problem)
    return [*found, Button("收回", _page("take_back", problem), back, "post")]


def _unless_next(actor: Actor, problem: Problem) -> Verdict:
    """Handing in is the next step itself but where it is agreed and not begun."""
    if problem.state != ProblemState.AGREED:
        return Verdict.no("已经是下一步。")
    return rules.may_submit(actor, problem)
