"""Report what came of a task, correct a report, set an earlier date."""

from collections.abc import Iterable
from datetime import date

from zhengyou.campaigns import tasking
from zhengyou.campaigns.models import Plan, Task, TaskDue, TaskReport
from zhengyou.files.actions import Received, attach
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor

LONGEST = 1000


def report(
    actor: Actor,
    plan: Plan,
    task: Task,
    *,
    words: str,
    done_on: date | None,
    seen: TaskReport | None = None,
    files: Iterable[Received] = (),
) -> TaskReport:
    """Say what came of a task; with ``seen`` the new report takes the place of that one, which is
    kept and shown as corrected.

    Args:
        done_on: the day it was done, not after today; None: it is under way.
        seen: the report that stood when the page was opened, None for none.
        files: from ``files.receive``; nobody has to add any.

    Raises:
        Refused: no right, nothing said, or a day that cannot be.
        Stale: somebody else has reported meanwhile.
    """
    with book.writing() as facts:
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        tasking.may_report(actor, plan, task).require()
        standing = TaskReport.objects.standing().filter(plan=plan, task=task).first()
        if standing != seen:
            raise Stale("刚才已经有人登记了这件事。请看看现在怎么写的，还要改再改。")
        said = _said(words, done_on)
        assert actor.person is not None and actor.hat is not None  # may_report has asked
        new = TaskReport.objects.create(
            plan=plan,
            task=task,
            words=said,
            done_on=done_on,
            by=actor.person,
            hat=actor.hat.title,
            entered_for=not tasking.is_owner(actor, plan, task),
            recorded_at=clock.now(),
            corrects=seen,
        )
        added = [attach(each, new.ref, actor.ledger_uid) for each in files]
        facts.record(
            "task.correct" if seen else "task.report",
            by=actor,
            about=plan.ref,
            data={
                "task": task.code,
                "report": new.uid,
                "done_on": done_on,
                "entered_for": new.entered_for,
                "files": len(added),
            },
        )
    return new


def _said(words: str, done_on: date | None) -> str:
    said = tidy(words).strip()
    if not said:
        raise Refused("写一句办得怎样。")
    if len(said) > LONGEST:
        raise Refused(f"写了 {len(said)} 个字，最多 {LONGEST} 个，请写短些。")
    if done_on is not None and done_on > clock.today():
        raise Refused("办完的日期还没到，请写今天或者以前；还没办完就空着。")
    return said


def set_due(actor: Actor, plan: Plan, task: Task, due_on: date | None) -> None:
    """Give a task an earlier date in the body; None: the campaign's date again.

    Raises:
        Refused: no right, later than the campaign's date, or before the phase.
    """
    with book.writing() as facts:
        tasking.may_set_due(actor, plan).require()
        own = None if due_on == task.due_on else due_on
        if own is not None and own > task.due_on:
            raise Refused(f"期限只能提前，不能晚于活动定的 {task.due_on:%Y-%m-%d}。")
        if own is not None and own < task.phase.starts_on:
            raise Refused(f"期限不能早于这个阶段的第一天 {task.phase.starts_on:%Y-%m-%d}。")
        if own is None:
            changed = TaskDue.objects.filter(plan=plan, task=task).delete()[0] > 0
        else:
            _, made = TaskDue.objects.get_or_create(plan=plan, task=task, defaults={"due_on": own})
            moved = TaskDue.objects.filter(plan=plan, task=task).exclude(due_on=own)
            changed = bool(moved.update(due_on=own)) or made
        if changed:
            facts.record(
                "task.due", by=actor, about=plan.ref, data={"task": task.code, "due_on": own}
            )
