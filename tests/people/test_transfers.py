"""组织关系转接: proposed by the sender, accepted by the receiver, or both at once from above."""

from datetime import date, timedelta

import pytest
from tests.cast import Cast

from zhengyou.kernel import clock
from zhengyou.kernel.partial_dates import parse
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import people, transfers
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actions.standings import note_circumstance
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import (
    CircumstanceKind,
    Kind,
    Membership,
    Organisation,
    Post,
    Role,
    Standing,
    Transfer,
    TransferState,
)
from zhengyou.people.queries import transfers as queries
from zhengyou.people.queries.roll import roll_on

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 16)
LATER = TODAY + timedelta(days=20)


@pytest.fixture(autouse=True)
def _stand_in_october():
    with clock.at(TODAY):
        yield


@pytest.fixture
def shen(cast: Cast) -> Actor:
    return acting_as(cast.shen, Role.SECRETARY)


@pytest.fixture
def wen(cast: Cast) -> Actor:
    return acting_as(cast.wen, Role.SECRETARY)


def office(cast: Cast) -> Actor:
    return acting_as(cast.gu, Role.CAMPAIGN_OFFICE)


def names(day: date, body: Organisation) -> set[str]:
    return {line.person.name for line in roll_on(day, body)}


def test_nothing_changes_before_the_receiver_accepts(cast, shen, wen):
    note_circumstance(shen, cast.song, CircumstanceKind.MOBILE, parse("2026.03"))
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song, cast.fang], on=TODAY)
    assert row.state == TransferState.PROPOSED
    assert {"宋知行", "方晓岚"} <= names(TODAY, cast.branch)
    transfers.accept(wen, row)
    assert {"宋知行", "方晓岚"} <= names(TODAY, cast.nanhu)
    assert not {"宋知行", "方晓岚"} & names(TODAY, cast.branch)
    assert {"宋知行", "方晓岚"} <= names(TODAY - timedelta(days=1), cast.branch)
    assert not Post.objects.on(TODAY).filter(person=cast.song).exists()  # 低段党小组组长
    assert Standing.objects.on(TODAY).get(person=cast.fang).kind == "probationary"
    line = next(row for row in roll_on(TODAY, cast.nanhu) if row.person == cast.song)
    assert line.circumstances == ["流动"]
    verbs = Fact.objects.filter(about_uid=row.uid).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["transfer.propose", "transfer.accept"]


def test_accepted_before_its_day_it_waits_for_it(cast, shen, wen):
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song], on=LATER)
    transfers.accept(wen, row)
    for day, body in ((TODAY, cast.branch), (LATER, cast.nanhu)):
        assert "宋知行" in names(day, body)
    assert "宋知行" not in names(LATER, cast.branch)
    assert "宋知行" not in names(LATER - timedelta(days=1), cast.nanhu)


def test_who_keeps_both_rolls_does_both_at_once(cast):
    row = transfers.propose(office(cast), cast.branch, cast.nanhu, [cast.song], note="教师交流")
    assert (row.state, row.answered_by) == (TransferState.ACCEPTED, cast.gu)
    assert "宋知行" in names(TODAY, cast.nanhu)


def test_returned_with_a_reason_and_withdrawn(cast, shen, wen):
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song])
    with pytest.raises(Refused, match="没有写为什么"):
        transfers.send_back(wen, row, " ")
    transfers.send_back(wen, row, "介绍信还没到")
    assert (row.state, row.reason) == (TransferState.RETURNED, "介绍信还没到")
    with pytest.raises(Refused, match="已退回"):
        transfers.accept(wen, row)
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song])
    stale = Transfer.objects.select_related("source", "target").get(pk=row.pk)
    transfers.withdraw(shen, row)
    with pytest.raises(Stale):
        transfers.send_back(wen, stale, "太晚了")
    assert "宋知行" in names(TODAY, cast.branch)


def may(rule, *args):
    return bool(rule(*args))


def test_who_may_what(cast, shen, wen):
    from zhengyou.people import rules

    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song])
    actors = {
        "office": office(cast), "shen": shen, "wen": wen,
        "su": acting_as(cast.su, Role.COMMITTEE_MEMBER),
        "tian": acting_as(cast.tian, Role.RECORDER),
        "song": acting_as(cast.song), "bai": acting_as(cast.bai, Role.SECRETARY),
    }  # fmt: skip
    table = {
        "propose": lambda actor: rules.may_propose_transfer(actor, cast.branch),
        "accept": lambda actor: rules.may_accept_transfer(actor, row),
        "return": lambda actor: rules.may_return_transfer(actor, row),
        "withdraw": lambda actor: rules.may_withdraw_transfer(actor, row),
        "see": lambda actor: Transfer.objects.filter(rules.visible_transfers(actor)).exists(),
    }
    allowed = {verb: {who for who in actors if rule(actors[who])} for verb, rule in table.items()}
    assert allowed == {
        "propose": {"office", "shen", "su"},
        "accept": {"office", "wen"},
        "return": {"office", "wen"},
        "withdraw": {"office", "shen", "su"},
        "see": {"office", "shen", "wen", "su"},
    }


