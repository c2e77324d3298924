"""Reports, two at once, on both databases: one does it, the other is told."""

from datetime import date

import pytest
from tests import cast as casting
from tests.pledges.test_races import together
from tests.work.reporting import begun, say, sent, weekly
from tests.work.scene import a_campaign

from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.work import owing
from zhengyou.work.actions import reporting
from zhengyou.work.composing import compose
from zhengyou.work.models import Credit, Record, Report, ReportState

pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY = date(2026, 9, 11)


def again(report: Report) -> Report:
    """Return the same report as another request reads it."""
    rows = Report.objects.select_related("duty__campaign", "organisation__parent", "person")
    return rows.get(pk=report.pk)


def test_begun_sent_and_answered_by_two_at_once() -> None:
    cast = casting.build()
    duty = weekly(a_campaign(cast))
    with clock.at(FRIDAY):
        shen = acting_as(cast.shen, Role.SECRETARY)
        zhou = acting_as(cast.zhou, Role.DEPUTY_SECRETARY)
        gu = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        owed = owing.find(duty, cast.branch, None)
    told = together(FRIDAY, *(lambda who=who: reporting.begin(who, owed) for who in (shen, zhou)))
    assert told in (["done", "done"], ["done", "stale"])  # the second goes on with the first's
    report = Report.objects.get()
    with clock.at(FRIDAY):
        say(shen, report, "done", "开了例会。")
        digest = compose(report).digest
    told = together(
        FRIDAY,
        *(lambda who=who: reporting.send(who, again(report), digest) for who in (shen, zhou)),
    )
    assert told == ["done", "refused"]
    assert Credit.objects.filter(duty=duty).count() == Record.objects.count() == 1
    told = together(
        FRIDAY,
        lambda: reporting.acknowledge(gu, again(report), "好"),
        lambda: reporting.take_back(shen, again(report)),
    )
    assert told == ["done", "refused"]
    report = again(report)
    taken_back = report.state == ReportState.DRAFT
    assert Credit.objects.filter(duty=duty).exists() != taken_back
    answers = Fact.objects.filter(verb__in=("report.acknowledge", "report.take_back"))
    assert answers.count() == 1
    if taken_back:
        with clock.at(FRIDAY):
            sent(shen, begun(shen, duty, cast.branch))
