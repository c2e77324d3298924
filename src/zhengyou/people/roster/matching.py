"""Decides what becomes of each row: somebody new, somebody known, or a question to the user."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from zhengyou.people.models import Kind, Organisation, Person
from zhengyou.people.models.roster import Choice, Ground
from zhengyou.people.roster.branches import Branches
from zhengyou.people.roster.known import Change, Known, candidates, changes, load
from zhengyou.people.roster.rows import Entry, Notebook

MEND_ELSEWHERE = "先办转组织关系：请对方支部或上级把人转过来，再导入；不归您管的人请从名册里删去。"


@dataclass(slots=True)
class Match:
    """A row and the known person it is, or may be.

    Args:
        source: the branch the person is in now, where the row names another one.
        moves: whether carrying it out changes a membership.
    """

    entry: Entry
    known: Known
    ground: Ground
    changes: list[Change] = field(default_factory=list)
    source: Organisation | None = None
    moves: bool = False

    @property
    def is_news(self) -> bool:
        """Whether carrying it out would change anything."""
        return bool(self.changes) or self.moves

    @property
    def default(self) -> Choice:
        """An ID number is proof enough to update; a transfer and a likeness are asked about."""
        sure = self.ground == Ground.ID_NUMBER and self.source is None
        return Choice.UPDATE if sure else Choice.OPEN


class Matcher:
    """Finds for each entry of a chunk who it is.

    Args:
        branches: where people may be put.
        reaches: tells whether the importing actor keeps the roll of a body.
        day: today; memberships that hold then, or later, count.
    """

    def __init__(
        self, branches: Branches, reaches: Callable[[Organisation], bool], day: date
    ) -> None:
        self._branches, self._reaches, self._day = branches, reaches, day
        self._taken: dict[int, Entry] = {}

    def match(
        self, rows: list[tuple[Entry, Notebook]]
    ) -> Iterator[tuple[Entry, Notebook, Match | None]]:
        """Yield each row with its match; rows with errors come back unmatched. Four queries."""
        good = [entry for entry, notes in rows if not notes.faulty]
        index = _Index(load(candidates(good), self._day)) if good else _Index({})
        for entry, notes in rows:
            found = None if notes.faulty else self._of(entry, notes, index)
            if found is None:
                notes.findings += notes.if_new
            if not notes.faulty and not self._branches.is_branch(entry.branch_pk):
                self._only_who_is_there(entry, notes, found)
            yield entry, notes, found

    def _only_who_is_there(self, entry: Entry, notes: Notebook, match: Match | None) -> None:
        """Nobody is put into a committee itself, but who is in it (its office) may stay."""
        here = match.known.branch if match else None
        if here is None or here.organisation_id != entry.branch_pk:
            body = self._branches.by_pk[entry.branch_pk]
            notes.on("branch")(
                f"“{body.name}”是{Kind(body.kind).label}，不是党支部。", "写明是下面的哪个党支部。"
            )

    def _of(self, entry: Entry, notes: Notebook, index: "_Index") -> Match | None:
        for ground, known in index.alike(entry):
            if not self._may_take(known, ground):
                self._say_elsewhere(ground, notes)
                if ground == Ground.ID_NUMBER:
                    return None
                continue
            if self._is_taken(known, entry, ground, notes):
                return None
            return self._compared(entry, known, ground)
        return None

    def _may_take(self, known: Known, ground: Ground) -> bool:
        """Tell whether a known person may be taken onto a roll here.

        Who belongs nowhere was let go, and an ID number proves who it is; by a likeness only
        those who once belonged within reach are found, or names could be tried out.
        """
        if known.homes:
            return all(self._reaches(row.organisation) for row in known.homes)
        return ground == Ground.ID_NUMBER or self._was_within_reach(known)

    def _was_within_reach(self, known: Known) -> bool:
        return any(self._reaches(body) for body in known.left)

    def _say_elsewhere(self, ground: Ground, notes: Notebook) -> None:
        """Say that the person is out of reach, and nothing about where or what."""
        if ground == Ground.ID_NUMBER:
            notes.on("id_number")("这个人现在在别的党支部，不归您管。", MEND_ELSEWHERE)
        elif ground == Ground.NAME_AND_BIRTH:
            notes.on("name").hint(
                "别的支部可能有同名同生日的人。", "请核对；要是同一个人，先办转组织关系再导入。"
            )

    def _is_taken(self, known: Known, entry: Entry, ground: Ground, notes: Notebook) -> bool:
        """Two rows must not be one person; the second one is an error."""
        first = self._taken.setdefault(known.person.pk, entry)
        if first.place == entry.place:
            return False
        key = "phone" if ground == Ground.PHONE else "name"
        notes.on(key)(
            f"和第 {first.place.row} 行对上了系统里的同一个人：{known.person.name}。",
            "同一个人只留一行；如果是两个人，两行都填上身份证号。",
        )
        return True

    def _compared(self, entry: Entry, known: Known, ground: Ground) -> Match:
        branch = self._branches.by_pk[entry.branch_pk]
        here = known.branch
        match = Match(entry, known, ground, list(changes(entry, known)))
        if here is None:
            match.moves = True
            if not self._was_within_reach(known):
                match.changes = [Change(one.key, "", one.after) for one in match.changes]
        elif here.organisation_id != branch.pk:
            match.moves, match.source = True, here.organisation
        elif entry.group_pk:
            group = known.group_in(branch.path)
            if group is None or group.organisation_id != entry.group_pk:
                match.moves = True
                before = group.organisation.name if group else ""
                after = self._branches.by_pk[entry.group_pk].name
                match.changes.append(Change("group", before, after))
        return match


class _Index:
    """The candidates of a chunk, found by number and by name."""

    def __init__(self, known: dict[int, Known]) -> None:
        self._by_id = {one.person.id_lookup: one for one in known.values() if one.person.id_lookup}
        self._by_phone: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for one in known.values():
            if one.person.phone_lookup:
                self._by_phone[one.person.phone_lookup].append(one)
            self._by_name[one.person.name].append(one)

    def alike(self, entry: Entry) -> Iterator[tuple[Ground, Known]]:
        """Yield who the entry may be, the surest ground first; two ID numbers are two people."""
        if entry.id_number:
            sure = self._by_id.get(entry.id_lookup)
            if sure is not None:
                yield Ground.ID_NUMBER, sure
                return
        if entry.phone:
            owners = self._by_phone.get(entry.phone_lookup, [])
            for one in sorted(owners, key=lambda one: one.person.name != entry.name):
                if not _told_apart(entry, one.person):
                    yield Ground.PHONE, one
        for one in self._by_name.get(entry.name, []):
            if _told_apart(entry, one.person):
                continue
            if entry.birth and one.person.born:
                if _may_be_one_day(entry, one.person):
                    yield Ground.NAME_AND_BIRTH, one
            elif one.branch is not None and one.branch.organisation_id == entry.branch_pk:
                yield Ground.NAME, one


def _told_apart(entry: Entry, person: Person) -> bool:
    """Tell whether two ID numbers say that these are two people (equal ones were found before)."""
    return bool(entry.id_number and person.id_lookup)


def _may_be_one_day(entry: Entry, person: Person) -> bool:
    said, born = entry.birth, person.born
    assert said is not None and born is not None
    return said.date <= born.latest and born.date <= said.latest
