"""What somebody has to do about boxes: work off what was put in, read what is said to them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.rules import KEEPERS
from zhengyou.ui.text import short_date
from zhengyou.voices.models import Box, BoxKind, Voice, VoiceState
from zhengyou.voices.queries.due import due_by_week
from zhengyou.voices.rules import HEARD

SOON = timedelta(days=3)


def todo_for(actor: Actor) -> list[Errand]:
    """Return the boxes that ``actor`` collates, or keeps, with something unsettled in them; a
    keeper sees another's box when it is late. One query where there is nothing."""
    if actor.person is None:
        return []
    rows = Voice.objects.filter(_mine(actor), became="").exclude(box__kind=BoxKind.BURDEN)
    found = (
        rows.order_by("box")
        .values("box")
        .annotate(
            count=Count("pk"), week=Min("week"), new=Count("pk", filter=Q(state=VoiceState.WAITING))
        )
    )
    counts: dict[int, Any] = {row["box"]: row for row in found}
    boxes = Box.objects.filter(pk__in=counts).select_related("organisation") if counts else []
    days = due_by_week([(counts[box.pk]["week"], box.answer_days) for box in boxes])
    errands = [
        _errand(actor, box, counts[box.pk], days[counts[box.pk]["week"], box.answer_days])
        for box in boxes
    ]
    return [errand for errand in errands if errand is not None]


def waiting_for(actor: Actor) -> list[Errand]:
    """Return the places of which ``actor`` has not read all that was said. One query."""
    if actor.person is None:
        return []
    rows = Voice.objects.filter(place__hears=actor.person, state__in=HEARD, heard_on=None)
    found = rows.order_by("place").values_list("place__label").annotate(Count("pk"))
    count = sum(number for _, number in found)
    if not count:
        return []
    where = "、".join(label for label, _ in found[:3])
    return [
        Errand(
            kind="wait",
            label="请您听",
            title=f"{count} 条意见说到您的课或者地方",
            why=f"{where}{'等' if len(found) > 3 else ''}，看过按“听到了”",
            when="",
            url=reverse("voices:heard"),
            button="去看",
            outside=f"{count} 条意见请您听",
        )
    ]


def _mine(actor: Actor) -> Q:
    mine = Q(box__collator=actor.person)
    if actor.hat and actor.hat.role in KEEPERS:
        mine |= Q(box__organisation=actor.hat.organisation)
    return mine


def _errand(actor: Actor, box: Box, counts: dict[str, Any], due: date) -> Errand | None:
    today = clock.today()
    mine = actor.person is not None and box.collator_id == actor.person.pk
    if not mine and due >= today:
        return None
    kind, label = ("due", "快到期") if due <= today + SOON else ("todo", "要答复")
    if due < today:
        kind, label = "late", f"过期 {(today - due).days} 天"
    return Errand(
        kind=kind,
        label=label,
        title=f"“{box.title}”有 {counts['count']} 条意见要办",
        why=f"其中 {counts['new']} 条还没有看；答复、转成问题或者建议，都算办了",
        when=f"最早{short_date(due)}前",
        url=reverse("voices:box", args=[box.uid]),
        button="去办",
        due=due,
    )
