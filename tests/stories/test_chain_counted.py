"""How many presses and screens: ten pledges of three items reviewed, one written with one thumb,
both by keys alone. Counted in Chromium by what the browser itself reports, not by this script."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests import cast as casting
from tests.browser import DESKTOP, PHONE
from tests.cast import ENROLLED, account_of
from tests.pledges.conftest import World, build

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.people.actions.people import enrol
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Person, StandingKind
from zhengyou.pledges.actions import writing
from zhengyou.pledges.models import Pledge, PledgeItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNT = """addEventListener("pointerdown", (e) => e.isTrusted && counted("press"), true);
addEventListener("keydown", (e) => e.isTrusted && counted(e.key), true);"""


@pytest.fixture
def world() -> World:
    """The world as it is today: the server of a browser test has a clock of its own."""
    world = build(casting.build())
    today = clock.today()
    campaign = world.campaign
    campaign.starts_on, campaign.ends_on = today - timedelta(120), today + timedelta(200)
    campaign.save()
    campaign.phases.update(starts_on=campaign.starts_on, ends_on=campaign.ends_on)
    return world


class Counter:
    """Counts what the browser reports: presses, keys, and documents that were loaded."""

    def __init__(self, page: Page) -> None:
        self.presses, self.keys, self.screens = 0, 0, 0
        page.expose_function("counted", self._count)
        page.add_init_script(COUNT)
        page.on("load", lambda _: self._load())

    def _count(self, what: str) -> None:
        self.presses += what == "press"
        self.keys += what != "press"

    def _load(self) -> None:
        self.screens += 1


def ready(world: World, pledge: Pledge) -> None:
    pledge.items.update(due_on=clock.today() + timedelta(days=60))


def test_ten_pledges_in_forty_presses_and_by_keys_alone(new_page, sign_in, world) -> None:
    pledges = [submitted(world, person) for person in ten(world)]
    page = new_page(DESKTOP)
    sign_in(page, account_of(world.cast.shen))
    count = Counter(page)
    page.goto(f"/pledges/{pledges[0].uid}/review/")
    for pledge in pledges[:9]:
        expect(page).to_have_url(re.compile(str(pledge.uid)))
        for place in (1, 2, 3):
            page.get_by_role("button", name=re.compile(rf"三项都是\s*，第 {place} 条")).click()
        with page.expect_navigation():
            page.get_by_role("button", name="送出结果").click()
    assert (count.presses, count.keys, count.screens) == (36, 0, 10)

    # The tenth by keys alone: from the top of the page to the first item, then Enter.
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-all]')"):
            break
    for _ in range(3):
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert count.presses == 36
    states = PledgeItem.objects.values_list("state", flat=True)
    assert len(states) == 30 and set(states) == {ClimbState.PUBLISHED}


def test_a_pledge_in_five_screens_with_one_thumb_and_by_keys(new_page, sign_in, world, axe) -> None:
    phone = new_page(PHONE, has_touch=True, is_mobile=True)
    sign_in(phone, account_of(world.cast.song))
    count = Counter(phone)
    phone.goto(f"/pledges/new/{world.campaign.uid}/")
    with phone.expect_navigation():
        phone.get_by_role("button", name="开始写").tap()
    for place in (1, 2, 3):
        phone.get_by_label("承诺做什么事").fill(f"第 {place} 件事：每月走访 2 户外来务工家庭。")
        expect(phone.get_by_role("status").filter(has_text="已存")).to_be_visible()  # by itself
        phone.get_by_label("现在是多少").fill("0")
        phone.get_by_label("要做到多少").fill("8")
        phone.get_by_label("哪天做到").fill((clock.today() + timedelta(days=60)).isoformat())
        phone.get_by_label("对照标准的哪一条").select_option(label="带头服务群众")
        assert axe(phone) == []
        with phone.expect_navigation():
            phone.get_by_role("button", name="存下，" if place < 3 else "全部送出").last.tap()
    assert count.screens <= 5, count.screens
    kinds = PledgeItem.objects.filter(state=ClimbState.SUBMITTED).order_by("number")
    assert [item.kind for item in kinds] == ["common", "post", "deed"]

    by_keys(new_page(DESKTOP), sign_in, world)


def by_keys(page: Page, sign_in, world: World) -> None:
    """魏长青 writes an item and sends his pledge without touching the mouse."""
    wei = world.cast.wei
    pledge = writing.begin(acting_as(wei), world.campaign, world.cast.branch, wei)
    for kind in ("common", "post"):
        world.add(acting_as(wei), pledge, kind)
    ready(world, pledge)
    sign_in(page, account_of(wei))
    count = Counter(page)
    page.goto(f"/pledges/{pledge.uid}/items/")
    reach(page, "document.activeElement.name === 'text'")
    page.keyboard.type("修好走廊的灯。")
    reach(page, "document.activeElement.name === 'due_on'")
    type_day(page, clock.today() + timedelta(days=60))
    reach(page, "document.activeElement.name === 'criterion'")
    page.keyboard.press("ArrowDown")
    reach(page, "document.activeElement.name === 'send'")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert count.presses == 0
    assert {item.state for item in pledge.items.all()} == {ClimbState.SUBMITTED}


def type_day(page: Page, day: date) -> None:
    """Type a day into the focused field, whose order of parts is the browser's own."""
    page.keyboard.type(f"{day:%m%d%Y}")
    if page.evaluate("document.activeElement.value") != day.isoformat():
        for _ in range(3):
            page.keyboard.press("Backspace")
            page.keyboard.press("ArrowLeft")
        page.keyboard.type(f"{day:%Y}")
        page.keyboard.press("ArrowRight")
        page.keyboard.type(f"{day:%m%d}")
    assert page.evaluate("document.activeElement.value") == day.isoformat()


def reach(page: Page, there: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(f"Tab does not lead to {there} on {page.url}")


def ten(world: World) -> list[Person]:
    """Return ten members whose pledges the secretary reviews, three of them enrolled now."""
    cast = world.cast
    found = [cast.persons[who] for who in ("song", "su", "tian", "wei", "he", "fang", "zhou")]
    for name in ("林晓舟", "方文远", "叶知秋"):
        person = Person(name=name)
        enrol(None, person, cast.branch, standing=StandingKind.FULL, since=ENROLLED)
        found.append(person)
    return found


def submitted(world: World, person: Person) -> Pledge:
    actor = acting_as(person)
    pledge = writing.begin(actor, world.campaign, world.cast.branch, person)
    for kind in ("common", "post", "deed"):
        world.add(actor, pledge, kind)
    ready(world, pledge)
    writing.submit(actor, pledge)
    return Pledge.objects.get(pk=pledge.pk)
