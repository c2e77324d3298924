"""From what was found to a bulletin that is read and followed until the last thing is mended; and a
town that tells its villages apart openly: who leads, who lags, and what would move a branch."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.cast import account_of, client_as
from tests.stories.bulletin_year import CRITICISED, NOW, PRAISED, Year, bulletin_year

from zhengyou.inspections.actions import visits
from zhengyou.inspections.models import Bulletin, TierCriterion
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.people.queries.kept import forget
from zhengyou.problems.actions import judging, mending
from zhengyou.problems.actions.mending import Planned

__all__ = ["bulletin_year"]
NUMBER = "澜教督通〔2026〕1号"
DUE = date(2026, 10, 30)


def words(client: Client, url: str) -> str:
    """Return what a page says."""
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return response.content.decode()


def test_what_was_found_is_told_read_and_mended(bulletin_year: Year) -> None:
    year = bulletin_year
    cast = year.cast
    office = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    head, shen = client_as(cast.qin, Role.SECRETARY), client_as(cast.shen, Role.SECRETARY)
    with clock.at(NOW):
        url = _drafted(year, office)
        assert shen.get(url).status_code == 404
        assert office.post(f"{url}do/approve/").status_code == 403  # who wrote it does not sign it
        assert "签发" in words(head, "/desk/")
        head.post(f"{url}do/approve/")
        office.post(f"{url}do/publish/")
        assert "待签收" in words(shen, "/desk/")
        shen.post(f"{url}read/")
        assert "1 个签收了" in words(office, f"{url}follow/")
        assert CRITICISED in words(Client(), f"/notices/{Bulletin.objects.get().uid}/")
    with clock.at(NOW + timedelta(days=1)):
        problem = visits.to_problem(
            year.yin, year.bad, title="校门口堵车", text=CRITICISED, deadline=DUE, key=None
        )
    with clock.at(date(2026, 10, 20)):
        lead = acting_as(cast.shen, Role.SECRETARY)
        plan = [Planned("错峰放学，志愿者管路口")]
        mending.agree(lead, problem, owner=cast.zhou, measures=plan, deadline=DUE)
    with clock.at(date(2026, 10, 28)):
        zhou = acting_as(cast.zhou, Role.DEPUTY_SECRETARY)
        mending.submit(zhou, problem, "分三批放学，路口不堵了")
        judging.verify(year.yin, problem, "去看了，不堵")
    with clock.at(date(2026, 11, 2)):
        assert "1 条批评，1 条改好" in words(office, f"{url}follow/")
        assert "1 条批评，0 条改好" in words(office, f"{url}follow/?day=2026-10-21")
        assert "已定措施" in words(office, f"{url}follow/?day=2026-10-21")
        assert "校门口堵车" in words(shen, f"{url}follow/")
        assert CRITICISED not in words(client_as(cast.wen, Role.SECRETARY), f"{url}follow/")


def _drafted(year: Year, office: Client) -> str:
    """Draft it from both findings, write over one article, send it in."""
    data = {"title": "关于放学秩序检查情况的通报", "number": NUMBER, "reach": "all",
            "findings": [str(year.good.uid), str(year.bad.uid)]}  # fmt: skip
    office.post("/bulletins/new/", data)
    made = Bulletin.objects.get()
    url = f"/bulletins/{made.uid}/"
    row = made.articles.get(finding=year.bad)
    form = office.get(f"{url}articles/{row.uid}/").context["form"]
    values = {"seen": form["seen"].value(), "deadline": DUE.isoformat()}
    text = form["text"].value().replace("堵了二十分钟", "堵了二十分钟，救护车过不去")
    office.post(f"{url}articles/{row.uid}/", values | {"text": text})
    assert "救护车过不去" in words(office, url)
    office.post(f"{url}do/submit/")
    return url


def test_a_town_tells_its_villages_apart_and_says_what_would_move_them(bulletin_year: Year) -> None:
    year = bulletin_year
    cast = year.cast
    forget()
    office, bai = client_as(cast.tao, Role.CAMPAIGN_OFFICE), client_as(cast.bai, Role.SECRETARY)
    board = f"/campaigns/{year.campaign.uid}/tiers/{cast.town.uid}/"
    with clock.at(NOW):
        row = TierCriterion.objects.get(code="duties", until=None)
        change = {"side": "leading", "fact": "duty_rate:launch", "compare": "ge", "than": "100"}
        office.post(f"{board}criteria/{row.code}/", change | {"reason": "先把动员大会开起来"})
        groups = {
            tier: re.findall(r"of/[^>]*><b>([^<]+)</b>", words(office, f"{board}?tier={tier}"))
            for tier in ("leading", "ordinary", "lagging")
        }
        assert groups == {
            "leading": ["后溪村党支部"], "ordinary": ["前溪村党支部"],
            "lagging": ["石桥村党支部"],
        }  # fmt: skip
        own = words(bai, f"/campaigns/{year.campaign.uid}/tiers/")
        assert "下面 2 条里做到 1 条，就是一般。" in own
        assert "办掉 1 个" in own
        assert "村口路灯坏了没人修" in own
        assert "前溪村" not in own
        next_door = words(office, f"{board}of/{year.villages[0].uid}/")
        assert "下面这一条做到，就是先进。" in next_door
        assert "再补上 1 项次" in next_door
        assert bai.get(board).status_code == 403
        before = words(office, f"{board}?day={NOW - timedelta(days=1)}")
        assert "任务完成率不低于 90%" in before


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand at a day, for the server's threads, too."""
    moment = datetime(NOW.year, NOW.month, NOW.day, 9, tzinfo=clock.SHANGHAI).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_bulletin_and_the_groups_in_the_browser(
    bulletin_year: Year, page: Page, phone: Page, axe: Callable[..., list[str]],
    sign_in: Callable[[Page, Any], None], stand: None,
) -> None:  # fmt: skip
    year = bulletin_year
    url = _it_is_written_at_a_desk(year, page, axe, sign_in)
    sign_in(phone, account_of(year.cast.qin))
    phone.goto(url)
    assert axe(phone) == []
    phone.get_by_role("link", name="签发").click()
    phone.get_by_role("button", name="签发").click()
    page.goto(url)
    page.get_by_role("link", name="印发").click()
    page.get_by_role("button", name="印发").click()
    page.goto(f"{url}follow/")
    assert axe(page) == []
    sign_in(phone, account_of(year.cast.shen))
    phone.goto(url)
    phone.get_by_role("button", name="签收").click()
    assert phone.get_by_text("签收了。").is_visible()
    phone.goto(f"{url}follow/")
    assert axe(phone) == []
    _the_groups_are_read(year, page, phone, axe, sign_in)


