"""Who sees, writes and reviews: the truth tables of ``pledges.rules``."""

import pytest
from tests.pledges.conftest import YES

from zhengyou.campaigns.models import CampaignState
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.people.actions.people import end_post
from zhengyou.people.actor import ANONYMOUS
from zhengyou.people.models import Post, Role
from zhengyou.pledges import rules
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.reviewing import Ticks, send_results
from zhengyou.pledges.models import Pledge, PledgeItem

pytestmark = pytest.mark.django_db

S, D, C, R = Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER, Role.RECORDER
OFFICE, INSPECTOR, ADMIN, LEADER = (
    Role.CAMPAIGN_OFFICE,
    Role.INSPECTOR,
    Role.SYSTEM_ADMIN,
    Role.GROUP_LEADER,
)

# who, hat → reviews: the pledge of 宋知行 (a member), of 沈若兰 (the secretary), of 周启明 (the
# deputy), of the branch itself
REVIEWS = [
    ("shen", S, "song zhou"),  # the reviewer; not her own, and the branch's she sent in herself
    ("shen", None, ""),  # the same person without the hat
    ("zhou", D, "shen"),  # stands in for the secretary's own pledge only
    ("su", C, ""),
    ("tian", R, ""),
    ("song", None, ""),
    ("song", LEADER, ""),
    ("qin", S, "shen branch"),  # above: the branch's own, and where the reviewer is concerned
    ("gu", OFFICE, "shen branch"),
    ("yin", INSPECTOR, ""),
    ("zhuo", ADMIN, ""),
    ("wen", S, ""),  # next door
    ("bai", S, ""),
]


@pytest.mark.parametrize(("who", "hat", "which"), REVIEWS)
def test_who_reviews_what(world, who, hat, which) -> None:
    pledges = {one: world.submitted(one) for one in ("song", "shen", "zhou")}
    pledges["branch"] = world.of_branch()
    writing.submit(world.secretary, pledges["branch"])
    actor = world.actor(who, hat)

    allowed = {
        name
        for name, pledge in pledges.items()
        if rules.may_review(actor, Pledge.objects.get(pk=pledge.pk))
    }
    listed = set(Pledge.objects.filter(rules.reviewable_pledges(actor)))

    assert allowed == set(which.split())
    assert listed == {pledges[name] for name in allowed}, "the list and the verdict agree"


def test_an_empty_post_is_stood_in_for(world) -> None:
    pledge = world.submitted("song")
    assert not rules.may_review(world.actor("zhou", D), pledge)

    end_post(world.actor("qin", S), Post.objects.get(person=world.cast.shen, role=S))

    assert rules.may_review(world.actor("zhou", D), pledge)
    assert rules.may_review(world.actor("gu", OFFICE), pledge)
    assert not rules.may_review(world.actor("su", C), pledge), "somebody is above"


def test_where_nobody_is_above_the_committee_reviews(world) -> None:
    """A school alone on its machine: its branch is the root of the tree."""
    Post.objects.filter(person__in=[world.cast.qin, world.cast.gu]).delete()
    Post.objects.filter(person=world.cast.zhou).delete()
    own, member = world.submitted("shen"), world.submitted("song")
    branch = world.of_branch()
    writing.submit(world.secretary, branch)
    branch.refresh_from_db()
    committee = world.actor("su", C)

    assert rules.may_review(committee, own)
    assert rules.may_review(committee, branch)
    assert not rules.may_review(committee, member), "the secretary is there for that"
    assert "您送审的" in rules.may_review(world.secretary, branch).reason


def test_nobody_reviews_the_own_pledge_and_it_says_why(world) -> None:
    assert (
        "自己的承诺不能自己审" in rules.may_review(world.secretary, world.submitted("shen")).reason
    )


# who, hat → begins the pledge of: oneself, 贺建国 (an old member), the branch
BEGINS = [
    ("song", None, "own"),
    ("fang", None, "own"),  # probationary
    ("jiang", None, ""),  # an activist is not asked
    ("shen", S, "own branch"),
    ("zhou", D, "own branch"),
    ("su", C, "own"),
    ("tian", R, "own he branch"),  # 代录
    ("tian", None, "own"),  # only with the recorder's hat
    ("qin", S, ""),  # the committee is not covered, and above nobody writes for others
    ("gu", OFFICE, ""),
    ("wen", S, "own"),  # his own, in his own branch
]


@pytest.mark.parametrize(("who", "hat", "whose"), BEGINS)
def test_who_begins_what(world, who, hat, whose) -> None:
    actor, person = world.actor(who, hat), world.cast.persons[who]
    cases = {
        "own": (world.home(who), person),
        "he": (world.cast.branch, world.cast.he),
        "branch": (world.cast.branch, None),
    }

    allowed = {
        name
        for name, (body, person) in cases.items()
        if rules.may_begin(actor, world.campaign, body, person)
    }

    assert allowed == set(whose.split())


# who, hat → may write on in: a pledge that 宋知行 wrote, one that was 代录 for 贺建国, the branch's
WRITES = [
    ("song", None, "song"),
    ("he", None, "he"),
    ("tian", R, "he branch"),  # never in what somebody wrote alone
    ("shen", S, "branch"),
    ("zhou", D, "branch"),
    ("su", C, ""),
    ("gu", OFFICE, ""),
]


@pytest.mark.parametrize(("who", "hat", "which"), WRITES)
def test_who_writes_on(world, who, hat, which) -> None:
    pledges = {
        "song": world.drafted("song"),
        "he": world.drafted("he", world.recorder),
        "branch": world.of_branch(),
    }
    actor = world.actor(who, hat)

    assert {name for name, one in pledges.items() if rules.may_write(actor, one)} == set(
        which.split()
    )


