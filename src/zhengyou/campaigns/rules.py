"""Who sees and does what with campaigns and plans. Rights follow from posts and the tree.

A campaign belongs to the keepers (secretary, deputy, campaign office) of the body it is run for.
A plan is written by the body that takes part, decided by the keepers above it, and published by
the body again.
"""

from collections.abc import Mapping

from django.db.models import Q

from zhengyou.campaigns import clarity
from zhengyou.campaigns.blueprint.sections import sections
from zhengyou.campaigns.models import Act, Campaign, CampaignState, Plan, Standard
from zhengyou.campaigns.opinions import campaign_consulted, consulted
from zhengyou.climb.models import ClimbState
from zhengyou.climb.rules import decided_above, not_own
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Role
from zhengyou.people.models.post import heads_of
from zhengyou.people.rules import HEADS, KEEPERS, OVERSEERS

KEEP_OWN = tuple(dict.fromkeys((*KEEPERS, *HEADS)))
"""Who keeps what is a body's own; of a working group that is its head, who keeps nothing else."""
WRITERS = (*KEEP_OWN, Role.RECORDER)
"""Who writes a body's plan; submitting it is for who leads the body."""
EDITABLE = (ClimbState.DRAFT, ClimbState.RETURNED)
NOBODY = Q(pk__in=[])


# --- campaigns: seeing --------------------------------------------------------------------------
def visible_campaigns(actor: Actor) -> Q:
    """Return which campaigns exist for ``actor``.

    Running and ended ones of the own body and those above it, and for posts that oversee, of
    those below; drafts only for the keepers of the body they are made for.
    """
    homes = [body.path for body in actor.memberships]
    if actor.hat:
        homes.append(actor.hat.organisation.path)
    line = {above for home in homes for above in (home, *paths.ancestors(home))}
    started = ~Q(state=CampaignState.DRAFT)
    seen = started & Q(organisation__path__in=line)
    if actor.hat and actor.hat.role in OVERSEERS:
        below = paths.within("organisation__path", actor.hat.organisation.path)
        seen |= below if actor.hat.role in KEEPERS else below & started
    return seen


def coverage_top(actor: Actor, campaign: Campaign) -> str | None:
    """Return the path below which ``actor`` sees how far the bodies are; None: not at all."""
    if actor.hat is None or actor.hat.role not in OVERSEERS:
        return None
    top, own = actor.hat.organisation.path, campaign.organisation.path
    if paths.is_within(own, top):
        return own
    return top if paths.is_within(top, own) else None


# --- campaigns: doing ---------------------------------------------------------------------------
def may_create_campaign(actor: Actor, body: Organisation) -> Verdict:
    """Begin a campaign for ``body`` and what is below it."""
    return (
        Verdict.of(
            actor.holds(body.path, KEEPERS),
            "新建活动要由本组织或上级的书记、副书记、活动办来办。",
        )
        & Verdict.of(
            body.family != Family.WORKING, f"{body.name}是工作机构，活动要由党组织或单位来办。"
        )
        & Verdict.of(body.is_open(), f"{body.name}已经撤销，不能再办活动。")
    )


def _may_keep(actor: Actor, campaign: Campaign) -> Verdict:
    return Verdict.of(
        actor.holds(campaign.organisation.path, KEEPERS),
        f"这个活动由{campaign.organisation.name}的书记、副书记、活动办来管。",
    )


def keeps(actor: Actor, campaign: Campaign) -> Verdict:
    """Keep the campaign at all, whatever its state."""
    return _may_keep(actor, campaign)


def may_edit_campaign(actor: Actor, campaign: Campaign) -> Verdict:
    """Change title, theme, phase dates while it is prepared or runs."""
    return _may_keep(actor, campaign) & Verdict.of(
        campaign.state != CampaignState.CLOSED, "活动已经结束，不能再改。"
    )


def may_replace_blueprint(actor: Actor, campaign: Campaign) -> Verdict:
    """Take another file, or throw the campaign away: only while it is prepared."""
    return _may_keep(actor, campaign) & Verdict.of(
        campaign.state == CampaignState.DRAFT,
        "活动启动以后蓝图就定了，只能改名称、主题、目标、载体、名字写法、阶段日期，"
        "和还没有人对照着作承诺的标准；要整个换，请另建活动。",
    )


