"""Talks face to face and discussions: notes typed fast, themes, a conclusion that keeps what it
corrects."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast, client_as
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.voices.actions import boxes, meetings, topics, triage, writing
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.actions.meetings import Entry, MeetingData, entries_in
from zhengyou.voices.models import Box, BoxKind, Meeting, Voice, VoiceState
from zhengyou.voices.queries import gathering_desk
from zhengyou.voices.queries import topics as queries
from zhengyou.voices.queries.meetings import sat
from zhengyou.work.models import Record

MONDAY = date(2026, 10, 12)
PUBLIC, INSIDE = 8, 14  # queries of the pages of a discussion


def a_box(cast: Cast, kind: BoxKind, title: str, closes_on: date | None = None) -> Box:
    shen = acting_as(cast.shen, Role.SECRETARY)
    data = BoxData(kind, title, "大家怎么看？", cast.su, MONDAY, closes_on)
    box = boxes.set_up(shen, cast.branch, data)
    boxes.open_box(shen, box)
    return box


@shared(on="cast")
def forum(cast: Cast) -> Box:
    """A talk with parents, collated by 苏映雪."""
    with clock.at(MONDAY):
        return a_box(cast, BoxKind.FORUM, "一年级家长座谈")


@shared(on="cast")
def discussion(cast: Cast) -> Box:
    """A discussion of one week with three contributions, all looked at, two public."""
    with clock.at(MONDAY):
        box = a_box(cast, BoxKind.TOPIC, "学校往哪里走", MONDAY + timedelta(days=6))
        for text in ("先把课上好。", "多开社团。", "操场早点修。"):
            writing.put_in(box, writing.Slip(text))
        su = acting_as(cast.su, Role.COMMITTEE_MEMBER)
        triage.show(su, Voice.objects.filter(box=box).exclude(text="操场早点修。"))
        triage.take(su, Voice.objects.filter(box=box, text="操场早点修。"))
    return box


@pytest.mark.pure
def test_entries_are_lines_and_answers_stand_behind_arrows():
    typed = "放学太挤 -> 从明天起分三批走\n\n  作业多→ 控制在一小时\n水不热=>已经修好\n想要社团\n"
    assert entries_in(typed) == [
        Entry("放学太挤", "从明天起分三批走"),
        Entry("作业多", "控制在一小时"),
        Entry("水不热", "已经修好"),
        Entry("想要社团"),
    ]
    assert entries_in(" \n-> 没有问题的答复") == []


def test_a_talk_is_entered_once(cast: Cast, forum: Box):
    su = acting_as(cast.su, Role.COMMITTEE_MEMBER)
    tian = acting_as(cast.tian, Role.RECORDER)
    written = MeetingData("一年级家长", on=MONDAY, at=time(15, 30), place="会议室", number=42)
    with clock.at(MONDAY + timedelta(days=1)):
        with pytest.raises(Refused, match="汇总人"):
            meetings.set_meeting(acting_as(cast.song), forum, written)
        meeting = meetings.set_meeting(su, forum, written)
        assert (sat(meeting).number, sat(meeting).facts[0][1]) == (42, "2026年10月12日 15:30")
        enters = MeetingData("一年级家长", on=MONDAY, place="会议室", number=42, enters=True)
        meeting = meetings.set_meeting(tian, forum, enters)
        record = Record.objects.get(uid=meeting.record)
        assert (record.outside, record.kind, record.title) == (42, "consultation", "一年级家长座谈")
        assert record.state == "draft"  # who of the roll was there is ticked on its own page
        assert (meeting.on, meeting.number, meeting.place) == (None, None, "")
        assert Meeting.objects.count() == 1
        Record.objects.update(outside=43)
        assert sat(meeting).number == 43  # as the record has it now
        assert gathering_desk.agenda_of(cast.branch, MONDAY, MONDAY) == []


def test_what_was_said(cast: Cast, forum: Box):
    su = acting_as(cast.su, Role.COMMITTEE_MEMBER)
    with clock.at(MONDAY):
        with pytest.raises(Refused, match="先写明哪天"):
            meetings.note_down(su, forum, [Entry("放学太挤。")])
        coming = MeetingData("一年级家长", on=MONDAY + timedelta(days=1), place="会议室")
        meetings.set_meeting(su, forum, coming)
        with pytest.raises(Refused, match="还没有开"):
            meetings.note_down(su, forum, [Entry("放学太挤。")])
        occasion = gathering_desk.agenda_of(cast.branch, MONDAY, MONDAY + timedelta(days=3))
        assert [(row.title, row.place) for row in occasion] == [("一年级家长座谈", "会议室")]
    with clock.at(MONDAY + timedelta(days=2)):
        typed = entries_in("放学太挤 -> 分三批走\n门口太黑 -> 分三批走\n想要社团")
        made = meetings.note_down(su, forum, typed)
        first, second, third = (Voice.objects.get(pk=voice.pk) for voice in made)
        assert (first.state, first.became, first.by_hand) == (VoiceState.TAKEN, "answered", True)
        assert second.outcomes.get().words == "分三批走" and third.became == ""
        assert first.author is None and not first.signature
        assert Fact.objects.filter(verb="meeting.note").last().data == {"count": 3}
        with pytest.raises(Refused, match="一条也没有写"):
            meetings.note_down(su, forum, [])


def test_themes(cast: Cast, discussion: Box):
    su = acting_as(cast.su, Role.COMMITTEE_MEMBER)
    with clock.at(MONDAY):
        theme = topics.add_theme(su, discussion, "课堂")
        clubs = topics.add_theme(su, discussion, "社团")
        with pytest.raises(Refused, match="已经有"):
            topics.add_theme(su, discussion, " 课堂 ")
        with pytest.raises(Refused):
            topics.add_theme(acting_as(cast.tian, Role.RECORDER), discussion, "别的")
        lessons = Voice.objects.filter(text="先把课上好。")
        topics.group(su, discussion, lessons, clubs)
        topics.group(su, discussion, lessons, theme)  # one theme each, the last one
        counted = [(each.title, each.count) for each in queries.strands(discussion)]
        assert counted == [("课堂", 1), ("社团", 0), ("还没有归类", 2)]
        public = [(each.title, each.count) for each in queries.strands(discussion, public=True)]
        assert public == [("课堂", 1), ("社团", 0), ("其他", 1)]
        with pytest.raises(Refused, match="一条也没有选"):
            topics.group(su, discussion, [], theme)
        topics.drop_theme(su, theme)
        assert queries.strands(discussion)[-1].count == 3


def test_the_conclusion_comes_at_the_end_and_keeps_what_it_corrects(cast: Cast, discussion: Box):
    shen = acting_as(cast.shen, Role.SECRETARY)
    with clock.at(MONDAY):
        with pytest.raises(Refused, match="还没有结束"):
            topics.conclude(shen, discussion, "先把课上好。")
        assert gathering_desk.todo_for(shen) == []
    with clock.at(MONDAY + timedelta(days=7)):
        [errand] = gathering_desk.todo_for(shen)
        assert "还没有写结论" in errand.title
        with pytest.raises(Refused, match="结论由"):
            topics.conclude(acting_as(cast.tian, Role.RECORDER), discussion, "先把课上好。")
        first = topics.conclude(shen, discussion, "先把课上好。")
        with pytest.raises(Refused, match="没有改动"):
            topics.conclude(shen, discussion, "先把课上好。 ")
        second = topics.conclude(shen, discussion, "先把课上好，再办社团。")
        assert queries.conclusion_of(discussion) == second and second.corrects == first
        assert queries.earlier_conclusions(discussion) == [first]
        assert gathering_desk.todo_for(shen) == []


class TestPages:
    def test_a_talk(self, cast: Cast, forum: Box):
        su = client_as(cast.su, Role.COMMITTEE_MEMBER)
        box = reverse("voices:box", args=[forum.uid])
        meeting = reverse("voices:meeting", args=[forum.uid])
        notes = reverse("voices:notes", args=[forum.uid])
        with clock.at(MONDAY):
            assert "还没有写哪天" in su.get(box).content.decode()
            assert su.get(notes).url == meeting
            assert "写一下是哪天" in su.post(meeting, {"who": "一年级家长"}).content.decode()
            sent = {"who": "一年级家长", "on": "2026-10-12", "number": "42", "place": "会议室"}
            assert su.post(meeting, sent).url == notes
            assert "42 人" in su.get(notes).content.decode()
            assert su.post(notes, {"notes": ""}).status_code == 422
            listed = su.post(notes, {"notes": "放学太挤 -> 分三批走\n想要社团"}).url
            assert listed == f"{box}?show=open"
            assert "想要社团" in su.get(listed).content.decode()
            page = su.get(f"{box}?show=done").content.decode()
            assert "放学太挤" in page and "42 人" in page
            triage.show(acting_as(cast.su, Role.COMMITTEE_MEMBER), Voice.objects.all())
            public = Client().get(reverse("voices:put_in", args=[forum.uid])).content.decode()
            assert "分三批走" in public and "42 人" in public
            assert client_as(cast.wen, Role.SECRETARY).get(notes).status_code == 404

    def test_a_discussion(self, cast: Cast, discussion: Box):
        su = client_as(cast.su, Role.COMMITTEE_MEMBER)
        themes = reverse("voices:themes", args=[discussion.uid])
        with clock.at(MONDAY):
            assert su.post(themes, {"do": "add", "title": "课堂"}).status_code == 302
            assert su.post(themes, {"do": "add", "title": ""}).status_code == 422
            theme = discussion.themes.get()
            voice = Voice.objects.get(text="先把课上好。")
            picked = {"do": "group", "pick": str(voice.pk), "theme": str(theme.uid)}
            assert su.post(themes, {**picked, "theme": ""}).status_code == 422
            assert su.post(themes, picked).status_code == 302
            assert "先把课上好" in su.get(f"{themes}?theme={theme.uid}").content.decode()
            public = reverse("voices:by_theme", args=[discussion.uid])
            page = Client().get(f"{public}?theme={theme.uid}").content.decode()
            assert "先把课上好" in page and "多开社团" not in page and "操场" not in page
        shen = client_as(cast.shen, Role.SECRETARY)
        conclusion = reverse("voices:conclusion", args=[discussion.uid])
        with clock.at(MONDAY + timedelta(days=7)):
            assert shen.post(conclusion, {"text": " "}).status_code == 422
            assert shen.post(conclusion, {"text": "先把课上好。"}).status_code == 302
            assert shen.post(conclusion, {"text": "先把课上好！"}).status_code == 302
            assert "更正以前的" in shen.get(conclusion).content.decode()
            inside = shen.get(reverse("voices:box", args=[discussion.uid])).content.decode()
            assert "先把课上好！" in inside and "提为问题" in inside
            assert "大家的结论" in Client().get(public).content.decode()
            whole = Client().get(reverse("voices:put_in", args=[discussion.uid]))
            assert "大家的结论" in whole.content.decode()
        assert su.post(themes, {"do": "drop", "theme": str(theme.uid)}).status_code == 302
        assert su.get(reverse("voices:themes", args=[a_forum(cast).uid])).status_code == 404


def a_forum(cast: Cast) -> Box:
    with clock.at(MONDAY):
        return a_box(cast, BoxKind.FORUM, "座谈")


def test_pages_take_the_same_queries_for_many(
    cast: Cast, discussion: Box, django_assert_num_queries
):
    su = client_as(cast.su, Role.COMMITTEE_MEMBER)
    public = reverse("voices:by_theme", args=[discussion.uid])
    inside = reverse("voices:themes", args=[discussion.uid])

    def look():
        with django_assert_num_queries(PUBLIC):
            assert Client().get(public).status_code == 200
        with django_assert_num_queries(INSIDE):
            assert su.get(inside).status_code == 200

    with clock.at(MONDAY):
        look()
        for number in range(30):
            writing.put_in(discussion, writing.Slip(f"第 {number} 条。"))
        waiting = Voice.objects.filter(state=VoiceState.WAITING)
        triage.show(acting_as(cast.su, Role.COMMITTEE_MEMBER), waiting)
        look()
