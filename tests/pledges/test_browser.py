"""In Chromium: reviewing with few presses, by keys, without JavaScript; writing with one thumb."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests import cast as casting
from tests.browser import PHONE
from tests.cast import account_of
from tests.pledges.conftest import World, build

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.progress import note
from zhengyou.pledges.actions.reviewing import Ticks, send_results
from zhengyou.pledges.models import Pledge, PledgeItem, ReviewDraft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> World:
    """The world as it is today: the server of a browser test has a clock of its own."""
    world = build(casting.build())
    today = clock.today()
    first, last = today - timedelta(days=120), today + timedelta(days=200)
    campaign = world.campaign
    campaign.starts_on, campaign.ends_on = first, last
    campaign.save()
    campaign.phases.filter(code__in=["pledge", "act"]).update(starts_on=first, ends_on=last)
    return world


def due_soon(world: World, pledge: Pledge) -> None:
    """Give the items a day of the shifted campaign; drafted ones, before they are sent."""
    pledge.items.update(due_on=clock.today() + timedelta(days=60))


def submitted(world: World, who: str, kinds: str = "common post deed") -> Pledge:
    """Return a pledge that waits for review today."""
    pledge = world.drafted(who, kinds=kinds)
    due_soon(world, pledge)
    writing.submit(world.actor(who), pledge)
    return Pledge.objects.get(pk=pledge.pk)


def enter(page: Page, sign_in, world: World, who: str, role: Role | None = None) -> None:
    """Sign in; whoever has one post wears it."""
    sign_in(page, account_of(world.cast.persons[who]))


def test_a_good_pledge_takes_four_presses_and_the_next_one_opens(page, sign_in, world) -> None:
    """Ten pledges of three items are forty presses: one an item, one to send."""
    song, su = submitted(world, "song"), submitted(world, "su")
    enter(page, sign_in, world, "shen")
    page.goto(f"/pledges/{song.uid}/review/")
    send = page.get_by_role("button", name="送出结果")
    expect(send).to_have_attribute("aria-disabled", "true")

    for place in (1, 2, 3):
        page.get_by_role("button", name=re.compile(rf"三项都是\s*，第 {place} 条")).click()
        expect(page.locator(f"#item-{place} header .zy-state")).to_have_text("都过了")
    expect(page.locator(".zy-act b")).to_have_text("过 3 条，退 0 条")
    send.click()

    page.wait_for_url(f"**/pledges/{su.uid}/review/")
    assert set(song.items.values_list("state", flat=True)) == {ClimbState.PUBLISHED}


def test_keys_alone_go_through_it(page, sign_in, world) -> None:
    song = submitted(world, "song")
    enter(page, sign_in, world, "shen")
    page.goto(f"/pledges/{song.uid}/review/")

    page.get_by_role("button", name=re.compile(r"三项都是\s*，第 1 条")).focus()
    for _ in range(4):  # the focus moves on by itself: item by item, then to 送出结果
        page.keyboard.press("Enter")

    page.wait_for_url(f"**/pledges/{song.uid}/")
    assert set(song.items.values_list("state", flat=True)) == {ClimbState.PUBLISHED}


def test_a_no_asks_for_the_reason_and_what_is_ticked_is_kept(page, sign_in, world, axe) -> None:
    song = submitted(world, "song")
    enter(page, sign_in, world, "shen")
    page.goto(f"/pledges/{song.uid}/review/")
    item = page.locator("#item-2")
    box = item.get_by_label("怎么改，写给他看")
    expect(box).to_be_hidden()

    item.locator(".zy-yn.is-no").nth(1).click()
    expect(box).to_be_visible()
    expect(item.locator("header .zy-state")).to_have_text("还差 2 项")
    with page.expect_response(lambda answer: answer.status == 204):
        item.get_by_role("button", name="请写上数目").click()
    assert axe(page) == []
    page.reload()

    expect(item.get_by_label("怎么改，写给他看")).to_have_value("请写上数目。")
    assert ReviewDraft.objects.get().concrete is False


def test_reviewing_without_javascript(new_page, sign_in, world) -> None:
    song = submitted(world, "song")
    page = new_page(PHONE, java_script_enabled=False)
    enter(page, sign_in, world, "shen")
    page.goto(f"/pledges/{song.uid}/review/")
    for place in (1, 2):
        page.get_by_role("button", name=re.compile(rf"三项都是\s*，第 {place} 条")).click()
    third = page.locator("#item-3")
    third.locator(".zy-yn.is-no").nth(2).click()
    page.get_by_role("button", name="送出结果").click(force=True)
    assert "第 3 条差" in page.locator("main").inner_text()

    third.locator(".zy-yn").nth(0).click()
    third.locator(".zy-yn").nth(2).click()
    third.get_by_label("怎么改，写给他看").fill("到期做不到，请改日子。")
    page.get_by_role("button", name="送出结果").click(force=True)

    states = list(song.items.order_by("number").values_list("state", flat=True))
    assert states == [ClimbState.PUBLISHED, ClimbState.PUBLISHED, ClimbState.RETURNED]


def test_writing_on_a_phone_without_javascript(new_page, sign_in, world) -> None:
    page = new_page(PHONE, java_script_enabled=False)
    enter(page, sign_in, world, "song")
    page.goto("/pledges/")
    page.get_by_role("link", name="开始写").click()
    page.get_by_role("button", name="开始写").click()
    for _ in range(3):
        page.get_by_label("承诺做什么事").fill(
            "每月走访 2 户外来务工家庭，帮着解决孩子没人看管的事。"
        )
        page.get_by_label("现在是多少").fill("0")
        page.get_by_label("要做到多少").fill("8")
        page.get_by_label("单位").fill("户")
        page.get_by_label("哪天做到").fill((clock.today() + timedelta(days=60)).isoformat())
        page.get_by_label("谁受益").fill("8 户家庭")
        page.get_by_label("对照标准的哪一条").select_option(label="带头服务群众")
        page.get_by_role("button", name="存下，再写一条").click()
    page.get_by_role("link", name="看全部 3 条").click()
    page.get_by_role("button", name="送审").click()

    kinds = PledgeItem.objects.filter(state=ClimbState.SUBMITTED).order_by("number")
    assert [item.kind for item in kinds] == ["common", "post", "deed"]


def test_no_barriers_and_no_sideways_scroll(page, sign_in, world, barriers) -> None:
    song = submitted(world, "song")
    su = submitted(world, "su")
    items = list(su.items.order_by("number"))
    said = dict.fromkeys((item.uid for item in items), Ticks(True, True, True))
    said[items[1].uid] = Ticks(True, False, True, "请写上数目。")
    send_results(world.secretary, su, said)
    note(world.actor("su"), items[0], noted_on=clock.today(), value=6, words="又过了 2 人。")
    drafted = world.drafted("wei", kinds="common post")
    visits = {
        "shen": [f"/pledges/{song.uid}/review/", "/pledges/", f"/pledges/{song.uid}/",
                 f"/pledges/of/{world.cast.branch.uid}/{world.campaign.uid}/"],
        "su": [f"/pledges/{su.uid}/", f"/pledges/{su.uid}/edit/", f"/pledges/{su.uid}/progress/",
               f"/pledges/items/{items[1].uid}/", f"/pledges/items/{items[1].uid}/remove/"],
        "wei": [f"/pledges/{drafted.uid}/edit/", f"/pledges/{drafted.uid}/items/"],
        "he": [f"/pledges/new/{world.campaign.uid}/"],
    }  # fmt: skip
    wrong = []
    for who, addresses in visits.items():
        enter(page, sign_in, world, who)
        wrong += [each for address in addresses for each in barriers(page, address)]
    assert wrong == []
