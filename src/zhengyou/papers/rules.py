"""Who may see and make papers. A paper shows what is not done: it is for the body and above."""

from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.papers.models import Paper, PaperState
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Role
from zhengyou.people.rules import KEEPERS, OVERSEERS

MAKERS = (*KEEPERS, Role.RECORDER)  # a recorder prepares papers for the secretary


def visible_papers(actor: Actor) -> Q:
    """Return which papers exist for ``actor``: those of bodies the hat looks at."""
    if not actor.hat or actor.hat.role not in OVERSEERS:
        return Q(pk__in=[])
    return paths.within("organisation__path", actor.hat.organisation.path)


def may_see_summary(actor: Actor, body: Organisation) -> Verdict:
    """See the figures of a body's summary and the rows behind them."""
    return Verdict.of(
        actor.holds(body.path, OVERSEERS),
        "总结里的数字和明细只给本组织和上级的书记、委员、活动办、督查员看。",
    )


def may_make_summary(actor: Actor, campaign: Campaign, body: Organisation) -> Verdict:
    """Have a summary written as a Word file."""
    return Verdict.of(
        actor.holds(body.path, MAKERS), "总结由本组织或上级的书记、副书记、活动办、记录员来生成。"
    ) & Verdict.of(
        paths.is_within(body.path, campaign.organisation.path),
        f"{body.name}不在“{campaign.title}”的范围里。",
    )


def may_retry(actor: Actor, paper: Paper) -> Verdict:
    """Ask again for a paper that failed or whose worker was interrupted."""
    return Verdict.of(
        paper.state == PaperState.FAILED or paper.interrupted, "正在生成，请稍等。"
    ) & may_make_summary(actor, paper.campaign, paper.organisation)
