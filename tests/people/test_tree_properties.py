"""Whatever is done to the tree: paths are unique, the cache is today, and the past stays."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import cast as casting

from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Placement, Role
from zhengyou.people.queries.tree import tree_on

FIRST = date(2026, 2, 1)
PICK = st.integers(0, 30)
STEP = st.one_of(
    st.tuples(st.just("found"), PICK, PICK),
    st.tuples(st.just("move"), PICK, PICK),
    st.tuples(st.just("rename"), PICK, PICK),
    st.tuples(st.just("close"), PICK, PICK),
    st.tuples(st.just("sleep"), PICK, PICK),
)


def take(step, first, second):
    """Do one step with the bodies that the numbers point at; a refusal is an answer, too."""
    everything = list(Organisation.objects.order_by("pk"))
    body, other = everything[first % len(everything)], everything[second % len(everything)]
    with suppress(Refused):
        actor = acting_as(casting.Person.objects.get(name="卓一宁"), Role.SYSTEM_ADMIN)
        if step == "found":
            kind = list(Kind)[second % len(Kind)]
            tree.found(actor, name=f"新{first}号", kind=kind, parent=body)
        elif step == "move":
            tree.move(actor, body, other)
        elif step == "rename":
            tree.rename(actor, body, f"改{second}号")
        elif step == "close":
            tree.close(actor, body)


def picture(day):
    """The whole tree of a day: names in order, with their depth."""
    root = tree_on(day, Organisation.objects.get(parent=None))
    return [(paths.depth(node.path), node.name, node.people) for node in root.walk()]


def check_today():
    """The cached path and parent of each open body are those of its one placement of today."""
    standing = {row.organisation_id: row for row in Placement.objects.on(clock.today())}
    used: dict[str, int] = {}
    for body in Organisation.objects.all():
        if body.is_open():
            row = standing.pop(body.pk)
            assert (row.path, row.parent_id) == (body.path, body.parent_id)
        if body.parent:
            assert paths.parent(body.path) == body.parent.path
    assert not standing  # Nothing that is closed stands anywhere.
    for row in Placement.objects.all():
        assert used.setdefault(row.path, row.organisation_id) == row.organisation_id


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=5, max_size=25))
def test_any_history_leaves_a_sound_tree_and_an_unchanged_past(db, steps):
    from django.db import transaction

    with transaction.atomic():
        casting.build()
        day, album = FIRST, {}
        for step in steps:
            with clock.at(day):
                take(*step)
                check_today()
            if step[0] == "sleep":
                album[day] = picture(day)
                day += timedelta(days=1 + step[1])
        for past, seen in album.items():
            assert picture(past) == seen
        transaction.set_rollback(True)
