"""Writes the roll to a workbook, in the columns that the import reads."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import batched
from pathlib import Path

from zhengyou.kernel import identity, paths
from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.people.models import (
    CircumstanceKind,
    Family,
    Gender,
    Kind,
    Membership,
    Organisation,
    Person,
    StandingKind,
)
from zhengyou.people.roster.branches import Branches
from zhengyou.people.roster.columns import COLUMNS
from zhengyou.people.roster.known import Known, load
from zhengyou.people.roster.sheets import Page, workbook

CHUNK = 500
HIDDEN = "（已隐去）"


def write_roll(path: Path, body: Organisation, day: date, *, full: bool) -> int:
    """Write the roll of a body, and of what is below it, to a workbook; return how many people.

    Args:
        full: with ID number, phone and address in full; else masked.
    """
    pks = roll_of(body, day)
    branches = Branches(body)
    with workbook(path) as book:
        page = Page(book, "花名册")
        page.line(f"{body.name}党员花名册", book.add_format({"bold": True, "font_size": 14}))
        note = "号码和住址是全的，请妥善保管。" if full else "身份证号、手机号码、住址已隐去。"
        page.line(f"{day.year}年{day.month}月{day.day}日导出，共 {len(pks)} 人。{note}", None)
        page.header(COLUMNS)
        for person in _people(pks, day):
            page.row(_cells(person, branches, full=full))
    return len(pks)


def roll_of(body: Organisation, day: date) -> list[int]:
    """Return the primary keys of those who belong to a party body at or below ``body``."""
    rows = Membership.objects.on(day).filter(
        paths.within("organisation__path", body.path), organisation__family=Family.PARTY
    )
    persons = Person.objects.filter(pk__in=rows.values("person")).order_by("sort_key", "pk")
    return list(persons.values_list("pk", flat=True))


def _people(pks: Sequence[int], day: date) -> Iterator[Known]:
    for part in batched(pks, CHUNK):
        known = load(Person.objects.filter(pk__in=part), day)
        yield from (known[pk] for pk in part if pk in known)


def _cells(known: Known, branches: Branches, *, full: bool) -> list[str]:
    person, home = known.person, known.branch
    here = branches.by_pk.get(home.organisation_id) if home else None
    group = next((row for row in known.homes if row.organisation.kind == Kind.PARTY_GROUP), None)
    lost = known.circumstances.get(CircumstanceKind.LOST)
    mobile = known.circumstances.get(CircumstanceKind.MOBILE)
    sealed = _sealed(known) if full else _masked(known)
    values = {
        "name": person.name,
        "id_number": sealed[0],
        "gender": Gender(person.gender).label if person.gender else "",
        "ethnicity": person.ethnicity,
        "born": _dotted(person.born),
        "education": person.education,
        "standing": StandingKind(known.standing.kind).label if known.standing else "",
        "branch": branches.full_name(here) if here else home.organisation.name if home else "",
        "group": group.organisation.name if group else "",
        "joined": _dotted(person.joined),
        "full": _dotted(person.became_full),
        "work": person.work,
        "phone": sealed[1],
        "landline": person.landline,
        "address": sealed[2],
        "status": known.status,
        "lost": "是" if lost else "否",
        "lost_on": _dotted(lost.known_since) if lost else "",
        "mobile": "是" if mobile else "否",
        "destination": mobile.detail if mobile else "",
    }
    return [values[column.key] for column in COLUMNS]


def _sealed(known: Known) -> tuple[str, str, str]:
    return known.id_number, known.phone, known.address


def _masked(known: Known) -> tuple[str, str, str]:
    return (
        identity.mask_id(known.id_number),
        identity.mask_phone(known.phone),
        HIDDEN if known.person.address_sealed else "",
    )


def _dotted(known: PartialDate | None) -> str:
    return known.iso.replace("-", ".") if known else ""
