"""People who stand in one file twice. Remembers little of each row, so that big files pass."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zhengyou.people.roster.rows import Entry, Finding, Notebook, Place, shown
from zhengyou.people.roster.workbook import Cell


class _Seen(NamedTuple):
    """What is kept of an earlier row."""

    place: Place
    id_number: str
    column: str
    title: str
    key: str
    cell: Cell  # shown, and masked, only where something is said about it


class Twins:
    """Compares each row with those before it."""

    def __init__(self) -> None:
        self._by_id: dict[str, _Seen] = {}
        self._by_name: dict[tuple[str, date | None, int], list[_Seen]] = {}
        self._by_phone: dict[str, Place] = {}
        self._told: set[Place] = set()

    def check(self, entry: Entry, notes: Notebook) -> Iterator[Finding]:
        """Note a repeated person on this row; yield the finding that an earlier row deserves."""
        if entry.id_number:
            yield from self._same_number(entry, notes)
        if entry.name:
            yield from self._same_name(entry, notes)
        if entry.phone:
            earlier = self._by_phone.setdefault(entry.phone, entry.place)
            if earlier != entry.place and not notes.faulty:
                notes.on("phone").hint(
                    f"和{_where(earlier, entry.place)}的手机号码一样。",
                    "请核对；一家人共用可以不改。",
                )

    def _same_number(self, entry: Entry, notes: Notebook) -> Iterator[Finding]:
        seen = _seen(entry, notes, "id_number")
        first = self._by_id.setdefault(entry.id_number, seen)
        if first is seen:
            return
        problem = "和{}是同一个身份证号。"
        remedy = "同一个人只留一行；如果是两个人，请核对号码。"
        notes.on("id_number")(problem.format(_where(first.place, entry.place)), remedy)
        if first.place not in self._told:
            self._told.add(first.place)
            yield _finding(first, problem.format(_where(entry.place, first.place)), remedy)

    def _same_name(self, entry: Entry, notes: Notebook) -> Iterator[Finding]:
        """Two rows of one name and birth are one person unless their ID numbers tell them apart."""
        born = entry.birth.date if entry.birth else None
        key = (entry.name, born, 0 if born else entry.branch_pk)
        seen = _seen(entry, notes, "name")
        same = self._by_name.setdefault(key, [])
        twin = next((one for one in same if not (one.id_number and entry.id_number)), None)
        same.append(seen)
        if twin is None:
            return
        problem = "和{}像是同一个人" + (
            "，姓名、出生日期都一样。" if born else "，支部和姓名都一样。"
        )
        remedy = "同一个人只留一行；如果是两个人，两行都填上身份证号。"
        notes.on("name")(problem.format(_where(twin.place, entry.place)), remedy)
        if twin.place not in self._told:
            self._told.add(twin.place)
            yield _finding(twin, problem.format(_where(entry.place, twin.place)), remedy)


def _seen(entry: Entry, notes: Notebook, key: str) -> _Seen:
    layout = notes.layout
    return _Seen(
        entry.place,
        entry.id_number,
        layout.letter_of(key),
        notes.title_of(key),
        key,
        notes.known.get(key, ""),
    )


def _finding(seen: _Seen, problem: str, remedy: str) -> Finding:
    value = shown(seen.key, seen.cell)
    return Finding(seen.place, seen.column, seen.title, value, problem, remedy, True)


def _where(there: Place, here: Place) -> str:
    sheet = f"“{there.sheet}”表" if there.sheet != here.sheet else ""
    return f"{sheet}第 {there.row} 行"
