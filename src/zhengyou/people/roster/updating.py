"""Changes the record of somebody known to what a roster's entry says."""

from zhengyou.kernel import identity, paths
from zhengyou.kernel.order import name_sort_key
from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.people import naming
from zhengyou.people.actions.standings import change_standing
from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Leaving,
    Membership,
    Person,
    Post,
)
from zhengyou.people.roster.branches import Body
from zhengyou.people.roster.dated_rows import DatedRows
from zhengyou.people.roster.known import DATES, PLAIN_FIELDS, STATUS_KINDS
from zhengyou.people.roster.matching import Match
from zhengyou.people.roster.rows import Entry

COLUMNS_OF = {
    **{key: (key,) for key in PLAIN_FIELDS},
    "name": ("name", "sort_key"),
    "born": ("born_on", "born_precision"),
    "joined": ("joined_on", "joined_precision"),
    "full": ("full_on", "full_precision"),
    "id_number": ("id_sealed", "id_lookup"),
    "phone": ("phone_sealed", "phone_lookup"),
    "address": ("address_sealed",),
}
"""Columns of a person that a change of the roster's column touches."""


def apply(entry: Entry, person: Person, keys: set[str]) -> None:
    """Set the fields of ``keys`` on a person as the entry says. Does not save."""
    for key in PLAIN_FIELDS:
        if key in keys:
            setattr(person, key, getattr(entry, key) or "")
    if "gender" in keys:
        person.gender = entry.sex or ""
    for key, name in DATES.items():
        if key in keys:
            setattr(person, name, entry.birth if key == "born" else getattr(entry, key))
    if "id_number" in keys:
        person.id_sealed = identity.seal(entry.id_number) if entry.id_number else ""
        person.id_lookup = entry.id_lookup
    if "phone" in keys:
        person.phone_sealed = identity.seal(entry.phone) if entry.phone else ""
        person.phone_lookup = entry.phone_lookup
    if "address" in keys:
        person.write_address(entry.address)
    if "name" in keys:
        person.sort_key = name_sort_key(person.name)


def update_fields(matches: list[Match]) -> None:
    """Write the changed fields of many persons; those of a chunk are written together."""
    columns: set[str] = set()
    for match in matches:
        keys = {change.key for change in match.changes}
        apply(match.entry, match.known.person, keys)
        columns.update(column for key in keys for column in COLUMNS_OF.get(key, ()))
    if columns:
        persons = [match.known.person for match in matches]
        Person.objects.bulk_update(persons, sorted(columns), batch_size=100)
    if columns & {"name", "work"}:
        naming.changed(persons=[person.pk for person in persons])


def update_dated_rows(match: Match, rows: DatedRows) -> None:
    """Write what changed of standing, circumstances and memberships."""
    keys = {change.key for change in match.changes}
    if "standing" in keys:
        _change_standing(match, rows)
    if "status" in keys:
        _change_status(match, rows)
    if keys & {"lost", "lost_on"}:
        _change_lost(match, rows, keys)
    if keys & {"mobile", "destination"}:
        _change_mobile(match, rows, keys)
    if match.moves:
        _move(match, rows)


def _change_standing(match: Match, rows: DatedRows) -> None:
    """What the roster says holds today, so it must not begin before what holds so far."""
    entry, held = match.entry, match.known.standing
    assert entry.standing is not None
    since = rows.standing_since(entry)
    if held is not None and held.since > since.date:
        since = PartialDate(max(rows.since, held.since))
    change_standing(match.known.person, entry.standing, since)


def _change_status(match: Match, rows: DatedRows) -> None:
    for kind in STATUS_KINDS:
        _end(match.known.circumstances.get(kind), rows)
    if isinstance(match.entry.status, CircumstanceKind):
        rows.circumstance(match.known.person.pk, match.entry.status).save()


def _change_lost(match: Match, rows: DatedRows, keys: set[str]) -> None:
    entry, held = match.entry, match.known.circumstances.get(CircumstanceKind.LOST)
    if "lost" in keys and entry.lost:
        kind = CircumstanceKind.LOST
        rows.circumstance(match.known.person.pk, kind, entry.lost_on).save()
    elif "lost" in keys:
        _end(held, rows)
    elif held is not None:
        held.known_since = entry.lost_on
        held.save(update_fields=["since", "since_precision"])


def _change_mobile(match: Match, rows: DatedRows, keys: set[str]) -> None:
    entry, held = match.entry, match.known.circumstances.get(CircumstanceKind.MOBILE)
    if "mobile" in keys and entry.mobile:
        kind = CircumstanceKind.MOBILE
        rows.circumstance(match.known.person.pk, kind, detail=entry.destination).save()
    elif "mobile" in keys:
        _end(held, rows)
    elif held is not None:
        held.detail = entry.destination
        held.save(update_fields=["detail"])


def _end(row: Circumstance | None, rows: DatedRows) -> None:
    if row is not None:
        row.until = max(rows.since, row.since)
        row.save(update_fields=["until"])


def _move(match: Match, rows: DatedRows) -> None:
    """Change memberships; posts held where somebody leaves end with them, as in a transfer."""
    entry, known = match.entry, match.known
    target = rows.branches.by_pk[entry.branch_pk]
    held = {row.organisation_id for row in known.homes}
    for row in known.homes:
        if _leaves(row, target, match):
            _leave(row, rows)
    for row in rows.memberships(known.person.pk, entry):
        if row.organisation_id not in held:
            row.save()


def _leaves(row: Membership, target: Body, match: Match) -> bool:
    """Tell whether a membership ends: in another branch, its groups, or the group left."""
    here, group = row.organisation, match.entry.group_pk
    if here.pk == target.pk:
        return False
    if paths.is_within(here.path, target.path):
        return bool(group) and here.pk != group
    above = paths.is_within(target.path, here.path)
    return not above or (match.source is not None and match.source.pk == here.pk)


def _leave(row: Membership, rows: DatedRows) -> None:
    row.until, row.left_because = max(rows.since, row.since), Leaving.MOVED
    row.save(update_fields=["until", "left_because"])
    posts = Post.objects.filter(person=row.person_id, organisation=row.organisation_id)
    posts.end(row.until)
