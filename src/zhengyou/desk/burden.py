"""The burden meter (减负): how many fields a body was asked for, how many were filled in already.

Every field that the kit shows says about itself whether it was filled when the page came (a hidden
``_f``); whoever sends the form in successfully has answered them. Pages without the kit's fields
say so with the tag ``asked``. A number for whoever asks too much, never for ranking anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from zhengyou.desk.models import Burden
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS, OVERSEERS
from zhengyou.ui.tags.forms import FILLED

MONTHS = 12
ROOMS = {
    "campaigns": "活动、方案、任务",
    "work": "任务和纪实",
    "pledges": "承诺",
    "papers": "材料",
    "remarks": "群众意见",
    "voices": "征集意见",
    "people": "组织和花名册",
    "desk": "提醒和日历",
}
"""The rooms whose forms are counted, and what they are called."""


def count(actor: Actor, room: str, marks: Iterable[str]) -> None:
    """Add one form that was sent in: ``marks`` are the values of its fields' ``_f``."""
    names = {mark.removesuffix(FILLED): mark.endswith(FILLED) for mark in marks}
    if not names or actor.hat is None or room not in ROOMS:
        return
    month = clock.today().replace(day=1)
    key: dict[str, Any] = {"organisation": actor.hat.organisation, "month": month, "room": room}
    Burden.objects.get_or_create(**key)
    Burden.objects.filter(**key).update(
        forms=F("forms") + 1,
        asked=F("asked") + len(names),
        given=F("given") + sum(names.values()),
    )


@dataclass(frozen=True, slots=True)
class Count:
    """Fields of one month, one room or one body."""

    label: str
    forms: int
    asked: int
    given: int
    uid: str = ""

    @property
    def typed(self) -> int:
        """How many somebody had to fill in."""
        return self.asked - self.given

    @property
    def share(self) -> int:
        """Per cent filled in beforehand, 0 to 100."""
        return round(100 * self.given / self.asked) if self.asked else 0


@dataclass(frozen=True, slots=True)
class Meter:
    """The meter of a body: its months, this month by room, and the bodies below by month's sum."""

    body: Organisation
    month: date
    months: list[Count]
    rooms: list[Count]
    below: Count | None
    bodies: list[Count]

    @property
    def now(self) -> Count:
        """This month."""
        return self.months[-1]


def may_see(actor: Actor, body: Organisation) -> Verdict:
    """Posts of the body and above."""
    return Verdict.of(actor.holds(body.path, OVERSEERS), "填报数给本组织和上级任职的人看。")


def meter_of(actor: Actor, body: Organisation, month: date | None = None) -> Meter:
    """Return the meter of ``body`` as of ``month`` (its first day; default this one).

    Four queries; the bodies below are those with most to fill in, thirty at most, for who may
    mend it: the keepers.
    """
    month = (month or clock.today()).replace(day=1)
    own = Burden.objects.filter(organisation=body)
    inside = paths.within("organisation__path", body.path) & ~Q(organisation=body)
    below, bodies = None, []
    if actor.holds(body.path, KEEPERS):
        rows = Burden.objects.filter(inside, month=month)
        total = rows.aggregate(forms=Sum("forms"), asked=Sum("asked"), given=Sum("given"))
        below = Count("下级合计", *_numbers(total))
        bodies = _bodies(rows)
    by_room = own.filter(month=month).order_by("-asked")
    rooms = [Count(ROOMS.get(r.room, r.room), r.forms, r.asked, r.given) for r in by_room]
    return Meter(body, month, _months(own, month), rooms, below, bodies)


def _numbers(row: Mapping[str, int | None]) -> tuple[int, int, int]:
    return row["forms"] or 0, row["asked"] or 0, row["given"] or 0


def _bodies(rows: QuerySet[Burden]) -> list[Count]:
    sums = (
        rows.values("organisation__uid", "organisation__name")
        .annotate(n=Sum("forms"), a=Sum("asked"), g=Sum("given"))
        .order_by(F("a") - F("g"), "organisation__name")
        .reverse()
    )
    return [
        Count(r["organisation__name"], r["n"], r["a"], r["g"], str(r["organisation__uid"]))
        for r in sums[:30]
    ]


def _months(rows: QuerySet[Burden], last: date) -> list[Count]:
    wanted = [_month_before(last, back) for back in range(MONTHS - 1, -1, -1)]
    sums = {
        row["month"]: row
        for row in rows.filter(month__in=wanted)
        .values("month")
        .annotate(n=Sum("forms"), a=Sum("asked"), g=Sum("given"))
    }
    return [_month(month, sums.get(month)) for month in wanted]


def _month(month: date, row: Mapping[str, Any] | None) -> Count:
    label = f"{month.year}年{month.month}月"
    return Count(label, row["n"], row["a"], row["g"]) if row else Count(label, 0, 0, 0)


def _month_before(month: date, back: int) -> date:
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)
