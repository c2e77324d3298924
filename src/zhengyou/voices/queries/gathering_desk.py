"""What somebody has to do about complaints, surveys and discussions; talks in the calendar."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from zhengyou.kernel import clock, paths
from zhengyou.kernel.agenda import Occasion
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS
from zhengyou.ui.text import short_date
from zhengyou.voices.models import Box, BoxKind, BoxState, Meeting, Voice
from zhengyou.voices.rules import burden

SOON = timedelta(days=3)


def todo_for(actor: Actor) -> list[Errand]:
    """Return the complaints that the hat's body answers, those that lie below it, surveys that are
    to be closed and discussions without a conclusion. Two queries where there is nothing."""
    if actor.hat is None or actor.hat.role not in KEEPERS:
        return []
    body = actor.hat.organisation
    return [*_complaints(body), *_over(body)]


def waiting_for(actor: Actor) -> list[Errand]:
    """Nobody decides here."""
    return []


def _complaints(body: Organisation) -> list[Errand]:
    below = paths.within("box__organisation__path", body.path)
    mine = below if body.parent_id is None else below & ~Q(box__organisation=body)
    rows = Voice.objects.filter(mine, burden.unanswered(), box__kind=BoxKind.BURDEN)
    found = list(rows.values_list("box__organisation__parent", "box__organisation", "week"))
    if not found:
        return []
    today = clock.today()
    calendar = burden.Calendar.of([week for *_, week in found], today)
    own = [week for parent, asker, week in found if (parent or asker) == body.pk]
    lying = [
        week for parent, asker, week in found
        if (parent or asker) != body.pk and calendar.passed(week, today)
    ]  # fmt: skip
    return [*_to_answer(own, calendar, today), *_lying(lying, today)]


def _to_answer(weeks: list[date], calendar: burden.Calendar, today: date) -> list[Errand]:
    if not weeks:
        return []
    due = calendar.due(min(weeks))
    late = sum(calendar.passed(week, today) > 0 for week in weeks)
    kind, label = ("due", "快到期") if due <= today + SOON else ("todo", "要答复")
    if late:
        kind, label = "late", f"过期 {late} 条"
    return [
        Errand(
            kind=kind,
            label=label,
            title=f"{len(weeks)} 条减负意见要答复",
            why="说的是下级布置的事，由您这一级答复；减了什么，公开",
            when=f"最早{short_date(due)}前",
            url=reverse("voices:complaints"),
            button="去答复",
            due=due,
        )
    ]


def _lying(weeks: list[date], today: date) -> list[Errand]:
    if not weeks:
        return []
    return [
        Errand(
            kind="due",
            label="下级没办",
            title=f"下面有 {len(weeks)} 条减负意见过期没有答复",
            why="该答复的组织没有答复，问一问，也可以替它答复",
            when="",
            url=reverse("voices:complaints"),
            button="去看",
            due=today,
        )
    ]


def _over(body: Organisation) -> list[Errand]:
    """Return surveys past their last day that are not closed, and ended discussions."""
    today = clock.today()
    past = Q(closes_on__lt=today, state=BoxState.OPEN)
    silent = Q(kind=BoxKind.TOPIC, conclusions=None) & (past | Q(state=BoxState.CLOSED))
    rows = Box.objects.filter(Q(kind=BoxKind.SURVEY) & past | silent, organisation=body)
    return [_over_errand(box, today) for box in rows.order_by("opens_on", "pk")]


def _over_errand(box: Box, today: date) -> Errand:
    survey = box.kind == BoxKind.SURVEY
    page = "voices:box" if survey else "voices:conclusion"
    return Errand(
        kind="due",
        label="收完了",
        title=f"问卷“{box.title}”可以收箱了" if survey else f"“{box.title}”还没有写结论",
        why="纸的录完再收；收箱就公布结果" if survey else "讨论结束了，写下大家得出了什么，公开",
        when=f"{short_date(box.closes_on)}到期" if box.closes_on else "",
        url=reverse(page, args=[box.uid]),
        button="去收箱" if survey else "去写",
        due=box.closes_on or today,
    )


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return the talks of ``body`` that are written down here; those on record stand there."""
    rows = Meeting.objects.filter(box__organisation=body, on__range=(since, until))
    return [
        Occasion(
            key=f"meeting:{row.uid}",
            title=row.box.title,
            day=row.on,
            words=row.who,
            at=row.at,
            place=row.place,
            url=reverse("voices:box", args=[row.box.uid]),
        )
        for row in rows.select_related("box").order_by("on", "pk")
        if row.on is not None
    ]
