"""``[post.CODE]``, ``[rota.CODE]``, ``[resource.CODE]``: read, kept, written back; what is wrong is
said by line."""

import pytest
from tests.campaigns.conftest import BEGINS, SMALL

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.blueprint import Flawed, check, dump
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role

PARTS = """
[post.gate]
title = "校门护学岗"
kind = "党员先锋岗"
who = { kind = ["党支部", "学校"] }
duties = "早晚在校门口护送学生过马路"

[rota.duty]
title = "值周"
who = { kind = ["学校"] }
every = "每周"
record = "值周"
per = "每个工作日一次"
task = "升旗、检查卫生"

[resource.training]
title = "教师培训费"
kind = "培训经费"
unit = "元"
who = { kind = ["党支部"] }

[resource.water]
title = "教室饮水机"
kind = "设备场所"
unit = "台"
who = { kind = ["学校"] }
as = "保障条件"
hint = "一个教室一台"
"""


def test_what_is_written_is_what_comes_back(cast) -> None:
    with clock.at(BEGINS):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, SMALL + PARTS, BEGINS)

    again = check(dump(campaign))
    given = check(SMALL + PARTS)

    for part in ("post", "rota", "resource"):
        assert again.data[part] == given.data[part] != []
    assert given.data["rota"][0].daily
    assert [row.guaranteed for row in given.data["resource"]] == [False, True]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('every = "每周"', 'every = "每天"', "看不懂“每天”"),
        ('record = "值周"', 'record = "工作汇报"', "值班不能记成“工作汇报”"),
        ('per = "每个工作日一次"', 'per = "两次"', "不认识“两次”"),
        ('title = "教室饮水机"', 'title = "教师培训费"', "[resource.training] 里已经写过"),
        ('kind = "党员先锋岗"', 'kind = "先锋"', "不认识“先锋”"),
        ('who = { kind = ["学校"] }\nevery', "every", "没有写“kind”"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    with pytest.raises(Flawed) as caught:
        check(SMALL + PARTS.replace(right, wrong))
    assert any(said in problem.what for problem in caught.value.problems)
