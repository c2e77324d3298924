"""What is due from me once a promise is public: progress, what became of it, looking after it."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from zhengyou.campaigns.models import Act, CampaignState, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.rules import HEADS
from zhengyou.pledges import rules
from zhengyou.pledges.models import Pledge, PledgeItem, SupervisionStep
from zhengyou.ui.text import short_date

SOON = timedelta(days=7)


def following_due(actor: Actor) -> list[Errand]:
    """Return the rows of my public promises and those of the body I lead: progress that is due,
    and what fell due without a word on what became of it."""
    pledges = _public_pledges(actor)
    rows = [row for each in pledges for row in (_progress_row(each), _assess_row(each)) if row]
    return sorted(rows, key=_by_due)


def progress_due(actor: Actor) -> list[Errand]:
    """Return a row a pledge where this period's progress is not noted yet.

    What has reached its target or was said to be fulfilled or not needs no further notes, nor what
    became public in this period.
    """
    rows = (_progress_row(pledge) for pledge in _public_pledges(actor))
    return sorted((row for row in rows if row), key=_by_due)


def _by_due(row: Errand) -> date:
    return row.due or date.max


def _public_pledges(actor: Actor) -> list[Pledge]:
    if actor.person is None:
        return []
    mine = Q(person=actor.person)
    if actor.hat and actor.hat.role in HEADS:
        mine |= Q(subject=Subject.ORGANISATION) & rules.led(actor)
    public = PledgeItem.objects.filter(state=ClimbState.PUBLISHED).select_related("latest")
    return list(
        Pledge.objects.filter(mine, campaign__state=CampaignState.OPEN)
        .select_related("campaign", "rule", "organisation")
        .prefetch_related(Prefetch("items", public), "campaign__phases")
    )


def notes_due(pledge: Pledge) -> list[PledgeItem]:
    """Return the public items of which this period's progress is due and not noted yet; none
    between two terms or in a phase that does not ask for it."""
    period = pledge.rule.period(pledge.campaign, clock.today())
    if period is None or not pledge.campaign.allows(Act.REPORT_PROGRESS):
        return []
    return [
        item
        for item in pledge.items.all()
        if item.state == ClimbState.PUBLISHED
        and not item.reached
        and not item.claimed
        and item.made_on < period.start
        and (item.latest is None or item.latest.noted_on < period.start)
    ]


def overdue(pledge: Pledge) -> list[PledgeItem]:
    """Return of :func:`notes_due` the items whose last period went by without a note, too."""
    period = pledge.rule.period(pledge.campaign, clock.today())
    before = period and pledge.rule.period(pledge.campaign, period.start - timedelta(days=1))
    if before is None:
        return []
    return [
        item
        for item in notes_due(pledge)
        if item.made_on < before.start
        and (item.latest is None or item.latest.noted_on < before.start)
    ]


def _progress_row(pledge: Pledge) -> Errand | None:
    missing, today = notes_due(pledge), clock.today()
    period = pledge.rule.period(pledge.campaign, today)
    if not missing or period is None:
        return None
    whose = "我的" if pledge.of_person else pledge.organisation.name
    soon = period.last - today <= SOON
    state = ("due", "快到期") if soon else ("todo", "没开始")
    if overdue(pledge):
        state = ("late", "上期没写")
    return Errand(
        kind=state[0],
        label=state[1],
        title=f"写{whose}{period.label}进展",
        why=f"第 {numbers(missing)} 条，写个现在的数或者一句话就行",
        when=f"{short_date(period.last)}前",
        url=reverse("pledges:progress", args=[pledge.uid]),
        button="写进展",
        due=period.last,
    )


def unsaid(pledge: Pledge) -> list[PledgeItem]:
    """Return the public items of which nobody said what became of them, though they fell due or
    the campaign asks for it now."""
    asks, today = bool(pledge.campaign.allows(Act.CONFIRM)), clock.today()
    return [
        item
        for item in pledge.items.all()
        if item.state == ClimbState.PUBLISHED
        and not item.claimed
        and (asks or (item.due_on and item.due_on <= today))
    ]


def _assess_row(pledge: Pledge) -> Errand | None:
    items = unsaid(pledge)
    if not items:
        return None
    whose = "我的承诺" if pledge.of_person else f"{pledge.organisation.name}的承诺"
    first = min((item.due_on for item in items if item.due_on), default=clock.today())
    over = first <= clock.today()
    return Errand(
        kind="due",
        label="到期了" if over else "要确认",
        title=f"{whose}，兑现了没有",
        why=f"第 {numbers(items)} 条，做到、做到一部分、没做到，照实说",
        when=f"{short_date(first)}到期",
        url=reverse("pledges:fulfilment", args=[pledge.uid]),
        button="说兑现",
        due=first,
    )


def numbers(items: list[PledgeItem]) -> str:
    """Return the numbers of ``items`` as one says them: 1、3."""
    return "、".join(str(item.number) for item in items)


# --- looking after promises ---------------------------------------------------------------------
def supervision_due(actor: Actor) -> list[Errand]:
    """Return what I wanted to look after again by now or within a week: the last step of a promise
    that says when, until a later one is written."""
    if actor.hat is None or actor.hat.role is None or actor.person is None:
        return []
    mine = Q(subject=Subject.PERSON) & rules.led(actor) & ~Q(person=actor.person)
    kept = rules.reviewable_pledges(actor) | (mine if actor.hat.role in HEADS else rules.NOBODY)
    about = SupervisionStep.objects.annotate(about=Coalesce("item_id", 0))
    later = about.filter(pledge=OuterRef("pledge"), about=OuterRef("about"), pk__gt=OuterRef("pk"))
    steps = (
        about.filter(
            ~Exists(later),
            # Few steps and many pledges: each step asks for its own.
            Exists(Pledge.objects.filter(kept, pk=OuterRef("pledge"))),
            next_on__lte=clock.today() + SOON,
            pledge__campaign__state=CampaignState.OPEN,
        )
        .select_related("pledge__person", "pledge__organisation", "item")
        .order_by(F("next_on"), "pk")
    )
    return [_supervision_row(step) for step in steps]


def _supervision_row(step: SupervisionStep) -> Errand:
    assert step.next_on is not None
    over = step.next_on < clock.today()
    which = f"第 {step.item.number} 条" if step.item else "承诺"
    return Errand(
        kind="late" if over else "due",
        label="该看了" if over else "快到日子",
        title=f"再看看{step.pledge.name}的{which}",
        why=step.words[:40],
        when=short_date(step.next_on),
        url=reverse("pledges:supervision", args=[step.pledge.uid]),
        button="接着督促",
        due=step.next_on,
    )
