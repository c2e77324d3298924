"""Who may do what, as truth tables over the named cast.

Columns are people in a hat; a 1 means yes. Rows not listed are refused.
"""

from datetime import date

import pytest

from zhengyou.kernel import clock
from zhengyou.people import rules
from zhengyou.people.actor import ANONYMOUS, acting_as, actor_for
from zhengyou.people.models import Organisation, Person, Role

pytestmark = pytest.mark.django_db

HATS = {
    "admin": ("zhuo", Role.SYSTEM_ADMIN),
    "committee": ("qin", Role.SECRETARY),
    "office": ("gu", Role.CAMPAIGN_OFFICE),
    "inspector": ("yin", Role.INSPECTOR),
    "secretary": ("shen", Role.SECRETARY),
    "deputy": ("zhou", Role.DEPUTY_SECRETARY),
    "organiser": ("su", Role.COMMITTEE_MEMBER),
    "recorder": ("tian", Role.RECORDER),
    "leader": ("song", Role.GROUP_LEADER),
    "member": ("fang", None),
    "neighbour": ("wen", Role.SECRETARY),
    "village": ("bai", Role.SECRETARY),
}


@pytest.fixture(autouse=True)
def _stand_in_october():
    with clock.at(date(2026, 10, 16)):
        yield


@pytest.fixture
def actors(cast):
    worn = {key: acting_as(cast.persons[who], role) for key, (who, role) in HATS.items()}
    return {**worn, "public": ANONYMOUS}


def yes(actors, rule):
    """Return who is answered with a yes; every no carries a reason that ends as a sentence."""
    answers = {key: rule(actor) for key, actor in actors.items()}
    assert all(answer.reason.endswith("。") for answer in answers.values() if not answer)
    return {key for key, answer in answers.items() if answer}


ABOVE = {"admin", "committee", "office"}
OVERSEE = {*ABOVE, "inspector", "secretary", "deputy", "organiser", "recorder"}


@pytest.mark.parametrize(
    ("rule", "body", "expected"),
    [
        (rules.may_see_organisation, "branch", {*OVERSEE, "leader", "member"}),
        (rules.may_see_organisation, "high", {*OVERSEE, "leader", "member"}),
        (rules.may_see_organisation, "bureau", {*OVERSEE, "leader", "member", "neighbour"}),
        (rules.may_see_organisation, "county", set(HATS)),
        (rules.may_see_organisation, "nanhu", {*ABOVE, "inspector", "neighbour"}),
        (rules.may_see_organisation, "village", {"admin", "village"}),
        (rules.may_see_roll, "branch", OVERSEE),
        (rules.may_see_roll, "low", {*OVERSEE, "leader"}),
        (rules.may_see_roll, "high", OVERSEE),
        (rules.may_see_roll, "nanhu", {*ABOVE, "inspector", "neighbour"}),
        (rules.may_keep_roll, "branch", {*ABOVE, "secretary", "deputy", "organiser"}),
        (rules.may_keep_roll, "low", {*ABOVE, "secretary", "deputy", "organiser"}),
        (rules.may_keep_roll, "nanhu", {*ABOVE, "neighbour"}),
        (rules.may_shape_tree, "branch", {*ABOVE, "secretary", "deputy"}),
        (rules.may_shape_tree, "bureau", ABOVE),
        (rules.may_shape_tree, "county", {"admin"}),
        (rules.may_change_body, "branch", ABOVE),
        (rules.may_change_body, "low", {*ABOVE, "secretary", "deputy"}),
        (rules.may_change_body, "bureau", {"admin"}),
        (rules.may_change_body, "county", {"admin"}),
    ],
)
def test_organisations(cast, actors, rule, body, expected):
    assert yes(actors, lambda actor: rule(actor, getattr(cast, body))) == expected


