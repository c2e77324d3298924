"""What everybody may see of inspections that are drawn: list, seed, result, script."""

from dataclasses import dataclass
from pathlib import Path

from django.core.paginator import Page, Paginator

from zhengyou.inspections import drawing
from zhengyou.inspections.models import (
    Annulment,
    Draw,
    Inspection,
    InspectionState,
    Method,
    Visit,
    VisitState,
)
from zhengyou.inspections.queries.inspections import BADGES

PER_PAGE = 30
SCRIPT = Path(__file__).parents[1] / "handout" / "draw_again.py"
"""The script that repeats a draw; its text is handed out as it is."""


@dataclass(frozen=True, slots=True)
class PublicLine:
    """An inspection as a row of the public list."""

    inspection: Inspection
    badge: str
    state: str


def public_list(number: str) -> tuple[Page[Inspection], list[PublicLine]]:
    """Return a page of the inspections that everybody sees: none is left out, annulled ones
    least of all. Two queries."""
    rows = Inspection.objects.exclude(state=InspectionState.DRAFT)
    page = Paginator(
        rows.select_related("organisation", "scope").order_by("-starts_on", "-pk"), PER_PAGE
    ).get_page(number)
    lines = [
        PublicLine(row, BADGES[InspectionState(row.state)],
                   str(InspectionState(row.state).label))
        for row in page
    ]  # fmt: skip
    return page, lines


@dataclass(frozen=True, slots=True)
class Place:
    """One body of a stratum: its number, its place in the order drawn, what became of it."""

    number: int
    name: str
    place: int | None
    drawn: bool
    words: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A stratum with its bodies, in the order drawn once they are drawn."""

    label: str
    quota: int
    places: list[Place]


@dataclass(slots=True)
class DrawPage:
    """What the public page of an inspection shows.

    Args:
        seed: the numbers in words, as they are given to the script.
        named: of an inspection whose bodies were named, the visits with their reason.
        sound: whether list and digest still go together.
    """

    inspection: Inspection
    draw: Draw | None
    layers: list[Layer]
    annulment: Annulment | None
    named: list[Visit]
    seed: str = ""
    sound: bool = True
    dice: bool = False

    @property
    def size(self) -> int:
        """How many bodies the list has."""
        return sum(len(layer.places) for layer in self.layers)

    @property
    def wanted(self) -> int:
        """How many are drawn."""
        return sum(layer.quota for layer in self.layers)


def draw_page(inspection: Inspection) -> DrawPage:
    """Return the page. Nothing on it names a person."""
    annulment = Annulment.objects.filter(inspection=inspection).first()
    draw = Draw.objects.filter(inspection=inspection).first()
    visits = list(inspection.visits.select_related("organisation", "replaced__organisation"))
    if draw is None:
        return DrawPage(inspection, None, [], annulment, visits)
    page = DrawPage(inspection, draw, _layers(draw, visits), annulment, [])
    page.seed = " ".join(str(number) for number in draw.seed or ())
    page.sound = drawing.digest_of(draw.text) == draw.digest
    page.dice = draw.method == Method.DICE
    return page


def _layers(draw: Draw, visits: list[Visit]) -> list[Layer]:
    frozen = drawing.read(draw.text)
    fate = {visit.candidate_id: visit for visit in visits}
    rows: dict[int, list[Place]] = {}
    for row in draw.candidates.order_by("stratum", "place", "number"):
        visit = fate.get(row.pk)
        place = Place(row.number, row.name, row.place, visit is not None, _words(visit, row.place))
        rows.setdefault(row.stratum, []).append(place)
    return [Layer(layer.label, layer.quota, rows.get(layer.number, [])) for layer in frozen.layers]


def _words(visit: Visit | None, place: int | None) -> str:
    if visit is None:
        return "备选" if place else ""
    if visit.state == VisitState.REPLACED:
        new = getattr(visit, "replaced", None)
        said = f"换成{new.organisation.name}" if new else "没有备选了"
        return f"{visit.get_how_display()}，已换下：{visit.reason.rstrip('。')}，{said}"
    return str(visit.get_how_display())
