"""Somebody who has everything but the keys: all tables, the files of the database, every log line.

He also stood at the door and knows in which order people came, and from which address. He looks
for anything by which remarks could be put in that order or tied to somebody.
"""

import hashlib
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody the attacker saw writing: what he knows, and the words that were written."""

    address: str
    agent: str
    known_as: tuple[str, ...]
    text: str


def dump() -> dict[str, list[Row]]:
    """Return all rows of all tables with what the database keeps of them besides."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            found[table] = _rows(cursor, table)
    return found


def _rows(cursor: Any, table: str) -> list[Row]:
    hidden = "ctid::text AS ctid, xmin::text AS xmin, " if _postgres() else "rowid AS row_number, "
    try:
        cursor.execute(f'SELECT {hidden}* FROM "{table}"')
    except OperationalError:  # SQLite: the search index has tables without row numbers
        cursor.execute(f'SELECT * FROM "{table}"')
    heads = [column[0] for column in cursor.description]
    return [dict(zip(heads, row, strict=True)) for row in cursor.fetchall()]


def _postgres() -> bool:
    return connection.vendor == "postgresql"


def file_bytes() -> dict[str, bytes]:
    """Return the database's own files, as they lie on the disk; PostgreSQL's are out of reach."""
    if _postgres():
        return {}
    main = Path(connection.settings_dict["NAME"])
    paths = {"main": main, "journal": main.with_name(main.name + "-wal")}
    return {name: path.read_bytes() for name, path in paths.items() if path.exists()}


def orders(texts: list[str], table: str = "remarks_remark") -> dict[str, list[float]]:
    """Return every number by which the remarks of ``texts`` could be sorted, by its name.

    Args:
        texts: in the true order of arrival, which only the test knows.
        table: in which they stand.
    """
    rows = {row["text"]: (place, row) for place, row in enumerate(dump()[table])}
    found = {"as listed": [float(rows[text][0]) for text in texts]}
    for name in ("row_number", "xmin"):
        if name in rows[texts[0]][1]:
            found[name] = [float(rows[text][1][name]) for text in texts]
    if _postgres():
        found["ctid"] = [_place(rows[text][1]["ctid"]) for text in texts]
    for name, content in file_bytes().items():
        for what in ("text", "uid", "code_lookup"):
            marks = [str(rows[text][1][what]).encode() for text in texts]
            found[f"first {what} in {name}"] = [float(content.find(mark)) for mark in marks]
            found[f"last {what} in {name}"] = [float(content.rfind(mark)) for mark in marks]
    return found


def _place(ctid: str) -> float:
    page, item = re.findall(r"\d+", ctid)
    return float(page) * 10_000 + float(item)


def likeness(numbers: list[float]) -> float:
    """Return how well ``numbers`` rise (or fall) with the order of arrival: 0 not, 1 exactly.

    Spearman's rank correlation; for forty of them chance stays below 0.6 but once in 5,000.
    """
    count = len(numbers)
    ranks, arrivals = _ranks(numbers), [place + 1.0 for place in range(count)]
    middle = (count + 1) / 2
    spread = sum((rank - middle) ** 2 for rank in ranks)
    if not spread:
        return 0.0  # all the same: nothing to sort by
    both = sum((r - middle) * (a - middle) for r, a in zip(ranks, arrivals, strict=True))
    whole = sum((a - middle) ** 2 for a in arrivals)
    return abs(both) / (spread * whole) ** 0.5


def _ranks(numbers: list[float]) -> list[float]:
    """Return ranks from 1; equal numbers share the middle of theirs."""
    ordered = sorted(numbers)
    return [ordered.index(n) + (ordered.count(n) + 1) / 2 for n in numbers]


def hits(numbers: list[float]) -> int:
    """Return how many remarks he gives to the right person: the k-th in order to the k-th seen.

    Where numbers are equal he draws lots.
    """
    lots = random.Random(1)
    ordered = sorted(range(len(numbers)), key=lambda place: (numbers[place], lots.random()))
    return sum(place == guess for place, guess in enumerate(ordered))


def mentions(visitor: Visitor, rows: list[Row]) -> list[str]:
    """Return what of ``visitor`` stands in ``rows``, plainly or under a common hash without key."""
    content = "\n".join(str(value) for row in rows for value in row.values())
    return [each for each in (*visitor.known_as, *_spellings(visitor)) if each in content]


def _spellings(visitor: Visitor) -> list[str]:
    found = []
    for word in (visitor.address, visitor.agent):
        hashes = (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.blake2b)
        found += [word, *(hash(word.encode()).hexdigest()[:24] for hash in hashes)]
    return found
