"""What a person's record is at a moment: kept before an import changes it, compared before undo.

A snapshot holds the person's own fields and every membership, standing, circumstance and post.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from zhengyou.kernel import identity
from zhengyou.people import naming
from zhengyou.people.actions import rolls
from zhengyou.people.models import Circumstance, Membership, Person, Post, Standing

Snapshot = dict[str, Any]

# What undo may have to put back. A person's uid never changes; a post's text is not ours.
_FIELDS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "memberships": (Membership, ("id", "organisation_id", "since", "until", "left_because")),
    "standings": (Standing, ("id", "kind", "since", "since_precision", "until")),
    "circumstances": (Circumstance, ("id", "kind", "since", "since_precision", "until", "detail")),
    "posts": (Post, ("id", "organisation_id", "role", "since", "until")),
}
_NAME_OF = {model: name for name, (model, _) in _FIELDS.items()}
_PERSON = tuple(
    field.attname for field in Person._meta.concrete_fields if field.name not in ("id", "uid")
)


def take(persons: Iterable[int]) -> dict[int, Snapshot]:
    """Return the snapshots of persons by primary key; five queries."""
    wanted = list(persons)
    taken: dict[int, Snapshot] = {
        pk: {"person": [_plain(value) for value in values]}
        for pk, *values in Person.objects.filter(pk__in=wanted).values_list("pk", *_PERSON)
    }
    for name, (model, fields) in _FIELDS.items():
        for snapshot in taken.values():
            snapshot[name] = []
        rows = model._base_manager.filter(person__in=wanted).order_by("pk")
        for pk, *values in rows.values_list("person_id", *fields):
            taken[pk][name].append([_plain(value) for value in values])
    return taken


def of_new(person: Person, rows: Iterable[models.Model]) -> Snapshot:
    """Return the snapshot of somebody just inserted with these dated rows, whose keys are unset."""
    snapshot: Snapshot = {name: [] for name in _FIELDS}
    snapshot["person"] = [_plain(getattr(person, name)) for name in _PERSON]
    for row in rows:
        name, fields = _NAME_OF[type(row)], _FIELDS[_NAME_OF[type(row)]][1]
        snapshot[name].append([_plain(getattr(row, field)) for field in fields])
    return snapshot


def digest(snapshot: Snapshot) -> str:
    """Return 64 hex digits that differ as soon as anything in the snapshot does.

    Keys of rows do not count: a row that was replaced by an equal one is no change.
    """
    plain: Snapshot = {
        name: rows if name == "person" else sorted((row[1:] for row in rows), key=_compact)
        for name, rows in snapshot.items()
    }
    text = _compact(plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(snapshot: Snapshot) -> str:
    """Return a snapshot encrypted, for keeping."""
    return identity.seal(_compact(snapshot))


def unseal(text: str) -> Snapshot:
    """Return what :func:`seal` was given."""
    snapshot: Snapshot = json.loads(identity.unseal(text))
    return snapshot


def put_back(snapshots: dict[int, Snapshot]) -> None:
    """Make the records of persons again what they were; nothing may have changed since."""
    persons = [
        Person(pk=pk, **_values(_PERSON, Person, snapshot["person"]))
        for pk, snapshot in snapshots.items()
    ]
    Person.objects.bulk_update(persons, _PERSON, batch_size=100)
    naming.changed(persons=[person.pk for person in persons])
    for name in ("standings", "circumstances"):
        model, _ = _FIELDS[name]
        model._base_manager.filter(person__in=list(snapshots)).delete()
        model._base_manager.bulk_create(_rows(name, snapshots), batch_size=500)
    _put_back_memberships(snapshots)
    Post.objects.bulk_update(_rows("posts", snapshots), ["until"], batch_size=100)


def _put_back_memberships(snapshots: dict[int, Snapshot]) -> None:
    rows = _rows("memberships", snapshots)
    kept = [row.pk for row in rows]
    rolls.follow(persons=list(snapshots))
    gone = Membership.objects.filter(person__in=list(snapshots)).exclude(pk__in=kept)
    rolls.follow(bodies=set(gone.values_list("organisation", flat=True)))
    gone.delete()
    Membership.objects.bulk_update(rows, ["until", "left_because"], batch_size=100)


def _rows(name: str, snapshots: dict[int, Snapshot]) -> list[Any]:
    model, fields = _FIELDS[name]
    return [
        model(person_id=pk, **_values(fields, model, values))
        for pk, snapshot in snapshots.items()
        for values in snapshot[name]
    ]


def _values(
    fields: tuple[str, ...], model: type[models.Model], values: list[Any]
) -> dict[str, Any]:
    column = {field.attname: field for field in model._meta.concrete_fields}
    return {name: column[name].to_python(value) for name, value in zip(fields, values, strict=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value  # An enum's member is its value.
