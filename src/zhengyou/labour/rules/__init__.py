"""For whom anything of this room exists: the few who sit in the body's group, and who is named.

Rights follow from the person, not from the hat: no post reaches in here, neither the secretary's,
nor one above, nor the system administrator's. Who sits there sees what came in while sitting there;
older cases, and those of elsewhere, exist for whoever is named on them. Who is kept away from a
case (回避) has none, whatever seat he or she holds. What does not exist is a 404, whatever it is.
"""

from django.db.models import Exists, OuterRef, Q

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.labour.models import (
    CaseMember,
    CaseState,
    CaseStep,
    LabourCase,
    Mediator,
    Part,
    Signal,
    SignalState,
)
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Person
from zhengyou.people.rules import KEEPERS, LEADERS

NOBODY = Q(pk__in=[])


# --- what exists for somebody ---------------------------------------------------------------------
def _seat(actor: Actor, came: str) -> Exists:
    """Whether the actor sits today, and sat when it came in, in the group of the row's body."""
    rows = Mediator.objects.on(clock.today()).filter(
        person=actor.person, organisation=OuterRef("organisation"), since__lte=OuterRef(came)
    )
    return Exists(rows)


def visible_cases(actor: Actor) -> Q:
    """Return the cases that exist for ``actor``."""
    if actor.person is None:
        return NOBODY
    mine = CaseMember.objects.filter(case=OuterRef("pk"), person=actor.person, until=None)
    away = Exists(mine.filter(part=Part.RECUSED))
    named = Exists(mine.exclude(part=Part.RECUSED))
    return (Q(_seat(actor, "opened_on")) | Q(named)) & ~Q(away)


def visible_signals(actor: Actor) -> Q:
    """Return the signals that exist for ``actor``; one that became a case goes with the case."""
    if actor.person is None:
        return NOBODY
    away = Signal.kept_from.through.objects.filter(signal=OuterRef("pk"), person=actor.person)
    cases = LabourCase.objects.filter(visible_cases(actor), signal=OuterRef("pk"))
    taken_up = Q(state=SignalState.CASE)
    seated = Q(_seat(actor, "noted_on")) & ~Q(Exists(away))
    return (~taken_up & seated) | (taken_up & Q(Exists(cases)))


def seats_of(actor: Actor) -> list[Mediator]:
    """Return where ``actor`` sits today. One query."""
    if actor.person is None:
        return []
    rows = Mediator.objects.on(clock.today()).filter(person=actor.person)
    return list(rows.select_related("organisation").order_by("organisation__path"))


def sits_in(actor: Actor, body: Organisation) -> bool:
    """Tell whether ``actor`` sits in the group of ``body`` today."""
    rows = Mediator.objects.on(clock.today()).filter(organisation=body)
    return actor.person is not None and rows.filter(person=actor.person).exists()


# --- doing ----------------------------------------------------------------------------------------
def may_note(actor: Actor, body: Organisation) -> Verdict:
    """Note a signal, open a case: whoever sits there."""
    return Verdict.of(sits_in(actor, body), "没有这一页。")


def may_settle(actor: Actor, signal: Signal) -> Verdict:
    """Say that a signal calmed down, or take it up as a case."""
    seen = Signal.objects.filter(visible_signals(actor), pk=signal.pk).exists()
    return Verdict.of(seen, "没有这一页。") & Verdict.of(
        signal.state == SignalState.OPEN, "这个苗头已经了结了。"
    )


def may_see_case(actor: Actor, case: LabourCase) -> Verdict:
    """Read a case. One query."""
    seen = LabourCase.objects.filter(visible_cases(actor), pk=case.pk).exists()
    return Verdict.of(seen, "没有这一页。")


def may_work(actor: Actor, case: LabourCase) -> Verdict:
    """Work on an open case."""
    return may_see_case(actor, case) & Verdict.of(
        case.state == CaseState.OPEN, "已经办结，要接着办请先重新办理。"
    )


def may_do(actor: Actor, step: CaseStep) -> Verdict:
    """Say that a step was taken, or move its day."""
    return may_work(actor, step.case) & Verdict.of(step.done_on is None, "这一步已经办过了。")


def may_reopen(actor: Actor, case: LabourCase) -> Verdict:
    """Take an ended case up again."""
    return may_see_case(actor, case) & Verdict.of(
        case.state == CaseState.CLOSED, "还没有办结，接着办就是。"
    )


def may_name(actor: Actor, case: LabourCase, person: Person) -> Verdict:
    """Name somebody on a case, or keep somebody away: not oneself out of sight of others."""
    return may_work(actor, case) & Verdict.of(
        not actor.is_person(person), "自己的事请组里另一个人来办。"
    )


# --- who sits there -------------------------------------------------------------------------------
def may_have_group(body: Organisation) -> Verdict:
    """Not every kind of body has such a group."""
    fits = body.family != Family.WORKING and body.kind not in (Kind.PARTY_GROUP, Kind.CLASS)
    return Verdict.of(fits, f"{body.name}不设预警调解组。") & Verdict.of(
        body.is_open(), f"{body.name}已经撤销。"
    )


def may_seat(actor: Actor, body: Organisation) -> Verdict:
    """Say who sits there: who leads the body, or a body above."""
    return Verdict.of(
        actor.holds(body.path, LEADERS),
        f"预警调解组由{body.name}或上级的负责人来定。",
    ) & may_have_group(body)


def seats_for(actor: Actor) -> Organisation | None:
    """Return the hat's body if its group is for ``actor`` to fill. No query."""
    body = actor.hat.organisation if actor.hat else None
    return body if body and may_seat(actor, body) else None


def may_seat_whom(actor: Actor, person: Person) -> Verdict:
    """Nobody gives the key to oneself."""
    return Verdict.of(
        not actor.is_person(person), "不能把自己安排进去，请上级或者另一位负责人来定。"
    )


# --- numbers --------------------------------------------------------------------------------------
def may_see_totals(actor: Actor) -> Verdict:
    """See how many cases there were in all below: keepers, and only numbers that name nobody."""
    return Verdict.of(actor.hat and actor.hat.role in KEEPERS, "合计的数给书记、副书记、活动办看。")
