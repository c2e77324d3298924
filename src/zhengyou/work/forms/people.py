"""Who was there: a list that is right before anybody touches it, and a tick for everybody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from zhengyou.people.models import Person
from zhengyou.ui.text import number
from zhengyou.work.content import Attendee, Content
from zhengyou.work.forms.fields import number_in
from zhengyou.work.kinds import Form
from zhengyou.work.models import Attendance, Part
from zhengyou.work.quorums import Expected


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the form.

    Args:
        value: the attendance that is chosen, "" for not on the record.
        own, note: the own amount and a word, as typed.
    """

    person: Person
    words: str
    called: bool
    value: str
    own: str = ""
    note: str = ""
    wrong: str = ""

    @property
    def at(self) -> str:
        """Name of the field that says whether somebody was there."""
        return f"at-{self.person.uid}"

    @property
    def own_name(self) -> str:
        """Name of the field of the own amount."""
        return f"own-{self.person.uid}"

    @property
    def note_name(self) -> str:
        """Name of the field of the word about somebody."""
        return f"note-{self.person.uid}"

    @property
    def ticked(self) -> bool:
        """Whether somebody takes part."""
        return bool(self.value)


CHOICES = [(each.value, each.label) for each in Attendance]


class PeopleForm:
    """The list: ``lines`` are called, ``others`` may be ticked."""

    def __init__(
        self,
        form: Form,
        expected: Sequence[Expected],
        before: Content | None,
        data: Mapping[str, Any] | None,
        day: date,
        keeps: bool = False,
        writer: Person | None = None,
    ) -> None:
        """``day``: whose roll ``expected`` is; ``keeps``: whether ``before`` is the record itself,
        not one it begins with; ``writer``: who writes down the own work, and was there."""
        self.writer = writer
        self.form = form
        self.expected = {str(row.person.uid): row for row in expected}
        self.data = data
        self.day = day
        self.added: list[str] = []
        self.before = {str(row.person.uid): row for row in before.people} if before else {}
        self.keeps = keeps
        if keeps:  # who was written down stays on the list, whatever the roll says
            for uid, row in self.before.items():
                self.expected.setdefault(uid, Expected(row.person, False, False, "", None))
        lines = [self._line(row) for row in self.expected.values()]
        self.lines = [line for line in lines if line.called]
        self.others = [line for line in lines if not line.called]

    @property
    def all(self) -> list[Line]:
        """Everybody on the form."""
        return [*self.lines, *self.others]

    @property
    def few(self) -> bool:
        """Whether nobody is called, so that all are shown to be ticked."""
        return not self.lines

    @property
    def ticked(self) -> int:
        """How many of the others take part."""
        return sum(line.ticked for line in self.others)

    def _line(self, row: Expected) -> Line:
        uid = str(row.person.uid)
        line = Line(row.person, row.words, row.called, "")
        if self.data is not None:
            return self._typed(row, line)
        said = self._said(row, self.before.get(uid))
        return Line(row.person, row.words, self._listed(row, said[0]), *said)

    def _listed(self, row: Expected, value: str) -> bool:
        """Whether somebody stands on the list, else among the others, to be ticked."""
        if value in (Attendance.EXCUSED, Attendance.ABSENT):
            return True
        return row.called and bool(value or not self.keeps)

    def _typed(self, row: Expected, line: Line) -> Line:
        assert self.data is not None
        value = str(self.data.get(line.at, ""))
        value = value if value in Attendance.values else ""
        if not value and row.preset and self._moved:
            value = row.preset  # was not on the list that was shown: the day is another one
            self.added.append(row.person.name)
        own = str(self.data.get(line.own_name, ""))
        note, wrong = str(self.data.get(line.note_name, ""))[:100], _wrong(own)
        called = self._listed(row, value)
        return Line(row.person, row.words, called, value, own, note, wrong)

    @property
    def _moved(self) -> bool:
        """Whether the list that was shown is that of another day."""
        return bool(self.data) and self.data.get("listed_on") != self.day.isoformat()  # type: ignore[union-attr]

    def _said(self, row: Expected, was: Attendee | None) -> tuple[str, str, str]:
        """Return what the form says before anybody touches it."""
        if self.keeps:
            if was is None:
                return "", "", ""
            own = "" if was.amount is None else number(was.amount).replace(",", "")
            return was.attendance, own, was.note
        if row.called:
            return row.preset or "", "", ""
        return (Attendance.PRESENT if was or row.person == self.writer else ""), "", ""

    @property
    def errors(self) -> list[str]:
        """What is wrong in it."""
        found = [f"{line.person.name}：{line.wrong}" for line in self.all if line.wrong]
        return found + ([GONE] if any(True for _ in self._strangers()) else [])

    @property
    def news(self) -> str:
        """What was put on the list because the day is another one; said before it is finished."""
        names = "、".join(self.added)
        return f"那天的名册上还有{names}，已经加进名单。看一看到没到，再记好。" if names else ""

    def _strangers(self) -> Iterator[str]:
        for name, value in (self.data or {}).items():
            gone = name.startswith("at-") and name.removeprefix("at-") not in self.expected
            if gone and value == Attendance.PRESENT:
                yield name

    def attendees(self, parts: Mapping[Part, str]) -> tuple[Attendee, ...]:
        """Return who is written down.

        Args:
            parts: {part: uid of who had it}; whoever has a part was there.
        """
        rank = (Part.MINUTES, Part.HOST, Part.CHECKER, Part.SPEAKER)
        of = {parts[part]: part for part in rank if parts.get(part)}
        found = []
        for line in self.all:
            part = of.get(str(line.person.uid))
            value = line.value or (Attendance.PRESENT if part else "")
            if value:
                amount = number_in(line.own, 1, MOST) if self.form.own and not line.wrong else None
                there = Attendance(value)
                found.append(
                    Attendee(line.person, there, part or Part.TAKER, amount, line.note.strip())
                )
        return tuple(found)


MOST = 9_999_999
GONE = "名单里有人那天不在本组织，已经去掉了。请再看一遍名单。"


def _wrong(own: str) -> str:
    try:
        number_in(own, 1, MOST)
    except forms.ValidationError as error:
        return str(error.messages[0])
    return ""
