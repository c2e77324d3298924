"""What the worker does with an import: check it, write it, take it back.

Each runs to its end or leaves the import as it was: a worker that is killed leaves "checking",
"writing" or "undoing" behind with the progress note of a dead process, and nothing half-written.
``job`` tells a worker whether it has been overtaken by a later order.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import batched
from uuid import UUID, uuid4

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Q

from zhengyou.kernel import clock, paths
from zhengyou.kernel.progress import Progress
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.ledger.models import Fact, Head
from zhengyou.people import rules
from zhengyou.people.actor import Actor, wearing
from zhengyou.people.models import ImportState, Organisation, Person, RosterImport
from zhengyou.people.roster import planning, preview, store, undoing
from zhengyou.people.roster.branches import Branches
from zhengyou.people.roster.dated_rows import DatedRows
from zhengyou.people.roster.matching import Matcher
from zhengyou.people.roster.planning import Changed
from zhengyou.people.roster.reading import Reading, understand
from zhengyou.people.roster.workbook import Unreadable, opened
from zhengyou.people.roster.writing import Writer

log = structlog.get_logger(__name__)

WRITING, TAKING_BACK = "正在导入", "正在撤回"
HELD = 500  # people locked at a time
CHANGED = "等您确认的时候，系统里的名册有了变化，已经重新检查过，请再看一遍。"
STOPPED = "您停下了导入，什么都没有写进去。"
STOPPED_UNDOING = "您停下了撤回，什么都没有改。"
BROKE = "出了意外，什么都没有写进去。请再试一次；还不行请告诉管理员。"


class Stopped(Exception):
    """Somebody wished the work to stop."""


def check(uid: UUID, job: UUID) -> None:
    """Read and check a file, keep the preview. A run that was overtaken leaves no trace."""
    roster = _at_work(uid, job, ImportState.CHECKING)
    if roster is None:
        return
    progress = Progress(job)
    progress.set(0, 0, "正在打开文件")
    try:
        _check(roster, progress)
    except (Stale, Stopped):
        pass
    except (Unreadable, Refused) as problem:
        _settle(roster, "fail", problem.reason)
    except Exception:
        log.exception("roster check failed", roster=str(uid))
        _settle(roster, "fail", BROKE)
        raise
    finally:
        progress.finish()


def _check(roster: RosterImport, progress: Progress) -> None:
    actor = _worker_of(roster)
    rules.may_import_roster(actor, roster.organisation).require()
    branches, today = Branches(roster.organisation), clock.today()
    matcher = Matcher(branches, reach(actor), today)
    with opened(store.path_of(roster.uid)) as sheets:
        table = understand(sheets, roster.chosen_sheets, branches)
        earlier = preview.choices_of(roster)
        kept = preview.Preview(roster, earlier)
        with _held(roster):
            roster.findings.all().delete()
            roster.matches.all().delete()
        for chunk in table.chunks(branches, matcher, today):
            with _held(roster):
                kept.keep(chunk)
            _report(progress, chunk.done, table, "正在检查")
        if not kept.counts()["rows"]:
            raise Unreadable("表头下面没有人员。请核对是不是选错了工作表，或者传错了文件。")
        with _held(roster):
            summary = table.summary() | {"sample": kept.sample}
            move(roster, "preview", counts=kept.counts(), summary=summary)


def write(uid: UUID, job: UUID) -> None:
    """Write an import to the roll, in one transaction and as one fact."""
    roster = _at_work(uid, job, ImportState.WRITING)
    if roster is None:
        return
    progress = Progress(job)
    progress.set(0, 0, "正在打开文件")
    try:
        _write(roster, progress)
    except Stale:
        pass
    except (Changed, IntegrityError, Unreadable):
        _look_again(roster)
    except Stopped:
        _settle(roster, "step_back", STOPPED)
    except Refused as problem:
        _settle(roster, "step_back", problem.reason)
    except Exception:
        log.exception("roster import failed", roster=str(uid))
        _settle(roster, "step_back", BROKE)
        raise
    finally:
        progress.finish()


def _write(roster: RosterImport, progress: Progress) -> None:
    """Work out what is to be written while others may write, then write it in one go.

    On SQLite nobody else writes meanwhile, so what takes long is done before. Where the roll has
    moved on in that time it is worked out again; the last time with everybody else kept waiting.
    """
    for ahead in (True, True, False):
        branches = Branches(roster.organisation)
        rows = DatedRows(roster.since, branches)
        with planning.spool() as file:
            plan = planning.Plan(roster, rows, planning.Agreed(roster), file)
            known = facts_so_far()
            if ahead:
                _work_out(plan, branches, progress)
            with suppress(_MovedOn), book.writing() as facts:
                _hold(roster, plan.touched)
                if not ahead:
                    _work_out(plan, branches, progress)
                elif roll_moved_on(known):
                    raise _MovedOn
                actor = _write_plan(roster, plan, progress)
                facts.record(
                    "roster.import",
                    by=actor,
                    about=roster.organisation.ref,
                    data={"import": roster.uid, "file": roster.file_digest, "since": roster.since}
                    | roster.counts,
                )
                return


class _MovedOn(Exception):
    """Somebody has changed the roll while the import was being worked out."""


def facts_so_far() -> int:
    """Return how many facts the ledger holds."""
    return Head.objects.filter(pk=Head.ONLY).values_list("seq", flat=True).first() or 0


def roll_moved_on(known: int) -> bool:
    """Tell whether people or bodies have been changed since the ledger held ``known`` facts."""
    about_the_roll = (
        Q(verb__startswith="person.")
        | Q(verb__startswith="organisation.")
        | Q(verb__startswith="roster.")
    )
    facts = Fact.objects.filter(about_the_roll, seq__gt=known)
    return facts.exclude(verb="person.view_numbers").exists()


def _work_out(plan: planning.Plan, branches: Branches, progress: Progress) -> None:
    """Read the file once more and plan each row as it was agreed.

    Raises:
        Changed: the roll is not what the preview showed.
    """
    roster, today = plan.roster, clock.today()
    matcher = Matcher(branches, reach(_worker_of(roster)), today)
    with opened(store.path_of(roster.uid)) as sheets:
        table = understand(sheets, roster.chosen_sheets, branches)
        for chunk in table.chunks(branches, matcher, today):
            plan.add(chunk)
            _report(progress, chunk.done, table, "正在准备")
    seen = roster.count("rows"), roster.count("same")
    if (sum(plan.counts.values()), plan.counts["same"]) != seen:
        raise Changed


def _hold(roster: RosterImport, persons: set[int]) -> None:
    """Take the import out of everybody else's hands, with the bodies and people it is about."""
    with _held(roster):
        move(roster, "write", confirmed_at=clock.now(), reason="")
    _hold_bodies(roster)
    for part in batched(sorted(persons), HELD):
        rows = Person.objects.select_for_update(no_key=True).filter(pk__in=part)
        list(rows.order_by("pk").values_list("pk"))


