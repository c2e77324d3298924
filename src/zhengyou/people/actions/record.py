"""What a person's record says: corrected, shown in full, or taken up again by ID number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengyou.kernel import identity
from zhengyou.kernel.order import name_sort_key
from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.kernel.texts import tidy_name
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import naming, rules
from zhengyou.people.actions.people import enrol
from zhengyou.people.actor import Actor
from zhengyou.people.models import Membership, Organisation, Person, StandingKind

PLAIN = ("gender", "ethnicity", "education", "work", "landline")
DATES = ("born", "joined", "became_full")
SEALED = {
    "id_number": Person.write_id_number,
    "phone": Person.write_phone,
    "address": Person.write_address,
}
TAKEN = "这个公民身份号码已经登记在册。请核对号码；调来的人请用“转组织关系”。"


def fill(person: Person, changes: Mapping[str, Any]) -> list[str]:
    """Write ``changes`` into an unsaved or read person; return which fields changed. No save.

    Args:
        changes: ``name``, the fields of :data:`PLAIN` (texts), of :data:`DATES`
            (``PartialDate`` or None) and of :data:`SEALED` (plain numbers, checked by the form).
    """
    changed = []
    if "name" in changes and tidy_name(changes["name"]) != person.name:
        person.name = tidy_name(changes["name"])
        person.sort_key = name_sort_key(person.name)
        changed.append("name")
    for field in (*PLAIN, *DATES):
        if field in changes and getattr(person, field) != changes[field]:
            setattr(person, field, changes[field])
            changed.append(field)
    for field, write in SEALED.items():
        if field in changes and changes[field] != opened(person)[field]:
            write(person, changes[field])
            changed.append(field)
    return changed


def opened(person: Person) -> dict[str, str]:
    """Return the sealed fields in full. Only verbs may ask: looking is a fact."""
    tokens = {
        "id_number": person.id_sealed,
        "phone": person.phone_sealed,
        "address": person.address_sealed,
    }
    return {field: identity.unseal(token) if token else "" for field, token in tokens.items()}


def amend(actor: Actor, person: Person, changes: Mapping[str, Any]) -> list[str]:
    """Correct a person's record; the ledger keeps which fields, not what stood there.

    Returns:
        The fields that changed; nothing is written where none did.

    Raises:
        Refused: no right, or the ID number is somebody else's.
    """
    with book.writing() as facts:
        row = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        rules.may_amend(actor, row.bodies()).require()
        changed = fill(row, changes)
        if "id_number" in changed and row.id_lookup:
            same = Person.objects.filter(id_lookup=row.id_lookup).exclude(pk=row.pk)
            if same.exists():
                raise Refused(TAKEN)
        if changed:
            row.save()
            if {"name", "work"} & set(changed):
                naming.changed(persons=[row.pk])
            facts.record(
                "person.amend",
                by=actor,
                about=row.ref,
                data={"fields": changed},
                names={"name": row.name},
            )
    person.refresh_from_db()
    return changed


@dataclass(frozen=True, slots=True)
class Numbers:
    """A person's numbers in full."""

    id_number: str
    phone: str
    address: str


def reveal_numbers(actor: Actor, person: Person) -> Numbers:
    """Show ID number, phone and address in full. That somebody looked is a fact.

    Raises:
        Refused: neither the person nor who keeps a roll with this person on it.
    """
    with book.writing() as facts:
        rules.may_see_full_numbers(actor, person, person.bodies()).require()
        facts.record("person.view_numbers", by=actor, about=person.ref)
        return Numbers(**opened(person))


def admit(
    actor: Actor,
    draft: Person,
    body: Organisation,
    *,
    standing: StandingKind,
    since: date,
    standing_since: PartialDate | None = None,
) -> Membership:
    """Enrol who is typed in anew; who is known by the ID number and belongs nowhere is taken up.

    So somebody who comes back keeps the old history. The name must agree, so that a mistyped
    number does not enrol a stranger.

    Raises:
        Refused: no right, or the number is that of somebody with another name or on another roll.
    """
    known = Person.objects.filter(id_lookup=draft.id_lookup).first() if draft.id_lookup else None
    if known is None:
        return enrol(
            actor, draft, body, standing=standing, since=since, standing_since=standing_since
        )
    elsewhere = Membership.objects.overlapping(since, None).filter(person=known).exists()
    if known.name != tidy_name(draft.name) or elsewhere:
        raise Refused(TAKEN)
    has_standing = known.standings.on(since).filter(kind=standing).exists()
    return enrol(
        actor,
        known,
        body,
        standing=None if has_standing else standing,
        since=since,
        standing_since=standing_since,
    )
