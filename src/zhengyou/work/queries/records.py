"""A body's book of records: what was done, filtered; and one record as it is read."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref, Target, resolve_all
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.ui.text import long_date
from zhengyou.work import rules
from zhengyou.work.content import Content, content_of
from zhengyou.work.kinds import Called, Form, form_of
from zhengyou.work.models import (
    FAMILY_OF,
    Attendance,
    Credit,
    OwnCadence,
    Part,
    Participant,
    Record,
    RecordFamily,
    RecordKind,
    RecordState,
    RecordVersion,
    Scope,
)
from zhengyou.work.quorums import GROUPS, Quorum, expected, quorum
from zhengyou.work.turns import turns_of

PER_PAGE = 30
BADGES = {
    RecordState.DRAFT: "doing",
    RecordState.FINISHED: "done",
    RecordState.STRUCK: "off",
}


@dataclass(frozen=True, slots=True)
class BookQuery:
    """What of a book is asked for."""

    kind: str = ""
    month: str = ""
    since: date | None = None
    until: date | None = None
    person: str = ""
    state: str = ""
    below: bool = False

    def condition(self) -> Q:
        """Return it as a condition on records."""
        found = Q()
        if self.kind in RecordKind.values:
            found &= Q(kind=self.kind)
        elif self.kind in RecordFamily.values:
            kinds = [kind for kind, family in FAMILY_OF.items() if family == self.kind]
            found &= Q(kind__in=kinds)
        first, last = self.days()
        if first:
            found &= Q(on__gte=first)
        if last:
            found &= Q(on__lte=last)
        if self.person:
            who = Q(name__contains=self.person)
            found &= Q(pk__in=_taken_part(who))
        return found & Q(state=self.state) if self.state in RecordState.values else found

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day asked for."""
        month = _month(self.month)
        return month or (self.since, self.until)


def _taken_part(who: Q) -> QuerySet[Any, Any]:

    persons = Person.objects.filter(who)
    rows = Participant.objects.filter(person__in=persons.values("pk"))
    return rows.filter(attendance=Attendance.PRESENT).values("record")


def _month(text: str) -> tuple[date, date] | None:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first, first.replace(day=monthrange(first.year, first.month)[1])


@dataclass(slots=True)
class BookPage:
    """What the page of a book shows."""

    body: Organisation
    query: BookQuery
    page: Page[Record]
    rows: list[dict[str, Any]]
    drafts: list[Record] = field(default_factory=list)


def records_in(actor: Actor, body: Organisation, query: BookQuery) -> QuerySet[Record]:
    """Return the records of ``body`` that exist for ``actor`` and fit the question."""
    rows = Record.objects.filter(rules.visible_records(actor), query.condition())
    here = rules.books_of(body) if query.below else Q(organisation=body)
    return rows.filter(here).select_related("organisation").order_by("-on", "-id")


def inner_of(body: Organisation) -> bool:
    """Whether there are bodies in ``body`` whose books it keeps."""
    return Organisation.objects.filter(parent=body, kind__in=GROUPS).exists()


def book_page(actor: Actor, body: Organisation, query: BookQuery, number: str) -> BookPage:
    """Return one page of a book. A few queries whatever it holds."""
    every = records_in(actor, body, query)
    page = Paginator(every.exclude(state=RecordState.DRAFT), PER_PAGE).get_page(number)
    rows = rows_of(list(page))
    for row in rows:
        row["whom"] = rules.free_names_for(actor, row["record"])
    drafts = Record.objects.filter(rules.visible_records(actor), organisation=body)
    return BookPage(
        body, query, page, rows,
        drafts=list(drafts.filter(state=RecordState.DRAFT).order_by("-on", "-id")[:20]),
    )  # fmt: skip


def rows_of(records: list[Record]) -> list[dict[str, Any]]:
    """Return records as rows of a list, with how many were there and for how many duties they
    count. Two queries."""
    keys = [record.pk for record in records]
    here = Count("participants", filter=Q(participants__attendance=Attendance.PRESENT))
    present = dict(Record.objects.filter(pk__in=keys).annotate(n=here).values_list("pk", "n"))
    rows = Credit.objects.filter(record__in=keys).values("record")
    counted = dict(rows.annotate(n=Count("duty", distinct=True)).values_list("record", "n"))
    return [
        {
            "record": record,
            "kind": RecordKind(record.kind).label,
            "badge": BADGES[RecordState(record.state)],
            "state": RecordState(record.state).label,
            "present": present.get(record.pk, 0),
            "duties": counted.get(record.pk, 0),
        }
        for record in records
    ]


# --- one record -----------------------------------------------------------------------------------
@dataclass(slots=True)
class RecordView:
    """One record as it is read."""

    record: Record
    content: Content
    form: Form
    quorum: Quorum | None
    facts: list[tuple[str, Any]]
    people: dict[str, list[str]]
    whom: str
    duties: list[dict[str, Any]]
    links: list[tuple[Ref, Target | None]]
    files: list[Attachment]
    versions: list[RecordVersion]
    late: bool


