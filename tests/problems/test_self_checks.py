"""Looking item by item: what is found becomes a problem; a person's stays with the person."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.campaigns.conftest import BEGINS, SMALL
from tests.cast import client_as
from tests.stage import shared

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Person, Role
from zhengyou.problems import looking
from zhengyou.problems.actions import looking as verbs
from zhengyou.problems.actions.looking import Said
from zhengyou.problems.models import (
    CatalogueItem,
    CheckState,
    Look,
    Privacy,
    Problem,
    SelfCheck,
)
from zhengyou.problems.queries import looking_desk
from zhengyou.problems.rules import looking as rules
from zhengyou.problems.rules import visible_problems

PARTS = """
[problems]
phase = "learn"

[problems.catalogue.late]
title = "上课迟到早退"
for   = "党员"
hints = ["候课提前两分钟"]

[problems.catalogue.follow-up]
title = "定了的事没人盯"
for   = ["党支部", "书记"]
"""
DAY = date(2026, 9, 16)


@dataclass
class Sight:
    """A campaign whose catalogue is looked through in September."""

    campaign: Campaign
    late: CatalogueItem
    follow_up: CatalogueItem


@shared(on="cast")
def sight(cast) -> Sight:
    """The bureau's campaign runs."""
    with clock.at(BEGINS):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, SMALL + PARTS, BEGINS)
        campaign.open(office)
    late, follow_up = campaign.catalogue_items.all()
    return Sight(campaign, late, follow_up)


@pytest.fixture(autouse=True)
def _mid_september():
    with clock.at(DAY):
        yield


def said(*items: tuple[CatalogueItem, str], own: tuple[str, ...] = ()) -> Said:
    """有, where there are words; 没有, where there are none."""
    return Said({item.pk: (Look.HAS if words else Look.NONE, words) for item, words in items}, own)


def looks(actor: Actor, sight: Sight, body, person: Person | None, what: Said, done=True):
    return verbs.look(actor, sight.campaign, body, person, what, done=done)


def test_what_a_member_finds_is_the_members_alone(cast, sight) -> None:
    song = acting_as(cast["宋知行"])
    check = looks(song, sight, cast.branch, cast.song, said((sight.late, "周三第一节迟了五分钟")))

    (found,) = Problem.objects.all()
    assert (found.title, found.text) == ("上课迟到早退", "周三第一节迟了五分钟")
    assert (found.subject, found.owner, found.catalogue) == (cast.song, cast.song, sight.late)
    assert (found.privacy, found.source, found.campaign) == (
        Privacy.HANDLERS, check.ref, sight.campaign,
    )  # fmt: skip
    sees = {
        who: (
            SelfCheck.objects.filter(rules.visible_checks(actor)).exists(),
            Problem.objects.filter(visible_problems(actor)).exists(),
        )
        for who, actor in {
            "himself": song,
            "secretary": acting_as(cast.shen, Role.SECRETARY),
            "deputy": acting_as(cast.zhou, Role.DEPUTY_SECRETARY),
            "committee member": acting_as(cast.su, Role.COMMITTEE_MEMBER),
            "recorder": acting_as(cast.tian, Role.RECORDER),
            "another member": acting_as(cast.fang),
            "secretary above": acting_as(cast.qin, Role.SECRETARY),
            "secretary next door": acting_as(cast.wen, Role.SECRETARY),
        }.items()
    }
    assert {who for who, seen in sees.items() if any(seen)} == {"himself", "secretary", "deputy"}
    assert all(seen in ((True, True), (False, False)) for seen in sees.values())


def test_nothing_found_was_looked_for_all_the_same(cast, sight) -> None:
    check = looks(acting_as(cast.song), sight, cast.branch, cast.song, said((sight.late, "")))
    assert (check.state, check.on, Problem.objects.count()) == (CheckState.DONE, DAY, 0)
    assert check.answers.get().look == Look.NONE


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (lambda s: Said(), "还有 1 条没有选"),
        (lambda s: Said({s.late.pk: (Look.HAS, "")}), "选了“有”，请写一句具体是什么"),
        (lambda s: said((s.late, ""), own=("一", "二", "三", "四")), "最多写 3 条"),
        (lambda s: said((s.late, ""), own=("长" * 61,)), "一条最多 60 个字"),
        (lambda s: said((s.late, "长" * 501)), "最多 500 个"),
    ],
)
def test_what_is_missing_is_said_and_nothing_counts(cast, sight, what, why) -> None:
    with pytest.raises(Refused, match=why):
        looks(acting_as(cast.song), sight, cast.branch, cast.song, what(sight))
    assert not SelfCheck.objects.exists() and not Problem.objects.exists()