@pytest.mark.parametrize(
    ("target", "who", "on", "reason"),
    [
        ("nanhu", [], TODAY, "没有选要转的人"),
        ("nanhu", ["xu"], TODAY, "不在育新小学党支部"),
        ("branch", ["song"], TODAY, "另一个同类"),
        ("school", ["song"], TODAY, "另一个同类"),
        ("nanhu", ["song"], date(2027, 10, 17), "太远了"),
        ("nanhu", ["shen"], TODAY, "沈若兰任育新小学党支部书记，请任免这个职务的上级"),
    ],
)
def test_what_is_refused_before_it_sets_out(cast, shen, target, who, on, reason):
    with pytest.raises(Refused, match=reason):
        transfers.propose(
            shen, cast.branch, getattr(cast, target), [cast.persons[name] for name in who], on=on
        )
    assert not Transfer.objects.exists()


def test_nobody_is_on_two_ways_at_once(cast, shen):
    transfers.propose(shen, cast.branch, cast.nanhu, [cast.song])
    with pytest.raises(Refused, match="宋知行已经在转接"):
        transfers.propose(shen, cast.branch, cast.village, [cast.fang, cast.song])


def test_accepting_is_refused_where_somebody_has_gone_elsewhere(cast, shen, wen):
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song, cast.fang])
    people.transfer(office(cast), cast.fang, cast.branch, cast.bureau)
    with pytest.raises(Refused, match="方晓岚在 2026-10-16 这一天不在"):
        transfers.accept(wen, row)
    assert "宋知行" in names(TODAY, cast.branch)


def test_what_comes_along_and_what_ends_is_said_beforehand(cast):
    team = people.Organisation.objects.create(
        name="青年教师服务队", kind=Kind.TEAM, family="working", parent=cast.branch,
        path=f"{cast.branch.path}00099", founded_on=TODAY,
    )  # fmt: skip
    appoint(None, cast.song, team, Role.SEAT_HEAD, since=TODAY)
    told = queries.passengers(cast.branch, [cast.song], TODAY)[0]
    assert told.brings == ["正式党员"]
    assert told.ends == ["离开低段党小组", "低段党小组组长免去", "青年教师服务队组长免去"]


def test_taken_back_everything_stands_as_before(cast, shen, wen):
    before = roll_on(TODAY, cast.branch), roll_on(TODAY, cast.nanhu)
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song, cast.fang])
    transfers.accept(wen, row)
    transfers.undo(wen, row)
    assert (roll_on(TODAY, cast.branch), roll_on(TODAY, cast.nanhu)) == before
    assert row.state == TransferState.UNDONE
    assert acting_as(cast.song, Role.GROUP_LEADER)


def test_not_taken_back_once_somebody_has_gone_on(cast, shen, wen):
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song])
    transfers.accept(wen, row)
    appoint(wen, cast.song, cast.nanhu, Role.DEPUTY_SECRETARY)
    assert "又有人进来或者任职" in transfers.hanging(row)
    with pytest.raises(Refused, match="不能撤销了"):
        transfers.undo(wen, row)


def test_both_desks_know_of_it(cast, shen, wen):
    row = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song, cast.fang])
    (mine,) = queries.todo_for(shen)
    (theirs,) = queries.waiting_for(wen)
    assert (mine.label, mine.title) == ("等对方接收", "转到南湖小学党支部的 2 人")
    assert theirs.title == "育新小学党支部转来 2 人"
    assert queries.waiting_for(office(cast)) == []  # somebody nearer can
    Post.objects.filter(person=cast.wen).end(TODAY)
    assert len(queries.waiting_for(office(cast))) == 1
    transfers.send_back(office(cast), row, "介绍信还没到")
    (mine,) = queries.todo_for(shen)
    assert (mine.label, mine.why) == ("退回", "介绍信还没到")


def test_a_membership_to_come_is_not_written_a_year_ahead(cast, shen):
    with pytest.raises(Refused, match="太远了"):
        people.enrol(office(cast), cast.xu, cast.low, since=date(2028, 1, 1))
    with pytest.raises(Refused, match="太远了"):
        appoint(shen, cast.song, cast.branch, Role.RECORDER, since=date(2099, 1, 1))
    assert not Membership.objects.filter(since__year=2028).exists()
