"""Tasks and publicity in a browser: from the desk to the report, from the plan to the log."""

import pytest
from tests.campaigns import arranged
from tests.campaigns.test_browser import look
from tests.cast import account_of

from zhengyou.campaigns.models import Posting, TaskReport
from zhengyou.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mine(cast):
    """育新's plan, on 15 September."""
    _, plan, _ = arranged.begin(cast)
    with clock.at(arranged.NOW):
        yield plan


def test_a_task_is_reported_and_a_posting_logged(each_page, sign_in, cast, mine, axe):
    page = each_page
    sign_in(page, account_of(cast.shen))
    page.goto("/desk/")
    page.get_by_role("link", name="去登记").first.click()
    page.get_by_label("办得怎样").fill("9月3日全体党员参加，书记讲了方案")
    look(page, axe, "task-report")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("登记好了").first.wait_for()
    look(page, axe, "task-ledger")
    assert TaskReport.objects.get().words.startswith("9月3日")
    page.goto(f"/plans/{mine.uid}/publicity/")
    look(page, axe, "publicity")
    page.locator("a", has_text="登记，方案上公开栏").click()
    page.get_by_label("在哪里").fill("校门口公开栏")
    look(page, axe, "posting")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("登记好了，公开页上看得到。").wait_for()
    look(page, axe, "postings")
    assert Posting.objects.get().place == "校门口公开栏"
    page.goto(f"/plans/{mine.uid}/publicity/line/?key=board")
    look(page, axe, "publicity-line")
    page.goto(f"/campaigns/{mine.campaign.uid}/")
    look(page, axe, "campaign-own")
    page.goto("/desk/")
    look(page, axe, "desk")
