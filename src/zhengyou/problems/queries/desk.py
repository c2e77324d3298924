"""What problems put on the desk: those to mend and claim, measures, and what waits to be verified,
struck off or given more time."""

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Post
from zhengyou.people.rules import KEEPERS, LEADERS
from zhengyou.problems import owners, rules
from zhengyou.problems.models import (
    LIVE,
    MENDING,
    Explanation,
    Extension,
    ExtensionState,
    Measure,
    Problem,
    ProblemState,
    is_overdue,
)
from zhengyou.ui.text import short_date

MOST = 30
"""Of each kind; the rest stands in the ledger."""
_NEXT = {
    ProblemState.OPEN: ("plan", "定措施"),
    ProblemState.AGREED: ("problem", "去整改"),
    ProblemState.UNDER_WAY: ("submit", "送去验收"),
    ProblemState.RETURNED: ("submit", "再送验收"),
}


# --- to do --------------------------------------------------------------------------------------
def todo_for(actor: Actor) -> list[Errand]:
    """Return what ``actor`` has to mend, and what the body that the hat handles has to claim. Three
    queries, in no hat two."""
    if actor.person is None:
        return []
    found = [_mend(row) for row in _owned(actor)]
    found += [_measure(row) for row in _measures(actor)]
    if actor.hat and actor.hat.role in rules.DECIDERS:
        found += [_claim(row) for row in _unclaimed(actor, actor.hat.organisation)]
    return found


