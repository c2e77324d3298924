"""What a running campaign asks for is changed from the first day of a period on; duties are lifted
with a reason; bodies say how often they do what is left to them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.work.scene import Autumn, a_duty, record_of

from zhengyou.campaigns.models import CampaignChange
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.work import terms_words
from zhengyou.work.actions import duties, exempting, own_cadence
from zhengyou.work.asking import DutyData, of_terms
from zhengyou.work.beginnings import beginnings_of
from zhengyou.work.models import Cadence, Duty, DutyState, Measure, RecordKind, Whose
from zhengyou.work.queries.compliance import standing_of_body, standing_of_person
from zhengyou.work.rules import keeping
from zhengyou.work.survey import begun

NOW = date(2026, 10, 14)


@pytest.fixture
def office(season: Autumn) -> Actor:
    return acting_as(season.cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def lead(season: Autumn) -> Actor:
    return acting_as(season.cast.shen, Role.SECRETARY)


def present(duty: Duty) -> DutyData:
    """What a duty asks for at the end of its history."""
    return of_terms(duty.terms.order_by("since", "pk").last())


def states(person, duty: Duty, day: date) -> list[tuple[str, DutyState]]:
    lines = standing_of_person(person, day, choose=begun)
    return [(line.turn.label, line.state) for line in lines if line.duty == duty]


# --- changing -----------------------------------------------------------------------------------
def days(duty: Duty) -> list[date]:
    return [each.day for each in beginnings_of(duty, NOW)]


def test_a_change_begins_with_a_period(season: Autumn) -> None:
    assert days(season["day"])[:2] == [date(2026, 11, 1), date(2026, 12, 1)]
    assert days(season["assembly"])[:2] == [date(2027, 1, 1), date(2027, 4, 1)]
    assert days(season["lesson"]) == [date(2026, 9, 1)]
    assert days(season["hours"]) == [date(2027, 2, 15)]
    assert days(season["launch"]) == days(season["talk"]) == [NOW]
    assert days(season["hearing"]) == [NOW]


def test_a_changed_duty_is_judged_by_what_was_asked_then(season: Autumn, office: Actor) -> None:
    cast, day = season.cast, season["day"]
    twice = replace(present(day), times=2)
    with clock.at(NOW):
        made = duties.change_terms(office, day, twice, date(2026, 11, 1), "党日要多办一次")
    assert made is not None
    assert made.times == 2
    for month in (10, 11):
        record_of(cast.branch, "theme_day", date(2026, month, 16), cast.zhou)

    assert states(cast.zhou, day, date(2026, 12, 2))[1:3] == [
        ("2026年10月", DutyState.DONE), ("2026年11月", DutyState.OVERDUE),
    ]  # fmt: skip
    row = CampaignChange.objects.get(campaign=season.campaign)
    assert (row.what, row.reason) == ("任务“主题党日”，从2026年11月1日起", "党日要多办一次")
    assert ("每月 1 次" in row.before, "每月 2 次" in row.after) == (True, True)
    assert Fact.objects.filter(verb="duty.change", about_uid=day.uid).count() == 1


def test_what_counts_from_today_on_is_worked_out_anew(season: Autumn, office: Actor) -> None:
    cast, lesson = season.cast, season["lesson"]
    record_of(cast.branch, "talk_given", date(2026, 10, 5), parts={"speaker": cast.shen})
    with clock.at(NOW):
        assert states(cast.shen, lesson, NOW) == [("活动期间", DutyState.DUE)]
        wider = replace(present(lesson), records=("lecture", "talk_given"))
        duties.change_terms(office, lesson, wider, date(2026, 9, 1), "专题报告也算")
        assert states(cast.shen, lesson, NOW) == [("活动期间", DutyState.DONE)]


def test_an_ended_duty_is_asked_no_longer(season: Autumn, office: Actor) -> None:
    cast = season.cast
    with clock.at(NOW):
        duties.end(office, season["day"], date(2026, 11, 1), "并到集中学习里")
        duties.end(office, season["lesson"], date(2026, 9, 1), "今年不讲")
        with pytest.raises(Refused, match="到那天已经停了"):
            duties.end(office, season["day"], date(2026, 11, 1), "再停一次")
    late = date(2026, 12, 2)
    assert [label for label, _ in states(cast.zhou, season["day"], late)] == [
        "2026年9月", "2026年10月",
    ]  # fmt: skip
    assert states(cast.shen, season["lesson"], late) == []
    early = date(2026, 9, 10)
    with clock.at(early):
        duties.end(office, season["launch"], early, "不开了")
    lines = standing_of_body(cast.branch, late)
    assert "launch" not in [line.duty.code for line in lines]


def test_a_new_duty_is_asked_from_its_day(season: Autumn, office: Actor) -> None:
    cast = season.cast
    reading = DutyData(
        code="reading", title="读一本书", whose=Whose.MEMBERS, standings=("full",),
        cadence=Cadence.MONTH, records=(RecordKind.REFLECTION,), measure=Measure.CHARACTERS,
        least=Decimal(1500), each=True,
    )  # fmt: skip
    record_of(cast.branch, "reflection", NOW, cast.zhou, characters=1600)
    with clock.at(NOW):
        duty = duties.add(office, season.campaign, reading, NOW, "读书月")
        with pytest.raises(Refused, match="代号“reading”已经有任务用了"):
            duties.add(office, season.campaign, reading, NOW, "读书月")
        with pytest.raises(Refused, match="之间选一天"):
            later = replace(reading, code="later")
            duties.add(office, season.campaign, later, date(2026, 10, 1), "读书月")
    # Of October more than half is left; what was done on the day counts.
    assert states(cast.zhou, duty, NOW) == [("2026年10月", DutyState.DONE)]


def test_who_may_change_and_what_must_be_said(season: Autumn, office: Actor, lead: Actor) -> None:
    day, since = season["day"], date(2026, 11, 1)
    twice = replace(present(day), times=2)
    with clock.at(NOW):
        for actor, first, why, said in (
            (lead, since, "想改", "这个活动由"),
            (office, since, " ", "写明理由"),
            (office, date(2026, 11, 2), "想改", "要从新的一期第一天改起，如2026年11月1日"),
        ):
            with pytest.raises(Refused, match=said):
                duties.change_terms(actor, day, twice, first, why)
        assert duties.change_terms(office, day, present(day), since, "") is None
    assert day.terms.count() == 1


def test_what_is_asked_is_said_in_words(season: Autumn) -> None:
    said = {code: terms_words.sentence(present(duty)) for code, duty in season.duties.items()}
    assert said["launch"] == "党支部，2026年9月20日前 1 次，记“动员大会”"
    assert said["talk"] == "党支部书记，适时，记“谈心谈话”"
    assert said["hearing"] == "党支部，定期，记“听取群团汇报”"
    assert said["hours"] == (
        "正式党员、预备党员（59 岁以下），每学期 1 次，一共至少 16 学时，记“集中学习”"
    )
    weekly = replace(present(season["launch"]), due="第2周", phase="learn")
    assert terms_words.sentence(weekly) == "党支部，第2周内 1 次，记“动员大会”"


# --- exemptions ---------------------------------------------------------------------------------
def test_who_is_exempt_is_not_asked_until_it_ends(season: Autumn, lead: Actor) -> None:
    cast, day = season.cast, season["day"]
    with clock.at(NOW):
        row = exempting.exempt(
            lead, day, cast.branch, cast.zhou, NOW, date(2026, 11, 30), "外出学习"
        )
        assert states(cast.zhou, day, NOW)[-1] == ("2026年10月", DutyState.EXEMPT)
        with pytest.raises(Refused, match="已经免了这项任务"):
            exempting.exempt(lead, day, cast.branch, cast.zhou, NOW, None, "外出")
    with clock.at(date(2026, 11, 10)):
        exempting.end_exemption(lead, row, cast.branch)
        row.refresh_from_db()
        assert states(cast.zhou, day, date(2026, 11, 20))[-1] == ("2026年11月", DutyState.DUE)
        with pytest.raises(Refused, match="已经到期了"):
            exempting.end_exemption(lead, row, cast.branch)
    facts = Fact.objects.filter(about_uid=row.uid).values_list("verb", flat=True)
    assert sorted(facts) == ["duty.end_exemption", "duty.exempt"]


def test_who_may_lift_a_duty(season: Autumn, office: Actor, lead: Actor) -> None:
    cast = season.cast
    above = acting_as(cast.qin, Role.SECRETARY)
    deputy, member = acting_as(cast.zhou, Role.DEPUTY_SECRETARY), acting_as(cast.zhou)
    rows = [  # actor, person or None for the body → may
        (lead, cast.zhou, True), (lead, cast.shen, False), (lead, None, False),
        (member, cast.he, False), (member, None, False), (office, None, True),
        (office, cast.zhou, False), (above, cast.shen, True), (above, cast.he, False),
        (above, cast.zhou, True), (deputy, cast.he, True), (deputy, cast.shen, False),
    ]  # fmt: skip
    with clock.at(NOW):
        for actor, person, may in rows:
            verdict = (
                keeping.may_exempt_body(actor, cast.branch)
                if person is None
                else keeping.may_exempt_person(actor, cast.branch, person)
            )
            assert bool(verdict) == may, (actor.name, person, verdict.reason)


def test_what_cannot_be_lifted(season: Autumn, office: Actor, lead: Actor) -> None:
    cast, day, assembly = season.cast, season["day"], season["assembly"]
    wrong = [
        (lead, day, cast.zhou, None, "", "为什么免做"),
        (lead, day, cast.zhou, date(2026, 10, 1), "病", "最后一天早于开始那天"),
        (lead, day, cast.bai, None, "病", "不在育新小学党支部"),
        (lead, assembly, cast.zhou, None, "病", "是组织的任务"),
        (office, day, None, None, "停办", "是人的任务"),
    ]
    with clock.at(NOW):
        for actor, duty, person, last, why, said in wrong:
            with pytest.raises(Refused, match=said):
                exempting.exempt(actor, duty, cast.branch, person, NOW, last, why)
        exempting.exempt(office, assembly, cast.branch, None, NOW, None, "支部在改选")
    [line] = [row for row in standing_of_body(cast.branch, NOW) if row.duty == assembly]
    assert line.state == DutyState.EXEMPT


# --- 定期 ---------------------------------------------------------------------------------------
def test_a_body_says_how_often(season: Autumn, lead: Actor) -> None:
    cast, hearing = season.cast, season["hearing"]

    def state(day: date) -> list[tuple[str, DutyState]]:
        lines = [row for row in standing_of_body(cast.branch, day) if row.duty == hearing]
        return [(line.turn.label, line.state) for line in lines]

    assert state(NOW) == [("定期", DutyState.UNSET)]
    with clock.at(NOW):
        assert own_cadence.choose(lead, hearing, cast.branch, Cadence.MONTH) == NOW
        assert state(NOW) == [("2026年10月", DutyState.DUE)]
    with clock.at(date(2026, 11, 5)):
        since = own_cadence.choose(lead, hearing, cast.branch, Cadence.QUARTER)
        assert since == date(2026, 12, 1)
        assert own_cadence.choose(lead, hearing, cast.branch, Cadence.MONTH) == since
    assert state(date(2026, 12, 20)) == [("2026年12月", DutyState.DUE)]
    assert days(hearing)[:1] == [date(2026, 11, 1)]


def test_what_is_not_left_to_a_body(season: Autumn, lead: Actor) -> None:
    cast = season.cast
    groups = a_duty(season.campaign, "groups", whose="bodies", kinds=["party_group"],
                    cadence="regular", records=["group_meeting"])  # fmt: skip
    member = acting_as(cast.zhou)
    with clock.at(NOW):
        for actor, duty, cadence, said in (
            (member, season["hearing"], Cadence.MONTH, "由育新小学党支部的负责人来定"),
            (lead, season["day"], Cadence.MONTH, "不用育新小学党支部来定"),
            (lead, groups, Cadence.MONTH, "不用育新小学党支部来定"),
            (lead, season["hearing"], Cadence.ANYTIME, "从给出的里面选一个"),
        ):
            with pytest.raises(Refused, match=said):
                own_cadence.choose(actor, duty, cast.branch, cadence)
        assert own_cadence.choose(lead, groups, cast.low, Cadence.MONTH) == NOW
