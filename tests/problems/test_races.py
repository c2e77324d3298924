"""A problem, two at once, on both databases: one wins, the other is told."""

from datetime import date

import pytest
from tests import cast as casting
from tests.pledges.test_races import together
from tests.problems.scene import DAY, DEADLINE, a_problem, actors

from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.models import Extension, Problem, Verification

pytestmark = pytest.mark.django_db(transaction=True)


def again(problem: Problem) -> Problem:
    """Return the same problem as another request reads it."""
    return Problem.objects.select_related("organisation__parent").get(pk=problem.pk)


def test_agreed_verified_and_extended_by_two_at_once() -> None:
    scene = actors(casting.build())
    with clock.at(DAY):
        problem = a_problem(scene.shen, scene.cast.branch)
    su, later = scene.cast.su, date(2026, 11, 13)
    seen = [again(problem), again(problem)]
    told = together(DAY, *(
        lambda who=who, row=row: mending.agree(
            who, row, owner=su, deadline=DEADLINE, measures=[Planned("换灯")]
        )
        for who, row in zip((scene.shen, scene.zhou), seen, strict=True)
    ))  # fmt: skip
    assert told == ["done", "stale"]
    assert problem.measures.count() == 1

    seen = [again(problem), again(problem)]
    told = together(DAY, *(
        lambda who=who, row=row: extending.ask(who, row, until=later, why="缺货")
        for who, row in zip((scene.su, scene.shen), seen, strict=True)
    ))  # fmt: skip
    assert told in (["done", "refused"], ["done", "stale"])
    rows = [Extension.objects.select_related("problem").get() for _ in range(2)]
    told = together(DAY, lambda: extending.grant(scene.gu, rows[0], "同意"),
                    lambda: extending.refuse(scene.qin, rows[1], "不行"))  # fmt: skip
    assert told == ["done", "stale"]
    assert Extension.objects.get().state in ("granted", "refused")

    with clock.at(DAY):
        mending.submit(scene.su, again(problem), "亮了。")
    seen = [again(problem), again(problem)]
    told = together(DAY, lambda: judging.verify(scene.zhou, seen[0]),
                    lambda: judging.send_back(scene.gu, seen[1], "没亮"))  # fmt: skip
    assert told == ["done", "stale"]
    assert Verification.objects.count() == 1
    judged = Fact.objects.filter(verb__in=("problem.verify", "problem.send_back"))
    assert judged.count() == 1
