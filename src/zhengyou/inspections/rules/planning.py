"""Who plans an inspection, freezes its list, draws and annuls.

The list can be worked on until it is frozen; from then on it only goes forward. Drawing again is
no verb: what went wrong is annulled in public, and another inspection is planned in its place.
"""

from django.db.models import Q

from zhengyou.campaigns.models import CampaignState
from zhengyou.inspections.models import (
    Inspection,
    InspectionState,
    Sample,
    Visit,
    VisitState,
)
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Role
from zhengyou.people.rules import KEEPERS

PLANNERS = (*KEEPERS, Role.INSPECTOR)
"""Who inspects in the name of a body what is below it."""
_PLANNERS_WORDS = "督查由{}的书记、副书记、活动办、督查员来办。"


def is_planner(actor: Actor, body: Organisation) -> bool:
    """Tell whether the hat worn plans inspections of ``body``."""
    return bool(actor.person) and actor.holds_at(body.path, PLANNERS)


def planned_by(actor: Actor) -> Q:
    """Return the inspections that ``actor`` plans; see :func:`is_planner`."""
    if actor.person is None or actor.hat is None or actor.hat.role not in PLANNERS:
        return Q(pk__in=[])
    return Q(organisation=actor.hat.organisation)


def may_plan(actor: Actor, body: Organisation) -> Verdict:
    """Plan an inspection of what is below a body."""
    return Verdict.of(
        is_planner(actor, body), _PLANNERS_WORDS.format(body.name)
    ) & Verdict.of(body.is_open(), f"{body.name}已经撤销，不能再督查。")  # fmt: skip


def _state(inspection: Inspection, *states: InspectionState, otherwise: str) -> Verdict:
    return Verdict.of(inspection.state in states, otherwise)


def may_prepare(actor: Actor, inspection: Inspection) -> Verdict:
    """Change what is planned, or throw it away: a draft only."""
    return may_plan(actor, inspection.organisation) & _state(
        inspection, InspectionState.DRAFT,
        otherwise="名单封存以后、检查开始以后，方案不能再改。要重来，先公开作废。",
    )  # fmt: skip


def _ready(inspection: Inspection) -> Verdict:
    campaign = inspection.campaign
    return (
        Verdict.of(inspection.items, "还没有写看什么，先写检查内容。")
        & Verdict.of(inspection.team.exists(), "还没有督查组，先定谁去查。")
        & Verdict.of(
            campaign is None or campaign.state == CampaignState.OPEN,
            "活动没在进行，启动了再督查。",
        )
        & Verdict.of(inspection.ends_on >= clock.today(), "检查的日期已经过去，先改日期。")
    )


def may_freeze(actor: Actor, inspection: Inspection) -> Verdict:
    """Freeze the list and announce where the seed will come from."""
    return (
        may_prepare(actor, inspection)
        & Verdict.of(inspection.sample == Sample.RANDOM, "这次督查是指定单位，不抽签。")
        & _ready(inspection)
    )


def may_name(actor: Actor, inspection: Inspection) -> Verdict:
    """Name the bodies and begin, where nothing is drawn."""
    return (
        may_prepare(actor, inspection)
        & Verdict.of(inspection.sample == Sample.CHOSEN, "这次督查要公开抽签，不能指定单位。")
        & _ready(inspection)
    )


def may_enter_seed(actor: Actor, inspection: Inspection) -> Verdict:
    """Enter the seed, once, when its day has come; the draw follows at once."""
    verdict = may_plan(actor, inspection.organisation)
    if not verdict:
        return verdict
    if inspection.state == InspectionState.DRAFT:
        return Verdict.no("名单还没有封存，先封存、公布校验码，再录入种子。")
    if inspection.state != InspectionState.FROZEN:
        return Verdict.no("这次督查的签已经抽过了，一次督查只抽一次。要重来，先公开作废。")
    seed_on = inspection.draw.seed_on
    return Verdict.of(
        clock.today() >= seed_on,
        f"种子要到{seed_on.year}年{seed_on.month}月{seed_on.day}日才产生，现在还不能录入。",
    )


def may_annul(actor: Actor, inspection: Inspection) -> Verdict:
    """Annul in public: whoever leads the body, not an inspector alone; or whoever is above."""
    body = inspection.organisation
    return Verdict.of(
        actor.person and actor.holds(body.path, KEEPERS),
        f"作废由{body.name}或上级的书记、副书记、活动办来定。",
    ) & _state(
        inspection, InspectionState.FROZEN, InspectionState.UNDER_WAY,
        otherwise="只有封存了名单的、正在检查的督查能作废。",
    )  # fmt: skip


def may_close(actor: Actor, inspection: Inspection) -> Verdict:
    """Close it when each visit has come to its end."""
    verdict = may_plan(actor, inspection.organisation) & _state(
        inspection, InspectionState.UNDER_WAY, otherwise="只有正在检查的督查能结束。"
    )
    if not verdict:
        return verdict
    waiting = inspection.visits.filter(state__in=[VisitState.PLANNED, VisitState.UNDER_WAY])
    return Verdict.of(not waiting.exists(), "还有单位没有交意见，查完、交完再结束。")


def may_replace(actor: Actor, visit: Visit) -> Verdict:
    """Put the next of the reserve in the place of a body that was drawn and not yet visited: by
    whoever leads, since the reason is read by everybody; of a body that ended, a planner."""
    inspection, body = visit.inspection, visit.inspection.organisation
    gone = visit.organisation.closed_on is not None
    return (
        may_plan(actor, body)
        & Verdict.of(
            gone or actor.holds_at(body.path, KEEPERS),
            f"单位还在，换不换由{body.name}的书记、副书记、活动办来定。",
        )
        & Verdict.of(inspection.state == InspectionState.UNDER_WAY, "这次督查没在进行。")
        & Verdict.of(visit.candidate_id, "这个单位不是抽中的，没有备选。")
        & Verdict.of(visit.state == VisitState.PLANNED, "已经开始检查的单位不能换。")
    )


def within_scope(inspection: Inspection) -> Q:
    """Return the bodies among which an inspection may choose today: of its kinds, in its scope,
    open now and to the end of its days. Drafts of bodies and closed ones are out; so is the body
    that inspects."""
    found = paths.within("path", inspection.scope.path) & Q(
        kind__in=inspection.kinds, founded_on__lte=clock.today()
    )
    stays = Q(closed_on=None) | Q(closed_on__gt=inspection.ends_on)
    return found & stays & ~Q(pk=inspection.organisation_id)
