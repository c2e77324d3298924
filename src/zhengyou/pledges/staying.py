"""What stays behind when people leave a body, or a body ends: said before it is done."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from zhengyou.campaigns.models import CampaignState
from zhengyou.people.models import Organisation, Person
from zhengyou.pledges.models import Pledge


def of_leaving(body: Organisation, persons: list[Person]) -> Iterator[str]:
    """Yield, a campaign a line, how many pledges of ``persons`` stay with ``body``."""
    rows = Pledge.objects.filter(
        organisation=body, person__in=persons, campaign__state=CampaignState.OPEN
    )
    for title, count in _by_campaign(rows):
        yield f"“{title}”的承诺 {count} 份留在{body.name}，本人接着写进展，到了新组织不用再写。"


def of_ending(bodies: list[Organisation]) -> Iterator[str]:
    """Yield, a campaign a line, how many pledges stay with ``bodies``."""
    rows = Pledge.objects.filter(organisation__in=bodies, campaign__state=CampaignState.OPEN)
    for title, count in _by_campaign(rows):
        stays = f"“{title}”的承诺 {count} 份留在老组织名下，照样公开、写进展"
        yield f"{stays}；还没审的，由本人到的新组织接着审。"


def _by_campaign(rows: QuerySet[Pledge]) -> list[tuple[str, int]]:
    found = rows.values_list("campaign__title").annotate(count=Count("pk"))
    return list(found.order_by("campaign__title"))
