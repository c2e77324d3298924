"""Lists of boxes: those of a body, those I collate, those that stand open in public."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.queries.campaigns import covering
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation
from zhengyou.ui.text import short_date
from zhengyou.voices.models import Box, BoxKind, BoxOffer, BoxState, VoiceState
from zhengyou.voices.queries.public import put_in_url
from zhengyou.voices.rules import public_boxes


@dataclass(frozen=True, slots=True)
class Row:
    """One box in a list, with how many lie in it."""

    box: Box
    badge: tuple[str, str]
    count: int
    waiting: int
    unsettled: int

    @property
    def why(self) -> str:
        """What is in it, in words."""
        if not self.count:
            return f"{self.box.get_kind_display()}，还没有人写"
        left = f"，{self.unsettled} 条还没有办" if self.unsettled else "，都办了"
        return f"{self.box.get_kind_display()}，收到 {self.count} 条{left}"

    @property
    def when(self) -> str:
        """From when to when."""
        begin = short_date(self.box.opens_on)
        return f"{begin}到{short_date(self.box.closes_on)}" if self.box.closes_on else f"{begin}起"


def badge_of(box: Box) -> tuple[str, str]:
    """Return badge and words of where a box stands today."""
    if box.state == BoxState.DRAFT:
        return "todo", "筹备中"
    if box.takes():
        return "doing", "正在收"
    if box.ended():
        return "done", "已经收完"
    return "wait", "还没到日子"


def rows(which: QuerySet[Box]) -> list[Row]:
    """Return boxes with their counts. One query."""
    found = which.select_related("organisation", "collator").annotate(
        count=Count("voices"),
        waiting=Count("voices", filter=Q(voices__state=VoiceState.WAITING)),
        unsettled=Count("voices", filter=Q(voices__became="")),
    )
    return [
        Row(box, badge_of(box), box.count, box.waiting, box.unsettled)
        for box in found.order_by("-opens_on", "pk")
    ]


@dataclass(frozen=True, slots=True)
class Offered:
    """A box that a campaign proposes to a body, which has not set it up yet."""

    offer: BoxOffer

    @property
    def why(self) -> str:
        """When, and of which campaign."""
        offer = self.offer
        since, until = offer.since, offer.until
        span = f"{short_date(since)}到{short_date(until)}" if since and until else "时间自己定"
        return f"{offer.campaign.title}建议的{offer.get_kind_display()}，{span}"


def offered(body: Organisation) -> list[Offered]:
    """Return what running campaigns propose to ``body`` and it has not set up. Three queries."""
    taken = Box.objects.filter(organisation=body, offer__isnull=False).values("offer")
    offers = BoxOffer.objects.filter(campaign__in=covering(body)).exclude(pk__in=taken)
    rows = offers.exclude(kind=BoxKind.BURDEN).select_related("campaign", "phase")
    return [Offered(offer) for offer in rows if body.kind in offer.kinds]


def public_of(run: Campaign) -> QuerySet[Box]:
    """Return the boxes of a campaign that have a public page, those that take something first."""
    found = Box.objects.filter(public_boxes(), campaign=run).exclude(kind=BoxKind.BURDEN)
    today = clock.today()
    over = Q(state=BoxState.CLOSED) | Q(closes_on__lt=today)
    rows = found.select_related("organisation").annotate(
        shown=Count("voices", filter=Q(voices__state=VoiceState.SHOWN)),
        over=Case(When(over, then=1), default=0, output_field=IntegerField()),
    )
    return rows.order_by("over", "organisation__path", "-opens_on", "pk")


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One box on the site of its campaign."""

    box: Box
    badge: tuple[str, str]
    why: str
    url: str


def public_rows(boxes: Iterable[Box]) -> list[PublicRow]:
    """Return boxes of :func:`public_of` as rows."""
    return [
        PublicRow(
            box,
            badge_of(box),
            f"{box.organisation.name}，{box.get_kind_display()}，公开了 {box.shown} 条",  # type: ignore[attr-defined]
            put_in_url(box),
        )
        for box in boxes
    ]
