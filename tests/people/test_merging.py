"""Bodies merged into one of them or into a new one: people, groups, posts, and every past day."""

from datetime import date, timedelta

import pytest
from tests.cast import ENROLLED, Cast

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import merging, people, succession, tree
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Kind, Membership, Organisation, Post, Role
from zhengyou.people.queries.roll import roll_on
from zhengyou.people.queries.tree import tree_on

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 16)
EVE = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _stand_in_october():
    with clock.at(TODAY):
        yield


def office(cast: Cast) -> Actor:
    return acting_as(cast.gu, Role.CAMPAIGN_OFFICE)


def names(day: date, body: Organisation) -> set[str]:
    return {line.person.name for line in roll_on(day, body)}


def outline(day: date, top: Organisation) -> list[tuple[str, int]]:
    root = tree_on(day, top)
    return [(node.name, node.people) for node in root.walk()] if root else []


def posts(day: date, body: Organisation) -> set[tuple[str, str]]:
    rows = Post.objects.on(day).filter(organisation=body)
    return {(row.person.name, row.title) for row in rows.select_related("person")}


def test_one_branch_takes_another_in(cast):
    before = outline(EVE, cast.bureau)
    old_posts = posts(EVE, cast.nanhu)
    done = merging.merge(office(cast), [cast.nanhu], into=cast.branch)
    assert names(TODAY, cast.branch) >= {"闻立诚", "许青禾", "沈若兰"}
    assert names(TODAY, cast.nanhu) == set()
    assert outline(EVE, cast.bureau) == before
    assert posts(EVE, cast.nanhu) == old_posts
    assert posts(TODAY, cast.nanhu) == set()
    cast.nanhu.refresh_from_db()
    assert cast.nanhu.closed_on == TODAY
    assert [(row.old, row.heir) for row in done.successions.all()] == [(cast.nanhu, cast.branch)]
    fact = Fact.objects.get(verb="organisation.merge")
    assert (fact.about_uid, fact.data["people"]) == (cast.branch.uid, 2)


def test_two_become_a_new_one_that_may_keep_a_name_and_posts(cast):
    kept = Post.objects.get(person=cast.shen, role=Role.SECRETARY)
    merging.merge(office(cast), [cast.branch, cast.nanhu], name="育新小学党支部", posts=[kept])
    heir = Organisation.objects.get(name="育新小学党支部", closed_on=None)
    assert heir.pk != cast.branch.pk
    assert len(names(TODAY, heir)) == 11
    assert posts(TODAY, heir) == {("沈若兰", "书记")}
    assert outline(TODAY, heir) == [
        ("育新小学党支部", 11), ("低段党小组", 4), ("高段党小组", 3), ("后勤党小组", 1),
        ("育新小学", 0),
    ]  # fmt: skip
    assert acting_as(cast.song, Role.GROUP_LEADER).hat  # posts below went along


def test_groups_of_one_name_need_another(cast):
    tree.found(office(cast), name="低段党小组", kind=Kind.PARTY_GROUP, parent=cast.nanhu)
    with pytest.raises(Refused, match="已经有“低段党小组”"):
        merging.merge(office(cast), [cast.nanhu], into=cast.branch)
    group = cast.nanhu.children.get()
    merging.merge(office(cast), [cast.nanhu], into=cast.branch, names={group: "南湖低段党小组"})
    group.refresh_from_db()
    assert (group.name, group.parent) == ("南湖低段党小组", cast.branch)


def test_who_belonged_to_both_belongs_once_and_longest(cast):
    union = [
        tree.found(office(cast), name=f"{name}工会", kind=Kind.UNION, parent=cast.bureau)
        for name in ("育新", "南湖")
    ]
    chief = acting_as(cast.qin, Role.SECRETARY)
    for body in union:
        people.enrol(chief, cast.song, body)
    people.release(chief, cast.song, union[1], on=TODAY + timedelta(days=9))
    merging.merge(office(cast), [union[0]], into=union[1])
    row = Membership.objects.held().get(person=cast.song, organisation=union[1])
    assert (row.since, row.until) == (TODAY, None)


