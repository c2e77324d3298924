"""``[pledge.CODE]``: read, installed, dumped; what is wrong is said by line with the remedy."""

from datetime import date

import pytest
from tests.campaigns.conftest import SMALL

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.blueprint import Flawed, check, dump
from zhengyou.campaigns.models import SectionCode
from zhengyou.kernel import clock, periods
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.pledges import subjects
from zhengyou.pledges.blueprint import PledgeSection
from zhengyou.pledges.models import PledgeItem, PledgeRule

RULES = """
[pledge.branch]
title    = "支部公开承诺"
who      = { kind = ["党支部"] }
standard = "branch"
at_least = { deed = 2 }

[pledge.member]
title    = "党员公开承诺"
who      = { standing = ["正式党员", "预备党员"] }
standard = "member"
at_least = { common = 1, post = 1, deed = 1 }
reviewer = { post = "副书记" }
progress = "每季度"
exempt   = "年老体弱，本人提出"
"""


def problems(text: str) -> list[str]:
    with pytest.raises(Flawed) as caught:
        check(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"正式党员", ', '"党员", ', "不认识“党员”"),
        ('{ kind = ["党支部"] }', '{ kind = ["党小组"] }', "活动没有覆盖“党小组”"),
        ('{ kind = ["党支部"] }', "{ }", "没有写清谁来承诺"),
        (
            '{ kind = ["党支部"] }',
            '{ kind = ["党支部"], standing = ["群众"] }',
            "党员、职务和组织要分开写",
        ),
        ('standard = "branch"', 'standard = "member"', "“member”是给党员的标准"),
        ('standard = "member"', 'standard = "branch"', "“branch”是给党组织的标准"),
        ('standard = "member"', 'standard = "nobody"', "没有代号是“nobody”的标准"),
        ("common = 1", "common = 11", "请写 0 到 10 之间的整数"),
        ("common = 1", "shared = 1", "不认识“shared”"),
        ('post = "副书记"', 'post = "督查员"', "不能由“督查员”来审承诺"),
        ('"每季度"', '"每三天"', "看不懂“每三天”"),
        ('"每季度"', '"每学期"', "没有写学期"),
        ('"正式党员", "预备党员"', '"正式党员", "正式党员"', "写了两次"),
        ("exempt ", 'notice = "五天"\nexempt ', "看不懂“五天”"),
        ("exempt ", 'notice = "0个工作日"\nexempt ', "看不懂“0个工作日”"),
        ("exempt ", 'notice = "31个工作日"\nexempt ', "最多 30 个工作日"),
        (
            '{ standing = ["正式党员", "预备党员"] }',
            '{ post = ["督查员"] }',
            "不能按“督查员”来承诺",
        ),
        (
            '{ standing = ["正式党员", "预备党员"] }',
            '{ post = ["委员"], standing = ["正式党员"] }',
            "党员、职务和组织要分开写",
        ),
    ],
)
@pytest.mark.pure
def test_what_is_wrong_is_said_where_it_stands(old, new, said) -> None:
    text = SMALL + RULES
    assert old in text
    wrong = text.replace(old, new, 1)
    line = text[: text.index(old)].count("\n") + 1

    found = problems(wrong)

    assert any(said in each for each in found), found
    assert any(f"{line} 行" in each for each in found), (line, found)


@pytest.mark.pure
def test_nobody_falls_under_two_rules() -> None:
    again = RULES[RULES.index("[pledge.member]") :].replace("pledge.member", "pledge.extra")

    assert any("在 [pledge.member] 里已经写过" in each for each in problems(SMALL + RULES + again))


@pytest.mark.pure
def test_what_was_understood_in_words() -> None:
    section = PledgeSection()
    data = check(SMALL + RULES).data["pledge"]

    assert section.summary(data) == [
        "支部公开承诺：党支部，至少实事 2 条，每月公布进展",
        "党员公开承诺：正式党员、预备党员，至少共性 1 条、岗位 1 条、实事 1 条，每季度公布进展",
    ]


