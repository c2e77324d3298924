"""What becomes of a problem step by step, with its history and its facts."""

from datetime import date, timedelta

import pytest
from tests.problems.scene import DAY, DEADLINE, Found, a_problem, agreed

from zhengyou.kernel import clock, handovers
from zhengyou.kernel.handovers import Handover
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.people import appoint
from zhengyou.people.actor import hats_of, wearing
from zhengyou.people.models import Role
from zhengyou.problems import owners, sources
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import (
    Explained,
    Privacy,
    Problem,
    ProblemState,
)
from zhengyou.problems.queries.of_source import of_sources, public_states

ONE = [Planned("报修三盏灯")]
LATER = date(2026, 11, 13)


def test_from_found_to_struck_off_each_step_is_kept(scene: Found) -> None:
    with clock.at(DAY):
        problem = a_problem(scene.he, scene.cast.branch, "  走廊的灯　坏了 ")
        assert problem.title == "走廊的灯 坏了"
        assert problem.claim_by == problem.due_on == date(2026, 10, 19)  # five working days
        agreed(scene, problem)
        assert problem.due_on == DEADLINE
        mending.start(scene.su, problem)
        mending.tick_off(scene.song, problem.measures.last())
    with clock.at(DAY + timedelta(days=3)):
        mending.submit(scene.su, problem, "灯都亮了。")
        judging.send_back(scene.zhou, problem, "三楼还有一盏没亮。")
        mending.submit(scene.su, problem, "三楼也亮了。")
        judging.verify(scene.he, problem, "晚上去看过。")
        judging.close(scene.zhou, problem)
    did = list(problem.steps.values_list("did", flat=True))
    assert did == [
        "raise", "agree", "start", "measure_done", "submit", "send_back", "submit", "verify",
        "close",
    ]  # fmt: skip
    assert problem.state == ProblemState.CLOSED
    facts = Fact.objects.filter(about_uid=problem.uid)
    assert list(facts.order_by("seq").values_list("verb", flat=True)) == [
        f"problem.{each}" for each in did
    ]
    assert not any("灯" in str(fact.data) for fact in facts)


def test_what_cannot_be_raised(scene: Found) -> None:
    body = scene.cast.branch
    with clock.at(DAY):
        for wrong, words in (
            ({"title": " "}, "一句话"),
            ({"title": "长" * 61}, "最多 60"),
            ({"found_on": DAY + timedelta(1)}, "还没到"),
            ({"deadline": DAY - timedelta(1)}, "已经过了"),
        ):
            with pytest.raises(Refused, match=words):
                a_problem(scene.shen, body, **{"title": "灯坏了", **wrong})
        with pytest.raises(Refused, match="看不到"):  # from a thing that one may not see
            raise_problem(scene.wen, scene.cast.nanhu, title="学来的", source=scene["quiet"].ref)


def test_one_form_is_one_problem(scene: Found) -> None:
    key = scene["open"].uid
    with clock.at(DAY):
        made = [a_problem(scene.shen, scene.cast.branch, key=key) for _ in range(2)]
    assert made[0] == made[1]


def test_a_persons_own_is_private_and_his_to_mend(scene: Found) -> None:
    with clock.at(DAY):
        own = a_problem(
            scene.shen, scene.cast.branch, subject=scene.cast.he, privacy=Privacy.PUBLIC
        )
        assert (own.privacy, own.owner) == (Privacy.HANDLERS, scene.cast.he)
        with pytest.raises(Refused, match="就是本人"):
            mending.agree(scene.he, own, owner=scene.cast.su, measures=ONE, deadline=DEADLINE)
        mending.agree(scene.he, own, owner=scene.cast.he, measures=ONE, deadline=DEADLINE)