def test_it_is_kept_and_gone_on_with(cast, sight) -> None:
    song = acting_as(cast.song)
    kept = looks(song, sight, cast.branch, cast.song, said((sight.late, "迟了")), done=False)
    assert kept.state == CheckState.LOOKING and not Problem.objects.exists()
    done = looks(song, sight, cast.branch, cast.song, said((sight.late, ""), own=("备课晚",)))
    assert done.pk == kept.pk and Problem.objects.get().title == "备课晚"
    with pytest.raises(Refused, match="已经查完的不能删"):
        verbs.drop(song, done)
    again = looks(song, sight, cast.branch, cast.song, Said(), done=False)
    verbs.drop(song, again)
    assert SelfCheck.objects.get() == done


def test_the_same_is_not_raised_twice_while_it_stands(cast, sight) -> None:
    lead = acting_as(cast.shen, Role.SECRETARY)
    first = looks(lead, sight, cast.branch, None, said((sight.follow_up, "例会定的事没回头看")))
    second = looks(lead, sight, cast.branch, None, said((sight.follow_up, "还是没人盯")))
    assert Problem.objects.count() == 1
    assert first.answers.get().problem == second.answers.get().problem


def test_a_recorder_enters_from_paper_and_keeps_no_sight_of_it(cast, sight) -> None:
    tian = acting_as(cast.tian, Role.RECORDER)
    check = looks(tian, sight, cast.branch, cast.he, said((sight.late, "去年迟过一次")))
    assert (check.by_hand, check.by) == (True, cast.tian)
    found = Problem.objects.get()
    assert (found.subject, found.raised_by) == (cast.he, cast.he)
    assert not Problem.objects.filter(visible_problems(tian)).exists()
    assert not SelfCheck.objects.filter(rules.visible_checks(tian)).exists()
    assert Problem.objects.filter(visible_problems(acting_as(cast.he))).exists()


def test_who_leads_looks_in_the_own_branch_like_everybody_else(cast, sight) -> None:
    """Of a leader the leaders above see it, the own deputy does not."""
    assert looking.home_in(sight.campaign, cast.shen) == cast.branch
    assert looking.items_of_person(sight.campaign, cast.shen) == [sight.late, sight.follow_up]
    assert looking.items_of_person(sight.campaign, cast.zhou) == [sight.late]
    check = looks(
        acting_as(cast.shen, Role.SECRETARY), sight, cast.branch, cast.shen,
        said((sight.late, ""), (sight.follow_up, "三件事没回头看")),
    )  # fmt: skip
    for who, sees in (
        (acting_as(cast.zhou, Role.DEPUTY_SECRETARY), False),
        (acting_as(cast.qin, Role.SECRETARY), True),
        (acting_as(cast.shen, Role.SECRETARY), True),
    ):
        rows = SelfCheck.objects.filter(rules.visible_checks(who), pk=check.pk)
        assert rows.exists() is sees


@pytest.mark.parametrize(
    ("who", "role", "own", "other", "body"),
    [
        ("song", None, True, False, False),
        ("shen", Role.SECRETARY, True, True, True),
        ("su", Role.COMMITTEE_MEMBER, True, False, True),
        ("tian", Role.RECORDER, True, True, True),
        ("wen", Role.SECRETARY, True, False, False),
        ("qin", Role.SECRETARY, True, False, False),
    ],
)
def test_who_may_look(cast, sight, who, role, own, other, body) -> None:
    person = getattr(cast, who)
    actor = acting_as(person, role)
    verdicts = [
        bool(rules.may_look(actor, sight.campaign, cast.branch, whose))
        for whose in (person, cast.he, None)
    ]
    assert verdicts == [own, other, body]


