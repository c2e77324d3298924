"""In Chromium at 360 and 1280 pixels: write with one thumb, let through, answer, look up."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests import cast as casting
from tests.browser import DESKTOP, PHONE
from tests.cast import account_of
from tests.papers.conftest import Scene, play
from tests.remarks.saying import say

from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.models import Remark, RemarkState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("ZHENGYOU_TEST_PICTURES", "")


class Looker:
    """Looks at a page with axe, in both widths, and notes what is wrong."""

    def __init__(self, axe: Callable[..., list[str]]) -> None:
        self.axe = axe
        self.wrong: list[str] = []

    def at(self, page: Page, name: str) -> None:
        """Look at the page as it stands."""
        for width, height in ((360, 740), (1280, 800)):
            page.set_viewport_size({"width": width, "height": height})
            self.wrong += [f"{name} {width}: {each}" for each in self.axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                self.wrong.append(f"{name} {width}: scrolls sideways")
            if PICTURES:
                path = Path(PICTURES) / f"{name}-{width}.png"
                page.screenshot(path=path, full_page=True)


def test_from_a_thumb_to_an_answer(new_page, sign_in, axe) -> None:
    scene: Scene = play(casting.build())
    item, look = scene.items("song")[1], Looker(axe)
    said = say(item, "孩子说现在听得懂了，谢谢老师。", "五（3）班家长")
    moderating.show(scene.secretary, [said])
    answering.answer(scene.secretary, said, "谢谢家长，下学期接着讲。")
    say(item, "食堂的菜太咸。")

    phone = new_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=True)
    phone.goto(reverse("remarks:write", args=["pledge_item", item.uid]))
    phone.get_by_label("您的意见").fill("讲题能不能改到五点，接孩子正好。")
    look.at(phone, "write")
    phone.get_by_role("button", name=re.compile("^交给")).click()
    code = phone.locator(".zy-code").inner_text()
    look.at(phone, "receipt")
    with phone.expect_download() as kept:
        phone.get_by_role("button", name="存下").click()
    assert code in kept.value.path().read_text("utf-8")

    desk = new_page(DESKTOP)
    sign_in(desk, account_of(scene.cast.shen))
    desk.goto("/desk/")
    desk.get_by_role("link", name=re.compile(r"^去看\s*，2 条群众意见等着公开")).click()
    desk.get_by_role("checkbox", name=re.compile("讲题能不能")).check()
    look.at(desk, "queue")
    desk.get_by_role("button", name="公开", exact=True).click()
    desk.get_by_role("link", name=re.compile("^要答复")).click()
    desk.get_by_role("link", name=re.compile(r"答复\s*，讲题能不能")).click()
    desk.get_by_label("答复").fill("下周起改到五点，谢谢您。")
    desk.get_by_role("button", name="答复", exact=True).click()
    look.at(desk, "remark")

    phone.goto(reverse("remarks:look_up"))
    look.at(phone, "look-up")
    phone.get_by_label("查询码").fill(code.lower())
    phone.get_by_role("button", name="查", exact=True).click()
    expect(phone.locator("h1")).to_have_text("您的意见有答复了")
    look.at(phone, "found")
    phone.get_by_role("link", name="看公开的页面").click()
    expect(phone.locator("#remarks")).to_contain_text("下周起改到五点")
    for name, url in (
        ("plan", reverse("portal:plan", args=[scene.campaign.uid, scene.plan.uid])),
        ("pledge", reverse("pledges:pledge", args=[item.pledge.uid])),
    ):
        phone.goto(url)
        look.at(phone, name)
    assert look.wrong == []
    assert Remark.objects.filter(state=RemarkState.WAITING).count() == 1
