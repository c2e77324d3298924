"""Lay something open: draft, have it looked at, publish, correct, take off."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from zhengyou.disclosure import periods, rules, searching
from zhengyou.disclosure.content import Words, whole
from zhengyou.disclosure.models import (
    Audience,
    DisclosedItem,
    DisclosedVersion,
    DisclosureTopic,
)
from zhengyou.files.actions import Received, attach
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.remarks.actions.writing import part_from
from zhengyou.work.actions import recording
from zhengyou.work.content import Content
from zhengyou.work.models import RecordKind

ELSEWHERE = "刚才在别处也改了这一份。您写的还在下面，没有丢；还要按您写的存，就再按一次。"


def draft(
    actor: Actor,
    topic: DisclosureTopic,
    body: Organisation,
    start: date,
    words: Words,
    *,
    key: UUID | None = None,
    files: Iterable[Received] = (),
) -> DisclosedItem:
    """Begin what ``body`` lays open of ``topic`` for the period that began on ``start``.

    Args:
        key: of the form; one form makes one item, however often it is sent.
        files: from ``files.receive``; nobody has to add any.

    Raises:
        Refused: no right, or there is no such period.
    """
    with book.writing() as facts:
        rules.may_draft(actor, body).require()
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)  # One form, one item.
        made = DisclosedItem.objects.filter(form_key=key).first() if key else None
        if made is not None:
            return made
        turn = periods.turn_from(topic, body, start)
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        item = DisclosedItem.objects.create(
            topic=topic, organisation=body, starts_on=turn.start, last_on=turn.last,
            period=turn.label[:40], by=actor.person, hat=actor.hat.title, form_key=key,
            changed_at=clock.now(),
        )  # fmt: skip
        version = DisclosedVersion(item=item)
        words.put(version)
        version.save()
        _attach(actor, version, files)
        facts.record("disclosed_item.draft", by=actor, about=item.ref, data={"body": body.uid})
    return item


def save(
    actor: Actor,
    item: DisclosedItem,
    words: Words,
    *,
    seen: datetime | None = None,
    files: Iterable[Received] = (),
) -> None:
    """Go on with a draft.

    Args:
        seen: ``changed_at`` as the form had it; None does not compare.

    Raises:
        Refused: no right, or it is no draft.
        Stale: it was changed elsewhere since.
    """
    with book.writing() as facts:
        _hold(item, seen)
        rules.may_edit(actor, item).require()
        _write(actor, item, words, files)
        facts.record("disclosed_item.save", by=actor, about=item.ref)


def submit(actor: Actor, item: DisclosedItem) -> None:
    """Ask somebody else to look at it.

    Raises:
        Refused: no right, or something is missing.
        Stale: it is no draft any more.
    """
    with book.writing() as facts:
        _hold(item)
        rules.may_submit(actor, item).require()
        whole(item.topic, _words(item)).require()
        move(item, "submit", sent_back="", changed_at=clock.now())
        facts.record("disclosed_item.submit", by=actor, about=item.ref)


def send_back(actor: Actor, item: DisclosedItem, words: str) -> None:
    """Return it with a word; who wrote it takes it back likewise.

    Raises:
        Refused: no right, or no word.
        Stale: it is not waiting any more.
    """
    with book.writing() as facts:
        _hold(item)
        rules.may_send_back(actor, item).require()
        rules.says_why(words, "退回").require()
        move(item, "send_back", sent_back=tidy_line(words)[:200], changed_at=clock.now())
        facts.record("disclosed_item.send_back", by=actor, about=item.ref,
                     names={"words": tidy_line(words)})  # fmt: skip


def publish(actor: Actor, item: DisclosedItem) -> None:
    """Lay it open; a record of it fulfils the duty from now on.

    Raises:
        Refused: no right, or something is missing.
        Stale: it was published or changed meanwhile.
    """
    today = clock.today()
    with book.writing() as facts:
        _hold(item)
        verdict = rules.may_publish(actor, item)
        verdict.require()
        version = item.versions.get()
        whole(item.topic, Words.of(version)).require()
        record = recording.enter(actor, item.organisation, _content(item, version, today),
                                 by=verdict)  # fmt: skip
        move(item, "publish", published_on=today, sent_back="", record=record,
             changed_at=clock.now())  # fmt: skip
        _sign(actor, version, today)
        version.save()
        searching.follow(item)
        facts.record("disclosed_item.publish", by=actor, about=item.ref,
                     data={"record": record.uid})  # fmt: skip


def correct(
    actor: Actor,
    item: DisclosedItem,
    words: Words,
    why: str,
    *,
    seen: datetime | None = None,
    files: Iterable[Received] = (),
) -> DisclosedVersion:
    """Put corrected words beside the published ones, which stay and are shown as corrected. Its
    files are those that were there, and ``files``.

    Raises:
        Refused: no right, no reason, nothing changed, or something is missing.
        Stale: it was corrected or taken off meanwhile.
    """
    with book.writing() as facts:
        _hold(item, seen)
        rules.may_correct(actor, item).require()
        rules.says_why(why, "更正").require()
        whole(item.topic, words).require()
        last = item.versions.last()
        assert last is not None  # a published item has one
        new = DisclosedVersion(item=item, number=last.number + 1, why=tidy_line(why)[:200])
        words.put(new)
        added = list(files)
        if not added and _same(last, new):
            raise Refused("和公开的一样，没有改动。")
        _sign(actor, new, clock.today())
        new.save()
        kept = [Received(f.name, f.blob.sha256, f.blob.size, f.blob.media_type)
                for f in attachments_of(last.ref)]  # fmt: skip
        _attach(actor, new, [*kept, *added])
        DisclosedItem.objects.filter(pk=item.pk).update(changed_at=clock.now())
        searching.follow(item)
        facts.record("disclosed_item.correct", by=actor, about=item.ref,
                     data={"number": new.number}, names={"why": new.why})  # fmt: skip
    return new


def withdraw(actor: Actor, item: DisclosedItem, why: str) -> None:
    """Take off what should not have been shown. It counts no longer, and the page says why.

    Raises:
        Refused: no right, or no reason.
        Stale: it was taken off already.
    """
    with book.writing() as facts:
        _hold(item)
        verdict = rules.may_withdraw(actor, item)
        verdict.require()
        rules.says_why(why, "撤下").require()
        if item.record is not None:
            recording.strike(actor, item.record, why, by=verdict)
        move(item, "withdraw", withdrawn_on=clock.today(), withdrawn_why=tidy_line(why)[:200],
             changed_at=clock.now())  # fmt: skip
        searching.follow(item)
        part_from(item.ref)
        facts.record("disclosed_item.withdraw", by=actor, about=item.ref,
                     names={"why": tidy_line(why)})  # fmt: skip


def discard(actor: Actor, item: DisclosedItem) -> None:
    """Throw a draft away.

    Raises:
        Refused: no right, or it is no draft.
    """
    with book.writing() as facts:
        _hold(item)
        rules.may_discard(actor, item).require()
        ref = item.ref
        for version in item.versions.all():
            for file in attachments_of(version.ref):
                file.delete()
        item.delete()
        facts.record("disclosed_item.discard", by=actor, about=ref)


# --- inside -------------------------------------------------------------------------------------
def _hold(item: DisclosedItem, seen: datetime | None = None) -> None:
    """Lock an item and read it anew.

    Raises:
        Stale: it is gone, or reads otherwise than the form had it.
    """
    now = DisclosedItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if now is None:
        raise Stale("这一份刚才已经删去了。")
    item.refresh_from_db(fields=["state", "changed_at", "record", "sent_back"])
    if seen is not None and now.changed_at != seen:
        raise Stale(ELSEWHERE)


def _words(item: DisclosedItem) -> Words:
    return Words.of(item.versions.get())


def _write(actor: Actor, item: DisclosedItem, words: Words, files: Iterable[Received]) -> None:
    version = item.versions.get()
    words.put(version)
    version.save()
    _attach(actor, version, files)
    now = clock.now()
    DisclosedItem.objects.filter(pk=item.pk).update(changed_at=now)
    item.changed_at = now


def _attach(actor: Actor, version: DisclosedVersion, files: Iterable[Received]) -> None:
    """Attach what is not there yet: a button pressed twice sends its files twice."""
    wanted = {(each.sha256, each.name): each for each in files}
    if not wanted:
        return
    for there in attachments_of(version.ref):
        wanted.pop((there.blob.sha256, there.name), None)
    for each in wanted.values():
        attach(each, version.ref, actor.ledger_uid)


def _sign(actor: Actor, version: DisclosedVersion, today: date) -> None:
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    version.by, version.hat, version.on = actor.person, actor.hat.title, today


def _same(old: DisclosedVersion, new: DisclosedVersion) -> bool:
    return (old.title, old.text, old.figures) == (new.title, new.text, new.figures)


def _content(item: DisclosedItem, version: DisclosedVersion, today: date) -> Content:
    """Return the record of a publication: that it was, and the figures; not the words again."""
    public = item.topic.audience == Audience.PUBLIC
    where = "公开页" if public else "本单位内部"
    return Content(
        kind=RecordKind.DISCLOSURE,
        on=today,
        counts_on=periods.counts_on(item.last_on, today),
        title=str(item)[:100],
        text=f"公开在{where}，内容以那一页为准。",
        quantities=tuple(Words.of(version).figures) if public else (),
        links=(item.topic.duty.ref, item.ref),
    )