def _it_is_written_at_a_desk(year: Year, page: Page, axe: Any, sign_in: Any) -> str:
    sign_in(page, account_of(year.cast.gu))
    page.goto("/bulletins/new/")
    page.get_by_label("标题").fill("关于放学秩序检查情况的通报")
    page.get_by_label("文号").fill(NUMBER)
    page.get_by_label("发给谁").select_option("all")
    page.get_by_label(re.compile(PRAISED)).check()
    page.get_by_label(re.compile(CRITICISED)).check()
    assert axe(page) == []
    page.get_by_role("button", name="起草").click()
    url = page.url
    page.get_by_role("link", name=re.compile("^改.*育新")).click()
    page.get_by_label("正文").fill("育新小学党支部：放学时校门口堵了二十分钟，救护车过不去。")
    assert axe(page) == []
    page.get_by_role("button", name="存下").click()
    assert page.get_by_text("救护车过不去").is_visible()
    assert axe(page) == []
    page.get_by_role("link", name="送签").click()
    page.get_by_role("button", name="送签").click()
    assert page.get_by_text("待签发").first.is_visible()
    return url.split("#")[0]


def _the_groups_are_read(year: Year, page: Page, phone: Page, axe: Any, sign_in: Any) -> None:
    forget()
    sign_in(page, account_of(year.cast.tao))
    page.goto(f"/campaigns/{year.campaign.uid}/tiers/{year.cast.town.uid}/")
    assert page.get_by_text("同一档里不分先后。").is_visible()
    assert axe(page) == []
    page.get_by_role("link", name="标准", exact=True).click()
    assert axe(page) == []
    sign_in(phone, account_of(year.cast.bai))
    phone.goto(f"/campaigns/{year.campaign.uid}/tiers/")
    assert "办掉 1 个" in phone.locator("main").inner_text()
    assert axe(phone) == []
