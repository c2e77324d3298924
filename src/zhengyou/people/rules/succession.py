"""Who answers now for what was done in a body that is no more.

The dated rows never move: what was promised stays with its body. Who *acts* follows the people.
What belongs to a person is looked after by the body where the person is today, wherever that is;
what belonged to the body itself by the bodies that went on from it, however often they were
merged or split since. Rooms above ask here, they keep no rule of their own.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from zhengyou.kernel import clock
from zhengyou.people.models import Kind, Membership, Organisation, Person, Post, Role

_FOREBEARS = """
    WITH RECURSIVE line (old) AS (
        SELECT old_id FROM people_succession WHERE heir_id = %s
        UNION
        SELECT further.old_id FROM people_succession further JOIN line ON further.heir_id = line.old
    )
    SELECT old FROM line
"""
_STILL_KEPT = """
    WITH RECURSIVE line (old, heir) AS (
        SELECT old_id, heir_id FROM people_succession
        UNION
        SELECT line.old, further.heir_id
        FROM people_succession further JOIN line ON further.old_id = line.heir
    )
    SELECT line.old FROM line JOIN people_post post ON post.organisation_id = line.heir
    WHERE post.role IN ({}) AND post.since <= %s AND (post.until IS NULL OR post.until > %s)
"""


def forebears_of(body: Organisation) -> Q:
    """Return the condition on bodies that they are no more and went on in ``body``, however often
    they were merged or split since."""
    return Q(closed_on__lte=clock.today(), pk__in=RawSQL(_FOREBEARS, [body.pk]))


def followed_by(
    body: Organisation, organisation: str = "organisation", person: str = "person"
) -> Q:
    """Return the rows of bodies that are no more for which ``body`` answers now.

    Args:
        organisation: relation from a row to its body.
        person: relation from a row to whom it concerns; rows of nobody are the body's own.
    """
    today = clock.today()
    here = Membership.objects.on(today).filter(_in(body))
    # Few bodies have ended, and of few of them people are here: an index finds their rows.
    gone = Organisation.objects.filter(closed_on__lte=today, family=body.family)
    theirs = gone.filter(memberships__person__in=here.order_by().values("person"))
    member = Q(Exists(here.filter(person=OuterRef(f"{person}_id"))))
    own = gone.filter(pk__in=RawSQL(_FOREBEARS, [body.pk]))
    of_persons = Q(**{f"{person}__isnull": False, f"{organisation}__in": theirs.values("pk")})
    of_bodies = Q(**{f"{person}__isnull": True, f"{organisation}__in": own.values("pk")})
    return (of_persons & member) | of_bodies


def follows(body: Organisation, old: Organisation, person: Person | None) -> bool:
    """Tell whether ``body`` answers now for what ``person``, or ``old`` itself where None, has in
    ``old``; same as :func:`followed_by`. An open body answers for itself: no query."""
    if old.is_open() or old.family != body.family:
        return False
    if person is not None:
        return Membership.objects.on(clock.today()).filter(_in(body), person=person).exists()
    line = RawSQL(_FOREBEARS, [body.pk])
    return Organisation.objects.filter(pk=old.pk, pk__in=line).exists()


def kept_where_they_are(
    roles: tuple[Role, ...], organisation: str = "organisation", person: str = "person"
) -> Q:
    """Return the rows of bodies that are no more for which somebody in one of ``roles`` answers in
    a body that goes on, the person concerned left out."""
    today = clock.today()
    posts = Post.objects.on(today).filter(role__in=roles)
    whose = OuterRef(OuterRef(f"{person}_id"))
    there: QuerySet[Membership] = Membership.objects.on(today).filter(person=whose).order_by()
    groups = there.filter(organisation__kind=Kind.PARTY_GROUP)
    family = OuterRef(f"{organisation}__family")
    at_home = (
        posts.filter(
            Q(organisation__in=there.values("organisation"))
            | Q(organisation__in=groups.values("organisation__parent")),
            organisation__family=family,
        )
        .exclude(person=OuterRef(f"{person}_id"))
    )  # fmt: skip
    ended = Q(**{f"{organisation}__closed_on__lte": today})
    marks = ", ".join(["%s"] * len(roles))
    line = RawSQL(_STILL_KEPT.format(marks), [*roles, today, today])
    own = Q(**{f"{person}__isnull": True, f"{organisation}__in": line})
    return ended & (own | (Q(**{f"{person}__isnull": False}) & Q(Exists(at_home))))


def _in(body: Organisation) -> Q:
    """Memberships of ``body``; a group lies inside its branch."""
    # Asked for by themselves: with the join, SQLite would look at every body there is.
    groups = Q(parent=body, kind=Kind.PARTY_GROUP)
    here = Organisation.objects.filter(Q(pk=body.pk) | groups)
    return Q(organisation__in=here.values("pk"))
