"""How somebody, or a body, stands with all duties, as of any day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Membership, Organisation, Person, Placement, Post
from zhengyou.work.models import Duty
from zhengyou.work.survey import Choice, Line, Survey, begun
from zhengyou.work.turns import turns_on


def with_duties(day: date, bodies: Iterable[int]) -> QuerySet[Campaign]:
    """Return the campaigns with duties, begun by ``day``, in whose subtree one of ``bodies``
    stood on that day; the youngest first."""
    stood = Placement.objects.on(day).filter(organisation__in=set(bodies))
    own = list(stood.values_list("path", flat=True))
    line = {path for each in own for path in (*paths.ancestors(each), each)}
    tops = Placement.objects.on(day).filter(path__in=line).values("organisation")
    return Campaign.objects.filter(
        Exists(Duty.objects.filter(campaign=OuterRef("pk"))),
        organisation__in=tops,
        starts_on__lte=day,
    ).exclude(state=CampaignState.DRAFT)


def bodies_of(person: Person, day: date) -> set[int]:
    """Return the bodies that ``person`` belongs to or serves on ``day``. Two queries."""
    found: set[int] = set()
    for model in (Membership, Post):
        rows = model.objects.on(day).filter(person=person)
        found.update(rows.values_list("organisation", flat=True))
    return found


def standing_of_person(
    person: Person, day: date | None = None, choose: Choice = turns_on
) -> list[Line]:
    """Return how ``person`` stands with the duties of all running campaigns, those included that
    are somebody's because it was enrolled (a pair, a rota).

    Args:
        day: default today; choose: which periods (see ``survey.Choice``).
    """
    day = day or clock.today()
    return [
        line
        for campaign in with_duties(day, bodies_of(person, day))
        for line in Survey(campaign, day, person=person, choose=choose).lines()
    ]


def standing_of_body(
    body: Organisation, day: date | None = None, choose: Choice = turns_on
) -> list[Line]:
    """Return how ``body`` itself stands with its duties, those included that it answers for
    because something was enrolled; not its members, not the bodies below."""
    day = day or clock.today()
    found = []
    for campaign in with_duties(day, [body.pk]):
        for line in Survey(campaign, day, body=body, choose=choose).lines():
            subject = line.subject
            own = subject.kind == "organisation" and subject.pk == body.pk
            if own or (subject.kind == "enrolment" and line.body == body.pk):
                found.append(line)
    return found


__all__ = ["begun", "bodies_of", "standing_of_body", "standing_of_person", "with_duties"]