def test_a_closed_body_is_seen_and_not_changed(cast, actors):
    Organisation.objects.filter(pk=cast.logistics.pk).update(closed_on=clock.today())
    cast.logistics.refresh_from_db()
    assert yes(actors, lambda actor: rules.may_see_roll(actor, cast.logistics)) == OVERSEE
    for rule in (rules.may_keep_roll, rules.may_shape_tree, rules.may_change_body):
        assert yes(actors, lambda actor, rule=rule: rule(actor, cast.logistics)) == set()


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("low", "high", {*ABOVE, "secretary", "deputy", "organiser"}),
        ("branch", "nanhu", ABOVE),
        ("branch", "village", {"admin"}),
    ],
)
def test_transfers_need_both_rolls(cast, actors, source, target, expected):
    here, there = getattr(cast, source), getattr(cast, target)
    assert yes(actors, lambda actor: rules.may_transfer(actor, here, there)) == expected


@pytest.mark.parametrize(
    ("body", "target", "expected"),
    [
        ("low", "nanhu", ABOVE),
        ("branch", "town", {"admin"}),
        ("branch", "bureau", set()),  # stands there already
        ("bureau", "branch", set()),  # under itself
    ],
)
def test_moves_need_both_places(cast, actors, body, target, expected):
    here, there = getattr(cast, body), getattr(cast, target)
    assert yes(actors, lambda actor: rules.may_move(actor, here, there)) == expected


@pytest.mark.parametrize(
    ("body", "role", "expected"),
    [
        ("branch", Role.SECRETARY, ABOVE),
        ("branch", Role.DEPUTY_SECRETARY, {*ABOVE, "secretary", "deputy"}),
        ("branch", Role.COMMITTEE_MEMBER, {*ABOVE, "secretary", "deputy"}),
        ("branch", Role.RECORDER, {*ABOVE, "secretary", "deputy"}),
        ("branch", Role.INSPECTOR, ABOVE),  # a branch does not inspect itself
        ("branch", Role.CAMPAIGN_OFFICE, ABOVE),
        ("branch", Role.SYSTEM_ADMIN, ABOVE),
        ("low", Role.GROUP_LEADER, {*ABOVE, "secretary", "deputy"}),
        ("bureau", Role.SECRETARY, {"admin"}),
        ("bureau", Role.INSPECTOR, {"admin", "committee"}),
        ("bureau", Role.CAMPAIGN_OFFICE, {"admin", "committee"}),
        ("county", Role.SYSTEM_ADMIN, {"admin"}),
    ],
)
def test_appointments(cast, actors, body, role, expected):
    organisation = getattr(cast, body)
    assert yes(actors, lambda actor: rules.may_appoint(actor, organisation, role)) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (rules.may_see_person_record, {*OVERSEE, "leader"}),
        (rules.may_see_full_numbers, {*ABOVE, "secretary", "deputy", "organiser", "leader"}),
    ],
)
def test_a_members_record(cast, actors, rule, expected):
    """宋知行: he leads 低段党小组, so the column 'leader' is himself."""
    bodies = cast.song.bodies()
    assert yes(actors, lambda actor: rule(actor, cast.song, bodies)) == expected


def test_a_group_leader_sees_the_record_of_the_group_not_the_numbers(cast, actors):
    bodies = cast.fang.bodies()
    assert rules.may_see_person_record(actors["leader"], cast.fang, bodies)
    assert not rules.may_see_full_numbers(actors["leader"], cast.fang, bodies)
    assert rules.may_see_full_numbers(actors["member"], cast.fang, bodies)  # herself
    assert not rules.may_see_person_record(actors["leader"], cast.wei, cast.wei.bodies())


@pytest.mark.parametrize("rule", [rules.may_amend, rules.may_close_account])
def test_who_keeps_the_record(cast, actors, rule):
    keepers = {*ABOVE, "secretary", "deputy", "organiser"}
    assert yes(actors, lambda actor: rule(actor, cast.song.bodies())) == keepers
    assert yes(actors, lambda actor: rule(actor, [])) == set()


# --- what exists for whom ---------------------------------------------------------------------


def names(model, condition):
    return {row.name for row in model.objects.filter(condition)}


