"""Import a roster: upload, choose, confirm, cancel, undo. The worker's part is in ``roster.jobs``.

Nothing touches the roll before :func:`confirm`, and a confirmed import can be taken back whole
while nothing hangs on it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.tasks import Task

from zhengyou.kernel import clock
from zhengyou.kernel.progress import Progress, State
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Choice,
    Ground,
    ImportState,
    Organisation,
    RosterImport,
    RosterMatch,
)
from zhengyou.people.models.roster import OPEN
from zhengyou.people.roster import faults, jobs, store, undoing
from zhengyou.people.roster.branches import Branches
from zhengyou.people.roster.reading import understand
from zhengyou.people.roster.workbook import Unreadable, opened
from zhengyou.people.tasks import check_roster, undo_roster, write_roster

INTERRUPTED = "上一次没做完就中断了，什么都没有写进去，可以再来一次。"
TRANSFER = "transfer"
QUEUED_TOO_LONG = 300  # seconds

book.label_verbs(
    {
        "roster.import": "导入花名册",
        "roster.undo": "撤回花名册导入",
        "person.view_numbers": "查看号码全文",
    }
)


def upload(
    actor: Actor,
    body: Organisation,
    chunks: Iterable[bytes],
    file_name: str,
    *,
    since: date | None = None,
    instead: RosterImport | None = None,
) -> RosterImport:
    """Take a file and have it checked.

    Args:
        chunks: the content, at most ``settings.FILE_SIZE_LIMIT`` bytes in all.
        since: from when those who are new in the file count as on the roll; not after today.
        instead: an earlier import of the same body which this one replaces.

    Raises:
        Refused: no right, no body that has a roll, or a day to come.
        Unreadable: the file cannot hold a roster.
    """
    since = since or clock.today()
    rules.may_import_roster(actor, body).require()
    if since > clock.today():
        raise Refused("在册日期不能晚于今天，请改日期。")
    draft, kind = store.receive(chunks)
    try:
        with book.writing():
            if instead is not None and instead.organisation_id == body.pk:
                _give_up(instead)
            roster = _create(actor, body, since)
            roster.file_name = tidy_line(file_name)[-200:] or f"花名册.{kind}"
            roster.file_digest, roster.file_size = draft.sha256, draft.size
            roster.save()
            store.place(draft, roster.uid, kind)
            check_roster.enqueue(str(roster.uid), str(roster.job))
    except BaseException:
        draft.discard()
        raise
    return roster


def _create(actor: Actor, body: Organisation, since: date) -> RosterImport:
    assert actor.person is not None  # The rule asks for a post, and posts belong to persons.
    assert actor.hat is not None
    now = clock.now()
    return RosterImport(
        organisation=body,
        since=since,
        uploaded_by=actor.person,
        uploaded_at=now,
        worked_by=actor.person,
        worked_hat=actor.hat.uid,
        job_at=now,
    )


def choose_sheets(actor: Actor, roster: RosterImport, sheets: list[str]) -> None:
    """Read other sheets of the workbook than so far; checks anew.

    Raises:
        Refused: no right, or none of the file's sheets was chosen.
        Stale: the import is no longer in preview.
    """
    known = {sheet["name"] for sheet in roster.summary.get("sheets", ())}
    wanted = [name for name in sheets if name in known]
    if not wanted:
        raise Refused("一张工作表也没有选，请至少选一张。")
    _recheck(actor, roster, chosen_sheets=wanted)


def recheck(actor: Actor, roster: RosterImport) -> None:
    """Check the uploaded file again: the roll may have changed, or the worker was interrupted.

    Raises:
        Refused: no right, or the check is still running.
        Stale: the import has gone further meanwhile.
    """
    if roster.state == ImportState.CHECKING and not is_interrupted(roster):
        raise Refused("正在检查，请等它做完。")
    _recheck(actor, roster)


def _recheck(actor: Actor, roster: RosterImport, **changes: object) -> None:
    with book.writing():
        rules.may_import_roster(actor, roster.organisation).require()
        _order(actor, roster, "recheck", check_roster, **changes)


def choose(actor: Actor, roster: RosterImport, choices: Mapping[int, str]) -> None:
    """Say what shall become of rows that match somebody known.

    Args:
        choices: by primary key of the match; see :class:`Choice`.

    Raises:
        Refused: no right, or a choice that a match does not offer.
        Stale: the import is no longer in preview.
    """
    with book.writing():
        rules.may_import_roster(actor, roster.organisation).require()
        _in_preview(roster)
        matches = list(roster.matches.filter(pk__in=list(choices)))
        for match in matches:
            wanted = choices[match.pk]
            if wanted not in match.choices:
                raise Refused(f"第 {match.row} 行不能这样选，请从列出的几种里选。")
            match.choice = wanted
        RosterMatch.objects.bulk_update(matches, ["choice"], batch_size=500)


def choose_all(actor: Actor, roster: RosterImport, kind: str, choice: str) -> int:
    """Give all matches of one kind that are still open the same answer; return how many.

    Args:
        kind: a :class:`Ground`, or :data:`TRANSFER` for all who would change branch.

    Raises:
        Refused: no right, or the answer is not offered for that kind.
        Stale: the import is no longer in preview.
    """
    with book.writing():
        rules.may_import_roster(actor, roster.organisation).require()
        _in_preview(roster)
        if kind != TRANSFER and kind not in Ground.values:
            raise Refused("没有这一类相同的人，请从列出的几种里选。")
        rows = roster.matches.filter(choice=Choice.OPEN, source__isnull=kind != TRANSFER)
        rows = rows if kind == TRANSFER else rows.filter(ground=kind)
        if kind == TRANSFER and choice == Choice.NEW:
            rows = rows.exclude(ground=Ground.ID_NUMBER)
        first = rows.first()
        if first is not None and choice not in first.choices:
            raise Refused("这些行不能这样选，请从列出的几种里选。")
        return rows.update(choice=choice)


def _in_preview(roster: RosterImport) -> None:
    rows = RosterImport.objects.select_for_update(no_key=True).filter(pk=roster.pk)
    if rows.get().state != ImportState.PREVIEWED:
        raise Stale("这次导入已经不在预览了，请刷新后再看。")


def confirm(actor: Actor, roster: RosterImport) -> None:
    """Have the import written to the roll.

    Raises:
        Refused: no right, errors are left, or a match is still undecided.
        Stale: somebody else confirmed or cancelled it first.
    """
    with book.writing():
        unanswered = roster.matches.filter(choice=Choice.OPEN).count()
        rules.may_confirm_roster(actor, roster, unanswered).require()
        _order(actor, roster, "confirm", write_roster)


def cancel(actor: Actor, roster: RosterImport) -> None:
    """Give an import up; while it is being written or undone, wish that this stops.

    Raises:
        Refused: no right.
        Stale: it is finished already.
    """
    rules.may_import_roster(actor, roster.organisation).require()
    if roster.state in (ImportState.WRITING, ImportState.UNDOING):
        Progress(roster.job).cancel()  # The worker holds the only write lock: a file tells it.
        return
    with book.writing():
        _give_up(roster)


def write_faults(actor: Actor, roster: RosterImport, path: Path) -> None:
    """Write the error workbook of an import in preview to ``path``.

    Raises:
        Refused: no right, or the uploaded file is gone.
    """
    rules.may_import_roster(actor, roster.organisation).require()
    try:
        with opened(store.path_of(roster.uid)) as sheets:
            branches = Branches(roster.organisation)
            faults.write_faults(path, roster, understand(sheets, roster.chosen_sheets, branches))
    except Unreadable as problem:
        raise Refused(problem.reason) from problem


def undo(actor: Actor, roster: RosterImport) -> None:
    """Have a confirmed import taken back.

    Raises:
        Refused: no right, or something hangs on the people it brought.
        Stale: it is being undone already.
    """
    with book.writing():
        rules.may_undo_roster(actor, roster, undoing.hanging(roster)).require()
        _order(actor, roster, "undo", undo_roster)


def release(actor: Actor, roster: RosterImport) -> None:
    """Take an interrupted import back to where it can be tried again.

    Raises:
        Refused: no right, or the work is still going on.
    """
    if not is_interrupted(roster):
        raise Refused("后台还在办，请等它做完。")
    back = {ImportState.WRITING: "step_back", ImportState.UNDOING: "keep"}
    if roster.state not in back:
        recheck(actor, roster)
        return
    with book.writing():
        rules.may_import_roster(actor, roster.organisation).require()
        move(roster, back[ImportState(roster.state)], reason=INTERRUPTED, job=uuid4())


def is_interrupted(roster: RosterImport) -> bool:
    """Tell whether the worker has gone, or none has come, while the import waits for it."""
    if not roster.is_busy:
        return False
    state = Progress(roster.job).read().state
    if state == State.WAITING:
        return (clock.now() - roster.job_at).total_seconds() > QUEUED_TOO_LONG
    return state != State.RUNNING


def sweep() -> int:
    """Give up imports that nobody has confirmed for seven days, remove files left behind.

    Part of ``zhengyou tick``; may run at any time, also twice at once. Returns how many were
    given up.
    """
    old = RosterImport.objects.filter(
        state__in=OPEN, uploaded_at__lt=clock.now() - store.KEPT
    ).exclude(state=ImportState.WRITING)
    given_up = 0
    for roster in old:
        try:
            with book.writing():
                _give_up(roster)
            given_up += 1
        except Stale:
            continue
    needed = RosterImport.objects.filter(state__in=OPEN).values_list("uid", flat=True)
    store.sweep(set(needed))
    return given_up


def _give_up(roster: RosterImport) -> None:
    move(roster, "cancel", job=uuid4(), reason="")
    jobs.clear(roster)


def _order(
    actor: Actor, roster: RosterImport, name: str, work: Task[..., None], **changes: object
) -> None:
    """Move an import into the worker's hands; the task is part of the transaction."""
    assert actor.person is not None
    assert actor.hat is not None
    move(
        roster,
        name,
        worked_by=actor.person,
        worked_hat=actor.hat.uid,
        job=uuid4(),
        job_at=clock.now(),
        reason="",
        **changes,
    )
    work.enqueue(str(roster.uid), str(roster.job))
