"""The other public pages: start, campaign, plans, published heads."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import client_as
from tests.papers.conftest import begin

from zhengyou.ledger.actions import publish_head

CAMPAIGN_PAGES = ("campaign", "wall", "wall_on_paper", "plans")


def text(name: str, *args: object) -> str:
    answer = Client().get(reverse(f"portal:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestStart:
    def test_names_the_product_before_there_is_a_campaign(self, db):
        page = text("start")
        assert "争优，基层创先争优活动系统" in page
        assert "现在没有公开的活动" in page

    def test_names_the_campaign(self, scene):
        page = text("start")
        assert "争优，基层创先争优活动系统" in page
        assert scene.campaign.title in page
        assert scene.campaign.theme in page
        assert "已公开 5 条承诺，1 份方案。" in page
        assert reverse("portal:wall", args=[scene.campaign.uid]) in page

    def test_lists_several_the_running_ones_first(self, scene):
        scene.campaign.title = "去年的活动"
        scene.campaign.save()
        scene.campaign.close(scene.office)
        begin(scene.cast)
        page = text("start")
        assert page.index("小学创先争优活动") < page.index("去年的活动")

    def test_a_campaign_in_preparation_is_not_there(self, bare):
        bare.campaign.state = "draft"
        bare.campaign.save()
        assert bare.campaign.title not in text("start")


def test_the_campaign_presents_itself(scene):
    page = text("campaign", scene.campaign.uid)
    for words in (*scene.campaign.aims, *scene.campaign.carriers, "教师党员七条", "领导班子好"):
        assert words in page
    assert "写出阶段小结" in page


class TestPlans:
    def test_published_ones_are_read(self, scene):
        plan = scene.plan
        assert plan.organisation.name in text("plans", scene.campaign.uid)
        page = text("plan", scene.campaign.uid, plan.uid)
        assert "重点：放学后辅导、家长意见办理、剩饭减半" in page

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned", "approved"])
    def test_others_are_not_there(self, scene, state):
        plan = scene.plan
        type(plan).objects.update(state=state)
        assert "还没有公开的方案" in text("plans", scene.campaign.uid)
        url = reverse("portal:plan", args=[scene.campaign.uid, plan.uid])
        assert Client().get(url).status_code == 404


def test_pages_of_a_campaign_that_does_not_exist(db):
    for name in CAMPAIGN_PAGES:
        assert Client().get(reverse(f"portal:{name}", args=[uuid4()])).status_code == 404, name


def test_heads_are_published_with_the_day(scene):
    assert "还没有公布过" in text("heads")
    head = publish_head()
    page = text("heads")
    assert head.digest in page
    assert "2026年11月10日" in page


def test_nothing_depends_on_who_is_looking(scene):
    for name in CAMPAIGN_PAGES:
        url = reverse(f"portal:{name}", args=[scene.campaign.uid])
        known = client_as(scene.cast.fang).get(url).content.decode()
        assert "方晓岚的" not in known  # her own drafts neither
