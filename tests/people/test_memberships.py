"""Enrolling, transferring, releasing; standings, circumstances, posts; the record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import id_number

from zhengyou.kernel import clock, identity
from zhengyou.kernel.partial_dates import PartialDate, Precision, parse
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import people, posts, record, standings
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    CircumstanceKind,
    Kind,
    Leaving,
    Membership,
    Person,
    Placement,
    Post,
    Role,
    Standing,
    StandingKind,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 16)
LATER = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def _stand_in_october():
    with clock.at(TODAY):
        yield


@pytest.fixture
def office(cast):
    return acting_as(cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def secretary(cast):
    return acting_as(cast.shen, Role.SECRETARY)


# --- memberships ------------------------------------------------------------------------------


def test_a_new_person_is_enrolled_with_a_standing(cast, secretary):
    person = Person(name="闻 一多")
    people.enrol(secretary, person, cast.branch, standing=StandingKind.APPLICANT)
    assert (person.name, person.sort_key[:3]) == ("闻一多", "wen")
    assert person.bodies() == [cast.branch]
    assert person.standings.get().kind == StandingKind.APPLICANT
    fact = Fact.objects.get(verb="person.enrol", about_uid=person.uid)
    assert "闻一多" not in str(fact.data)
    assert "闻一多" in fact.payload


@pytest.mark.parametrize(
    ("person", "body", "reason"),
    [
        ("song", "nanhu", "宋知行已经在"),  # another branch
        ("song", "high", "宋知行已经在低段党小组"),  # a second group
        ("song", "branch", "宋知行已经在育新小学党支部"),  # the same one again
    ],
)
def test_overlapping_party_memberships_are_refused(cast, office, person, body, reason):
    with pytest.raises(Refused, match=reason):
        people.enrol(office, cast.persons[person], getattr(cast, body))


def test_other_families_do_not_collide(cast, office):
    people.enrol(office, cast.song, cast.school)
    assert {body.name for body in cast.song.bodies()} == {
        "育新小学党支部", "低段党小组", "育新小学",
    }  # fmt: skip
    with pytest.raises(Refused, match="已经在育新小学"):
        people.enrol(office, cast.song, cast.school)


def test_a_membership_yet_to_come_counts_too(cast, office):
    people.release(office, cast.song, cast.branch)
    people.enrol(office, cast.song, cast.nanhu, since=LATER)
    with pytest.raises(Refused, match="已经在南湖小学党支部"):
        people.enrol(office, cast.song, cast.branch)
    assert Membership.objects.on(TODAY).filter(person=cast.song).count() == 0
    assert Membership.objects.on(LATER).filter(person=cast.song).count() == 1


def test_nobody_is_enrolled_before_the_body_existed(cast, office):
    people.release(office, cast.song, cast.branch)
    with pytest.raises(Refused, match="2019-09-01 才成立"):
        people.enrol(office, cast.song, cast.nanhu, since=date(2019, 8, 31))


def test_a_transfer_ends_groups_and_posts_of_the_old_branch(cast, office):
    people.transfer(office, cast.song, cast.branch, cast.nanhu)
    assert cast.song.bodies() == [cast.nanhu]
    assert not Post.objects.on(TODAY).filter(person=cast.song).exists()
    old = Membership.objects.held().filter(person=cast.song, until=TODAY)
    assert {row.left_because for row in old} == {Leaving.MOVED}
    with pytest.raises(Refused, match="这一天不在育新小学党支部"):
        people.transfer(office, cast.song, cast.branch, cast.nanhu)


def test_from_group_to_group_the_branch_stays(cast, secretary):
    people.transfer(secretary, cast.song, cast.low, cast.high)
    assert cast.song.bodies() == [cast.branch, cast.high]


def test_a_transfer_that_would_leave_somebody_in_two_branches_is_undone(cast, office):
    with pytest.raises(Refused, match="宋知行已经在育新小学党支部"):
        people.transfer(office, cast.song, cast.low, cast.nanhu)
    assert cast.song.bodies() == [cast.branch, cast.low]


def test_a_transfer_over_two_secretaries_is_for_the_level_above(cast, secretary):
    with pytest.raises(Refused, match="南湖小学党支部的花名册不归您管"):
        people.transfer(secretary, cast.song, cast.branch, cast.nanhu)


def test_a_release_says_why_and_can_be_dated(cast, secretary):
    people.release(secretary, cast.he, cast.branch, LATER, Leaving.DIED)
    assert cast.he.bodies() == [cast.branch, cast.logistics]
    assert not Membership.objects.on(LATER).filter(person=cast.he).exists()
    assert {row.left_because for row in cast.he.memberships.all()} == {Leaving.DIED}
    assert Fact.objects.get(verb="person.release").data["because"] == "died"


def test_a_planned_transfer_is_not_lost_when_the_date_is_brought_forward(cast, office):
    people.transfer(office, cast.song, cast.branch, cast.nanhu, LATER)
    people.release(office, cast.song, cast.branch)
    assert Membership.objects.on(LATER).get(person=cast.song).organisation == cast.nanhu


@pytest.mark.parametrize("model", ["membership", "placement"])
def test_the_database_allows_one_open_row(cast, model):
    rows = {
        "membership": (Membership, {"person": cast.song, "organisation": cast.low}),
        "placement": (Placement, {"organisation": cast.low, "path": "00009"}),
    }
    table, fields = rows[model]
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.create(**fields, since=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.create(**fields, since=TODAY, until=TODAY - timedelta(days=1))


# --- standings --------------------------------------------------------------------------------


def spells(person):
    return [
        (row.kind, row.since.isoformat(), row.until.isoformat() if row.until else "")
        for row in Standing.objects.held().filter(person=person).order_by("since")
    ]


def test_becoming_a_full_member_ends_the_probation_and_fills_the_date(cast, secretary):
    standings.set_standing(secretary, cast.fang, StandingKind.FULL, parse("2026年10月12日"))
    assert spells(cast.fang) == [
        ("probationary", "2025-12-01", "2026-10-12"),
        ("full", "2026-10-12", ""),
    ]
    cast.fang.refresh_from_db()
    assert cast.fang.became_full == parse("2026-10-12")
    assert cast.fang.joined == PartialDate(date(2025, 12, 1), Precision.MONTH)
    with pytest.raises(Refused, match="已经是正式党员"):
        standings.set_standing(secretary, cast.fang, StandingKind.FULL)
    with pytest.raises(Refused, match="还没到"):
        standings.set_standing(secretary, cast.fang, StandingKind.MASSES, parse("2027"))


def test_standings_never_overlap_in_whatever_order_they_come(cast):
    person = cast.jiang
    change = standings.change_standing
    Standing.objects.filter(person=person).delete()
    change(person, StandingKind.FULL, date(2020, 7, 1))
    change(person, StandingKind.ACTIVIST, date(2017, 3, 1))
    change(person, StandingKind.PROBATIONARY, parse("2019.07"))
    change(person, StandingKind.DEVELOPMENT, date(2018, 3, 1))
    change(person, StandingKind.APPLICANT, date(2017, 3, 1))  # replaces the activist
    change(person, StandingKind.MASSES, date(2010, 1, 1), date(2012, 1, 1))
    assert spells(person) == [
        ("masses", "2010-01-01", "2012-01-01"),
        ("applicant", "2017-03-01", "2018-03-01"),
        ("development", "2018-03-01", "2019-07-01"),
        ("probationary", "2019-07-01", "2020-07-01"),
        ("full", "2020-07-01", ""),
    ]


# --- circumstances ----------------------------------------------------------------------------


def test_out_of_reach_and_back(cast, secretary):
    row = standings.note_circumstance(
        secretary, cast.he, CircumstanceKind.MOBILE, parse("2026.05"), "随子女住邻县"
    )
    with pytest.raises(Refused, match="从2026年5月起已经记为流动"):
        standings.note_circumstance(secretary, cast.he, CircumstanceKind.MOBILE)
    standings.note_circumstance(secretary, cast.he, CircumstanceKind.LOST)
    with pytest.raises(Refused, match="结束日期早于开始日期"):
        standings.end_circumstance(secretary, row, date(2026, 4, 30))
    standings.end_circumstance(secretary, row)
    with pytest.raises(Refused, match="已经结束了"):
        standings.end_circumstance(secretary, row)
    fact = Fact.objects.get(verb="person.circumstance", data__kind="mobile")
    assert "邻县" not in str(fact.data)


# --- posts ------------------------------------------------------------------------------------


def test_a_body_has_one_secretary_at_a_time(cast, office):
    with pytest.raises(Refused, match="育新小学党支部的书记现在是沈若兰"):
        posts.appoint(office, cast.zhou, cast.branch, Role.SECRETARY)
    posts.end_post(office, Post.objects.get(person=cast.shen), TODAY)
    posts.appoint(office, cast.zhou, cast.branch, Role.SECRETARY)
    assert Post.objects.on(TODAY).get(organisation=cast.branch, role=Role.SECRETARY).person == (
        cast.zhou
    )
    with pytest.raises(Refused, match="周启明已经是育新小学党支部书记"):
        posts.appoint(office, cast.zhou, cast.branch, Role.SECRETARY)


@pytest.mark.parametrize(
    ("body", "role", "reason"),
    [
        ("low", Role.SECRETARY, "党小组没有“书记”这个职务"),
        ("branch", Role.SEAT_HEAD, "党支部没有“组长”这个职务"),
        ("school", Role.SECRETARY, "学校没有“书记”这个职务"),
    ],
)
def test_posts_that_a_kind_of_body_does_not_have(cast, body, role, reason):
    admin = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    with pytest.raises(Refused, match=reason):
        posts.appoint(admin, cast.wei, getattr(cast, body), role)


def test_a_leading_group_has_seats_and_may_have_two_heads(cast, office):
    from zhengyou.people.actions import tree

    group = tree.found(office, name="创先争优领导小组", kind=Kind.LEADING_GROUP, parent=cast.bureau)
    posts.appoint(office, cast.qin, group, Role.SEAT_HEAD)
    posts.appoint(office, cast.shen, group, Role.SEAT_HEAD, duty="抓总")
    assert group.posts.on(TODAY).count() == 2
    tree.close(office, group)
    assert group.posts.on(TODAY).count() == 0


def test_when_a_post_ends(cast, office):
    post = Post.objects.get(person=cast.shen)
    with pytest.raises(Refused, match="早于任职日期（2026-01-01）"):
        posts.end_post(office, post, date(2025, 12, 31))
    posts.end_post(office, post, LATER)
    assert acting_as(cast.shen, Role.SECRETARY)
    posts.end_post(office, post)  # brought forward
    assert post.until == TODAY
    with pytest.raises(Refused, match="2026-10-16 已经免去"):
        posts.end_post(office, post, LATER)
    with pytest.raises(LookupError):
        acting_as(cast.shen, Role.SECRETARY)


def test_the_last_administrator_stays_until_there_is_another(cast):
    admin = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    with pytest.raises(Refused, match="最后一个系统管理员"):
        posts.end_post(admin, Post.objects.get(person=cast.zhuo))
    posts.appoint(admin, cast.gu, cast.county, Role.SYSTEM_ADMIN)
    posts.end_post(admin, Post.objects.get(person=cast.zhuo))


def test_a_closed_body_gives_no_posts(cast, office):
    from zhengyou.people.actions import tree

    group = tree.found(office, name="空组", kind=Kind.PARTY_GROUP, parent=cast.branch)
    tree.close(office, group)
    with pytest.raises(Refused, match="已经撤销"):
        posts.appoint(office, cast.he, group, Role.GROUP_LEADER)


# --- the record -------------------------------------------------------------------------------


def test_what_was_amended_is_a_fact_without_what_stood_there(cast, secretary):
    changed = record.amend(
        secretary, cast.song, {"name": "宋知行", "work": "教导主任", "phone": "13900002222"}
    )
    assert changed == ["work", "phone"]
    assert cast.song.masked_phone == "139****2222"
    fact = Fact.objects.get(verb="person.amend")
    assert fact.data == {"fields": ["work", "phone"]}
    assert "13900002222" not in f"{fact.data}{fact.payload}"
    assert record.amend(secretary, cast.song, {"work": "教导主任"}) == []
    assert Fact.objects.filter(verb="person.amend").count() == 1


def test_an_id_number_belongs_to_one_person(cast, secretary):
    other = identity.unseal(cast.wen.id_sealed)
    with pytest.raises(Refused, match="已经登记在册"):
        record.amend(secretary, cast.song, {"id_number": other})
    draft = Person(name="某人")
    draft.write_id_number(other)
    with pytest.raises(Refused, match="已经登记在册"):
        people.enrol(secretary, draft, cast.branch)


def test_looking_at_a_number_is_a_fact(cast, secretary):
    numbers = record.reveal_numbers(secretary, cast.he)
    assert numbers.id_number == id_number(date(1963, 3, 8), 23)
    fact = Fact.objects.get(verb="person.view_numbers")
    assert (fact.about_uid, fact.actor) == (cast.he.uid, str(cast.shen.uid))
    with pytest.raises(Refused, match="本人和管花名册的人"):
        record.reveal_numbers(acting_as(cast.song, Role.GROUP_LEADER), cast.fang)
    assert Fact.objects.filter(verb="person.view_numbers").count() == 1


def test_who_comes_back_is_known_by_the_id_number(cast, secretary, office):
    people.release(office, cast.xu, cast.nanhu, because=Leaving.AWAY)
    draft = Person(name="许青禾")
    draft.write_id_number(identity.unseal(cast.xu.id_sealed))
    row = record.admit(secretary, draft, cast.branch, standing=StandingKind.FULL, since=TODAY)
    assert row.person == cast.xu
    assert spells(cast.xu) == [("full", "2016-06-01", "")]


def test_a_stranger_is_not_taken_up_by_a_mistyped_number(cast, secretary, office):
    draft = Person(name="许青和")
    draft.write_id_number(identity.unseal(cast.xu.id_sealed))
    with pytest.raises(Refused, match="已经登记在册"):  # another name
        record.admit(secretary, draft, cast.branch, standing=StandingKind.FULL, since=TODAY)
    draft.name = "许青禾"
    with pytest.raises(Refused, match="已经登记在册"):  # on another roll
        record.admit(secretary, draft, cast.branch, standing=StandingKind.FULL, since=TODAY)


def test_numbers_are_sealed_in_the_table_and_masked_in_lists(cast):
    row = Person.objects.values().get(pk=cast.he.pk)
    assert id_number(date(1963, 3, 8), 23) not in str(row)
    assert cast.he.masked_id_number.startswith("330***")
    assert Person.objects.get(
        id_lookup=identity.lookup(" " + id_number(date(1963, 3, 8), 23), "id")
    )


@pytest.mark.parametrize("role", [Role.DEPUTY_SECRETARY, Role.SECRETARY, Role.SYSTEM_ADMIN])
def test_nobody_appoints_himself_to_what_gives_power(cast, role):
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with pytest.raises(Refused, match=f"不能任命自己当{role.label}"):
        posts.appoint(office, cast.gu, cast.nanhu, role)
    posts.appoint(office, cast.gu, cast.nanhu, Role.RECORDER)  # a chore is another thing
