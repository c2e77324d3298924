"""What a rota or a post of service is asked for by duties: it is entered with every duty that
enrols its kind, in the running campaigns above its body, and asks for what it is recorded as.
"""

from datetime import date

from zhengyou.campaigns.models import CampaignState
from zhengyou.kernel.refs import Ref
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.models.dated import holds_on
from zhengyou.work.actions import enrolling
from zhengyou.work.crediting import line_on
from zhengyou.work.models import DutyTerms, RecordKind


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


def withdraw_all(facts: book.Book, actor: Actor, about: Ref, on: date) -> None:
    """Take ``about`` out of every duty from ``on``."""
    enrolling.withdraw(facts, actor, about, on)
