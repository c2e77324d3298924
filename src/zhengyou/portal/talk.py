"""意见与答复: everything the public said in a campaign and was let through, with the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import paths
from zhengyou.kernel.sheets import Sheet, turn
from zhengyou.people.models import Organisation
from zhengyou.pledges import names
from zhengyou.pledges.models import PledgeItem, in_public
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.queries.talk import Said, said, with_answers, write_url

PAGE = 30
ANSWERED, OPEN = "answered", "open"
_SHOW = {"": Q(), ANSWERED: Q(answered_on__isnull=False), OPEN: Q(answered_on=None)}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much was said in a campaign: public, of it answered; not made public.

    Not how much waits: whoever looked every minute would learn when somebody wrote.
    """

    shown: int = 0
    answered: int = 0
    held: int = 0

    @property
    def open(self) -> int:
        """How many public ones have no answer yet."""
        return self.shown - self.answered

    @property
    def rest(self) -> str:
        """What is not public, in words; empty where there is none."""
        return f"{self.held} 条没有公开" if self.held else ""


@dataclass(frozen=True, slots=True)
class About:
    """What a remark is about: ``title`` and address, as everybody sees them today."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One remark with what it is about."""

    said: Said
    about: About
    body: str


@dataclass(frozen=True, slots=True)
class Talk:
    """One page of what was said."""

    sheet: Sheet[Remark]
    lines: list[Line]
    numbers: Numbers
    segments: list[dict[str, Any]]


def numbers(campaign: Campaign, body: Organisation | None = None) -> Numbers:
    """Return how much was said, to ``body`` and what is below it if given. One query,
    which an index alone answers for the whole campaign."""
    inside = paths.within("organisation__path", body.path) if body else Q()
    rows = (
        Remark.objects.filter(inside, within=campaign.uid)
        .order_by()
        .values_list("state")
        .annotate(count=Count("*"), answered=Count("answered_on"))
    )
    found = {state: (count, answered) for state, count, answered in rows}
    shown, answered = found.get(RemarkState.SHOWN, (0, 0))
    return Numbers(
        shown=shown,
        answered=answered,
        held=found.get(RemarkState.HELD, (0, 0))[0],
    )


def shown_in(campaign: Campaign) -> QuerySet[Remark]:
    """Return the public remarks of a campaign with their answers, in no order."""
    return with_answers(Remark.objects.filter(within=campaign.uid, state=RemarkState.SHOWN))


def talk(campaign: Campaign, query: Mapping[str, Any]) -> Talk:
    """Return the page that an address asks for: ``show``, ``page``, ``after``, ``before``."""
    counts = numbers(campaign)
    show = query.get("show", "") if query.get("show") in _SHOW else ""
    count = {"": counts.shown, ANSWERED: counts.answered, OPEN: counts.open}[show]
    rows = shown_in(campaign).filter(_SHOW[show])
    sheet = turn(rows, query, count=count, size=PAGE, order="-shown_on")
    base = reverse("portal:talk", args=[campaign.uid])
    return Talk(
        sheet=sheet,
        lines=lines(sheet.rows),
        numbers=counts,
        segments=[
            {"title": title, "count": number, "current": show == value,
             "url": f"{base}?show={value}" if value else base}
            for value, title, number in (
                ("", "全部", counts.shown), (ANSWERED, "已答复", counts.answered),
                (OPEN, "还没答复", counts.open),
            )
        ],
    )  # fmt: skip


def lines(remarks: Iterable[Remark]) -> list[Line]:
    """Return remarks with what each is about, in two more queries."""
    rows = list(remarks)
    known = abouts(rows)
    return [
        Line(said(row), known.get((row.kind, row.target), About(_gone(row))), row.organisation.name)
        for row in rows
    ]


def _gone(row: Remark) -> str:
    """What is not public just now, an intention under review, has no words here."""
    return "一份方案" if row.kind == "plan" else "一条正在审的承诺"


def abouts(remarks: Iterable[Remark]) -> dict[tuple[str, UUID], About]:
    """Return what these remarks are about, as far as it is public today; names as the campaign
    shows them today, not as they stood when the remark came in."""
    uids: dict[str, set[UUID]] = {"plan": set(), "pledge_item": set()}
    for row in remarks:
        uids.setdefault(row.kind, set()).add(row.target)
    items = PledgeItem.objects.filter(in_public(), uid__in=uids["pledge_item"]).select_related(
        "pledge__campaign", "pledge__organisation", "pledge__person"
    )
    plans = Plan.objects.filter(uid__in=uids["plan"], state=ClimbState.PUBLISHED)
    found = {
        ("pledge_item", item.uid): About(
            f"{names.in_public(item.pledge).possessive}第 {item.number} 条："
            f"{item.text.rstrip('。')}",
            write_url(item.ref),
        )
        for item in items
    }
    return found | {
        ("plan", plan.uid): About(
            plan.title, reverse("portal:plan", args=[plan.campaign.uid, plan.uid])
        )
        for plan in plans.select_related("campaign")
    }
