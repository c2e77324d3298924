"""A reference that may point upward: a value, not a foreign key.

``Ref("pledge", uid, "label")`` names a thing of any app without importing it. The site registers
how a kind is resolved: to a title, an address and whether an actor may see it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ref:
    """Names one thing: its ``kind`` (ASCII), its public ``uid`` and the label it then had."""

    kind: str
    uid: UUID
    label: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.uid}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read ``kind:uid`` back.

        Raises:
            ValueError: it is not of that form.
        """
        kind, _, uid = text.partition(":")
        if not kind or not uid:
            raise ValueError(f"not a reference: {text!r}")
        return cls(kind, UUID(uid))


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to: its title today, its page (empty: none) and who may see it."""

    title: str
    url: str
    visible: bool


Resolver = Callable[[UUID, Any], Target | None]
Many = Callable[[Collection[UUID], Any], Mapping[UUID, Target]]
_resolvers: dict[str, Resolver] = {}
_together: dict[str, Many] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Teach the house how references of ``kind`` resolve; called by ``site`` only.

    Raises:
        ValueError: the kind is registered already, by another resolver.
    """
    if _resolvers.get(kind, resolver) is not resolver:
        raise ValueError(f"kind {kind!r} is registered twice")
    _resolvers[kind] = resolver


def resolve(ref: Ref, actor: Any) -> Target | None:
    """Return what ``ref`` leads to for ``actor``, or None where it is gone or unknown."""
    resolver = _resolvers.get(ref.kind)
    return resolver(ref.uid, actor) if resolver else None


def register_many(kind: str, many: Many) -> None:
    """Teach the house how several references of ``kind`` resolve at once, for lists."""
    _together[kind] = many


def resolve_all(refs: Collection[Ref], actor: Any) -> dict[Ref, Target]:
    """Return what ``refs`` lead to, those that are gone left out: a few queries for each kind that
    resolves together, else one look-up after the other.
    """
    uids: dict[str, set[UUID]] = {}
    for ref in refs:
        uids.setdefault(ref.kind, set()).add(ref.uid)
    found = {kind: _together[kind](some, actor) for kind, some in uids.items() if kind in _together}
    targets = {
        ref: found[ref.kind].get(ref.uid) if ref.kind in found else resolve(ref, actor)
        for ref in refs
    }
    return {ref: target for ref, target in targets.items() if target is not None}


def registered() -> frozenset[str]:
    """Return the kinds that resolve."""
    return frozenset(_resolvers)
