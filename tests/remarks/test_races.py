"""Several write while somebody lets through: nothing is lost, laid twice or told as out of date."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests import cast as casting
from tests.papers.conftest import Scene, play
from tests.remarks.saying import say, target_of

from zhengyou.ledger.models import Fact
from zhengyou.remarks import laying, traces
from zhengyou.remarks.actions import moderating, writing
from zhengyou.remarks.models import Moderation, Remark, RemarkState
from zhengyou.remarks.targets import Target

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], object]) -> list[BaseException]:
    """Run all jobs in threads that start together; return what was raised."""
    gate, raised = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            job()
        except Exception as problem:  # noqa: BLE001  (handed to the test)
            raised.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def scene() -> Scene:
    """The autumn, played for itself."""
    return play(casting.build())


def write(target: Target, name: str) -> Callable[[], None]:
    def some() -> None:
        for number in range(4):
            writing.write(target, f"{name}的第 {number} 条。")

    return some


def test_all_that_is_written_is_kept_and_all_that_is_picked_is_shown(scene: Scene) -> None:
    target, secretary = target_of(scene.plan), scene.secretary
    picked = [say(scene.plan, f"早先的第 {number} 条。") for number in range(6)]

    def let_through() -> None:
        for remark in picked:
            assert moderating.show(secretary, [remark])

    jobs = [write(target, name) for name in "甲乙丙"]
    assert at_once(*jobs, let_through) == []

    assert Remark.objects.filter(state=RemarkState.WAITING).count() == 12
    assert Remark.objects.filter(state=RemarkState.SHOWN).count() == 6
    assert Fact.objects.filter(verb="remark.show").count() == 6
    traces.sweep()  # outside a transaction it may vacuum and cut the journal
    assert Remark.objects.count() == 18


def test_the_same_form_pressed_twice_is_one_remark(scene: Scene) -> None:
    target, token, codes = target_of(scene.plan), laying.new_token(), []

    def press() -> None:
        codes.append(writing.write(target, "食堂太咸。", "", token))

    assert at_once(press, press, press) == []
    assert len(set(codes)) == 1
    assert Remark.objects.count() == 1


def test_of_two_who_let_the_same_through_one_does(scene: Scene) -> None:
    remark, secretary, office = say(scene.plan), scene.secretary, scene.office
    assert at_once(
        lambda: moderating.show(secretary, [remark]), lambda: moderating.show(office, [remark])
    ) == []  # fmt: skip
    assert Moderation.objects.count() == 1
