"""Read models of resources: of a body in full, above it as numbers."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation
from zhengyou.ui.text import long_date, number
from zhengyou.work.models import Resource, ResourceMove, ResourceOffer, Way

NOTHING = Decimal(0)
_STANDS = Q(moves__struck_at=None)


def _sums() -> dict[str, Sum]:
    """How much came, was used, and was used at the front line."""
    used = _STANDS & Q(moves__way=Way.OUT)
    return {
        "came": Sum("moves__amount", filter=_STANDS & Q(moves__way=Way.IN)),
        "used": Sum("moves__amount", filter=used),
        "front": Sum("moves__amount", filter=used & Q(moves__front_line=True)),
    }


@dataclass(frozen=True, slots=True)
class Sums:
    """Planned, there, used, at the front line."""

    planned: Decimal
    came: Decimal
    used: Decimal
    front: Decimal

    @classmethod
    def of(cls, row: Any) -> "Sums":
        """Read them off an annotated row, or a dict of ``values``."""
        get = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
        planned, came, used, front = (
            get(name) or NOTHING for name in ("planned", "came", "used", "front")
        )
        return cls(planned, came, used, front)

    @property
    def share(self) -> str:
        """The share of the front line in what was used, in per cent; empty where nothing was."""
        return f"{100 * self.front / self.used:.1f}" if self.used else ""

    @property
    def is_there(self) -> bool:
        """Whether all that was promised has come."""
        return self.came >= self.planned


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """A resource of a body with its sums and, for conditions, whether it is there."""

    resource: Resource
    sums: Sums
    state: tuple[str, str]

    @property
    def why(self) -> str:
        """Planned, there, used, at the front line, and by when."""
        row, sums = self.resource, self.sums
        parts = [f"{row.get_kind_display()}，计划 {number(sums.planned)} {row.unit}"]
        parts.append(f"到位 {number(sums.came)}")
        if sums.used:
            parts.append(f"用了 {number(sums.used)}，一线占 {sums.share}%")
        if row.due_on:
            parts.append(f"{long_date(row.due_on)}以前到位")
        return "，".join(parts)


@dataclass(slots=True)
class ResourcesPage:
    """What a body planned, got and used; its conditions; what the campaign asks it to list."""

    planned: list[ResourceLine] = field(default_factory=list)
    conditions: list[ResourceLine] = field(default_factory=list)
    offers: list[ResourceOffer] = field(default_factory=list)

    @property
    def there(self) -> int:
        """How many conditions are there."""
        return sum(line.sums.is_there for line in self.conditions)


def resources_page(campaign: Campaign, body: Organisation) -> ResourcesPage:
    """Return the resources of ``body`` in ``campaign``. Two queries."""
    page = ResourcesPage()
    rows = Resource.objects.filter(campaign=campaign, organisation=body)
    taken: set[int] = set()
    for row in rows.annotate(**_sums()).order_by("kind", "title", "pk"):
        if row.offer_id is not None:
            taken.add(row.offer_id)
        line = line_of(row, clock.today())
        (page.conditions if row.guaranteed else page.planned).append(line)
    offers = ResourceOffer.objects.filter(campaign=campaign).exclude(pk__in=taken)
    page.offers = [row for row in offers if body.kind in row.kinds]
    return page


def line_of(resource: Resource, day: date) -> ResourceLine:
    """Return an annotated resource with its state on ``day``."""
    sums = Sums.of(resource)
    if sums.is_there:
        return ResourceLine(resource, sums, ("done", "到位了"))
    if resource.due_on and resource.due_on < day:
        return ResourceLine(resource, sums, ("late", "没按时到位"))
    return ResourceLine(resource, sums, ("doing" if sums.came else "todo", "还没到齐"))


def one(resource: Resource) -> ResourceLine:
    """Return one resource with its sums."""
    row = Resource.objects.annotate(**_sums()).select_related("organisation", "campaign")
    return line_of(row.get(pk=resource.pk), clock.today())


def moves_of(resource: Resource) -> list[ResourceMove]:
    """Return what came and was used, newest first, struck ones too."""
    rows = resource.moves.select_related("by")
    return list(rows.order_by("-on", "-pk"))


@dataclass(frozen=True, slots=True)
class Total:
    """One resource over all bodies below: numbers, nobody who got help."""

    title: str
    kind: str
    unit: str
    bodies: int
    there: int
    sums: Sums


def totals(campaign: Campaign, top: Organisation) -> list[Total]:
    """Return the totals of ``top`` and all below it, by title and unit. One query."""
    rows = (
        Resource.objects.filter(paths.within("organisation__path", top.path), campaign=campaign)
        .annotate(**_sums())
        .order_by("kind", "title", "unit", "organisation__path")
    )
    found: dict[tuple[str, str, str], list[Sums]] = {}
    for row in rows:
        found.setdefault((row.kind, row.title, row.unit), []).append(Sums.of(row))
    return [
        Total(
            title, str(Resource(kind=kind).get_kind_display()), unit, len(sums),
            sum(each.is_there for each in sums), _together(sums),
        )
        for (kind, title, unit), sums in found.items()
    ]  # fmt: skip


def _together(sums: list[Sums]) -> Sums:
    return Sums(
        sum((each.planned for each in sums), NOTHING),
        sum((each.came for each in sums), NOTHING),
        sum((each.used for each in sums), NOTHING),
        sum((each.front for each in sums), NOTHING),
    )
