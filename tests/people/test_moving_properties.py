"""Whatever is merged, split, handed over and taken back: each person is on exactly the rolls that
a plain book of who went where says, on every day, never on two at once."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import merging, succession, transfers, tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Family,
    Kind,
    Membership,
    Organisation,
    Person,
    Placement,
    Post,
    Role,
    Standing,
)
from zhengyou.people.queries.roll import counts_on, persons_on, persons_one_by_one, size_on
from zhengyou.people.queries.tree import tree_on

FIRST = date(2026, 2, 1)
PICK = st.integers(0, 30)
STEP = st.tuples(st.sampled_from(["merge", "found", "split", "hand over", "undo"]), PICK, PICK)


class Book:
    """Who is in which branch, written down by hand beside the product."""

    def __init__(self) -> None:
        self.home = {
            row.person_id: row.organisation_id
            for row in Membership.objects.filter(organisation__kind=Kind.BRANCH)
        }
        self.before: dict[int, int] | None = None  # before the last change that can be undone
        self.changed_on = FIRST

    def move(self, persons, heir: Organisation) -> None:
        """Write down a change."""
        self.before, self.changed_on = dict(self.home), clock.today()
        self.home |= dict.fromkeys((person.pk for person in persons), heir.pk)

    def members(self, body: Organisation) -> list[Person]:
        """Return who is in a branch by this book."""
        pks = sorted(pk for pk, home in self.home.items() if home == body.pk)
        return list(Person.objects.filter(pk__in=pks).order_by("pk"))


def take(book: Book, step: str, first: int, second: int, last: list) -> None:
    """Do one step with the branches that the numbers point at; a refusal changes nothing."""
    chief = acting_as(Person.objects.get(name="卓一宁"), Role.SYSTEM_ADMIN)
    branches = list(Organisation.objects.filter(kind=Kind.BRANCH, closed_on=None).order_by("pk"))
    body, other = branches[first % len(branches)], branches[second % len(branches)]
    people, others = book.members(body), book.members(other)
    with suppress(Refused):
        if step == "merge":
            done = merging.merge(chief, [body], into=other)
            book.move(people, other)
        elif step == "found":
            done = merging.merge(
                chief, [body, other], name=f"新{first}{second}支部", parent=body.parent
            )
            book.move(people + others, done.successions.first().heir)
        elif step == "split":
            names = [f"{body.name}一", f"{body.name}二"]
            into = {names[0]: people[::2], names[1]: people[1::2]}
            groups = list(body.children.filter(closed_on=None))
            new = tree.split(chief, [body], into, below={names[0]: groups, names[1]: []})
            book.move(into[names[0]], new[0])
            home = book.before
            book.move(into[names[1]], new[1])
            book.before, done = home, body.heirs.first().reorganisation
        elif step == "hand over":
            chosen = [people[second % len(people)]] if people else []
            done = transfers.propose(chief, body, other, chosen)
            book.move(chosen, other)
        else:
            undo = transfers.undo if hasattr(last[-1], "state") else succession.undo
            undo(chief, last.pop())
            book.home, book.before = dict(book.before or {}), None
            last.clear()
            return
        last[:] = [done]


def check_kept(day: date) -> None:
    """The numbers that pages keep are those one gets by counting."""
    root = tree_on(day, Organisation.objects.get(parent=None))
    nodes = {node.path: node for node in root.walk()}
    for path, node in nodes.items():
        body = Organisation.objects.get(pk=node.pk)
        here = persons_on(day, body)
        assert node.people == size_on(day, body) == here.count(), (day, node.name)
        assert node.people == persons_one_by_one(day, body).count()
        assert node.bodies == sum(1 for other in nodes if other.startswith(path)) - 1
        stand = Standing.objects.on(day).filter(person__in=here).values_list("kind", flat=True)
        assert counts_on(day, body) == Counter(stand), (day, node.name)


def check(day: date, home: dict[int, int]) -> None:
    """On that day everybody was where the book says, once, and what stood anywhere was sound."""
    for body in Organisation.objects.filter(kind=Kind.BRANCH):
        expected = {pk for pk, where in home.items() if where == body.pk}
        here = set(persons_on(day, body).values_list("pk", flat=True))
        assert here == expected, (day, body.name)
    rows = Membership.objects.on(day).filter(organisation__family=Family.PARTY)
    placed = {row.organisation_id: row.path for row in Placement.objects.on(day)}
    for person, where in home.items():
        homes = {placed[row.organisation_id] for row in rows.filter(person=person)}
        assert all(paths.is_within(path, placed[where]) for path in homes), person
    assert not Post.objects.on(day).exclude(organisation__in=placed).exists()
    assert len(set(placed.values())) == len(placed)


@pytest.mark.django_db
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=4, max_size=9))
def test_everybody_is_on_exactly_one_roll_each_day(cast, steps):
    with transaction.atomic():
        album, last = {}, []
        with clock.at(FIRST):
            book = Book()
        for number, step in enumerate(steps):
            day = FIRST + timedelta(days=3 * number)
            with clock.at(day):
                if step[0] == "undo" and (not last or not book.before):
                    continue
                if step[0] == "undo":  # as if it had not been: the days since are told anew
                    album = {past: home for past, home in album.items() if past < book.changed_on}
                take(book, *step, last)
                check(day, book.home)
                check_kept(day)
                album[day] = dict(book.home)
        for past, home in album.items():
            check(past, home)
        check_kept(FIRST)
        transaction.set_rollback(True)
