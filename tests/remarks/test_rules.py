"""Who lets through, holds back, answers and sees: truth tables."""

import pytest
from tests.papers.conftest import Scene
from tests.remarks.saying import say

from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.people.actor import ANONYMOUS, Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.remarks import rules
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.models import HoldReason, Remark, RemarkState

WHO = {
    "书记": ("shen", Role.SECRETARY),
    "副书记": ("zhou", Role.DEPUTY_SECRETARY),
    "委员": ("su", Role.COMMITTEE_MEMBER),
    "记录员": ("tian", Role.RECORDER),
    "组长": ("song", Role.GROUP_LEADER),
    "党员": ("he", None),
    "上级书记": ("qin", Role.SECRETARY),
    "上级活动办": ("gu", Role.CAMPAIGN_OFFICE),
    "上级督查员": ("yin", Role.INSPECTOR),
    "最上级管理员": ("zhuo", Role.SYSTEM_ADMIN),
    "隔壁书记": ("wen", Role.SECRETARY),
    "群众": None,
}
TABLE = """
            看   公开   不公开  答复
书记        是    是    是    是
副书记      是    是    是    是
委员        是    是    是    否
记录员      否    否    否    否
组长        否    否    否    否
党员        否    否    否    否
上级书记    是    是    是    是
上级活动办  是    是    是    是
上级督查员  否    否    否    否
最上级管理员 否   否    否    否
隔壁书记    否    否    否    否
群众        否    否    否    否
"""


def actor(scene: Scene, who: str) -> Actor:
    entry = WHO[who]
    return acting_as(scene.cast.persons[entry[0]], entry[1]) if entry else ANONYMOUS


def row(scene: Scene, who: str, waiting: Remark, shown: Remark) -> list[Verdict]:
    me = actor(scene, who)
    return [
        rules.may_see_queue(me, waiting.organisation),
        rules.may_show(me, waiting),
        rules.may_hold(me, waiting),
        rules.may_answer(me, shown),
    ]


def pair(scene: Scene, thing: object) -> tuple[Remark, Remark]:
    """Return a waiting and a shown remark about ``thing``."""
    waiting, shown = say(thing, "还没看的。"), say(thing, "看过的。")
    moderating.show(acting_as(scene.cast.gu, Role.CAMPAIGN_OFFICE), [shown])
    shown.refresh_from_db()
    return waiting, shown


def test_about_the_plan_of_the_branch(scene: Scene) -> None:
    waiting, shown = pair(scene, scene.plan)
    lines = [line.split() for line in TABLE.strip().splitlines()[1:]]
    expected = {who: marks for who, *marks in lines}
    found = {
        who: ["是" if verdict else "否" for verdict in row(scene, who, waiting, shown)]
        for who in WHO
    }
    assert found == expected
    for who in WHO:  # what one may do with a remark, and which remarks exist, say the same
        seen = Remark.objects.filter(rules.visible_remarks(actor(scene, who)))
        assert seen.exists() == (expected[who][0] == "是"), who


def test_nobody_decides_what_is_about_the_own_promise(scene: Scene) -> None:
    """Song keeps no post that moderates; make the promise the deputy's to see the rule bite."""
    waiting, shown = pair(scene, scene.items("song")[1])
    Remark.objects.update(about=scene.cast.zhou)
    waiting.refresh_from_db()
    shown.refresh_from_db()
    see, *acts = row(scene, "副书记", waiting, shown)
    assert see
    assert not any(acts)
    assert {verdict.reason for verdict in acts} == {
        "这条说的是您自己的承诺，要由别的书记、委员或者上级来办。"
    }
    assert all(row(scene, "书记", waiting, shown))
    assert all(row(scene, "上级活动办", waiting, shown))
    with pytest.raises(Refused, match="您自己的承诺"):
        moderating.show(actor(scene, "副书记"), [waiting])


def test_states_allow_what_makes_sense(scene: Scene) -> None:
    waiting, shown = pair(scene, scene.plan)
    me = scene.secretary
    assert not rules.may_answer(me, waiting)
    assert not rules.may_show(me, shown)
    assert rules.may_hold(me, shown)  # seen too late that it tells somebody's secret
    waiting.state = RemarkState.HELD
    assert rules.may_show(me, waiting)
    assert not rules.may_hold(me, waiting)
    assert not rules.may_answer(me, waiting)


def test_holding_back_needs_one_of_the_reasons() -> None:
    assert all(rules.says_why(reason) for reason in HoldReason.values)
    verdict = rules.says_why("说得不好听")
    assert not verdict
    assert "批评得重，不是理由" in verdict.reason


@pytest.mark.parametrize(
    ("who", "may"),
    [("上级书记", True), ("书记", True), ("上级督查员", False), ("委员", False), ("群众", False)],
)
def test_who_sees_what_lies_about_below(scene: Scene, who: str, may: bool) -> None:
    assert bool(rules.may_see_below(actor(scene, who))) == may
