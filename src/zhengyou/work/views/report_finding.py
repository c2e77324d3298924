"""What views of reports look for, and the ways down to their pages."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from zhengyou.work.models import Report

DESK = ("工作台", "/desk/")
Crumbs = list[tuple[str, str]]


def to_report(report: Report, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down to a page at or below one report."""
    address = reverse("work:report", args=[report.uid]) if steps else ""
    return [DESK, ("汇报", reverse("work:reports")), (report.title, address), *steps]


def day_asked(text: str) -> date | None:
    """Return the day that a form carries, None where it carries none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def uid_asked(text: str) -> UUID | None:
    """Return the uid that a form carries, None where it carries none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def number_asked(text: str) -> int:
    """Return the number that a form carries, 0 where it carries none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0
