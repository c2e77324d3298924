"""Read models of posts of service: of a body, of one post, and members' share of all holders."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Organisation,
    Person,
    Placement,
    Standing,
    StandingKind,
    Succession,
)
from zhengyou.people.queries.tree import placement_on
from zhengyou.ui.text import long_date
from zhengyou.work.models import (
    HolderState,
    LogCheck,
    PostOffer,
    Record,
    RecordState,
    ServiceDeputy,
    ServiceHolder,
    ServicePost,
)
from zhengyou.work.models.service import COUNTED
from zhengyou.work.rules import service as rules
from zhengyou.work.rules import visible_records

MEMBERS = (StandingKind.FULL, StandingKind.PROBATIONARY)
LOG = 30
"""Records shown of a post."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many hold a post of service on a day, and how many of them are members."""

    day: date
    holders: int
    members: int

    @property
    def pct(self) -> str:
        """The share of members in per cent with one decimal, empty where nobody holds a post."""
        return f"{100 * self.members / self.holders:.1f}" if self.holders else ""


def share_on(day: date, top: Organisation, kinds: Iterable[str] = COUNTED) -> Share:
    """Return the share of members among all holders in ``top`` and below, as of ``day``."""
    place = placement_on(day, top)
    if place is None:
        return Share(day, 0, 0)
    placed = Placement.objects.on(day).filter(paths.within("path", place.path))
    stands = Standing.objects.on(day).filter(person=OuterRef("person"), kind__in=MEMBERS)
    found = ServiceHolder.objects.on(day).filter(
        state=HolderState.HELD, post__kind__in=list(kinds),
        post__organisation__in=placed.values("organisation"),
    ).aggregate(
        holders=Count("pk"), members=Count("pk", filter=Q(Exists(stands))),
    )  # fmt: skip
    return Share(day, found["holders"], found["members"])


def share_over(day: date, top: Organisation, kinds: Iterable[str] = COUNTED) -> list[Share]:
    """Return the share at the last day of each of the twelve months before ``day``, and then."""
    days = [day]
    year, month = day.year, day.month
    for _ in range(12):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        days.insert(0, date(year, month, monthrange(year, month)[1]))
    return [share_on(each, top, kinds) for each in days]


@dataclass(slots=True)
class PostLine:
    """One post in a list: who holds it on the day, and who has asked for it."""

    post: ServicePost
    holders: list[ServiceHolder] = field(default_factory=list)
    asked: list[ServiceHolder] = field(default_factory=list)
    mine: bool = False

    @property
    def who(self) -> str:
        """Those who hold it, in words."""
        return "、".join(row.who for row in self.holders)

    @property
    def state(self) -> tuple[str, str]:
        """The badge: held, asked for, or empty."""
        if self.holders:
            return "done", "在岗"
        return ("wait", "等确认") if self.asked else ("todo", "空着")

    @property
    def why(self) -> str:
        """Who holds it, what kind of post it is, and whether somebody waits for an answer."""
        kind = str(self.post.get_kind_display())
        asked = f"{len(self.asked)} 人选了，等书记同意" if self.asked else ""
        return "，".join(filter(None, [self.who, kind, asked]))


@dataclass(slots=True)
class PostsPage:
    """The posts of a body on a day; ``offers``: what campaigns propose and is not open here;
    ``left``: posts of bodies that ended, which this one could carry on."""

    day: date
    lines: list[PostLine]
    share: Share
    offers: list[PostOffer]
    left: list[ServicePost]

    @property
    def held(self) -> int:
        """How many posts somebody holds."""
        return sum(bool(line.holders) for line in self.lines)


def posts_page(actor: Actor, body: Organisation, day: date) -> PostsPage:
    """Return the posts of ``body`` as of ``day``. A constant number of queries."""
    held = ServiceHolder.objects.filter(
        Q(state=HolderState.ASKED) | Q(state=HolderState.HELD)
    ).select_related("person")
    posts = ServicePost.objects.on(day).filter(organisation=body)
    rows = posts.prefetch_related(Prefetch("holders", held)).order_by("kind", "title", "pk")
    return PostsPage(
        day, [_line(actor, post, day) for post in rows], share_on(day, body),
        _offers(body, PostOffer.objects.exclude(posts__in=_open_posts(body))), left_posts(body),
    )  # fmt: skip


def _open_posts(body: Organisation) -> QuerySet[ServicePost]:
    return ServicePost.objects.filter(organisation=body, until=None)


