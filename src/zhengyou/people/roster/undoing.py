"""Takes a whole import back: who was added goes, who was changed is what they were before."""

from collections.abc import Iterator
from itertools import batched

from django.db.models import ForeignObjectRel, ProtectedError

from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import rolls
from zhengyou.people.models import (
    Circumstance,
    ImportedRow,
    Membership,
    Person,
    RosterImport,
    RosterMatch,
    Standing,
)
from zhengyou.people.roster import snapshots

CHUNK = 500
NAMED = 5  # people whom a refusal names
# What an import itself writes; whether it is still as it was, the digest tells.
_OWN = (Membership, Standing, Circumstance, ImportedRow, RosterMatch)


def hanging(roster: RosterImport) -> list[str]:
    """Return in words what refers to people whom the import added, from any app.

    One query for each relation that points at persons, so that an app which is written later is
    asked, too.
    """
    return [
        f"有 {count} 人已经有{relation.related_model._meta.verbose_name}"
        for relation in Person._meta.related_objects
        if relation.related_model not in _OWN and (count := _people_in(relation, roster))
    ]


def _people_in(relation: ForeignObjectRel, roster: RosterImport) -> int:
    name = relation.field.name
    added = ImportedRow.objects.filter(roster=roster, added=True)
    rows = relation.related_model._base_manager.filter(**{f"{name}__in": added.values("person")})
    return int(rows.order_by().values(name).distinct().count())


def take_back(roster: RosterImport) -> Iterator[int]:
    """Undo an import inside the caller's transaction; yields how many people are done.

    Raises:
        Refused: something hangs on who was added, or somebody was changed since.
    """
    reasons = hanging(roster)
    if reasons:
        raise Refused(f"不能整批撤回：{'；'.join(reasons)}。请一个一个改。")
    done = 0
    rows = list(roster.rows.order_by("pk").values_list("person", "added", "before", "after"))
    for part in batched(rows, CHUNK):
        _as_left(part)
        snapshots.put_back(
            {pk: snapshots.unseal(before) for pk, added, before, _ in part if not added}
        )
        _delete([pk for pk, added, _, _ in part if added])
        done += len(part)
        yield done


def _as_left(part: tuple[tuple[int, bool, str, str], ...]) -> None:
    """Refuse where a person is not as the import left it."""
    now = snapshots.take(pk for pk, *_ in part)
    changed = [
        pk for pk, _, _, after in part if pk not in now or snapshots.digest(now[pk]) != after
    ]
    if changed:
        names = Person.objects.filter(pk__in=changed[:NAMED]).values_list("name", flat=True)
        raise Refused(
            f"不能整批撤回：导入以后又改过{'、'.join(names)}"
            f"{'等' if len(changed) > NAMED else ''}的资料。请一个一个改。"
        )


def _delete(pks: list[int]) -> None:
    if not pks:
        return
    homes = Membership.objects.filter(person__in=pks).values_list("organisation", flat=True)
    rolls.follow(bodies=set(homes))
    for model in (Membership, Standing, Circumstance, ImportedRow, RosterMatch):
        model._base_manager.filter(person__in=pks).delete()
    try:
        Person.objects.filter(pk__in=pks).delete()
    except ProtectedError as problem:
        raise Refused("不能整批撤回：有的人已经有了别的记录。请一个一个改。") from problem
