"""A body's publicity plan, derived from the campaign's arrangements and what the body changed, with
what was posted for each line; and the postings that the public site shows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from zhengyou.campaigns import publicising
from zhengyou.campaigns.models import (
    Campaign,
    Channel,
    Plan,
    Posting,
    PublicityItem,
    PublicityLine,
)
from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_by_owner
from zhengyou.kernel import clock, paths, refs
from zhengyou.kernel.periods import periods_between
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation

Lookup = Callable[[Collection[refs.Ref]], Mapping[refs.Ref, tuple[str, str]]]
"""Says of references what each is called and where it is; left out or "": it cannot be seen."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a body's plan.

    Args:
        key: names it in addresses: the arrangement's code, ``code@first-day`` for one of several
            periods, or the uid of the body's own line.
        row: what is stored of it; None: as the blueprint says.
    """

    key: str
    item: PublicityItem | None
    period: str
    title: str
    channel: Channel
    since: date
    until: date
    who: str
    focus: str
    row: PublicityLine | None = None
    postings: tuple[Posting, ...] = ()

    @property
    def left_out(self) -> str:
        """Why it is not done; "" where it is."""
        return self.row.left_out if self.row else ""

    @property
    def revision(self) -> int:
        """Grows with every change; 0: as the blueprint says."""
        return self.row.revision if self.row else 0

    @property
    def is_open(self) -> bool:
        """Whether something is still to be posted for it."""
        return not self.postings and not self.left_out

    @property
    def state(self) -> tuple[str, str]:
        """Badge and words."""
        day = clock.today()
        if self.left_out:
            return "off", "不办"
        if self.postings:
            return "done", f"已公开 {len(self.postings)} 次"
        if day > self.until:
            return "late", f"过期 {(day - self.until).days} 天"
        return ("doing", "在期内") if day >= self.since else ("todo", "没到日子")


def lines_of(plan: Plan) -> list[Line]:
    """Return the whole publicity plan of a body, by day."""
    return lines_of_plans([plan])[plan.pk]


def lines_of_plans(plans: Sequence[Plan]) -> dict[int, list[Line]]:
    """Return the publicity plans of several bodies, by the plan's key. Three queries.

    Args:
        plans: with their campaigns fetched.
    """
    items: dict[int, list[PublicityItem]] = {}
    for item in PublicityItem.objects.filter(
        campaign__in={plan.campaign_id for plan in plans}
    ).select_related("phase", "owner_group"):
        items.setdefault(item.campaign_id, []).append(item)
    rows: dict[int, list[PublicityLine]] = {}
    for row in PublicityLine.objects.filter(plan__in=plans).select_related("item"):
        rows.setdefault(row.plan_id, []).append(row)
    posted: dict[int | None, list[Posting]] = {}
    for posting in Posting.objects.standing().filter(plan__in=plans):
        posted.setdefault(posting.line_id, []).append(posting)
    return {
        plan.pk: _lines(plan, items.get(plan.campaign_id, []), rows.get(plan.pk, []), posted)
        for plan in plans
    }


def _lines(
    plan: Plan,
    items: list[PublicityItem],
    rows: list[PublicityLine],
    posted: dict[int | None, list[Posting]],
) -> list[Line]:
    kept = {(row.item_id, row.period): row for row in rows if row.item_id}
    found = [
        _line(line, kept.get((item.pk, line.period)), posted)
        for item in items
        for line in _arranged(plan.campaign, item)
    ]
    found += [_own(row, posted) for row in rows if row.item_id is None]
    return sorted(found, key=lambda line: (line.since, line.until, line.title))


def line_of(plan: Plan, key: str) -> Line | None:
    """Return the line that ``key`` names, or None."""
    return next((line for line in lines_of(plan) if line.key == key), None)


def _arranged(campaign: Campaign, item: PublicityItem) -> Iterator[Line]:
    """Yield the lines that an arrangement gives, as the blueprint says."""
    channel = Channel(item.channel)
    if item.phase is not None:
        yield Line(
            item.code, item, "", item.title, channel, item.phase.starts_on, item.phase.ends_on,
            item.owner_label, item.focus,
        )  # fmt: skip
        return
    after = campaign.ends_on + timedelta(days=1)
    spans = periods_between(item.cadence, campaign.starts_on, after, campaign.term_rows)
    for span in spans:
        first = span.start.isoformat()
        yield Line(
            f"{item.code}@{first}", item, first, f"{item.title}，{span.label}", channel,
            max(span.start, campaign.starts_on), min(span.last, campaign.ends_on),
            item.owner_label, item.focus,
        )  # fmt: skip


def _line(line: Line, row: PublicityLine | None, posted: dict[int | None, list[Posting]]) -> Line:
    """Lay what the body changed over the blueprint's line."""
    postings = tuple(posted.get(row.pk, ())) if row else ()
    if row is None or not row.changed:
        return _with(line, row, postings)
    return Line(
        line.key, line.item, line.period, row.title, Channel(row.channel), row.since, row.until,
        row.who, row.focus, row, postings,
    )  # fmt: skip