def test_who_is_no_member_or_elsewhere_is_not_asked(cast, sight) -> None:
    assert looking.home_in(sight.campaign, cast.jiang) is None
    assert looking.home_in(sight.campaign, cast.bai) is None
    lead = acting_as(cast.shen, Role.SECRETARY)
    with pytest.raises(Refused, match="不在育新小学党支部对照查摆"):
        looks(lead, sight, cast.branch, cast.jiang, said((sight.late, "")))
    asked = {person.name for person in looking.members_of(sight.campaign, cast.branch)}
    assert {"沈若兰", "宋知行", "方晓岚"} < asked and not {"江一帆", "闻立诚"} & asked


def test_the_pages_fill_in_show_and_tell_who_has_looked(cast, sight) -> None:
    song, shen = client_as(cast.song), client_as(cast.shen, Role.SECRETARY)
    mine = f"/self-checks/mine/{sight.campaign.uid}/"
    rounds = f"/orgs/{cast.branch.uid}/self-checks/"
    assert "上课迟到早退" in song.get(mine).content.decode()
    wrong = song.post(mine, {"do": "finish", f"words-{sight.late.pk}": "早上"})
    assert wrong.status_code == 422 and "早上" in wrong.content.decode()
    typed = {f"look-{sight.late.pk}": "has", f"words-{sight.late.pk}": "周三迟了"}
    assert song.post(mine, typed | {"do": "keep"}).status_code == 302
    assert "checked" in song.get(mine).content.decode()
    done = song.post(mine, typed | {"do": "finish"}, follow=True)
    assert "看整改" in done.content.decode()

    seen = shen.get(rounds).content.decode()
    assert "宋知行" in seen and "人里 1 人查过" in seen and "周三迟了" not in seen
    member = client_as(cast.fang).get(rounds).content.decode()
    assert "宋知行" not in member and "人里 1 人查过" in member
    page = client_as(cast.fang).get(done.request["PATH_INFO"])
    assert page.status_code == 404


def test_the_sheet_prints_and_a_body_that_is_not_asked_has_none(cast, sight) -> None:
    paper = f"/orgs/{cast.branch.uid}/self-checks/{sight.campaign.uid}/paper/"
    shen = client_as(cast.shen, Role.SECRETARY)
    person, body = (shen.get(paper, {"for": who}).content.decode() for who in ("person", "body"))
    assert "上课迟到早退" in person and "定了的事没人盯" in person
    assert "上课迟到早退" not in body and "定了的事没人盯" in body
    assert shen.get(paper, {"for": "all"}).status_code == 404


def test_the_desk_asks_while_the_phase_runs_and_until_it_is_done(cast, sight) -> None:
    song, shen = acting_as(cast.song), acting_as(cast.shen, Role.SECRETARY)
    assert [row.title for row in looking_desk.todo_for(song)] == ["对照突出问题，查一查自己"]
    assert len(looking_desk.todo_for(shen)) == 2
    assert looking_desk.todo_for(acting_as(cast.jiang)) == []
    with clock.at(date(2026, 9, 28)):
        (row,) = looking_desk.todo_for(song)
        assert (row.kind, row.due) == ("due", date(2026, 9, 30))
    with clock.at(date(2026, 10, 1)):
        assert looking_desk.todo_for(song) == []
    looks(song, sight, cast.branch, cast.song, said((sight.late, "")))
    assert looking_desk.todo_for(song) == []
    looks(shen, sight, cast.branch, None, said((sight.follow_up, "")))
    assert [row.title for row in looking_desk.todo_for(shen)] == ["对照突出问题，查一查自己"]


def test_the_desk_asks_the_database_three_times_whatever_there_is(cast, sight) -> None:
    shen = acting_as(cast.shen, Role.SECRETARY)
    with CaptureQueriesContext(connection) as few:
        looking_desk.todo_for(shen)
    with clock.at(BEGINS):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        for _ in range(3):
            campaigns.create(office, cast.bureau, SMALL + PARTS, BEGINS).open(office)
    with CaptureQueriesContext(connection) as many:
        assert len(looking_desk.todo_for(shen)) == 8
    assert (len(few), len(many)) == (3, 3)
