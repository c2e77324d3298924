"""Posts of service: chosen or given, members' share, logs checked; teams; resources."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import Cast, client_as
from tests.stage import shared
from tests.work.scene import Autumn, a_duty

from zhengyou.desk.queries import desk_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Membership, Role
from zhengyou.work.actions import log_checks, resources, teams
from zhengyou.work.actions import service_posts as verbs
from zhengyou.work.models import (
    CheckResult,
    Credit,
    HolderState,
    PostOffer,
    Record,
    ResourceKind,
    ServiceHolder,
    ServiceKind,
    ServicePost,
    TeamKind,
    Way,
)
from zhengyou.work.queries.resources import one, resources_page, totals
from zhengyou.work.queries.service import post_page, posts_page, share_on, share_over
from zhengyou.work.queries.teams import teams_of
from zhengyou.work.refs_service import linkable
from zhengyou.work.rules import service as rules

TODAY = date(2026, 10, 16)


@shared(on="autumn_of_duties")
def posts_scene(autumn_of_duties: Autumn) -> tuple[Cast, ServicePost, ServicePost]:
    """A vanguard post of the branch and a class teacher's post of the school with its log."""
    a_duty(
        autumn_of_duties.campaign, "log_check", title="查班主任日志", whose="enrolled",
        enrols="service_post", cadence="month", records=["log_check"],
    )  # fmt: skip
    lead = acting_as(autumn_of_duties.cast.shen, Role.SECRETARY)
    with clock.at(date(2026, 9, 1)):
        gate = verbs.open_post(
            lead, autumn_of_duties.cast.branch, title="校门护学岗", kind=ServiceKind.VANGUARD,
            duties="早晚护送学生过马路",
        )  # fmt: skip
        teacher = verbs.open_post(
            lead, autumn_of_duties.cast.school, title="一（1）班班主任", kind=ServiceKind.WORK,
            duties="写班主任日志",
        )  # fmt: skip
    return autumn_of_duties.cast, gate, teacher


def shen(cast: Cast) -> Any:
    return acting_as(cast.shen, Role.SECRETARY)


def test_a_member_chooses_a_post_and_somebody_else_agrees(posts_scene) -> None:
    cast, gate, _ = posts_scene
    with clock.at(TODAY):
        row = verbs.choose(acting_as(cast.song), gate, "我住得近")
        own = verbs.choose(acting_as(cast.shen, Role.SECRETARY), gate)
        with pytest.raises(Refused, match="在等确认"):
            verbs.choose(acting_as(cast.song), gate)
        waiting = [errand.title for errand in desk_of(shen(cast)).waiting]
        assert waiting == ["宋知行选了“校门护学岗”"]  # one's own choice waits for another
        assert not rules.may_answer(shen(cast), own)
        assert rules.may_answer(acting_as(cast.zhou, Role.DEPUTY_SECRETARY), own)
        verbs.confirm(shen(cast), row)
        with pytest.raises((Stale, Refused)):
            verbs.decline(shen(cast), row, "晚了")
        with pytest.raises(Refused, match="为什么"):
            verbs.decline(acting_as(cast.zhou, Role.DEPUTY_SECRETARY), own, " ")
        verbs.take_back(shen(cast), own)
    row.refresh_from_db()
    assert (row.state, row.since, row.chosen) == (HolderState.HELD, TODAY, True)
    facts = Fact.objects.filter(verb__startswith="service_holder.")
    assert facts.count() == 4
    assert not facts.filter(data__icontains="宋知行").exists()


def test_a_post_is_given_to_a_person_or_a_label_and_left_again(posts_scene) -> None:
    cast, gate, _ = posts_scene
    with clock.at(TODAY):
        held = verbs.assign(shen(cast), gate, cast.he)
        verbs.assign(shen(cast), gate, "六（2）班团员")
        assert posts_page(shen(cast), cast.branch, TODAY).lines[0].who == "贺建国、六（2）班团员"
        verbs.end_holding(acting_as(cast.he), held)
        with pytest.raises(Refused, match="不在这个岗上"):
            verbs.end_holding(acting_as(cast.he), held)
        verbs.close_post(shen(cast), gate)
        with pytest.raises(Refused, match="已经撤了"):
            verbs.assign(shen(cast), gate, cast.song)


def test_members_share_of_all_holders_on_any_day(posts_scene) -> None:
    cast, gate, teacher = posts_scene
    days = [date(2026, 9, day) for day in (10, 15, 20)]
    for day, who in zip(days, (cast.he, cast.jiang, "六（2）班团员"), strict=True):
        with clock.at(day):
            verbs.assign(shen(cast), gate, who)
    with clock.at(days[0]):
        verbs.assign(shen(cast), teacher, cast.song)  # one's work, counted nowhere
    with clock.at(TODAY):
        verbs.end_holding(shen(cast), ServiceHolder.objects.get(post=gate, person=cast.jiang))
    found = [share_on(day, cast.bureau) for day in (date(2026, 9, 1), *days, TODAY)]
    assert [(row.holders, row.members) for row in found] == [(0, 0), (1, 1), (2, 1), (3, 1), (2, 1)]
    line = share_over(TODAY, cast.branch)
    assert (len(line), line[0].day, line[-2].day) == (13, date(2025, 10, 31), date(2026, 9, 30))
    assert [row.pct for row in line[-3:]] == ["", "33.3", "50.0"]
    assert share_on(TODAY, cast.nanhu).holders == 0


