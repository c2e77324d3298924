"""What a change did to which rows, so that it can be put back while nothing hangs on it.

A change takes a :func:`photograph` before and after; :func:`difference` is kept with it as plain
data. :func:`put_back` restores the rows that were changed; rows that the change made hold for no
day any more (nothing is deleted), and a body it founded closes on the day it was founded.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Max, Q

from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact, Head
from zhengyou.people import naming
from zhengyou.people.actions import rolls
from zhengyou.people.models import (
    Leaving,
    Membership,
    Organisation,
    OrganisationName,
    Placement,
    Post,
    RollCount,
    Succession,
)

_KEPT: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "organisation": (Organisation, ("parent_id", "path", "closed_on", "name", "sort_key")),
    "name": (OrganisationName, ("since", "until")),
    "placement": (Placement, ("since", "until")),
    "membership": (Membership, ("since", "until", "left_because")),
    "post": (Post, ("since", "until")),
}
_OF_PERSONS = ("membership", "post")
_OWN = (OrganisationName, Placement, Membership, Post, Succession, Organisation, RollCount)

Photo = dict[str, dict[int, list[Any]]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a change may touch: all of ``bodies``, or only those of ``persons``."""

    bodies: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()

    def rows(self, kind: str) -> "models.QuerySet[Any]":
        """Return the rows of a kind within the scope."""
        model = _KEPT[kind][0]
        if self.persons:
            fits = Q(person__in=self.persons) if kind in _OF_PERSONS else Q(pk__in=[])
        else:
            fits = Q(**{"pk__in" if kind == "organisation" else "organisation__in": self.bodies})
        return model._base_manager.filter(fits)


def photograph(scope: Scope) -> Photo:
    """Return what the rows of ``scope`` say now, by kind and primary key. Five queries."""
    return {
        kind: {
            pk: [_plain(value) for value in values]
            for pk, *values in scope.rows(kind).values_list("pk", *fields)
        }
        for kind, (_, fields) in _KEPT.items()
    }


def difference(before: Photo, scope: Scope) -> dict[str, Any]:
    """Return as plain data what has become of ``before``, and how far the tables had got."""
    after = photograph(scope)
    return {
        "made": {kind: _made(before[kind], after[kind]) for kind in _KEPT},
        "changed": {kind: _changed(before[kind], after[kind]) for kind in _KEPT},
        "last": {kind: _last(_KEPT[kind][0]) for kind in _OF_PERSONS},
        "seq": Head.objects.filter(pk=Head.ONLY).values_list("seq", flat=True).first() or 0,
    }


def _made(before: dict[int, list[Any]], after: dict[int, list[Any]]) -> dict[str, list[Any]]:
    return {str(pk): values for pk, values in after.items() if pk not in before}


def _changed(before: dict[int, list[Any]], after: dict[int, list[Any]]) -> dict[str, list[Any]]:
    return {
        str(pk): [before[pk], values]
        for pk, values in after.items()
        if pk in before and before[pk] != values
    }


def _last(model: type[models.Model]) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


# --- taking it back -----------------------------------------------------------------------------


def in_the_way(changes: dict[str, Any], scope: Scope, heirs: Collection[Organisation]) -> str:
    """Return in words what hangs on a change by now; empty: it can be put back.

    Args:
        scope: rows that must not have grown since.
        heirs: the bodies in which the people went on.
    """
    if not _as_left(changes):
        return "办完以后，有关的组织、人员或者职务又有变动"
    for kind in _OF_PERSONS:
        if scope.rows(kind).filter(pk__gt=changes["last"][kind]).exists():
            return "办完以后，又有人进来或者任职"
    founded = {int(pk) for pk in changes["made"]["organisation"]}
    for relation in Organisation._meta.related_objects:
        model = relation.related_model
        if model in _OWN or isinstance(model, str):
            continue
        rows = model._base_manager.filter(**{f"{relation.field.name}__in": founded})
        if founded and rows.exists():
            return f"新组织已经有{model._meta.verbose_name}"
    if _acted(changes, heirs):
        return "转过去的人已经以新组织的身份办过事"
    return ""


def _as_left(changes: dict[str, Any]) -> bool:
    """Tell whether every row still says what the change left in it."""
    for kind, (model, fields) in _KEPT.items():
        expected = dict(changes["made"][kind])
        expected |= {pk: after for pk, (_, after) in changes["changed"][kind].items()}
        rows = model._base_manager.filter(pk__in=[int(pk) for pk in expected])
        now = {
            str(pk): [_plain(value) for value in values]
            for pk, *values in rows.values_list("pk", *fields)
        }
        if now != expected:
            return False
    return True


def _acted(changes: dict[str, Any], heirs: Collection[Organisation]) -> bool:
    """Tell whether somebody who came with the change has acted in a hat of the new place since."""
    made = changes["made"]["membership"] | changes["made"]["post"]
    persons = Membership.objects.filter(pk__in=changes["made"]["membership"]).values_list(
        "person__uid", flat=True
    )
    hats = Q(pk__in=[])
    for body in heirs:
        hats |= Q(hat__endswith=f"@{body.uid}")
    known = {str(uid) for uid in persons}
    return (
        bool(made) and Fact.objects.filter(hats, seq__gt=changes["seq"], actor__in=known).exists()
    )


def put_back(changes: dict[str, Any]) -> None:
    """Make the rows again what they were. Ask :func:`in_the_way` before, in one transaction.

    Raises:
        Refused: a row was changed meanwhile.
    """
    if not _as_left(changes):
        raise Refused("办完以后，有关的组织、人员或者职务又有变动，不能撤销了。")
    for kind, (model, _) in _KEPT.items():
        rows = model._base_manager.filter(pk__in=[int(pk) for pk in changes["made"][kind]])
        if kind == "organisation":
            rows.update(closed_on=F("founded_on"))
        else:
            rows.update(until=F("since"))
        if kind == "membership":
            rows.update(left_because=Leaving.MISTAKE)
    for kind, (model, fields) in _KEPT.items():
        column = {field.attname: field for field in model._meta.concrete_fields}
        things = [
            model(
                pk=int(pk),
                **{
                    name: column[name].to_python(value)
                    for name, value in zip(fields, before, strict=True)
                },
            )
            for pk, (before, _) in changes["changed"][kind].items()
        ]
        names = [column[name].name for name in fields]
        model._base_manager.bulk_update(things, names, batch_size=100)
    naming.changed(bodies=[int(pk) for pk in changes["changed"]["organisation"]])
    rolls.follow(persons=_members(changes))


def _members(changes: dict[str, Any]) -> set[int]:
    """Return whose memberships a change made or changed."""
    pks = [int(pk) for how in ("made", "changed") for pk in changes[how]["membership"]]
    return set(Membership.objects.filter(pk__in=pks).values_list("person", flat=True))
