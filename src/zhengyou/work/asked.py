"""Who is asked for a duty in one of its periods, and which body he, she or it counts in.

The rule of the middle day: who had the duty on the middle day of the period, and has it still (on
the day of looking, or on the last day of the period), is asked; who came in the second half is
asked from the next period on. So who moves stays asked, in the new body; who has left is not. A
body that came out of others counts as having been there with them. See
``docs/decisions/who-is-asked.md``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import paths
from zhengyou.people.models import CircumstanceKind, Organisation
from zhengyou.people.models.organisation import FAMILY_OF_KIND, Kind
from zhengyou.people.models.person import years_old
from zhengyou.people.models.post import SEATS
from zhengyou.work.chronicle import Chronicle, Picture
from zhengyou.work.models import DutyTerms, Enrolment, Whose
from zhengyou.work.turns import Turn

NOT_ASKED = {CircumstanceKind.LOST, CircumstanceKind.SUSPENDED, CircumstanceKind.LEFT}
"""Members nobody can or may ask (失联, 停止党籍, 已出党); as with pledges."""

Bodies = dict[int, int]
"""Subject (primary key of a person, body or enrolment) → the body it counts in."""


@dataclass(frozen=True, slots=True)
class Days:
    """The two days that decide about a period as of a day: the day of looking, at most the last of
    the period, and the middle day, at most that one."""

    look: date
    middle: date

    @classmethod
    def of(cls, turn: Turn, day: date) -> "Days":
        """Return them for ``turn`` as of ``day``, on which it has begun."""
        look = min(day, turn.last)
        return cls(look, min(turn.middle, look))


def asked(
    chronicle: Chronicle, turn: Turn, day: date, enrolments: Iterable[Enrolment] = ()
) -> Bodies:
    """Return who is asked in ``turn`` as of ``day``. No query.

    Args:
        enrolments: of the duty, for those that enrol.
    """
    days = Days.of(turn, day)
    whose = Whose(turn.terms.whose)
    if whose == Whose.ENROLLED:
        return _enrolled(chronicle, days, enrolments)
    if not whose.of_persons:
        return _bodies(chronicle, turn.terms, days)
    now = persons(chronicle, turn.terms, days.look)
    if days.middle == days.look:
        return now
    then = persons(chronicle, turn.terms, days.middle)
    return {person: body for person, body in now.items() if person in then}


def persons(chronicle: Chronicle, terms: DutyTerms, day: date) -> Bodies:
    """Return the persons whom ``terms`` are about on ``day``, each with the body it counts in: of
    several the deepest."""
    picture = chronicle.on(day)
    found: Bodies = {}
    if not picture.top:
        return found
    for person, bodies in _candidates(chronicle, terms, picture):
        if _fits(chronicle, terms, picture, person):
            home = _deepest(picture, person, bodies, terms)
            if home is not None:
                found[person] = home
    return found


def _candidates(
    chronicle: Chronicle, terms: DutyTerms, picture: Picture
) -> Iterable[tuple[int, list[int]]]:
    """Yield persons with the bodies, in the campaign's subtree, in which they would have it."""
    homes = _Homes(chronicle, terms, picture)
    if terms.whose == Whose.MEMBERS:
        for person, bodies in picture.homes.items():
            yield person, [home for body in bodies if (home := homes.of_member(body)) is not None]
        return
    roles = set(terms.roles) or (set(SEATS) if terms.whose == Whose.SEATS else set())
    for person, posts in picture.posts.items():
        held = [homes.of_post(body) for body, role in posts if role in roles]
        yield person, [home for home in held if home is not None]


