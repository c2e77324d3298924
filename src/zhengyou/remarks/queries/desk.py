"""What somebody has to do about remarks: let them through, answer them, ask below why they lie."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Post
from zhengyou.people.rules import KEEPERS, kept_where_they_are
from zhengyou.remarks import rules, targets
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.queries.talk import monday_of, week_words
from zhengyou.ui.text import short_date

SOON = 3
"""Days before its end in which an answer counts as due."""


def waiting_for(actor: Actor) -> list[Errand]:
    """Return the remarks to the body of the hat that wait to be let through, as one row."""
    if actor.hat is None or actor.hat.role not in rules.MODERATORS:
        return []
    body = actor.hat.organisation
    rows = Remark.objects.filter(rules.said_to(body), to_look_at(actor))
    found = rows.aggregate(count=Count("pk"), oldest=Min("week"))
    if not found["count"]:
        return []
    old = found["oldest"] < monday_of(clock.today())
    return [
        Errand(
            kind="due" if old else "wait",
            label="等着看",
            title=f"{found['count']} 条群众意见等着公开",
            why="看过的才公开；不公开要选理由，写的人凭查询码看得到",
            when=f"最早的是{week_words(found['oldest'])}",
            url=queue_url(body),
            button="去看",
            due=found["oldest"],
        )
    ]


def todo_for(actor: Actor) -> list[Errand]:
    """Return what is to be answered by the body of the hat, and what lies overdue below it."""
    if actor.hat is None or actor.hat.role not in KEEPERS:
        return []
    body = actor.hat.organisation
    return [*_to_answer(actor, body), *_below(body)]


def to_look_at(actor: Actor) -> Q:
    """Return which remarks wait for ``actor`` to look at, on the desk and in the list alike: what
    is about one's own things is for others."""
    return Q(state=RemarkState.WAITING) & rules.not_mine(actor)


def to_answer(actor: Actor, body: Organisation) -> Q:
    """Return which remarks ``actor`` is to answer for ``body``, on the desk and in the list alike;
    opinions on a draft are answered there."""
    return unanswered() & rules.not_mine(actor) & ~targets.listed_elsewhere(body)


def _to_answer(actor: Actor, body: Organisation) -> list[Errand]:
    rows = Remark.objects.filter(rules.said_to(body), to_answer(actor, body))
    today = clock.today()
    late = Count("pk", filter=Q(due_on__lt=today))
    found = rows.aggregate(count=Count("pk"), first=Min("due_on"), late=late)
    if not found["count"]:
        return []
    kind, label = "todo", "要答复"
    if found["late"]:
        kind, label = "late", f"过期 {found['late']} 条"
    elif found["first"] <= today + timedelta(days=SOON):
        kind, label = "due", "快到期"
    return [
        Errand(
            kind=kind,
            label=label,
            title=f"{found['count']} 条群众意见要答复",
            why="能办的说怎么办，办不了的说明原因；只要记下的按“记下了”",
            when=f"最早{short_date(found['first'])}前",
            url=f"{queue_url(body)}?show=unanswered",
            button="去答复",
            due=found["first"],
        )
    ]


def _below(body: Organisation) -> list[Errand]:
    bodies = lying_below(body)
    if not bodies:
        return []
    count = sum(sum(counts) for counts in bodies.values())
    return [
        Errand(
            kind="due",
            label="下级没办",
            title=f"下面 {len(bodies)} 个组织有 {count} 条群众意见没有办",
            why="过期没有答复、放了一周以上没有看，或者那里没有人能办",
            when="",
            url=reverse("remarks:below"),
            button="去看",
            due=clock.today(),
        )
    ]


def unanswered() -> Q:
    """Return the condition that a shown remark has no answer yet."""
    return Q(state=RemarkState.SHOWN, answered_on=None)


def overdue() -> Q:
    """Return the condition that the answer is past its day."""
    return unanswered() & Q(due_on__lt=clock.today())


def stale() -> Q:
    """Return the condition that a remark waits since before last Monday's week."""
    return Q(state=RemarkState.WAITING, week__lt=monday_of(clock.today()) - timedelta(days=7))


class Counts(NamedTuple):
    """How many remarks lie at a body, each counted once.

    Args:
        overdue: unanswered past the day; stale: not looked at for more than a week; unkept: any
            others that are open where nobody is left who could care for them.
    """

    overdue: int = 0
    stale: int = 0
    unkept: int = 0


def lying_below(top: Organisation) -> dict[int, Counts]:
    """Return how many remarks lie at which bodies below ``top``, by key, in the order of the tree.

    One query where nothing lies: each part of it along an index that has little but what lies.
    """
    open_ones = Q(state=RemarkState.WAITING) | unanswered()
    alone = Q(open_ones, organisation__in=_unkept(top)) & ~overdue() & ~stale()
    alone &= ~kept_where_they_are(KEEPERS, person="about")
    parts = [_counted("overdue", overdue()), _counted("stale", stale()), _counted("unkept", alone)]
    found: dict[int, Counts] = {}
    for body, name, count in parts[0].union(*parts[1:], all=True).order_by():
        found[body] = found.get(body, Counts())._replace(**{name: count})
    if not found:
        return {}
    below = Organisation.objects.filter(paths.within("path", top.path), pk__in=found)
    keys = below.exclude(pk=top.pk).order_by("path").values_list("pk", flat=True)
    return {key: found[key] for key in keys}


def _counted(name: str, which: Q) -> QuerySet[Any, Any]:
    # By a sum, lest SQLite read all remarks in the order of the bodies to group them.
    rows = Remark.objects.filter(which).order_by().values(body=F("organisation") + 0)
    return rows.annotate(name=Value(name), count=Count("pk")).values_list("body", "name", "count")


def _unkept(top: Organisation) -> QuerySet[Organisation]:
    """Return the bodies below that have no keeper in post: merged, split, or vacant."""
    keepers = Post.objects.on(clock.today()).filter(
        organisation=OuterRef("pk"), role__in=KEEPERS
    )  # fmt: skip
    return Organisation.objects.filter(~Exists(keepers), paths.within("path", top.path))


def queue_url(body: Organisation) -> str:
    """Return the page on which the remarks to ``body`` are let through and answered."""
    return reverse("remarks:queue", args=[body.uid])
