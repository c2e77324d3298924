"""Find uids by words. Whoever asks filters them by its own rules before anybody sees anything."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from zhengyou.search.models import Entry
from zhengyou.search.sources import tag
from zhengyou.search.text import phrases

MOST = 240
"""How many of the newest that fit are looked at: what fits better says more words."""

FEW = 30
"""Up to so many organisations are asked for by their tags, more by looking at each that fits."""


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
    sql, values = find(asked, wanted)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = [uid if isinstance(uid, UUID) else UUID(uid) for (uid,) in cursor.fetchall()]
    return Matches(found[:MOST], cut=len(found) > MOST)


def _on_sqlite(asked: Asked, wanted: list[list[str]]) -> tuple[str, list[Any]]:
    """FTS5 walks its own index from the newest row, so that common words cost no more."""
    columns = "{words names}" if asked.names else "words"
    named = asked.places is not None and len(asked.places) <= FEW
    places = list(asked.places) if asked.places is not None and named else [None]
    tags = [tag(asked.kind, asked.public, asked.scope, place) for place in places]
    parts = [f"tags : ({' OR '.join(tags)})"]
    parts += [f'{columns} : "{" ".join(phrase)}"' for phrase in wanted]
    where, values = ("", []) if named else _placed(asked)
    return (
        f"SELECT e.uid FROM search_fts f CROSS JOIN {Entry._meta.db_table} e ON e.id = f.rowid"
        f" WHERE f.search_fts MATCH %s{where} ORDER BY f.rowid DESC LIMIT {MOST + 1}",
        [" AND ".join(parts), *values],
    )


def _on_postgres(asked: Asked, wanted: list[list[str]]) -> tuple[str, list[Any]]:
    label = "" if asked.names else ":A"
    question = " & ".join(
        "(" + " <-> ".join(f"'{token}'{label}" for token in phrase) + ")" for phrase in wanted
    )
    where, values = _placed(asked)
    if asked.public:
        where += " AND e.public"
    if asked.scope is not None:
        where, values = f"{where} AND e.scope = %s", [*values, asked.scope]
    return (
        f"SELECT e.uid FROM {Entry._meta.db_table} e WHERE e.kind = %s"
        f" AND e.said @@ to_tsquery('simple', %s){where} ORDER BY e.id DESC LIMIT {MOST + 1}",
        [asked.kind, question, *values],
    )


def _placed(asked: Asked) -> tuple[str, list[Any]]:
    if asked.places is None:
        return "", []
    marks = ", ".join(["%s"] * len(asked.places))
    return f" AND e.place IN ({marks})", list(asked.places)
