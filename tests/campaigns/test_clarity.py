"""四个明确: what is missing, too thin or as it was given is named with a remedy."""

import pytest

from zhengyou.campaigns.clarity import Lack, blocking, findings
from zhengyou.campaigns.models import SectionCode

pytestmark = pytest.mark.pure

GOOD = {
    "guiding": "围绕办好家门口的学校",
    "theme": "三尺讲台见初心",
    "aims": "课上得更好",
    "carriers": "周周回馈、家长开放周、我为教育献一计",
    "conditions": "党员三条：课上得实，关心每个孩子，不收礼；支部五个好。",
    "pledges": (
        "支部今年办成三件事：十月底前办好家长开放周，十二月底前把课后看护办到每个年级，"
        "每月贴出进展。"
    ),
    "steps": "九月动员，十月起践诺，明年五月评议",
    "safeguards": "书记牵头，每月过问一次",
}


def said(changes: dict[str, str], given: dict[str, str] | None = None) -> list[str]:
    return [str(finding) for finding in findings(GOOD | changes, given or {})]


def test_a_good_plan_has_nothing_to_be_said_about_it():
    assert said({}) == []


@pytest.mark.parametrize("code", ["theme", "carriers", "conditions", "pledges"])
def test_each_of_the_four_blocks_when_it_is_empty(code):
    (found,) = findings(GOOD | {code: " \n"}, {})
    assert (found.section, found.lack, found.blocking) == (SectionCode(code), Lack.MISSING, True)
    assert str(found).startswith(f"“{SectionCode(code).label}”没有写，请写出") or (
        "请用一句话" in str(found)
    )


@pytest.mark.parametrize("code", ["guiding", "aims", "steps", "safeguards"])
def test_the_other_sections_are_only_asked_for(code):
    (found,) = findings(GOOD | {code: ""}, {})
    assert not found.blocking


def test_a_thin_section_is_named_with_its_length():
    assert said({"pledges": "办三件事。"}) == [
        "“承诺内容”写得太少，只有 5 个字，请写出支部和党员承诺哪些事、办到什么程度、哪天办好。"
    ]
    assert not blocking(GOOD | {"pledges": "办三件事。"})


def test_a_section_left_as_it_was_given_is_named_but_may_stay():
    given = {"theme": GOOD["theme"]}
    assert said({}, given) == [
        "“活动主题”和范本一样，请照本支部的实际改一改，不改也要想清楚做不做得到。"
    ]


def test_a_blank_of_the_model_text_must_be_filled_in():
    text = GOOD["pledges"] + "（请在这里补上本支部重点承诺哪几件事。）"
    (found,) = blocking(GOOD | {"pledges": text})
    assert str(found) == "“承诺内容”范本里的空没有填，请把括号里的提示换成本支部的内容。"
