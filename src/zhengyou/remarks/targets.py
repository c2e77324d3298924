"""What the public may speak about: kinds of things that the site registers, and how they resolve.

Not the same as ``kernel.refs``: there somebody is looking; here nobody is known, so a resolver
gives only what is public, or None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that one may remark on.

    Args:
        ref: the thing.
        title: what it is called in public, such as 宋知行的承诺第 2 条.
        url: its public page.
        organisation: the body that moderates and answers.
        open: whether remarks are taken now, else why not.
        about: the person whose thing it is, who therefore does not moderate; None for a body's.
        excerpt: its own words, shown above the form; empty where the page has them.
        within: uid of the campaign it belongs to, whose page gathers the remarks.
        answer_days: working days for an answer; 0: as everywhere.
    """

    ref: Ref
    title: str
    url: str
    organisation: Organisation
    open: Verdict
    about: Person | None = None
    excerpt: str = ""
    within: UUID | None = None
    answer_days: int = 0

    @property
    def days(self) -> int:
        """Working days within which a remark is answered, counted from the day it is shown."""
        return self.answer_days or int(settings.REMARK_ANSWER_WORKDAYS)


Resolver = Callable[[UUID], Target | None]
_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Open things of ``kind`` to remarks; called by ``site`` only.

    Raises:
        ValueError: the kind is registered already, by another resolver.
    """
    if _resolvers.get(kind, resolver) is not resolver:
        raise ValueError(f"kind {kind!r} is registered twice")
    _resolvers[kind] = resolver


def resolve(kind: str, uid: UUID) -> Target | None:
    """Return the thing, or None where it is gone, not public, or of a kind nobody opened."""
    resolver = _resolvers.get(kind)
    return resolver(uid) if resolver else None


def answer_days(kind: str, uid: UUID) -> int:
    """Return within how many working days a remark about it is answered."""
    target = resolve(kind, uid)
    return target.days if target else int(settings.REMARK_ANSWER_WORKDAYS)


Elsewhere = Callable[[Organisation], Q]
"""Says of a body which remarks another room asks it to answer."""
_elsewhere: list[Elsewhere] = []


def answered_elsewhere(which: Elsewhere) -> None:
    """Leave remarks that another room lists on the desk to that room; called by ``site`` only."""
    if which not in _elsewhere:
        _elsewhere.append(which)


def listed_elsewhere(body: Organisation) -> Q:
    """Return the remarks to ``body`` that have their row on the desk from another room."""
    return reduce(or_, (which(body) for which in _elsewhere), Q(pk__in=[]))


def registered() -> frozenset[str]:
    """Return the kinds one may remark on."""
    return frozenset(_resolvers)
