"""Set, change and end criteria by which bodies are told apart. Every change is a row with its day
and its reason; what held before still tells how it was on a past day."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections import facts
from zhengyou.inspections.facts import Shape
from zhengyou.inspections.models.tier import TierCriterion, TierScheme, TierTerms
from zhengyou.inspections.rules import tiers as rules
from zhengyou.inspections.tiers.blueprint import MOST
from zhengyou.inspections.tiers.words import Is, Side
from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Setting:
    """What a criterion says."""

    side: Side
    fact: str
    compare: Is
    than: int
    of: str = ""

    def require(self, campaign: Campaign) -> None:
        """Refuse what cannot be counted."""
        fact = facts.find(self.fact)
        if fact is None:
            raise Refused("从给出的里面选数什么。")
        known = [code for code, _ in fact.choices(campaign)] if fact.choices else []
        if self.of and self.of not in known:
            raise Refused(f"“{fact.label}”不能只数这一项。")
        if fact.shape is Shape.RATE and self.than > 100:
            raise Refused("率是百分数，最多写 100。")


def set_terms(
    actor: Actor, campaign: Campaign, body: Organisation, *,
    kinds: list[str], lagging_at: int, new_days: int, reason: str,
) -> TierTerms:  # fmt: skip
    """Say which kinds of bodies are told apart, and at how many marks one lags.

    Raises:
        Refused: no right, no kind, no reason.
    """
    with book.writing() as notes:
        scheme = _hold(actor, campaign, body, reason)
        if not kinds or lagging_at < 1:
            raise Refused("至少选一类组织，落后至少要占一条。")
        since = _since(campaign)
        scheme.terms.all().end(since)  # type: ignore[attr-defined]
        made = TierTerms.objects.create(
            scheme=scheme, since=since, kinds=kinds, lagging_at=lagging_at, new_days=new_days,
            **_signed(actor, reason),
        )  # fmt: skip
        notes.record("tiers.set", by=actor, about=scheme.ref, data={
            "kinds": kinds, "lagging_at": lagging_at, "new_days": new_days, "since": since,
        }, names={"reason": made.reason})  # fmt: skip
    return made


def add(
    actor: Actor, campaign: Campaign, body: Organisation, setting: Setting, reason: str
) -> TierCriterion:
    """Add a criterion, from today on.

    Raises:
        Refused: no right, no reason, nothing that can be counted, or there are too many.
    """
    with book.writing() as notes:
        scheme = _hold(actor, campaign, body, reason)
        setting.require(campaign)
        if scheme.criteria.filter(until=None).count() >= MOST:
            raise Refused(f"最多 {MOST} 条，再多谁也记不住。先停掉一条。")
        order = scheme.criteria.count()
        made = _row(actor, scheme, f"c-{uuid4().hex[:8]}", setting, reason, order)
        notes.record("tiers.add", by=actor, about=scheme.ref, data=_data(made),
                     names={"reason": made.reason})  # fmt: skip
    return made


def change(actor: Actor, row: TierCriterion, setting: Setting, reason: str) -> TierCriterion:
    """Let a criterion say something else from today on; as it was stays on record.

    Raises:
        Refused: no right, no reason, it holds no longer, or nothing can be counted.
    """
    with book.writing() as notes:
        scheme = _hold(actor, row.scheme.campaign, row.scheme.organisation, reason)
        held = _standing(row)
        setting.require(scheme.campaign)
        _end(held, scheme.campaign, reason)
        made = _row(actor, scheme, row.code, setting, reason, row.order)
        notes.record("tiers.change", by=actor, about=scheme.ref, data=_data(made),
                     names={"reason": made.reason})  # fmt: skip
    return made


def end(actor: Actor, row: TierCriterion, reason: str) -> None:
    """Look at a criterion no longer.

    Raises:
        Refused: no right, no reason, or it holds no longer.
    """
    with book.writing() as notes:
        scheme = _hold(actor, row.scheme.campaign, row.scheme.organisation, reason)
        held = _standing(row)
        _end(held, scheme.campaign, reason)
        notes.record("tiers.end", by=actor, about=scheme.ref, data={"code": row.code},
                     names={"reason": held.ended_why})  # fmt: skip


def _hold(actor: Actor, campaign: Campaign, body: Organisation, reason: str) -> TierScheme:
    """Ask the rules, and lock the way of ``body``; made where it is the first time."""
    rules.may_set_criteria(actor, campaign, body).require()
    rules.says_why(reason).require()
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    scheme, fresh = TierScheme.objects.get_or_create(campaign=campaign, organisation=body)
    if fresh:
        TierTerms.objects.create(
            scheme=scheme, since=_since(campaign), kinds=list(campaign.covers),
            **_signed(actor, reason),
        )  # fmt: skip
    return scheme


def _since(campaign: Campaign) -> date:
    return max(clock.today(), campaign.starts_on)


def _standing(row: TierCriterion) -> TierCriterion:
    """Return the row as it stands under the lock."""
    held: TierCriterion | None = TierCriterion.objects.filter(pk=row.pk, until=None).first()
    if held is None:
        raise Refused("这条标准刚才已经改过或者停掉了，请刷新再看。")
    return held


def _end(held: TierCriterion, campaign: Campaign, reason: str) -> None:
    held.until = max(held.since, _since(campaign))
    held.ended_why = tidy_line(reason)[:200]
    held.save(update_fields=["until", "ended_why"])


def _row(
    actor: Actor, scheme: TierScheme, code: str, setting: Setting, reason: str, order: int
) -> TierCriterion:
    return TierCriterion.objects.create(
        scheme=scheme, since=_since(scheme.campaign), code=code, side=setting.side,
        fact=setting.fact, of=setting.of, compare=setting.compare, than=setting.than,
        order=order, **_signed(actor, reason),
    )  # fmt: skip


def _signed(actor: Actor, reason: str) -> dict[str, object]:
    assert actor.hat is not None  # the rule has asked
    return {"by": actor.person, "hat": actor.hat.title, "reason": tidy_line(reason)[:200]}


def _data(row: TierCriterion) -> dict[str, object]:
    return {
        "code": row.code, "side": row.side, "fact": row.fact, "of": row.of,
        "compare": row.compare, "than": row.than, "since": row.since,
    }  # fmt: skip
