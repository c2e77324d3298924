"""Around problems: the desk, calendars, what others did, the search, things they come from and
records about them; people who leave and bodies that end."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import client_as
from tests.problems.scene import DAY, DEADLINE, Found, a_problem, agreed
from tests.work.reporting import begun, say, sent, weekly
from tests.work.scene import a_campaign

from zhengyou.desk.changes import changes_for
from zhengyou.desk.finding import find
from zhengyou.kernel import clock, onward
from zhengyou.kernel.verdict import Refused
from zhengyou.people import consequences
from zhengyou.people.actions import merging
from zhengyou.people.actions.people import release
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.problems import owners, rules
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Explained, Privacy, Problem
from zhengyou.problems.queries import agenda, desk
from zhengyou.problems.queries.ledger import ALL, LedgerQuery, ledger_of
from zhengyou.work import linkable
from zhengyou.work.actions import recording
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import RecordKind, ReportPoint


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Stand at the day of the scene."""
    with clock.at(DAY):
        yield


def labels(scene: Found, actor: Actor, which: str) -> list[str]:
    """Return the labels of what stands on the desk, for problems of the scene by name."""
    names = {str(row.uid): name for name, row in scene.problems.items()}
    found = getattr(desk, which)(actor)
    return sorted(f"{names[each.url.split('/')[2]]}：{each.label}" for each in found)


# --- the desk -----------------------------------------------------------------------------------
def test_each_finds_on_the_desk_what_is_his(scene: Found) -> None:
    extending.ask(scene.su, scene["under_way"], until=date(2026, 11, 13), why="缺货")
    assert labels(scene, scene.su, "todo_for") == [
        "above：待认领", "agreed：要整改", "group：待认领", "open：待认领", "public：待认领",
        "quiet：待认领", "returned：退回整改", "school：待认领", "under_way：要整改",
    ]  # fmt: skip
    assert labels(scene, scene.song, "todo_for") == [
        "agreed：您的措施", "group：待认领", "returned：您的措施", "under_way：您的措施",
    ]  # fmt: skip
    assert labels(scene, scene.he, "todo_for") == ["own：要定措施"]
    assert labels(scene, scene.shen, "waiting_for") == ["submitted：等验收", "verified：等销号"]
    assert labels(scene, scene.su, "waiting_for") == []  # she handed them in
    assert labels(scene, scene.gu, "waiting_for") == ["under_way：等您批"]
    with clock.at(DEADLINE + timedelta(days=1)):
        late = labels(scene, scene.su, "todo_for")
        assert "under_way：过期没改" in late and "open：过期没认领" in late


def test_the_level_above_verifies_where_nobody_else_can(scene: Found) -> None:
    lone = scene["next_door"]
    mending.agree(
        scene.wen, lone, owner=scene.cast.wen, deadline=DEADLINE, measures=[Planned("挖沟")]
    )
    mending.submit(scene.wen, lone, "水排走了。")
    assert "next_door：等验收" in labels(scene, scene.gu, "waiting_for")
    judging.verify(scene.gu, lone)
    leader = scene["leader"]
    mending.agree(
        scene.shen, leader, owner=scene.cast.shen, deadline=DEADLINE, measures=[Planned("多听")]
    )
    mending.submit(scene.shen, leader, "每周听一次。")
    assert "leader：等验收" in labels(scene, scene.qin, "waiting_for")
    assert "leader：等验收" not in labels(scene, scene.zhou, "waiting_for")


def test_a_plan_comes_back_on_its_day(scene: Found) -> None:
    judging.explain(
        scene.shen, scene["open"], kind=Explained.PLAN, words="分两步。", again=date(2026, 11, 2)
    )
    assert "open：再看一看" not in labels(scene, scene.zhou, "todo_for")
    with clock.at(date(2026, 11, 2)):
        assert "open：再看一看" in labels(scene, scene.zhou, "todo_for")


@pytest.mark.parametrize("many", [1, 30])
def test_the_desk_takes_the_same_queries_for_1_and_30_problems(scene: Found, many: int) -> None:
    Problem.objects.all().delete()
    for _ in range(many):
        a_problem(scene.shen, scene.cast.branch)
        mending.submit(scene.su, agreed(scene, a_problem(scene.shen, scene.cast.branch)), "亮了。")
    with CaptureQueriesContext(connection) as queries:
        assert len(desk.todo_for(scene.zhou)) == many
    assert len(queries) == 3
    with CaptureQueriesContext(connection) as queries:
        assert len(desk.waiting_for(scene.zhou)) == many
    assert len(queries) == 2


def test_calendars_and_letters_say_nothing_of_what_was_found(scene: Found) -> None:
    rows = agenda.agenda_of(scene.cast.branch, DAY, DEADLINE)
    assert [(row.day, row.title) for row in rows] == [(DEADLINE, "3 个问题到整改期限")]
    todo = desk.todo_for(scene.su) + desk.waiting_for(scene.shen)
    assert all(each.outside and "灯" not in each.outside for each in todo)


