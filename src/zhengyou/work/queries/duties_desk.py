"""What duties put on 工作台: my own that are due, those of the body I record for.

Reports have rows of their own (``reports_desk``), and so have turns (``service_desk``). Nobody
above the body is told who is late.
"""

from collections.abc import Iterable

from django.urls import reverse

from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work import rules, saying
from zhengyou.work.models import DutyState, RecordKind, RecordSeries
from zhengyou.work.queries.body_page import Entry, Period, Run, body_page, own_page
from zhengyou.work.queries.next_step import laid_open
from zhengyou.work.survey import Subject
from zhengyou.work.turns import Turn

ENROLLED = "enrolment"


def todo_for(actor: Actor) -> list[Errand]:
    """Return the duties that are late, or whose period ends within a week: each of mine, each of
    the body's own, and in one row a campaign how many of its members' are left.
    """
    if actor.person is None:
        return []
    body = actor.hat.organisation if actor.hat else None
    runs = body_page(body, clock.today()) if body and rules.may_record(actor, body) else []
    found = [_mine(actor, entry) for entry in _own_entries(actor, runs) if _presses(entry)]
    if body is not None:
        found += _of_body(body, runs)
    return found


def waiting_for(actor: Actor) -> list[Errand]:
    """Nothing of this awaits a decision."""
    return []


def _presses(entry: Entry) -> bool:
    """Tell whether an entry is late or ends within a week; reports and rotas speak for
    themselves, and what was late once is not held against anybody after the next period began.
    """
    line, today = entry.line, entry.day
    if RecordKind.REPORT in line.turn.terms.records or line.subject.kind == ENROLLED:
        return False
    if line.state == DutyState.DUE:
        return line.turn.last - today < saying.SOON
    return line.state in (DutyState.OVERDUE, DutyState.UNSET)


def _own_entries(actor: Actor, runs: list[Run]) -> list[Entry]:
    """Return what is asked of the actor. Who serves and belongs to nothing but the body that was
    read stands in it; who also counts elsewhere is read alone."""
    assert actor.person is not None
    top = actor.hat.organisation.path if actor.hat else ""
    inside = all(paths.is_within(hat.organisation.path, top) for hat in actor.hats)
    if not runs or not inside or any(run.above for run in runs):
        return own_page(actor.person, clock.today())
    me = Subject("person", actor.person.pk)
    return [
        entry
        for run in runs
        for period in run.periods
        for entry in period.entries
        if entry.line.subject == me
    ]


def _of_body(body: Organisation, runs: list[Run]) -> Iterable[Errand]:
    series = RecordSeries.objects.on(clock.today()).filter(organisation=body)
    kinds = set(series.values_list("kind", flat=True)) if runs else set()
    for run in runs:
        left = set()
        for period in run.periods:
            if period.single and _presses(period.entries[0]) and not _comes(period, kinds):
                yield _own(body, period)
            elif not period.single:
                left |= {e.line.duty.pk for e in period.entries if _presses(e)}
        if left:
            yield Errand(
                "doing", "还有人没做", f"“{run.campaign.title}”有 {len(left)} 项任务还差人",
                "看看谁没做，没记的补记，做不了的办免做", "",
                reverse("work:body", args=[body.uid]), "看任务",
            )  # fmt: skip


def _comes(period: Period, kinds: set[str]) -> bool:
    """Tell whether a series of the body brings it about: then the desk has its day already."""
    due = period.entries[0].line.state == DutyState.DUE
    return due and not kinds.isdisjoint(period.turn.terms.records)


def _mine(actor: Actor, entry: Entry) -> Errand:
    kind = RecordKind(entry.line.turn.terms.records[0])
    body = actor.hat.organisation if actor.hat else None
    url, button = reverse("work:mine"), "看任务"
    if body is not None and body.pk == entry.line.body and rules.may_record_kind(actor, body, kind):
        url, button = reverse("work:new", args=[body.uid, kind.value]), "记一笔"
    return _errand(entry, entry.title, url, button)


def _own(body: Organisation, period: Period) -> Errand:
    entry = period.entries[0]
    if entry.line.state == DutyState.UNSET:
        return _errand(
            entry, period.duty.title, reverse("work:intervals", args=[body.uid]), "定多久一次"
        )
    kinds = period.turn.terms.records
    url, button = reverse("work:choose", args=[body.uid]), "记一笔"
    if RecordKind.DISCLOSURE in kinds:
        url, button = laid_open(body), "去公开"
    elif len(kinds) == 1:
        url = reverse("work:new", args=[body.uid, kinds[0]])
    return _errand(entry, f"{body.name}{period.duty.title}", url, button)


def _errand(entry: Entry, title: str, url: str, button: str) -> Errand:
    kind, label = entry.badge
    turn = entry.line.turn
    when = "" if turn.unset else _when(turn, entry.line.state == DutyState.OVERDUE)
    due = None if turn.unset else turn.closes
    return Errand(kind, label, title, entry.why, when, url, button, due)


def _when(turn: Turn, late: bool) -> str:
    return f"{turn.closes.month}月{turn.closes.day}日{'到期' if late else '前'}"
