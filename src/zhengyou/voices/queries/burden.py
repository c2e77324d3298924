"""Read models of complaints about burden: what is to be answered, and the open statistics."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Min, Q
from django.urls import reverse

from zhengyou.campaigns.queries import covering
from zhengyou.kernel import clock, paths, refs
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.remarks.queries.talk import monday_of, week_words
from zhengyou.ui.text import short_date
from zhengyou.voices.models import BoxKind, Voice, VoiceOutcome, VoiceState, What
from zhengyou.voices.models.burden import REAL, Relief
from zhengyou.voices.rules import burden as rules
from zhengyou.work.models import Duty

A_PAGE = 30
MONTHS = 12
SHOWN_CHANGES = 30


def matter_of(voice: Voice) -> str:
    """Return which form, report or duty a complaint means."""
    return str((voice.answers or {}).get("matter", ""))


def duty_of(voice: Voice) -> UUID | None:
    """Return the duty it means, where it was chosen."""
    meant = (voice.answers or {}).get("duty")
    return UUID(meant) if meant else None


def duties_asked_of(body: Organisation) -> list[Duty]:
    """Return the duties of the campaigns that run for ``body``, each with who asks for it."""
    campaigns = covering(body)
    rows = Duty.objects.filter(campaign__in=campaigns).select_related("campaign__organisation")
    return list(rows.order_by("campaign__starts_on", "campaign_id", "order", "id"))


def line_of(body: Organisation) -> list[Organisation]:
    """Return ``body`` and those above it that may have asked for something, the nearest first."""
    line = [body.path, *paths.ancestors(body.path)]
    return sorted(Organisation.objects.filter(path__in=line), key=lambda each: -len(each.path))


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint as those above see it."""

    voice: Voice
    matter: str
    week: str
    due: date
    late: int
    answer: VoiceOutcome | None = None
    may: Verdict = field(default_factory=Verdict.yes)
    duty_url: str = ""

    @property
    def answers(self) -> Organisation:
        """Whose answer it is to give."""
        return rules.answers_for(self.voice.box.organisation)

    @property
    def state(self) -> tuple[str, str]:
        """The badge."""
        if self.voice.state == VoiceState.HELD:
            return "off", "没有收"
        if self.answer:
            return "done", "已经答复"
        return ("late", f"过期 {self.late} 个工作日") if self.late else ("todo", "要答复")

    @property
    def when(self) -> str:
        """Until when, or when it was answered."""
        if self.answer:
            return f"{short_date(self.answer.at.astimezone(clock.SHANGHAI).date())}答复"
        return "" if self.voice.state == VoiceState.HELD else f"{short_date(self.due)}前"

    @property
    def relief(self) -> str:
        """What was made less."""
        return str(Relief(self.answer.relieved.what).label) if self.answer else ""


def complaints_page(actor: Actor, show: str, number: str | None) -> dict[str, Any]:
    """Return a page of complaints for the hat: those to be answered, or those that are. The same
    number of queries for one and for many."""
    which = Q(became=What.ANSWERED) if show == "answered" else rules.unanswered()
    rows = Voice.objects.filter(rules.visible_complaints(actor), which)
    rows = rows.select_related("box__organisation__parent").order_by("week", "uid")
    page: Page[Voice] = Paginator(rows, A_PAGE).get_page(number)
    lines = complaints(page.object_list)
    duties = _duty_urls(actor, lines)
    lines = [
        replace(
            line,
            may=rules.may_answer(actor, line.voice.box),
            duty_url=duties.get(duty_of(line.voice), ""),
        )
        for line in lines
    ]
    return {"page": page, "lines": lines, "show": show}


def _duty_urls(actor: Actor, lines: list["Complaint"]) -> dict[UUID | None, str]:
    """Return the pages of the duties that are meant, as far as ``actor`` may see them."""
    meant = {uid for line in lines if (uid := duty_of(line.voice))}
    found = refs.resolve_all({Ref("duty", uid) for uid in meant}, actor)
    return {ref.uid: target.url for ref, target in found.items() if target and target.visible}


def segments(show: str) -> list[dict[str, Any]]:
    """Return the two views of the list."""
    here = reverse("voices:complaints")
    return [
        {"title": "要答复", "url": here, "current": show != "answered"},
        {"title": "已答复", "url": f"{here}?show=answered", "current": show == "answered"},
    ]


def complaints(voices: Iterable[Voice]) -> list[Complaint]:
    """Return complaints with their deadlines and the answers that stand."""
    found, today = list(voices), clock.today()
    calendar = rules.Calendar.of([voice.week for voice in found], today)
    answers = _standing(found)
    return [
        Complaint(
            voice,
            matter_of(voice),
            week_words(voice.week),
            calendar.due(voice.week),
            calendar.passed(voice.week, today),
            answers.get(voice.pk),
        )
        for voice in found
    ]


