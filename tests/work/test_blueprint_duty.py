"""``[duty.CODE]``: read, kept, written back; what is wrong is said by line, with a remedy."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.campaigns.conftest import BEGINS
from tests.work.scene import TEXT

from zhengyou.campaigns.actions import again, campaigns
from zhengyou.campaigns.blueprint import Flawed, check, dump
from zhengyou.campaigns.blueprint.writer import write
from zhengyou.campaigns.drafting import first_draft
from zhengyou.campaigns.models import Campaign, SectionCode
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Role, StandingKind
from zhengyou.work.models import (
    Cadence,
    Enrols,
    Measure,
    Part,
    RecordKind,
    Scope,
    Whose,
)

from . import scene

DUTIES = """
[duty.feedback]
title  = "周周回馈"
who    = { group = "leading" }
record = "工作汇报"
every  = "每周"
when   = "学期里"
grace  = "2天"
publish = "公开"

[duty.notes]
title  = "学习笔记"
record = ["学习笔记", "心得体会"]
every  = "每年"
least  = "5000字"
exempt = "长期生病的"
hint   = "手写拍照也行"
basis  = "县教育党工委通知"

[duty.notes.who]
standing = ["正式党员"]
kind     = ["党支部"]
age      = "59以下"
retired  = "在职"
without  = ["书记"]

[duty.lesson]
title  = "讲一次党课"
who    = { seats = "leading", post = ["组长"] }
record = "党课"
part   = "主讲"
every  = "每学期"
each   = "1.5学时"

[duty.service]
title  = "服务新生"
who    = { kind = ["党支部"] }
record = "志愿服务"
scope  = ["服务新人"]
below  = ["党小组", "服务队"]
every  = "每学期"
times  = 3

[duty.launch]
title  = "动员大会"
who    = { kind = ["党支部"] }
record = "动员大会"
every  = "到期一次"
due    = "第2周"
phase  = "learn"