OWN = {"澜阳县委", "澜阳县教育局党委", "育新小学党支部", "育新小学", "低段党小组", "高段党小组",
       "后勤党小组"}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("admin", {*OWN, "南湖小学党支部", "石桥镇党委", "石桥村党支部"}),
        ("office", {*OWN, "南湖小学党支部"}),
        ("inspector", {*OWN, "南湖小学党支部"}),
        ("secretary", OWN),
        ("member", OWN),
        ("neighbour", {"澜阳县委", "澜阳县教育局党委", "南湖小学党支部"}),
        ("village", {"澜阳县委", "石桥镇党委", "石桥村党支部"}),
        ("public", set()),
    ],
)
def test_which_organisations_exist(actors, cast, who, expected):
    seen = names(Organisation, rules.visible_organisations(actors[who]))
    assert seen == expected
    for body in Organisation.objects.all():  # The rule and the condition agree.
        assert bool(rules.may_see_organisation(actors[who], body)) == (body.name in seen)


def test_which_persons_exist(cast, actors):
    branch = {"沈若兰", "周启明", "苏映雪", "田雨禾", "宋知行", "魏长青", "贺建国", "方晓岚",
              "江一帆"}  # fmt: skip
    everyone = {person.name for person in cast.persons.values()}
    expected = {
        "admin": everyone,
        "office": everyone - {"柏长林", "陶满仓"},
        "secretary": branch,
        "member": branch,
        "neighbour": {"闻立诚", "许青禾"},
        "village": {"柏长林", "陶满仓"},
        "public": set(),
    }
    for who, people in expected.items():
        assert names(Person, rules.visible_persons(actors[who])) == people, who


def test_who_was_released_stays_in_reach_of_the_old_body_until_taken_up_elsewhere(cast, actors):
    from zhengyou.people.actions.people import enrol, release

    release(actors["secretary"], cast.song, cast.branch)
    assert "宋知行" in names(Person, rules.visible_persons(actors["secretary"]))
    assert "宋知行" not in names(Person, rules.visible_persons(actors["member"]))
    assert rules.may_amend(actors["secretary"], cast.song.bodies())
    enrol(actors["village"], cast.song, cast.village)
    assert "宋知行" not in names(Person, rules.visible_persons(actors["secretary"]))
    assert not rules.may_amend(actors["secretary"], cast.song.bodies())


# --- hats -------------------------------------------------------------------------------------


def test_rights_follow_the_hat_that_is_worn(cast):
    plain = acting_as(cast.shen)
    assert plain.hat.title == "育新小学党支部成员"
    assert not rules.may_keep_roll(plain, cast.branch)
    assert [hat.title for hat in plain.hats] == [
        "育新小学党支部书记", "育新小学党支部成员", "低段党小组成员",
    ]  # fmt: skip
    with pytest.raises(LookupError):
        acting_as(cast.shen, Role.INSPECTOR)


def test_without_a_choice_the_first_post_is_worn_and_an_unknown_one_is_ignored(cast):
    from tests.cast import account_of

    account = account_of(cast.shen)
    assert actor_for(account).hat.role == Role.SECRETARY
    assert actor_for(account, "no such hat").hat.role == Role.SECRETARY
    last = actor_for(account).hats[-1]
    assert actor_for(account, str(last.uid)).hat == last


def test_a_post_ends_and_its_rights_with_it(cast):
    from tests.cast import account_of

    from zhengyou.people.actions.people import end_post

    account = account_of(cast.shen)
    assert rules.may_keep_roll(actor_for(account), cast.branch)
    post = cast.shen.posts.get()
    end_post(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), post)
    assert not rules.may_keep_roll(actor_for(account), cast.branch)


def test_membership_lines_of_the_actor(cast):
    actor = acting_as(cast.song, Role.GROUP_LEADER)
    assert actor.belongs_to(cast.branch.path)
    assert actor.belongs_to(cast.county.path)
    assert not actor.belongs_to(cast.high.path)
    assert actor.holds(cast.low.path, [Role.GROUP_LEADER])
    assert actor.holds_at(cast.low.path, [Role.GROUP_LEADER])
    assert not actor.holds_above(cast.low.path, [Role.GROUP_LEADER])
    assert actor.is_person(cast.song)
    assert not actor.is_person(cast.wei)
    assert not ANONYMOUS.is_person(None)
