"""What a body's pledges come to: rows and counts for papers and the list page of a body."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation, Person
from zhengyou.people.queries.tree import within_on
from zhengyou.pledges import subjects, words
from zhengyou.pledges.models import ALIVE, Exemption, ItemKind, Outcome, Pledge, PledgeItem
from zhengyou.pledges.queries import due
from zhengyou.pledges.queries.past import item_states


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a body's pledges, with the name in full: for papers and lists within."""

    uid: UUID
    pledge: UUID
    who: str
    of_person: bool
    body: str
    number: int
    kind: str
    criterion: str
    text: str
    beneficiary: str
    state: str
    state_words: str
    baseline: str
    now: str
    target: str
    due_on: date | None
    share: int | None
    reached: bool
    note_on: date | None
    note: str
    noted_this_period: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of a body's pledges on a day. ``asked`` leaves out who was exempted."""

    day: date
    asked: int
    pledged: int
    exempt: int
    items: int
    by_kind: dict[str, int]
    by_state: dict[str, int]
    public: int
    reached: int
    not_reached: int
    not_noted: int


def item_rows(campaign: Campaign, body: Organisation, day: date | None = None) -> list[ItemRow]:
    """Return the items of ``body`` and all below it on ``day``: bodies first, then by pinyin.

    Args:
        day: today if left out. Of a past day the items that were there then, as they stood, with
            the notes of today; "this period" is that of the day, by each rule's cadence.
    """
    day = day or clock.today()
    items = PledgeItem.objects.filter(
        within_on(day, body, "pledge__organisation"),
        pledge__campaign=campaign,
        pledge__made_on__lte=day,
    )
    past = item_states(items, day) if day < clock.today() else None
    items = items.select_related(
        "pledge__rule", "pledge__person", "pledge__organisation", "criterion", "latest"
    ).order_by("pledge__organisation__path", "pledge__person__sort_key", "pledge_id", "number")
    found = [item for item in map(partial(_as_then, past), items) if item.state in ALIVE]
    rows = [_row(item, day, campaign) for item in found]
    return sorted(rows, key=lambda row: row.of_person)


def _as_then(past: dict[UUID, ClimbState] | None, item: PledgeItem) -> PledgeItem:
    """Put an item back to where it stood on a past day; what was not there counts as withdrawn."""
    if past is not None:
        item.state = past.get(item.uid, ClimbState.WITHDRAWN)
    return item


def counts(campaign: Campaign, body: Organisation, day: date | None = None) -> Counts:
    """Return the numbers of ``body`` and all below it; who is asked is counted in ``body`` alone.

    Args:
        day: as in :func:`item_rows`.
    """
    day = day or clock.today()
    rows = item_rows(campaign, body, day)
    public = [row for row in rows if row.state == ClimbState.PUBLISHED]
    asked = subjects.asked(campaign, body, day)
    let_off = Exemption.objects.on(day).filter(campaign=campaign, person=OuterRef("pk"))
    made = Pledge.objects.filter(campaign=campaign, person=OuterRef("pk"), made_on__lte=day)
    reached = sum(row.reached for row in public)
    return Counts(
        day=day,
        asked=asked.exclude(Exists(let_off)).count(),
        pledged=asked.filter(Exists(made)).count(),
        exempt=asked.filter(Exists(let_off)).count(),
        items=len(rows),
        by_kind=dict.fromkeys(ItemKind.values, 0) | Counter(row.kind for row in rows),
        by_state=dict.fromkeys(ALIVE, 0) | Counter(row.state for row in rows),
        public=len(public),
        reached=reached,
        not_reached=len(public) - reached,
        not_noted=sum(not row.noted_this_period and not row.reached for row in public),
    )


def _row(item: PledgeItem, day: date, campaign: Campaign) -> ItemRow:
    pledge, note = item.pledge, item.latest
    period = pledge.rule.period(campaign, day)
    return ItemRow(
        uid=item.uid,
        pledge=pledge.uid,
        who=pledge.name,
        of_person=pledge.of_person,
        body=pledge.organisation.name,
        number=item.number,
        kind=item.kind,
        criterion=item.criterion.title if item.criterion else "",
        text=item.text,
        beneficiary=item.beneficiary,
        state=item.state,
        state_words=words.state(item)[1],
        baseline=words.amount(item.baseline, item.unit),
        now=words.amount(item.now_value, item.unit),
        target=words.amount(item.target, item.unit),
        due_on=item.due_on,
        share=item.share,
        reached=item.reached,
        note_on=note.noted_on if note else None,
        note=words.note_text(note, item.unit) if note else "",
        noted_this_period=bool(note and period and note.noted_on >= period.start),
    )


# --- the list of one body -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PledgeRow:
    """One pledge in the list of its body: who, in one word where it stands, and the next step."""

    uid: UUID
    who: str
    role: str
    state: tuple[str, str]
    why: str
    url: str
    public: int = 0


@dataclass(frozen=True, slots=True)
class MissingRow:
    """Somebody without a pledge."""

    person: Person
    work: str


@dataclass(frozen=True, slots=True)
class BodyPage:
    """The list page of a body on a day.

    Args:
        pledges: those made in this body by then; who has left since stands here all the same.
        brought: of people on the roll, those made in another body before they came.
        asked: how many on the roll are asked, without who was exempted; made: how many of them
            had begun a pledge by then, here or elsewhere.
        late: whose progress of this period is not noted yet, of a pledge made here; of a past day
            that is not asked. From above one sees how many.
    """

    day: date
    pledges: list[PledgeRow]
    brought: list[PledgeRow]
    missing: list[MissingRow]
    exempt: list[Exemption]
    own: PledgeRow | None
    asked: int
    made: int
    late: list[PledgeRow]

    @property
    def printable(self) -> bool:
        """Whether there is a letter to print."""
        rows = [*self.pledges, *([self.own] if self.own else [])]
        return any(row.public for row in rows)