def _loaded(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    return rows.select_related("organisation", "owner").order_by("claim_by", "pk")


def _owned(actor: Actor) -> QuerySet[Problem]:
    return _loaded(Problem.objects.filter(owner=actor.person, state__in=LIVE))[:MOST]


def _measures(actor: Actor) -> QuerySet[Measure]:
    rows = Measure.objects.filter(
        ~Q(problem__owner=actor.person), who=actor.person, done_on=None, dropped_at=None,
        problem__state__in=MENDING, problem__subject=None,
    )  # fmt: skip
    return rows.select_related("problem__organisation").order_by("by_when", "pk")[:MOST]


def _unclaimed(actor: Actor, body: Organisation) -> QuerySet[Problem]:
    """Return what nobody mends: not claimed, whoever mended it gone, a plan whose day has come."""
    said = Explanation.objects.filter(problem=OuterRef("pk")).order_by("-at", "-pk")
    again = Subquery(said.values("look_again_on")[:1])  # only the last one counts
    gone = owners.orphaned(body)
    which = (
        Q(state=ProblemState.OPEN, owner=None)
        | gone
        | Q(state=ProblemState.EXPLAINED, again__lte=clock.today())
    )
    seen = Q(subject=None) if actor.hat and actor.hat.role not in LEADERS else Q()
    rows = Problem.objects.annotate(again=again).filter(rules.handled_by(body), which, seen)
    left = Case(When(gone, then=Value(True)), default=False, output_field=BooleanField())
    return _loaded(rows.annotate(left=left))[:MOST]


def _mend(row: Problem) -> Errand:
    page, button = _NEXT[ProblemState(row.state)]
    why = {
        ProblemState.OPEN: "写上做什么、哪天前",
        ProblemState.RETURNED: "验收退回来了，看看哪里还没改好",
    }.get(ProblemState(row.state), "改好了送去验收")
    kind, label = _due(row)
    return Errand(
        kind, label, row.title, f"{row.organisation.name}，{why}",
        _when(row.due_on, row.state), reverse(f"problems:{page}", args=[row.uid]), button,
        row.due_on, outside="有一个问题要您整改",
    )  # fmt: skip


def _due(row: Problem) -> tuple[str, str]:
    if is_overdue(row.state, row.due_on, clock.today()):
        return "late", "过期没改"
    if row.state == ProblemState.RETURNED:
        return "back", "退回整改"
    if (row.due_on - clock.today()).days <= 2:
        return "due", "快到期"
    return "todo", "要定措施" if row.state == ProblemState.OPEN else "要整改"


def _when(day: date, state: str) -> str:
    late = is_overdue(state, day, clock.today())
    return f"{short_date(day)}{'到期' if late else '前'}"


def _measure(row: Measure) -> Errand:
    due = row.by_when or row.problem.due_on
    late = due < clock.today()
    return Errand(
        "late" if late else "todo", "过期没做" if late else "您的措施", row.what,
        f"{row.problem.organisation.name}，{row.problem.title}",
        f"{short_date(due)}{'到期' if late else '前'}",
        reverse("problems:problem", args=[row.problem.uid]), "去看", due,
        outside="有一条整改措施要您做",
    )  # fmt: skip


def _claim(row: Problem) -> Errand:
    url = reverse("problems:problem", args=[row.uid])
    if row.state == ProblemState.EXPLAINED:
        return Errand(
            "due", "再看一看", row.title, f"{row.organisation.name}，说明里写了今天再看",
            "到日子了", url, "去看", clock.today(), outside="有一个作过说明的问题该再看了",
        )  # fmt: skip
    if getattr(row, "left", False):
        name = row.owner.name if row.owner else ""
        return Errand(
            "back", "换责任人", row.title, f"{name}已经不在{row.organisation.name}",
            _when(row.due_on, row.state), reverse("problems:act", args=[row.uid, "assign"]),
            "换人", row.due_on, outside="有一个问题的责任人离开了",
        )  # fmt: skip
    late = is_overdue(row.state, row.due_on, clock.today())
    return Errand(
        "late" if late else "todo", "过期没认领" if late else "待认领", row.title,
        f"{row.organisation.name}，定谁来改、怎么改、哪天前", _when(row.due_on, row.state),
        reverse("problems:plan", args=[row.uid]), "定措施", row.due_on,
        outside="有一个问题还没有人认领",
    )  # fmt: skip


# --- to decide ----------------------------------------------------------------------------------
def waiting_for(actor: Actor) -> list[Errand]:
    """Return what waits for ``actor`` to verify or strike off, and wishes for more time to answer.
    Two queries."""
    if actor.person is None or actor.hat is None:
        return []
    return [*map(_judge, _to_judge(actor)), *map(_answer, _to_answer(actor))]


def _not_own(actor: Actor) -> Q:
    """Return the condition that one neither mends a problem, nor handed it in, nor is it about."""
    me = actor.person
    return (
        (Q(owner=None) | ~Q(owner=me))
        & (Q(submitted_by=None) | ~Q(submitted_by=me))
        & (Q(subject=None) | ~Q(subject=me))
    )


def _to_judge(actor: Actor) -> QuerySet[Problem]:
    assert actor.hat is not None  # asked before
    body, role = actor.hat.organisation, actor.hat.role
    from_above = Q(organisation__parent__isnull=False) & ~rules.handled_by(body)
    which = Q(raised_by=actor.person, subject=None)
    if role in rules.LOOKERS:
        which |= Q(found_for=body, subject=None) & from_above
    if role in rules.JUDGES:
        inside = Q(found_for=body) | Q(found_for__path__startswith=body.path)
        which |= rules.handled_by(body) & inside & Q(subject=None)
    if role in KEEPERS:
        which |= rules.right_below(body) & Q(subject=None) & ~Q(Exists(_others()))
    if role in LEADERS:
        which |= rules.subjects_of(body)
    states = (ProblemState.SUBMITTED, ProblemState.VERIFIED)
    rows = Problem.objects.filter(which, _not_own(actor), state__in=states)
    return _loaded(rows)[:MOST]


def _others() -> QuerySet[Post]:
    """Posts that could verify in the body itself: somebody else than who mended or handed in."""
    rows = Post.objects.on(clock.today()).filter(
        organisation=OuterRef("organisation"), role__in=rules.JUDGES
    )
    return rows.exclude(person=OuterRef("owner")).exclude(person=OuterRef("submitted_by"))


def _judge(row: Problem) -> Errand:
    verified = row.state == ProblemState.VERIFIED
    url = reverse("problems:act", args=[row.uid, "close"]) if verified else ""
    return Errand(
        "wait", "等销号" if verified else "等验收", row.title,
        f"{row.organisation.name}，{'验收通过了' if verified else '说改好了，看看结果'}",
        f"期限{short_date(row.deadline)}", url or reverse("problems:verify", args=[row.uid]),
        "销号" if verified else "去验收", row.deadline, outside="有一个问题等您验收",
    )  # fmt: skip


def _to_answer(actor: Actor) -> QuerySet[Extension]:
    assert actor.hat is not None  # asked before
    body, role = actor.hat.organisation, actor.hat.role
    keys = Q(pk__in=[])
    if role in KEEPERS:
        top = Q(organisation=body, organisation__parent=None)
        keys |= (rules.right_below(body) | top) & Q(subject=None)
    if role in LEADERS:
        keys |= rules.subjects_of(body)
    problems = Problem.objects.filter(keys, _not_own(actor))
    rows = Extension.objects.filter(
        problem__in=problems.values("pk"), state=ExtensionState.ASKED
    ).exclude(asked_by=actor.person)
    return rows.select_related("problem__organisation").order_by("asked_at")[:MOST]


def _answer(row: Extension) -> Errand:
    asked = row.asked_at.astimezone(clock.SHANGHAI).date()
    days = (clock.today() - asked).days
    return Errand(
        "wait", "等您批", row.problem.title,
        f"{row.problem.organisation.name}申请延到{short_date(row.new_deadline)}：{row.why}",
        f"等了 {days} 天" if days else "今天申请",
        reverse("problems:extension", args=[row.problem.uid, row.uid]), "批延期", asked,
        outside="有一个问题申请延期",
    )  # fmt: skip
