"""Set up a box, change it, open and close it, hang up new codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock, states
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.voices import rules
from zhengyou.voices.actions import funnels, surveys
from zhengyou.voices.models import Box, BoxKind, BoxOffer, BoxPlace, BoxState
from zhengyou.voices.models.box import LONGEST_PLACE, LONGEST_QUESTION, LONGEST_TITLE

MOST_PLACES = 300


@dataclass(frozen=True, slots=True)
class PlaceData:
    """A place as it is typed: its label and who hears what concerns it."""

    label: str
    hears: Person | None = None


@dataclass(frozen=True, slots=True)
class BoxData:
    """What a box is, as a form or another verb gives it."""

    kind: BoxKind
    title: str
    question: str
    collator: Person
    opens_on: date
    closes_on: date | None = None
    shows: bool = True
    answer_days: int = 15
    max_go_up: int | None = None
    places: Sequence[PlaceData] = ()


def set_up(
    actor: Actor,
    body: Organisation,
    data: BoxData,
    campaign: Campaign | None = None,
    offer: BoxOffer | None = None,
) -> Box:
    """Prepare a box; nobody sees it before it is opened.

    Raises:
        Refused: not for ``actor``, or something is missing.
    """
    with book.writing() as facts:
        (rules.may_set_up(actor, body) & says_enough(data)).require()
        box = Box(organisation=body, campaign=campaign, offer=offer, **_fields(data))
        box.save()
        set_places(box, data.places)
        funnels.take_over(box, offer)
        surveys.take_over(box, offer)
        facts.record("box.set_up", by=actor, about=box.ref, data={"kind": str(box.kind)})
    return box


def change(actor: Actor, box: Box, data: BoxData) -> Box:
    """Change a box that is not closed; places about which somebody spoke stay.

    Raises:
        Refused: not for ``actor``, closed, or something is missing.
    """
    with book.writing() as facts:
        box = _locked(box)
        (rules.may_change(actor, box) & says_enough(data)).require()
        if box.state == BoxState.OPEN and data.kind != box.kind:
            Verdict.no("已经开箱，哪一种不能再改。").require()
        changed = [name for name, value in _fields(data).items() if getattr(box, name) != value]
        for name, value in _fields(data).items():
            setattr(box, name, value)
        box.save()
        set_places(box, data.places)
        facts.record("box.change", by=actor, about=box.ref, data={"changed": sorted(changed)})
    return box


def open_box(actor: Actor, box: Box) -> None:
    """Open a prepared box; from its first day on anybody may put something in."""
    with book.writing() as facts:
        rules.may_open(actor, box).require()
        states.move(box, "open")
        facts.record("box.open", by=actor, about=box.ref)


def close(actor: Actor, box: Box) -> None:
    """Close a box; what was put in is still worked off and answered."""
    with book.writing() as facts:
        rules.may_close(actor, box).require()
        states.move(box, "close")
        facts.record("box.close", by=actor, about=box.ref)


def open_again(actor: Actor, box: Box, closes_on: date | None = None) -> None:
    """Open a closed box again, until another day."""
    with book.writing() as facts:
        rules.may_open_again(actor, box).require()
        _ends_later(closes_on).require()
        states.move(box, "open_again", closes_on=closes_on)
        facts.record("box.open_again", by=actor, about=box.ref)


def renew_doors(actor: Actor, box: Box, places: Sequence[BoxPlace] | None = None) -> None:
    """Make the QR codes that hang at the doors ordinary addresses; print new ones.

    Args:
        places: whose codes; None: of the box and all its places.
    """
    with book.writing() as facts:
        box = _locked(box)
        rules.may_set_up(actor, box.organisation).require()
        if places is None:
            box.door += 1
            box.save(update_fields=["door"])
        renewed = list(box.places.all()) if places is None else list(places)
        for place in renewed:
            place.door += 1
        BoxPlace.objects.bulk_update(renewed, ["door"])
        facts.record("box.renew_doors", by=actor, about=box.ref, data={"count": len(renewed)})


def says_enough(data: BoxData) -> Verdict:
    """Say whether a box can be set up like this."""
    labels = [tidy_line(place.label) for place in data.places]
    long = next((label for label in labels if len(label) > LONGEST_PLACE), "")
    return (
        Verdict.of(tidy_line(data.title), "还没有写名称。")
        & Verdict.of(
            len(tidy_line(data.title)) <= LONGEST_TITLE, f"名称最多 {LONGEST_TITLE} 个字。"
        )
        & Verdict.of(tidy(data.question).strip(), "还没有写要问大家什么。")
        & Verdict.of(len(data.question) <= LONGEST_QUESTION, f"问题最多 {LONGEST_QUESTION} 个字。")
        & Verdict.of(
            data.closes_on is None or data.closes_on >= data.opens_on, "结束日期比开始日期早。"
        )
        & Verdict.of(1 <= data.answer_days <= 60, "答复期限要在 1 到 60 个工作日之间。")
        & Verdict.of(len(labels) <= MOST_PLACES, f"地方最多 {MOST_PLACES} 个。")
        & Verdict.of(not long, f"“{long[:12]}…”太长，一个地方最多 {LONGEST_PLACE} 个字。")
    )


def set_places(box: Box, places: Sequence[PlaceData]) -> None:
    """Make the places of ``box`` those of the list; a dropped one with voices stays, last."""
    wanted = {tidy_line(place.label): place.hears for place in places if tidy_line(place.label)}
    there = {place.label: place for place in box.places.all()}
    gone = [place.pk for label, place in there.items() if label not in wanted]
    unused = BoxPlace.objects.filter(pk__in=gone, voices=None)
    kept = len(gone) - unused.count()
    unused.delete()
    for order, (label, hears) in enumerate(wanted.items()):
        place = there.get(label) or BoxPlace(box=box, label=label)
        place.hears, place.order = hears, order
        place.save()
    if kept:
        BoxPlace.objects.filter(pk__in=gone).update(order=len(wanted))


def _fields(data: BoxData) -> dict[str, Any]:
    return {
        "kind": data.kind,
        "title": tidy_line(data.title),
        "question": tidy(data.question).strip(),
        "collator": data.collator,
        "opens_on": data.opens_on,
        "closes_on": data.closes_on,
        "shows": data.shows,
        "answer_days": data.answer_days,
        "max_go_up": data.max_go_up,
    }


def _locked(box: Box) -> Box:
    Box.objects.select_for_update().get(pk=box.pk)
    return Box.objects.select_related("organisation", "collator").get(pk=box.pk)


def _ends_later(day: date | None) -> Verdict:
    return Verdict.of(day is None or day >= clock.today(), "新的结束日期已经过去了。")