def _write_plan(roster: RosterImport, plan: planning.Plan, progress: Progress) -> Actor:
    actor = _worker_of(roster)
    rules.may_import_roster(actor, roster.organisation).require()
    writer, total = Writer(roster, plan.rows), roster.count("rows")
    done = 0
    for part in plan.parts():
        writer.write(part)
        done += part.rows
        progress.set(done, total, WRITING)
        _heed(progress)
    roster.counts = dict(plan.counts) | {"hints": roster.count("hints")}
    roster.save(update_fields=["counts"])
    clear(roster)
    return actor


def take_back(uid: UUID, job: UUID) -> None:
    """Undo an import, in one transaction and as one fact."""
    roster = _at_work(uid, job, ImportState.UNDOING)
    if roster is None:
        return
    progress, total = Progress(job), roster.rows.count()
    progress.set(0, total, TAKING_BACK)
    try:
        with book.writing() as facts:
            actor = _worker_of(roster)
            with _held(roster):
                move(roster, "take_back", undone_at=clock.now(), reason="")
            rules.may_undo_roster(actor, roster, []).require()
            for done in undoing.take_back(roster):
                progress.set(done, total, TAKING_BACK)
                _heed(progress)
            facts.record(
                "roster.undo",
                by=actor,
                about=roster.organisation.ref,
                data={"import": roster.uid, "people": total},
            )
    except Stale:
        pass
    except Stopped:
        _settle(roster, "keep", STOPPED_UNDOING)
    except Refused as problem:
        _settle(roster, "keep", problem.reason)
    except Exception:
        log.exception("roster undo failed", roster=str(uid))
        _settle(roster, "keep", BROKE)
        raise
    finally:
        progress.finish()


# --- what they have in common --------------------------------------------------------------------


def reach(actor: Actor) -> Callable[[Organisation], bool]:
    """Return the question whether ``actor`` keeps the roll of a body; asked once for each body."""
    known: dict[int, bool] = {}

    def asked(body: Organisation) -> bool:
        if body.pk not in known:
            known[body.pk] = rules.may_amend(actor, [body]).ok
        return known[body.pk]

    return asked


def clear(roster: RosterImport) -> None:
    """Remove what only the preview needed: findings, matches and, once that is sure, the file."""
    roster.findings.all().delete()
    roster.matches.all().delete()
    transaction.on_commit(lambda: store.remove(roster.uid))


def _at_work(uid: UUID, job: UUID, state: ImportState) -> RosterImport | None:
    rows = RosterImport.objects.select_related("organisation", "worked_by")
    return rows.filter(uid=uid, job=job, state=state).first()


def _worker_of(roster: RosterImport) -> Actor:
    try:
        return wearing(roster.worked_by, roster.worked_hat)
    except LookupError:
        raise Refused("经办人的职务已经变了，请由现在管花名册的人来办。") from None


@contextmanager
def _held(roster: RosterImport) -> Iterator[None]:
    """Hold the row of an import in a transaction.

    Raises:
        Stale: a later order has overtaken this one.
    """
    with book.writing():
        rows = RosterImport.objects.select_for_update(no_key=True)
        if rows.filter(pk=roster.pk, job=roster.job).first() is None:
            raise Stale("这次导入已经重新交办了。")
        yield


def _hold_bodies(roster: RosterImport) -> None:
    """Keep every body that may gain or lose people from being closed or split meanwhile."""
    sources = roster.matches.exclude(source=None).values("source")
    bodies = Organisation.objects.select_for_update(no_key=True).filter(
        paths.within("path", roster.organisation.path) | Q(pk__in=sources)
    )
    list(bodies.order_by("pk").values_list("pk"))


def _report(progress: Progress, done: int, table: Reading, words: str) -> None:
    progress.set(min(done, table.total), table.total, words)
    _heed(progress)


def _heed(progress: Progress) -> None:
    if progress.cancelled:
        raise Stopped


def _settle(roster: RosterImport, name: str, reason: str) -> None:
    """Move an import whose work came to nothing, unless it has been overtaken."""
    with suppress(Stale), _held(roster):
        move(roster, name, reason=reason[:500])


def _look_again(roster: RosterImport) -> None:
    """Check once more after the roll has changed under the preview."""
    job = uuid4()
    with suppress(Stale):
        with _held(roster):
            move(roster, "step_back")
            move(roster, "recheck", reason=CHANGED, job=job, job_at=clock.now())
        check(roster.uid, job)
