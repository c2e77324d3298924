"""What the public said: counts for the desk of those who write and review."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from zhengyou.campaigns.models import CampaignState, Subject
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.rules import HEADS
from zhengyou.pledges.models import Pledge, PledgeItem, announced, to_review
from zhengyou.remarks.queries import tallies
from zhengyou.ui.text import short_date


def came_in(pledges: Iterable[Pledge]) -> dict[int, int]:
    """Return how many opinions came in on what waits for review, by pledge; only where intentions
    are put out. Two queries, none where no rule of ``pledges`` asks for it."""
    asked = [pledge for pledge in pledges if pledge.rule.notice_days]
    if not asked:
        return {}
    items = PledgeItem.objects.filter(to_review(), pledge__in=asked)
    return _counted(items.values_list("uid", "pledge_id"))


def opinions_due(actor: Actor) -> list[Errand]:
    """Return a row a pledge of mine, or of the body I lead, whose intentions got opinions while
    they are put out: one may take them back and change them."""
    if actor.person is None:
        return []
    mine = Q(pledge__person=actor.person)
    if actor.hat and actor.hat.role in HEADS:
        body = actor.hat.organisation
        mine |= Q(pledge__subject=Subject.ORGANISATION, pledge__organisation=body)
    running = Q(pledge__campaign__state=CampaignState.OPEN)
    items = list(
        PledgeItem.objects.filter(announced(), mine, running).select_related("pledge__organisation")
    )
    counts = _counted([(item.uid, item.pledge_id) for item in items])
    ends = {item.pledge: item.announced_until for item in items}
    return [_row(pledge, counts[pledge.pk], until) for pledge, until in ends.items()
            if until and pledge.pk in counts]  # fmt: skip


def _row(pledge: Pledge, count: int, until: date) -> Errand:
    whose = "我的打算" if pledge.of_person else f"{pledge.organisation.name}的打算"
    return Errand(
        kind="doing",
        label="有意见",
        title=f"{whose}收到 {count} 条意见",
        why="看看说得对不对，要改就收回来改好再送",
        when=f"到{short_date(until)}",
        url=reverse("pledges:pledge", args=[pledge.uid]),
        button="看意见",
        due=until,
    )


def _counted(rows: Iterable[tuple[object, int]]) -> dict[int, int]:
    owner = dict(rows)
    found: dict[int, int] = {}
    for uid, tally in tallies("pledge_item", list(owner)).items():  # type: ignore[arg-type]
        if tally.shown:
            found[owner[uid]] = found.get(owner[uid], 0) + tally.shown
    return found
