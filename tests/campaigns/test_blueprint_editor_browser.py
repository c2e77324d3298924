"""The blueprint editor in a browser: a mistake is shown as one types, mended, saved."""

import pytest
from tests.campaigns.conftest import SMALL
from tests.campaigns.test_browser import look
from tests.cast import account_of

from zhengyou.campaigns.actions import manuscripts
from zhengyou.campaigns.models import Manuscript

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_mistake_is_shown_as_one_types_and_mended(each_page, sign_in, cast, office, axe):
    own = manuscripts.keep(office, cast.bureau, SMALL)
    page = each_page
    sign_in(page, account_of(cast.gu))
    page.goto("/blueprints/")
    look(page, axe, "blueprints")
    page.goto(f"/blueprints/{own.uid}/?at=phase.learn")
    checked = page.locator("#checked")
    assert "没有错" in checked.inner_text()
    look(page, axe, "editor")
    page.get_by_label("多长").fill("一个月")
    checked.get_by_text("看不懂“一个月”").wait_for()
    assert "第 12 行" in checked.inner_text()
    assert "1 处要改" in page.locator("#verdict").inner_text()  # beside the buttons, too
    look(page, axe, "editor-wrong")
    page.get_by_label("多长").fill("6周")
    checked.get_by_text("没有错").wait_for()
    page.get_by_role("button", name="存下").click()
    page.get_by_text("存下了，没有错。").wait_for()
    assert Manuscript.objects.get().text == SMALL.replace('"1个月"', '"6周"')
    page.goto(f"/blueprints/{own.uid}/?at=raw")
    look(page, axe, "editor-raw")
