"""The pages of what a campaign asks for: all duties, one with its history, what is lifted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Kind, Membership, Organisation, Person, Post
from zhengyou.people.rules import LEADERS
from zhengyou.ui.text import long_date
from zhengyou.work import terms_words
from zhengyou.work.actions.own_cadence import is_left_to
from zhengyou.work.asking import of_terms, still_asked
from zhengyou.work.models import (
    Cadence,
    Duty,
    DutyExemption,
    DutyTerms,
    OwnCadence,
    Whose,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a duty asks for over some days."""

    terms: DutyTerms
    badge: tuple[str, str]
    days: str
    words: str
    more: list[str]


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty with what it asks for, past and to come, the latest first."""

    duty: Duty
    rows: list[Asked]

    @property
    def now(self) -> Asked:
        """What is asked today, or next, or was last."""
        return next((row for row in self.rows if row.badge[0] == "doing"), self.rows[0])

    @property
    def ended(self) -> bool:
        """Whether nothing is asked any more."""
        return still_asked(self.duty, clock.today()) is None


def duties_of(campaign: Campaign) -> list[DutyView]:
    """Return the duties of ``campaign``; those that are ended last. Two queries."""
    found = [view_of(duty, campaign) for duty in _with_terms(campaign.duties.all())]
    return sorted(found, key=lambda view: view.ended)


def duty_of(campaign: Campaign, code: str) -> Duty | None:
    """Return the duty of that code, with its terms."""
    duty = _with_terms(campaign.duties.filter(code=code)).first()
    if duty is not None:
        duty.campaign = campaign
    return duty


def _with_terms(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    terms = DutyTerms.objects.select_related("group", "phase")
    return rows.prefetch_related(Prefetch("terms", terms))


def view_of(duty: Duty, campaign: Campaign) -> DutyView:
    """Return one duty. No query where its terms were fetched."""
    held = [row for row in duty.terms.all() if row.until is None or row.until > row.since]
    held = held or list(duty.terms.all())[-1:]
    rows = [_asked(duty, terms, campaign) for terms in reversed(held)]
    return DutyView(duty, rows)


def _asked(duty: Duty, terms: DutyTerms, campaign: Campaign) -> Asked:
    terms.duty = duty
    data = of_terms(terms)
    group = terms.group.title if terms.group else ""
    lines = terms_words.whole(data).splitlines()[2:]
    if terms.due_on:
        lines.insert(0, f"到期：{long_date(terms.due_on)}")
    if terms.phase:
        lines.insert(0, f"阶段：{terms.phase.title}")
    return Asked(
        terms, _badge(terms), _days(terms), f"{terms_words.sentence(data, group)}。", lines
    )


def _badge(terms: DutyTerms) -> tuple[str, str]:
    today = clock.today()
    if terms.until is not None and terms.until <= max(today, terms.since):
        return "off", "以前这样"
    return ("doing", "现在这样") if terms.since <= today else ("wait", "以后这样")


def _days(terms: DutyTerms) -> str:
    begun = f"{long_date(terms.since)}起"
    return f"{begun}，{long_date(terms.until)}以前" if terms.until else begun


# --- lifted -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Lifted:
    """An exemption as the page shows it."""

    row: DutyExemption
    who: str
    badge: tuple[str, str]
    days: str

    @property
    def why(self) -> str:
        """Reason, days, and who decided it."""
        return f"{self.row.reason}。{self.days}，{self.row.hat}{self.row.by.name}定的"


def people_of(body: Organisation) -> list[Person]:
    """Return who belongs to ``body`` or serves it, groups inside included, by pinyin."""
    here = Q(organisation=body) | Q(organisation__parent=body, organisation__kind=Kind.PARTY_GROUP)
    today = clock.today()
    ids = {
        pk
        for model in (Membership, Post)
        for pk in model.objects.on(today).filter(here).values_list("person", flat=True)
    }
    return list(Person.objects.filter(pk__in=ids))


def leaders_of(body: Organisation) -> list[Person]:
    """Return who leads ``body`` today, by pinyin: from whom the level above lifts a duty."""
    rows = Post.objects.on(clock.today()).filter(organisation=body, role__in=LEADERS)
    return list(Person.objects.filter(pk__in=rows.values("person")))


def lifted_in(body: Organisation, people: Sequence[Person]) -> list[Lifted]:
    """Return what is lifted from ``body`` and from ``people``, the youngest first. One query."""
    rows = DutyExemption.objects.held().filter(Q(organisation=body) | Q(person__in=people))
    named = rows.select_related("duty__campaign", "person", "organisation", "by")
    return [_lifted(row) for row in named.order_by("-since", "-pk")]


def _lifted(row: DutyExemption) -> Lifted:
    today = clock.today()
    over = row.until is not None and row.until <= today
    badge = ("off", "到期了") if over else ("doing", "免做")
    if row.since > today:
        badge = ("wait", "还没到")
    who = row.person or row.organisation
    last = f"到{long_date(row.until)}以前" if row.until else "没写到哪天"
    return Lifted(row, who.name if who else "", badge, f"{long_date(row.since)}起，{last}")


def choices_for(body: Organisation) -> tuple[list[Duty], list[Duty]]:
    """Return the duties of persons, and those of bodies that ``body`` has, in running campaigns."""
    above = [body.path, *paths.ancestors(body.path)]
    rows = (
        Duty.objects.filter(
            campaign__state=CampaignState.OPEN, campaign__organisation__path__in=above
        )
        .select_related("campaign__organisation")
        .order_by("campaign", "order", "pk")
    )
    persons, bodies = [], []
    for duty in _with_terms(rows):
        terms = still_asked(duty, clock.today())
        if terms is None:
            continue
        if Whose(terms.whose).of_persons:
            persons.append(duty)
        elif _has(terms, body):
            bodies.append(duty)
    return persons, bodies


def _has(terms: DutyTerms, body: Organisation) -> bool:
    if terms.whose == Whose.GROUPS:
        group = getattr(body, "plan_group", None)
        return group is not None and group.template_id == terms.group_id
    return terms.whose == Whose.BODIES and body.kind in terms.kinds


# --- 定期 ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Interval:
    """How often a body does a duty that leaves it to it."""

    duty: Duty
    cadence: str
    said: str


def intervals_of(body: Organisation) -> list[Interval]:
    """Return the duties that leave it to ``body`` how often, with what it has chosen."""
    above = [body.path, *paths.ancestors(body.path)]
    rows = (
        Duty.objects.filter(
            campaign__state=CampaignState.OPEN,
            campaign__organisation__path__in=above,
            terms__cadence=Cadence.REGULAR,
        )
        .select_related("campaign__organisation")
        .distinct()
        .order_by("campaign", "order", "pk")
    )
    left = [duty for duty in _with_terms(rows) if is_left_to(duty, body)]
    chosen: dict[int, list[OwnCadence]] = {}
    for row in OwnCadence.objects.held().filter(duty__in=left, organisation=body).order_by("since"):
        chosen.setdefault(row.duty_id, []).append(row)
    return [_interval(duty, chosen.get(duty.pk, [])) for duty in left]


def _interval(duty: Duty, rows: list[OwnCadence]) -> Interval:
    today = clock.today()
    now = next((row for row in rows if row.holds(today)), None)
    later = next((row for row in rows if row.since > today), None)
    said = f"{Cadence(now.cadence).label}，{long_date(now.since)}起" if now else "还没有定"
    if later:
        said += f"；{long_date(later.since)}起{Cadence(later.cadence).label}"
    last = later or now
    return Interval(duty, last.cadence if last else "", said)