def test_what_others_did_and_what_is_found_by_words(scene: Found) -> None:
    client_as(scene.cast.su, Role.COMMITTEE_MEMBER)
    su = acting_as(scene.cast.su, Role.COMMITTEE_MEMBER)
    told = {change.label for change in changes_for(su)}
    assert {"问题：退回整改", "问题：验收通过", "问题：销号"} <= told
    titles = {row.title for part in find(scene.zhou, "食堂排队").parts for row in part.rows}
    assert titles == {"食堂排队长"}
    for reader in (scene.shen, scene.he, scene.gu):  # nobody finds a shortcoming by its words
        assert not find(reader, "学习不够主动").parts
    assert not find(scene.wen, "食堂排队").parts
    named = {ref.label for ref in linkable.things_of(scene.cast.branch, DAY)}
    assert "问题：食堂排队长" in named
    assert not any("主动" in label for label in named)


# --- where it comes from ------------------------------------------------------------------------
def test_a_stuck_point_leads_onward_and_says_what_came_of_it(scene: Found) -> None:
    cast = scene.cast
    report = begun(scene.shen, weekly(a_campaign(cast)), cast.branch)
    say(scene.shen, report, "stuck", "校门口放学太挤。")
    sent(scene.shen, report)
    point = ReportPoint.objects.get(report=report, section="stuck")
    (way,) = onward.of(point.ref, scene.shen).ways
    assert (way.label, way.verdict.ok) == ("提为问题", True)
    client = client_as(cast.shen, Role.SECRETARY)
    form = client.get(way.url)
    assert "校门口放学太挤。" in form.content.decode()
    client.post(way.url, {
        "title": "校门口放学太挤", "whose": "body", "found_on": "2026-10-12", "privacy": "body",
        "key": str(cast.su.uid),
    })  # fmt: skip
    problem = Problem.objects.get(source_kind="report_point")
    with pytest.raises(Refused, match="已经提为问题"):
        raise_problem(scene.zhou, cast.branch, title="校门口太挤", source=point.ref)
    told = onward.of(point.ref, scene.shen)
    assert "已经提为问题" in told.ways[0].verdict.reason
    judging.explain(scene.shen, problem, kind=Explained.REASON, words="要修路。")
    (outcome,) = onward.of(point.ref, scene.shen).outcomes
    assert (outcome.title, outcome.state) == ("校门口放学太挤", "已说明")
    assert onward.of(point.ref, scene.wen).ways == []  # not a thing of his
    assert not point.solutions.exists()  # solving stays with who was stuck
    page = client.get(reverse("work:point", args=[point.uid])).content.decode()
    assert "后来怎么办的" in page and "已说明" in page


def test_what_was_said_in_a_talk_begins_as_private_as_the_talk(scene: Found) -> None:
    talk = recording.enter(
        scene.shen, scene.cast.branch,
        Content(RecordKind.TALK, DAY, title="和老师谈心", text="谈了备课。",
                people=(Attendee(scene.cast.shen), Attendee(scene.cast.su))),
    )  # fmt: skip
    (way,) = onward.of(talk.ref, scene.shen).ways
    form = client_as(scene.cast.shen, Role.SECRETARY).get(way.url).context["form"]
    assert (form.initial["privacy"], form.initial["title"]) == (Privacy.HANDLERS, "")
    assert onward.of(talk.ref, scene.zhou).ways  # the leaders of the body
    assert not onward.of(talk.ref, scene.song).ways
    page = client_as(scene.cast.shen, Role.SECRETARY).get(f"/records/{talk.uid}/")
    assert "提为问题" in page.content.decode()


# --- people leave, bodies end -------------------------------------------------------------------
def test_whoever_mends_leaves_and_the_ledger_asks_for_another(scene: Found) -> None:
    problem = scene["under_way"]
    said = consequences.of_leaving(scene.cast.branch, [scene.cast.su])
    assert any("4 个问题由他们整改" in words for words in said)
    with clock.at(DAY + timedelta(days=1)):
        release(scene.shen, scene.cast.su, scene.cast.branch)
        assert owners.has_left(problem)
        assert "under_way：换责任人" in labels(scene, scene.zhou, "todo_for")
        found = ledger_of(scene.zhou, scene.cast.branch, LedgerQuery(clock.today(), ALL))
        assert {line.owner for line in found.lines} >= {"苏映雪"}  # history stays
        mending.assign(scene.zhou, problem, scene.cast.zhou, "苏老师调走了")
        assert not owners.has_left(problem)


def test_those_who_go_on_from_a_body_answer_for_its_problems(scene: Found) -> None:
    left, cast = scene["next_door"], scene.cast
    said = consequences.of_ending([cast.nanhu])
    assert any("没了结的问题 1 个" in words for words in said)
    assert not rules.may_agree(scene.shen, left)
    with clock.at(DAY + timedelta(days=1)):
        merging.merge(scene.gu, [cast.nanhu], into=cast.branch)
        shen = acting_as(cast.shen, Role.SECRETARY)
        problem = Problem.objects.get(pk=left.pk)
        assert rules.may_see(shen, problem) and rules.may_agree(shen, problem)
        mending.agree(shen, problem, owner=cast.shen, deadline=DEADLINE, measures=[Planned("挖沟")])
        here = LedgerQuery(clock.today(), ALL)
        assert left in {line.problem for line in ledger_of(shen, cast.branch, here).lines}
        before = LedgerQuery(DAY, ALL)
        assert left not in {line.problem for line in ledger_of(shen, cast.branch, before).lines}
