"""A union of a school, three people who sit in its group, and whoever is not to know."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.cast import Cast
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.labour.actions import cases, seats, warnings
from zhengyou.labour.models import CaseKind, LabourCase, Level, SeatPart, Signal, Source
from zhengyou.people.actions import posts, tree
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Kind, Organisation, Role

SEATED, DAY = date(2026, 9, 1), date(2026, 10, 12)
SECRET, PARTY = "扣了三个月课时费", "锅炉工老乔"


@dataclass
class Labour:
    """The union, with 周启明 at its head, 宋知行 heading the group, 魏长青 and 方晓岚 in it."""

    cast: Cast
    union: Organisation

    def actor(self, who: str, role: Role | None = None) -> Actor:
        """Return ``song`` (or another surname) wearing the first hat of ``role``."""
        return acting_as(self.cast.persons[who], role)

    @property
    def song(self) -> Actor:
        """The head of the group, as a plain member of the branch: the hat does not matter."""
        return self.actor("song")

    def warned(self, level: Level = Level.BLUE, on: date = DAY, **how: Any) -> Signal:
        """Return a signal that 宋知行 noted."""
        given = {"kind": "wages", "source": Source.WORKER, "seen_on": on, "text": SECRET, **how}
        with clock.at(on):
            return warnings.note(self.song, self.union, level=level, **given)

    def opened(self, on: date = DAY, **how: Any) -> LabourCase:
        """Return a case that 宋知行 opened."""
        given = {"kind": CaseKind.SINGLE, "about": "wages", "parties": PARTY, "text": SECRET, **how}
        with clock.at(on):
            return cases.open_case(self.song, self.union, **given)


@shared(on="cast")
def labour(cast: Cast) -> Labour:
    """The scene."""
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(date(2026, 8, 1)):
        union = tree.found(office, name="育新小学工会", kind=Kind.UNION, parent=cast.branch)
        posts.appoint(office, cast.zhou, union, Role.SECRETARY)
    with clock.at(SEATED):
        chair = acting_as(cast.zhou, Role.SECRETARY)
        for who, part in (("song", SeatPart.HEAD), ("wei", SeatPart.MEMBER),
                          ("fang", SeatPart.MEMBER)):  # fmt: skip
            seats.seat(chair, union, cast.persons[who], part)
    return Labour(cast, union)
