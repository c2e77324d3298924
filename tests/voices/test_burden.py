"""Complaints about burden: who sees and answers them, by when, and what the statistics say."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast, client_as
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import ANONYMOUS, acting_as
from zhengyou.people.models import Organisation, Role
from zhengyou.remarks import laying
from zhengyou.remarks.models import HoldReason
from zhengyou.voices import rules
from zhengyou.voices.actions import burden, triage
from zhengyou.voices.forms.burden import ComplaintForm
from zhengyou.voices.models import Box, BoxKind, Relief, Relieved, Voice, VoiceState
from zhengyou.voices.queries import burden as queries
from zhengyou.voices.queries import gathering_desk
from zhengyou.voices.rules.burden import Calendar, answers_for, may_answer, visible_complaints

MONDAY = date(2026, 10, 12)


def complain(
    body: Organisation, text: str = "每周要报三遍同样的数。", matter: str = "周报表"
) -> Voice:
    code = burden.complain(body, text, matter=matter)
    return Voice.objects.get(code_lookup=laying.code_lookup(code))


@pytest.fixture
def monday(cast: Cast):
    with clock.at(MONDAY):
        yield cast


def actors(cast: Cast):
    return {
        "county": acting_as(cast.gu, Role.CAMPAIGN_OFFICE),
        "own": acting_as(cast.shen, Role.SECRETARY),
        "own recorder": acting_as(cast.tian, Role.RECORDER),
        "inspector above": acting_as(cast.yin, Role.INSPECTOR),
        "neighbour": acting_as(cast.wen, Role.SECRETARY),
        "member": acting_as(cast.song),
        "nobody": ANONYMOUS,
    }


def test_who_sees_and_answers(monday: Cast):
    voice = complain(monday.branch)
    who = actors(monday)

    def seeing():
        return {name for name, actor in who.items()
                if Voice.objects.filter(visible_complaints(actor)).exists()}  # fmt: skip

    assert answers_for(monday.branch) == monday.bureau
    assert {name for name, actor in who.items() if may_answer(actor, voice.box)} == {"county"}
    assert seeing() == {"county"}  # the body complained about knows nothing of it yet
    for actor in who.values():  # nor do the pages of other boxes
        assert not Voice.objects.filter(rules.visible_voices(actor)).exists()
        assert not Box.objects.filter(rules.visible_boxes(actor)).exists()
    with pytest.raises(Refused, match="自己不能答复自己"):
        burden.answer(who["own"], [voice], Relief.KEPT, "不多。")
    burden.answer(who["county"], [voice], Relief.MERGED, "三张表从本月起合成一张。")
    assert seeing() == {"county", "own", "own recorder"}


def test_the_highest_body_answers_for_itself(monday: Cast):
    voice = complain(monday.county)
    assert answers_for(monday.county) == monday.county
    assert not may_answer(acting_as(monday.gu, Role.CAMPAIGN_OFFICE), voice.box)
    assert "澜阳县委的书记" in may_answer(ANONYMOUS, voice.box).reason


def test_what_is_kept_of_it(monday: Cast):
    facts = Fact.objects.count()
    first, second = complain(monday.branch), complain(monday.branch, "考核表太细。", "考核表")
    assert Fact.objects.count() == facts  # nobody is known, nothing is recorded
    assert first.box == second.box
    box = Box.objects.get(kind=BoxKind.BURDEN)
    assert (box.organisation, box.collator) == (monday.branch, None)
    assert box.opens_on == burden.ALWAYS  # its row does not say when the first one came
    assert (first.week, first.answers) == (MONDAY, {"matter": "周报表"})
    assert first.author is None and not first.signature
    with pytest.raises(Refused, match="哪张表"):
        complain(monday.branch, matter=" ")
    with pytest.raises(Refused, match="还没有写意见"):
        complain(monday.branch, text=" ")


def test_the_same_form_is_taken_once(monday: Cast):
    token = laying.new_token()
    codes = {burden.complain(monday.branch, "太多。", matter="表", token=token) for _ in range(2)}
    assert len(codes) == 1 and Voice.objects.count() == 1


def test_answering_says_what_was_made_less(monday: Cast):
    office = acting_as(monday.gu, Role.CAMPAIGN_OFFICE)
    first, second = complain(monday.branch), complain(monday.nanhu)
    with pytest.raises(Refused, match="怎么减的"):
        burden.answer(office, [first], "", "好的。")
    with pytest.raises(Refused, match="还没有写答复"):
        burden.answer(office, [first], Relief.KEPT, "  ")
    done = burden.answer(office, [first, second], Relief.LIFTED, "这张表下月起取消。")
    assert [voice.state for voice in done] == [VoiceState.SHOWN] * 2
    assert set(Relieved.objects.values_list("what", flat=True)) == {"lifted"}
    fact = Fact.objects.filter(verb="burden.answer").last()
    assert fact.data["relief"] == "lifted" and "表" not in str(fact.data)
    burden.answer(office, [first], Relief.MERGED, "更正：是合成一张。", show=False)
    first.refresh_from_db()
    assert first.state == VoiceState.TAKEN
    standing = first.outcomes.get(correction=None)
    assert (standing.relieved.what, standing.corrects.words) == ("merged", "这张表下月起取消。")


def test_abuse_is_held_with_a_reason_and_counted(monday: Cast):
    voice = complain(monday.branch, "骂人的话。")
    office = acting_as(monday.gu, Role.CAMPAIGN_OFFICE)
    with pytest.raises(Refused):
        triage.hold(acting_as(monday.shen, Role.SECRETARY), [voice], HoldReason.ABUSE)
    triage.hold(office, [voice], HoldReason.ABUSE)
    with clock.at(MONDAY + timedelta(days=7)):
        total = queries.numbers_of(monday.bureau).total
    assert (total.received, total.held, total.open) == (1, 1, 0)


@pytest.mark.parametrize(
    ("week", "due"),
    [
        (date(2026, 10, 12), date(2026, 10, 30)),  # ten plain working days after Sunday 18
        (date(2026, 9, 21), date(2026, 10, 15)),  # over National Day: 1–7 off, Saturday 10 works
        (date(2026, 9, 14), date(2026, 10, 10)),  # Mid-Autumn and National Day; Saturday 10 works
    ],
)
@pytest.mark.django_db
def test_deadlines(week: date, due: date):
    calendar = Calendar.of([week], week)
    assert calendar.due(week) == due
    assert calendar.passed(week, due) == 0
    assert calendar.passed(week, due + timedelta(days=14)) > 5


@pytest.mark.django_db
def test_working_days_late_are_counted():
    calendar = Calendar.of([MONDAY], MONDAY)
    days = [date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 2), date(2026, 11, 3)]
    assert [calendar.passed(MONDAY, day) for day in days] == [0, 0, 1, 2]


@shared(on="cast")
def year(cast: Cast):
    """Complaints of three weeks: one answered in time, one late, one not at all."""
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(MONDAY):
        first, second = complain(cast.branch), complain(cast.branch, "评比太多。", "评比")
    with clock.at(date(2026, 10, 20)):
        burden.answer(office, [first], Relief.MERGED, "合成一张。")
    with clock.at(date(2026, 11, 3)):
        complain(cast.nanhu, "检查太多。", "检查")
    with clock.at(date(2026, 11, 5)):
        burden.answer(office, [second], Relief.KEPT, "上级要求，减不了。", show=False)
    return first


def test_open_statistics(cast: Cast, year: Voice):
    with clock.at(date(2026, 11, 4)):  # the week of the third is not over: nobody sees it come
        assert queries.numbers_of(cast.bureau).total.received == 2
    with clock.at(date(2026, 11, 24)):
        numbers = queries.numbers_of(cast.bureau)
        total = numbers.total
        assert (total.received, total.answered, total.in_time, total.open) == (3, 2, 1, 1)
        assert (total.overdue, total.eased) == (1, 1)
        assert total.changes == [("合并了", 1), ("这次减不了，说明了原因", 1)]
        months = {count.label: count.received for count in numbers.months}
        assert months == {"2026年11月": 1, "2026年10月": 2}
        bodies = {count.label: count.received for count in numbers.bodies}
        assert bodies == {"育新小学党支部": 2, "南湖小学党支部": 1}
        assert [each.voice for each in numbers.changed] == [year]
        assert queries.numbers_of(cast.nanhu).total.received == 1
        assert queries.numbers_of(cast.village).bodies == []


def test_statistics_take_the_same_queries_for_many(cast: Cast, year, django_assert_num_queries):
    def asked(count: int):
        with clock.at(date(2026, 11, 24)), django_assert_num_queries(count):
            queries.numbers_of(cast.bureau)

    asked(9)
    with clock.at(date(2026, 11, 10)):
        fresh = [complain(cast.branch, f"第 {n} 张表也重复。") for n in range(30)]
        burden.answer(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), fresh, Relief.FEWER, "改成每月。")
    asked(9)


def test_somebody_else_was_quicker(monday: Cast, monkeypatch):
    voice = complain(monday.branch)
    office = acting_as(monday.gu, Role.CAMPAIGN_OFFICE)
    burden.answer(office, [voice], Relief.KEPT, "已经最少。")
    monkeypatch.setattr("zhengyou.voices.actions.outcomes._standing", lambda voices: {})
    with pytest.raises(Stale):
        burden.answer(office, [voice], Relief.LIFTED, "取消。")


class TestPages:
    def test_from_the_complaint_to_the_answer(self, monday: Cast, client: Client):
        url = reverse("voices:burden", args=[monday.branch.uid])
        page = client.get(url).content.decode()
        assert "该减" in page and "澜阳县教育局党委答复" in page
        assert client.post(url, {"text": "重复。"}).status_code == 422  # which one?
        sent = {"text": "三张表填一样的数。", "matter": "周报表", "asker": str(monday.branch.uid)}
        receipt = client.post(url, sent).content.decode()
        assert "由澜阳县教育局党委答复" in receipt and "您的查询码" in receipt
        voice = Voice.objects.get()
        office = client_as(monday.gu, Role.CAMPAIGN_OFFICE)
        desk = reverse("voices:complaints")
        assert "三张表填一样的数" in office.get(desk).content.decode()
        assert "三张表" not in client_as(monday.shen, Role.SECRETARY).get(desk).content.decode()
        assert client_as(monday.tian, Role.RECORDER).get(desk).status_code == 403
        assert office.post(desk, {"do": "answer"}).status_code == 422
        picked = {"do": "answer", "pick": str(voice.pk)}
        assert office.post(desk, picked).status_code == 422
        answer = {**picked, "relief": "merged", "words": "合成一张。", "show": "on"}
        assert office.post(desk, answer).status_code == 302
        assert "合成一张" in client.get(url).content.decode()
        own = client_as(monday.shen, Role.SECRETARY).get(f"{desk}?show=answered").content.decode()
        assert "合成一张" in own and "自己不能答复自己" in own

    def test_whoever_is_named_by_the_duty_is_complained_about(self, monday: Cast, client: Client):
        form = ComplaintForm(
            {"duty": "", "matter": "检查", "text": "太多。", "asker": str(monday.bureau.uid)},
            line=queries.line_of(monday.branch), duties=[],
        )  # fmt: skip
        assert form.is_valid() and form.body == monday.bureau
        names = [body.name for body in queries.line_of(monday.branch)]
        assert names == ["育新小学党支部", "澜阳县教育局党委", "澜阳县委"]

    def test_holding_needs_a_reason(self, monday: Cast):
        voice = complain(monday.branch, "骂人的话。")
        office, desk = client_as(monday.gu, Role.CAMPAIGN_OFFICE), reverse("voices:complaints")
        held = {"do": "hold", "pick": str(voice.pk)}
        assert office.post(desk, held).status_code == 422
        assert office.post(desk, {**held, "reason": "abuse"}).status_code == 302

    def test_numbers(self, cast: Cast, year: Voice, client: Client):
        with clock.at(date(2026, 11, 24)):
            url = reverse("voices:burden_numbers", args=[cast.bureau.uid])
            page = client.get(url).content.decode()
        assert "答复了 2 条，" in page and "减了 1 件" in page and "三遍同样的数" in page
        assert "评比太多" not in page  # answered, but not shown

    def test_closed_bodies_have_no_box(self, monday: Cast, client: Client):
        Organisation.objects.filter(pk=monday.low.pk).update(closed_on=MONDAY)
        assert client.get(reverse("voices:burden", args=[monday.low.uid])).status_code == 404


def test_the_desk_of_those_above(monday: Cast):
    office = acting_as(monday.gu, Role.CAMPAIGN_OFFICE)
    assert gathering_desk.todo_for(office) == []
    complain(monday.branch)
    [errand] = gathering_desk.todo_for(office)
    assert (errand.kind, errand.due) == ("todo", date(2026, 10, 30))
    assert gathering_desk.todo_for(acting_as(monday.shen, Role.SECRETARY)) == []
    with clock.at(date(2026, 11, 3)):
        [errand] = gathering_desk.todo_for(office)
        assert (errand.kind, errand.label) == ("late", "过期 1 条")
        complain(monday.low, matter="小组记录")
        mine = gathering_desk.todo_for(acting_as(monday.shen, Role.SECRETARY))
        assert [errand.title for errand in mine] == ["1 条减负意见要答复"]
    with clock.at(date(2026, 12, 1)):  # what the branch leaves lying, the level above sees
        titles = [errand.title for errand in gathering_desk.todo_for(office)]
        assert titles == ["1 条减负意见要答复", "下面有 1 条减负意见过期没有答复"]


def test_the_desk_takes_the_same_queries_for_many(monday: Cast, django_assert_num_queries):
    office = acting_as(monday.gu, Role.CAMPAIGN_OFFICE)
    for count in (1, 30):
        for number in range(count):
            complain(monday.branch, f"第 {number} 条。")
        with django_assert_num_queries(3):
            gathering_desk.todo_for(office)
    with django_assert_num_queries(4):
        assert len(queries.complaints_page(office, "", None)["lines"]) == 30
