"""The page of one item: its versions, where it was posted; what a form begins with; errands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhengyou.campaigns.models import Channel, Posting
from zhengyou.disclosure import rules
from zhengyou.disclosure.content import Words, figure_lines
from zhengyou.disclosure.models import (
    Audience,
    DisclosedItem,
    DisclosedVersion,
    DisclosureTopic,
    ItemState,
)
from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_by_owner
from zhengyou.kernel import clock
from zhengyou.kernel.agenda import Occasion
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.text import short_date

BADGES = {
    ItemState.DRAFT: "doing",
    ItemState.READY: "wait",
    ItemState.PUBLISHED: "done",
    ItemState.WITHDRAWN: "off",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version as pages show it; ``next``: the one that corrected it."""

    row: DisclosedVersion
    figures: list[tuple[str, str]]
    files: list[Attachment]
    next: DisclosedVersion | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item.

    Args:
        now: the version that stands; None: it was taken off.
        before: those that were corrected, the newest first.
        late: it was published after the day by which it was due, in words.
    """

    item: DisclosedItem
    badge: tuple[str, str]
    now: Version | None
    before: list[Version]
    posted: list[str]
    closes: date | None = None

    @property
    def public(self) -> bool:
        """Whether it is for everybody."""
        return self.item.topic.audience == Audience.PUBLIC

    @property
    def late(self) -> str:
        """How late it was laid open, in words; empty: in time, or nobody knows."""
        on = self.item.published_on
        if on is None or self.closes is None or on <= self.closes:
            return ""
        return f"{short_date(self.closes)}到期，晚了 {(on - self.closes).days} 天才公开"


def item_page(item: DisclosedItem, closes: date | None = None) -> ItemPage:
    """Return the page of ``item``. Three queries."""
    rows = list(item.versions.all())
    if item.state == ItemState.WITHDRAWN:
        return ItemPage(item, _badge(item), None, [], _posted(item), closes)
    files = attachments_by_owner("disclosed_version", [row.uid for row in rows])
    found = [
        Version(row, figure_lines(Words.of(row)), files.get(row.uid, []), later)
        for row, later in zip(rows, [*rows[1:], None], strict=True)
    ]
    return ItemPage(item, _badge(item), found[-1], found[-2::-1], _posted(item), closes)


def _badge(item: DisclosedItem) -> tuple[str, str]:
    state = ItemState(item.state)
    return BADGES[state], str(state.label)


def _posted(item: DisclosedItem) -> list[str]:
    """Say where else it was posted, from the posting log."""
    rows = Posting.objects.standing().filter(about_kind="disclosed_item", about_uid=item.uid)
    return [
        f"{short_date(row.posted_on)}，{Channel(row.channel).label}{row.place and f'，{row.place}'}"
        for row in rows
    ]


def beginning(topic: DisclosureTopic, body: Organisation, period: str) -> dict[str, Any]:
    """Return what a new item begins with: the words of the last one, under the new period."""
    rows = DisclosedItem.objects.filter(
        topic=topic, organisation=body, state=ItemState.PUBLISHED
    ).prefetch_related("versions")
    last = rows.order_by("-last_on", "-pk").first()
    title = f"{period}{topic.title}"
    if last is None:
        return {"title": title, "text": "\n".join(f"{each}：" for each in topic.must)}
    words = Words.of(list(last.versions.all())[-1])
    return {"title": title, "text": words.text, "figures": words.figures}


# --- the desk -------------------------------------------------------------------------------------
def todo_for(actor: Actor) -> list[Errand]:
    """Return the drafts that came back, or were not sent on. What is due stands with the duties.
    One query at most."""
    if actor.hat is None or not rules.may_draft(actor, actor.hat.organisation):
        return []
    rows = _of(actor.hat.organisation).filter(state=ItemState.DRAFT, by=actor.person)
    return [
        Errand(
            "back" if row.sent_back else "todo", "退回" if row.sent_back else "没公开", str(row),
            row.sent_back or "写了一半，写好就公开", "", reverse("disclosure:item", args=[row.uid]),
            "接着写",
        )
        for row in rows
    ]  # fmt: skip


def waiting_for(actor: Actor) -> list[Errand]:
    """Return what waits for a second pair of eyes. One query at most."""
    if actor.hat is None or actor.hat.role not in rules.SPEAKERS:
        return []
    rows = _of(actor.hat.organisation).filter(state=ItemState.READY).exclude(by=actor.person)
    return [
        Errand(
            "wait", "待核对", str(row), "看过没有错就公开", "",
            reverse("disclosure:item", args=[row.uid]), "去核对", outside="有一份公开事项等您核对",
        )
        for row in rows
    ]  # fmt: skip


def _of(body: Organisation) -> Any:
    rows = DisclosedItem.objects.filter(organisation=body).select_related("topic__duty")
    return rows.order_by("starts_on", "pk")


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return what was laid open for everybody, on its day; what is due stands with the duties."""
    rows = DisclosedItem.objects.filter(
        organisation=body, state=ItemState.PUBLISHED, topic__audience=Audience.PUBLIC,
        published_on__gte=since, published_on__lte=min(until, clock.today()),
    ).select_related("topic__duty")  # fmt: skip
    return [
        Occasion(f"disclosed:{row.uid}", f"公开：{row}", row.published_on,
                 url=reverse("disclosure:public_item", args=[row.uid]))
        for row in rows
        if row.published_on
    ]  # fmt: skip
