"""Read models of rotas: whose turn it is today, and turn by turn what was written down."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work.models import PatrolFind, Record, RecordState, Rota, RotaOffer
from zhengyou.work.queries.service import forebears, running_above
from zhengyou.work.rotas import DAY, ROWS, Book, Turn, TurnState, workdays_in
from zhengyou.work.rules import service as rules

KINDS = {
    TurnState.COMING: "todo",
    TurnState.NOW: "doing",
    TurnState.DONE: "done",
    TurnState.MISSED: "late",
    TurnState.PAUSED: "off",
}
"""State badges of the kit."""
BACK, AHEAD = timedelta(days=70), timedelta(days=70)


def rows() -> QuerySet[Rota]:
    """Return rotas with all that a book needs."""
    return Rota.objects.select_related("organisation").prefetch_related(*ROWS)


def fulfilled(turns_of: dict[UUID, tuple[Rota, list[Turn]]]) -> dict[UUID, list[Turn]]:
    """Return the turns of several rotas with the days on which something was written down, and how
    many days they need. One query for the records, and the calendar of working days."""
    spans = [turn for _, turns in turns_of.values() for turn in turns]
    if not spans:
        return {uid: turns for uid, (_, turns) in turns_of.items()}
    first, last = min(turn.first for turn in spans), max(turn.last for turn in spans)
    days: dict[UUID, set[date]] = {uid: set() for uid in turns_of}
    found = Record.objects.filter(
        state=RecordState.FINISHED, links__about_kind="rota", links__about_uid__in=list(turns_of),
        on__lte=last, on__gte=first - timedelta(days=31),
    ).values_list("links__about_uid", "kind", "on", "until")  # fmt: skip
    for uid, kind, on, until in found:
        if kind == turns_of[uid][0].record_kind:
            days[uid].update(_days(on, until or on))
    return {
        uid: [_with(rota, turn, days[uid]) for turn in turns]
        for uid, (rota, turns) in turns_of.items()
    }


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=gone) for gone in range(min((last - first).days, 31) + 1))


def _with(rota: Rota, turn: Turn, days: set[date]) -> Turn:
    inside = tuple(sorted(day for day in days if turn.first <= day <= turn.last))
    needed = max(workdays_in(turn.first, turn.last), 1) if rota.daily else 1
    return replace(turn, days=inside, needed=needed)


def turns_between(rota: Rota, first: date, last: date) -> list[Turn]:
    """Return the turns of one rota with what was written down."""
    return fulfilled({rota.uid: (rota, Book.of(rota).turns(first, last))})[rota.uid]


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn as somebody sees it: what is not written down only for its taker and the hands."""

    turn: Turn
    kind: str
    label: str
    now: bool

    @property
    def who(self) -> str:
        """Whose turn it is, in words."""
        return self.turn.who or "停值"

    @property
    def why(self) -> str:
        """Days, how much is written down, and why it is another's."""
        turn = self.turn
        parts = [f"{_short(turn.first)}至{_short(turn.last)}"]
        if turn.pause:
            parts.append(turn.pause)
        elif turn.needed > 1 and turn.days:
            parts.append(f"记了 {len(turn.days)} 天，要 {turn.needed} 天")
        if turn.change is not None:
            said = f"原来是{turn.planned.who}，" if turn.planned else ""
            parts.append(f"{turn.change.get_how_display()}：{said}{turn.change.reason}")
        return "，".join(parts)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def line_of(actor: Actor, turn: Turn, day: date, inside: bool) -> TurnLine:
    """Return a turn as ``actor`` may see it."""
    state = turn.state(day)
    own = turn.taker is not None and actor.is_person(turn.taker.person)
    now = turn.first <= day <= turn.last
    if state == TurnState.MISSED and not inside and not own:
        return TurnLine(turn, "off", "过去了", now)
    return TurnLine(turn, KINDS[state], str(state.label), now)


@dataclass(slots=True)
class RotaLine:
    """A rota in a list with the turn of the day and the one after it."""

    rota: Rota
    now: TurnLine | None = None
    next: Turn | None = None

    @property
    def state(self) -> tuple[str, str]:
        """The badge of the day's turn."""
        return (self.now.kind, self.now.label) if self.now else ("todo", "没有人")

    @property
    def title(self) -> str:
        """What, and who."""
        return f"{self.rota.title}：{self.now.who}" if self.now else self.rota.title

    @property
    def why(self) -> str:
        """The days of the turn, and who comes next."""
        after = f"下一轮{self.next.who}" if self.next else ""
        said = self.now.why if self.now else "这一天没有人值班"
        return "，".join(filter(None, [said, after]))


