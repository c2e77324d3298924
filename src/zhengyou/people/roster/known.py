"""People who are known already: read by the chunk, compared with what a roster says of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from zhengyou.kernel import identity
from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Family,
    Gender,
    Kind,
    Membership,
    Organisation,
    Person,
    Standing,
    StandingKind,
)
from zhengyou.people.roster.columns import BY_KEY
from zhengyou.people.roster.rows import Entry

STATUS_KINDS = (CircumstanceKind.LEFT, CircumstanceKind.SUSPENDED, CircumstanceKind.OBSERVED)
NORMAL = "正常"
PLAIN_FIELDS = ("name", "gender", "ethnicity", "education", "work", "landline")
DATES = {"born": "born", "joined": "joined", "full": "became_full"}


@dataclass(slots=True)
class Known:
    """A person with the dated rows that hold on the day of the import.

    Args:
        homes: memberships in party bodies.
        left: for who has none, the party bodies of earlier ones.
    """

    person: Person
    homes: list[Membership] = field(default_factory=list)
    left: list[Organisation] = field(default_factory=list)
    standing: Standing | None = None
    circumstances: dict[str, Circumstance] = field(default_factory=dict)

    @property
    def branch(self) -> Membership | None:
        """The membership in a branch; where there is none, in the deepest body that is no group."""
        bodies = [row for row in self.homes if not _is_group(row)]
        branches = [row for row in bodies if row.organisation.kind == Kind.BRANCH]
        return next(reversed(branches or bodies), None)

    def group_in(self, path: str) -> Membership | None:
        """Return the membership in a group of the branch at ``path``."""
        return next(
            (
                row
                for row in self.homes
                if _is_group(row) and row.organisation.path.startswith(path)
            ),
            None,
        )

    @property
    def id_number(self) -> str:
        """The number in full."""
        return identity.unseal(self.person.id_sealed) if self.person.id_sealed else ""

    @property
    def phone(self) -> str:
        """The number in full."""
        return identity.unseal(self.person.phone_sealed) if self.person.phone_sealed else ""

    @property
    def address(self) -> str:
        """The address in full."""
        return identity.unseal(self.person.address_sealed) if self.person.address_sealed else ""

    @property
    def status(self) -> str:
        """党籍状态 in words."""
        held = (kind.label for kind in STATUS_KINDS if kind in self.circumstances)
        return next(held, NORMAL)


def _is_group(row: Membership) -> bool:
    return row.organisation.kind == Kind.PARTY_GROUP


def load(people: Iterable[Person], day: date) -> dict[int, Known]:
    """Return persons with the rows that hold on ``day``; a membership to come counts, too.

    Four queries.
    """
    known = {person.pk: Known(person) for person in people}
    if not known:
        return known
    homes = Membership.objects.overlapping(day, None).filter(
        person__in=list(known), organisation__family=Family.PARTY
    )
    for row in homes.select_related("organisation").order_by("organisation__path"):
        known[row.person_id].homes.append(row)
    homeless = [pk for pk, one in known.items() if not one.homes]
    earlier = Membership.objects.filter(
        person__in=homeless, organisation__family=Family.PARTY
    ).select_related("organisation")
    for row in earlier:
        known[row.person_id].left.append(row.organisation)
    for standing in Standing.objects.on(day).filter(person__in=list(known)):
        known[standing.person_id].standing = standing
    for circumstance in Circumstance.objects.on(day).filter(person__in=list(known)):
        known[circumstance.person_id].circumstances[circumstance.kind] = circumstance
    return known


def candidates(entries: list[Entry]) -> list[Person]:
    """Return everybody whom one of the entries may mean; one query."""
    ids = {entry.id_lookup for entry in entries if entry.id_lookup}
    alike = Q(pk__in=[])
    for told, without_number in ((True, Q(id_lookup="")), (False, Q())):
        # Whom two different ID numbers tell apart need not be looked at: names repeat a lot.
        some = [entry for entry in entries if bool(entry.id_lookup) == told]
        phones = {entry.phone_lookup for entry in some if entry.phone_lookup}
        names = {entry.name for entry in some if entry.name}
        if some:
            alike |= without_number & (Q(phone_lookup__among=phones) | Q(name__among=names))
    return list(Person.objects.filter(Q(id_lookup__among=ids) | alike))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an update would alter; values as a page may show them."""

    key: str
    before: str
    after: str

    @property
    def title(self) -> str:
        """The column it stands in."""
        return BY_KEY[self.key].title

    def as_list(self) -> list[str]:
        """Return it as a preview keeps it: column, before, after."""
        return [self.title, self.before, self.after]


def changes(entry: Entry, known: Known) -> Iterator[Change]:
    """Yield what the entry says otherwise than is known. Empty cells say nothing."""
    yield from _plain_changes(entry, known)
    yield from _date_changes(entry, known)
    yield from _sealed_changes(entry, known)
    standing = known.standing.kind if known.standing else ""
    if entry.standing and entry.standing != standing:
        before = StandingKind(standing).label if standing else ""
        yield Change("standing", before, entry.standing.label)
    yield from _circumstance_changes(entry, known)


def _plain_changes(entry: Entry, known: Known) -> Iterator[Change]:
    for key in PLAIN_FIELDS:
        said, before = getattr(entry, key), getattr(known.person, key)
        if said and said != before:
            if key == "gender":
                before, said = Gender(before).label if before else "", Gender(said).label
            yield Change(key, before, said)


def _date_changes(entry: Entry, known: Known) -> Iterator[Change]:
    """A date that is only less precise than the one known is no news."""
    for key, field_name in DATES.items():
        said: PartialDate | None = getattr(entry, key)
        before: PartialDate | None = getattr(known.person, field_name)
        if said is not None and not (before is not None and covers(said, before)):
            yield Change(key, str(before or ""), str(said))


def covers(said: PartialDate, known: PartialDate) -> bool:
    """Tell whether all that ``known`` may be lies within what ``said`` may be."""
    return said.date <= known.date and known.latest <= said.latest


def _sealed_changes(entry: Entry, known: Known) -> Iterator[Change]:
    person = known.person
    if entry.id_number and entry.id_lookup != person.id_lookup:
        masked = identity.mask_id(entry.id_number)
        yield Change("id_number", person.masked_id_number, masked)
    if entry.phone and entry.phone_lookup != person.phone_lookup:
        yield Change("phone", person.masked_phone, identity.mask_phone(entry.phone))
    if entry.address and entry.address != known.address:
        yield Change("address", "（原住址）" if person.address_sealed else "", "（新住址）")


def _circumstance_changes(entry: Entry, known: Known) -> Iterator[Change]:
    held = known.circumstances
    if entry.status is not None:
        said = CircumstanceKind(entry.status).label if entry.status != "normal" else NORMAL
        if said != known.status:
            yield Change("status", known.status, said)
    lost, mobile = held.get(CircumstanceKind.LOST), held.get(CircumstanceKind.MOBILE)
    if entry.lost is not None and entry.lost != bool(lost):
        yield Change("lost", _yes(lost), _yes(entry.lost))
    elif entry.lost_on and lost:
        since = lost.known_since or PartialDate(lost.since)
        if not covers(entry.lost_on, since):
            yield Change("lost_on", str(since), str(entry.lost_on))
    if entry.mobile is not None and entry.mobile != bool(mobile):
        yield Change("mobile", _yes(mobile), _yes(entry.mobile))
    elif entry.destination and mobile and entry.destination != mobile.detail:
        yield Change("destination", mobile.detail, entry.destination)


def _yes(value: object) -> str:
    return "是" if value else "否"
