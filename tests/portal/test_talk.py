"""意见与答复: what was let through with its answer, counts of the rest, names as they are today."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhengyou.campaigns.models import NameStyle
from zhengyou.pledges.actions import writing
from zhengyou.portal import talk
from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.actions import writing as public
from zhengyou.remarks.models import HoldReason, Remark
from zhengyou.remarks.targets import resolve

SAYS = ("希望周五也讲一次。", "剩饭称了没有？", "骂人的话。", "刚写的一条。")


def say(scene, text: str, who: str = "song", number: int = 2) -> Remark:
    """Write about an item of ``who`` and return the row."""
    item = next(each for each in scene.items(who) if each.number == number)
    target = resolve("pledge_item", item.uid)
    assert target is not None
    public.write(target, text)
    return Remark.objects.get(text=text)


@pytest.fixture
def said(scene):
    """One answered, one open, one held back, one waiting, and one about the plan."""
    rows = [say(scene, text) for text in SAYS]
    moderating.show(scene.secretary, rows[:2])
    moderating.hold(scene.secretary, rows[2:3], HoldReason.ABUSE)
    answering.answer(scene.secretary, Remark.objects.get(pk=rows[0].pk), "从下周起周五也讲。")
    target = resolve("plan", scene.plan.uid)
    public.write(target, "方案写得清楚。")
    moderating.show(scene.secretary, [Remark.objects.get(text="方案写得清楚。")])
    return rows


def page(scene, **query: str) -> str:
    answer = Client().get(reverse("portal:talk", args=[scene.campaign.uid]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_shown_and_how_much_is_not(scene, said) -> None:
    text = page(scene)
    for words in ("希望周五也讲一次。", "从下周起周五也讲。", "剩饭称了没有？", "方案写得清楚。"):
        assert words in text
    assert "骂人的话" not in text and "刚写的一条" not in text
    assert "另有 1 条没有公开" in text
    assert talk.numbers(scene.campaign) == talk.Numbers(shown=3, answered=1, held=1)
    assert reverse("portal:plan", args=[scene.campaign.uid, scene.plan.uid]) in text


def test_a_body_counts_what_was_said_to_it_and_below(scene, said) -> None:
    whole = talk.numbers(scene.campaign)
    assert talk.numbers(scene.campaign, scene.campaign.organisation) == whole
    assert talk.numbers(scene.campaign, scene.cast.branch) == whole
    assert talk.numbers(scene.campaign, scene.cast.nanhu) == talk.Numbers()


@pytest.mark.parametrize(
    ("show", "there", "away"),
    [
        ("answered", "希望周五也讲", "剩饭称了"),
        ("open", "剩饭称了", "希望周五也讲"),
        ("nonsense", "剩饭称了", "骂人"),
    ],
)
def test_filtered_by_answer(scene, said, show, there, away) -> None:
    text = page(scene, show=show)
    assert there in text and away not in text


def test_names_as_the_campaign_shows_them_today(scene, said) -> None:
    scene.campaign.wall_names = NameStyle.FULL
    scene.campaign.save()
    assert "宋知行的承诺第 2 条" in page(scene)
    scene.campaign.wall_names = NameStyle.HIDDEN
    scene.campaign.save()
    text = page(scene)
    assert "的承诺第 2 条" in text
    assert "宋知行的承诺第" not in text


def test_what_was_said_of_a_withdrawn_promise_goes_with_it(scene, said) -> None:
    item = next(each for each in scene.items("song") if each.number == 2)
    writing.remove_item(scene.secretary, item, "换成了别的事。")
    text = page(scene)
    assert "希望周五" not in text and "方案写得清楚" in text
    assert talk.numbers(scene.campaign) == talk.Numbers(shown=1)
    found = Client().get(reverse("portal:find"), {"q": "希望周五"}).content.decode()
    assert "没有找到" in found


def test_the_same_queries_for_one_and_for_thirty(scene) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(scene)
        return len(seen)

    moderating.show(scene.secretary, [say(scene, "第一条。")])
    one = queries()
    moderating.show(scene.secretary, [say(scene, f"第 {n} 条意见。") for n in range(30)])
    assert queries() == one == 9
    assert "第 2 页" not in page(scene) and "共 2 页" in page(scene)
