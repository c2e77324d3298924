"""Find uids by words. Whoever asks filters them by its own rules before anybody sees anything."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from zhengyou.search.models import Entry
from zhengyou.search.sources import tag
from zhengyou.search.text import phrases

MOST = 240
"""How many of the newest that fit are looked at: what fits better says more words."""

FEW = 60
"""Up to so many organisations are asked for by their tags, more by looking at each that fits."""

STRETCHES = range(12, 23)
"""Bits of a key within stretches of keys that PostgreSQL's index of words knows."""

LAST = 2**63 - 1
"""The last key there can be."""

AT_ONCE = 1000
"""So many that fit are taken from PostgreSQL in no order at once; of more only the newest keys."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found, the newest first; ``cut``: there is more than :data:`MOST`."""

    uids: list[UUID]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to look.

    Args:
        public: only what everybody may see; scope: a campaign; places: these organisations.
        names: whether the names of persons are searched, too.
    """

    kind: str
    public: bool = False
    scope: int | None = None
    places: Collection[int] | None = None
    names: bool = False


def matching(asked: Asked, question: str) -> Matches:
    """Return what has every word of ``question``; a question without words finds nothing."""
    wanted = phrases(question)
    if not wanted or (asked.places is not None and not asked.places):
        return Matches([])
    find = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    found = find(asked, wanted)
    return Matches(found[:MOST], cut=len(found) > MOST)


def _on_sqlite(asked: Asked, wanted: list[list[str]]) -> list[UUID]:
    """FTS5 walks its own index from the newest row, so that common words cost no more."""
    columns = "{words names}" if asked.names else "words"
    parts = [f"tags : ({' OR '.join(_tags(asked))})"]
    parts += [f'{columns} : "{" ".join(phrase)}"' for phrase in wanted]
    where, values = _placed(asked)
    rows = _fetch(
        f"SELECT e.uid FROM search_fts f CROSS JOIN {Entry._meta.db_table} e ON e.id = f.rowid"
        f" WHERE f.search_fts MATCH %s{where} ORDER BY f.rowid DESC LIMIT {MOST + 1}",
        [" AND ".join(parts), *values],
    )
    return [UUID(uid) for (uid,) in rows]


def _on_postgres(asked: Asked, wanted: list[list[str]]) -> list[UUID]:
    """GIN keeps no order, and each that fits costs a look at its row: so the newest keys are asked
    for alone, and older ones as long as there are not enough."""
    weights = "AB" if asked.names else "A"
    words = " & ".join(
        "(" + " <-> ".join(f"'{token}':{weights}" for token in phrase) + ")" for phrase in wanted
    )
    tags = " | ".join(f"'#{each}'" for each in _tags(asked))
    where, values = _placed(asked)
    found: list[UUID] = []
    keys = _Keys(*_span(asked))
    while len(found) <= MOST and (stretch := keys.next(len(found))) is not None:
        # Apart from the order, lest all entries be looked through one by one from the newest.
        rows = _fetch(
            f"WITH fits AS MATERIALIZED (SELECT e.id, e.uid FROM {Entry._meta.db_table} e"
            f" WHERE e.said @@ (to_tsquery('simple', %s) && %s::tsquery) AND e.id <= %s{where})"
            f" SELECT uid FROM fits ORDER BY id DESC LIMIT {MOST + 1 - len(found)}",
            [words, f"({tags}){stretch.words}", stretch.upto, *values],
        )
        found += [uid for (uid,) in rows]
    return found


def _span(asked: Asked) -> tuple[int, int]:
    """Return the oldest and the newest key of what is asked for.

    Few organisations have few entries: these are looked at at once, as if none were older.
    """
    if _named(asked):
        return LAST, LAST
    scope, values = ("", []) if asked.scope is None else (" AND scope = %s", [asked.scope])
    ((oldest, newest),) = _fetch(
        f"SELECT min(id), max(id) FROM {Entry._meta.db_table} WHERE kind = %s{scope}",
        [asked.kind, *values],
    )
    return oldest or 0, newest or 0


class _Stretch(NamedTuple):
    """The keys to look at: those with these words in the index, up to this one."""

    words: str
    upto: int


class _Keys:
    """Which keys to look at, the newest first, each once; from how many were found among the
    newest it is guessed how far back there are enough."""

    def __init__(self, oldest: int, newest: int) -> None:
        self.oldest, self.newest = oldest, newest
        self.upto: int | None = newest

    def next(self, found: int) -> _Stretch | None:
        """Return the next ones, given how many were found so far; None: there are no more."""
        if self.upto is None:
            return None
        upto, far = self.upto, self._far(self.newest - self.upto, found)
        for bits in STRETCHES:
            last = self.newest >> bits
            first = (last - 1) << bits
            if self.newest - first >= far and first > self.oldest:
                self.upto = first - 1
                return _Stretch(f" & ('#{bits}x{last}' | '#{bits}x{last - 1}')", upto)
        self.upto = None
        return _Stretch("", upto)

    def _far(self, seen: int, found: int) -> int:
        """Return how many of the newest keys have enough that fit; all where they have few."""
        if not seen:
            return 0
        each = seen / max(found, 3)  # keys for one that fits
        few = (self.newest - self.oldest) / each <= AT_ONCE
        return self.newest if few else round(each * MOST * 1.2)


def _fetch(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _named(asked: Asked) -> bool:
    """Whether the tags say where to look."""
    return asked.places is not None and len(asked.places) <= FEW


def _tags(asked: Asked) -> list[str]:
    places = list(asked.places) if asked.places is not None and _named(asked) else [None]
    return [tag(asked.kind, asked.public, asked.scope, place) for place in places]


def _placed(asked: Asked) -> tuple[str, list[Any]]:
    if asked.places is None or _named(asked):
        return "", []
    marks = ", ".join(["%s"] * len(asked.places))
    return f" AND e.place IN ({marks})", list(asked.places)
