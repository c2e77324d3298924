"""Who and what goes where when bodies are split or redrawn."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zhengyou.kernel.texts import tidy_name
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import rolls
from zhengyou.people.models import Kind, Leaving, Membership, Organisation, Person


class Redrawing:
    """The plan of one split: checked as a whole before anything is written.

    Args:
        old: open siblings of one kind, read inside the transaction.
        into: name of each new body → its members.
        below: name of each new body → the bodies below the old ones that it takes.
        on: from which day.

    Raises:
        Refused: the old bodies are not siblings of one kind, or nothing is to become of them.
    """

    def __init__(
        self,
        old: list[Organisation],
        into: Mapping[str, Iterable[Person]],
        below: Mapping[str, Iterable[Organisation]],
        on: date,
    ) -> None:
        if not old or len({(body.parent_id, body.kind) for body in old}) != 1:
            raise Refused("只能拆分、重划同一个上级下面的同类组织。")
        if old[0].parent is None:
            raise Refused("最上级的组织不能拆分。")
        self.old, self.on = old, on
        self.kind, self.parent = Kind(old[0].kind), old[0].parent
        self.into = {tidy_name(name): list(people) for name, people in into.items()}
        self.below = {tidy_name(name): list(bodies) for name, bodies in below.items()}
        if len(self.into) != len(into) or not self.into:
            raise Refused("新组织至少要有一个，名称不能相同。")
        rows = Membership.objects.overlapping(on, None).filter(organisation__in=old)
        self.memberships = {row.person_id: row for row in rows.order_by("since")}

    def check(self) -> None:
        """Check that every member and every body below has exactly one new place.

        Raises:
            Refused: not so; the reason names who or what.
        """
        _once(self.into, set(self.memberships), "人", Person.objects.order_by("sort_key"))
        children = Organisation.objects.filter(parent__in=self.old).exclude(closed_on__lte=self.on)
        strange = set(self.below) - set(self.into)
        if strange:
            raise Refused(f"没有叫“{'、'.join(sorted(strange))}”的新组织，下面的组织没法跟过去。")
        _once(self.below, set(children.values_list("pk", flat=True)), "个下级组织", children)

    def empty_the_old(self) -> None:
        """End all memberships of the old bodies."""
        rows = Membership.objects.filter(organisation__in=self.old)
        rows.overlapping(self.on, None).update(left_because=Leaving.REGROUPED)
        rows.end(self.on)

    def fill(self, body: Organisation, name: str) -> None:
        """Put the members meant for ``name`` into the new body, as long as they were to stay."""
        Membership.objects.bulk_create(
            [
                Membership(
                    person=person,
                    organisation=body,
                    since=max(self.on, self.memberships[person.pk].since),
                    until=self.memberships[person.pk].until,
                )
                for person in self.into[name]
            ],
            batch_size=500,
        )
        rolls.follow(persons=[person.pk for person in self.into[name]])

    def data(self, new: list[Organisation]) -> dict[str, Any]:
        """Return what the ledger keeps of it."""
        return {
            "from": [str(body.uid) for body in self.old],
            "into": [str(body.uid) for body in new],
            "people": len(self.memberships),
            "on": self.on.isoformat(),
        }


def _once(plan: Mapping[str, list[Any]], expected: set[int], what: str, everything: Any) -> None:
    """Check that ``plan`` gives each of ``expected`` one place and nobody else any."""
    places: dict[int, list[str]] = {}
    for name, things in plan.items():
        for thing in things:
            places.setdefault(thing.pk, []).append(name)
            if thing.pk not in expected:
                raise Refused(f"{thing.name}不在要拆分的组织里，不能分到“{name}”。")
            if len(places[thing.pk]) > 1:
                both = "、".join(places[thing.pk])
                raise Refused(f"{thing.name}同时分到了{both}，只能在一处。")
    left = expected - set(places)
    if left:
        first = "、".join(thing.name for thing in everything.filter(pk__in=left)[:5])
        more = "等" if len(left) > 5 else ""
        raise Refused(f"还有 {len(left)} {what}没有分到新组织：{first}{more}。")