def test_beginning_needs_a_phase_a_covered_body_and_no_pledge_yet(world) -> None:
    song, branch = world.actor("song"), world.cast.branch
    begin = rules.may_begin
    with clock.at(world.campaign.starts_on):
        assert "作出承诺" in begin(song, world.campaign, branch, world.cast.song).reason
    assert "不在" in begin(song, world.campaign, world.cast.low, world.cast.song).reason

    world.drafted("song")
    assert "已经有一份" in begin(song, world.campaign, branch, world.cast.song).reason

    world.campaign.state = CampaignState.CLOSED
    assert "已结束" in begin(world.actor("fang"), world.campaign, branch, world.cast.fang).reason


# who, hat → the items of a pledge of 宋知行 that exist: d raft, s ubmitted, r eturned, p ublished
SEES = [
    ("song", None, "drsp"),
    ("shen", S, "rsp"),  # a draft is nobody else's business
    ("zhou", D, "rsp"),
    ("su", C, "rsp"),
    ("tian", R, "p"),  # 宋知行 wrote it alone
    ("gu", OFFICE, "sp"),  # above: what waits or is public; what was returned stays in the branch
    ("yin", INSPECTOR, "sp"),
    ("zhuo", ADMIN, "p"),
    ("wei", LEADER, "p"),
    ("fang", None, "p"),
    ("wen", S, "p"),
    (None, None, "p"),  # the public
]


@pytest.mark.parametrize(("who", "hat", "which"), SEES)
def test_who_sees_which_items(world, who, hat, which) -> None:
    _one_of_each(world)
    actor = world.actor(who, hat) if who else ANONYMOUS

    seen = PledgeItem.objects.filter(rules.visible_items(actor))

    assert "".join(sorted(item.state[0] for item in seen)) == "".join(sorted(which))


def _one_of_each(world) -> Pledge:
    """One item in each state, and one withdrawn that nobody sees but who wrote it."""
    pledge = world.submitted("song", kinds="common post deed deed")
    first, second, *rest = pledge.items.order_by("number")
    said = {first.uid: YES, second.uid: Ticks(True, False, True, "请写上数目。")}
    for item in rest:
        writing.take_back(world.actor("song"), item)
    send_results(world.secretary, pledge, said)
    third, fourth = rest
    PledgeItem.objects.filter(pk=third.pk).update(state=ClimbState.SUBMITTED)
    assert {first.pk, fourth.pk} <= set(pledge.items.values_list("pk", flat=True))
    return pledge


@pytest.mark.parametrize(
    ("who", "hat", "inside", "reasons"),
    [
        ("song", None, True, True),
        ("shen", S, True, True),
        ("su", C, True, True),
        ("tian", R, True, False),
        ("gu", OFFICE, True, False),
        ("yin", INSPECTOR, True, False),
        ("zhuo", ADMIN, False, False),
        ("fang", None, False, False),
        ("wen", S, False, False),
    ],
)
def test_who_sees_a_pledge_from_within_and_why_it_came_back(
    world, who, hat, inside, reasons
) -> None:
    pledge, actor = world.submitted("song"), world.actor(who, hat)

    assert bool(rules.may_see_inside(actor, pledge)) is inside
    assert Pledge.objects.filter(rules.inside_pledges(actor)).exists() is inside
    assert bool(rules.may_see_reasons(actor, pledge)) is reasons


@pytest.mark.parametrize(
    ("who", "hat", "sees_list", "sees_missing"),
    [
        ("shen", S, True, True),
        ("su", C, True, True),
        ("tian", R, True, True),
        ("gu", OFFICE, True, False),  # the number, not the names
        ("yin", INSPECTOR, True, False),
        ("song", None, False, False),
        ("wen", S, False, False),
    ],
)
def test_who_sees_who_has_not_pledged(world, who, hat, sees_list, sees_missing) -> None:
    actor = world.actor(who, hat)

    assert bool(rules.may_see_list(actor, world.cast.branch)) is sees_list
    assert bool(rules.may_see_missing(actor, world.cast.branch)) is sees_missing


def test_a_public_promise_goes_only_with_the_reviewers_word(world) -> None:
    item = world.published("song").items.first()

    assert "写明理由" in rules.may_withdraw(world.actor("song"), item).reason
    assert rules.may_withdraw(world.secretary, item)
    assert not rules.may_edit_item(world.actor("song"), item)


@pytest.mark.parametrize(
    ("who", "hat", "may"),
    [("song", None, True), ("tian", R, True), ("shen", S, False), ("gu", OFFICE, False)],
)
def test_who_notes_progress(world, who, hat, may) -> None:
    from tests.pledges.conftest import DOING

    item = world.published("song").items.first()
    with clock.at(DOING):
        assert bool(rules.may_note(world.actor(who, hat), item)) is may


def test_progress_needs_a_public_item_and_a_phase(world) -> None:
    song = world.actor("song")
    waiting = world.submitted("song").items.first()

    assert "公开以后" in rules.may_note(song, waiting).reason
    public = world.published("su").items.first()
    assert "公布进展" in rules.may_note(world.actor("su"), public).reason  # it is still April


@pytest.mark.parametrize(
    ("who", "hat", "may"),
    [("he", None, True), ("shen", S, True), ("tian", R, True), ("su", C, False)],
)
def test_who_notes_down_an_exemption(world, who, hat, may) -> None:
    actor = world.actor(who, hat)
    verdict = rules.may_exempt(actor, world.campaign, world.cast.branch, world.cast.he)

    assert bool(verdict) is may
