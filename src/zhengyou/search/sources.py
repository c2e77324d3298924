"""What things read like, said by the apps that own them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from zhengyou.search.text import spaced


def tag(kind: str, public: bool, scope: int | None, place: int | None = None) -> str:
    """Return the one word that stands for where to look, as FTS5 reads it."""
    where = "" if scope is None else f"c{scope}"
    where += "" if place is None else f"p{place}"
    return f"k{kind.replace('_', '')}{'pub' if public else ''}{where}"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as it is to be found.

    Args:
        words: what everybody may read who may see it; names: of persons, found only where the
            reader may see them.
        public: whether everybody may see it.
        scope: key of the campaign, if it belongs to one; place: key of its organisation.
    """

    uid: UUID
    words: tuple[str, ...]
    names: tuple[str, ...] = ()
    public: bool = False
    scope: int | None = None
    place: int | None = None

    def row(self, kind: str) -> dict[str, object]:
        """Return the fields of its entry."""
        tags = [
            tag(kind, public, scope, place)
            for public in {False, self.public}
            for scope in {None, self.scope}
            for place in {None, self.place}
        ]
        return {
            "public": self.public,
            "scope": self.scope,
            "place": self.place,
            "words": spaced(*self.words),
            "names": spaced(*self.names),
            "tags": " ".join(sorted(tags)),
        }


Documents = Callable[[Collection[UUID] | None], Iterator[Document]]
"""Gives the documents of these things, or of all (None); what is not to be found is left out."""

_sources: dict[str, Documents] = {}


def register(kind: str, documents: Documents) -> None:
    """Teach the index what things of ``kind`` read like; called by ``site`` only."""
    _sources[kind] = documents


def registered() -> dict[str, Documents]:
    """Return all sources by kind."""
    return dict(_sources)
