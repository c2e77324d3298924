"""What the public reads of a box: what was asked, what was said, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.remarks.models import HoldReason
from zhengyou.remarks.queries.talk import ANONYMOUS, week_words
from zhengyou.ui.text import long_date, short_date
from zhengyou.voices import following
from zhengyou.voices.following import Told
from zhengyou.voices.models import Box, BoxKind, BoxPlace, Voice, VoiceOutcome, VoiceState, What
from zhengyou.voices.rules.burden import answers_for

A_PAGE = 30
BADGES = {
    What.DONE: "done",
    What.ANSWERED: "done",
    What.NOTED: "done",
    What.SUGGESTION: "doing",
    What.PROBLEM: "doing",
    What.REPEATED: "off",
    What.HELD: "off",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One voice with what became of it, as anybody may read it.

    Args:
        state: badge and words; answer: the body's words; when: the day of the outcome.
        told: where the problem or suggestion stands that it became.
    """

    voice: Voice
    who: str
    week: str
    where: str
    state: tuple[str, str]
    answer: str = ""
    when: date | None = None
    told: Told | None = None

    @property
    def body(self) -> str:
        """Who answers: the body of the box, and where it is complained about, the one above."""
        return answering(self.voice.box)

    @property
    def told_words(self) -> str:
        """What is told besides the badge: until when, and an explanation."""
        if self.told is None:
            return ""
        day = f"{short_date(self.told.day)}前" if self.told.day else ""
        return "，".join(part for part in (day, self.told.text) if part)


def answering(box: Box) -> str:
    """Return the name of the body that answers what is put into ``box``."""
    body = answers_for(box.organisation) if box.kind == BoxKind.BURDEN else box.organisation
    return body.name


def with_outcomes(rows: QuerySet[Voice]) -> QuerySet[Voice]:
    """Load with ``rows`` box, place and the outcome that stands."""
    standing = VoiceOutcome.objects.filter(correction=None)
    return rows.select_related("box__organisation", "place").prefetch_related(
        Prefetch("outcomes", standing, to_attr="standing")
    )


def standing_of(voice: Voice) -> VoiceOutcome | None:
    """Return the outcome that stands, of a row of :func:`with_outcomes`."""
    rows: Sequence[VoiceOutcome] = voice.standing  # type: ignore[attr-defined]
    return rows[0] if rows and rows[0].what != What.RESUMED else None


def entries(rows: Sequence[Voice]) -> list[Entry]:
    """Return rows of :func:`with_outcomes` as pages show them; what they became is asked for all
    at once, and a repeated one tells what the other became."""
    leads = {row.pk: _lead(row) for row in rows}
    repeated = {ref.uid for ref in leads.values() if ref and ref.kind == "voice"}
    others = with_outcomes(Voice.objects.filter(pk__in=repeated)) if repeated else []
    there = {row.pk: row for row in others}
    refs = [ref for ref in leads.values() if ref and ref.kind != "voice"]
    refs += [ref for row in there.values() if (ref := _lead(row))]
    told = following.tell(refs)
    return [_entry(row, there, told) for row in rows]


def _lead(row: Voice) -> Ref | None:
    outcome = standing_of(row)
    ref = outcome.target_ref if outcome else None
    return Ref(ref.kind, ref.uid) if ref else None


def _entry(row: Voice, others: dict[UUID, Voice], told: dict[Ref, Told]) -> Entry:
    lead = _lead(row)
    shown = others.get(lead.uid, row) if lead and lead.kind == "voice" else row
    final, lead = standing_of(shown), _lead(shown)
    where = told.get(lead) if lead else None
    return Entry(
        voice=row,
        who=row.signature or ANONYMOUS,
        week=week_words(row.week),
        where=row.place.label if row.place else "",
        state=(where.kind, where.words) if where else state_of(shown if final else row),
        answer=final.words if final else "",
        when=final.at.astimezone(clock.SHANGHAI).date() if final else None,
        told=where,
    )


def state_of(row: Voice) -> tuple[str, str]:
    """Return badge and words of where a voice stands by itself."""
    if row.state == VoiceState.HELD:
        return "off", str(VoiceState.HELD.label)
    if row.became:
        what = What(row.became)
        return BADGES[what], str(what.label)
    if row.state == VoiceState.WAITING:
        return "wait", str(VoiceState.WAITING.label)
    return "doing", "正在办"


@dataclass(frozen=True, slots=True)
class PublicBox:
    """The public page of a box.

    Args:
        shown: how many are public; settled: how many of these have an outcome.
        held: how many were not taken: never which.
    """

    box: Box
    page: Page[Voice]
    entries: list[Entry]
    shown: int
    settled: int
    held: int
    place: BoxPlace | None = None

    @property
    def count_words(self) -> str:
        """What the list does not show; not how many wait, which would tell when one came."""
        return f"{self.held} 条没有公开" if self.held else ""

    @property
    def until(self) -> str:
        """Until when one may speak."""
        if self.box.ended():
            return "已经结束，下面是大家说的和办的情况"
        if self.box.closes_on is None:
            return "长期开着"
        return f"收到{long_date(self.box.closes_on)}为止"


def public_box(box: Box, place: BoxPlace | None, page: str | None) -> PublicBox:
    """Return the public page of a box, of one place of it if given. Always the same queries."""
    rows = Voice.objects.filter(box=box, **({"place": place} if place else {}))
    shown = Q(state=VoiceState.SHOWN)
    counts = rows.aggregate(
        shown=Count("pk", filter=shown),
        settled=Count("pk", filter=shown & ~Q(became="")),
        held=Count("pk", filter=Q(state=VoiceState.HELD)),
    )
    public = with_outcomes(rows.filter(shown)).order_by("-shown_on", "uid")
    listed = Paginator(public, A_PAGE).get_page(page)
    return PublicBox(box, listed, entries(list(listed)), place=place, **counts)


def put_in_url(box: Box, place: BoxPlace | None = None) -> str:
    """Return the public page of a box, or of one place of it."""
    if place is None:
        return reverse("voices:put_in", args=[box.uid])
    return reverse("voices:put_in_at", args=[box.uid, place.uid])


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """A voice for the one who has its code."""

    entry: Entry
    box: Box
    sentence: str
    url: str

    @property
    def entries(self) -> list[Entry]:
        """The voice as the list of one that the page shows."""
        return [self.entry]


def by_code(lookup: str) -> FoundVoice | None:
    """Return the voice whose code has this keyed hash, or None."""
    row = with_outcomes(Voice.objects.filter(code_lookup=lookup)).first()
    if row is None:
        return None
    entry = entries([row])[0]
    return FoundVoice(entry, row.box, _sentence(row, entry), put_in_url(row.box))


def _sentence(row: Voice, entry: Entry) -> str:
    body = answering(row.box)
    if row.state == VoiceState.HELD:
        outcome = standing_of(row)
        why = HoldReason(outcome.reason).label if outcome and outcome.reason else "没有写"
        return f"没有收，理由是：{why}。可以改一改再写一条。"
    if row.became == What.REPEATED:
        return "好几个人说了同一件事，放在一起办，情况见下面。"
    if entry.answer or entry.told:
        return f"{body}已经有了下文，见下面。"
    if row.became == What.NOTED:
        return f"{body}看过了，记下了。"
    if row.state == VoiceState.WAITING:
        return f"{body}还没有看，请过几天再查。"
    return f"{body}看过了，正在办，还没有答复。"
