"""Plan an inspection: what is looked at, where, when, by whom; how many of each stratum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections import rules
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import (
    FIX_DAYS,
    REPLY_DAYS,
    Inspection,
    InspectionKind,
    InspectionOffer,
    InspectionState,
    Sample,
    StrataBy,
    TeamMember,
)
from zhengyou.kernel import clock, paths
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation, Person

ITEMS_MOST, TEAM_MOST = 40, 40


@dataclass(frozen=True, slots=True)
class Outline:
    """What is said about an inspection before its list is frozen."""

    kind: InspectionKind
    title: str
    scope: Organisation
    kinds: Sequence[Kind]
    starts_on: date
    ends_on: date
    purpose: str = ""
    sample: Sample = Sample.RANDOM
    strata_by: StrataBy = StrataBy.KIND
    quota: int = 1
    quotas: Mapping[str, int] = field(default_factory=dict)
    reply_days: int = REPLY_DAYS
    fix_days: int = FIX_DAYS


def plan(
    actor: Actor,
    body: Organisation,
    outline: Outline,
    *,
    campaign: Campaign | None = None,
    offer: InspectionOffer | None = None,
    again_of: Inspection | None = None,
    items: Sequence[Item] = (),
) -> Inspection:
    """Begin a plan; it is a draft until its list is frozen or its bodies are named.

    Raises:
        Refused: no right, a scope that is not below, no title, days the wrong way round.
    """
    with book.writing() as facts:
        rules.may_plan(actor, body).require()
        if again_of is not None:
            _in_place_of(again_of, body)
        given = list(items) or list(offer.items if offer else [])
        inspection = Inspection(
            organisation=body, campaign=campaign, offer=offer, again_of=again_of,
            created_at=clock.now(),
            items=[item.data if isinstance(item, Item) else item for item in given],
        )  # fmt: skip
        _write(inspection, outline)
        inspection.save()
        facts.record("inspection.plan", by=actor, about=inspection.ref,
                     data={"body": body.uid, "scope": outline.scope.uid, "kind": outline.kind.value,
                           "again_of": again_of.uid if again_of else None})  # fmt: skip
    return inspection


def change(actor: Actor, inspection: Inspection, outline: Outline) -> None:
    """Say it anew, as long as it is a draft."""
    with book.writing() as facts:
        rules.may_prepare(actor, hold(inspection)).require()
        _write(inspection, outline)
        inspection.save()
        facts.record("inspection.change", by=actor, about=inspection.ref)


def set_items(actor: Actor, inspection: Inspection, items: Sequence[Item]) -> None:
    """Write down what is looked at; codes that are there are kept, so that answers stay theirs.

    Raises:
        Refused: no draft any more, an item without outcome or without a way to see it.
    """
    with book.writing() as facts:
        rules.may_prepare(actor, hold(inspection)).require()
        if not items or len(items) > ITEMS_MOST:
            raise Refused(f"写 1 到 {ITEMS_MOST} 项要看的结果。")
        for item in items:
            if not item.what or not item.how:
                raise Refused("每一项都要写看什么结果、怎么看。")
        if len({item.code for item in items}) < len(items):
            raise Refused("有两项的代号一样。")
        inspection.items = [item.data for item in items]
        inspection.save(update_fields=["items"])
        facts.record("inspection.items", by=actor, about=inspection.ref, data={"items": len(items)})


def set_quotas(actor: Actor, inspection: Inspection, quotas: Mapping[str, int]) -> None:
    """Say how many are drawn of each stratum; 0 leaves a stratum out.

    Raises:
        Refused: no draft any more, or nobody to be drawn.
    """
    with book.writing() as facts:
        rules.may_prepare(actor, hold(inspection)).require()
        if not any(quotas.values()):
            raise Refused("至少有一层抽一个。")
        inspection.quotas = {key: max(many, 0) for key, many in quotas.items()}
        inspection.save(update_fields=["quotas"])
        facts.record("inspection.quotas", by=actor, about=inspection.ref,
                     data={"drawn": sum(inspection.quotas.values())})  # fmt: skip


def set_team(
    actor: Actor, inspection: Inspection, people: Sequence[Person], leader: Person | None = None
) -> None:
    """Say who inspects; may change until the inspection is over.

    Raises:
        Refused: no right, nobody, too many, or a leader who is not in the team.
    """
    with book.writing() as facts:
        held = hold(inspection)
        rules.may_plan(actor, held.organisation).require()
        if held.state in (InspectionState.CLOSED, InspectionState.ANNULLED):
            raise Refused("这次督查已经结束，督查组不能再改。")
        chosen = {person.pk: person for person in people}
        if not chosen or len(chosen) > TEAM_MOST:
            raise Refused(f"督查组要有 1 到 {TEAM_MOST} 个人。")
        if leader is not None and leader.pk not in chosen:
            raise Refused("带队的人要在督查组里。")
        inspection.team.all().delete()
        lead = leader.pk if leader else next(iter(chosen))
        TeamMember.objects.bulk_create(
            TeamMember(inspection=inspection, person=person, leads=pk == lead)
            for pk, person in chosen.items()
        )
        facts.record("inspection.team", by=actor, about=inspection.ref,
                     data={"people": sorted(person.uid for person in chosen.values())})  # fmt: skip


def discard(actor: Actor, inspection: Inspection) -> None:
    """Throw a draft away: nothing of it was public."""
    with book.writing() as facts:
        rules.may_prepare(actor, hold(inspection)).require()
        facts.record("inspection.discard", by=actor, about=inspection.ref)
        inspection.delete()


# --- inside -------------------------------------------------------------------------------------
def hold(inspection: Inspection) -> Inspection:
    """Lock the row and return it as it stands now, its relations as they were read."""
    Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    inspection.refresh_from_db(fields=["state", "items", "sample", "starts_on", "ends_on"])
    return inspection


def _in_place_of(old: Inspection, body: Organisation) -> None:
    if old.organisation_id != body.pk or old.state != InspectionState.ANNULLED:
        raise Refused("只有本组织作废了的督查才能重来。")
    if hasattr(old, "again"):
        raise Refused("这次作废的督查已经重来过一次，请看接替它的那一次。")


def _write(inspection: Inspection, outline: Outline) -> None:
    title = tidy_line(outline.title)[:60]
    if not title:
        raise Refused("督查叫什么，要写。")
    if not paths.is_within(outline.scope.path, inspection.organisation.path):
        raise Refused("范围要在本组织下面。")
    if not outline.kinds:
        raise Refused("至少选一种要查的组织。")
    if outline.ends_on < outline.starts_on:
        raise Refused("结束的日期早于开始的日期，请改过来。")
    if outline.kind == InspectionKind.SPOT and outline.sample != Sample.RANDOM:
        raise Refused("随机抽查要公开抽签，不能指定单位。")
    _check_campaign(inspection.campaign, outline)
    for name in ("kind", "scope", "starts_on", "ends_on", "sample", "strata_by", "quota",
                 "reply_days", "fix_days"):  # fmt: skip
        setattr(inspection, name, getattr(outline, name))
    inspection.title, inspection.purpose = title, tidy(outline.purpose)[:300]
    inspection.kinds = [kind.value for kind in outline.kinds]
    inspection.quotas = {key: many for key, many in outline.quotas.items() if many >= 0}


def _check_campaign(campaign: Campaign | None, outline: Outline) -> None:
    if campaign is None:
        return
    if not paths.is_within(outline.scope.path, campaign.organisation.path):
        raise Refused(f"范围要在“{campaign.title}”里。")
