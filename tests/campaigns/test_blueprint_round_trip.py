"""Save as blueprint: what is dumped checks clean and is the same campaign again."""

import tomllib
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.campaigns.conftest import BEGINS, SMALL

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.blueprint import check, dump, shipped
from zhengyou.campaigns.blueprint.writer import write
from zhengyou.campaigns.models import Act, Campaign
from zhengyou.kernel import clock
from zhengyou.people.models import Kind, Role

QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

SIGNS = st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00")
VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-(2**60), 2**60), st.text(SIGNS), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(SIGNS), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.pure
@given(st.dictionaries(st.text(SIGNS), VALUES, max_size=6))
@settings(deadline=None)
def test_whatever_is_written_reads_back(values):
    assert (
        tomllib.loads(write(values, notes=dict.fromkeys(values, "说明\n两行"), top="题")) == values
    )


# Blueprints of every shape, as the values of a file.
WORDS = st.text('学习争优讲台课堂服务群众“”，。（）"\\ab1', min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and "  " not in text
)
CODES = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,3})?", fullmatch=True)
LENGTHS = st.sampled_from(["10天", "3周", "1个月", "1年6个月", "2年", "1个月10天"])
SEATS = st.fixed_dictionaries(
    {},
    optional={
        "head": st.sampled_from(["1", "0至1"]),
        "deputy": st.sampled_from(["1至2", "2", "不限"]),
        "member": st.sampled_from(["3以上", "不限", "2至9"]),
    },
)


@st.composite
def groups(draw):
    found = {}
    for code in draw(st.lists(CODES, unique=True, max_size=4)):
        entry = {"title": draw(WORDS), "duty": draw(WORDS), "seats": draw(SEATS)}
        if found and draw(st.booleans()):
            entry["under"] = draw(st.sampled_from(sorted(found)))
        found[code] = {key: value for key, value in entry.items() if value}
    return found


@st.composite
def phases(draw, group_codes):
    found = {}
    for code in draw(st.lists(CODES, unique=True, min_size=1, max_size=4)):
        begins = draw(st.sampled_from(["starts", "from", *(["after"] if found else [])]))
        entry = {"title": draw(WORDS), "lasts": draw(LENGTHS)}
        if begins == "after":
            entry["after"] = draw(st.sampled_from(sorted(found)))
        elif begins == "starts":
            entry["starts"] = draw(st.sampled_from(["第1天", "第3周", "第2个月", "第2年"]))
        else:
            entry["from"] = draw(st.dates(date(2026, 9, 1), date(2030, 1, 31))).isoformat()
        acts = draw(st.lists(st.sampled_from(list(Act)), unique=True))
        entry |= {"opens": [str(act.label) for act in acts]} if acts else {}
        tasks = draw(st.dictionaries(CODES, tasks_of(group_codes), max_size=3))
        found[code] = entry | ({"task": tasks} if tasks else {})
    return found


@st.composite
def tasks_of(draw, group_codes):
    owner = {"post": str(draw(st.sampled_from(list(Role))).label)}
    if group_codes and draw(st.booleans()):
        owner = {"group": draw(st.sampled_from(group_codes))}
    return {
        "title": draw(WORDS),
        "owner": owner,
        "due": draw(st.sampled_from(["第1周", "第5天", "第1个月", "结束前7天", "结束前1周"])),
    }


@st.composite
def standards(draw, covers):
    target = draw(st.one_of(st.sampled_from(["党员", "党组织"]), st.just(covers)))
    entry = {
        "title": draw(WORDS),
        "for": target,
        "criteria": draw(st.dictionaries(CODES, WORDS, min_size=1, max_size=4)),
    }
    return entry | ({"audience": draw(WORDS)} if draw(st.booleans()) else {})


