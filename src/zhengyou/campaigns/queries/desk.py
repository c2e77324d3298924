"""What a post has to do about campaigns and plans, and what awaits its decision."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns import clarity, rules
from zhengyou.campaigns.models import Act, Campaign, CampaignState, Plan, PlanDecision
from zhengyou.campaigns.opinions import Open, open_of_plans
from zhengyou.campaigns.queries.basis import to_study
from zhengyou.campaigns.queries.campaigns import covering
from zhengyou.campaigns.queries.consultations import about_draft, to_answer_below, to_opine
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Organisation
from zhengyou.people.rules import HEADS, KEEPERS
from zhengyou.ui.text import short_date

SOON = 7
"""Days before its end in which something counts as due."""
MOST = 30
"""Plans listed one by one; more are summed up."""


def todo_for(actor: Actor) -> list[Errand]:
    """Return what is due from ``actor``: campaigns to start, plans to write, send and publish,
    documents to study. However many campaigns run, the queries are the same.
    """
    if actor.hat is None or actor.hat.role not in rules.WRITERS:
        return []
    body = actor.hat.organisation
    found = list(_to_start(body)) if actor.hat.role in KEEPERS else []
    running = covering(body)
    plans = {
        plan.campaign_id: plan
        for plan in Plan.objects.filter(organisation=body, campaign__in=running).prefetch_related(
            "sections", "decisions", "consultations"
        )
    }
    left = open_of_plans(plans.values())
    for campaign in running:
        plan = plans.get(campaign.pk)
        errand = _to_adopt(actor, campaign)
        if plan:
            errand = _about_plan(actor, campaign, plan, left.get(plan.pk, Open()))
        if errand:
            found.append(errand)
    return [*found, *to_study(actor), *to_opine(actor)]


def _to_start(body: Organisation) -> Iterator[Errand]:
    for campaign in Campaign.objects.filter(organisation=body, state=CampaignState.DRAFT):
        late = campaign.starts_on <= clock.today()
        yield Errand(
            kind="due" if late else "todo",
            label="没有启动",
            title=campaign.title,
            why="启动以后下面的组织才看得到，才能采用",
            when=f"{short_date(campaign.starts_on)}开始",
            url=reverse("campaigns:campaign", args=[campaign.uid]),
            button="去启动",
            due=campaign.starts_on,
        )


def _to_adopt(actor: Actor, campaign: Campaign) -> Errand | None:
    if actor.hat is None or actor.hat.role not in HEADS:
        return None
    last = _last_day(campaign)
    if last is None or not any(
        phase.starts_on <= clock.today() for phase in campaign.phases.all() if _opens(phase.opens)
    ):
        return None
    kind, label, when = _by(last)
    return Errand(
        kind=kind,
        label=label,
        title=f"采用“{campaign.title}”，写出本组织的方案",
        why=_why_adopt(campaign),
        when=when,
        url=reverse("campaigns:campaign", args=[campaign.uid]),
        button="去采用",
        due=last,
    )


def _why_adopt(campaign: Campaign) -> str:
    verdict = campaign.allows(Act.SUBMIT_PLAN)
    return "采用以后方案先替您填好，照实际改一改就能送审" if verdict else verdict.reason


def _about_plan(actor: Actor, campaign: Campaign, plan: Plan, left: Open) -> Errand | None:
    url = reverse("campaigns:plan", args=[plan.uid])
    edit = reverse("campaigns:edit_plan", args=[plan.uid])
    if plan.state == ClimbState.DRAFT:
        lacks = clarity.blocking(plan.texts)
        words = "、".join(str(lack.section.label) for lack in lacks)
        last = _last_day(campaign)
        consulted = about_draft(campaign, plan, left, last)
        if consulted and (not lacks or plan.consultations.all()):
            return consulted
        kind, label, when = _by(last) if last else ("doing", "起草中", "")
        return Errand(
            kind="doing" if kind == "todo" else kind,
            label="起草中" if kind == "todo" else label,
            title=f"“{campaign.title}”方案还没有送审",
            why=f"四个明确还差：{words}" if lacks else "四个明确都写到了，看过没问题就送审",
            when=when,
            url=edit if lacks else url,
            button="接着写" if lacks else "去送审",
            due=last,
        )
    if plan.state == ClimbState.RETURNED:
        return _returned(campaign, plan, edit)
    if plan.state == ClimbState.APPROVED and actor.hat and actor.hat.role in rules.KEEP_OWN:
        return Errand(
            kind="due",
            label="已同意",
            title=f"“{campaign.title}”方案可以公开了",
            why="上级已经同意，公开以后群众才看得到",
            when="",
            url=url,
            button="去公开",
            due=_day_of(plan.approved_at) if plan.approved_at else None,
        )
    return None


def _returned(campaign: Campaign, plan: Plan, url: str) -> Errand:
    decision = max(plan.decisions.all(), key=lambda row: row.decided_at)
    sections, day = len(decision.section_reasons), _day_of(decision.decided_at)
    return Errand(
        kind="back",
        label="退回",
        title=f"“{campaign.title}”方案要改 {sections} 节",
        why=_first_reason(decision),
        when=f"{short_date(day)}退回",
        url=url,
        button="去改",
        due=day,
    )


def _first_reason(decision: PlanDecision) -> str:
    reasons = [str(reason) for reason in decision.section_reasons.values()]
    return reasons[0] if reasons else decision.reason


def waiting_for(actor: Actor) -> list[Errand]:
    """Return the plans that await the decision of ``actor``: of bodies whose next level up with a
    say is the body of the hat worn; and opinions of bodies below. Four queries.
    """
    keys = _to_decide(actor)
    plans = _plans(keys[:MOST])
    found = [_to_review(plan) for plan in plans]
    if len(keys) > MOST:
        found.append(_more(plans[0].campaign, len(keys) - MOST))
    return [*found, *to_answer_below(actor)]


def waiting_plans(actor: Actor) -> list[Plan]:
    """Return the first plans that await the decision of ``actor``, the longest waiting first."""
    return _plans(_to_decide(actor)[:MOST])


def _plans(keys: list[int]) -> list[Plan]:
    rows = Plan.objects.filter(pk__in=keys).select_related("campaign", "organisation")
    return list(rows.order_by("submitted_at", "pk"))


def _to_decide(actor: Actor) -> list[int]:
    """Return the keys of the plans to decide, the longest waiting first.

    A party body between the plan's body and the hat's decides before the hat's does.
    """
    if actor.hat is None or actor.hat.role not in KEEPERS:
        return []
    top = actor.hat.organisation
    rows = list(_within_reach(actor, top).values_list("pk", "organisation__path"))
    between = {
        path: [step for step in paths.ancestors(path) if len(step) > len(top.path)]
        for _, path in rows
    }
    party = set(
        Organisation.objects.filter(
            path__in={step for steps in between.values() for step in steps},
            family=Family.PARTY,
            closed_on__isnull=True,
        ).values_list("path", flat=True)
    )
    return [pk for pk, path in rows if party.isdisjoint(between[path])]


def _within_reach(actor: Actor, top: Organisation) -> QuerySet[Plan]:
    """Return the submitted plans below ``top`` of campaigns in which it has a say."""
    line = [top.path, *paths.ancestors(top.path)]
    below = paths.within("organisation__path", top.path) & ~Q(organisation=top)
    # Above the campaign's own body only that body's plan is decided.
    below &= Q(campaign__organisation__path__in=line) | Q(organisation=F("campaign__organisation"))
    if top.parent_id is None:
        below |= Q(organisation=top)
    return (
        Plan.objects.filter(below, state=ClimbState.SUBMITTED, campaign__state=CampaignState.OPEN)
        .exclude(submitted_by=actor.person)
        .order_by("submitted_at", "pk")
    )


def _to_review(plan: Plan) -> Errand:
    day = _day_of(plan.submitted_at) if plan.submitted_at else clock.today()
    days = (clock.today() - day).days
    return Errand(
        kind="wait",
        label="待审",
        title=f"{plan.organisation.name}的方案",
        why=plan.campaign.title,
        when=f"等了 {days} 天" if days else "今天送来",
        url=reverse("campaigns:review_plan", args=[plan.uid]),
        button="去审",
        due=day,
    )


def _more(campaign: Campaign, count: int) -> Errand:
    url = reverse("campaigns:campaign", args=[campaign.uid])
    return Errand(
        kind="wait",
        label="待审",
        title=f"还有 {count} 份方案",
        why="审完上面的再看，或者到活动页按状态找",
        when="",
        url=f"{url}?state={ClimbState.SUBMITTED}#bodies",
        button="去看",
    )


def _opens(opens: list[str]) -> bool:
    return Act.SUBMIT_PLAN in opens


def _last_day(campaign: Campaign) -> date | None:
    """Return the last day on which plans may be submitted, if there is any."""
    return max((p.ends_on for p in campaign.phases.all() if _opens(p.opens)), default=None)


def _by(last: date) -> tuple[str, str, str]:
    """Return badge, words and when for something to be done by ``last``."""
    left = (last - clock.today()).days
    if left < 0:
        return "late", f"过期 {-left} 天", f"{short_date(last)}到期"
    if left <= SOON:
        return "due", "今天到期" if not left else f"还有 {left} 天", f"{short_date(last)}前"
    return "todo", "没开始", f"{short_date(last)}前"


def _day_of(moment: datetime) -> date:
    return moment.astimezone(clock.SHANGHAI).date()
