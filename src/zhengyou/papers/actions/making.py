"""Ask for a paper, write it, ask again. The file and the state it leads to are one transaction."""

from datetime import date
from uuid import UUID

import structlog

from zhengyou import documents
from zhengyou.campaigns.models import Campaign
from zhengyou.files import actions as files
from zhengyou.kernel import clock
from zhengyou.kernel.progress import Progress
from zhengyou.kernel.states import Stale, move
from zhengyou.ledger import book
from zhengyou.papers import rules
from zhengyou.papers.models import Paper, PaperKind, PaperState
from zhengyou.papers.queries import summary_of
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation

log = structlog.get_logger(__name__)


def ask_for_summary(
    actor: Actor, campaign: Campaign, body: Organisation, as_of: date | None = None
) -> Paper:
    """Queue a stage summary of ``body`` as of a day (default today, not later).

    Raises:
        Refused: no right, or the body is outside the campaign.
    """
    from zhengyou.papers.tasks import write_paper

    day = min(as_of or clock.today(), clock.today())
    with book.writing() as facts:
        rules.may_make_summary(actor, campaign, body).require()
        assert actor.person is not None  # may_make_summary has asked
        paper = Paper.objects.create(
            kind=PaperKind.STAGE_SUMMARY,
            campaign=campaign,
            organisation=body,
            as_of=day,
            asked_by=actor.person,
            asked_at=clock.now(),
        )
        facts.record(
            "paper.ask",
            by=actor,
            about=paper.ref,
            data={"kind": paper.kind, "organisation": str(body.uid), "as_of": day.isoformat()},
        )
        write_paper.enqueue(str(paper.uid))
    return paper


def retry(actor: Actor, paper: Paper) -> None:
    """Ask again for a paper that failed, was interrupted, or that no worker has taken up.

    Raises:
        Refused: it is being written, or no right.
        Stale: somebody else asked first.
    """
    from zhengyou.papers.tasks import write_paper

    with book.writing() as facts:
        rules.may_retry(actor, paper).require()
        if paper.state != PaperState.FAILED:
            _give_up(facts, paper)
        move(paper, "retry", problem="", asked_at=clock.now())
        facts.record("paper.retry", by=actor, about=paper.ref)
        write_paper.enqueue(str(paper.uid))


def write(uid: UUID) -> None:
    """Write the queued paper ``uid``. Runs in the worker; a second run finds nothing to do.

    A worker killed in between leaves the paper "being written" with a progress file of a dead
    process: the page then says so and offers to ask again. Nothing half-written is ever shown.
    """
    paper = Paper.objects.select_related("campaign__organisation", "organisation", "asked_by").get(
        uid=uid
    )
    if paper.state != PaperState.QUEUED:
        return
    progress = Progress(paper.uid)
    progress.set(0, 3, "正在汇总记录")  # Before the state: a paper in writing always has one.
    try:
        with book.writing():
            move(paper, "start")
    except Stale:
        return
    try:
        _write(paper, progress)
    except Exception as problem:
        log.exception("paper failed", paper=str(paper.uid))
        with book.writing() as facts:
            _give_up(facts, paper, f"生成时出错（{type(problem).__name__}），请告诉系统管理员。")
    finally:
        progress.finish()


def _write(paper: Paper, progress: Progress) -> None:
    whole = summary_of(paper.campaign, paper.organisation, paper.as_of)
    progress.set(1, 3, "正在排版")
    content = documents.to_docx(whole.summary.document(), created=clock.now())
    progress.set(2, 3, "正在保存")
    received = files.receive(content, paper.file_name)
    with book.writing() as facts:
        attachment = files.attach(received, owner=paper.ref, by=str(paper.asked_by.uid))
        move(paper, "finish", finished_at=clock.now(), attachment=attachment)
        facts.record(
            "paper.finish", by=book.SYSTEM, about=paper.ref, data={"sha256": received.sha256}
        )
    progress.set(3, 3, "已生成")


def _give_up(facts: book.Book, paper: Paper, problem: str = "") -> None:
    move(paper, "fail", problem=problem or "生成时中断了，什么也没有写坏。")
    facts.record("paper.fail", by=book.SYSTEM, about=paper.ref)


def release_interrupted() -> int:
    """Mark papers whose worker is gone as failed; called by ``zhengyou tick``. Idempotent."""
    released = 0
    for paper in Paper.objects.filter(state__in=(PaperState.QUEUED, PaperState.WRITING)):
        if paper.interrupted:
            try:
                with book.writing() as facts:
                    _give_up(facts, paper)
            except Stale:
                continue  # Somebody has just asked again, or it was written after all.
            released += 1
    return released