def _line(actor: Actor, post: ServicePost, day: date) -> PostLine:
    line = PostLine(post)
    for row in post.holders.all():
        if row.state == HolderState.ASKED:
            line.asked.append(row)
        elif row.holds(day):
            line.holders.append(row)
        line.mine = line.mine or (actor.is_person(row.person) and row.until is None)
    return line


def running_above(body: Organisation) -> QuerySet[Campaign]:
    """Return the campaigns that run at ``body`` or above it."""
    return Campaign.objects.filter(
        state=CampaignState.OPEN, organisation__path__in=[body.path, *paths.ancestors(body.path)]
    )


def _offers(body: Organisation, rows: QuerySet[PostOffer]) -> list[PostOffer]:
    asked = rows.filter(campaign__in=running_above(body)).select_related("campaign")
    return [row for row in asked.order_by("campaign", "order") if body.kind in row.kinds]


def forebears(body: Organisation) -> QuerySet[Organisation]:
    """Return the bodies that ended and go on in ``body``, among others."""
    rows = Succession.objects.filter(heir=body, reorganisation__undone_at=None)
    return Organisation.objects.filter(pk__in=rows.values("old"), closed_on__isnull=False)


def left_posts(body: Organisation) -> list[ServicePost]:
    """Return the posts of forebears that nobody has carried on."""
    rows = ServicePost.objects.filter(
        organisation__in=forebears(body), until=None, continued__isnull=True
    )
    return list(rows.select_related("organisation").order_by("title", "pk"))


def posts_held(person: Person | None) -> QuerySet[ServicePost]:
    """Return the posts that ``person`` holds today, for pledges by post (依岗承诺)."""
    held = ServiceHolder.objects.on(clock.today()).filter(person=person, state=HolderState.HELD)
    posts = ServicePost.objects.filter(pk__in=held.values("post"))
    return posts if person else posts.none()


# --- one post -----------------------------------------------------------------------------------
@dataclass(slots=True)
class HolderLine:
    """Somebody on a post, with deputy and the last check where the reader may see it."""

    holder: ServiceHolder
    deputy: ServiceDeputy | None = None
    check: LogCheck | None = None

    @property
    def why(self) -> str:
        """How he or she came to it, who helps, and how the log was found."""
        parts = ["自己选的" if self.holder.chosen else "安排的"]
        if self.check is not None:
            day = self.check.record.on
            parts.append(f"日志{day.month}月{day.day}日查过，{self.check.get_result_display()}")
        if self.deputy is not None:
            parts.append(f"{self.deputy.person.name}帮带（{self.deputy.experience}）")
        return "，".join(parts)

    @property
    def since(self) -> str:
        """From when on."""
        return f"{long_date(self.holder.since)}起"


@dataclass(slots=True)
class PostPage:
    """One post: who holds it, who has asked, who held it before, and its log."""

    post: ServicePost
    holders: list[HolderLine]
    asked: list[ServiceHolder]
    past: list[ServiceHolder]
    log: list[Record]
    log_count: int


def post_page(actor: Actor, post: ServicePost) -> PostPage:
    """Return one post for ``actor``. A constant number of queries."""
    rows = post.holders.select_related("person", "by").prefetch_related(
        Prefetch("deputies", ServiceDeputy.objects.filter(until=None).select_related("person")),
        "checks__record",
    )
    held, asked, past = [], [], []
    today = clock.today()
    inside = rules.is_hand(actor, post.organisation)
    for row in rows:
        row.post = post
        if row.state == HolderState.ASKED:
            asked.append(row)
        elif row.state == HolderState.HELD and row.holds(today):
            held.append(_holder_line(actor, row, inside))
        elif row.state == HolderState.HELD and row.until != row.since:
            past.append(row)
    log = log_of("service_post", post)
    seen = log.filter(visible_records(actor)).order_by("-on", "-pk")[:LOG]
    return PostPage(post, held, asked, past[::-1], list(seen), log.count())


def _holder_line(actor: Actor, row: ServiceHolder, inside: bool) -> HolderLine:
    sees = inside or actor.is_person(row.person)
    checks = sorted(row.checks.all(), key=lambda each: (each.record.on, each.pk))
    kept = [each for each in checks if each.record.state == RecordState.FINISHED]
    deputy = next(iter(row.deputies.all()), None)
    return HolderLine(row, deputy if sees else None, kept[-1] if kept and sees else None)


def log_of(kind: str, thing: ServicePost) -> QuerySet[Record]:
    """Return the finished records that are about a thing."""
    return Record.objects.filter(
        state=RecordState.FINISHED, links__about_kind=kind, links__about_uid=thing.uid
    )
