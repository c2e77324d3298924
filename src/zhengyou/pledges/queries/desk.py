"""What the desk shows of pledges: what is due from me, and what waits for my decision."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import (
    Count,
    Exists,
    Min,
    Prefetch,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse

from zhengyou.campaigns.models import Act, Campaign, CampaignState, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation, Person, Post
from zhengyou.people.queries.kept import kept
from zhengyou.people.rules import HEADS, KEEPERS, kept_where_they_are
from zhengyou.pledges import rules, subjects, words
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import (
    Exemption,
    ItemKind,
    Pledge,
    PledgeItem,
    PledgeRule,
    ReviewDraft,
    to_review,
)
from zhengyou.pledges.queries.confirming import to_confirm
from zhengyou.pledges.queries.due import following_due, supervision_due
from zhengyou.pledges.queries.opinions import came_in, opinions_due
from zhengyou.ui.text import short_date

SOON = timedelta(days=7)
ON_DESK = 30
"""Pledges that the desk lists one by one, to review and to confirm."""
MOST = 1000
"""With more bodies without keepers than this, each pledge is looked at."""


# --- due from me --------------------------------------------------------------------------------
def todo_for(actor: Actor) -> list[Errand]:
    """Return what I have to write: pledges, progress and what became of them, my own and those of
    the body I lead; and what I wanted to look after again."""
    rows = [*writing_due(actor), *opinions_due(actor), *following_due(actor)]
    rows += supervision_due(actor)
    return sorted(rows, key=_by_due)


def writing_due(actor: Actor) -> list[Errand]:
    """Return the pledges that I have to begin, to finish or to mend. However many campaigns run,
    the queries are the same.
    """
    if actor.person is None:
        return []
    running = running_campaigns(actor)
    stands, begun = subjects.Footing.of(actor.person), _begun(actor, running)
    let_off = set(_let_off(actor.person, running))
    leads = actor.hat.organisation if actor.hat and actor.hat.role in HEADS else None
    rows = []
    for campaign in running:
        home, rule = stands.body_in(campaign), stands.rule_in(campaign)
        if home is not None:
            pledge = begun.get((campaign.pk, actor.person.pk))
            asked = None if campaign.pk in let_off else rule
            rows += _own(actor, campaign, home, actor.person, pledge, asked)
        if leads is not None:
            pledge = begun.get((campaign.pk, None))
            asked = subjects.rule_for_body(campaign, leads)
            rows += _own(actor, campaign, leads, None, pledge, asked)
    return sorted(rows, key=_by_due)


def _by_due(row: Errand) -> date:
    return row.due or date.max


def running_campaigns(actor: Actor) -> list[Campaign]:
    """Return the running campaigns that reach a body of mine, with phases and rules of pledges."""
    homes = [body.path for body in actor.memberships]
    if actor.hat:
        homes.append(actor.hat.organisation.path)
    line = {above for home in homes for above in (home, *paths.ancestors(home))}
    running = Campaign.objects.filter(state=CampaignState.OPEN, organisation__path__in=line)
    return list(running.select_related("organisation").prefetch_related("phases", "pledge_rules"))


def _begun(actor: Actor, running: list[Campaign]) -> dict[tuple[int, int | None], Pledge]:
    """Return my pledges and those of the body whose hat is worn (person: None), by campaign."""
    whose = Q(person=actor.person)
    if actor.hat:
        whose |= Q(subject=Subject.ORGANISATION, organisation=actor.hat.organisation)
    unfinished = PledgeItem.objects.filter(state__in=(ClimbState.DRAFT, ClimbState.RETURNED))
    found = (
        Pledge.objects.filter(whose, campaign__in=running)
        .select_related("rule", "organisation")
        .prefetch_related(Prefetch("items", unfinished, to_attr="unfinished"))
    )
    return {(pledge.campaign_id, pledge.person_id): pledge for pledge in found}


def _let_off(person: Person, running: list[Campaign]) -> Iterable[int]:
    rows = Exemption.objects.on(clock.today()).filter(campaign__in=running, person=person)
    return rows.values_list("campaign_id", flat=True)


def _own(
    actor: Actor,
    campaign: Campaign,
    body: Organisation,
    person: Person | None,
    pledge: Pledge | None,
    rule: PledgeRule | None,
) -> list[Errand]:
    """Ask for the pledge of ``person``, or of ``body`` where None; no rule asks: nothing."""
    if pledge is not None:
        return _unfinished(pledge, campaign)
    if rule is None or not rules.in_season(actor, campaign, body, person):
        return []
    whose_words = "我的承诺" if person else f"{body.name}的承诺"
    address = reverse("pledges:new", args=[campaign.uid])
    return [
        _row_until(
            _last_day(campaign),
            ("todo", "没开始"),
            f"写{whose_words}",
            f"“{campaign.title}”，{asked_for(rule)}",
            address if person else f"{address}?of={body.uid}",
            "开始写",
        )
    ]


def _unfinished(pledge: Pledge, campaign: Campaign) -> list[Errand]:
    items: list[PledgeItem] = pledge.unfinished  # type: ignore[attr-defined]
    if not items:
        return []
    back = [item for item in items if item.state == ClimbState.RETURNED]
    whose = "我的承诺" if pledge.of_person else f"{pledge.organisation.name}的承诺"
    if back:
        numbers = "、".join(str(item.number) for item in back)
        state, title = ("back", "退回"), f"{whose}，第 {numbers} 条退回来了"
        why, button = "审的人写了怎么改，改好再送这几条就行", "看怎么改"
    else:
        state, title = ("doing", "起草中"), f"{whose}，写了 {len(items)} 条还没送审"
        why, button = f"“{campaign.title}”，{asked_for(pledge.rule)}", "接着写"
    url = reverse("pledges:edit", args=[pledge.uid])
    return [_row_until(_last_day(campaign), state, title, why, url, button)]


def asked_for(rule: PledgeRule) -> str:
    """Return ``至少 3 条：共性 1 条、岗位 1 条、实事 1 条``."""
    parts = [f"{kind.short} {rule.least(kind)} 条" for kind in ItemKind if rule.least(kind)]
    return f"至少 {rule.total} 条" + (f"：{'、'.join(parts)}" if len(parts) > 1 else "")


def _last_day(campaign: Campaign) -> date:
    """Return the last day of the phases in which pledges are made, of those that are not over."""
    open_for = [phase for phase in campaign.phases.all() if Act.MAKE_PLEDGE in phase.opens]
    today = clock.today()
    return max((phase.ends_on for phase in open_for if phase.ends_on >= today), default=today)


def _row_until(
    last: date, state: tuple[str, str], title: str, why: str, url: str, button: str
) -> Errand:
    """A row with a last day; within a week of it, what has not begun turns to "due"."""
    soon = last - clock.today() <= SOON and state[0] == "todo"
    kind, label = ("due", "快到期") if soon else state
    return Errand(kind, label, title, why, f"{short_date(last)}前", url, button, last)


# --- waiting for me -----------------------------------------------------------------------------
def waiting_pledges(actor: Actor) -> QuerySet[Pledge]:
    """Return the pledges with items that wait for ``actor``, the longest waiting first.

    Whoever is above may review too, but is asked only where nobody nearer can.
    """
    if actor.hat is None:
        return Pledge.objects.none()
    path = actor.hat.organisation.path
    here, sent = rules.led(actor), to_review("items__")
    went_on = Q(subject=Subject.PERSON) & kept_where_they_are(KEEPERS)
    nearer = Q(Exists(rules.nearer(path))) | went_on
    return (
        Pledge.objects.filter(
            # First what waits at all, along its index, then who may: the other way about each
            # pledge of a county would be looked at.
            paths.within("organisation__path", path) | here,
            rules.reviewable_pledges(actor),
            _thinly_kept(actor.hat.organisation) | here,
            here | ~nearer,
            pk__in=PledgeItem.objects.filter(to_review()).values("pledge"),
            campaign__state=CampaignState.OPEN,
        )
        .annotate(waiting=Count("items", filter=sent), since=Min(_since("items__"), filter=sent))
        .select_related("person", "organisation", "campaign", "rule")
        .order_by("since", "pk")
    )


def _thinly_kept(top: Organisation) -> Q:
    """Return a condition that leaves out most of what somebody nearer than ``top`` reviews, without
    looking at each pledge: persons' pledges where two keepers are nearer, of whom one is another.
    """
    if top.kind in (Kind.BRANCH, Kind.PARTY_GROUP):
        return Q()
    few = kept(("few keepers", clock.today(), top.path), lambda: _with_few_keepers(top.path))
    if len(few) > MOST:
        return Q()
    return ~Q(subject=Subject.PERSON) | Q(organisation__in=[top.pk, *few])


def _with_few_keepers(top: str) -> list[int]:
    """Return the bodies below ``top`` that have fewer than two keepers on the line between."""
    posts = Post.objects.on(clock.today()).filter(
        paths.within("organisation__path", top), role__in=KEEPERS
    )
    keepers: dict[str, set[int]] = {}
    for path, person in posts.values_list("organisation__path", "person"):
        keepers.setdefault(path, set()).add(person)
    found = []
    for pk, path in Organisation.objects.filter(paths.within("path", top)).values_list(
        "pk", "path"
    ):
        line = [step for step in (*paths.ancestors(path), path) if len(step) > len(top)]
        if len(set().union(*(keepers.get(step, ()) for step in line))) < 2:
            found.append(pk)
    return found


def _since(prefix: str) -> Greatest:
    """From which day on an item waits: sent in, or put out for opinions until then."""
    sent = TruncDate(f"{prefix}submitted_at", tzinfo=clock.SHANGHAI)
    return Greatest(Coalesce(f"{prefix}announced_until", sent), sent)


def waiting_for(actor: Actor) -> list[Errand]:
    """Return what waits for my review or my confirmation, a row a pledge, the longest waiting
    first; of many only so many, and how many more there are."""
    if actor.person is None:
        return []
    whole = waiting_pledges(actor)
    waiting = list(whole[: ON_DESK + 1])
    more = whole.count() - ON_DESK if len(waiting) > ON_DESK else 0
    waiting, next_one = waiting[:ON_DESK], waiting[ON_DESK:]
    places = reviewed_so_far(actor, waiting)
    heard = came_in(waiting)
    rows = [
        _waiting_row(actor, pledge, places.get(pledge.pk, 0), heard.get(pledge.pk, 0))
        for pledge in waiting
    ]
    if next_one:
        rows.append(_more("份承诺等着审", more, reverse("pledges:review", args=[next_one[0].uid])))
    asked = to_confirm(actor)
    if len(asked) > ON_DESK:
        rest = _more("份承诺等确认", len(asked) - ON_DESK, asked[ON_DESK].url)
        asked = [*asked[:ON_DESK], rest]
    return [*rows, *asked]


def _more(what: str, count: int, url: str) -> Errand:
    """The row below a long list; what is done above makes room for it."""
    why = "办完上面的，后面的会接上来"
    return Errand("wait", "还有", f"另外还有 {count} {what}", why, "", url, "看下一份")


def reviewed_so_far(actor: Actor, waiting: list[Pledge]) -> dict[int, int]:
    """Return the number of the first waiting item without full answers, where some are begun."""
    drafts = ReviewDraft.objects.filter(
        to_review("item__"), reviewer=actor.person, item__pledge__in=waiting
    ).select_related("item")
    reached: dict[int, int] = {}
    for draft in drafts:
        place = draft.item.number + (not Ticks.of(draft).fault())
        reached[draft.item.pledge_id] = max(reached.get(draft.item.pledge_id, 0), place)
    return reached


def _waiting_row(actor: Actor, pledge: Pledge, place: int, heard: int) -> Errand:
    since = pledge.since  # type: ignore[attr-defined]
    elsewhere = actor.hat is None or actor.hat.organisation.pk != pledge.organisation_id
    parts = [
        pledge.person.work if pledge.person else "",
        pledge.organisation.name if pledge.person and elsewhere else "",
        _mark(pledge),
        f"征求意见收到 {heard} 条" if heard else "",
    ]
    why = "，".join(filter(None, parts)) or pledge.campaign.title
    return Errand(
        kind="wait",
        label="待审",
        title=f"{pledge.name}的承诺，{pledge.waiting} 条",  # type: ignore[attr-defined]
        why=f"审到第 {place} 条" if place else why,
        when=words.waited(since),
        url=reverse("pledges:review", args=[pledge.uid]),
        button="接着审" if place else "逐条审",
        due=since,
    )


def _mark(pledge: Pledge) -> str:
    return "代录" if pledge.entered_by_id else ""