def test_a_log_is_checked_by_somebody_else_and_a_weak_one_gets_one_deputy(posts_scene) -> None:
    cast, _, teacher = posts_scene
    with clock.at(TODAY):
        held = verbs.assign(shen(cast), teacher, cast.song, since=date(2026, 9, 1))
        mine = verbs.assign(shen(cast), teacher, cast.shen)
        with pytest.raises(Refused, match="自己的日志"):
            log_checks.check_log(shen(cast), mine, on=TODAY, words="好", result=CheckResult.FINE)
        check = log_checks.check_log(
            shen(cast), held, on=TODAY, words="漏记了三天", result=CheckResult.WEAK
        )
        weak = [row.title for row in desk_of(shen(cast)).waiting if row.label == "要帮一把"]
        assert weak == ["宋知行的日志，一（1）班班主任"]
        with pytest.raises(Refused, match="另一个"):
            log_checks.give_deputy(shen(cast), held, cast.song, experience="十年")
        log_checks.give_deputy(
            shen(cast), held, cast.wei, experience="当过十二年班主任", because=check
        )
        with pytest.raises(Refused, match="一个人就够"):
            log_checks.give_deputy(shen(cast), held, cast.su, experience="十年")
        assert not [row for row in desk_of(shen(cast)).waiting if row.label == "要帮一把"]
        said = {
            name: post_page(actor, teacher).holders[0].why
            for name, actor in (
                ("leader", shen(cast)), ("own", acting_as(cast.song)),
                ("colleague", acting_as(cast.he)),
                ("above", acting_as(cast.gu, Role.CAMPAIGN_OFFICE)),
            )
        }  # fmt: skip
    whole = "安排的，日志10月16日查过，要帮一把，魏长青帮带（当过十二年班主任）"
    assert said == {"leader": whole, "own": whole, "colleague": "安排的", "above": "安排的"}
    assert Record.objects.get().links.get().about == teacher.ref
    assert Credit.objects.get(duty__code="log_check").enrolment.about_uid == teacher.uid


@pytest.mark.parametrize(
    ("actor", "keeps", "chooses", "answers", "checks"),
    [
        (("shen", Role.SECRETARY), True, True, True, True),
        (("zhou", Role.DEPUTY_SECRETARY), True, True, True, True),
        (("su", Role.COMMITTEE_MEMBER), True, True, False, True),
        (("tian", Role.RECORDER), True, True, False, True),
        (("gu", Role.CAMPAIGN_OFFICE), True, False, True, True),
        (("he", None), False, True, False, False),
        (("yin", Role.INSPECTOR), False, False, False, False),
        (("wen", Role.SECRETARY), False, False, False, False),
    ],
)
def test_who_may_what(posts_scene, actor, keeps, chooses, answers, checks) -> None:
    cast, gate, _ = posts_scene
    asked = ServiceHolder(post=gate, person=cast.song, state=HolderState.ASKED, since=TODAY)
    held = ServiceHolder(post=gate, person=cast.song, state=HolderState.HELD, since=TODAY)
    name, role = actor
    someone = acting_as(cast.persons[name], role)
    assert bool(rules.may_change_post(someone, gate)) == keeps
    assert bool(rules.may_choose(someone, gate)) == chooses
    assert bool(rules.may_answer(someone, asked)) == answers
    assert bool(rules.may_check_log(someone, held)) == checks


def test_offers_of_the_campaign_stand_until_they_are_opened(posts_scene, season: Autumn) -> None:
    cast, *_ = posts_scene
    offer = PostOffer.objects.create(
        campaign=season.campaign, code="desk", title="咨询岗", kind=ServiceKind.DUTY,
        kinds=["branch"], duties="接待家长",
    )  # fmt: skip
    with clock.at(TODAY):
        assert posts_page(shen(cast), cast.branch, TODAY).offers == [offer]
        assert posts_page(shen(cast), cast.school, TODAY).offers == []
        verbs.open_post(
            shen(cast), cast.branch, title=offer.title, kind=ServiceKind.DUTY,
            duties=offer.duties, offer=offer,
        )  # fmt: skip
        assert posts_page(shen(cast), cast.branch, TODAY).offers == []


def test_records_of_the_branch_may_name_its_posts_and_those_of_its_school(posts_scene) -> None:
    cast, gate, teacher = posts_scene
    assert {gate.ref, teacher.ref} <= set(linkable(cast.branch, TODAY))
    assert gate.ref not in linkable(cast.school, TODAY)
    assert linkable(cast.nanhu, TODAY) == []


