"""Which campaigns there are for somebody, which cover a body, and the ribbon of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from zhengyou.campaigns import rules
from zhengyou.campaigns.cycles import cycle_days
from zhengyou.campaigns.models import Campaign, CampaignState, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.ribbon import lay_out
from zhengyou.ui.text import long_date, near_date, short_date

STATE_KINDS = {
    CampaignState.DRAFT: "todo",
    CampaignState.OPEN: "doing",
    CampaignState.CLOSED: "off",
}
PLAN_KINDS = {
    ClimbState.DRAFT: "doing",
    ClimbState.SUBMITTED: "wait",
    ClimbState.RETURNED: "back",
    ClimbState.APPROVED: "due",
    ClimbState.PUBLISHED: "done",
}
"""State badges of the kit."""


def covering(body: Organisation, states: Iterable[str] = (CampaignState.OPEN,)) -> list[Campaign]:
    """Return the campaigns that ``body`` takes part in, its own and those from above, latest
    first; phases are fetched with them. Two queries.

    Args:
        states: of the campaigns wanted.
    """
    line = [body.path, *paths.ancestors(body.path)]
    found = (
        Campaign.objects.filter(organisation__path__in=line, state__in=list(states))
        .select_related("organisation")
        .prefetch_related("phases")
    )
    return [campaign for campaign in found if campaign.covers_body(body)]


def ribbon_of(campaign: Campaign, day: date | None = None, url: str = "") -> dict[str, Any]:
    """Return the phase ribbon as plain data for the tag ``ribbon``.

    Args:
        campaign: best with ``phases__milestones`` fetched.
        day: where today's mark stands; today where it is left out.
        url: what the title leads to.
    """
    day = day or clock.today()
    phases = list(campaign.phases.all())
    coming = min(
        (phase for phase in phases if phase.starts_on > day),
        key=lambda phase: phase.starts_on,
        default=None,
    )
    words = f"下一步：{coming}，{near_date(coming.starts_on, day)}开始" if coming else ""
    rows = [(phase.title, phase.starts_on, phase.ends_on) for phase in phases]
    return lay_out(campaign.title, rows, day, words, url, cycle_days(campaign), marks_of(campaign))


def marks_of(campaign: Campaign) -> list[tuple[str, date]]:
    """Return the key dates as the ribbon takes them; best with ``phases__milestones`` fetched."""
    keys = [key for phase in campaign.phases.all() for key in phase.milestones.all()]
    return [(key.title, key.due_on) for key in keys]


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A line of the list of campaigns."""

    campaign: Campaign
    kind: str
    label: str
    why: str
    when: str
    plan: Plan | None
    covered: bool  # takes part: the body whose hat is worn

    @property
    def url(self) -> str:
        """The campaign's page."""
        return reverse("campaigns:campaign", args=[self.campaign.uid])


def campaign_rows(actor: Actor) -> list[CampaignRow]:
    """Return the campaigns that exist for ``actor``: running, prepared, ended. Three queries."""
    body = actor.hat.organisation if actor.hat else None
    plans = Plan.objects.filter(organisation=body)
    found = (
        Campaign.objects.filter(rules.visible_campaigns(actor))
        .select_related("organisation")
        .prefetch_related("phases", Prefetch("plans", queryset=plans, to_attr="own_plans"))
    )
    order = [CampaignState.OPEN, CampaignState.DRAFT, CampaignState.CLOSED]
    rows = [_row(campaign, body) for campaign in found]
    return sorted(rows, key=lambda row: order.index(CampaignState(row.campaign.state)))


def _row(campaign: Campaign, body: Organisation | None) -> CampaignRow:
    state = CampaignState(campaign.state)
    plans: list[Plan] = getattr(campaign, "own_plans", [])
    plan = plans[0] if plans else None
    covered = body is not None and campaign.covers_body(body)
    parts = [campaign.organisation.name]
    if state == CampaignState.OPEN:
        parts.append(where_it_stands(campaign))
        if covered:
            own = ClimbState(plan.state).label if plan else "还没有采用"
            parts.append(f"本组织的方案：{own}")
    return CampaignRow(
        campaign=campaign,
        kind=STATE_KINDS[state],
        label=str(state.label),
        why="，".join(parts),
        when=_when(campaign),
        plan=plan,
        covered=covered,
    )


def _when(campaign: Campaign) -> str:
    if campaign.state == CampaignState.DRAFT or campaign.starts_on > clock.today():
        return f"{long_date(campaign.starts_on)}开始"
    ended = campaign.closed_at.astimezone(clock.SHANGHAI) if campaign.closed_at else None
    return f"{long_date(ended)}结束" if ended else f"到{long_date(campaign.ends_on)}"


def where_it_stands(campaign: Campaign) -> str:
    """Return in words which phases run today."""
    today = clock.today()
    phases = campaign.active_phases(today)
    if phases:
        return f"现在是{'、'.join(phase.title for phase in phases)}"
    if today < campaign.starts_on:
        return f"{short_date(campaign.starts_on)}开始"
    return "各阶段都过了，还没有结束" if today > campaign.ends_on else "两个阶段之间"
