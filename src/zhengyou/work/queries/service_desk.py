"""What rotas and posts of service put on the desk: my turn, what was handed to me, choices and
weak logs that wait for a leader.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Membership
from zhengyou.people.rules import KEEPERS, LEADERS
from zhengyou.work.models import (
    CheckResult,
    FindState,
    HolderState,
    LogCheck,
    PatrolFind,
    RecordState,
    Rota,
    ServiceHolder,
)
from zhengyou.work.queries import rotas as query
from zhengyou.work.rotas import Book, Turn, TurnState
from zhengyou.work.rules import service as rules

MOST = 20
"""Choices listed one by one; of more only the first are shown, the rest on the body's page."""


def todo_for(actor: Actor) -> list[Errand]:
    """Return whose turn it is, and what a patrol handed over."""
    if actor.person is None:
        return []
    return [*_turns(actor), *_finds(actor)]


def _turns(actor: Actor) -> list[Errand]:
    today = clock.today()
    mine = Q(orders__slots__person=actor.person) | Q(turns__person=actor.person)
    if actor.hat and actor.hat.role in rules.HANDS:
        body = actor.hat.organisation
        mine |= Q(orders__slots__body=body) | Q(turns__body=body)
    pks = Rota.objects.filter(mine, until=None).values("pk")
    near = {rota.uid: (rota, Book.of(rota).turns(today, today))
            for rota in query.rows().filter(pk__in=pks)}  # fmt: skip
    return [
        _turn(near[uid][0], turn, today)
        for uid, turns in query.fulfilled(near).items()
        for turn in turns
        if _is_mine(actor, turn) and turn.state(today) == TurnState.NOW and today not in turn.days
    ]


def _is_mine(actor: Actor, turn: Turn) -> bool:
    taker = turn.taker
    if taker is None:
        return False
    here = actor.hat.organisation.pk if actor.hat else None
    return actor.is_person(taker.person) or (taker.body_id is not None and taker.body_id == here)


def _turn(rota: Rota, turn: Turn, today: date) -> Errand:
    last = turn.last == today
    return Errand(
        "due" if last else "doing", "轮到您" if not last else "今天值完", rota.title,
        rota.task or f"记一笔“{rota.get_record_kind_display()}”",
        f"{turn.last.month}月{turn.last.day}日为止",
        reverse("work:rota_record", args=[rota.uid]), "记一笔", turn.last,
    )  # fmt: skip


def _finds(actor: Actor) -> list[Errand]:
    rows = PatrolFind.objects.filter(
        to_person=actor.person, state=FindState.HANDED, record__state=RecordState.FINISHED
    ).select_related("by")
    return [
        Errand(
            "due", "交给您", row.what, _found_by(row),
            "请马上看", reverse("work:find", args=[row.uid]), "看一看",
            clock.today(), outside="巡查发现了一个问题，交给您",
        )
        for row in rows.order_by("handed_at")
    ]  # fmt: skip


def _found_by(row: PatrolFind) -> str:
    return "，".join(filter(None, [f"{row.by.name}巡查发现", row.place]))


def waiting_for(actor: Actor) -> list[Errand]:
    """Return who chose a post, and whose log is weak with nobody at the side."""
    if actor.person is None or actor.hat is None or actor.hat.role not in KEEPERS:
        return []
    path = actor.hat.organisation.path
    here = Q(post__organisation__path=path) | (
        Q(post__organisation__parent__path=path) & ~Q(post__organisation__family="party")
    )
    return [*_choices(actor, path, here), *_weak(actor, here)]


def _choices(actor: Actor, path: str, here: Q) -> list[Errand]:
    """Who chose a post, and who has left the roll and stands on one still: the share of members
    counts them. One query."""
    stays = Membership.objects.on(clock.today()).filter(paths.within("organisation__path", path))
    asked = Q(state=HolderState.ASKED) & ~Q(person=actor.person)
    gone = Q(state=HolderState.HELD, until=None, person__isnull=False) & ~Q(
        Exists(stays.filter(person=OuterRef("person")))
    )
    rows = ServiceHolder.objects.filter(here, asked | gone)
    rows = rows.select_related("person", "post__organisation")
    return [
        _choice(row) if row.state == HolderState.ASKED else _gone(row)
        for row in rows.order_by("since", "pk")[:MOST]
    ]


def _choice(row: ServiceHolder) -> Errand:
    return Errand(
        "wait", "等您定", f"{row.who}选了“{row.post.title}”",
        row.reason or row.post.organisation.name, f"{row.since.month}月{row.since.day}日选的",
        reverse("work:post", args=[row.post.uid]), "看一看", outside="有人选了服务岗位",
    )  # fmt: skip


def _gone(row: ServiceHolder) -> Errand:
    return Errand(
        "wait", "人走了", f"{row.who}还在“{row.post.title}”上", "办离岗，再看看谁来接",
        "已经不在名册上", reverse("work:post", args=[row.post.uid]), "看一看",
        outside="有人走了，还在服务岗位上",
    )  # fmt: skip


def _weak(actor: Actor, here: Q) -> list[Errand]:
    """The last check of a log was weak, and nobody has been found to help."""
    if actor.hat is None or actor.hat.role not in LEADERS:
        return []
    rows = ServiceHolder.objects.filter(here, state=HolderState.HELD, until=None)
    rows = rows.exclude(deputies__until=None, deputies__pk__isnull=False)
    last: dict[int, LogCheck] = {}
    checks = LogCheck.objects.filter(holder__in=rows, record__state=RecordState.FINISHED)
    checks = checks.exclude(holder__person=F("record__by")).select_related(
        "record", "holder__person", "holder__post__organisation"
    )
    for check in checks.order_by("record__on", "pk"):
        last[check.holder_id] = check
    return [
        Errand(
            "wait", "要帮一把", f"{check.holder.who}的日志，{check.holder.post.title}",
            "找一个有经验的人帮带", f"{check.record.on.month}月{check.record.on.day}日查的",
            reverse("work:post", args=[check.holder.post.uid]), "找人帮带",
            outside="有一个岗位的日志要帮一把",
        )
        for check in last.values()
        if check.result == CheckResult.WEAK
    ]  # fmt: skip
