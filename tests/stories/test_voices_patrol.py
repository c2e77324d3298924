"""A school's daily patrol: what it finds reaches the class teacher at once, becomes a problem with
his name on it, is mended, and looked at by somebody else before it is struck off."""

from datetime import date

from django.test import Client
from tests.cast import Cast, account_of, client_as

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.problems.models import Problem, ProblemState
from zhengyou.work.actions import rotas
from zhengyou.work.models import FindState, PatrolFind, RecordKind

DAY, NEXT = date(2026, 10, 12), date(2026, 10, 13)  # Monday and Tuesday
WHAT = "二楼东头水管漏水，走廊有积水"


def test_what_a_patrol_finds_is_handed_over_mended_and_verified(cast: Cast) -> None:
    with clock.at(DAY):
        find = _found_on_the_round(cast)
        problem = _taken_and_made_a_problem(cast, find)
    with clock.at(NEXT):
        _mended(cast, problem)
        _looked_at_by_somebody_else(cast, problem, find)


def _found_on_the_round(cast: Cast) -> PatrolFind:
    """The recorder writes the round down; the teacher's desk has the find in the same hour."""
    account_of(cast.song)
    rota = rotas.open_rota(
        acting_as(cast.shen, Role.SECRETARY), cast.school, title="每日巡查",
        record=RecordKind.PATROL, order=["值周一组", "值周二组"], daily=True,
    )  # fmt: skip
    tian = client_as(cast.tian, Role.RECORDER)
    sent = tian.post(f"/rotas/{rota.uid}/record/", {
        "on": DAY, "text": "课间走了三层楼，别的都好。", "what1": WHAT, "place1": "二楼东头",
        "person1": cast.song.pk,
    })  # fmt: skip
    assert sent.status_code == 302
    assert WHAT in client_as(cast.song).get("/desk/").content.decode()
    return PatrolFind.objects.get()


def _taken_and_made_a_problem(cast: Cast, find: PatrolFind) -> Problem:
    song = client_as(cast.song)
    page = f"/rotas/finds/{find.uid}/"
    song.post(page)
    find.refresh_from_db()
    assert find.state == FindState.TAKEN
    assert "提为问题" in song.get(page).content.decode()
    new = f"/problems/new/?source=patrol_find:{find.uid}"
    said = {bound.html_name: bound.value() for bound in song.get(new).context["form"]}
    sent = song.post(
        new, {name: getattr(value, "pk", value) for name, value in said.items() if value}
    )
    assert sent.status_code == 302
    problem = Problem.objects.get(source_uid=find.uid)
    assert (problem.owner, problem.organisation) == (
        cast.song,
        cast.school,
    )  # nobody typed it again
    assert problem.title in song.get(page).content.decode()  # the find says what came of it
    return problem


def _mended(cast: Cast, problem: Problem) -> None:
    song, page = client_as(cast.song), f"/problems/{problem.uid}/"
    plan = {"owner": cast.song.pk, "deadline": "2026-10-16", "m-TOTAL_FORMS": "1",
            "m-INITIAL_FORMS": "0", "m-0-what": "当天请后勤换阀门，放警示牌"}  # fmt: skip
    assert song.post(f"{page}plan/", plan).status_code == 302
    song.post(f"{page}start/")
    song.post(f"{page}submit/", {"words": "阀门换了，积水拖干了。"})
    assert song.post(f"{page}verify/", {"verdict": "pass"}).status_code == 403  # one's own work


def _looked_at_by_somebody_else(cast: Cast, problem: Problem, find: PatrolFind) -> None:
    shen, page = client_as(cast.shen, Role.SECRETARY), f"/problems/{problem.uid}/"
    _judge(shen, page, "back", "地上还是湿的。")
    song = client_as(cast.song)
    song.post(f"{page}submit/", {"words": "又拖了一遍，垫了防滑垫。"})
    _judge(shen, page, "pass", "去看过了。")
    problem.refresh_from_db()
    assert problem.state == ProblemState.VERIFIED
    assert [row.passed for row in problem.verifications.order_by("at")] == [False, True]
    assert "已验收" in song.get(f"/rotas/finds/{find.uid}/").content.decode()


def _judge(client: Client, page: str, verdict: str, words: str) -> None:
    """Open what was handed in last, and say what was seen there."""
    seen = client.get(f"{page}verify/").context["page"].handed_in.pk
    said = {"verdict": verdict, "words": words, "seen": seen}
    assert client.post(f"{page}verify/", said).status_code == 302
