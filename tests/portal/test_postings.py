"""宣传公开: the log and the plans of the bodies whose plan is public, with nothing of their own."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.campaigns import arranged

from zhengyou.campaigns.actions import publicity
from zhengyou.campaigns.models import Channel, Plan
from zhengyou.campaigns.queries.publicity import line_of
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(cast):
    """The arrangements of ``arranged``, on 15 September; 育新's plan is public."""
    campaign, mine, _ = arranged.begin(cast)
    Plan.objects.filter(pk=mine.pk).update(
        state=ClimbState.PUBLISHED, published_at=clock.now(), approved_at=clock.now()
    )
    with clock.at(arranged.NOW):
        yield campaign, arranged.plan(mine.pk), arranged.secretary(cast)


def page(campaign, **query: str) -> str:
    answer = Client().get(f"/c/{campaign.uid}/postings/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def change(actor, plan, key, title, **fields) -> None:
    line = line_of(plan, key)
    publicity.plan_line(
        actor, plan, line, title=title, channel=line.channel, since=line.since, until=line.until,
        revision=line.revision, **fields,
    )  # fmt: skip


def test_the_plans_of_bodies_period_by_period(begun, cast) -> None:
    campaign, mine, shen = begun
    now = page(campaign, show="plans")
    assert "红领巾广播站讲身边党员，2026年9月" in now and "2026年10月" not in now
    assert "育新小学党支部" in now and "南湖" not in now, "a plan that is not public is not shown"
    change(shen, mine, "radio@2026-09-01", "九月讲两次", who="苏映雪")
    change(shen, mine, "radio@2026-10-01", "国庆停一次", left_out="喇叭坏了")
    whole = page(campaign, show="plans", body=str(cast.branch.uid))
    assert "九月讲两次" in whole and "2026年11月" in whole
    for own in ("苏映雪", "国庆停一次", "喇叭坏了", "过期"):
        assert own not in whole
    with clock.at(date(2027, 3, 1)):
        assert "过期" not in page(campaign, show="plans", body=str(cast.branch.uid))


def test_what_the_campaign_arranges_where_no_plan_is_public(begun) -> None:
    campaign, mine, _ = begun
    Plan.objects.filter(pk=mine.pk).update(state=ClimbState.DRAFT)
    assert "每月一次" in page(campaign, show="plans")


def test_the_log_of_one_body_and_what_was_posted(begun, cast) -> None:
    campaign, mine, shen = begun
    publicity.post(
        shen, mine, title="全文上墙", channel=Channel.BOARD, posted_on=date(2026, 9, 14),
        about=mine.ref, line=line_of(mine, "board"),
    )  # fmt: skip
    link = f"/c/{campaign.uid}/plans/{mine.uid}/"
    assert link in page(campaign) and "已公开 1 次" in page(campaign, show="plans")
    assert "全文上墙" in page(campaign, body=str(cast.branch.uid))
    assert "全文上墙" not in page(campaign, body=str(cast.nanhu.uid))
    Plan.objects.filter(pk=mine.pk).update(state=ClimbState.APPROVED)
    assert link not in page(campaign)


def test_one_and_thirty_take_the_same_queries(begun) -> None:
    campaign, mine, shen = begun

    def post(number: int) -> None:
        publicity.post(
            shen, mine, title=f"第 {number} 条", channel=Channel.BOARD, posted_on=date(2026, 9, 14),
            about=Ref("pledge", mine.uid, f"第 {number} 份") if number % 2 else mine.ref,
        )  # fmt: skip

    def queries() -> list[int]:
        found = []
        for show in ("", "plans"):
            with CaptureQueriesContext(connection) as seen:
                page(campaign, show=show)
            found.append(len(seen))
        return found

    post(0)
    post(1)
    queries()
    before = queries()
    for number in range(2, 30):
        post(number)
    assert queries() == before
