"""Which branch and group a roster means."""

import pytest

from zhengyou.people.actions.tree import found
from zhengyou.people.models import Kind
from zhengyou.people.roster.branches import Branches, Unknown, plain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("育新小学党支部", "育新小学支部"),
        ("育新小学党支部", "育新小学支部委员会"),
        ("中共澜阳县教育局委员会", "澜阳县教育局党委"),
        ("中国共产党澜阳县教育局委员会", "澜阳县教育局党委"),
        ("机关 党总支", "机关总支部委员会"),
        ("教育局党委／育新小学党支部", "教育局党委育新小学支部"),
    ],
)
def test_names_that_are_the_same_body(written, same):
    assert plain(written) == plain(same)


@pytest.mark.parametrize(
    "written",
    [
        "育新小学党支部",
        " 育新小学 党支部 ",
        "育新小学支部",
        "育新小学",
        "中共育新小学支部委员会",
        "澜阳县教育局党委育新小学党支部",
        "中共澜阳县教育局委员会育新小学支部委员会",
        "教育局党委育新小学党支部",
        "澜阳县育新小学党支部",
        "澜阳县教育局党委／育新小学党支部",
    ],
)
def test_a_branch_is_found_however_it_is_written(cast, written):
    assert Branches(cast.bureau).find(written).pk == cast.branch.pk


@pytest.mark.parametrize("written", ["东门小学党支部", "小学党支部党员", "临江育新小学党支部"])
def test_a_branch_that_is_not_there_is_unknown(cast, written):
    with pytest.raises(Unknown) as caught:
        Branches(cast.bureau).find(written)
    assert "没有这个党支部" in caught.value.problem


def test_the_nearest_names_are_listed(cast):
    with pytest.raises(Unknown) as caught:
        Branches(cast.bureau).find("南胡小学党支部")
    assert "“南湖小学党支部”" in caught.value.remedy


def test_what_may_be_two_is_not_guessed(cast):
    with pytest.raises(Unknown) as caught:
        Branches(cast.bureau).find("小学党支部")
    assert "2 个支部都可能" in caught.value.problem
    assert "“育新小学党支部”、“南湖小学党支部”" in caught.value.remedy


def test_two_of_one_name_are_told_apart_by_what_is_above(cast):
    for parent in (cast.bureau, cast.town):
        found(None, name="机关党支部", kind=Kind.BRANCH, parent=parent)
    branches = Branches(cast.county)
    with pytest.raises(Unknown):
        branches.find("机关党支部")
    names = [name for name in branches.names() if name.endswith("机关党支部")]
    assert names == ["澜阳县教育局党委／机关党支部", "石桥镇党委／机关党支部"]
    assert [branches.find(name).path for name in names] == sorted(
        branches.find(name).path for name in names
    )
    assert len({branches.find(name).pk for name in names}) == 2


def test_every_branch_is_found_by_the_name_it_is_listed_with(cast):
    branches = Branches(cast.county)
    for name in branches.names():
        assert branches.find(name).name == name


def test_branches_elsewhere_do_not_exist(cast):
    with pytest.raises(Unknown):
        Branches(cast.town).find("育新小学党支部")


def test_a_single_branch_takes_itself_only(cast):
    branches = Branches(cast.branch)
    assert branches.only.pk == cast.branch.pk
    with pytest.raises(Unknown) as caught:
        branches.find("南湖小学党支部")
    assert "这次只导入育新小学党支部" in caught.value.problem


def test_a_committee_without_branches_says_so(cast):
    empty = found(None, name="新区党委", kind=Kind.PARTY_COMMITTEE, parent=cast.county)
    with pytest.raises(Unknown) as caught:
        Branches(empty).find("某支部")
    assert "还没有党支部" in caught.value.remedy


@pytest.mark.parametrize("written", ["低段党小组", "低段", "低段小组"])
def test_a_group_is_found_inside_its_branch(cast, written):
    branches = Branches(cast.bureau)
    branch = branches.find("育新小学党支部")
    assert branches.find_group(branch, written).pk == cast.low.pk


@pytest.mark.parametrize(
    ("branch", "words"), [("育新小学党支部", "没有这个党小组"), ("南湖小学党支部", "没有分党小组")]
)
def test_a_group_that_is_not_there(cast, branch, words):
    branches = Branches(cast.bureau)
    with pytest.raises(Unknown) as caught:
        branches.find_group(branches.find(branch), "中段党小组")
    assert words in caught.value.problem


def test_two_queries_however_many_names(cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        branches = Branches(cast.bureau)
        for name in ("育新小学", "南湖小学党支部", "南湖小学支部"):
            branches.find(name)
