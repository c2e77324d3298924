"""The kit in Chromium: no barriers at any width, and every improvement does what it says."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [360, 768, 1280]
OLD = re.compile(r"(light-dark|oklch|color-mix)\(")
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def size(width):
    return {"width": width, "height": 800}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_barriers(new_page, axe, width):
    page = new_page(size(width))
    page.goto("/kit/")
    assert axe(page) == []


def test_no_barriers_while_things_are_open(page, axe):
    page.goto("/kit/")
    page.locator("#chart-kept summary").click()
    page.get_by_text("选列").click()
    page.get_by_role("link", name="撤下承诺").first.click()
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_sideways_scroll(new_page, width):
    page = new_page(size(width))
    page.goto("/kit/")
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_no_sideways_scroll_with_text_twice_as_large(new_page, width):
    page = new_page(size(width))
    page.goto("/kit/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("dispatchEvent(new Event('resize'))")
    assert page.evaluate(SIDEWAYS) <= 0


def test_fingers_find_the_buttons(phone):
    phone.goto("/kit/")
    heights = phone.locator("main .btn:visible").evaluate_all(
        "found => found.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 20
    assert min(heights) >= 44


def test_a_chrome_of_2023_sees_the_same_colours(new_page):
    """Tabler's newer colour functions struck out: nothing we show depends on them."""
    look = """() => [...document.querySelectorAll('body, body *:not(path, use, option)')]
        .filter(each => each.checkVisibility())
        .map(each => { const css = getComputedStyle(each); return [each.className.toString()
          || each.tagName, css.color, css.backgroundColor, css.borderTopColor,
          css.fill, css.display].join(' ') })"""
    page = new_page(reduced_motion="reduce")
    page.goto("/kit/")
    today = page.evaluate(look)
    old = new_page(reduced_motion="reduce")

    def strike(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=OLD.sub(r"no-such-\1(", answer.text()))

    old.route("**/tabler.min.css", strike)
    old.goto("/kit/")
    then = old.evaluate(look)
    assert len(today) > 500
    assert [pair for pair in zip(today, then, strict=True) if pair[0] != pair[1]] == []


class TestRefused:
    def test_a_press_tells_the_reason_and_does_nothing_else(self, page):
        page.goto("/kit/")
        button = page.get_by_role("button", name="提醒他").first
        button.click(force=True)  # what looks disabled can still be pressed
        assert page.url.endswith("/kit/")
        reason = page.locator(f"#{button.get_attribute('aria-describedby')}")
        assert "is-told" in reason.get_attribute("class")

    def test_it_takes_the_focus_so_that_the_reason_is_read(self, page):
        page.goto("/kit/")
        button = page.get_by_role("button", name="提醒他").first
        button.focus()
        assert button.evaluate("one => one === document.activeElement")


class TestConfirm:
    def test_asks_first_and_can_be_left(self, page):
        page.goto("/kit/")
        page.get_by_role("link", name="撤下承诺").first.click()
        dialog = page.get_by_role("dialog")
        assert dialog.is_visible()
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        page.get_by_role("link", name="撤下承诺").first.click()
        dialog.get_by_role("button", name="先不").click()
        assert not dialog.is_visible()


class TestReview:
    def test_the_reason_box_comes_with_a_no(self, page):
        page.goto("/kit/")
        item = page.locator('[data-item="2"]')
        assert item.locator(".zy-reason").is_hidden()
        item.locator("fieldset").last.get_by_label("不是").check(force=True)
        assert item.locator(".zy-reason").is_visible()

    def test_the_bar_counts_and_opens_when_all_is_said(self, page):
        page.goto("/kit/")
        bar = page.locator("[data-tally]")
        send = bar.get_by_role("button", name="送出结果")
        assert bar.locator("b").inner_text() == "过 0 条，退 0 条，还有 2 条"
        assert send.get_attribute("aria-disabled") == "true"
        first, second = page.locator('[data-item="1"]'), page.locator('[data-item="2"]')
        first.get_by_role("button", name="请写上日期。").click()
        assert first.locator("textarea").input_value() == "请写上日期。"
        second.locator("fieldset").last.get_by_label("是", exact=True).check(force=True)
        assert bar.locator("b").inner_text() == "过 1 条，退 1 条"
        assert send.get_attribute("aria-disabled") == "false"
        assert second.locator("header .zy-state").inner_text() == "都过了"


def test_written_words_are_not_lost_by_leaving(page):
    page.goto("/kit/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_a-title").fill("护学岗")
    page.goto("/kit/?again")
    assert asked == ["beforeunload"]


def test_chosen_columns_are_there_on_the_next_visit(page):
    page.goto("/kit/")
    page.get_by_text("选列").click()
    page.get_by_label("电话").check()
    page.get_by_label("责任人").uncheck()
    page.get_by_role("button", name="就看这些").click()
    page.wait_for_url("**cols=phone**")
    page.goto("/kit/")
    page.wait_for_url("**cols=phone**")
    heads = page.locator(".zy-ledger th").all_inner_texts()
    assert "电话" in heads
    assert "责任人" not in heads


def test_chosen_files_are_named_and_weighed(page):
    page.goto("/kit/")
    box = page.locator(".zy-files").first
    sheet = {"name": "花名册.xlsx", "mimeType": "application/zip", "buffer": b"x" * 2048}
    box.locator("input").set_input_files(files=[sheet])
    assert box.locator(".chosen").inner_text() == "花名册.xlsx（2 KB）"


def test_the_chart_draws_what_the_table_says(page):
    page.goto("/kit/")
    plot = page.locator('[data-plot="bars"]')
    assert plot.locator("text").all_text_contents()[:2] == ["文澜小学", "64%"]
    bars = plot.locator(".f").evaluate_all("all => all.map(one => one.getAttribute('width') | 0)")
    assert bars[0] / bars[1] == pytest.approx(64 / 31, abs=0.02)
    assert page.locator("#chart-kept table").is_hidden()
    line = page.locator('[data-plot="line"]')
    dots = line.locator("circle").evaluate_all("all => all.map(one => +one.getAttribute('cy'))")
    assert (dots[0] - dots[1]) / (dots[0] - dots[2]) == pytest.approx(8.5 / 15, abs=0.02)


def test_without_javascript_everything_is_there(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/kit/")
    assert page.locator("#chart-kept table").is_visible()
    assert page.locator("#chart-kept [data-plot]").is_hidden()
    assert page.locator('[data-item="2"] .zy-reason').is_visible()
    assert page.locator(".zy-quick").first.is_hidden()
    page.get_by_text("选列").click()
    page.get_by_role("button", name="就看这些").click()
    assert "cols=" in page.url


def test_the_keyboard_reaches_the_sheet_and_leaves_it(page):
    page.goto("/kit/")
    summary = page.get_by_text("选列")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_label("电话").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_label("电话").is_visible()
    assert summary.evaluate("one => one === document.activeElement")


def test_in_print_the_bars_and_buttons_are_gone(page):
    page.goto("/kit/")
    page.emulate_media(media="print")
    for gone in (".zy-top", ".zy-act", ".zy-pages", "main .btn >> nth=0"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".zy-pledge").first.is_visible()