def body_page(campaign: Campaign, body: Organisation, day: date | None = None) -> BodyPage:
    """Return the pledges made in ``body`` and who had none on ``day`` (default today).

    Six queries; of a past day, as the ledger tells it, three more.
    """
    day = day or clock.today()
    roll = list(subjects.asked(campaign, body, day))
    ours = Q(organisation=body) | Q(person__in=[one.pk for one in roll])
    rows = _rows_on(day, Pledge.objects.filter(ours, campaign=campaign, made_on__lte=day))
    exempt = list(
        Exemption.objects.on(day)
        .filter(campaign=campaign, person__in=subjects.on_roll(campaign, body, day).values("pk"))
        .select_related("person")
        .order_by("person__sort_key")
    )
    made, let_off = ({row.person_id for row in each} for each in (rows, exempt))
    asked = [one for one in roll if one.pk not in let_off]
    here = {pledge: row for pledge, row in rows.items() if pledge.organisation_id == body.pk}
    return BodyPage(
        day=day,
        pledges=[row for pledge, row in here.items() if pledge.of_person],
        brought=[
            replace(row, why=f"在{pledge.organisation.name}写的，{row.why}")
            for pledge, row in rows.items()
            if pledge not in here
        ],
        missing=[MissingRow(one, one.work) for one in asked if one.pk not in made],
        exempt=exempt,
        own=next((row for pledge, row in here.items() if not pledge.of_person), None),
        asked=len(asked),
        made=sum(one.pk in made for one in asked),
        late=_late(campaign, here) if day == clock.today() else [],
    )


def _late(campaign: Campaign, pledges: Iterable[Pledge]) -> list[PledgeRow]:
    """Return of which pledges progress is due and not noted, and of which items."""
    prefetch_related_objects([campaign], "phases")
    found = []
    for pledge in pledges:
        pledge.campaign = campaign
        missing = due.notes_due(pledge)
        if missing:
            found.append(_late_row(pledge, missing))
    return found


def _late_row(pledge: Pledge, missing: list[PledgeItem]) -> PledgeRow:
    over = due.overdue(pledge)
    return PledgeRow(
        uid=pledge.uid,
        who=pledge.name,
        role="",
        state=("late", "上期没写") if over else ("todo", "还没写"),
        why=f"第 {due.numbers(missing)} 条",
        url=reverse("pledges:pledge", args=[pledge.uid]),
    )


def _rows_on(day: date, pledges: QuerySet[Pledge]) -> dict[Pledge, PledgeRow]:
    """Return the rows of pledges, with their items as they stood on ``day``."""
    items = PledgeItem.objects.select_related("latest")
    past = None
    if day < clock.today():
        past = item_states(PledgeItem.objects.filter(pledge__in=pledges.values("pk")), day)
    else:
        items = items.filter(state__in=ALIVE)
    found = (
        pledges.select_related("person", "organisation", "rule")
        .prefetch_related(Prefetch("items", items))
        .order_by("person__sort_key", "pk")
    )
    return {pledge: pledge_row(pledge, past) for pledge in found}


def pledge_row(pledge: Pledge, past: dict[UUID, ClimbState] | None = None) -> PledgeRow:
    """Return the row of a pledge whose items were fetched; ``past``: their states of a past day."""
    items = [item for item in map(partial(_as_then, past), pledge.items.all()) if item.alive]
    mark = "，代录" if pledge.entered_by_id else ""
    return PledgeRow(
        uid=pledge.uid,
        who=pledge.name,
        role=pledge.person.work if pledge.person else "本组织的承诺",
        state=overall(items),
        why=_split_up(items) + mark,
        url=reverse("pledges:pledge", args=[pledge.uid]),
        public=sum(item.state == ClimbState.PUBLISHED for item in items),
    )


def overall(items: list[PledgeItem]) -> tuple[str, str]:
    """Return in one word where a pledge stands: what somebody has to do comes first."""
    states: Counter[str] = Counter(item.state for item in items if not item.announced)
    for wanted in (ClimbState.SUBMITTED, ClimbState.RETURNED):
        if states[wanted]:
            kind, label = words.state(next(item for item in items if item.state == wanted))
            return kind, f"{label} {states[wanted]} 条"
    out = [item for item in items if item.announced]
    if out:
        kind, label = words.state(out[0])
        return kind, f"{label}，{len(out)} 条"
    if not states[ClimbState.PUBLISHED]:
        return "todo", "起草中"
    public = [item for item in items if item.state == ClimbState.PUBLISHED]
    asked = sum(bool(item.claimed and not item.outcome) for item in public)
    if asked:
        return "wait", f"等确认 {asked} 条"
    if all(item.outcome for item in public):
        kept = all(item.outcome == Outcome.FULFILLED for item in public)
        return ("done", "都兑现了") if kept else ("doing", "都确认了")
    done = all(item.reached or item.outcome for item in public)
    return ("done", words.REACHED) if done else ("doing", words.DOING)


def _split_up(items: list[PledgeItem]) -> str:
    public = [item for item in items if item.state == ClimbState.PUBLISHED]
    said = [f"{len(items)} 条"]
    if public:
        said.append(f"公开 {len(public)} 条")
        said.append(f"已到目标 {sum(item.reached for item in public)} 条")
    return "，".join(said)