[duty.rota]
title  = "值周"
who    = { enrolled = "值班表" }
record = "值周"
every  = "每周"
"""


@pytest.fixture
def campaign(cast) -> Campaign:
    """A running campaign with one duty of each shape."""
    return scene.a_campaign(cast, text=TEXT + DUTIES)


def test_what_is_written_is_what_is_asked(campaign: Campaign) -> None:
    rows = {duty.code: duty.terms.get() for duty in campaign.duties.all()}

    assert [*rows] == ["feedback", "notes", "lesson", "service", "launch", "rota"]
    notes, lesson, launch = rows["notes"], rows["lesson"], rows["launch"]
    assert (notes.whose, notes.standings, notes.kinds) == (Whose.MEMBERS, ["full"], ["branch"])
    assert (notes.max_age, notes.min_age, notes.retired) == (59, None, False)
    assert (notes.measure, notes.least, notes.each) == (Measure.CHARACTERS, 5000, False)
    assert notes.without_roles == [Role.SECRETARY]
    assert (lesson.whose, lesson.group, lesson.roles) == (
        Whose.SEATS, campaign.groups.get(), [Role.SEAT_HEAD],
    )  # fmt: skip
    assert (lesson.least, lesson.each, lesson.part) == (Decimal("1.5"), True, Part.SPEAKER)
    assert (launch.due_on, launch.phase.code) == (date(2026, 9, 14), "learn")
    assert (rows["feedback"].grace_days, rows["feedback"].publish) == (2, True)
    assert (rows["rota"].whose, rows["rota"].enrols) == (Whose.ENROLLED, "rota")
    assert {row.since for row in rows.values()} == {campaign.starts_on}


def test_it_comes_back_and_says_itself(campaign: Campaign) -> None:
    given = check(TEXT + DUTIES)
    assert check(dump(campaign)).data["duty"] == given.data["duty"]

    said = dict(given.summary())["任务"]
    assert "周周回馈：工作组，学期里每周 1 次，记“工作汇报”" in said
    assert (
        "学习笔记：党支部正式党员（59 岁以下，在职，担任书记的不算），"
        "每年 1 次，一共至少 5000 字，记“学习笔记、心得体会”"
    ) in said


def test_a_new_plan_says_what_is_done_how_often(campaign: Campaign, cast) -> None:
    text = first_draft(campaign, cast.branch)[SectionCode.SAFEGUARDS]
    assert text.splitlines() == [
        "活动领导小组：定方案，听意见，书记任组长。", "每周：周周回馈、值周。", "每年：学习笔记。",
        "每学期：讲一次党课、服务新生。", "到期一次：动员大会。",
    ]  # fmt: skip


def test_a_date_follows_its_phase(campaign: Campaign, cast) -> None:
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(BEGINS):
        days = {"learn": (date(2026, 9, 10), date(2026, 11, 30))}
        campaigns.move_phases(office, campaign, days, reason="开学晚了")
    assert campaign.duties.get(code="launch").terms.get().due_on == date(2026, 9, 23)


def test_the_next_run_takes_over_what_has_no_end(campaign: Campaign, cast) -> None:
    notes, rota = (campaign.duties.get(code=code) for code in ("notes", "rota"))
    scene.exempted(notes, cast.zhou, BEGINS)
    scene.exempted(notes, cast.shen, BEGINS, date(2026, 12, 1))
    scene.enrolled(rota, Ref("rota", campaign.uid, "一（1）班值周"), cast.branch, None, BEGINS)
    scene.own_cadence(rota, cast.branch, "month", BEGINS)
    with clock.at(date(2027, 9, 1)):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign.close(office)
        made, said = again.run_again(office, campaign, "下一轮", date(2027, 9, 1))

    new = made.duties.get(code="notes")
    assert [row.person for row in new.exemptions.all()] == [cast.zhou]
    assert new.exemptions.get().since == made.starts_on
    assert made.duties.get(code="rota").enrolments.get().label == "一（1）班值周"
    assert made.duties.get(code="rota").own_cadences.get().cadence == "month"
    assert [line for line in said if "1 条" in line or "1 个" in line] == [
        "没有写到哪天为止的免做 1 条，下一轮接着算",
        "各组织自己定的“多久一次” 1 条，下一轮接着用",
        "登记了任务的结对、岗位、值班表等 1 个，下一轮接着登记",
    ]
    assert notes.exemptions.count() == 2


WRONG = [
    ('who    = { group = "leading" }', 'who = { group = "lead" }',
     "没有代号是“lead”的工作组"),
    ('who    = { group = "leading" }\n', "", "[duty.feedback]没有写是谁的任务"),
    ('who    = { group = "leading" }', 'who = { group = "leading", standing = ["正式党员"] }',
     "一个任务只能是一种人或组织的"),
    ('record = "工作汇报"', 'record = "汇报"', "不认识“汇报”"),
    ('every  = "每周"\nwhen', 'every = "每天"\nwhen', "不认识“每天”"),
    ('when   = "学期里"', 'when = "假期里"', "不认识“假期里”"),
    ('every  = "每周"\nwhen', 'every = "适时"\nwhen', "“适时”不用写学期里"),
    ('grace  = "2天"', 'grace = "90天"', "看不懂“90天”"),
    ('publish = "公开"', 'publish = "是"', "不认识“是”"),
    ('age      = "59以下"', 'age = "六十"', "看不懂“六十”"),
    ('age      = "59以下"', 'age = "59至14"', "年纪“59至14”不对"),
    ('retired  = "在职"', 'retired = "退了"', "不认识“退了”"),
    ('least  = "5000字"', 'least = "五千"', "看不懂“五千”"),
    ('least  = "5000字"', 'least = "5000字"\neach = "500字"', "“least”和“each”都写了"),
    ('post = ["组长"]', 'post = ["书记"]', "工作组里没有“书记”"),
    ('below  = ["党小组", "服务队"]', 'part = "主讲"', "“part”只能写给人的任务"),
    ('part   = "主讲"', 'below = ["党小组"]', "“below”只能写给组织的任务"),
    ('who    = { kind = ["党支部"] }\nrecord = "志愿服务"',
     'who = { kind = ["党支部"], age = "60以上" }\nrecord = "志愿服务"', "“age”只能写给人的任务"),
    ("times  = 3", "times = 0", "“times”是 0"),
    ('due    = "第2周"', 'due = "下周"', "看不懂期限“下周”"),
    ('due    = "第2周"\n', "", "[duty.launch]没有写“due”"),
    ('every  = "到期一次"', 'every = "每月"', "“due”只给到期一次的任务"),
    ('phase  = "learn"', 'phase = "learned"', "没有代号是“learned”的阶段"),
    ('enrolled = "值班表"', 'enrolled = "值日表"', "不认识“值日表”"),
    ("hint   =", "tip =", "[duty.notes]里不认识“tip”"),
]  # fmt: skip


@pytest.mark.pure
@pytest.mark.parametrize(("right", "wrong", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    text = TEXT + DUTIES
    assert right in text
    with pytest.raises(Flawed) as caught:
        check(text.replace(right, wrong, 1))
    assert [problem for problem in caught.value.problems if said in problem.what and problem.line]


@pytest.mark.pure
def test_a_term_needs_terms() -> None:
    text = TEXT[: TEXT.index("terms ")] + TEXT[TEXT.index("[phase.learn]") :] + DUTIES
    with pytest.raises(Flawed, match="写了每学期，可是没有写学期"):
        check(text)


def test_a_fixed_date_must_be_in_the_campaign(cast) -> None:
    text = TEXT + DUTIES.replace('due    = "第2周"', "due = 2031-01-01")
    with pytest.raises(Exception, match="任务“动员大会”的期限 2031-01-01 不在阶段“动员学习”里"):
        scene.a_campaign(cast, text=text)


# Duties of every shape come back as they were.
KEPT_ELSEWHERE = (RecordKind.DISCLOSURE,)
"""Kinds that a section of their own asks for, never a duty."""


def some(choices, **limits):
    """Return labels of a vocabulary."""
    words = [str(choice.label) for choice in choices]
    return st.lists(st.sampled_from(words), unique=True, min_size=1, max_size=3, **limits)


PERSONS = {
    "age": st.sampled_from(["60以上", "59以下", "14至28"]),
    "retired": st.sampled_from(["在职", "离退休"]),
    "without": some(Role),
}
LAYERS = PERSONS | {"kind": some(Kind)}
WHO = st.one_of(
    st.fixed_dictionaries({"kind": some(Kind)}),
    st.just({"group": "leading"}),
    st.fixed_dictionaries({"enrolled": st.sampled_from([str(each.label) for each in Enrols])}),
    st.fixed_dictionaries({"standing": some(StandingKind)}, optional=LAYERS),
    st.fixed_dictionaries({"post": some(Role)}, optional=LAYERS),
    st.fixed_dictionaries(
        {"seats": st.just("leading")},
        optional={"post": st.just(["组长"])} | PERSONS,
    ),
)  # fmt: skip
CODES = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
AMOUNTS = st.sampled_from(["5000字", "1.5学时", "16学时", "80分"])


@st.composite
def duties(draw):
    """Return the values of a duty."""
    who = draw(WHO)
    values = {"title": draw(st.sampled_from(["任务甲", "乙“丙”"])), "who": who}
    records = draw(some([kind for kind in RecordKind if kind not in KEPT_ELSEWHERE]))
    values["record"] = records[0] if len(records) == 1 else records
    cadence = draw(st.sampled_from([str(each.label) for each in Cadence]))
    values["every"] = cadence
    if cadence == "到期一次":
        values["due"] = draw(st.sampled_from(["第2周", "结束前7天", "2026-10-01", "第1个月"]))
    optional = {"times": st.integers(2, 366), "scope": some(Scope), "grace": st.just("5天"),
                "phase": st.just("learn"), "publish": st.just("公开"), "hint": st.just("写明白"),
                "exempt": st.just("生病"), "basis": st.just("章程"), "least": AMOUNTS}  # fmt: skip
    if draw(st.booleans()):
        optional = optional | {"each": AMOUNTS}
        del optional["least"]
    if {"standing", "post", "seats"} & set(who):
        optional["part"] = st.sampled_from([str(each.label) for each in Part])
    elif "kind" in who:
        optional["below"] = some(Kind)
    return values | draw(st.fixed_dictionaries({}, optional=optional))


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    given=st.dictionaries(
        st.from_regex(r"[a-z]{1,6}", fullmatch=True), duties(), min_size=1, max_size=4
    )
)
def test_whatever_is_asked_comes_back(cast, given) -> None:
    text = TEXT + write({"duty": given})
    with transaction.atomic(), clock.at(BEGINS):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, text, BEGINS)
        assert check(dump(campaign)).data["duty"] == check(text).data["duty"]
        transaction.set_rollback(True)


LINES = DUTIES.strip("\n").split("\n")
SCRAPS = st.sampled_from(
    [*'"“”=，,[]{}.#\n 1x字天', "学时", "[duty.x]", "true", "9" * 40, "-1", "{}"]
)


@pytest.mark.pure
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_slips_of_the_finger_are_told(data) -> None:
    text = DUTIES
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(SCRAPS) + text[place + data.draw(st.integers(0, 12)) :]
    try:
        check(TEXT + text)
    except Flawed as flawed:
        assert all(problem.what and problem.remedy for problem in flawed.problems)
