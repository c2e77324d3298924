"""献一计 clicked in Chromium: screened by keys, composed, sent up, a second one refused, adopted;
the whole walk on a desktop's screen, its pages on a telephone's."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE
from tests.cast import Cast, account_of, build
from tests.voices.calling import IDEAS

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Person, Role
from zhengyou.voices.actions import boxes, funnels, suggesting
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.actions.funnels import LevelData
from zhengyou.voices.actions.writing import Slip, enter_paper
from zhengyou.voices.models import Box, BoxKind, Suggestion, Where

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_call(cast: Cast) -> Box:
    """An open call at the school with six ideas at the low 学段; one chosen there goes up."""
    keeper = acting_as(cast.shen, Role.SECRETARY)
    data = BoxData(BoxKind.CALL, "我为教育献一计", "哪里还能更好？", cast.zhou, clock.today())
    box = boxes.set_up(keeper, cast.branch, data)
    levels = [
        LevelData("学段", Where.BELOW),
        LevelData("学校", Where.HERE, 2, 1, as_piece=True),
        LevelData("教育局", Where.ABOVE),
    ]
    funnels.set_levels(keeper, box, levels)
    boxes.open_box(keeper, box)
    box.refresh_from_db()
    enter_paper(keeper, box, [Slip(text) for text in IDEAS])
    voices = {row.text: row for row in box.voices.select_related("box__organisation")}
    suggesting.gather(keeper, box, cast.low, [voices[text] for text in IDEAS])
    return box


class Walk:
    """One window; every page that is looked at is looked at for barriers, too."""

    def __init__(self, page: Page, axe: Any, sign_in: Any) -> None:
        self.page, self.axe, self.sign_in = page, axe, sign_in
        self.found: list[str] = []

    def as_(self, person: Person) -> None:
        self.page.context.clear_cookies()
        self.sign_in(self.page, account_of(person))

    def at(self, address: str, name: str) -> None:
        self.page.goto(address)
        self.look(name)

    def look(self, name: str) -> None:
        self.found += [f"{name}: {each}" for each in self.axe(self.page)]
        width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        self.found += [f"{name}: {width} pixels too wide"] if width > 0 else []
        if folder := os.environ.get("SHOTS"):
            size = self.page.viewport_size["width"]  # type: ignore[index]
            self.page.screenshot(path=Path(folder) / f"{name}-{size}.png", full_page=True)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=re.compile(name)).first.click()
        self.page.wait_for_load_state()


def test_from_the_stage_to_the_bureau(new_page: Any, axe: Any, sign_in: Any) -> None:
    cast = build()
    box = a_call(cast)
    walk = Walk(new_page(DESKTOP), axe, sign_in)
    page, call = walk.page, f"/boxes/{box.uid}/call/"

    walk.as_(cast.song)
    walk.at(f"{call}screen/", "screen")
    page.locator("[data-idea]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 条等着筛")
    page.keyboard.press("1")  # the card that moved up has the focus
    expect(page.get_by_role("heading", level=1)).to_contain_text("4 条等着筛")
    page.locator("[data-idea]").first.focus()
    page.keyboard.press("2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 条等着筛")
    assert Suggestion.objects.get(state="not_chosen").screenings.get().reason == "已经在这样做了。"
    for tick in page.locator("[data-idea] input[type=checkbox]").all():
        tick.check()
    walk.press("^都选上$")

    walk.as_(cast.shen)
    walk.at(f"{call}screen/", "school")
    for tick in page.locator("[data-idea] input[type=checkbox]").all():
        tick.check()
    walk.press("^都选上$")
    walk.at(call, "call")
    page.get_by_role("link", name=re.compile("^编综合稿")).click()
    walk.look("piece")
    for tick in page.locator("input[name=pick]").all()[3:]:
        tick.uncheck()
    walk.press("照打勾的和顺序重写正文")
    walk.press("编好了")
    walk.look("composed")
    walk.press("^上报$")
    expect(page.get_by_text("报上去了。")).to_be_visible()
    page.goto(f"{call}piece/?at=2-{cast.branch.uid}")
    page.get_by_label("综合稿的题目").fill("又两条")
    walk.press("编好了")
    expect(page.get_by_text("学校最多上报 1 份，名额已经用完")).to_be_visible()
    walk.look("refused")

    piece = Suggestion.objects.get(composite=True, level__number=3)
    address = f"/suggestions/{piece.uid}/"
    walk.as_(cast.gu)
    walk.at(address, "bureau")
    walk.press("^选上$")
    page.get_by_role("link", name="采纳", exact=True).click()
    page.get_by_label("谁来办").select_option(label=cast.gu.name)
    page.get_by_label("哪天以前办成").fill((clock.today() + timedelta(days=30)).isoformat())
    page.get_by_label("怎么办").fill("先在育新小学试，再推开。")
    walk.press("^采纳$")
    page.get_by_role("link", name="写结果").click()
    page.get_by_label("办成什么样了").fill("错时放学了，校门口不挤了。")
    page.locator("[name=gains]").fill("一年节约，12000，元")
    walk.look("result")
    walk.press("^写上$")
    expect(page.get_by_text("效益：一年节约 12,000 元")).to_be_visible()
    walk.look("adopted_one")
    walk.at(f"/suggestions/of/{cast.bureau.uid}/", "adopted")
    page.context.clear_cookies()
    walk.at(f"/say/box/{box.uid}/results/", "results")
    expect(page.get_by_text("3 位不署名的提的")).to_be_visible()

    phone = Walk(new_page(PHONE, has_touch=True, is_mobile=True), axe, sign_in)
    phone.as_(cast.shen)
    for name, where in (("call", call), ("piece", address), ("rewards", f"{call}rewards/")):
        phone.at(where, name)
    phone.at(f"{call}printed/", "printed")
    phone.at(f"/say/box/{box.uid}/results/", "results")
    assert walk.found + phone.found == []