def test_what_cannot_be_agreed(scene: Found) -> None:
    problem, su = scene["open"], scene.cast.su
    with clock.at(DAY):
        bounded = a_problem(scene.yin, scene.cast.branch, deadline=DEADLINE)
        for each, wrong, words in (
            (problem, {"owner": scene.cast.wen}, "不在育新小学党支部"),
            (problem, {"measures": []}, "至少写一条"),
            (problem, {"measures": [Planned(" ")]}, "没有写做什么"),
            (problem, {"measures": [Planned("查", by_when=LATER)]}, "晚于整改期限"),
            (problem, {"measures": [Planned("查", scene.cast.wen)]}, "不在育新小学党支部"),
            (problem, {"deadline": DAY - timedelta(1)}, "已经过了"),
            (bounded, {"deadline": LATER}, "提出的人要求 2026年10月30日前"),
        ):
            good = {"owner": su, "measures": ONE, "deadline": DEADLINE}
            with pytest.raises(Refused, match=words):
                mending.agree(scene.shen, each, **{**good, **wrong})
        mending.agree(scene.shen, bounded, owner=su, measures=ONE, deadline=DEADLINE)


def test_whoever_saw_another_state_is_told(scene: Found) -> None:
    problem = scene["submitted"]
    with clock.at(DAY):
        seen = Problem.objects.get(pk=problem.pk)
        judging.verify(scene.zhou, problem)
        with pytest.raises(Stale, match="现在是“已验收”"):
            judging.send_back(scene.gu, seen, "没改好")
        assert problem.verifications.count() == 1


def test_other_measures_take_the_place_of_those_not_done(scene: Found) -> None:
    problem = scene["under_way"]
    with clock.at(DAY):
        mending.tick_off(scene.su, problem.measures.first())
        mending.revise(scene.su, problem, measures=[Planned("换节能灯")], why="灯停产了")
        with pytest.raises(Refused, match="已经记过"):
            mending.tick_off(scene.su, problem.measures.first())
    standing = problem.measures.filter(dropped_at=None)
    assert list(standing.values_list("what", flat=True)) == ["报修三盏灯", "换节能灯"]
    assert problem.measures.count() == 3  # what was agreed first stays to be read


def test_another_owner_with_a_reason_takes_over_the_measures(scene: Found) -> None:
    problem = scene["under_way"]
    with clock.at(DAY):
        with pytest.raises(Refused, match="为什么换人"):
            mending.assign(scene.shen, problem, scene.cast.zhou, " ")
        mending.assign(scene.shen, problem, scene.cast.zhou, "苏老师去支教了")
        assert problem.owner == scene.cast.zhou
        assert problem.steps.last().owner == scene.cast.zhou


def test_more_time_is_asked_for_and_granted_by_the_superior(scene: Found) -> None:
    problem = scene["under_way"]
    with clock.at(DAY):
        with pytest.raises(Refused, match="晚于现在的期限"):
            extending.ask(scene.su, problem, until=DEADLINE, why="缺货")
        wish = extending.ask(scene.su, problem, until=LATER, why="灯缺货")
        with pytest.raises(Refused, match="已经申请过"):
            extending.ask(scene.su, problem, until=LATER, why="再申请")
        with pytest.raises(Refused, match="上级的书记"):
            extending.grant(scene.shen, wish, "同意")
        with pytest.raises(Refused, match="理由"):
            extending.grant(scene.gu, wish, "")
        extending.grant(scene.gu, wish, "确实缺货")
        assert problem.deadline == problem.steps.last().due_on == LATER
        with pytest.raises(Refused, match="已经批过"):
            extending.refuse(scene.gu, wish, "不行")
        again = extending.ask(scene.su, problem, until=LATER + timedelta(9), why="还缺")
        extending.refuse(scene.gu, again, "先用旧灯")
        last = extending.ask(scene.su, problem, until=LATER + timedelta(9), why="真的缺")
        mending.submit(scene.su, problem, "借到灯了。")
    assert problem.deadline == LATER
    states = problem.extensions.values_list("state", flat=True)
    assert list(states) == ["granted", "refused", "lapsed"]
    assert last.why == "真的缺"


def test_without_anybody_above_another_leader_grants(scene: Found, cast) -> None:
    with clock.at(DAY):
        appoint(None, cast.gu, cast.county, Role.CAMPAIGN_OFFICE)
        appoint(None, cast.qin, cast.county, Role.SECRETARY)
        secretary, office = _at(cast.qin, cast.county), _at(cast.gu, cast.county)
        problem = a_problem(secretary, cast.county)
        mending.agree(secretary, problem, owner=cast.qin, measures=ONE, deadline=DEADLINE)
        wish = extending.ask(secretary, problem, until=LATER, why="会多")
        with pytest.raises(Refused, match="您自己"):
            extending.grant(secretary, wish, "同意")
        extending.grant(office, wish, "同意")


