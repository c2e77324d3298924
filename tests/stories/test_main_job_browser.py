"""The main job clicked in Chromium, by turns on a desktop's screen and on a telephone's."""

import pytest
from django.core.management import call_command
from tests.stories.chromium import InChromium, found_by, on_own_screens
from tests.stories.main_job import (
    BRANCH,
    BUREAU,
    FOUNDED,
    GOOD,
    MEMBER,
    OFFICE,
    PROMISES,
    SECRETARY,
    MainJob,
    account_for,
    branch,
    enrolled,
    fresh_bureau,
)

from zhengyou import documents
from zhengyou.campaigns.actions import campaigns
from zhengyou.kernel import clock
from zhengyou.ledger import book
from zhengyou.people.actions.people import appoint
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Organisation, Person, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_clicked_from_the_workbook_to_the_summary(new_page, axe, capsys):
    """Nothing typed but the start page; no barrier, no sideways scroll at 1280 and 360, no
    complaint anywhere."""
    fresh_bureau()
    arrive, visitors = on_own_screens(new_page, axe)
    job = MainJob(arrive)
    job.walk()
    job.summary_is_opened()
    job.secretary.click("2人次")
    job.secretary.sees(MEMBER)
    job.secretary.click("回到总结")
    said = "".join(piece.text for piece in documents.read_text(job.summary_is_made()))
    assert f"{BRANCH}“党员教师家访月”阶段总结" in said
    assert PROMISES[0].text in said
    call_command("ledger", "verify")
    assert "完好" in capsys.readouterr().out
    assert found_by(visitors) == []


def test_pledge_and_review_without_javascript(new_page):
    """Three items written, two passed, one returned: every press is a page of its own."""
    ready_for_pledges()
    job = MainJob(lambda: InChromium(new_page(java_script_enabled=False), no_axe))
    job.member, job.secretary = job.arrive(), job.arrive()
    job.sign_in(job.member, "ranyizhou")
    job.pledge_is_written()
    job.sign_in(job.secretary, "yuqinglan")
    job.one_item_is_returned()
    job.item_is_mended()
    job.secretary.click("工作台")
    job.secretary.click("逐条审", MEMBER)
    job.secretary.press("送出结果", answer=422)
    job.secretary.sees("没有送出", "审完才能送出")
    job.secretary.press("三项都是", "第 2 条")
    job.secretary.press("送出结果")
    job.secretary.sees("通过 1 条，已经公开")
    for each in (job.member, job.secretary, job.parent):
        assert [*each.barriers, *each.complaints] == []


def no_axe(page) -> list[str]:
    """Axe is a script itself and would wait for ever; it has seen these pages in the walk."""
    return []


def ready_for_pledges() -> None:
    """The office has started its campaign; a secretary and a member have accounts."""
    fresh_bureau()
    with book.writing():
        secretary, member = enrolled(SECRETARY, branch(), 902), enrolled(MEMBER, branch(), 903)
        appoint(None, secretary, branch(), Role.SECRETARY, since=FOUNDED)
        account_for(secretary, "yuqinglan")
        account_for(member, "ranyizhou")
    office = acting_as(Person.objects.get(name=OFFICE), Role.CAMPAIGN_OFFICE)
    bureau = Organisation.objects.get(name=BUREAU)
    campaigns.create(office, bureau, GOOD.read_text("utf-8"), clock.today()).open(office)
