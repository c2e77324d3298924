"""Records: begun, gone on with, finished, changed, struck out; and who may."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from uuid import uuid4

import pytest

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import tree
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Circumstance, CircumstanceKind, Kind, Role
from zhengyou.work import quorums, rules, searching
from zhengyou.work.actions import recording
from zhengyou.work.content import Amount, Attendee, Content, Wished, content_of
from zhengyou.work.models import (
    Attendance,
    Part,
    Record,
    RecordKind,
    RecordState,
    RecordVersion,
    WishOutcome,
)
from zhengyou.work.queries.records import BookQuery, record_view, records_in
from zhengyou.work.queries.workbook import lines_of

DAY = date(2026, 10, 12)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.at(DAY):
        yield


def meeting(cast, *, kind=RecordKind.ASSEMBLY, **more):
    """Everybody who is called was there, 贺建国 excused."""
    people = tuple(
        Attendee(
            row.person,
            Attendance.EXCUSED if row.person == cast.he else Attendance.PRESENT,
            Part.HOST if row.person == cast.shen else Part.TAKER,
        )
        for row in quorums.expected(kind, cast.branch, DAY)
        if row.called
    )
    return Content(
        kind=kind, on=DAY, text="学习讨论了近期工作。", people=people, begins_at=time(15, 30),
        **more,
    )  # fmt: skip


def recorder(cast):
    return acting_as(cast.tian, Role.RECORDER)


def test_a_record_is_begun_on_the_phone_and_finished_at_the_desk(cast):
    tian, key = recorder(cast), uuid4()
    draft = recording.begin(tian, cast.branch, replace(meeting(cast), text=""), key=key)
    again = recording.begin(tian, cast.branch, replace(meeting(cast), text="记到一半"), key=key)
    assert again.pk == draft.pk and again.text == "记到一半" and Record.objects.count() == 1
    with pytest.raises(Refused, match="写一写内容"):
        recording.finish(tian, draft, replace(meeting(cast), text=" "), seen=again.changed_at)
    whole = meeting(
        cast, quantities=(Amount("图书", Decimal(1000), "册"),), decisions="每周五碰头。",
        links=(Ref("pledge_item", uuid4(), "沈若兰的第 1 条"),), free_names=("陈 老师", " "),
    )  # fmt: skip
    recording.finish(tian, again, whole, seen=again.changed_at, key=uuid4())
    stored = content_of(Record.objects.get())
    assert stored.free_names == ("陈老师",) and len(stored.present) == 7 and len(stored.people) == 8
    assert (stored.quantities, stored.decisions) == (whole.quantities, "每周五碰头。")
    assert again.state == RecordState.FINISHED and not again.by_hand
    with pytest.raises(Stale, match="已经记好"):
        recording.finish(tian, draft, whole, key=uuid4())
    assert list(Fact.objects.filter(about_kind="record").values_list("verb", flat=True)) == [
        "record.begin", "record.finish",
    ]  # fmt: skip


def test_what_was_changed_elsewhere_is_not_overwritten(cast):
    tian, shen = recorder(cast), acting_as(cast.shen, Role.SECRETARY)
    phone = recording.begin(tian, cast.branch, meeting(cast), key=uuid4())
    seen = phone.changed_at
    with clock.at(date(2026, 10, 13)):
        recording.save_draft(shen, Record.objects.get(), replace(meeting(cast), text="电脑上"))
        with pytest.raises(Stale, match="没有丢"):
            recording.save_draft(tian, phone, meeting(cast), seen=seen)
    assert Record.objects.get().text == "电脑上"


def test_a_finished_record_keeps_how_it_read_and_is_struck_out_with_a_reason(cast):
    tian = recorder(cast)
    made = recording.enter(tian, cast.branch, meeting(cast))
    with pytest.raises(Refused, match="为什么改"):
        recording.amend(tian, made, meeting(cast), why=" ")
    recording.amend(tian, made, replace(meeting(cast), text="改过的"), why="漏了一段")
    version = RecordVersion.objects.get()
    assert version.content["text"] == "学习讨论了近期工作。" and version.why == "漏了一段"
    assert len(version.content["people"]) == 8
    with pytest.raises(Refused, match="不能删"):
        recording.discard(tian, made)
    recording.strike(tian, made, "和另一条重了")
    with pytest.raises(Refused, match="已经划去"):
        recording.strike(tian, made, "再划")
    with pytest.raises(Refused, match="已经划去"):
        recording.amend(tian, made, meeting(cast), why="再改")


def test_every_fault_is_said_at_once(cast):
    tian = recorder(cast)
    wrong = Content(
        kind=RecordKind.VISIT, on=date(2026, 10, 13), begins_at=time(9), ends_at=time(8)
    )
    with pytest.raises(Refused) as refused:
        recording.enter(tian, cast.branch, wrong)
    for words in ("还没到", "早于开始", "谁去的", "走访了谁"):
        assert words in refused.value.reason
    assert not Record.objects.exists()
    for content, words in (
        (replace(meeting(cast), on=date(2019, 1, 1)), "还没有育新小学党支部"),
        (replace(meeting(cast), until=date(2026, 10, 1)), "结束的日子不对"),
        (replace(meeting(cast), kind=RecordKind.LECTURE), "主讲人"),
        (replace(meeting(cast), people=meeting(cast).people * 2), "写了两次"),
        (replace(meeting(cast), kind=RecordKind.SERVICE), "服务谁"),
    ):
        with pytest.raises(Refused, match=words):
            recording.enter(tian, cast.branch, content)


def test_a_village_visit_says_what_became_of_each_wish(cast):
    bai = acting_as(cast.bai, Role.SECRETARY)
    visit = Content(
        kind=RecordKind.VISIT, on=DAY, people=(Attendee(cast.bai),), free_names=("石桥村三组柏家",),
        wishes=(
            Wished("门口的路灯不亮", WishOutcome.MET, "换了灯"),
            Wished("想多批一块宅基地", WishOutcome.EXPLAINED, "讲了一户一宅"),
        ),
    )  # fmt: skip
    made = recording.enter(bai, cast.village, visit)
    assert content_of(made).wishes == visit.wishes and not made.by_hand

    # Whom one visited at home the branch knows; the level above reads how many, nobody finds it.
    above = appoint(None, cast.qin, cast.town, Role.DEPUTY_SECRETARY).person
    for actor, words in (
        (bai, "石桥村三组柏家"),
        (acting_as(above, Role.DEPUTY_SECRETARY), "1 户（人），是谁只给本组织看"),
    ):
        assert records_in(actor, cast.village, BookQuery()).filter(pk=made.pk).exists()
        assert rules.free_names_for(actor, made) == words
        assert record_view(actor, made).whom == words
        [line] = lines_of(actor, Record.objects.filter(pk=made.pk))
        assert words in line
    [document] = searching.documents([made.uid])
    assert "柏家" not in str(document)


def test_a_member_writes_down_the_own_work_only(cast):
    song, tian = acting_as(cast.song), recorder(cast)
    notes = Content(
        kind=RecordKind.NOTES, on=DAY, people=(Attendee(cast.song, amount=Decimal(1200)),)
    )
    song_at = acting_as(cast.song)
    assert recording.enter(song_at, cast.branch, notes).by_hand is False
    assert recording.enter(tian, cast.branch, notes).by_hand is True  # 代录
    with pytest.raises(Refused, match="自己也选上"):
        recording.enter(song, cast.branch, replace(notes, people=(Attendee(cast.wei),)))
    with pytest.raises(Refused, match="由本组织的书记"):
        recording.enter(song, cast.branch, meeting(cast))
    with pytest.raises(Refused):
        recording.enter(song, cast.nanhu, notes)


def test_votes_and_quorum_follow_the_roll_of_the_day(cast):
    for person, kind in (
        (cast.wei, CircumstanceKind.OBSERVED),
        (cast.song, CircumstanceKind.SUSPENDED),
        (cast.he, CircumstanceKind.LOST),
    ):
        Circumstance.objects.create(person=person, kind=kind, since=date(2026, 10, 1))
    Circumstance.objects.create(
        person=cast.wei, kind=CircumstanceKind.OBSERVED, since=date(2026, 10, 1)
    )
    Circumstance.objects.create(
        person=cast.song, kind=CircumstanceKind.SUSPENDED, since=date(2026, 10, 1)
    )
    rows = {row.person.name: row for row in quorums.expected(RecordKind.ASSEMBLY, cast.branch, DAY)}
    table = {name: (row.called, row.votes, row.preset) for name, row in rows.items()}
    here, away = Attendance.PRESENT, Attendance.ABSENT
    assert table == {
        "沈若兰": (True, True, here), "周启明": (True, True, here), "苏映雪": (True, True, here),
        "田雨禾": (True, True, here), "魏长青": (True, False, here), "宋知行": (False, False, None),
        "贺建国": (True, True, away), "方晓岚": (True, False, here), "江一帆": (False, False, None),
    }  # fmt: skip
    people = list(rows.values())

    def came(*names):
        return quorums.quorum(
            RecordKind.ASSEMBLY, people, {rows[name].person.pk: "present" for name in names}
        )

    enough = came("沈若兰", "周启明", "苏映雪", "方晓岚")
    assert (enough.due, enough.present, enough.enough, enough.further) == (5, 3, True, 1)
    assert enough.to_pass == 3 and "够开会" in enough.words
    few = came("沈若兰", "周启明", "魏长青", "方晓岚")
    assert not few.enough and "不到半数" in few.words
    committee = quorums.expected(RecordKind.COMMITTEE, cast.branch, DAY)
    assert {row.person.name for row in committee if row.called} == {"沈若兰", "周启明", "苏映雪"}
    group = quorums.expected(RecordKind.GROUP_MEETING, cast.low, DAY)
    assert {row.person.name for row in group if row.called} == {"沈若兰", "苏映雪", "方晓岚"}
    assert {row.person.name for row in group} == set(rows)  # the branch's people may be ticked


def test_who_sees_and_who_writes(cast):
    """One table: the record of a group meeting, of the branch, and a confidential talk."""
    low, whole = Role.GROUP_LEADER, RecordKind.GROUP_MEETING
    people = (Attendee(cast.song), Attendee(cast.fang, Attendance.EXCUSED))
    group = Content(kind=whole, on=DAY, text="读报", people=people)
    records = {
        "group": recording.enter(acting_as(cast.song, low), cast.low, group),
        "branch": recording.enter(
            recorder(cast), cast.branch, replace(group, kind=RecordKind.STUDY, people=people[:1])
        ),
        "talk": recording.enter(
            acting_as(cast.wei), cast.branch,
            replace(group, kind=RecordKind.TALK, people=(Attendee(cast.wei), people[0])),
        ),
    }  # fmt: skip
    draft = recording.begin(acting_as(cast.song, low), cast.low, group)
    assert draft.state == RecordState.DRAFT
    seen = {
        (cast.shen, Role.SECRETARY): ("group branch talk", True),
        (cast.tian, Role.RECORDER): ("group branch", True),
        (cast.song, low): ("group branch talk", True),
        (cast.song, None): ("group branch talk", True),
        (cast.wei, None): ("talk", False),
        (cast.fang, None): ("group", False),
        (cast.jiang, None): ("", False),
        (cast.gu, Role.CAMPAIGN_OFFICE): ("group branch", False),
        (cast.yin, Role.INSPECTOR): ("group branch", False),
        (cast.wen, Role.SECRETARY): ("", False),
        (cast.zhuo, Role.SYSTEM_ADMIN): ("", False),
    }
    for (person, role), (names, drafts) in seen.items():
        actor = acting_as(person, role)
        found = {key for key, row in records.items() if rules.may_see_record(actor, row)}
        assert found == set(names.split()), person.name
        assert bool(rules.may_see_record(actor, draft)) is drafts, person.name
    assert rules.may_amend(acting_as(cast.shen, Role.SECRETARY), records["group"])
    assert not rules.may_amend(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), records["group"])
    assert not rules.may_amend(recorder(cast), records["talk"])
    assert rules.may_amend(acting_as(cast.wei), records["talk"])
    names = [body.name for body in rules.offered_bodies(recorder(cast))]
    assert names[0] == "育新小学党支部" and set(names[1:]) == {
        "低段党小组", "高段党小组", "后勤党小组", "育新小学",
    }  # fmt: skip
    gu = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    assert [body.name for body in rules.offered_bodies(gu)] == ["澜阳县教育局党委"]
    assert not rules.may_record(gu, cast.branch)


def test_a_team_a_group_and_a_committee_call_their_own(cast):
    shen = acting_as(cast.shen, Role.SECRETARY)
    team = tree.found(shen, name="护学服务队", kind=Kind.TEAM, parent=cast.branch)
    enrol(shen, cast.fang, team)
    group = tree.found(shen, name="活动领导小组", kind=Kind.LEADING_GROUP, parent=cast.branch)
    appoint(shen, cast.zhou, group, Role.SEAT_HEAD)

    def called(kind, body):
        return {row.person.name for row in quorums.expected(kind, body, DAY) if row.called}

    assert called(RecordKind.PRACTICE, team) == {"方晓岚"}
    assert called(RecordKind.PRACTICE, cast.branch) == called(RecordKind.VISIT, team) == set()
    assert called(RecordKind.LEADING_MEETING, group) == {"周启明"}
    assert called(RecordKind.COMMITTEE, cast.bureau) == {"秦望舒"}
    assert "江一帆" in called(RecordKind.STAFF_MEETING, cast.branch)


def test_a_report_is_corrected_where_it_was_written(cast):
    shen = acting_as(cast.shen, Role.SECRETARY)
    report = Content(kind=RecordKind.REPORT, on=DAY, text="周周回馈", counts_on=date(2026, 10, 11))
    made = recording.enter(shen, cast.branch, report, by=Verdict.yes())
    with pytest.raises(Refused, match="汇报那一页"):
        recording.amend(shen, made, report, why="改")
    recording.amend(shen, made, replace(report, text="更正"), why="改", by=Verdict.yes())
    assert made.text == "更正" and made.counts_on == date(2026, 10, 11)
