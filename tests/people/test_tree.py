"""Founding, renaming, moving, splitting and closing; the tree and its names on any past day."""

from datetime import date, timedelta

import pytest
from tests.cast import Cast

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import people, tree
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Kind, Membership, Organisation, Placement, Post, Role
from zhengyou.people.queries.roll import roll_on
from zhengyou.people.queries.tree import line_on, name_on, tree_on
from zhengyou.people.queries.tree_page import tree_page

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 16)
EVE = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _stand_in_october():
    with clock.at(TODAY):
        yield


def bureau_office(cast: Cast) -> Actor:
    return acting_as(cast.gu, Role.CAMPAIGN_OFFICE)


def admin(cast: Cast) -> Actor:
    return acting_as(cast.zhuo, Role.SYSTEM_ADMIN)


def outline(day: date, top: Organisation) -> list[str]:
    root = tree_on(day, top)
    return [node.name for node in root.walk()] if root else []


# --- founding ---------------------------------------------------------------------------------


def test_a_founded_body_stands_under_its_parent_from_that_day(cast):
    group = tree.found(
        bureau_office(cast), name="中段 党小组", kind=Kind.PARTY_GROUP, parent=cast.branch, order=2
    )
    assert (group.name, group.family, group.parent) == ("中段党小组", "party", cast.branch)
    assert "中段党小组" in outline(TODAY, cast.branch)
    assert "中段党小组" not in outline(EVE, cast.branch)
    fact = Fact.objects.get(verb="organisation.found", about_uid=group.uid)
    assert fact.data["path"] == group.path


@pytest.mark.parametrize(
    ("kind", "parent", "name", "reason"),
    [
        (Kind.PARTY_GROUP, "bureau", "综合党小组", "党小组不能直接设在党委下面"),
        (Kind.BRANCH, "branch", "二支部", "党支部不能直接设在党支部下面"),
        (Kind.UNION, "low", "工会", "工会不能直接设在党小组下面"),
        (Kind.PARTY_GROUP, "branch", "低段党小组", "育新小学党支部下面已经有“低段党小组”"),
        (Kind.PARTY_GROUP, "branch", "　", "没有填组织名称"),
    ],
)
def test_what_cannot_be_founded(cast, kind, parent, name, reason):
    with pytest.raises(Refused, match=reason):
        tree.found(bureau_office(cast), name=name, kind=kind, parent=getattr(cast, parent))


def test_nothing_is_founded_before_the_parent_stood_there_or_in_days_to_come(cast):
    with pytest.raises(Refused, match="早于育新小学党支部上一次变动（2019-09-01）"):
        tree.found(
            bureau_office(cast), name="老组", kind=Kind.PARTY_GROUP, parent=cast.branch,
            on=date(2019, 8, 31),
        )  # fmt: skip
    with pytest.raises(Refused, match="还没到"):
        tree.found(
            bureau_office(cast), name="新组", kind=Kind.PARTY_GROUP, parent=cast.branch,
            on=TODAY + timedelta(days=1),
        )  # fmt: skip


def test_a_root_is_founded_at_set_up_only(cast):
    with pytest.raises(Refused, match="系统装好时"):
        tree.found(admin(cast), name="邻县县委", kind=Kind.PARTY_COMMITTEE, parent=None)
    second = tree.found(None, name="邻县县委", kind=Kind.PARTY_COMMITTEE, parent=None)
    assert second.path == "00002"


def test_seven_levels_and_the_limit_of_sixteen(cast):
    body = cast.county
    for level in range(2, 17):
        body = tree.found(None, name=f"{level}级", kind=Kind.PARTY_COMMITTEE, parent=body)
    assert body.depth == 16
    assert [name for _, name in line_on(TODAY, body)][:3] == ["澜阳县委", "2级", "3级"]
    assert len(outline(TODAY, cast.county)) == 10 + 15
    with pytest.raises(Refused, match="上限"):
        tree.found(None, name="17级", kind=Kind.PARTY_COMMITTEE, parent=body)
    for name in ("镇一", "镇二"):
        cast.town = tree.found(None, name=name, kind=Kind.PARTY_COMMITTEE, parent=cast.town)
    fourth = Organisation.objects.get(name="4级")
    with pytest.raises(Refused, match="超过 16 级"):
        tree.move(admin(cast), fourth, cast.town)
    tree.move(admin(cast), fourth, cast.town.parent)
    body.refresh_from_db()
    assert body.depth == 16


# --- renaming ---------------------------------------------------------------------------------


def test_a_renamed_body_keeps_its_old_name_in_the_past(cast):
    tree.rename(bureau_office(cast), cast.branch, "育新实验小学党支部")
    assert cast.branch.name == "育新实验小学党支部"
    assert name_on(TODAY, cast.branch) == "育新实验小学党支部"
    assert name_on(EVE, cast.branch) == "育新小学党支部"
    assert name_on(date(1999, 1, 1), cast.branch) == "育新小学党支部"
    assert outline(EVE, cast.bureau)[1] == "育新小学党支部"
    assert ("育新小学党支部") in [name for _, name in line_on(EVE, cast.low)]


