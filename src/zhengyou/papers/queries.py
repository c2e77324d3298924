"""Read models for the pages of papers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.climb.changes import Part as Change
from zhengyou.climb.changes import parts_of as changes_of
from zhengyou.kernel import paths
from zhengyou.papers import rules
from zhengyou.papers.edited import Edited, edited
from zhengyou.papers.models import Draft, Edit, Paper
from zhengyou.papers.records import Records
from zhengyou.papers.summary import compose
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Offer:
    """A summary that could be made: the hat's body in one campaign."""

    campaign: Campaign
    body: Organisation


def summaries_for(actor: Actor) -> list[Offer]:
    """Return the summaries of the body whose hat is worn, a campaign each; latest first."""
    if actor.hat is None or not rules.may_see_summary(actor, actor.hat.organisation):
        return []
    body = actor.hat.organisation
    line = [body.path, *paths.ancestors(body.path)]
    campaigns = Campaign.objects.filter(organisation__path__in=line).exclude(
        state=CampaignState.DRAFT
    )
    return [
        Offer(campaign, body)
        for campaign in campaigns.select_related("organisation")
        if rules.sums_up(campaign, body)
    ]


def latest_papers(campaign: Campaign, body: Organisation, limit: int = 5) -> QuerySet[Paper]:
    """Return the papers of a body in a campaign that were asked for last."""
    papers = Paper.objects.filter(campaign=campaign, organisation=body)
    return papers.select_related("organisation", "attachment")[:limit]


def draft_of(campaign: Campaign, body: Organisation) -> Draft | None:
    """Return the draft that counts: the last one begun."""
    drafts = Draft.objects.filter(campaign=campaign, organisation=body)
    return drafts.select_related("organisation").order_by("-number").first()


def edits_of(campaign: Campaign, body: Organisation) -> QuerySet[Edit]:
    """Return the changes of the draft that counts, in the order in which they were made."""
    last = Draft.objects.filter(campaign=campaign, organisation=body).order_by("-number")
    return Edit.objects.filter(draft__in=last.values("pk")[:1]).select_related("by").order_by("id")


def summary_of(campaign: Campaign, body: Organisation, day: date) -> Edited:
    """Return the summary as of a day, with the words of people in it."""
    return edited(compose(Records.load(campaign, body, day)), edits_of(campaign, body))


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a part, with what it changed in the words before it."""

    edit: Edit
    changes: tuple[Change, ...]


def versions_of(campaign: Campaign, body: Organisation, part: str) -> list[Version]:
    """Return every change of a part, the latest first."""
    found: list[Version] = []
    before = ""
    for edit in edits_of(campaign, body).filter(part=part):
        if not found:
            before = edit.was.get("text", "")
        after = edit.text or before
        found.append(Version(edit, changes_of(before, after) if after != before else ()))
        before = after
    return found[::-1]
