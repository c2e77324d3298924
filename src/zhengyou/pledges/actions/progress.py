"""Note progress on a public item, and correct the last note."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.rules import HEADS
from zhengyou.pledges import rules
from zhengyou.pledges.actions import tallies
from zhengyou.pledges.models import Pledge, PledgeItem, Progress

NOTED_ELSEWHERE = "刚才已经有人记了一次进展。请看看那一次，还要记再记。"


def note(
    actor: Actor,
    item: PledgeItem,
    *,
    noted_on: date,
    value: Decimal | None = None,
    words: str = "",
    seen: UUID | str | None = "",
) -> Progress:
    """Note how far an item is.

    Args:
        noted_on: the day it was so: not before the item was made public nor before the last note,
            not after today.
        value: where it stands now, in the item's unit; words: what was done. One of both.
        seen: uid of the last note that the writer saw, None for no note; "" does not compare.

    Raises:
        Refused: no right, no phase for it, a day out of range, or nothing said.
        Stale: somebody else has just noted something.
    """
    with book.writing() as facts:
        item = _locked(item)
        rules.may_note(actor, item).require()
        if seen != "" and seen != (item.latest.uid if item.latest else None):
            raise Stale(NOTED_ELSEWHERE)
        _check(item, noted_on, value, words, item.latest)
        new = _write(actor, item, noted_on, value, words, None)
        facts.record("progress.note", by=actor, about=item.ref, data=_data(new))
    return new


def correct(
    actor: Actor,
    last: Progress,
    *,
    noted_on: date,
    value: Decimal | None = None,
    words: str = "",
) -> Progress:
    """Put a corrected note in the place of the last one, which is kept and shown as corrected.

    Arguments and errors as in :func:`note`.
    """
    with book.writing() as facts:
        item = _locked(last.item)
        last.item = item
        if item.latest_id != last.pk and hasattr(last, "correction"):
            raise Stale("这一次进展刚才已经更正过。请刷新后再看。")
        rules.may_correct(actor, last).require()
        before = Progress.objects.standing().filter(item=item).exclude(pk=last.pk).first()
        _check(item, noted_on, value, words, before)
        new = _write(actor, item, noted_on, value, words, last)
        facts.record(
            "progress.correct",
            by=actor,
            about=item.ref,
            data={**_data(new), "instead_of": str(last.uid)},
        )
    return new


def _locked(item: PledgeItem) -> PledgeItem:
    """Lock first, the pledge before its item as all verbs do, read then: PostgreSQL does not read
    joined rows anew after it has waited."""
    Pledge.objects.select_for_update().get(pk=item.pledge_id)
    PledgeItem.objects.select_for_update().get(pk=item.pk)
    return PledgeItem.objects.select_related(
        "pledge__campaign", "pledge__organisation", "pledge__person", "latest"
    ).get(pk=item.pk)


def _check(
    item: PledgeItem, noted_on: date, value: Decimal | None, words: str, before: Progress | None
) -> None:
    if value is None and not words.strip():
        raise Refused("写一个现在的数，或者写一句做了什么。")
    if noted_on > clock.today():
        raise Refused("进展的日期还没到，请写今天或者以前。")
    first = before.noted_on if before else item.made_on
    if noted_on < first:
        since = "上一次进展" if before else "公开"
        raise Refused(f"进展的日期不能早于{since}那天（{first:%Y-%m-%d}）。")


def _write(
    actor: Actor,
    item: PledgeItem,
    noted_on: date,
    value: Decimal | None,
    words: str,
    corrects: Progress | None,
) -> Progress:
    assert actor.person is not None  # may_note has asked
    new = Progress.objects.create(
        item=item,
        noted_on=noted_on,
        value=value,
        words=tidy(words).strip(),
        by=actor.person,
        entered_for=_for_another(actor, item),
        recorded_at=clock.now(),
        corrects=corrects,
    )
    valued = Progress.objects.standing().filter(item=item).filter(value__isnull=False).first()
    item.latest = new
    item.now_value = valued.value if valued else None
    item.now_on = valued.noted_on if valued else None
    item.save(update_fields=["latest", "now_value", "now_on"])
    tallies.follow(item.pledge)
    return new


def _for_another(actor: Actor, item: PledgeItem) -> bool:
    """Whether the note is written down for somebody else and marked 代录."""
    pledge = item.pledge
    if pledge.person:
        return not actor.is_person(pledge.person)
    return not rules.leads(actor, pledge, HEADS)


def _data(new: Progress) -> dict[str, object]:
    return {
        "note": str(new.uid),
        "on": new.noted_on.isoformat(),
        "value": new.value,
        "entered_for": new.entered_for,
    }
