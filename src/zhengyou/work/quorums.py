"""Who is called to a meeting, who has a vote, and whether enough were there.

《中国共产党支部工作条例（试行）》: an assembly needs at least half of the members who have a vote,
a committee half of its members; what an assembly decides needs more than half of all who have a
vote, not of those present. Probationary members take part without a vote, as does who is under
留党察看; whoever is suspended (停止党籍) has neither. It is shown and never in the way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Family,
    Kind,
    Membership,
    Organisation,
    Person,
    Placement,
    Post,
    Role,
    Standing,
    StandingKind,
)
from zhengyou.people.models.post import SEATS
from zhengyou.work.kinds import Called, form_of
from zhengyou.work.models import Attendance, RecordKind

COMMITTEE = (Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER)
MEMBERS = (StandingKind.FULL, StandingKind.PROBATIONARY)
NO_VOTE = (CircumstanceKind.OBSERVED, CircumstanceKind.SUSPENDED, CircumstanceKind.LEFT)
OUT = (CircumstanceKind.SUSPENDED, CircumstanceKind.LEFT)
GROUPS = (Kind.PARTY_GROUP, Kind.CLASS, Kind.LEADING_GROUP, Kind.WORKING_GROUP, Kind.TEAM)
"""Bodies that keep no books of their own: those of the body they stand in do."""
OF_TEAMS = (RecordKind.PRACTICE, RecordKind.SERVICE, RecordKind.EVENT)
"""What a team does together: there all of it are called."""
VOTING = {RecordKind.ASSEMBLY: "有表决权的党员", RecordKind.COMMITTEE: "委员"}
"""Meetings that need enough people, and of whom."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who may take part.

    Args:
        called: on the list from the beginning; else to be ticked.
        votes: counts towards the quorum; ``words``: why not, or what there is to know.
        preset: what the list says before anybody touches it.
    """

    person: Person
    called: bool
    votes: bool
    words: str
    preset: Attendance | None


def own_people(body: Organisation, day: date) -> Q:
    """Return the condition on persons that they were of the body itself on ``day``, or of a party
    group in it: of a committee that is not everybody of its branches."""
    inside = Placement.objects.on(day).filter(parent=body, organisation__kind=Kind.PARTY_GROUP)
    here = Q(organisation=body) | Q(organisation__in=inside.values("organisation"))
    return Q(pk__in=Membership.objects.on(day).filter(here).values("person"))


def holders(body: Organisation, roles: Collection[Role], day: date) -> Q:
    """Return the condition on persons that they held one of ``roles`` at ``body`` on ``day``."""
    held = Post.objects.on(day).filter(organisation=body, role__in=roles)
    return Q(pk__in=held.values("person"))


def expected(kind: RecordKind, body: Organisation, day: date) -> list[Expected]:
    """Return who may take part, by pinyin: those called, and others of the body and, of a group,
    of the body it stands in. Five queries, whatever the number of people.
    """
    near = own_people(body, day) | holders(body, list(Role), day)
    if body.kind in GROUPS and body.parent:
        near |= own_people(body.parent, day)
    persons = list(Person.objects.filter(near).order_by("sort_key", "pk"))
    keys = [person.pk for person in persons]
    kinds = dict(Standing.objects.on(day).filter(person__in=keys).values_list("person_id", "kind"))
    held: dict[int, set[str]] = {}
    rows = Circumstance.objects.on(day).filter(person__in=keys)
    for key, what in rows.values_list("person_id", "kind"):
        held.setdefault(key, set()).add(what)
    called = _called(kind, body, day, kinds)
    voting = _voting(kind, body, day, kinds)
    return [
        _expected(person, called, voting, kinds.get(person.pk, ""), held.get(person.pk, set()))
        for person in persons
        if CircumstanceKind.LEFT not in held.get(person.pk, set())
    ]


def _expected(
    person: Person, called: set[int], voting: set[int], kind: str, held: set[str]
) -> Expected:
    asked = person.pk in called and not held & set(OUT)
    lost = CircumstanceKind.LOST in held
    words = [str(CircumstanceKind(each).label) for each in CircumstanceKind if each in held]
    if kind and kind != StandingKind.FULL:
        words.insert(0, str(StandingKind(kind).label))
    preset = (Attendance.ABSENT if lost else Attendance.PRESENT) if asked else None
    votes = person.pk in voting and not held & set(NO_VOTE)
    return Expected(person, asked, votes, "，".join(words), preset)


def _called(kind: RecordKind, body: Organisation, day: date, standings: dict[int, str]) -> set[int]:
    """Return who is on the list from the beginning."""
    called = form_of(kind).called
    if called == Called.CHOSEN and (body.kind != Kind.TEAM or kind not in OF_TEAMS):
        return set()
    seats = COMMITTEE if called == Called.COMMITTEE else SEATS
    sitting = set(Person.objects.filter(holders(body, seats, day)).values_list("pk", flat=True))
    seated = Kind(body.kind).family == Family.WORKING and body.kind != Kind.TEAM
    if called == Called.COMMITTEE or (seated and sitting):  # of a team only the leader has a seat
        return sitting
    own = set(Person.objects.filter(own_people(body, day)).values_list("pk", flat=True))
    if called != Called.MEMBERS or Kind(body.kind).family != Family.PARTY:
        return own
    return {key for key in own if standings.get(key) in MEMBERS}


def _voting(kind: RecordKind, body: Organisation, day: date, standings: dict[int, str]) -> set[int]:
    """Return who counts towards the quorum, before circumstances are looked at."""
    if kind == RecordKind.COMMITTEE:
        return set(
            Person.objects.filter(holders(body, COMMITTEE, day)).values_list("pk", flat=True)
        )
    if kind == RecordKind.ASSEMBLY:
        own = set(Person.objects.filter(own_people(body, day)).values_list("pk", flat=True))
        return {key for key in own if standings.get(key) == StandingKind.FULL}
    return set()


@dataclass(frozen=True, slots=True)
class Quorum:
    """应到, 实到, and whether that is enough (None: there is no such rule).

    Args:
        due: how many had to come; ``present``: how many of them did.
        whom: of whom is counted.
        further: how many more were there.
    """

    due: int
    present: int
    enough: bool | None
    whom: str
    further: int = 0
    to_pass: int = 0

    @property
    def words(self) -> str:
        """The whole of it in a sentence."""
        line = f"{self.whom}应到 {self.due} 人，实到 {self.present} 人"
        if self.further:
            line += f"，另有 {self.further} 人参加"
        if self.enough is None:
            return f"{line}。"
        if not self.enough:
            return f"{line}，不到半数，开不成。"
        passing = f"表决要有 {self.to_pass} 人以上赞成才算通过。" if self.to_pass else ""
        return f"{line}，够开会的人数。{passing}"


def quorum(
    kind: RecordKind,
    people: Collection[Expected],
    attendance: dict[int, str],
    outside: tuple[int | None, int | None] = (None, None),
) -> Quorum:
    """Return how many had to come and came.

    Args:
        people: from :func:`expected`.
        attendance: {key of a person: attendance}; who is not in it was not there.
        outside: how many who are on no roll had to come, and came.
    """
    there = {key for key, value in attendance.items() if value == Attendance.PRESENT}
    whom = VOTING.get(kind, "")
    if whom:
        voters = {row.person.pk for row in people if row.votes}
        due, present = len(voters), len(voters & there)
        passing = due // 2 + 1 if kind == RecordKind.ASSEMBLY else 0
        enough = due > 0 and present * 2 >= due
        return Quorum(due, present, enough, whom, len(there - voters), passing)
    more_due, more = (number or 0 for number in outside)
    return Quorum(len(attendance) + max(more_due, more), len(there) + more, None, "")
