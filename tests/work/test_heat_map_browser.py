"""In Chromium: the heat map is drawn, walked by keys, and says the same as its table."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests import cast as casting
from tests.browser import PHONE
from tests.cast import account_of
from tests.work.scene import DUTIES, a_campaign, a_duty, record_of

from zhengyou.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_drawn_walked_by_keys_and_the_same_as_the_table(new_page, page, sign_in, axe):
    cast = casting.build()
    today = clock.today()
    campaign = a_campaign(cast, today - timedelta(days=100))
    for code, terms in DUTIES.items():
        dates = {"due_on": today - timedelta(days=30)} if code == "launch" else {}
        a_duty(campaign, code, **(terms | dates))
    record_of(cast.branch, "theme_day", today, cast.shen, cast.zhou, cast.su)
    sign_in(page, account_of(cast.gu))
    address = f"/duties/map/{campaign.uid}/{cast.bureau.uid}/"
    page.goto(address)
    figure = page.locator("[data-drawn]")
    expect(figure.locator("canvas")).to_be_visible()
    assert axe(page) == []

    area = page.locator(".zy-heat-area")
    area.focus()
    said = page.locator(".zy-heat-said")
    expect(said).to_contain_text("育新小学党支部，支部党员大会")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("育新小学党支部，主题党日")
    expect(said).to_contain_text("8 个里 3 个完成")
    row = page.locator("tr", has_text="育新小学党支部")
    expect(row.locator("td").nth(2)).to_contain_text("8 个里 3 个")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/duties/of/{cast.branch.uid}/**")
    assert axe(page) == []

    plain = new_page(PHONE, java_script_enabled=False)
    sign_in(plain, account_of(cast.gu))
    plain.goto(address)
    expect(plain.locator("tr", has_text="育新小学党支部").first).to_contain_text("8 个里 3 个")
    expect(plain.locator(".zy-heat")).to_be_hidden()
