"""Who may see and make papers. A paper shows what is not done: it is for the body and above.

Whoever sees a number sees all its rows; what of a row is nobody's business stays covered in it,
by the rules of pledges: a draft, what was returned to somebody, the name of who has not pledged.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.papers.models import Paper, PaperState
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Role
from zhengyou.people.rules import KEEPERS
from zhengyou.pledges import names
from zhengyou.pledges import rules as pledges
from zhengyou.pledges.models import Pledge, PledgeItem


def visible_papers(actor: Actor) -> Q:
    """Return which papers exist for ``actor``; same as :func:`may_see_summary`."""
    seen = Q(pk__in=[])
    if actor.hat is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    if role in (*pledges.BRANCH, Role.RECORDER):
        seen |= Q(organisation__path=path)
    if role in pledges.ABOVE:
        seen |= paths.within("organisation__path", path)
    return seen


def may_see_summary(actor: Actor, body: Organisation) -> Verdict:
    """See the figures of a body's summary and the rows behind them."""
    return Verdict.of(
        actor.holds_at(body.path, (*pledges.BRANCH, Role.RECORDER))
        or actor.holds(body.path, pledges.ABOVE),
        "总结里的数字和明细只给本组织的书记、委员、记录员和上级的书记、活动办、督查员看。",
    )


def may_make_summary(actor: Actor, campaign: Campaign, body: Organisation) -> Verdict:
    """Have a summary written as a Word file."""
    return (
        Verdict.of(
            actor.holds(body.path, KEEPERS) or actor.holds_at(body.path, (Role.RECORDER,)),
            "总结由本组织的书记、副书记、活动办、记录员或者上级来生成。",
        )
        & Verdict.of(
            paths.is_within(body.path, campaign.organisation.path),
            f"{body.name}不在“{campaign.title}”的范围里。",
        )
        & Verdict.of(
            sums_up(campaign, body), f"{body.name}不单独写总结，它的情况在所在党组织的总结里。"
        )
    )


def may_edit_summary(actor: Actor, campaign: Campaign, body: Organisation) -> Verdict:
    """Change the words of a summary: whoever makes it."""
    return may_make_summary(actor, campaign, body)


def sums_up(campaign: Campaign, body: Organisation) -> bool:
    """Tell whether ``body`` is one that has a summary: it takes part, or leads bodies that do."""
    leads = body.family == Family.PARTY and body.kind != Kind.PARTY_GROUP
    return leads or campaign.covers_body(body)


def may_retry(actor: Actor, paper: Paper) -> Verdict:
    """Ask again for a paper that failed, was interrupted, or that no worker has taken up."""
    return Verdict.of(
        paper.state == PaperState.FAILED or paper.interrupted, "正在生成，请稍等。"
    ) & may_make_summary(actor, paper.campaign, paper.organisation)


@dataclass(frozen=True, slots=True)
class Reader:
    """What of the rows behind a number somebody may read."""

    actor: Actor
    items: frozenset[int]
    pledges: frozenset[int]

    @classmethod
    def of(cls, actor: Actor, items: Iterable[PledgeItem]) -> "Reader":
        """Find out in two queries what of ``items`` may be read."""
        wanted = list(items)
        seen = PledgeItem.objects.filter(
            pledges.visible_items(actor), pk__in=[item.pk for item in wanted]
        )
        inside = Pledge.objects.filter(
            pledges.inside_pledges(actor), pk__in={item.pledge_id for item in wanted}
        )
        return cls(
            actor,
            frozenset(seen.values_list("pk", flat=True)),
            frozenset(inside.values_list("pk", flat=True)),
        )

    def reads(self, item: PledgeItem) -> bool:
        """Tell whether the words of ``item`` are this reader's business."""
        return item.pk in self.items

    def name_of(self, pledge: Pledge) -> str:
        """Return who pledges: in full from within, else as the wall says it."""
        shown = names.in_full if pledge.pk in self.pledges else names.in_public
        return shown(pledge).name

    def names_missing(self, bodies: Iterable[Organisation]) -> bool:
        """Tell whether somebody of ``bodies`` who has not pledged is named to this reader."""
        return any(pledges.may_see_missing(self.actor, body) for body in bodies)
