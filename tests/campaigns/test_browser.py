"""The pages in a browser: no barriers, no sideways scroll, desktop and telephone."""

import os
from pathlib import Path

import pytest
from tests.campaigns.conftest import PLEDGES, SMALL, fresh
from tests.cast import account_of

from zhengyou.campaigns.actions import groups, plans
from zhengyou.campaigns.models import Plan
from zhengyou.people.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("ZHENGYOU_TEST_SHOTS")
"""A folder: the pages are photographed into it."""


def look(page, axe, name: str) -> None:
    """Check the page that is open; photograph it where that is asked for."""
    if SHOTS:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def returned(submitted, secretary, office, cast) -> Plan:
    """A plan that was returned once and came again, with a leading group."""
    reasons = {"pledges": "课后看护先办哪几个年级，写清楚", "steps": "测试放到开学第一周"}
    submitted.send_back(
        office, reasons, reason="整体不错，改两处再送。", revision=submitted.revision
    )
    plan = fresh(submitted)
    better = PLEDGES.replace("每个年级", "一、二年级，明年再到三年级")
    plans.write(secretary, plan, {"pledges": better}, plan.revision)
    for group in plan.groups.select_related("plan", "template", "organisation"):
        groups.seat(secretary, group, cast.shen, Role.SEAT_HEAD, "抓总")
    plan = fresh(plan)
    plan.submit(secretary)
    return fresh(plan)


@pytest.fixture
def as_gu(each_page, sign_in, cast):
    """顾明川's window."""
    sign_in(each_page, account_of(cast.gu))
    return each_page


@pytest.fixture
def as_shen(each_page, sign_in, cast):
    """沈若兰's window."""
    sign_in(each_page, account_of(cast.shen))
    return each_page


def test_beginning_a_campaign(as_gu, cast, office, axe):
    page = as_gu
    page.goto("/campaigns/new/")
    look(page, axe, "choose")
    page.get_by_text("小学创先争优活动").first.click()
    page.get_by_role("button", name="看看这份蓝图").click()
    page.get_by_label("活动从哪天开始").fill("2026-08-20")
    page.get_by_role("button", name="照这一天排日期").click()
    look(page, axe, "preview")
    page.get_by_role("button", name="新建活动").click()
    page.wait_for_url("**/campaigns/*-*/")
    look(page, axe, "draft")


def test_mending_a_file_on_the_page(as_gu, cast, axe, tmp_path):
    page = as_gu
    wrong = tmp_path / "本校.toml"
    wrong.write_text(SMALL.replace("1个月", "一个月").replace("[programme.", "[learning."), "utf-8")
    page.goto("/campaigns/new/")
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="看看这份蓝图").click()
    look(page, axe, "flawed")
    text = page.get_by_label("可以在这里改")
    text.fill(text.input_value().replace("一个月", "1个月").replace("[learning.", "[programme."))
    page.get_by_role("button", name="再检查一遍").click()
    assert "这份蓝图没有错" in page.locator("h1").inner_text()


def test_keeping_a_campaign(as_gu, returned, axe):
    page = as_gu
    page.goto("/campaigns/")
    look(page, axe, "index")
    campaign = returned.campaign
    for path, name in (
        ("", "campaign"),
        ("edit/", "edit"),
        ("phases/", "phases"),
        ("standards/member/", "standard"),
        ("close/", "close"),
    ):
        page.goto(f"/campaigns/{campaign.uid}/{path}")
        look(page, axe, name)


def test_reviewing_a_plan(as_gu, returned, axe):
    page = as_gu
    page.goto(f"/plans/{returned.uid}/review/")
    look(page, axe, "review")
    page.get_by_role("button", name="退回去改").click()
    look(page, axe, "review-refused")


def test_writing_a_plan(as_shen, plan, axe):
    page = as_shen
    page.goto(f"/campaigns/{plan.campaign.uid}/")
    look(page, axe, "campaign-branch")
    for path, name in (("", "plan"), ("edit/", "plan-edit"), ("groups/", "groups")):
        page.goto(f"/plans/{plan.uid}/{path}")
        look(page, axe, name)


def test_a_plan_that_is_under_way(as_shen, returned, axe):
    page = as_shen
    page.goto(f"/plans/{returned.uid}/")
    look(page, axe, "plan-submitted")
