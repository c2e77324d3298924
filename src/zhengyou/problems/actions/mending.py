"""Mend a problem: agree on measures, begin, tick off, hand in with what proves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhengyou.files.actions import Received, attach, detach
from zhengyou.files.models import Attachment
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person
from zhengyou.problems import owners, rules, searching
from zhengyou.problems.actions.extending import lapse
from zhengyou.problems.actions.raising import tell_at_once
from zhengyou.problems.actions.steps import hold, said, step
from zhengyou.problems.models import Did, Measure, Problem

MOST = 20
"""Measures of one problem at a time."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure as it is agreed; without ``who`` it is the owner's, without ``by_when`` it goes by
    the deadline of the problem."""

    what: str
    who: Person | None = None
    by_when: date | None = None


def agree(
    actor: Actor, problem: Problem, *, owner: Person, measures: Sequence[Planned], deadline: date
) -> None:
    """Say who mends it, how and until when.

    Raises:
        Refused: no right, no measure, an owner from elsewhere, or a deadline that cannot be, or
            later than the one that the finder has set.
        Stale: somebody has agreed on it meanwhile.
    """
    with book.writing() as facts:
        hold(problem)
        rules.may_agree(actor, problem).require()
        _fits_owner(problem, owner)
        _fits_deadline(problem, deadline)
        rows = _planned(problem, measures, deadline)
        named_anew = problem.owner_id != owner.pk
        move(problem, "agree", owner=owner, deadline=deadline)
        _lay_down(problem, rows)
        step(facts, actor, problem, Did.AGREE, owner=owner.uid, measures=len(measures))
        if named_anew:
            tell_at_once(problem)
        searching.follow(problem)


def revise(actor: Actor, problem: Problem, *, measures: Sequence[Planned], why: str) -> None:
    """Put other measures in the place of those that are not done yet; the deadline stays.

    Raises:
        Refused: no right, no measure, or no reason.
    """
    reason = said(why, "写一句为什么要调整措施。")
    with book.writing() as facts:
        hold(problem)
        rules.may_revise(actor, problem).require()
        _lay_down(problem, _planned(problem, measures, problem.deadline))
        step(facts, actor, problem, Did.REVISE, reason, measures=len(measures))


def assign(actor: Actor, problem: Problem, owner: Person, why: str) -> None:
    """Name another owner, as when the one before has left.

    Raises:
        Refused: no right, no reason, somebody from elsewhere, or the same one.
    """
    reason = said(why, "写一句为什么换人。")
    with book.writing() as facts:
        hold(problem)
        rules.may_assign(actor, problem).require()
        _fits_owner(problem, owner)
        Verdict.of(problem.owner_id != owner.pk, f"责任人本来就是{owner.name}。").require()
        before = problem.owner
        problem.owner = owner
        problem.save(update_fields=["owner"])
        if before is not None:
            problem.measures.filter(who=before, done_on=None, dropped_at=None).update(who=owner)
        step(facts, actor, problem, Did.ASSIGN, reason, owner=owner.uid)
        tell_at_once(problem)
        searching.follow(problem)


def start(actor: Actor, problem: Problem) -> None:
    """Begin to mend.

    Raises:
        Refused: no right. Stale: begun already.
    """
    with book.writing() as facts:
        hold(problem)
        rules.may_start(actor, problem).require()
        move(problem, "start")
        step(facts, actor, problem, Did.START)


def tick_off(actor: Actor, measure: Measure) -> None:
    """Note that one measure is done today.

    Raises:
        Refused: no right. Stale: noted already.
    """
    problem = measure.problem
    with book.writing() as facts:
        hold(problem)
        rules.may_tick_off(actor, measure).require()
        rows = Measure.objects.filter(pk=measure.pk, done_on=None, dropped_at=None)
        if not rows.update(done_on=clock.today()):
            raise Stale("这一条刚才已经记过了，请刷新后再看。")
        measure.done_on = clock.today()
        step(facts, actor, problem, Did.MEASURE_DONE, measure.what, measure=measure.uid)


def submit(actor: Actor, problem: Problem, words: str, files: Iterable[Received] = ()) -> None:
    """Say that it is mended and let somebody else look. Files are never mandatory.

    Raises:
        Refused: no right, or not said what was done.
        Stale: handed in already.
    """
    done = said(words, "写一句做了什么、现在怎么样。")
    with book.writing() as facts:
        hold(problem)
        rules.may_submit(actor, problem).require()
        move(problem, "submit", submitted_by=actor.person)
        lapse(problem)
        added = [attach(each, problem.ref, actor.ledger_uid) for each in files]
        step(facts, actor, problem, Did.SUBMIT, done, files=len(added))


def take_back(actor: Actor, problem: Problem) -> None:
    """Take back what was handed in, as long as nobody has verified it.

    Raises:
        Refused: no right. Stale: it was verified or sent back meanwhile.
    """
    with book.writing() as facts:
        hold(problem)
        rules.may_take_back(actor, problem).require()
        move(problem, "take_back", submitted_by=None)
        step(facts, actor, problem, Did.TAKE_BACK)


def drop_file(actor: Actor, problem: Problem, attachment: Attachment) -> None:
    """Take a file away that was attached by mistake, as long as nobody has verified it.

    Raises:
        Refused: no right.
    """
    with book.writing() as facts:
        hold(problem)
        rules.may_drop_file(actor, problem).require()
        facts.record("problem.drop_file", by=actor, about=problem.ref,
                     names={"file": attachment.name})  # fmt: skip
        detach(attachment)


# --- inside -------------------------------------------------------------------------------------
def _fits_owner(problem: Problem, owner: Person) -> None:
    if problem.subject is not None:
        own = owner.pk == problem.subject.pk
        Verdict.of(own, "个人的不足由本人来改，责任人就是本人。").require()
        return
    there = owners.people_of(problem.organisation).filter(pk=owner.pk).exists()
    Verdict.of(there, f"{owner.name}不在{problem.organisation.name}，请选本组织的人。").require()


def _fits_deadline(problem: Problem, deadline: date) -> None:
    if deadline < clock.today():
        raise Refused("整改期限已经过了，请写今天或者以后的日期。")
    if problem.deadline is not None and deadline > problem.deadline:
        raise Refused(
            f"提出的人要求 {problem.deadline:%Y年%-m月%-d日}前改好，"
            "不能晚于这一天；来不及的，定下措施以后申请延期。"
        )


def _planned(problem: Problem, measures: Sequence[Planned], deadline: date | None) -> list[Measure]:
    """Return the rows of what is planned, each checked."""
    if not measures:
        raise Refused("至少写一条措施：做什么。")
    if len(measures) > MOST:
        raise Refused(f"写了 {len(measures)} 条措施，最多 {MOST} 条。")
    first = problem.measures.count()
    rows = [_measure(problem, each, first + place) for place, each in enumerate(measures)]
    for row in rows:
        late = row.by_when and deadline and row.by_when > deadline
        Verdict.of(not late, f"“{row.what}”的日期晚于整改期限，请改日期。").require()
    return rows


def _measure(problem: Problem, planned: Planned, order: int) -> Measure:
    what = tidy_line(planned.what)
    Verdict.of(what, "有一条措施没有写做什么，请补上或者删去。").require()
    Verdict.of(len(what) <= 300, "一条措施最多 300 个字，请写短些。").require()
    if planned.who is not None:
        _fits_owner(problem, planned.who)
    return Measure(
        problem=problem, what=what, who=planned.who, by_when=planned.by_when, order=order
    )


def _lay_down(problem: Problem, rows: list[Measure]) -> None:
    """Put ``rows`` in the place of the measures not done."""
    problem.measures.filter(done_on=None, dropped_at=None).update(dropped_at=clock.now())
    Measure.objects.bulk_create(rows)
