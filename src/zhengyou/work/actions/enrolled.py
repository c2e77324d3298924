"""What a rota or a post of service is asked for by duties: it is entered with every duty that
enrols its kind, in the running campaigns above its body, and asks for what it is recorded as.
"""

from datetime import date

from zhengyou.campaigns.models import CampaignState
from zhengyou.kernel import paths
from zhengyou.kernel.refs import Ref
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.models.dated import holds_on
from zhengyou.work.actions import enrolling
from zhengyou.work.crediting import line_on
from zhengyou.work.models import (
    Duty,
    DutyTerms,
    Enrolment,
    RecordKind,
    Rota,
    ServicePost,
    Whose,
)


def enrol_all(
    facts: book.Book,
    actor: Actor,
    about: Ref,
    body: Organisation,
    since: date,
    record: RecordKind | None = None,
) -> int:
    """Enter ``about`` with the duties that enrol its kind; return how many there are.

    Args:
        record: what it is recorded as; None: whatever the duty asks for.
    """
    asked = DutyTerms.objects.filter(
        holds_on(since), enrols=about.kind, duty__campaign__state=CampaignState.OPEN,
        duty__campaign__organisation__in=line_on(since, body),
    ).select_related("duty")  # fmt: skip
    duties = [row.duty for row in asked if record is None or record in row.records]
    for duty in duties:
        enrolling.enrol(facts, actor, duty, about, body, None, since)
    return len(duties)


def enrol_what_is_there(facts: book.Book, actor: Actor, duty: Duty, since: date) -> None:
    """Enter the posts of service and rotas that are there already with a duty that begins to ask
    for such; what is entered for somebody stays so."""
    terms = DutyTerms.objects.filter(holds_on(since), duty=duty, whose=Whose.ENROLLED).first()
    campaign = duty.campaign
    inside = paths.within("organisation__path", campaign.organisation.path)
    model = {"service_post": ServicePost, "rota": Rota}.get(terms.enrols if terms else "")
    if terms is None or model is None or campaign.state != CampaignState.OPEN:
        return
    known = set(
        Enrolment.objects.overlapping(since, None)
        .filter(duty=duty, about_kind=terms.enrols)
        .values_list("about_uid", flat=True)
    )
    for thing in model._default_manager.filter(inside, until=None).select_related("organisation"):
        fits = not isinstance(thing, Rota) or thing.record_kind in terms.records
        if fits and thing.uid not in known:
            day = max(since, thing.since)
            enrolling.enrol(facts, actor, duty, thing.ref, thing.organisation, None, day)


def withdraw_all(facts: book.Book, actor: Actor, about: Ref, on: date) -> None:
    """Take ``about`` out of every duty from ``on``."""
    enrolling.withdraw(facts, actor, about, on)
