"""What is laid open, as a section of the file."""

import pytest
from tests.disclosure.scene import OPEN
from tests.work.scene import TEXT

from zhengyou.campaigns.blueprint import Flawed, check, dump
from zhengyou.work.models import Cadence, RecordKind

pytestmark = pytest.mark.django_db

WRONG = [
    ('who      = { kind = ["党支部"] }', 'who = { standing = ["正式党员"] }', "公开是组织的事"),
    ('numbers  = "要写数"', 'numbers = "要"', "不认识“要”"),
    ('check    = "要两个人"', "check = true", "“check”要写一段文字"),
    ('audience = "本单位职工"', 'audience = "家长"', "不认识“家长”"),
    ('category = "财务公开"', "", "没有写“category”"),
    ("[disclosure.money]", f"[disclosure.{'m' * 38}]", "太长"),
    ('every    = "每季度"', 'every = "每季度"\nrecord = "党课"', "不认识“record”"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_what_is_wrong_is_said(old: str, new: str, said: str) -> None:
    with pytest.raises(Flawed) as flawed:
        check(TEXT + OPEN.replace(old, new, 1))
    assert said in " ".join(map(str, flawed.value.problems))


def test_it_is_no_record_of_a_plain_duty() -> None:
    duty = '[duty.x]\ntitle = "x"\nwho = { kind = ["党支部"] }\nrecord = "公开事项"\nevery = "每月"'
    with pytest.raises(Flawed) as flawed:
        check(f"{TEXT}\n{duty}\n")
    assert "[disclosure.代号]" in " ".join(map(str, flawed.value.problems))


def test_each_topic_is_a_duty(openness) -> None:
    duties = openness.campaign.duties.prefetch_related("terms")
    assert [duty.code for duty in duties] == ["open-money", "open-affairs", "open-staff"]
    terms = [duty.terms.get() for duty in duties]
    assert {row.cadence for row in terms} == {Cadence.QUARTER}
    assert {tuple(row.records) for row in terms} == {(RecordKind.DISCLOSURE.value,)}
    assert [row.grace_days for row in terms] == [15, 15, 0]


def test_what_is_dumped_is_what_was_read(openness) -> None:
    again = check(dump(openness.campaign)).data
    asked = check(TEXT + OPEN).data
    assert again["disclosure"] == asked["disclosure"]
    assert again["duty"] == asked["duty"] == []