@pytest.fixture
def campaign(cast):
    with clock.at(date(2026, 9, 15)):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        yield campaigns.create(office, cast.bureau, SMALL + RULES, date(2026, 9, 1))


@pytest.mark.django_db
def test_it_is_installed_and_dumped_again(campaign) -> None:
    branch, member = PledgeRule.objects.all()

    assert (branch.subject, branch.who, branch.standard.code) == (
        "organisation", ["branch"], "branch",
    )  # fmt: skip
    assert (member.who, member.reviewer) == (["full", "probationary"], "deputy_secretary")
    assert (member.total, member.least("deed"), member.cadence) == (3, 1, periods.Kind.QUARTER)
    again = check(dump(campaign))
    assert again.data["pledge"] == check(SMALL + RULES).data["pledge"]


@pytest.mark.django_db
def test_a_new_plan_says_who_promises_what(campaign) -> None:
    text = PledgeSection().plan_texts(campaign)[SectionCode.PLEDGES]

    assert "正式党员、预备党员对照“教师党员三条”作出承诺，至少共性 1 条" in text
    campaign.plan_texts = {"pledges": "已有的话"}
    assert PledgeSection().plan_texts(campaign) == {}


@pytest.mark.django_db
def test_promised_words_are_not_reworded(campaign, cast) -> None:
    from zhengyou.pledges.models import Pledge

    member = campaign.pledge_rules.get(code="member")
    section = PledgeSection()
    assert section.may_change_standard(member.standard)
    pledge = Pledge.objects.create(
        campaign=campaign, rule=member, organisation=cast.branch, person=cast.song,
        subject="person", made_on=date(2026, 9, 15),
    )  # fmt: skip
    item = PledgeItem.objects.create(
        pledge=pledge, number=1, kind="post", text="讲题",
        criterion=member.standard.criteria.first(),
    )  # fmt: skip
    assert section.may_change_standard(member.standard), "a draft can still be changed"

    item.state = "submitted"
    item.save()

    assert "已经有人对照" in section.may_change_standard(member.standard).reason


POSTS = (
    RULES
    + """
[pledge.committee]
title    = "支委公开承诺"
who      = { post = ["书记", "副书记", "委员"] }
standard = "member"
at_least = { post = 3 }
notice   = "5个工作日"
"""
)


@pytest.mark.pure
def test_the_order_of_posts_and_standings_is_said() -> None:
    said = PledgeSection().summary(check(SMALL + POSTS).data["pledge"])

    assert said[-2].endswith("先公布打算征求意见 5 个工作日，每月公布进展")
    assert said[-1] == "担任书记、副书记、委员的，照“支委公开承诺”，不再照人员类别的规则"
    again = POSTS[POSTS.index("[pledge.committee]") :].replace("committee", "more")
    assert any("“书记”在 [pledge.committee] 里" in each for each in problems(SMALL + POSTS + again))


@pytest.mark.django_db
def test_a_post_goes_before_a_standing(cast) -> None:
    with clock.at(date(2026, 9, 15)):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        run = campaigns.create(office, cast.bureau, SMALL + POSTS, date(2026, 9, 1))
        rules = {
            who: getattr(subjects.rule_for_person(run, cast.persons[who]), "code", "")
            for who in ("shen", "zhou", "su", "song", "fang", "jiang")
        }
        asked = {person.name for person in subjects.asked(run, cast.branch)}
    assert rules == {
        "shen": "committee", "zhou": "committee", "su": "committee", "song": "member",
        "fang": "member", "jiang": "",
    }  # fmt: skip
    assert {"沈若兰", "宋知行", "方晓岚"} <= asked and "江一帆" not in asked
    assert check(dump(run)).data["pledge"] == check(SMALL + POSTS).data["pledge"]