@pytest.mark.parametrize(
    ("bodies", "into", "more", "reason"),
    [
        (["nanhu"], None, {"name": "联合支部"}, "至少要两个"),
        (["nanhu", "low"], "branch", {}, "同一类"),
        (["nanhu"], "village", {}, "上级"),
        (["branch", "nanhu"], None, {"name": ""}, "没有填组织名称"),
        (["nanhu"], "branch", {"on": ENROLLED - timedelta(days=9000)}, "上一次变动"),
        (["nanhu"], "branch", {"on": TODAY + timedelta(days=1)}, "还没到"),
    ],
)
def test_what_cannot_be_merged(cast, bodies, into, more, reason):
    with pytest.raises(Refused, match=reason):
        merging.merge(
            office(cast),
            [getattr(cast, name) for name in bodies],
            into=getattr(cast, into) if into else None,
            **more,
        )
    assert not Fact.objects.filter(verb="organisation.merge").exists()


def test_the_secretary_does_not_merge_the_own_branch_away(cast):
    with pytest.raises(Refused, match="上级"):
        merging.merge(acting_as(cast.shen, Role.SECRETARY), [cast.nanhu], into=cast.branch)


def test_a_new_body_under_one_of_two_parents(cast):
    chief = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    with pytest.raises(Refused, match="上级不同"):
        merging.merge(chief, [cast.nanhu, cast.village], name="联合党支部")
    merging.merge(chief, [cast.nanhu, cast.village], name="联合党支部", parent=cast.town)
    heir = Organisation.objects.get(name="联合党支部")
    assert (heir.parent, len(names(TODAY, heir))) == (cast.town, 4)


@pytest.mark.parametrize("how", ["into", "new", "split"])
def test_taken_back_it_is_as_if_it_had_not_been(cast, how):
    before = outline(TODAY, cast.county), posts(TODAY, cast.branch), posts(TODAY, cast.nanhu)
    if how == "split":
        rows = Membership.objects.on(TODAY).filter(organisation=cast.nanhu)
        into = {"甲支部": [rows[0].person], "乙支部": [rows[1].person]}
        tree.split(office(cast), [cast.nanhu], into)
        done = cast.nanhu.heirs.first().reorganisation
    elif how == "new":
        done = merging.merge(office(cast), [cast.branch, cast.nanhu], name="联合党支部")
    else:
        done = merging.merge(office(cast), [cast.nanhu], into=cast.branch)
    assert succession.hanging(done) == ""
    succession.undo(office(cast), done)
    assert (
        outline(TODAY, cast.county), posts(TODAY, cast.branch), posts(TODAY, cast.nanhu)
    ) == before  # fmt: skip
    assert not cast.nanhu.heirs.exists()
    with pytest.raises(Refused, match="已经撤销过"):
        succession.undo(office(cast), done)
    merging.merge(office(cast), [cast.branch, cast.nanhu], name="联合党支部")  # again, for good


@pytest.mark.parametrize(
    ("since", "reason"),
    [("moved on", "又有变动"), ("joined", "又有人进来"), ("signed", "以新组织的身份")],
)
def test_not_taken_back_where_something_hangs_on_it(cast, since, reason):
    done = merging.merge(office(cast), [cast.branch, cast.nanhu], name="联合党支部")
    heir = done.successions.first().heir
    if since == "moved on":
        people.transfer(office(cast), cast.song, heir, cast.bureau)
    elif since == "joined":
        appoint(office(cast), cast.wen, heir, Role.SECRETARY)
    else:
        lead = acting_as(cast.xu)
        from zhengyou.ledger import book

        with book.writing() as facts:
            facts.record("pledge.submit", by=lead, about=heir.ref)
    assert reason in succession.hanging(done)
    with pytest.raises(Refused, match=reason):
        succession.undo(office(cast), done)


def test_the_last_administrator_is_not_merged_away(cast):
    two = [
        tree.found(None, name=name, kind=Kind.PARTY_COMMITTEE, parent=cast.county)
        for name in ("甲党委", "乙党委")
    ]
    chief = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    appoint(None, cast.qin, two[0], Role.SYSTEM_ADMIN)
    Post.objects.filter(person=cast.zhuo).end(TODAY)
    with pytest.raises(Refused, match="最后一个系统管理员"):
        merging.merge(chief, [two[0]], into=two[1])
