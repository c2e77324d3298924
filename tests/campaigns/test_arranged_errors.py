"""Key dates and publicity in the file: what is wrong is told by line, with what to do."""

import pytest
from tests.campaigns.arranged import ARRANGED

from zhengyou.campaigns.blueprint import Flawed, check
from zhengyou.campaigns.models import Channel
from zhengyou.kernel.periods import Kind

pytestmark = pytest.mark.pure


def test_what_is_right_is_understood():
    blueprint = check(ARRANGED)
    board, radio = blueprint.data["publicity"]
    assert (board.channel, board.phase, board.cadence) == (Channel.BOARD, "learn", None)
    assert (radio.cadence, radio.group, radio.focus) == (Kind.MONTH, "study", "讲真事，不念稿")
    said = dict(blueprint.summary())["宣传安排"]
    assert said == [
        "方案上公开栏：公开栏，在阶段“动员学习”里",
        "红领巾广播站讲身边党员：广播，每月",
    ]
    (key,) = blueprint.data["phase"][0].milestones
    assert (key.title, str(key.day)) == ("升旗仪式上讲初心", "第10天")
    assert check(ARRANGED.replace('day   = "第10天"', 'due   = "第10天"')).data == blueprint.data


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('day   = "第10天"', 'day   = "月初"', "看不懂期限“月初”，请写成“第1周”"),
        ('day   = "第10天"', 'day   = "第40天"', "期限“第40天”不在这个阶段里"),
        ('day   = "第10天"', "", "没有写“day”"),
        ('channel = "公开栏"', 'channel = "公告栏"', "不认识“公告栏”，是不是想写“公开栏”？"),
        ('channel = "公开栏"', "", "没有写“channel”"),
        ('phase   = "learn"', 'phase   = "lern"', "没有代号是“lern”的阶段，是不是想写“learn”？"),
        ('phase   = "learn"', "", "要写清什么时候办"),
        ('phase   = "learn"', 'phase = "learn"\nperiod = "每月"', "要写清什么时候办"),
        ('period  = "每月"', 'period  = "月月"', "看不懂“月月”"),
        ('period  = "每月"', 'period  = "每学期"', "写了每学期，可是没有写学期"),
        ('who     = { post = "书记" }', "who = {}", "who 写得不对"),
        ('who     = { group = "study" }', 'who = { group = "radio" }', "没有代号是“radio”的工作组"),
    ],
)
def test_what_is_wrong_is_told(old, new, what):
    assert old in ARRANGED
    text = ARRANGED.replace(old, new, 1)
    with pytest.raises(Flawed) as flawed:
        check(text)
    problem = next(each for each in flawed.value.problems if what in str(each))
    line = text.split("\n")[problem.line - 1]
    assert line.startswith(("[phase.learn.milestone", "[publicity.")) or line == next(
        each for each in new.split("\n")[::-1] if each.startswith(line[:3])
    )