def record_view(actor: Actor, record: Record) -> RecordView:
    """Return one record with all that belongs to it."""
    content, kind = content_of(record), RecordKind(record.kind)
    refs = [row.about for row in record.links.all()]
    targets, duties = resolve_all(refs, actor), duties_of(record)
    return RecordView(
        record=record,
        content=content,
        form=form_of(kind),
        quorum=_quorum(record, content) if _counts_heads(content) else None,
        facts=_facts(record, content),
        people=_people(content),
        whom=rules.free_names_for(actor, record, _in_it(actor, content)),
        duties=duties,
        links=[(ref, targets.get(ref)) for ref in refs],
        files=attachments_of(record.ref),
        versions=list(record.versions.select_related("by")),
        late=entered_late(record) or any(duty["late"] for duty in duties),
    )


def _in_it(actor: Actor, content: Content) -> bool:
    return any(actor.is_person(row.person) for row in content.people)


def _counts_heads(content: Content) -> bool:
    return bool(content.people) and form_of(content.kind).called != Called.CHOSEN


def _quorum(record: Record, content: Content) -> Quorum:
    there = {row.person.pk: row.attendance.value for row in content.people}
    people = expected(content.kind, record.organisation, record.on)
    outside = (record.due_to_attend, record.outside if record.due_to_attend else None)
    return quorum(content.kind, people, there, outside)


def _people(content: Content) -> dict[str, list[str]]:
    """Return names by what they did or why they were not there."""
    found: dict[str, list[str]] = {}
    parts = form_of(content.kind).parts
    for row in content.people:
        if row.attendance == Attendance.PRESENT:
            words = parts.get(row.part, "") or _TOOK_PART
        else:
            words = str(row.attendance.label)
        own = f"（{_own(content, row.amount, row.note)}）" if row.amount or row.note else ""
        found.setdefault(words, []).append(f"{row.person.name}{own}")
    order = [*parts.values(), _TOOK_PART, *(str(each.label) for each in Attendance)]
    return {words: found[words] for words in order if words in found}


_TOOK_PART = str(Part.TAKER.label)


def _own(content: Content, amount: Any, note: str) -> str:
    words = form_of(content.kind).own
    said = [f"{words} {amount.normalize():f}"] if amount is not None else []
    return "，".join([*said, *([note] if note else [])])


def _facts(record: Record, content: Content) -> list[tuple[str, Any]]:
    days = long_date(content.on)
    if content.until:
        days += f" 到 {long_date(content.until)}"
    times = [f"{each:%H:%M}" for each in (content.begins_at, content.ends_at) if each]
    words = form_of(content.kind).words
    rows: list[tuple[str, Any]] = [
        ("哪天", "，".join([days, *(["—".join(times)] if times else [])])),
        ("地点", content.place),
        ("服务谁", Scope(content.scope).label if content.scope else ""),
        ("学时", content.hours),
        ("每人字数", content.characters),
        ("每人分数", content.score),
        (words.get("outside", "外来多少人"), content.outside),
        ("算哪天的", long_date(content.counts_on) if content.counts_on else ""),
        ("系列", record.series.title if record.series else ""),
    ]
    return [(name, value) for name, value in rows if value not in ("", None)]


def duties_of(record: Record) -> list[dict[str, Any]]:
    """Return which duties a record counts for, of which campaign, for how many persons, and
    whether it was written down too late to be in time (补录)."""
    late = late_for(record)
    rows = record.credits.values("duty__title", "duty__campaign__title", "duty")
    counted = rows.annotate(persons=Count("person")).order_by("duty__campaign", "duty__order")
    return [
        {
            "title": row["duty__title"],
            "campaign": row["duty__campaign__title"],
            "for": f"{row['persons']} 人" if row["persons"] else "",
            "late": row["duty"] in late,
        }
        for row in counted
    ]


def late_for(record: Record) -> set[int]:
    """Return the keys of the duties in whose period, days of grace included, it was done but not
    written down. Five queries, one where it counts for nothing."""
    own = OwnCadence.objects.filter(organisation=record.organisation_id)
    rows = record.credits.select_related("duty__campaign").prefetch_related(
        "duty__campaign__phases", "duty__terms__phase", Prefetch("duty__own_cadences", own)
    )
    return {
        row.duty_id
        for row in rows
        for turn in turns_of(row.duty, list(row.duty.own_cadences.all()))
        if turn.takes(row.on) and turn.is_over(row.entered_on) and not turn.anytime
    }


def entered_late(record: Record) -> bool:
    """Whether it was written down a week or more after it was done."""
    if record.finished_at is None:
        return False
    entered = record.finished_at.astimezone(clock.SHANGHAI).date()
    return (entered - record.on).days >= LATE_DAYS


LATE_DAYS = 7


def query_of(typed: Mapping[str, str]) -> BookQuery:
    """Read what the address asks for; what cannot be read asks for nothing."""
    return BookQuery(
        kind=typed.get("kind", ""),
        month=typed.get("month", "")[:7],
        since=_day(typed.get("since", "")),
        until=_day(typed.get("until", "")),
        person=" ".join(typed.get("person", "").replace("\0", "").split())[:60],
        state=typed.get("state", ""),
        below=bool(typed.get("below")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
