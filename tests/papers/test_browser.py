"""Writing in a summary, in Chromium: on the page itself, with the length told while one types."""

import os
from pathlib import Path

import pytest
from tests import cast as casting
from tests.cast import account_of
from tests.papers.conftest import NOW, play
from tests.papers.test_editing import PROMISED, Room, review_wei

from zhengyou import documents
from zhengyou.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("ZHENGYOU_TEST_SHOTS")
"""A folder: the pages are photographed into it."""
MIXED = "写到这里：“三同”——上网课 42 节，CPU、Wi-Fi 都换了。\n第二段…"


def look(page, axe, name: str) -> None:
    """Check the page that is open; photograph it where that is asked for."""
    if SHOTS:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_written_on_the_page(each_page, sign_in, axe):
    with clock.at(NOW):
        scene = play(casting.build())
        room = Room(scene)
        room.write(room.part().text.replace("有2名", "到今天有2名"))
        room.desk.add("家长代表来听了两次课，意见记在本子上。", PROMISED)
        room.do("leave_out", "pledges.exempt")
        review_wei(scene)
    page = each_page
    sign_in(page, account_of(scene.cast.shen))
    page.goto(f"/papers/summary/{scene.campaign.uid}/{scene.cast.branch.uid}/")
    look(page, axe, "summary")
    part = page.locator("[id='p-situation.members']")
    part.get_by_role("link", name="改").click()
    box = part.get_by_role("textbox")
    count = part.locator("[data-count]")
    before = int(count.inner_text().replace(",", ""))
    written = documents.count_characters(box.input_value())
    box.fill(MIXED)
    now = before - written + documents.count_characters(MIXED)
    assert int(count.inner_text().replace(",", "")) == now
    assert not part.get_by_text("专项材料不宜超过").is_visible()
    box.fill(MIXED + "长" * 4000)
    assert part.get_by_text("专项材料不宜超过").is_visible()
    box.fill(MIXED)
    look(page, axe, "writing")
    part.get_by_role("button", name="存下").click()
    assert page.locator("[id='p-situation.members']").get_by_text("第二段…").is_visible()
    page.get_by_role("link", name="合到一起再看").click()
    look(page, axe, "merging")