def test_renaming_twice_on_one_day_leaves_one_name_for_that_day(cast):
    tree.rename(bureau_office(cast), cast.branch, "甲支部")
    tree.rename(bureau_office(cast), cast.branch, "乙支部")
    assert name_on(TODAY, cast.branch) == "乙支部"
    assert [row.name for row in cast.branch.names.held().order_by("since")] == [
        "育新小学党支部",
        "乙支部",
    ]


def test_a_name_taken_beside_it_is_refused(cast):
    with pytest.raises(Refused, match="已经有“南湖小学党支部”"):
        tree.rename(bureau_office(cast), cast.branch, "南湖小学党支部")
    with pytest.raises(Refused, match="没有改动"):
        tree.rename(bureau_office(cast), cast.branch, "育新小学党支部")


# --- moving -----------------------------------------------------------------------------------


def test_a_moved_branch_takes_everything_below_along(cast):
    before = outline(EVE, cast.county)
    old = cast.branch.path
    tree.move(admin(cast), cast.branch, cast.town)
    assert cast.branch.parent == cast.town
    for body in (cast.branch, cast.low, cast.high, cast.logistics, cast.school):
        body.refresh_from_db()
        assert body.path.startswith(cast.town.path)
    assert not Organisation.objects.filter(path__startswith=old).exists()
    assert outline(EVE, cast.county) == before
    assert "育新小学党支部" not in outline(TODAY, cast.bureau)
    assert [name for _, name in line_on(TODAY, cast.low)] == [
        "澜阳县委", "石桥镇党委", "育新小学党支部",
    ]  # fmt: skip
    assert [name for _, name in line_on(EVE, cast.low)] == [
        "澜阳县委", "澜阳县教育局党委", "育新小学党支部",
    ]  # fmt: skip


def test_moved_there_and_back_on_one_day_and_segments_are_never_used_twice(cast):
    old = cast.branch.path
    tree.move(admin(cast), cast.branch, cast.town)
    between = cast.branch.path
    tree.move(admin(cast), cast.branch, cast.bureau)
    assert cast.branch.path not in (old, between)
    assert Placement.objects.on(TODAY).get(organisation=cast.branch).path == cast.branch.path
    assert cast.branch.placements.held().count() == 2
    later = tree.found(None, name="新支部", kind=Kind.BRANCH, parent=cast.town)
    assert later.path != between


def test_a_closed_body_moves_along_but_stands_nowhere(cast):
    closed = tree.found(None, name="旧组", kind=Kind.PARTY_GROUP, parent=cast.branch, on=EVE)
    tree.close(bureau_office(cast), closed)
    tree.move(admin(cast), cast.branch, cast.town)
    closed.refresh_from_db()
    assert closed.path.startswith(cast.branch.path)
    assert "旧组" not in outline(TODAY, cast.branch)


def test_what_cannot_be_moved(cast):
    actor = admin(cast)
    with pytest.raises(Refused, match="不能移到自己下面"):
        tree.move(actor, cast.bureau, cast.branch)
    with pytest.raises(Refused, match="已经在澜阳县教育局党委下面"):
        tree.move(actor, cast.branch, cast.bureau)
    with pytest.raises(Refused, match="党支部不能直接设在党支部下面"):
        tree.move(actor, cast.branch, cast.nanhu)
    tree.move(actor, cast.nanhu, cast.town)
    with pytest.raises(Refused, match="早于南湖小学党支部上一次变动"):
        tree.move(actor, cast.nanhu, cast.bureau, on=EVE)
    with pytest.raises(Refused, match="早于南湖小学党支部上一次变动"):
        tree.move(actor, cast.school, cast.nanhu, on=EVE)


def test_a_group_cannot_leave_the_branch_its_members_stay_in(cast):
    with pytest.raises(Refused, match="4 人的组织关系在原来的上级"):
        tree.move(bureau_office(cast), cast.low, cast.nanhu)
    for surname in ("shen", "su", "song", "fang"):
        people.transfer(bureau_office(cast), cast.persons[surname], cast.branch, cast.nanhu)
    tree.move(bureau_office(cast), cast.low, cast.nanhu)
    assert cast.low.parent == cast.nanhu


# --- splitting --------------------------------------------------------------------------------


