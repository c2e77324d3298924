"""What every change of the tree begins with: hold it, read anew, and mind the days."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Max

from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation, Placement

FARTHEST = timedelta(days=365)
"""How far ahead a change of somebody's place or post may be written down."""


def hold_tree() -> None:
    """Let one change of the tree happen at a time: whoever comes second waits, then reads anew.

    The root rows are locked, but not their keys: enrolments go on meanwhile. (SQLite has one
    writer anyway.)
    """
    list(Organisation.objects.select_for_update(no_key=True).filter(parent=None).order_by("pk"))


def fresh(body: Organisation) -> Organisation:
    """Read a body anew and hold it against enrolments into what is being closed."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)


def fresh_all(bodies: Iterable[Organisation]) -> list[Organisation]:
    """Read bodies anew, always in one order so that two who need both never wait for each other."""
    return [fresh(body) for body in sorted(bodies, key=lambda body: body.pk)]


def next_path(parent: Organisation | None) -> str:
    """Take the next unused segment below ``parent``, while the tree is held."""
    if parent is None:
        last = Placement.objects.filter(parent=None).aggregate(last=Max("path"))["last"]
        return paths.child("", paths.number(last) + 1 if last else 1)
    if parent.last_segment >= paths.BIGGEST or paths.depth(parent.path) >= paths.DEPTH:
        raise Refused(f"{parent.name}下面不能再设组织了：层级或个数到了上限。")
    Organisation.objects.filter(pk=parent.pk).update(last_segment=F("last_segment") + 1)
    parent.refresh_from_db(fields=["last_segment"])
    return paths.child(parent.path, parent.last_segment)


def placed_since(body: Organisation) -> date:
    """Return since when ``body`` stands where it stands."""
    return body.placements.get(until=None).since


def moved_last(body: Organisation) -> date:
    """Return when the subtree last changed: no placement in it may be cut short backwards."""
    rows = Placement.objects.filter(paths.within("path", body.path), until=None)
    last: date = rows.aggregate(last=Max("since"))["last"]
    return last


def last_change(body: Organisation) -> date:
    """Return when ``body`` was last moved or renamed."""
    return max(placed_since(body), body.names.get(until=None).since)


def not_to_come(on: date | None, verb: str) -> date:
    """Return the day of a change of the tree, today where none is given.

    Raises:
        Refused: it lies in days to come.
    """
    today = clock.today()
    if on is not None and on > today:
        raise Refused(f"{verb}日期 {on:%Y-%m-%d} 还没到。请等到那一天再办，或者改日期。")
    return on or today


def not_before(since: date, on: date, verb: str, body: Organisation) -> None:
    """Refuse a day before the last change: it would rewrite what has happened since.

    Raises:
        Refused: ``on`` lies before ``since``.
    """
    if on < since:
        raise Refused(
            f"{verb}日期 {on:%Y-%m-%d} 早于{body.name}上一次变动（{since:%Y-%m-%d}），"
            "会改动已经发生的事，请改日期。"
        )


def not_far_ahead(on: date, what: str) -> None:
    """Refuse a beginning that nobody can know yet: more than a year ahead, most likely a slip.

    Raises:
        Refused: ``on`` lies more than a year ahead.
    """
    if on > clock.today() + FARTHEST:
        raise Refused(f"{what} {on:%Y-%m-%d} 在一年以后，太远了。请核对年份，最多提前一年办。")
