"""From a file to checked rows: which sheets, where their tables stand, row by row in chunks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

from zhengyou.people.roster import layout, rows
from zhengyou.people.roster.branches import Branches, Unknown
from zhengyou.people.roster.columns import BY_KEY, COLUMNS
from zhengyou.people.roster.layout import Layout
from zhengyou.people.roster.matching import Match, Matcher
from zhengyou.people.roster.rows import Entry, Finding, Notebook, Place
from zhengyou.people.roster.twins import Twins
from zhengyou.people.roster.workbook import Cell, Sheet, Unreadable

CHUNK = 500  # rows that are matched together
NOTES = 30  # notes on unread rows that are kept for each sheet
NO_HEADER = (
    "没有找到表头。请在一行里写上“姓名”“公民身份号码”“所在党支部”这些列名，"
    "也可以先下载空白模板，把人员粘进去。"
)

Checked = tuple[Entry, Notebook, Match | None]


@dataclass(slots=True)
class Chunk:
    """Some rows that were checked together.

    Args:
        rows: entry, what was said about it, and who it is, or may be.
        earlier: findings about rows of chunks that went before.
        done: rows of the file read so far.
    """

    rows: list[Checked]
    earlier: list[Finding]
    done: int


@dataclass(slots=True)
class Reading:
    """An open file whose chosen sheets are understood.

    Args:
        sheets: (name, hidden, has a header, is read) of every sheet.
        total: rows to be read.
    """

    sheets: list[tuple[str, bool, bool, bool]]
    tables: list[tuple[Sheet, Layout]]
    total: int = 0

    def chunks(self, branches: Branches, matcher: Matcher, today: date) -> Iterator[Chunk]:
        """Yield checked rows. Memory holds one chunk and a little of each row before."""
        twins, done = Twins(), 0
        for sheet, table in self.tables:
            reader = rows.RowReader(table, today)
            for part in batched(layout.people_rows(sheet, table), CHUNK):
                yield self._checked(part, reader, branches, matcher, twins, done)
            done += sheet.height

    def _checked(
        self,
        part: tuple[tuple[int, dict[str, Cell]], ...],
        reader: rows.RowReader,
        branches: Branches,
        matcher: Matcher,
        twins: Twins,
        done: int,
    ) -> Chunk:
        pairs: dict[Place, tuple[Entry, Notebook]] = {}
        earlier: list[Finding] = []
        for number, known in part:
            entry, notes = reader.read(number, known)
            put_in_branch(entry, notes, branches)
            for finding in twins.check(entry, notes):
                before = pairs.get(finding.place)
                (before[1].findings if before else earlier).append(finding)
            pairs[entry.place] = (entry, notes)
        return Chunk(list(matcher.match(list(pairs.values()))), earlier, done + part[-1][0])

    def summary(self) -> dict[str, Any]:
        """Return what the preview says about the file; complete once all chunks were read."""
        return {
            "sheets": [
                {"name": name, "hidden": hidden, "found": found, "read": read}
                for name, hidden, found, read in self.sheets
            ],
            "tables": [
                {
                    "sheet": table.sheet,
                    "header_row": table.header_row,
                    "unknown": table.unknown,
                    "repeated": table.repeated,
                    "absent": [
                        column.title for column in COLUMNS if column.key not in table.places
                    ],
                    "headers_again": table.headers_again,
                    "notes": table.notes[:NOTES],
                    "more_notes": max(0, len(table.notes) - NOTES),
                }
                for _, table in self.tables
            ],
        }


def understand(sheets: list[Sheet], chosen: list[str], branches: Branches) -> Reading:
    """Find the tables of a file.

    Args:
        chosen: names of the sheets to read; empty: the first visible one that has a header.

    Raises:
        Unreadable: a chosen sheet has no header, or an obligatory column is missing.
    """
    found = {sheet.name: layout.find(sheet) for sheet in sheets}
    wanted = [sheet for sheet in sheets if sheet.name in chosen]
    if not wanted:
        wanted = [sheet for sheet in sheets if found[sheet.name] and not sheet.hidden][:1]
    if not wanted:
        raise Unreadable(NO_HEADER)
    tables = []
    for sheet in wanted:
        table = found[sheet.name]
        if table is None:
            raise Unreadable(f"工作表“{sheet.name}”：{NO_HEADER}")
        _require_columns(table, branches)
        tables.append((sheet, table))
    names = {sheet.name for sheet in wanted}
    return Reading(
        [(sheet.name, sheet.hidden, bool(found[sheet.name]), sheet.name in names)
         for sheet in sheets],
        tables,
        sum(sheet.height for sheet in wanted),
    )  # fmt: skip


def _require_columns(table: Layout, branches: Branches) -> None:
    needed = ["name"] if branches.only else ["name", "branch"]
    missing = [BY_KEY[key].title for key in needed if key not in table.places]
    if missing:
        where = f"工作表“{table.sheet}”的" if table.sheet else ""
        raise Unreadable(
            f"{where}表头（第 {table.header_row} 行）里没有“{'”“'.join(missing)}”这一列，没法导入。"
            "请补上这一列再传；列名可以照空白模板写。"
        )


def put_in_branch(entry: Entry, notes: Notebook, branches: Branches) -> None:
    """Find the branch and the group that the entry names."""
    body = branches.only
    try:
        if entry.branch:
            notes.on("branch")
            body = branches.find(entry.branch)
        elif body is None:
            if not notes.has_error_at("branch"):
                notes.on("branch")("没有填所在党支部。", "填上这个人在哪个党支部。")
            return
        entry.branch_pk, entry.branch = body.pk, body.name
        if entry.group:
            notes.on("group")
            entry.group_pk = branches.find_group(body, entry.group).pk
    except Unknown as unknown:
        notes(unknown.problem, unknown.remedy)