def test_three_groups_become_four_by_grade(cast):
    old = [cast.low, cast.high, cast.logistics]
    into = {
        "一二年级党小组": [cast.su, cast.song],
        "三四年级党小组": [cast.shen, cast.fang],
        "五六年级党小组": [cast.zhou, cast.wei],
        "后勤党小组": [cast.tian, cast.he],
    }
    new = tree.split(acting_as(cast.shen, Role.SECRETARY), old, into)
    assert outline(TODAY, cast.branch)[1:] == [*into, "育新小学"]
    assert {body.name: {line.person.name for line in roll_on(TODAY, body)} for body in new} == {
        name: {person.name for person in group} for name, group in into.items()
    }
    assert {line.person.name for line in roll_on(EVE, cast.low)} == {
        "沈若兰", "苏映雪", "宋知行", "方晓岚",
    }  # fmt: skip
    assert not Post.objects.on(TODAY).filter(organisation__in=old).exists()
    assert Post.objects.on(EVE).filter(organisation=cast.low).get().person == cast.song
    assert Fact.objects.get(verb="organisation.split").data["people"] == 8


def test_one_branch_becomes_two_and_takes_its_groups(cast):
    lower = [cast.shen, cast.su, cast.song, cast.fang, cast.jiang]
    upper = [cast.zhou, cast.tian, cast.wei, cast.he]
    first, second = tree.split(
        bureau_office(cast),
        [cast.branch],
        {"育新一支部": lower, "育新二支部": upper},
        below={"育新一支部": [cast.low, cast.school], "育新二支部": [cast.high, cast.logistics]},
    )
    assert outline(TODAY, second) == ["育新二支部", "高段党小组", "后勤党小组"]
    assert {line.person.name for line in roll_on(TODAY, first)} == {p.name for p in lower}
    assert len(roll_on(EVE, cast.branch)) == 9
    cast.branch.refresh_from_db()
    assert cast.branch.closed_on == TODAY


def test_a_split_leaves_nobody_and_nothing_out(cast):
    actor = bureau_office(cast)
    everyone = [line.person for line in roll_on(TODAY, cast.branch)]
    groups = [cast.low, cast.high, cast.logistics, cast.school]
    cases = [
        ({"甲": everyone[1:]}, {"甲": groups}, f"还有 1 人没有分到新组织：{everyone[0].name}"),
        ({"甲": everyone, "乙": everyone[:1]}, {"甲": groups}, "同时分到了甲、乙"),
        ({"甲": [*everyone, cast.wen]}, {"甲": groups}, "闻立诚不在要拆分的组织里"),
        ({"甲": everyone}, {"甲": groups[1:]}, "还有 1 个下级组织没有分到新组织：低段党小组"),
        ({"甲": everyone}, {"丙": groups}, "没有叫“丙”的新组织"),
        ({}, {}, "至少要有一个"),
    ]
    for into, below, reason in cases:
        with pytest.raises(Refused, match=reason):
            tree.split(actor, [cast.branch], into, below=below)
    with pytest.raises(Refused, match="同类组织"):
        tree.split(actor, [cast.branch, cast.low], {"甲": everyone})
    assert cast.branch.is_open()


def test_a_split_that_parts_a_group_from_its_members_is_undone_whole(cast):
    everyone = [line.person for line in roll_on(TODAY, cast.branch)]
    groups = [cast.low, cast.high, cast.logistics, cast.school]
    with pytest.raises(Refused, match="跨了两个支部"):
        tree.split(
            bureau_office(cast),
            [cast.branch],
            {"甲支部": [p for p in everyone if p != cast.he], "乙支部": [cast.he]},
            below={"甲支部": groups},
        )
    cast.branch.refresh_from_db()
    assert cast.branch.is_open()
    assert not Organisation.objects.filter(name="甲支部").exists()
    assert not Fact.objects.filter(verb="organisation.move").exists()


# --- closing ----------------------------------------------------------------------------------


def test_a_body_closes_when_it_is_empty(cast):
    actor = bureau_office(cast)
    with pytest.raises(Refused, match="下面还有 4 个组织"):
        tree.close(actor, cast.branch)
    with pytest.raises(Refused, match="还有 1 人"):
        tree.close(actor, cast.logistics)
    people.transfer(actor, cast.he, cast.logistics, cast.high)
    tree.close(actor, cast.logistics)
    assert not cast.logistics.is_open()
    assert cast.logistics.is_open(EVE)
    assert "后勤党小组" in outline(EVE, cast.branch)
    assert "后勤党小组" not in outline(TODAY, cast.branch)
    with pytest.raises(Refused, match="已经撤销"):
        tree.rename(actor, cast.logistics, "新后勤组")
    again = tree.found(actor, name="后勤党小组", kind=Kind.PARTY_GROUP, parent=cast.branch)
    assert again.path != cast.logistics.path


def test_a_body_with_somebody_still_to_come_cannot_close(cast):
    actor = bureau_office(cast)
    group = tree.found(actor, name="新组", kind=Kind.PARTY_GROUP, parent=cast.branch)
    people.transfer(actor, cast.he, cast.logistics, group, on=TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="还有 1 人"):
        tree.close(actor, group)