def _standing(voices: list[Voice]) -> dict[Any, VoiceOutcome]:
    rows = VoiceOutcome.objects.filter(voice__in=voices, correction=None, what=What.ANSWERED)
    return {row.voice_id: row for row in rows.select_related("relieved")}


@dataclass(slots=True)
class Count:
    """Whole numbers of one month, one body, or all."""

    label: str
    received: int = 0
    held: int = 0
    answered: int = 0
    in_time: int = 0
    overdue: int = 0
    reliefs: Counter[str] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        """How many wait for an answer."""
        return self.received - self.held - self.answered

    @property
    def eased(self) -> int:
        """How many made something less."""
        return sum(self.reliefs[each] for each in REAL)

    @property
    def changes(self) -> list[tuple[str, int]]:
        """What was done, how often."""
        return [(str(each.label), self.reliefs[each]) for each in Relief if self.reliefs[each]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The open statistics of a body and all below it."""

    body: Organisation
    total: Count
    months: list[Count]
    bodies: list[Count]
    changed: list[Complaint]


def numbers_of(body: Organisation) -> Numbers:
    """Return the open statistics, the last twelve months; whole numbers and no persons.

    The same number of queries however many complaints there are. A complaint stands in the month
    of its week, and is counted once its week is over.
    """
    today = clock.today()
    first = _months_before(today.replace(day=1), MONTHS - 1)
    rows = Voice.objects.filter(
        paths.within("box__organisation__path", body.path),
        box__kind=BoxKind.BURDEN,
        week__gte=first,
        week__lt=monday_of(today),  # else whoever looks each minute learns when somebody wrote
    )
    answered = Q(outcomes__what=What.ANSWERED)
    each = rows.annotate(first=Min("outcomes__at", filter=answered)).order_by()
    table = list(each.values_list("pk", "box__organisation", "week", "state", "became", "first"))
    calendar = rules.Calendar.of([row[2] for row in table], today)
    done = dict(
        VoiceOutcome.objects.filter(
            voice__in=rows, correction=None, what=What.ANSWERED
        ).values_list("voice", "relieved__what")
    )
    total, months, bodies = Count(body.name), _empty_months(first), _empty_bodies(table)
    for pk, organisation, week, state, became, moment in table:
        for count in (total, months[week.replace(day=1)], bodies[organisation]):
            _add(count, calendar, today, week, state, became, moment, done.get(pk, ""))
    told = [month for month in reversed(months.values()) if month.received]
    return Numbers(body, total, told, list(bodies.values()), _changed(rows))


def _add(
    count: Count, calendar: rules.Calendar, today: date, week: date, state: str, became: str,
    moment: Any, relief: str,
) -> None:  # fmt: skip
    count.received += 1
    if state == VoiceState.HELD:
        count.held += 1
    elif became == What.ANSWERED:
        count.answered += 1
        count.in_time += moment.astimezone(clock.SHANGHAI).date() <= calendar.due(week)
        count.reliefs[relief] += 1
    else:
        count.overdue += calendar.passed(week, today) > 0


def _empty_months(first: date) -> dict[date, Count]:
    months = [_months_before(first, -ahead) for ahead in range(MONTHS)]
    return {month: Count(f"{month.year}年{month.month}月") for month in months}


def _empty_bodies(table: list[Any]) -> dict[int, Count]:
    keys = {row[1] for row in table}
    rows = Organisation.objects.filter(pk__in=keys).order_by("path").values_list("pk", "name")
    return {pk: Count(name) for pk, name in rows}


def _changed(rows: Any) -> list[Complaint]:
    """Return the last public complaints after which something was made less."""
    eased = rows.filter(
        state=VoiceState.SHOWN,
        outcomes__correction=None,
        outcomes__what=What.ANSWERED,
        outcomes__relieved__what__in=REAL,
    )
    found = eased.select_related("box__organisation").order_by("-shown_on", "uid")
    return complaints(found[:SHOWN_CHANGES])


def public_complaints(body: Organisation, number: str | None) -> dict[str, Any]:
    """Return what was said about ``body`` and answered, in public."""
    rows = Voice.objects.filter(
        box__kind=BoxKind.BURDEN,
        box__organisation=body,
        state=VoiceState.SHOWN,
        became=What.ANSWERED,
    ).select_related("box__organisation")
    page = Paginator(rows.order_by("-shown_on", "uid"), A_PAGE).get_page(number)
    return {"page": page, "lines": complaints(page.object_list)}


def _months_before(month: date, back: int) -> date:
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)
