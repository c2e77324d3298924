"""Go on in a later campaign with what an earlier one left unfinished."""

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.states import move
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.problems import searching, terms
from zhengyou.problems.actions.steps import hold, step
from zhengyou.problems.models import (
    CatalogueItem,
    Did,
    GatheredProblem,
    Problem,
    ProblemState,
    TakenOver,
)
from zhengyou.problems.rules import taking_over as rules

KEPT = (
    "organisation", "title", "text", "found_on", "source_kind", "source_uid", "source_label",
    "privacy", "subject", "owner", "raised_by", "raised_hat", "found_for",
)  # fmt: skip
"""What goes along: what was found, where, by whom, for whom it exists, and who mends it."""


def take_over(
    actor: Actor, old: Problem, campaign: Campaign, *, by: Verdict | None = None
) -> Problem:
    """Begin ``old`` anew in ``campaign``. Its measures, files and history stay with the old one.

    A deadline that is still to come is kept; one that has passed is to be agreed anew.

    Args:
        by: the answer of another rule that stands in for ``may_take_over``.

    Raises:
        Refused: no right, or finished. Stale: it was finished or taken over meanwhile.
    """
    with book.writing() as facts:
        hold(old)
        (by or rules.may_take_over(actor, old.organisation, campaign)).require()
        if old.campaign_id == campaign.pk:
            raise Refused(f"“{old.title}”就在这个活动里，不用接。")
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        before = f"“{old.campaign.title}”" if old.campaign else "以前"
        move(old, "take_over")
        new = _anew(old, campaign)
        TakenOver.objects.create(
            old=old, new=new, by=actor.person, hat=actor.hat.title, at=clock.now()
        )
        _links(old, new)
        step(facts, actor, old, Did.TAKE_OVER, f"转入“{campaign.title}”接着改", new=new.uid)
        step(facts, actor, new, Did.TAKE_OVER, f"从{before}接过来", old=old.uid)
        searching.follow(old)
        searching.follow(new)
    return new


def take_over_all(actor: Actor, old: Campaign, new: Campaign) -> int:
    """Go on in ``new`` with all that ``old`` left unfinished; return how many that were."""
    rows = Problem.objects.filter(rules.unfinished_of(old)).order_by("pk")
    with book.writing():
        for row in rows:
            take_over(actor, row, new, by=Verdict.yes())
    return len(rows)


def _anew(old: Problem, campaign: Campaign) -> Problem:
    today = clock.today()
    ahead = old.deadline if old.deadline and old.deadline >= today else None
    code = old.catalogue.code if old.catalogue else None
    return Problem.objects.create(
        campaign=campaign, state=ProblemState.OPEN, deadline=ahead, raised_at=clock.now(),
        claim_by=terms.claim_by(today),
        catalogue=CatalogueItem.objects.filter(campaign=campaign, code=code).first(),
        **{name: getattr(old, name) for name in KEPT},
    )  # fmt: skip


def _links(old: Problem, new: Problem) -> None:
    """Let what was gathered stay gathered."""
    GatheredProblem.objects.filter(gathered=old, left_at=None).update(gathered=new)
    GatheredProblem.objects.filter(member=old, left_at=None).update(member=new)
