"""Reports for tests: begun, written and sent as whoever writes them would."""

from datetime import date
from typing import Any

from tests.work.scene import a_duty

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.work import owing
from zhengyou.work.actions import report_lines, reporting
from zhengyou.work.composing import compose
from zhengyou.work.models import Duty, Report, ReportPoint, ReportSection

WEEKLY: dict[str, Any] = {
    "title": "周周回馈", "whose": "bodies", "kinds": ["branch"], "cadence": "week",
    "records": ["report"], "grace_days": 1,
}  # fmt: skip
YEARLY: dict[str, Any] = {
    "title": "述职报告", "whose": "holders", "roles": ["secretary", "deputy_secretary"],
    "kinds": ["branch"], "cadence": "half-year", "records": ["report"], "publish": True,
}  # fmt: skip


def weekly(campaign: Campaign, **terms: Any) -> Duty:
    """Return the duty of weekly feedback."""
    return a_duty(campaign, terms.pop("code", "weekly"), **(WEEKLY | terms))


def begun(
    actor: Actor, duty: Duty, body: Organisation, person: Person | None = None,
    start: date | None = None,
) -> Report:  # fmt: skip
    """Return the report that ``actor`` begins."""
    owed = owing.find(duty, body, person, start)
    assert owed is not None
    return reporting.begin(actor, owed)


def say(actor: Actor, report: Report, section: str, text: str) -> ReportPoint:
    """Return a line of one's own."""
    return report_lines.add(actor, report, ReportSection(section), text)


def sent(actor: Actor, report: Report) -> Report:
    """Return the report sent as it reads."""
    reporting.send(actor, report, compose(report).digest)
    return report


def said(report: Report, section: str) -> list[str]:
    """Return the lines of a section."""
    return [part.text for part in compose(report).of(ReportSection(section))]


def week_of(actor: Actor, duty: Duty, body: Organisation, day: date, **lines: str) -> Report:
    """Return the report of the week of ``day``, written and sent on that day."""
    with clock.at(day):
        report = begun(actor, duty, body)
        for section, text in lines.items():
            say(actor, report, section, text)
        return sent(actor, report)