def test_one_post_and_thirty_take_the_same_queries(
    posts_scene, django_assert_num_queries: Any
) -> None:
    cast, gate, _ = posts_scene
    with clock.at(TODAY):
        verbs.assign(shen(cast), gate, cast.he)
        client = client_as(cast.shen, Role.SECRETARY)
        url = f"/posts/of/{cast.branch.uid}/"
        client.get(url)
        for count in (0, 29):
            for number in range(count):
                post = verbs.open_post(
                    shen(cast), cast.branch, title=f"第{number}岗", kind=ServiceKind.DUTY,
                    duties="巡楼",
                )  # fmt: skip
                verbs.assign(shen(cast), post, cast.he)
            with django_assert_num_queries(13):
                assert client.get(url).status_code == 200


# --- teams --------------------------------------------------------------------------------------
def test_a_team_is_formed_for_a_term_prolonged_and_dissolved(posts_scene) -> None:
    cast, *_ = posts_scene
    with clock.at(TODAY):
        term = teams.form(
            shen(cast), cast.branch, name="护学服务队", kind=TeamKind.OWN, purpose="早晚护学",
            last_day=TODAY + timedelta(30), leader=cast.song, members=[cast.he, cast.song],
            others=["家长志愿者三人", " "],
        )  # fmt: skip
        (line,) = teams_of(cast.branch)
        assert line.why == "早晚护学，队长宋知行，3 人，其中名册以外 1 人，任期到2026年11月15日"
        with pytest.raises(Refused):
            teams.form(
                acting_as(cast.he), cast.branch, name="另一支", kind=TeamKind.OWN, purpose="护学",
                last_day=None, leader=cast.he,
            )  # fmt: skip
    with clock.at(TODAY + timedelta(31)):
        assert teams_of(cast.branch)[0].state == ("due", "任期到了")
        teams.prolong(shen(cast), term, last_day=None, purpose="护学、送书")
        assert teams_of(cast.branch)[0].state[0] == "doing"
        teams.dissolve(shen(cast), term.organisation)
        assert teams_of(cast.branch)[0].state == ("off", "解散了")
        assert not Membership.objects.on(clock.today()).filter(organisation=term.organisation)


# --- resources ----------------------------------------------------------------------------------
def test_planned_there_used_and_who_got_it(posts_scene, season: Autumn) -> None:
    cast, *_ = posts_scene
    other = acting_as(cast.wen, Role.SECRETARY)
    with clock.at(TODAY):
        money = resources.plan(
            shen(cast), season.campaign, cast.branch, title="教师培训费",
            kind=ResourceKind.TRAINING, unit="元", planned=Decimal(10000),
        )  # fmt: skip
        theirs = resources.plan(
            other, season.campaign, cast.nanhu, title="教师培训费",
            kind=ResourceKind.TRAINING, unit="元", planned=Decimal(5000),
        )  # fmt: skip
        water = resources.plan(
            shen(cast), season.campaign, cast.branch, title="教室饮水机",
            kind=ResourceKind.EQUIPMENT, unit="台", planned=Decimal(20), guaranteed=True,
            due_on=TODAY - timedelta(1),
        )  # fmt: skip
        note = resources.note
        note(shen(cast), money, way=Way.IN, on=TODAY, amount=Decimal(10000), what="财政拨款")
        note(other, theirs, way=Way.OUT, on=TODAY, amount=Decimal(1000), what="买书")
        note(shen(cast), money, way=Way.OUT, on=TODAY, amount=Decimal(3000), what="新教师培训",
             front_line=True, for_whom="方晓岚")  # fmt: skip
        wrong = note(shen(cast), money, way=Way.OUT, on=TODAY, amount=Decimal(999), what="记错的")
        resources.strike(shen(cast), wrong, "重了")
        with pytest.raises(Stale):
            resources.strike(shen(cast), wrong, "再划")
        with pytest.raises(Refused, match="还没到"):
            note(shen(cast), money, way=Way.OUT, on=TODAY + timedelta(1), amount=Decimal(1),
                 what="早了")  # fmt: skip
        page = resources_page(season.campaign, cast.branch)
        assert [line.state for line in page.conditions] == [("late", "没按时到位")]
        resources.replan(shen(cast), water, planned=Decimal(0), due_on=None, reason="改用直饮水")
        assert one(water).state == ("done", "到位了")
        total = totals(season.campaign, cast.bureau)[1]
        client = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
        above = client.get(f"/resources/{money.uid}/").content.decode()
        own = client_as(cast.su, Role.COMMITTEE_MEMBER).get(f"/resources/{money.uid}/")
    sums = total.sums
    assert (total.bodies, total.there, sums.planned, sums.came) == (2, 1, 15000, 10000)
    assert (sums.used, sums.front, sums.share) == (4000, 3000, "75.0")
    assert "方晓岚" in own.content.decode()
    assert "方晓岚" not in above
    assert not Fact.objects.filter(payload__icontains="方晓岚", verb="resource.note").exists()
