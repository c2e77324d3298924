"""Freeze the list, enter the seed and draw, annul; replace a body that was drawn.

The order is what makes it honest: the list and the rule are public before anybody can know the
seed, and a seed is entered once. What is drawn follows from the frozen text, never from rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhengyou.inspections import drawing, rules
from zhengyou.inspections.actions.planning import hold
from zhengyou.inspections.drawing import Entry, Frozen, Layer, SeedWrong, Spoilt
from zhengyou.inspections.models import (
    Annulment,
    Candidate,
    Chosen,
    Draw,
    Inspection,
    Method,
    SeedSource,
    Visit,
    VisitState,
)
from zhengyou.inspections.population import Stratum, strata_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import move
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.ledger.queries import history
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation

FROZEN_VERB = "draw.freeze"
MOST = 20_000
"""Bodies of a list at most: the picks of a hash have two bytes for their number."""


@dataclass(frozen=True, slots=True)
class Announced:
    """From where the seed will come, said before it is known.

    Args:
        on: the day on which it comes about; of a lottery a day to come.
        count, least, most: of a lottery, how many numbers and their range.
        reserve: how many bodies of a stratum stand in reserve, where one draws by hand.
    """

    method: Method
    source: SeedSource
    words: str
    on: date
    count: int = 0
    least: int = 1
    most: int = 6
    reserve: int = 2


# --- freezing -----------------------------------------------------------------------------------
def freeze(actor: Actor, inspection: Inspection, announced: Announced) -> Draw:
    """Freeze the list with all that the draw depends on, and publish its digest.

    Raises:
        Refused: no right, nobody to draw from, a seed that may be known already or is too small.
    """
    with book.writing() as facts:
        rules.may_freeze(actor, hold(inspection)).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        strata = _strata(inspection)
        frozen = _frozen(inspection, strata, _checked(announced, strata))
        draw = Draw.objects.create(
            inspection=inspection, method=announced.method, source=announced.source,
            source_words=frozen.source, seed_on=frozen.seed_on, seed_count=frozen.count,
            seed_least=frozen.least, seed_most=frozen.most, reserve=frozen.reserve,
            text=frozen.text, digest=drawing.digest_of(frozen.text), frozen_at=clock.now(),
            frozen_by=actor.person, frozen_hat=actor.hat.title,
        )  # fmt: skip
        _list(draw, frozen, strata)
        move(inspection, "freeze")
        facts.record(FROZEN_VERB, by=actor, about=draw.ref,
                     data={"inspection": inspection.uid, "digest": draw.digest,
                           "bodies": len(frozen.entries), "seed_on": draw.seed_on})  # fmt: skip
    return draw


def _strata(inspection: Inspection) -> list[Stratum]:
    strata = [stratum for stratum in strata_of(inspection) if stratum.quota]
    size = sum(stratum.size for stratum in strata)
    if not size:
        raise Refused("范围里没有可以抽的单位，请看看组织类别和名额。")
    if size > MOST:
        raise Refused(f"名单里有 {size} 个单位，最多 {MOST} 个，请缩小范围。")
    return strata


def _checked(said: Announced, strata: Sequence[Stratum]) -> Announced:
    """Return what was announced, its numbers filled in, if nobody can know the seed yet."""
    today = clock.today()
    if not tidy_line(said.words):
        raise Refused("写明种子从哪里来：在哪里、当着谁掷骰子，或者哪种彩票第几期。")
    if said.on < today:
        raise Refused("产生种子的日期已经过去，结果可能有人知道了。请另选一个以后的日期。")
    sizes = [(stratum.size, stratum.quota) for stratum in strata]
    if said.method == Method.DICE or said.source == SeedSource.DICE:
        return _with_dice(said, sizes)
    if said.on == today:
        raise Refused("开奖日期要在封存以后：请选明天或者以后的一期。")
    if said.count < 1 or said.most <= said.least:
        raise Refused("写明开奖有几个数、从几到几。")
    bits = drawing.bits_given(said.count, said.least, said.most, in_order=False)
    if bits < min(drawing.LEAST_BITS, drawing.bits_needed(sizes)):
        raise Refused("这种号码变化太少，不够抽这么多单位。请换一种号码，或者改用掷骰子。")
    return said


def _with_dice(said: Announced, sizes: list[tuple[int, int]]) -> Announced:
    if said.method == Method.DICE:
        if said.source != SeedSource.DICE:
            raise Refused("手工抽签的种子只能是当众掷骰子。")
        if max(size for size, _ in sizes) > drawing.HAND_MOST:
            raise Refused(
                f"手工抽签每层最多 {drawing.HAND_MOST} 个单位，请改用校验码抽签，或者分细一些。"
            )
    count = 0 if said.method == Method.DICE else drawing.dice_needed(sizes)
    return Announced(said.method, said.source, said.words, said.on, count, 1, 6, said.reserve)


def _frozen(inspection: Inspection, strata: Sequence[Stratum], said: Announced) -> Frozen:
    return Frozen(
        uid=inspection.uid, title=tidy_line(inspection.title),
        organisation=tidy_line(inspection.organisation.name),
        scope=tidy_line(inspection.scope.name), frozen_on=clock.today(),
        method=said.method.value, source=tidy_line(said.words)[:200], seed_on=said.on,
        count=said.count, least=said.least, most=said.most,
        in_order=said.source == SeedSource.DICE, reserve=said.reserve,
        layers=tuple(Layer(number, stratum.quota, tidy_line(stratum.label))
                     for number, stratum in enumerate(strata, start=1)),
        entries=tuple(
            Entry(layer, number, body.uid, tidy_line(body.name), str(Kind(body.kind).label),
                  tidy_line(region))
            for layer, stratum in enumerate(strata, start=1)
            for number, (body, region) in enumerate(stratum.bodies, start=1)
        ),
    )  # fmt: skip


def _list(draw: Draw, frozen: Frozen, strata: Sequence[Stratum]) -> None:
    bodies = {body.uid: body for stratum in strata for body, _ in stratum.bodies}
    Candidate.objects.bulk_create(
        (
            Candidate(draw=draw, organisation=bodies[entry.uid], stratum=entry.layer,
                      number=entry.number, name=entry.name, kind=entry.kind, region=entry.region)
            for entry in frozen.entries
        ),
        batch_size=500,
    )  # fmt: skip


# --- drawing ------------------------------------------------------------------------------------
def enter_seed(actor: Actor, inspection: Inspection, seed: Sequence[int], witnesses: str) -> Draw:
    """Enter the seed and draw at once. Bodies that ended since are replaced from the reserve.

    Raises:
        Refused: no right, too early, drawn already, no witness, a list or a seed that is not as
            it was announced.
    """
    with book.writing() as facts:
        rules.may_enter_seed(actor, hold(inspection)).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        draw = Draw.objects.select_for_update(of=("self",)).get(inspection=inspection)
        if not tidy_line(witnesses):
            raise Refused("写明谁在场见证：写单位和身份，不写姓名。")
        order = _order(untouched(draw, facts), seed)
        move(inspection, "draw")
        draw.seed, draw.witnesses = list(seed), tidy_line(witnesses)[:200]
        draw.drawn_at, draw.drawn_by, draw.drawn_hat = (
            clock.now(), actor.person, actor.hat.title,
        )  # fmt: skip
        draw.save(update_fields=["seed", "witnesses", "drawn_at", "drawn_by", "drawn_hat"])
        visits = _visits(draw, order)
        facts.record("draw.seed", by=actor, about=draw.ref,
                     data={"inspection": inspection.uid, "seed": list(seed),
                           "drawn": [visit.organisation.uid for visit in visits]})  # fmt: skip
        for visit in visits:
            if not visit.organisation.is_open():
                _replace(facts, actor, visit, "抽签以前这个单位已经撤销。")
    inspection.draw = draw
    return draw


def untouched(draw: Draw, facts: book.Book) -> Frozen:
    """Return the frozen list if it is the one whose digest the ledger keeps.

    Raises:
        Refused: list or digest were changed since.
    """
    written = [row.data for row in history(draw.ref) if row.verb == FROZEN_VERB]
    told = [data.get("digest") for data in (*written, *facts.kept(FROZEN_VERB, draw.ref))]
    if told != [draw.digest] or draw.digest != drawing.digest_of(draw.text):
        raise Refused("名单和封存时公布的校验码对不上，不能抽签。请公开作废，查清是谁改的。")
    try:
        return drawing.read(draw.text)
    except Spoilt as spoilt:
        raise Refused(str(spoilt)) from spoilt


def _order(frozen: Frozen, seed: Sequence[int]) -> list[list[Entry]]:
    try:
        return drawing.drawn(frozen, seed)
    except SeedWrong as wrong:
        raise Refused(str(wrong)) from wrong


def _visits(draw: Draw, order: list[list[Entry]]) -> list[Visit]:
    """Write down the order and plan a visit of each body that was drawn."""
    rows = {row.organisation.uid: row for row in draw.candidates.select_related("organisation")}
    quotas = {layer.number: layer.quota for layer in drawing.read(draw.text).layers}
    drawn = []
    for entries in order:
        for place, entry in enumerate(entries, start=1):
            row = rows[entry.uid]
            row.place = place
            if place <= quotas[entry.layer]:
                drawn.append(row)
    Candidate.objects.bulk_update(rows.values(), ["place"], batch_size=500)
    return Visit.objects.bulk_create(
        Visit(inspection=draw.inspection, organisation=row.organisation, how=Chosen.DRAWN,
              candidate=row)
        for row in drawn
    )  # fmt: skip


# --- afterwards ---------------------------------------------------------------------------------
def replace(actor: Actor, visit: Visit, reason: str) -> Visit | None:
    """Put the next of the reserve of the same stratum in the place of a body; public, with reason.

    Returns:
        The visit in its place; None where the reserve is used up.

    Raises:
        Refused: no right, no reason, or visited already.
    """
    with book.writing() as facts:
        hold(visit.inspection)
        visit.refresh_from_db(fields=["state"])
        rules.may_replace(actor, visit).require()
        if not tidy_line(reason):
            raise Refused("写明为什么换，理由会公开。")
        return _replace(facts, actor, visit, reason)


def _replace(facts: book.Book, actor: Actor, visit: Visit, reason: str) -> Visit | None:
    assert visit.candidate is not None  # the rule has asked
    move(visit, "replace", reason=tidy_line(reason)[:200])
    new = None
    waiting = Candidate.objects.filter(
        draw=visit.candidate.draw, stratum=visit.candidate.stratum, place__isnull=False,
        visit__isnull=True, organisation__closed_on=None,
    )  # fmt: skip
    row = waiting.select_related("organisation").order_by("place").first()
    if row is not None:
        new = Visit.objects.create(
            inspection=visit.inspection, organisation=row.organisation, how=Chosen.RESERVE,
            candidate=row, replaces=visit,
        )  # fmt: skip
    facts.record("draw.replace", by=actor, about=visit.candidate.draw.ref,
                 data={"old": visit.organisation.uid,
                       "new": new.organisation.uid if new else None},
                 names={"reason": visit.reason})  # fmt: skip
    return new


def annul(actor: Actor, inspection: Inspection, reason: str) -> Annulment:
    """Let it count no more, in public. Its list, seed and result stay to be seen.

    Raises:
        Refused: no right, or no reason.
    """
    with book.writing() as facts:
        rules.may_annul(actor, hold(inspection)).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        if len(tidy_line(reason)) < 5:
            raise Refused("写明为什么作废，理由会公开。")
        if inspection.visits.filter(state=VisitState.HANDED).exists():
            raise Refused("已经有单位收到意见，不能整个作废；个别的请和单位说清楚。")
        row = Annulment.objects.create(
            inspection=inspection, reason=tidy_line(reason)[:300], by=actor.person,
            hat=actor.hat.title, at=clock.now(),
        )  # fmt: skip
        move(inspection, "annul")
        facts.record("inspection.annul", by=actor, about=inspection.ref,
                     data={"state": "annulled"}, names={"reason": row.reason})  # fmt: skip
    return row


def name_bodies(
    actor: Actor, inspection: Inspection, bodies: Sequence[Organisation], reason: str
) -> list[Visit]:
    """Say to which bodies one goes, where nothing is drawn, and why to these.

    Raises:
        Refused: no right, nobody, a body out of scope, or no reason.
    """
    with book.writing() as facts:
        rules.may_name(actor, hold(inspection)).require()
        chosen = {body.pk: body for body in bodies}
        if not chosen:
            raise Refused("至少选一个单位。")
        if not tidy_line(reason):
            raise Refused("写明为什么去这些单位，理由会公开。")
        there = Organisation.objects.filter(rules.within_scope(inspection), pk__in=chosen)
        if there.count() < len(chosen):
            raise Refused("选的单位里有不在范围里的，或者已经撤销的。")
        visits = Visit.objects.bulk_create(
            Visit(inspection=inspection, organisation=body, how=Chosen.NAMED,
                  reason=tidy_line(reason)[:200])
            for body in chosen.values()
        )  # fmt: skip
        move(inspection, "name")
        facts.record("inspection.name", by=actor, about=inspection.ref,
                     data={"bodies": sorted(body.uid for body in chosen.values())},
                     names={"reason": tidy_line(reason)})  # fmt: skip
    return visits
