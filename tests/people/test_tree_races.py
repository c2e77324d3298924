"""Two people change the tree at one moment: the second waits and sees what the first did."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from tests import cast as casting

from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import merging, people, transfers, tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Membership, Organisation, Person, Placement, Role, Transfer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run all jobs in threads that start together; return what each raised, or None."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            gate.wait(10)
            job()
        except Exception as problem:  # noqa: BLE001  (handed to the test)
            results[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_founders_under_one_parent_never_share_a_segment():
    cast = casting.build()
    jobs = [
        lambda number=number: tree.found(
            None, name=f"第{number}党小组", kind=Kind.PARTY_GROUP, parent=cast.branch
        )
        for number in range(8)
    ]
    assert at_once(*jobs) == [None] * 8
    made = Organisation.objects.filter(parent=cast.branch, name__startswith="第")
    assert len({body.path for body in made}) == len(made) == 8


def test_of_two_founders_with_one_name_one_is_told():
    cast = casting.build()
    job = lambda: tree.found(None, name="新组", kind=Kind.PARTY_GROUP, parent=cast.branch)  # noqa: E731
    results = at_once(job, job)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Refused"]


def test_a_body_founded_while_its_branch_moves_is_not_left_behind():
    cast = casting.build()
    mover = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    jobs = [lambda: tree.move(mover, cast.branch, cast.town)]
    jobs += [
        lambda number=number: tree.found(
            None, name=f"第{number}党小组", kind=Kind.PARTY_GROUP, parent=cast.branch
        )
        for number in range(4)
    ]
    assert at_once(*jobs) == [None] * 5
    cast.branch.refresh_from_db()
    for body in Organisation.objects.filter(parent=cast.branch):
        assert body.path.startswith(cast.branch.path)
        assert Placement.objects.get(organisation=body, until=None).path == body.path


def test_two_moves_cannot_tie_the_tree_into_a_knot():
    cast = casting.build()
    mover = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    results = at_once(
        lambda: tree.move(mover, cast.bureau, cast.town),
        lambda: tree.move(mover, cast.town, cast.bureau),
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Refused"]


def test_nobody_is_enrolled_into_a_body_that_closes_at_that_moment():
    cast = casting.build()
    keeper = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    group = tree.found(None, name="空组", kind=Kind.PARTY_GROUP, parent=cast.branch)
    at_once(
        lambda: tree.close(keeper, group),
        lambda: people.enrol(keeper, cast.jiang, group),
    )
    group.refresh_from_db()
    assert group.is_open() == Membership.objects.filter(organisation=group).exists()


def test_nobody_is_enrolled_twice_at_once():
    cast = casting.build()
    people.release(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.xu, cast.nanhu)
    keeper = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    results = at_once(
        lambda: people.enrol(keeper, Person.objects.get(pk=cast.xu.pk), cast.branch),
        lambda: people.enrol(keeper, Person.objects.get(pk=cast.xu.pk), cast.village),
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Refused"]
    with suppress(Refused):
        people.enrol(keeper, cast.xu, cast.village)
    assert Membership.objects.filter(person=cast.xu, until=None).count() == 1


def test_a_transfer_is_answered_once_and_a_branch_merged_once():
    cast = casting.build()
    shen, wen = acting_as(cast.shen, Role.SECRETARY), acting_as(cast.wen, Role.SECRETARY)
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    sent = transfers.propose(shen, cast.branch, cast.nanhu, [cast.song])
    answers = at_once(
        lambda: transfers.accept(wen, Transfer.objects.get(pk=sent.pk)),
        lambda: transfers.accept(office, Transfer.objects.get(pk=sent.pk)),
        lambda: transfers.send_back(wen, Transfer.objects.get(pk=sent.pk), "再等等"),
    )
    assert [type(each).__name__ for each in answers].count("NoneType") == 1
    assert Membership.objects.filter(person=cast.song, until=None, organisation__in=[
        cast.branch, cast.nanhu]).count() == 1  # fmt: skip

    job = lambda: merging.merge(office, [cast.nanhu], into=cast.branch)  # noqa: E731
    assert sorted(type(each).__name__ for each in at_once(job, job)) == ["NoneType", "Refused"]
    assert (
        Membership.objects.filter(person=cast.wen, until=None, organisation=cast.branch).count()
        == 1
    )