def may_open_campaign(actor: Actor, campaign: Campaign) -> Verdict:
    """Start it."""
    return (
        _may_keep(actor, campaign)
        & Verdict.of(
            campaign.state == CampaignState.DRAFT,
            f"活动{CampaignState(campaign.state).label}，不用再启动。",
        )
        & campaign_consulted(campaign)
    )


def may_close_campaign(actor: Actor, campaign: Campaign) -> Verdict:
    """End it."""
    return _may_keep(actor, campaign) & Verdict.of(
        campaign.state == CampaignState.OPEN,
        f"活动{CampaignState(campaign.state).label}，进行中的活动才能结束。",
    )


def may_save_blueprint(actor: Actor, campaign: Campaign) -> Verdict:
    """Take a campaign's blueprint home: whoever could begin a campaign somewhere."""
    return Verdict.of(
        actor.hat and actor.hat.role in KEEPERS,
        "存成蓝图是给书记、副书记、活动办用的。",
    )


def may_see_changes(actor: Actor, campaign: Campaign) -> Verdict:
    """Read what was changed of a campaign since it began: its keepers and whoever oversees."""
    return Verdict.of(actor.hat and actor.hat.role in OVERSEERS, "活动的改动给任职的人看。")


def says_why(campaign: Campaign, reason: str) -> Verdict:
    """A change to a running campaign says why; the ledger keeps it."""
    return Verdict.of(
        campaign.state == CampaignState.DRAFT or reason.strip(),
        "活动已经启动，改动要写明理由，记在账上。",
    )


def may_change_standard(actor: Actor, standard: Standard) -> Verdict:
    """Reword a standard, as long as nothing was promised against its present words."""
    verdict = may_edit_campaign(actor, standard.campaign)
    for section in sections():
        verdict = verdict & section.may_change_standard(standard)
    return verdict


# --- plans: seeing ------------------------------------------------------------------------------
def visible_plans(actor: Actor) -> Q:
    """Return which plans exist for ``actor``.

    Published ones for all who are signed in; from above whatever was submitted once; a draft only
    for those who oversee the body itself.
    """
    if actor.person is None and not actor.signed_in:
        return NOBODY
    seen = Q(state=ClimbState.PUBLISHED)
    if actor.hat and actor.hat.role in HEADS:
        seen |= Q(organisation__path=actor.hat.organisation.path)
    if actor.hat and actor.hat.role in OVERSEERS:
        path = actor.hat.organisation.path
        submitted = Q(submitted_at__isnull=False)
        seen |= Q(organisation__path=path)
        seen |= paths.within("organisation__path", path) & submitted
    return seen


# --- plans: doing -------------------------------------------------------------------------------
def led_by(body: Organisation) -> str:
    """Return who leads ``body``, in words: 某支部的书记或副书记."""
    return f"{body.name}的{heads_of(Kind(body.kind))}"


def may_adopt(actor: Actor, campaign: Campaign, body: Organisation) -> Verdict:
    """Take part: begin the body's plan. Whether there is one already is the database's to say."""
    return (
        Verdict.of(actor.holds_at(body.path, HEADS), f"采用活动要由{led_by(body)}来办。")
        & Verdict.of(body.is_open(), f"{body.name}已经撤销。")
        & Verdict.of(campaign.covers_body(body), f"“{campaign.title}”没有覆盖{body.name}。")
        & campaign.allows(Act.SUBMIT_PLAN)
    )


def _runs(campaign: Campaign) -> Verdict:
    return Verdict.of(
        campaign.state == CampaignState.OPEN,
        f"“{campaign.title}”{CampaignState(campaign.state).label}，方案现在不能动。",
    )


def may_edit_plan(actor: Actor, plan: Plan) -> Verdict:
    """Write the sections."""
    return (
        Verdict.of(
            actor.holds_at(plan.organisation.path, WRITERS),
            f"这份方案由{plan.organisation.name}的书记、副书记、活动办、记录员来写。",
        )
        & Verdict.of(
            plan.state in EDITABLE, f"方案{ClimbState(plan.state).label}，起草中或退回的才能改。"
        )
        & _runs(plan.campaign)
    )