# --- who may (the truth tables are in test_rules.py) --------------------------------------------


def test_every_verb_asks_the_rule(cast):
    neighbour = acting_as(cast.wen, Role.SECRETARY)
    verbs = [
        lambda: tree.found(neighbour, name="组", kind=Kind.PARTY_GROUP, parent=cast.branch),
        lambda: tree.rename(neighbour, cast.low, "组"),
        lambda: tree.move(neighbour, cast.low, cast.nanhu),
        lambda: tree.close(neighbour, cast.logistics),
        lambda: tree.split(neighbour, [cast.logistics], {"组": [cast.he]}),
    ]
    facts = Fact.objects.count()
    for verb in verbs:
        with pytest.raises(Refused, match=r"书记、副书记、活动办来办"):
            verb()
    assert Fact.objects.count() == facts


# --- the roll ---------------------------------------------------------------------------------


def test_the_roll_of_a_branch_counts_each_person_once(cast):
    roll = roll_on(TODAY, cast.branch)
    assert len(roll) == 9 == len({line.person.pk for line in roll})
    assert Membership.objects.on(TODAY).filter(person=cast.shen).count() == 2
    shen = next(line for line in roll if line.person == cast.shen)
    assert (shen.homes, shen.groups, shen.posts) == (["育新小学党支部"], ["低段党小组"], ["书记"])
    song = next(line for line in roll if line.person == cast.song)
    assert song.posts == ["低段党小组组长"]
    top = tree_on(TODAY, cast.bureau, levels=1)
    assert [(node.name, node.people, node.bodies) for node in top.walk()] == [
        ("澜阳县教育局党委", 15, 6), ("育新小学党支部", 9, 4), ("南湖小学党支部", 2, 0),
    ]  # fmt: skip


def test_the_roll_of_a_past_day_knows_who_was_there_and_what_it_was_called(cast):
    people.transfer(bureau_office(cast), cast.song, cast.branch, cast.nanhu)
    tree.rename(bureau_office(cast), cast.low, "一二年级党小组")
    then = next(line for line in roll_on(EVE, cast.branch) if line.person == cast.song)
    assert (then.groups, then.posts) == (["低段党小组"], ["低段党小组组长"])
    assert cast.song not in {line.person for line in roll_on(TODAY, cast.branch)}
    assert roll_on(date(2019, 1, 1), cast.branch) == []


def test_queries_do_not_grow_with_the_tree(cast, django_assert_num_queries):
    with django_assert_num_queries(4):
        tree_on(TODAY, cast.bureau, levels=1)
    with django_assert_num_queries(8):
        roll_on(TODAY, cast.branch)
    for number in range(30):
        tree.found(None, name=f"第{number}支部", kind=Kind.BRANCH, parent=cast.bureau)
    with django_assert_num_queries(4):
        tree_on(TODAY, cast.bureau, levels=1)
    with django_assert_num_queries(3):  # what has been counted is kept until the roll changes
        tree_on(TODAY, cast.bureau, levels=1)
    with django_assert_num_queries(8):
        roll_on(TODAY, cast.bureau)
    with django_assert_num_queries(6):  # a day gone by is counted
        tree_on(EVE, cast.bureau, levels=1)


def test_a_big_tree_is_shown_level_by_level_or_whole_in_pages(
    cast, monkeypatch, django_assert_num_queries
):
    def shown(body, **asked):
        page = tree_page(body, TODAY, **{"whole": False, "number": None} | asked)
        return page, [node.name for node in page.root.walk()]

    little, names = shown(cast.bureau)
    everything = [node.name for node in tree_on(TODAY, cast.bureau).walk()]
    assert little.whole and names == everything
    monkeypatch.setattr("zhengyou.people.queries.tree_page.LITTLE", 3)
    monkeypatch.setattr("zhengyou.people.queries.tree_page.CHILDREN", 1)
    monkeypatch.setattr("zhengyou.people.queries.tree_page.LINES", 4)
    with django_assert_num_queries(6):
        first, names = shown(cast.bureau)
    assert (names, first.rest) == (["澜阳县教育局党委", "育新小学党支部"], 1)
    assert [(node.people, node.bodies) for node in first.root.walk()] == [(15, 6), (9, 4)]
    assert shown(cast.bureau, number="2")[1] == ["澜阳县教育局党委", "南湖小学党支部"]
    pages = [shown(cast.bureau, whole=True, number=str(number))[1] for number in (1, 2)]
    # The second page says again what its bodies belong to.
    assert pages[0] == everything[:5] and pages[1][0] == everything[0]
    assert set(pages[1]) >= set(everything[5:])
    before = tree_page(cast.bureau, date(2000, 1, 1), whole=True, number=None)
    assert before.root is None and before.rest == 0