@st.composite
def blueprints(draw):
    covers = draw(
        st.lists(st.sampled_from([str(kind.label) for kind in Kind]), min_size=1, unique=True)
    )
    known = draw(groups())
    return {
        "format": 1,
        "version": draw(WORDS),
        "title": draw(WORDS),
        "theme": draw(WORDS),
        "aims": draw(st.lists(WORDS, min_size=1, max_size=3)),
        "carriers": draw(st.lists(WORDS, min_size=1, max_size=3)),
        "covers": covers,
        "names": {"wall": draw(st.sampled_from(["全名", "只写姓", "隐去名字"]))},
        "phase": draw(phases(sorted(known))),
        "group": known,
        "programme": draw(
            st.dictionaries(CODES, st.fixed_dictionaries({"title": WORDS}), max_size=3)
        ),
        "standard": draw(st.dictionaries(CODES, standards(covers), max_size=3)),
        "plan": draw(st.fixed_dictionaries({}, optional={"guiding": WORDS, "pledges": WORDS})),
    }


@pytest.mark.django_db
@QUICK
@given(values=blueprints())
def test_a_dumped_campaign_is_the_campaign_again(office, cast, values):
    text = write(values)
    with transaction.atomic(), clock.at(BEGINS):
        campaign = campaigns.create(office, cast.bureau, text, BEGINS)
        again = dump(campaign)
        assert_same(check(again), check(text))
        twin = campaigns.create(office, cast.bureau, again, BEGINS)
        assert dump(twin) == again
        assert days_of(twin) == days_of(campaign)
        transaction.set_rollback(True)


def assert_same(one, other):
    assert one.header == other.header
    assert one.data == other.data


def days_of(campaign: Campaign) -> list[tuple]:
    return [
        (phase.code, phase.starts_on, phase.ends_on, [task.due_on for task in phase.tasks.all()])
        for phase in campaign.phases.all()
    ]


@pytest.mark.django_db
def test_a_dump_is_written_for_people(draft):
    assert dump(draft).startswith(EXPECTED)


EXPECTED = """\
# 小学创先争优活动（活动蓝图）
# 左边的英文栏目名和方括号里的代号不要改，引号里的中文可以改。
# 改完用 zhengyou blueprint check 检查，或者在网页“新建活动”里上传检查。
format   = 1
version  = "1"
title    = "小学创先争优活动"
theme    = "三尺讲台见初心"
aims     = ["课上得更好", "家长更放心"]
carriers = ["周周回馈", "家长开放周"]
covers   = ["党支部"]
names    = { wall = "隐去名字", notice = "全名" }

# 领导小组和工作组：under 是上一级的组
# seats 是各席位人数：head 组长、deputy 副组长、member 成员；写 “1” “1至2” “3以上”
[group.leading]
title = "活动领导小组"
duty  = "定方案，听意见"
seats = { head = "1", deputy = "1至2", member = "3以上" }
"""


@pytest.mark.django_db
@pytest.mark.parametrize("blueprint", shipped(), ids=lambda blueprint: blueprint.name)
def test_every_shipped_blueprint_is_in_order_and_comes_back(blueprint, office, cast):
    assert blueprint.problems == ()
    with clock.at(BEGINS):
        campaign = campaigns.create(office, cast.bureau, blueprint.text, BEGINS)
    assert_same(check(dump(campaign)), check(blueprint.text))


@pytest.mark.django_db
def test_the_campaign_keeps_the_file_it_began_with(running, office):
    campaigns.edit(
        office, running, title="改了名的活动", theme="新主题", aims=["一"], carriers=["二"],
        reason="区里统一名称",
    )  # fmt: skip
    stored = Campaign.objects.get(pk=running.pk)
    assert stored.blueprint == SMALL
    assert 'title    = "改了名的活动"' in dump(stored)


@pytest.mark.django_db
def test_phases_moved_by_hand_are_saved_where_they_are_now(running, office):
    campaigns.move_phases(
        office,
        running,
        {"learn": (date(2026, 9, 1), date(2026, 10, 10))},
        reason="测试推迟",
    )
    text = dump(Campaign.objects.get(pk=running.pk))
    data = tomllib.loads(text)
    assert data["phase"]["learn"]["lasts"] == "40天"
    # The second phase did not move, so it no longer hangs on the end of the first.
    assert data["phase"]["act"]["starts"] == "第31天"
    assert check(text).last_day(BEGINS) == date(2027, 5, 31)
