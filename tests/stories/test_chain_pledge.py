"""One pledge from the intention to the next run, without JavaScript: opinions, review, notes,
supervision, what became of it, and what goes on next year."""

from datetime import date

import pytest
from django.core.management import call_command
from tests.cast import client_as
from tests.pledges.conftest import World, world
from tests.pledges.test_carrying import next_run
from tests.stories.visitors import OnPaper

from zhengyou.kernel import clock
from zhengyou.people.models import Person, Role
from zhengyou.pledges.models import Pledge, PledgeItem
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.models import Remark

__all__ = ["world"]

pytestmark = pytest.mark.django_db

FIRST, HEARD, OVER = date(2026, 4, 20), date(2026, 4, 22), date(2026, 4, 30)
MAY, JULY, CONFIRMED, NEXT = (
    date(2026, 5, 28), date(2026, 7, 6), date(2027, 1, 4), date(2027, 5, 10),
)  # fmt: skip
TEXTS = {
    "共性承诺": "每月读一本教学书，写一页心得给同组看。",
    "岗位承诺": "帮学困生把口算补上来。",
    "实事承诺": "每周三放学后留四十分钟给孩子讲题。",
}
OPINION = "帮几个孩子，说个数吧。"
MENDED = "帮 8 名学困生把口算补上来，期末都过关。"
FOUND = "两个月没记进展，器材室的钥匙对不上时间。"


def test_from_the_intention_to_the_next_run(world: World, capsys) -> None:
    world.member.notice_days = 5
    world.member.save()
    member, lead = visitor(world.cast.song), visitor(world.cast.shen, Role.SECRETARY)
    with clock.at(FIRST):
        an_intention_is_put_out(world, member)
    pledge = Pledge.objects.get()
    with clock.at(HEARD):
        the_public_speaks_and_the_writer_mends(world, member, pledge)
    with clock.at(OVER):
        the_branch_reviews(lead)
    with clock.at(MAY):
        progress_is_noted(member)
    with clock.at(JULY):
        nothing_is_noted_and_the_branch_helps(world, member, lead, pledge)
    with clock.at(CONFIRMED):
        what_became_of_it(member, lead, pledge)
    with clock.at(NEXT):
        what_was_not_finished_goes_on(world, member, pledge)
    call_command("ledger", "verify")
    assert "完好" in capsys.readouterr().out


def visitor(person: Person, role: Role | None = None) -> OnPaper:
    found = OnPaper()
    with clock.at(FIRST):
        found.client = client_as(person, role)
    return found


def an_intention_is_put_out(world: World, member: OnPaper) -> None:
    member.open("/desk/")
    member.click("开始写", "写我的承诺")
    member.sees("先公开打算，征求意见 5 个工作日")
    member.press("开始写")
    for place, (kind, text) in enumerate(TEXTS.items(), start=1):
        member.choose(kind)
        member.fill("承诺做什么事", text)
        member.fill("现在是多少", "0")
        member.fill("要做到多少", "8")
        member.fill("单位", "人")
        member.fill("哪天做到", "2026-12-31")
        member.pick("对照标准的哪一条", "带头服务群众")
        member.press("存下，再写一条" if place < 3 else "存下，全部送出")
    member.sees("宋知行的打算，3 条", "打算，征求意见到4月27日")


def the_public_speaks_and_the_writer_mends(world: World, member: OnPaper, pledge: Pledge) -> None:
    passer_by = OnPaper()
    passer_by.open(f"/c/{world.campaign.uid}/wall/?state=intended")
    passer_by.sees(*TEXTS.values(), "征求意见到4月27日")
    passer_by.open(f"/pledges/{pledge.uid}/")
    passer_by.click("提意见", "第 2 条")
    passer_by.fill("您的意见", OPINION)
    passer_by.press("交给育新小学党支部")
    moderating.show(world.secretary, Remark.objects.all())

    member.open("/desk/")
    member.sees("我的打算收到 1 条意见")
    member.click("看意见")
    member.press("收回来改", "第 2 条")
    member.fill("承诺做什么事", MENDED)
    member.press("存下")
    member.sees(OPINION)  # at hand while one mends
    member.press("送审")
    again = PledgeItem.objects.get(pledge=pledge, number=2)
    assert (again.text, again.announced_until) == (MENDED, date(2026, 4, 29))


def the_branch_reviews(lead: OnPaper) -> None:
    lead.open("/desk/")
    lead.sees("征求意见收到 1 条")
    lead.click("逐条审", "宋知行")
    lead.sees(OPINION)
    for number in (1, 2, 3):
        lead.press("三项都是", f"第 {number} 条")
    lead.press("送出结果")
    lead.sees("通过 3 条，已经公开")


def progress_is_noted(member: OnPaper) -> None:
    member.open("/desk/")
    member.click("写进展")
    member.fill("现在是多少", "3")
    member.fill("做了什么", "先补了三个孩子。")
    member.press("记下")


def nothing_is_noted_and_the_branch_helps(
    world: World, member: OnPaper, lead: OnPaper, pledge: Pledge
) -> None:
    member.open("/desk/")
    member.sees("上期没写")
    lead.open(f"/pledges/of/{world.cast.branch.uid}/{world.campaign.uid}/")
    lead.sees("进展还没写的", "上期没写")
    lead.open(f"/pledges/{pledge.uid}/")
    lead.click("督促")
    lead.choose("找问题")
    lead.fill("情况", FOUND)
    lead.fill("下次哪天再看", "2026-07-20")
    lead.press("记下")
    lead.sees("找问题", FOUND, "下次看：2026年7月20日")
    member.open(f"/pledges/{pledge.uid}/supervision/")
    member.sees(FOUND)
    anybody = OnPaper()
    anybody.open(f"/pledges/{pledge.uid}/")
    anybody.misses(FOUND, "上期没写")


def what_became_of_it(member: OnPaper, lead: OnPaper, pledge: Pledge) -> None:
    member.open("/desk/")
    member.click("说兑现", "我的承诺")
    member.choose("已兑现", "第 1 条")
    member.choose("已兑现", "第 2 条")
    member.choose("部分兑现", "第 3 条")
    member.fill("怎么做到的", "流感停了两周。", "第 3 条")
    member.choose("没做完的，下一轮接着做", "第 3 条")
    member.press("记下")
    lead.open("/desk/")
    lead.click("去确认", "宋知行")
    lead.choose("同意：已兑现", "第 1 条")
    lead.choose("部分兑现", "第 2 条")
    lead.fill("理由", "名单上还有两名没过。", "第 2 条")
    lead.choose("同意：部分兑现", "第 3 条")
    lead.press("记下")
    anybody = OnPaper()
    anybody.open(f"/pledges/{pledge.uid}/")
    anybody.sees("本人说已兑现", "支部看是部分兑现", "名单上还有两名没过。", "流感停了两周。")


def what_was_not_finished_goes_on(world: World, member: OnPaper, pledge: Pledge) -> None:
    run = next_run(world)
    member.open(f"/pledges/new/{run.uid}/")
    member.sees("上一轮的承诺", "部分兑现")
    member.press("开始写")
    member.sees("上一轮没做完的 1 条放进草稿了", TEXTS["实事承诺"], "没做完的一条")
    carried = PledgeItem.objects.get(campaign=run)
    assert carried.carried_from == pledge.items.get(number=3)