def _at(person, body):
    hat = next(h for h in hats_of(person) if h.organisation == body and h.role)
    return wearing(person, hat.uid)


def test_what_cannot_be_solved_now_is_explained_and_told(scene: Found) -> None:
    voice = Ref("voice", scene["open"].uid, "食堂太挤")
    with clock.at(DAY):
        problem = raise_problem(scene.shen, scene.cast.branch, title="食堂太挤", source=voice)
        assert public_states("voice", [voice.uid])[voice.uid].words == "已列为问题，正在安排人整改"
        with pytest.raises(Refused, match="今天以后"):
            judging.explain(scene.shen, problem, kind=Explained.PLAN, words="分两步", again=DAY)
        judging.explain(
            scene.shen, problem, kind=Explained.PLAN, words="先错峰，明年扩建。",
            again=date(2027, 3, 1),
        )  # fmt: skip
        told = public_states("voice", [voice.uid])[voice.uid]
        assert (told.kind, told.day, told.said) == ("done", DAY, "先错峰，明年扩建。")
        assert of_sources("voice", [voice.uid], scene.he) == {voice.uid: [problem]}
        assert of_sources("voice", [voice.uid], scene.wen) == {}


def test_reopened_it_is_claimed_anew_and_all_of_before_stays(scene: Found) -> None:
    problem = scene["closed"]
    with clock.at(date(2026, 11, 2)):
        with pytest.raises(Refused, match="为什么重新打开"):
            judging.reopen(scene.gu, problem, "")
        judging.reopen(scene.gu, problem, "灯又灭了")
        assert (problem.state, problem.deadline, problem.owner) == ("open", None, scene.cast.su)
        assert problem.due_on == date(2026, 11, 9)
        mending.agree(
            scene.su, problem, owner=scene.cast.su, measures=ONE, deadline=date(2026, 11, 30)
        )
    assert problem.reopenings.get().was == ProblemState.CLOSED
    assert problem.measures.filter(dropped_at=None).count() == 1


def test_it_is_widened_with_a_reason_and_never_narrowed(scene: Found) -> None:
    quiet = scene["quiet"]
    with clock.at(DAY):
        with pytest.raises(Refused, match="为什么"):
            judging.widen(scene.shen, quiet, Privacy.BODY, "")
        judging.widen(scene.shen, quiet, Privacy.PUBLIC, "大家都关心")
        step = quiet.steps.last()
        assert (step.words, step.privacy) == ("大家都关心", "public")
        other = scene["open"]
        with pytest.raises(Refused, match="不能收窄"):
            judging.widen(scene.shen, other, Privacy.HANDLERS, "收回")


def test_whom_a_patrol_names_hears_of_it_at_once(scene: Found, monkeypatch) -> None:
    brought: list[Handover] = []
    monkeypatch.setitem(handovers._bringers, "test", brought.append)
    with clock.at(DAY):
        named = {"title": "水管漏水", "owner": scene.cast.song}
        raise_problem(scene.shen, scene.cast.branch, source=Ref("patrol_find", scene.cast.su.uid),
                      **named)  # fmt: skip
        raise_problem(scene.shen, scene.cast.branch, source=scene.cast.branch.ref, **named)
    assert sources.named("patrol_find").at_once
    assert [each.to for each in brought] == [scene.cast.song.uid]  # the other waits for the digest
    assert "水管" not in brought[0].title + brought[0].words


def test_whom_a_body_may_name(scene: Found) -> None:
    cast = scene.cast
    with clock.at(DAY):
        branch = {person.name for person in owners.people_of(cast.branch)}
        assert {"沈若兰", "宋知行", "贺建国"} <= branch and "闻立诚" not in branch
        assert {person.name for person in owners.people_of(cast.low)} == branch
        bureau = {person.name for person in owners.people_of(cast.bureau)}
        assert {"秦望舒", "顾明川", "殷素秋"} <= bureau  # not the people of all its schools
        assert not bureau & {"宋知行", "贺建国"}