@dataclass(slots=True)
class RotasPage:
    """The rotas of a body; ``offers`` and ``left`` as for posts."""

    day: date
    lines: list[RotaLine] = field(default_factory=list)
    offers: list[RotaOffer] = field(default_factory=list)
    left: list[Rota] = field(default_factory=list)


def rotas_page(actor: Actor, body: Organisation, day: date) -> RotasPage:
    """Return the rotas of ``body`` that hold on ``day``. A constant number of queries."""
    found = {rota.uid: rota for rota in rows().filter(organisation=body) if rota.holds(day)}
    near = {uid: (rota, Book.of(rota).turns(day, day + AHEAD)) for uid, rota in found.items()}
    turns = fulfilled(near)
    inside = rules.is_hand(actor, body)
    lines = [
        RotaLine(rota, *_now_and_next(actor, turns[uid], day, inside))
        for uid, rota in found.items()
    ]
    offers = RotaOffer.objects.filter(campaign__in=running_above(body)).exclude(
        rotas__in=Rota.objects.filter(organisation=body, until=None)
    )
    return RotasPage(
        day, sorted(lines, key=lambda line: line.rota.title),
        [row for row in offers.select_related("campaign") if body.kind in row.kinds],
        left_rotas(body),
    )  # fmt: skip


def _now_and_next(
    actor: Actor, turns: list[Turn], day: date, inside: bool
) -> tuple[TurnLine | None, Turn | None]:
    now = next((turn for turn in turns if turn.first <= day <= turn.last), None)
    after = next((turn for turn in turns if turn.first > day and turn.taker is not None), None)
    return (line_of(actor, now, day, inside) if now else None), after


def left_rotas(body: Organisation) -> list[Rota]:
    """Return the rotas of forebears that nobody has carried on."""
    rotas = Rota.objects.filter(
        organisation__in=forebears(body), until=None, continued__isnull=True
    )
    return list(rotas.select_related("organisation").order_by("title", "pk"))


# --- one rota -----------------------------------------------------------------------------------
@dataclass(slots=True)
class RotaPage:
    """One rota around today: turns, what was handed over, and how many turns are written down."""

    rota: Rota
    lines: list[TurnLine]
    finds: list[PatrolFind]
    over: int
    whole: int
    now: TurnLine | None

    @property
    def headline(self) -> str:
        """The finding in one sentence."""
        turn = self.now.turn if self.now else None
        if turn is None:
            return f"{self.rota.title}，今天没有人值"
        if turn.taker is None:
            return f"{self.rota.title}，今天停值"
        return f"{self.rota.title}，这一轮是{turn.who}"


def rota_page(actor: Actor, rota: Rota) -> RotaPage:
    """Return one rota for ``actor``. A constant number of queries."""
    today = clock.today()
    inside = rules.is_hand(actor, rota.organisation)
    turns = turns_between(rota, today - BACK, today + AHEAD)
    lines = [line_of(actor, turn, today, inside) for turn in turns]
    over = [turn for turn in turns if turn.last < today and turn.taker is not None]
    whole = sum(turn.state(today) == TurnState.DONE for turn in over)
    now = next((line for line in lines if line.now), None)
    return RotaPage(rota, lines, finds_of(actor, rota), len(over), whole, now)


def finds_of(actor: Actor, rota: Rota, since: date | None = None) -> list[PatrolFind]:
    """Return what was found in the last weeks, newest first, for who sees the records of it: the
    hands of the body, and those to whom it was handed."""
    found = PatrolFind.objects.filter(
        record__state=RecordState.FINISHED, record__links__about_kind="rota",
        record__links__about_uid=rota.uid, record__on__gte=since or clock.today() - BACK,
    ).select_related("record", "to_person", "by")  # fmt: skip
    if not rules.is_hand(actor, rota.organisation):
        found = found.filter(to_person=actor.person) if actor.person else found.none()
    return list(found.order_by("-handed_at", "-pk")[:50])


def sheet(rota: Rota, first: date, last: date) -> list[Turn]:
    """Return the turns to print, paused ones too."""
    return [turn for turn in Book.of(rota).turns(first, last) if turn.last + DAY > first]
