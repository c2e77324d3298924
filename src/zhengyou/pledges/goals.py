"""From a baseline to a target: how far, how far by the calendar, and whether it is reached.

Pure arithmetic. A target below the baseline means that fewer is better. Nothing is guessed: with
no baseline, no target or no value there is no share, and the page says so.
"""

from datetime import date
from decimal import Decimal

from django.db.models import F, Q

FULL = Decimal(100)


def share(baseline: Decimal | None, target: Decimal | None, value: Decimal | None) -> int | None:
    """Return how much of the way is gone, in whole percent from 0 to 100, rounded down.

    None where it cannot be measured: something is missing, or baseline and target are the same
    (a promise to keep a level has no way to go). 100 only where the target is reached.
    """
    if baseline is None or target is None or value is None or baseline == target:
        return None
    gone = (value - baseline) / (target - baseline) * FULL
    return int(min(max(gone, Decimal(0)), FULL))


def reached(
    baseline: Decimal | None,
    target: Decimal | None,
    value: Decimal | None,
    noted_on: date | None = None,
    due_on: date | None = None,
) -> bool:
    """Tell whether ``value`` has got to the target or beyond.

    A level to be kept (baseline and target are the same) is reached only where it was still so
    on the due day: ``noted_on`` not before ``due_on``.
    """
    if baseline is None or target is None or value is None:
        return False
    if baseline == target:
        return value == target and bool(noted_on and due_on and noted_on >= due_on)
    return value >= target if target > baseline else value <= target


def tick(start: date | None, due: date | None, day: date) -> int | None:
    """Return where the calendar says one should be, in whole percent from 0 to 100.

    None where a date is missing or both are the same. Before ``start`` 0, from ``due`` on 100.
    """
    if start is None or due is None or due <= start:
        return None
    return int(min(max(100 * (day - start).days / (due - start).days, 0), 100))


def is_reached(prefix: str = "") -> Q:
    """Return :func:`reached` as a condition on rows of ``PledgeItem``.

    Args:
        prefix: relation that leads to the item, as ``"items__"``.
    """
    baseline, target, value = (f"{prefix}{name}" for name in ("baseline", "target", "now_value"))
    more = Q(**{f"{target}__gt": F(baseline), f"{value}__gte": F(target)})
    fewer = Q(**{f"{target}__lt": F(baseline), f"{value}__lte": F(target)})
    kept = Q(
        **{
            target: F(baseline),
            value: F(target),
            f"{prefix}now_on__gte": F(f"{prefix}due_on"),
        }
    )
    return more | fewer | kept
