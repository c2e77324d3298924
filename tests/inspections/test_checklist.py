"""What may be asked on site: outcomes, not traces."""

import pytest

from zhengyou.inspections import checklist
from zhengyou.inspections.checklist import Item

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("what", "how", "trace"),
    [
        ("台账齐全", "翻台账", "台账"),
        ("活动有照片", "看一看", "照片"),
        ("会开了", "看会议记录", "会议记录"),
        ("痕迹管理到位", "看一看", "痕迹"),
        ("家长说作业少了", "问五位家长", ""),
        ("厕所干净", "自己去看", ""),
    ],
)
def test_items_that_ask_for_traces_are_told_in_words(what: str, how: str, trace: str) -> None:
    item = Item("one", what, how)

    assert item.trace == trace
    assert bool(checklist.warnings([item])) == bool(trace)
    assert all(
        trace in words and "看结果，不看留痕" in words for words in checklist.warnings([item])
    )