class _Homes:
    """In which body somebody counts who belongs to a body, or serves it, on a day."""

    def __init__(self, chronicle: Chronicle, terms: DutyTerms, picture: Picture) -> None:
        self.chronicle, self.terms, self.picture = chronicle, terms, picture
        self.families = {FAMILY_OF_KIND[Kind(kind)] for kind in chronicle.campaign.covers}
        self.members: dict[int, int | None] = {}
        self.posts: dict[int, int | None] = {}

    def of_member(self, body: int) -> int | None:
        """Return the covered body (of the kinds, where the terms name some)."""
        if body not in self.members:
            home = self.chronicle.home(body, self.picture)
            fits = home is not None and self._of_kind(home)
            self.members[body] = home if fits else None
        return self.members[body]

    def of_post(self, body: int) -> int | None:
        """Return the covered body, or the one served itself where none is covered."""
        if body not in self.posts:
            self.posts[body] = self._served(body) if self.picture.within(body) else None
        return self.posts[body]

    def _served(self, body: int) -> int | None:
        terms, chronicle = self.terms, self.chronicle
        if terms.whose == Whose.SEATS:
            fits = chronicle.group_of.get(body) == terms.group_id
        elif terms.kinds:
            fits = chronicle.kinds[body] in terms.kinds
        else:
            top = body == chronicle.campaign.organisation_id
            fits = top or FAMILY_OF_KIND[Kind(chronicle.kinds[body])] in self.families
        if not fits:
            return None
        home = chronicle.home(body, self.picture)
        return body if home is None else home

    def _of_kind(self, body: int) -> bool:
        return not self.terms.kinds or self.chronicle.kinds[body] in self.terms.kinds


def _deepest(picture: Picture, person: int, bodies: list[int], terms: DutyTerms) -> int | None:
    """Return the deepest of ``bodies`` in which the person holds no post that excuses."""
    if terms.without_roles:
        posts = picture.posts.get(person, ())
        excused = {body for body, role in posts if role in terms.without_roles}
        bodies = [body for body in bodies if body not in excused]
    if len(bodies) < 2:
        return bodies[0] if bodies else None
    deepest = max(len(picture.path[body]) for body in bodies)
    return min(
        (body for body in bodies if len(picture.path[body]) == deepest),
        key=lambda body: picture.path[body],
    )


def _fits(chronicle: Chronicle, terms: DutyTerms, picture: Picture, person: int) -> bool:
    """Tell whether standing, circumstances and age are those that are asked."""
    if terms.standings and picture.standing.get(person) not in terms.standings:
        return False
    held = picture.held.get(person)
    if held and held & NOT_ASKED:
        return False
    if terms.retired is not None:
        retired = bool(held) and CircumstanceKind.RETIRED in (held or ())
        if retired != terms.retired:
            return False
    return _of_age(terms, chronicle.born.get(person), picture.day)


def _of_age(terms: DutyTerms, born: date | None, day: date) -> bool:
    """Tell whether somebody is in the layer; of whom no date of birth is known is not old."""
    if terms.min_age is None and terms.max_age is None:
        return True
    if born is None:
        return terms.min_age is None
    age = years_old(born, day)
    return (terms.min_age or 0) <= age and (terms.max_age is None or age <= terms.max_age)


def body_has(terms: DutyTerms, campaign: Campaign, body: Organisation) -> bool:
    """Tell whether ``body``, as it stands today, has such a duty of ``campaign`` itself. No query
    but that of its plan's group."""
    if not body.is_open() or not paths.is_within(body.path, campaign.organisation.path):
        return False
    if terms.whose == Whose.GROUPS:
        group = getattr(body, "plan_group", None)
        return group is not None and group.template_id == terms.group_id
    return terms.whose == Whose.BODIES and body.kind in (terms.kinds or campaign.covers)


def _bodies(chronicle: Chronicle, terms: DutyTerms, days: Days) -> Bodies:
    now, then = chronicle.on(days.look), chronicle.on(days.middle)
    found: Bodies = {}
    for body in now.path:
        if not now.within(body) or not _has(chronicle, terms, body):
            continue
        line = [body, *(old for old, on in chronicle.line_back(body) if on > days.middle)]
        if any(then.within(each) for each in line):
            home = chronicle.home(body, now)
            found[body] = body if home is None else home
    return found


def _has(chronicle: Chronicle, terms: DutyTerms, body: int) -> bool:
    """Tell whether a body is of those that have the duty."""
    if terms.whose == Whose.GROUPS:
        return chronicle.group_of.get(body) == terms.group_id
    return chronicle.kinds[body] in (terms.kinds or chronicle.campaign.covers)


def _enrolled(chronicle: Chronicle, days: Days, enrolments: Iterable[Enrolment]) -> Bodies:
    """Return what is enrolled, and was on the middle day, as long as its body is there."""
    now = chronicle.on(days.look)
    found: Bodies = {}
    for row in enrolments:
        if not (row.holds(days.look) and row.holds(days.middle)):
            continue
        if now.within(row.organisation_id):
            home = chronicle.home(row.organisation_id, now)
            found[row.pk] = row.organisation_id if home is None else home
    return found