def _with(line: Line, row: PublicityLine | None, postings: tuple[Posting, ...]) -> Line:
    return Line(
        line.key, line.item, line.period, line.title, line.channel, line.since, line.until,
        line.who, line.focus, row, postings,
    )  # fmt: skip


def _own(row: PublicityLine, posted: dict[int | None, list[Posting]]) -> Line:
    return Line(
        str(row.uid), None, "", row.title, Channel(row.channel), row.since, row.until, row.who,
        row.focus, row, tuple(posted.get(row.pk, ())),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A posting as a page shows it: with its photo and the address of what was posted."""

    posting: Posting
    body: Organisation
    files: tuple[Attachment, ...]
    about: str
    about_url: str

    @property
    def channel(self) -> str:
        """The channel in words."""
        return str(Channel(self.posting.channel).label)


def public_postings(
    campaign: Campaign, body: Organisation | None = None, channel: str = ""
) -> QuerySet[Posting]:
    """Return what was posted in a campaign, latest first, for the public; page it, then hand the
    page to :func:`shown`.

    Args:
        body: only of this body and what is below it; channel: only by this channel.
    """
    found = Posting.objects.filter(publicising.visible_postings(), plan__campaign=campaign)
    if body is not None:
        found = found.filter(paths.within("plan__organisation__path", body.path))
    if channel:
        found = found.filter(channel=channel)
    return found.select_related("plan__organisation").order_by("-posted_on", "-id")


def shown(postings: Iterable[Posting], lookup: Lookup | None = None) -> list[Shown]:
    """Return postings with their photos and with what was posted. One query and the lookups.

    Args:
        lookup: where the reader finds a thing of the house; None: only what it was called.
    """
    rows = list(postings)
    photos = attachments_by_owner("posting", [row.uid for row in rows]) if rows else {}
    abouts = {row.about for row in rows if row.about}
    targets = (lookup or _as_called)(abouts) if abouts else {}
    return [_shown(row, photos, targets) for row in rows]


def as_seen_by(actor: Actor) -> Lookup:
    """Return a lookup of what ``actor`` may see inside."""

    def find(abouts: Collection[refs.Ref]) -> Mapping[refs.Ref, tuple[str, str]]:
        found = refs.resolve_all(abouts, actor)
        seen = {ref: (to.title, to.url) for ref, to in found.items() if to.visible}
        return {**_as_called(abouts), **seen}

    return find


def _as_called(abouts: Collection[refs.Ref]) -> Mapping[refs.Ref, tuple[str, str]]:
    return {about: (about.label, "") for about in abouts}


def _shown(
    row: Posting,
    photos: dict[UUID, list[Attachment]],
    targets: Mapping[refs.Ref, tuple[str, str]],
) -> Shown:
    title, url = targets.get(row.about, ("", "")) if row.about else ("", "")
    return Shown(row, row.plan.organisation, tuple(photos.get(row.uid, ())), title, url)
