"""Write records down: begin, go on with a draft, finish, amend, strike out."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from zhengyou.files.actions import Received, attach, detach
from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy, tidy_line, tidy_name
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work import rules, searching
from zhengyou.work.checking import must_be_possible, must_be_whole
from zhengyou.work.content import PLAIN, Content, content_of, kept
from zhengyou.work.crediting import credit
from zhengyou.work.kinds import OWN_WORK
from zhengyou.work.models import (
    Participant,
    Quantity,
    Record,
    RecordKind,
    RecordLink,
    RecordState,
    RecordVersion,
    Wish,
)

ELSEWHERE = "刚才在别处也改了这条纪实。您写的还在下面，没有丢；还要按您写的存，就再按一次。"


def begin(
    actor: Actor,
    body: Organisation,
    content: Content,
    *,
    key: UUID | None = None,
    files: Iterable[Received] = (),
    by: Verdict | None = None,
) -> Record:
    """Begin a record as a draft; it may be unfinished, and its day may be to come.

    Args:
        key: of the form; one form makes one record, however often it is sent.
        files: from ``files.receive``; nobody has to add any.
        by: the answer of another room's rule that stands in for ``may_record_kind``.

    Raises:
        Refused: no right, or what is written cannot be.
    """
    with book.writing() as facts:
        (by or rules.may_record_kind(actor, body, content.kind)).require()
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)  # One form, one record.
        made = Record.objects.filter(form_key=key, by=actor.person).first() if key else None
        if made is not None:
            if made.state == RecordState.DRAFT:
                _write(made, content, key)
                _attach(actor, made, files)
            return made
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        new = Record(organisation=body, by=actor.person, hat=actor.hat.title, form_key=key)
        new.begun_at = clock.now()
        _write(new, content, key)
        added = _attach(actor, new, files)
        facts.record("record.begin", by=actor, about=new.ref,
                     data={"body": body.uid, "kind": content.kind, "files": added})  # fmt: skip
    return new


def save_draft(
    actor: Actor,
    record: Record,
    content: Content,
    *,
    seen: datetime | None = None,
    key: UUID | None = None,
    files: Iterable[Received] = (),
) -> None:
    """Go on with a draft. Saved as one types, it is a fact once for each form.

    Args:
        seen: ``changed_at`` as the form had it; None does not compare.
        key: of the form, which knows what it has saved itself.

    Raises:
        Refused: no right, or it is no draft.
        Stale: it was changed elsewhere since.
    """
    with book.writing() as facts:
        own = _hold(record, seen, key)
        rules.may_write(actor, record).require()
        _write(record, content, key)
        added = _attach(actor, record, files)
        if not own or added:
            facts.record("record.save_draft", by=actor, about=record.ref, data={"files": added})


def finish(
    actor: Actor,
    record: Record,
    content: Content | None = None,
    *,
    seen: datetime | None = None,
    key: UUID | None = None,
    files: Iterable[Received] = (),
    by: Verdict | None = None,
) -> None:
    """Finish a draft: from now on it counts for every duty that it fits.

    Args:
        content: what it says now; None: as it stands. The rest as in :func:`save_draft`.

    Raises:
        Refused: no right, or something is missing (all of it in one sentence).
        Stale: it was changed elsewhere since, or finished already.
    """
    with book.writing() as facts:
        _hold(record, seen, key)
        if record.state != RecordState.DRAFT:
            raise Stale("这条纪实刚才已经记好了。请打开看看，要改就点“改”。")
        (by or rules.may_write(actor, record)).require()
        content = content or content_of(record)
        must_be_whole(content, record.organisation)
        _must_be_own(actor, record.organisation, content, by)
        _write(record, content, key)
        _close(actor, record, content, facts, _attach(actor, record, files))


def enter(
    actor: Actor,
    body: Organisation,
    content: Content,
    *,
    key: UUID | None = None,
    files: Iterable[Received] = (),
    by: Verdict | None = None,
) -> Record:
    """Write a record down and finish it at once; arguments and errors as of the two."""
    with book.writing() as facts:
        must_be_whole(content, body)
        record = begin(actor, body, content, key=key, files=files, by=by)
        if record.state == RecordState.DRAFT:
            _must_be_own(actor, body, content, by)
            _close(actor, record, content, facts, 0)
    return record


def amend(
    actor: Actor,
    record: Record,
    content: Content,
    *,
    why: str,
    seen: datetime | None = None,
    files: Iterable[Received] = (),
    by: Verdict | None = None,
) -> None:
    """Change a finished record; as it read before is kept with the reason.

    Raises:
        Refused: no right, no reason, or something is missing.
        Stale: it was changed or struck out meanwhile.
    """
    with book.writing() as facts:
        _hold(record, seen, None)
        (by or rules.may_amend(actor, record)).require()
        if not tidy_line(why):
            raise Refused("写一句为什么改。")
        must_be_whole(content, record.organisation)
        _must_be_own(actor, record.organisation, content, by)
        assert actor.person is not None  # the rule has asked
        RecordVersion.objects.create(
            record=record, content=kept(content_of(record)), why=tidy_line(why)[:200],
            by=actor.person, replaced_at=clock.now(),
        )  # fmt: skip
        _write(record, content, record.form_key)
        added = _attach(actor, record, files)
        credit(record)
        searching.follow(record)
        facts.record("record.amend", by=actor, about=record.ref, data=_data(record, files=added),
                     names={"why": tidy_line(why)})  # fmt: skip


def strike(actor: Actor, record: Record, reason: str, by: Verdict | None = None) -> None:
    """Strike out what was recorded wrongly: it stays, counts for nothing, and says why.

    Raises:
        Refused: no right, or no reason.
        Stale: it is struck out already.
    """
    with book.writing() as facts:
        _hold(record, None, None)
        (by or rules.may_strike(actor, record)).require()
        if not tidy_line(reason):
            raise Refused("写明为什么划去。")
        move(record, "strike", struck_reason=tidy_line(reason)[:200], changed_at=clock.now())
        credit(record)
        searching.follow(record)
        facts.record("record.strike", by=actor, about=record.ref, data=_data(record),
                     names={"reason": tidy_line(reason)})  # fmt: skip


def discard(actor: Actor, record: Record) -> None:
    """Throw a draft away.

    Raises:
        Refused: no right, or it is finished.
    """
    with book.writing() as facts:
        _hold(record, None, None)
        rules.may_discard(actor, record).require()
        ref = record.ref
        record.delete()
        facts.record("record.discard", by=actor, about=ref)


def drop_file(actor: Actor, record: Record, file: Attachment) -> None:
    """Take a file away that was attached by mistake; unlike words it is not kept.

    Raises:
        Refused: no right.
    """
    with book.writing() as facts:
        _hold(record, None, None)
        rules.may_drop_file(actor, record).require()
        digest = file.blob.sha256
        detach(file)
        facts.record("record.drop_file", by=actor, about=record.ref, data={"sha256": digest})


# --- inside -------------------------------------------------------------------------------------
def _hold(record: Record, seen: datetime | None, key: UUID | None) -> bool:
    """Lock a record, read it anew, and tell whether this form wrote it last.

    Raises:
        Stale: it is gone, or reads otherwise than the form had it.
    """
    now = Record.objects.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if now is None:
        raise Stale("这条没写完的纪实刚才已经删去了。")
    record.refresh_from_db()
    own = key is not None and now.form_key == key
    if seen is not None and now.changed_at != seen and not own:
        raise Stale(ELSEWHERE)
    return own


def _close(actor: Actor, record: Record, content: Content, facts: book.Book, files: int) -> None:
    """Finish a record that says what it is to say."""
    by_hand = _for_others(actor, record.organisation, content)
    move(record, "finish", finished_at=clock.now(), by_hand=by_hand)
    counts = credit(record)
    searching.follow(record)
    duties = sorted({str(row.duty.uid) for row in counts})
    data = _data(record, files=files, duties=duties)
    facts.record("record.finish", by=actor, about=record.ref, data=data)


def _write(record: Record, content: Content, key: UUID | None) -> None:
    """Write a content into a record, new or not, in the place of what it said."""
    must_be_possible(content)
    for name in PLAIN:
        setattr(record, name, _tidied(name, getattr(content, name)))
    record.kind, record.series, record.form_key = content.kind, content.series, key
    record.title = record.title or RecordKind(content.kind).label
    record.free_names = [name for each in content.free_names if (name := tidy_name(each))]
    record.changed_at = clock.now()
    fresh = record.pk is None
    record.save()
    _write_rows(record, content, fresh)


def _write_rows(record: Record, content: Content, fresh: bool) -> None:
    if not fresh:
        for rows in (record.participants, record.quantities, record.wishes, record.links):
            rows.all().delete()
    Participant.objects.bulk_create(
        Participant(record=record, person=row.person, attendance=row.attendance, part=row.part,
                    amount=row.amount, note=tidy_line(row.note)[:100])
        for row in content.people
    )  # fmt: skip
    Quantity.objects.bulk_create(
        Quantity(record=record, what=row.what, amount=row.amount, unit=row.unit, order=order)
        for order, row in enumerate(content.quantities)
    )
    Wish.objects.bulk_create(
        Wish(record=record, words=row.words, outcome=row.outcome, answer=row.answer, order=order)
        for order, row in enumerate(content.wishes)
    )
    RecordLink.objects.bulk_create(
        RecordLink(record=record, about_kind=ref.kind, about_uid=ref.uid, label=ref.label[:200])
        for ref in dict.fromkeys(content.links)
    )
    if content.programmes or not fresh:
        record.programmes.set(content.programmes)


def _tidied(name: str, value: object) -> object:
    if isinstance(value, str):
        return tidy(value).strip() if name in ("text", "decisions") else tidy_line(value)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    return value


def _attach(actor: Actor, record: Record, files: Iterable[Received]) -> int:
    """Attach what is not there yet (a button pressed twice sends its files twice); how many."""
    wanted = {(each.sha256, each.name): each for each in files}
    if not wanted:
        return 0
    for there in attachments_of(record.ref):
        wanted.pop((there.blob.sha256, there.name), None)
    return len([attach(each, record.ref, actor.ledger_uid) for each in wanted.values()])


def _must_be_own(actor: Actor, body: Organisation, content: Content, by: Verdict | None) -> None:
    """Whoever keeps no books writes down only what he or she took part in."""
    if by is not None or rules.may_record(actor, body):
        return
    if not any(actor.is_person(row.person) for row in content.present):
        raise Refused("您只能记自己参加的：把自己也选上。")


def _for_others(actor: Actor, body: Organisation, content: Content) -> bool:
    """Whether it is marked 代录: somebody else's own work, or the meeting of a body whose books
    are kept for it."""
    if content.kind in OWN_WORK:
        return not any(actor.is_person(row.person) for row in content.present)
    return actor.hat is None or actor.hat.organisation.pk != body.pk


def _data(record: Record, **more: object) -> dict[str, object]:
    return {"kind": record.kind, "on": record.on, "by_hand": record.by_hand, **more}
