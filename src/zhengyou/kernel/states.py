"""States as enums that guarded verbs move.

A model lists its :class:`Transition` s as ``TRANSITIONS``; diagrams and the glossary are made from
that list. :func:`move` is the conditional UPDATE: whoever comes second gets :class:`Stale`, and
nothing is overwritten.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models


class Stale(Exception):
    """The thing is no longer in the state the caller saw; the reason is Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow of a state diagram.

    Args:
        name: the verb, as the method is called.
        sources: states it starts from.
        target: state it ends in.
        label: the verb in Chinese, as on the button.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    label: str


def move(thing: models.Model, name: str, **changes: Any) -> None:
    """Move ``thing`` along its transition ``name`` and write ``changes`` in the same UPDATE.

    Must run inside a transaction, after the rule was asked.

    Args:
        thing: a saved row whose class has ``TRANSITIONS`` and a ``state`` field.
        name: which transition.
        changes: further fields to set.

    Raises:
        Stale: the stored state is none of the transition's sources any more.
        ValueError: the class has no such transition.
    """
    arrow = _arrow(type(thing), name)
    values = {"state": arrow.target, **changes}
    rows = type(thing)._base_manager.filter(pk=thing.pk, state__in=arrow.sources)
    moved = rows.update(**values)
    if not moved:
        raise Stale(
            f"不能{arrow.label}：这件事刚才已被别人办过，或者现在的状态不允许。请刷新后再看。"
        )
    for field, value in values.items():
        setattr(thing, field, value)


def _arrow(model: type[models.Model], name: str) -> Transition:
    arrows: tuple[Transition, ...] = model.TRANSITIONS  # type: ignore[attr-defined]
    for arrow in arrows:
        if arrow.name == name:
            return arrow
    raise ValueError(f"{model.__name__} has no transition {name!r}")