def may_seat(actor: Actor, plan: Plan) -> Verdict:
    """Set up the groups and fill their seats, as long as the campaign runs."""
    return Verdict.of(
        actor.holds_at(plan.organisation.path, KEEP_OWN),
        f"领导小组由{plan.organisation.name}的书记、副书记、活动办来排。",
    ) & _runs(plan.campaign)


def may_submit_plan(actor: Actor, plan: Plan) -> Verdict:
    """Send it up: in a phase that opens it, or after it was returned; with 四个明确 met, and every
    opinion that was asked for answered.
    """
    return (
        Verdict.of(
            actor.holds_at(plan.organisation.path, HEADS),
            f"送审要由{led_by(plan.organisation)}来办。",
        )
        & Verdict.of(plan.state in EDITABLE, f"方案{ClimbState(plan.state).label}，不用再送审。")
        & _runs(plan.campaign)
        & _in_time(plan)
        & _clear(plan)
        & consulted(plan)
    )


def _in_time(plan: Plan) -> Verdict:
    """A returned plan may come back after the phase: the body above asked for it."""
    if plan.state == ClimbState.RETURNED:
        return Verdict.yes()
    return plan.campaign.allows(Act.SUBMIT_PLAN)


def _clear(plan: Plan) -> Verdict:
    found = clarity.blocking(plan.texts)
    return Verdict.of(not found, "四个明确还差：" + "".join(map(str, found)))


def may_take_back_plan(actor: Actor, plan: Plan) -> Verdict:
    """Take a submitted plan back as long as nobody has decided."""
    return (
        Verdict.of(
            actor.holds_at(plan.organisation.path, HEADS),
            f"收回方案要由{led_by(plan.organisation)}来办。",
        )
        & Verdict.of(
            plan.state == ClimbState.SUBMITTED,
            f"方案{ClimbState(plan.state).label}，待审的才能收回。",
        )
        & _runs(plan.campaign)
    )


def may_review_plan(actor: Actor, plan: Plan) -> Verdict:
    """Return or approve: keepers above the body. Where the campaign's own body has nobody above
    it, another of its keepers than the one who submitted.
    """
    body = plan.organisation
    if body.parent_id is None:
        above = Verdict.of(
            actor.holds_at(body.path, KEEPERS),
            f"{body.name}上面没有上级，要由本级另一位书记、副书记或活动办来审。",
        ) & Verdict.of(
            not actor.is_person(plan.submitted_by), "这是您自己送审的方案，要由别人来审。"
        )
    else:
        above = decided_above(actor, body, KEEPERS, "方案") & not_own(
            actor, body, plan.submitted_by, KEEPERS, "方案"
        )
    return (
        above
        & Verdict.of(
            plan.state == ClimbState.SUBMITTED,
            f"方案{ClimbState(plan.state).label}，待审的才能审。",
        )
        & _runs(plan.campaign)
    )


def says_what_to_mend(sections: Mapping[str, str]) -> Verdict:
    """A plan goes back only with words that help."""
    return Verdict.of(sections, "退回要写清楚哪一节要改、怎么改，至少写一节。")


def nothing_to_mend(sections: Mapping[str, str]) -> Verdict:
    """Whoever wrote what to mend has not meant yes."""
    return Verdict.of(
        not sections, "有的节写了要改的意见，不能同意。要退回就按“退回”，要同意请先删去这些意见。"
    )


def may_publish_plan(actor: Actor, plan: Plan) -> Verdict:
    """Make it public."""
    return (
        Verdict.of(
            actor.holds_at(plan.organisation.path, KEEP_OWN),
            f"公开方案要由{plan.organisation.name}的书记、副书记、活动办来办。",
        )
        & Verdict.of(
            plan.state == ClimbState.APPROVED,
            f"方案{ClimbState(plan.state).label}，上级同意以后才能公开。",
        )
        & _runs(plan.campaign)
    )
