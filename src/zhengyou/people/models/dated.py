"""Rows that hold for a time: half-open intervals ``since <= day < until``."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


def holds_on(day: date, prefix: str = "") -> Q:
    """Return the condition "this dated row holds on ``day``".

    Args:
        day: any date.
        prefix: relation to the dated row, such as ``"membership__"``.
    """
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    )


def one_open(*fields: str, name: str, where: Q | None = None) -> models.UniqueConstraint:
    """Return the constraint "at most one row with an open end".

    The database cannot refuse overlaps alike on SQLite and PostgreSQL; verbs check them under a
    lock, and this is the net below them.

    Args:
        fields: what the rows have in common.
        name: name of the constraint.
        where: further condition on the rows.
    """
    still = Q(until__isnull=True)
    return models.UniqueConstraint(
        fields=fields, condition=still & where if where else still, name=name
    )


class DatedQuerySet(models.QuerySet[Any]):
    """Questions about dated rows."""

    def on(self, day: date) -> Self:
        """Return the rows that hold on ``day``."""
        return self.filter(holds_on(day))

    def overlapping(self, since: date, until: date | None) -> Self:
        """Return the rows that share a day with ``[since, until)``; ``until`` None: open end."""
        rows = self.held().filter(Q(until__isnull=True) | Q(until__gt=since))
        return rows if until is None else rows.filter(since__lt=until)

    def end(self, on: date) -> int:
        """End what holds on ``on`` or begins later; a row that now holds for no day stays, empty.

        Returns:
            How many rows were changed.
        """
        later = self.filter(since__gt=on).exclude(until=F("since")).update(until=F("since"))
        return later + self.on(on).update(until=on)

    def held(self) -> Self:
        """Return the rows that hold for at least one day, for histories."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=F("since")))


class Dated(models.Model):
    """An interval of dates. ``until`` is the first day on which it no longer holds."""

    since = models.DateField("起始日期")
    until = models.DateField("截止日期（不含）", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]

    def holds(self, day: date) -> bool:
        """Tell whether this row holds on ``day``."""
        return self.since <= day and (self.until is None or day < self.until)
