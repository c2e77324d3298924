"""What bulletins ask of somebody: to sign, to read, to write anew, to follow up; and when."""

from collections import Counter
from datetime import date

from django.urls import reverse

from zhengyou.inspections.models import FindingKind
from zhengyou.inspections.models.bulletin import Bulletin, BulletinArticle, BulletinState
from zhengyou.inspections.queries.bulletins import unmended, unread
from zhengyou.inspections.rules import bulletins as rules
from zhengyou.kernel import clock
from zhengyou.kernel.agenda import Occasion
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import LEADERS
from zhengyou.ui.text import short_date


def todo_for(actor: Actor) -> list[Errand]:
    """Return what is to be read, written anew or printed, and what lies overdue. Three queries."""
    return [*_to_read(actor), *_to_write(actor), *_to_follow(actor)]


def waiting_for(actor: Actor) -> list[Errand]:
    """Return what waits for the signature of the hat worn. One query."""
    hat = actor.hat
    if actor.person is None or hat is None or hat.role not in LEADERS:
        return []
    rows = Bulletin.objects.filter(
        organisation=hat.organisation, state=BulletinState.SUBMITTED
    ).exclude(drafted_by=actor.person).exclude(submitted_by=actor.person)  # fmt: skip
    return [
        Errand("wait", "待签发", f"通报：{row.title}", f"{row.drafted_hat}起草", "", _page(row),
               "去签发", row.submitted_at.astimezone(clock.SHANGHAI).date())
        for row in rows.order_by("submitted_at") if row.submitted_at
    ]  # fmt: skip


def _page(row: Bulletin) -> str:
    return reverse("inspections:bulletin", args=[row.uid])


def _to_read(actor: Actor) -> list[Errand]:
    rows = unread(actor).select_related("organisation").order_by("published_on", "pk")
    return [
        Errand("todo", "待签收", f"通报：{row.title}", f"{row.organisation.name}印发", "",
               _page(row), "去看", row.published_on)
        for row in rows
    ]  # fmt: skip


def _to_write(actor: Actor) -> list[Errand]:
    hat = actor.hat
    if hat is None or not rules.is_drafter(actor, hat.organisation):
        return []
    states = {
        BulletinState.RETURNED: ("back", "退回", "签发的人退回来改", "去改"),
        BulletinState.APPROVED: ("todo", "待印发", "已经签发，可以印发了", "去印发"),
    }
    rows = Bulletin.objects.filter(organisation=hat.organisation, state__in=states)
    found = []
    for row in rows.order_by("drafted_at"):
        kind, label, why, button = states[BulletinState(row.state)]
        found.append(Errand(kind, label, f"通报：{row.title}", why, "", _page(row), button))
    return found


def _to_follow(actor: Actor) -> list[Errand]:
    hat = actor.hat
    if hat is None or not rules.is_drafter(actor, hat.organisation):
        return []
    rows = list(unmended(hat.organisation).select_related("bulletin"))
    counts = Counter(row.bulletin_id for row in rows)
    first = {row.bulletin_id: row for row in sorted(rows, key=_last_day, reverse=True)}
    return [
        Errand("late", f"过期 {counts[key]} 条", f"通报：{row.bulletin.title}",
               "批评的事到期没有改好", f"{short_date(row.deadline)}到期",
               reverse("inspections:bulletin_follow", args=[row.bulletin.uid]), "去看",
               row.deadline)
        for key, row in first.items()
    ]  # fmt: skip


def _last_day(row: BulletinArticle) -> date:
    return row.deadline or date.max


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return the days until which ``body`` is to mend what a bulletin criticises. One query."""
    rows = BulletinArticle.objects.filter(
        organisation=body, kind=FindingKind.CRITICISM, deadline__range=(since, until),
        bulletin__state=BulletinState.PUBLISHED,
    ).select_related("bulletin")  # fmt: skip
    return [
        Occasion(f"bulletin:{row.uid}", "通报要求整改的事到期", row.deadline, row.bulletin.title,
                 url=_page(row.bulletin))
        for row in rows if row.deadline
    ]  # fmt: skip
