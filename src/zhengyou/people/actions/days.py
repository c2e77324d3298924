"""The editable part of the working-day calendar: what the built-in one does not know."""

from datetime import date

from zhengyou.kernel.models import SpecialDay
from zhengyou.kernel.texts import tidy_line
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actor import Actor

VERBS = {"calendar.set": "改工作日历", "calendar.clear": "撤掉工作日历的一天"}
book.label_verbs(VERBS)


def set_day(actor: Actor, *, day: date, works: bool, title: str, basis: str = "") -> SpecialDay:
    """Say that ``day`` works, or rests, whatever the built-in calendar says.

    Args:
        title: what it is called, such as 校庆日 or 国庆调休.
        basis: the notice it rests on.

    Raises:
        Refused: see :func:`rules.may_set_days`.
    """
    with book.writing() as facts:
        rules.may_set_days(actor).require()
        row, _ = SpecialDay.objects.update_or_create(
            day=day,
            defaults={"works": works, "title": tidy_line(title), "basis": tidy_line(basis)},
        )
        facts.record(
            "calendar.set",
            by=actor,
            about=book.LEDGER,
            data={"day": day, "works": works, "title": row.title, "basis": row.basis},
        )
    return row


def clear_day(actor: Actor, row: SpecialDay) -> None:
    """Leave that day to the built-in calendar again.

    Raises:
        Refused: see :func:`rules.may_set_days`.
    """
    with book.writing() as facts:
        rules.may_set_days(actor).require()
        facts.record("calendar.clear", by=actor, about=book.LEDGER, data={"day": row.day})
        row.delete()
