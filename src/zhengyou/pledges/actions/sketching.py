"""Keep a sketch of what was sent in, so that near-identical texts are found without a scan."""

from collections.abc import Iterable

from zhengyou.pledges.likeness import bands
from zhengyou.pledges.models import ItemKind, PledgeItem, TextSketch


def sketch(items: Iterable[PledgeItem]) -> None:
    """Put the sketches of ``items`` in the place of those before. Common pledges (共性承诺) are
    meant to be alike and have none."""
    items = list(items)
    TextSketch.objects.filter(item__in=items).delete()
    TextSketch.objects.bulk_create(
        TextSketch(item=item, campaign_id=item.campaign_id, band=band)
        for item in items
        if item.kind != ItemKind.COMMON
        for band in bands(item.text)
    )
