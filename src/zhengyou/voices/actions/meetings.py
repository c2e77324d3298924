"""Write down a meeting face to face, and what was said there, one entry a line."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.remarks import laying
from zhengyou.remarks.queries.talk import monday_of
from zhengyou.voices.actions import triage
from zhengyou.voices.models import Box, Meeting, Voice, VoiceState
from zhengyou.voices.models.voice import LONGEST
from zhengyou.voices.queries.meetings import day_of
from zhengyou.voices.rules import talks as rules
from zhengyou.work.actions import recording
from zhengyou.work.content import Content
from zhengyou.work.models import Record, RecordKind

MOST_LINES = 200
LONGEST_WHO = 60
LONGEST_PLACE = 60
_ARROW = re.compile(r"\s*(?:→|-+>|=+>|＝＞|——>)\s*")


@dataclass(frozen=True, slots=True)
class MeetingData:
    """A meeting as it is typed.

    Args:
        who: the kind of people, such as 一年级家长; nobody by name.
        record: where it stands already; then the rest but ``who`` is read there.
        enters: begin a record of it, too; whoever of the roll was there is ticked there, what
            is written here is not asked again.
    """

    who: str
    record: Record | None = None
    on: date | None = None
    at: time | None = None
    place: str = ""
    number: int | None = None
    enters: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said, and what was answered at once."""

    text: str
    answer: str = ""


def set_meeting(actor: Actor, box: Box, data: MeetingData) -> Meeting:
    """Say when and where people sat together.

    Raises:
        Refused: not for ``actor``, or something is missing; with ``enters``, the record's reasons.
    """
    with book.writing() as facts:
        (rules.may_note_down(actor, box) & says_enough(data)).require()
        record = data.record
        if record is None and data.enters:
            record = recording.begin(actor, box.organisation, _content(box, data))
        meeting = Meeting.objects.filter(box=box).first() or Meeting(box=box)
        for name, value in _fields(data, record).items():
            setattr(meeting, name, value)
        meeting.save()
        about = str(record.ref) if record else ""
        facts.record("meeting.set", by=actor, about=box.ref, data={"record": about})
    return meeting


def note_down(actor: Actor, box: Box, entries: Sequence[Entry]) -> list[Voice]:
    """Write down what was said, and answer what was answered at once.

    Raises:
        Refused: not for ``actor``, the meeting is to come, or nothing was typed.
    """
    with book.writing() as facts:
        rules.may_note_down(actor, box).require()
        meeting = Meeting.objects.filter(box=box).first()
        Verdict.of(meeting, "先写明哪天、在哪里座谈的，再记大家说的。").require()
        assert meeting is not None
        day = day_of(meeting)
        (rules.has_been(day) & entries_fit(entries)).require()
        voices = [_voice(box, entry, day) for entry in entries]
        Voice.objects.bulk_create(voices)
        facts.record("meeting.note", by=actor, about=box.ref, data={"count": len(voices)})
        answered = defaultdict(list)
        for voice, entry in zip(voices, entries, strict=True):
            answered[entry.answer].append(voice)
        for words, those in answered.items():
            if words:
                triage.answer(actor, those, words)
    return voices


def entries_in(text: str) -> list[Entry]:
    """Return the entries of a text: one a line; behind an arrow stands what was answered.

    ``放学太挤 → 从明天起分三批走``, typed with ``→``, ``->`` or ``=>``.
    """
    found = []
    for line in tidy(text).split("\n"):
        said, *answer = _ARROW.split(tidy_line(line), maxsplit=1)
        if said:
            found.append(Entry(said, answer[0] if answer else ""))
    return found


def entries_fit(entries: Sequence[Entry]) -> Verdict:
    """Say whether these are entries."""
    long = next((entry for entry in entries if len(entry.text) > LONGEST), None)
    return (
        Verdict.of(entries, "一条也没有写。")
        & Verdict.of(len(entries) <= MOST_LINES, f"一次最多记 {MOST_LINES} 条，请分几次。")
        & Verdict.of(long is None, f"有一条太长，一条最多 {LONGEST} 个字。")
    )


def says_enough(data: MeetingData) -> Verdict:
    """Say whether one knows who sat together and when."""
    return (
        Verdict.of(tidy_line(data.who), "写一下来的是什么人，如“一年级家长”；不写姓名。")
        & Verdict.of(len(data.who) <= LONGEST_WHO, f"什么人，最多写 {LONGEST_WHO} 个字。")
        & Verdict.of(data.record or data.on, "写一下是哪天，或者选一条已经记好的纪实。")
        & Verdict.of(len(data.place) <= LONGEST_PLACE, f"地点最多 {LONGEST_PLACE} 个字。")
    )


def _fields(data: MeetingData, record: Record | None) -> dict[str, object]:
    here = record is None
    return {
        "who": tidy_line(data.who),
        "record": record.uid if record else None,
        "record_label": record.title[:120] if record else "",
        "on": data.on if here else None,
        "at": data.at if here else None,
        "place": tidy_line(data.place) if here else "",
        "number": data.number if here else None,
    }


def _content(box: Box, data: MeetingData) -> Content:
    assert data.on is not None  # says_enough has asked
    return Content(
        kind=RecordKind.CONSULTATION, on=data.on, title=box.title, begins_at=data.at,
        place=tidy_line(data.place), outside=data.number, text=box.question,
    )  # fmt: skip


def _voice(box: Box, entry: Entry, day: date) -> Voice:
    """Return the note; it has been looked at by whoever typed it."""
    return Voice(
        box=box, week=monday_of(day), text=entry.text, by_hand=True, state=VoiceState.TAKEN,
        code_lookup=laying.code_lookup(laying.new_code()),
    )  # fmt: skip
