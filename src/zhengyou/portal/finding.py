"""The public search: campaigns, promises, plans, remarks and what was laid open, with every word.

What the index finds is asked for again by the rules of what is public, names by each campaign's.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhengyou.campaigns.models import CampaignState, NameStyle, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.disclosure.models import DisclosedItem, ItemState
from zhengyou.disclosure.rules import in_public as in_public_items
from zhengyou.pledges.models import PledgeItem, in_public
from zhengyou.pledges.queries.wall import SHOWN, card
from zhengyou.portal import queries, talk
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.queries.talk import tallies, with_answers
from zhengyou.search.queries import Asked, Matches, matching
from zhengyou.search.text import LONGEST, phrases

EACH = 12
"""How many of each kind one page shows; the wall of a campaign has the rest."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one kind of thing has to show: the newest, and how many there are in all."""

    rows: list[Any] = field(default_factory=list)
    count: int = 0
    cut: bool = False

    @property
    def more(self) -> bool:
        """Whether there are more than shown."""
        return self.cut or self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer to one question."""

    text: str
    campaigns: Found
    items: Found
    plans: Found
    remarks: Found
    opened: Found

    @property
    def count(self) -> int:
        """How much was found."""
        found = (self.campaigns, self.items, self.plans, self.remarks, self.opened)
        return sum(each.count for each in found)


def find(text: str) -> Findings:
    """Return what the public may find. Few queries, however much there is."""
    text = text.strip()[:LONGEST]
    if not phrases(text):
        return Findings(text, Found(), Found(), Found(), Found(), Found())
    found = _campaigns(text), _items(text), _plans(text), _remarks(text), _opened(text)
    return Findings(text, *found)


def _campaigns(text: str) -> Found:
    rows = queries.public_campaigns()
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(theme__icontains=word))
    found = list(rows[: EACH + 1])
    return Found(found[:EACH], len(found[:EACH]), cut=len(found) > EACH)


def _items(text: str) -> Found:
    """Names are looked through only where the campaign of the item shows them in full."""
    said = matching(Asked("pledge_item", public=True), text)
    named = matching(Asked("pledge_item", public=True, names=True), text)
    wanted = {*said.uids, *named.uids}
    rows = PledgeItem.objects.filter(uid__in=wanted).order_by().values_list("pk", "uid")
    keys = {uid: pk for pk, uid in rows}  # by key alone, lest SQLite walk a whole wall
    full = Q(pledge__campaign__wall_names=NameStyle.FULL)
    fits = Q(pk__in=[keys[uid] for uid in said.uids if uid in keys])
    fits |= Q(pk__in=[keys[uid] for uid in named.uids if uid in keys]) & full
    draft = Q(pledge__campaign__state=CampaignState.DRAFT)
    found = PledgeItem.objects.filter(in_public(), fits, pk__in=list(keys.values())).exclude(draft)
    order = ("-published_at", "-pk")
    in_order = list(found.order_by(*order).values_list("pk", flat=True))
    shown = PledgeItem.objects.filter(pk__in=in_order[:EACH]).select_related(*SHOWN)
    newest = list(shown.order_by(*order))
    remarks = tallies("pledge_item", [item.uid for item in newest])
    cards = [card(item, remarks) for item in newest]
    return Found(cards, len(in_order), said.cut or named.cut)


def _plans(text: str) -> Found:
    found = matching(Asked("plan", public=True), text)
    rows = Plan.objects.filter(state=ClimbState.PUBLISHED, uid__in=found.uids)
    rows = rows.exclude(campaign__state=CampaignState.DRAFT)
    newest = rows.select_related("campaign", "organisation").order_by("-published_at", "-pk")[:EACH]
    return Found(list(newest), rows.count(), found.cut)


def _opened(text: str) -> Found:
    found = matching(Asked("disclosed_item", public=True), text)
    rows = DisclosedItem.objects.filter(
        in_public_items(), state=ItemState.PUBLISHED, uid__in=found.uids
    )  # fmt: skip
    newest = rows.select_related("topic__duty", "organisation").order_by("-published_on", "-pk")
    return Found(list(newest[:EACH]), rows.count(), found.cut)


def _remarks(text: str) -> Found:
    found: Matches = matching(Asked("remark", public=True), text)
    campaigns: set[UUID] = set(queries.public_campaigns().values_list("uid", flat=True))
    rows = Remark.objects.filter(
        state=RemarkState.SHOWN, uid__in=found.uids, within__in=campaigns
    )  # fmt: skip
    newest = with_answers(rows).order_by("-shown_on", "-uid")[:EACH]
    return Found(talk.lines(newest), rows.count(), found.cut)
