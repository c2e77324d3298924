"""Photos of what was found. Never asked for."""

from zhengyou.files.actions import Received, attach
from zhengyou.files.models import Attachment
from zhengyou.inspections import rules
from zhengyou.inspections.models import Finding
from zhengyou.ledger import book
from zhengyou.people.actor import Actor


def add(actor: Actor, finding: Finding, received: Received) -> Attachment:
    """Attach what was received to a finding, as long as it is a draft.

    Raises:
        Refused: no right.
    """
    with book.writing() as facts:
        rules.may_add_photo(actor, finding).require()
        photo = attach(received, finding.ref, actor.ledger_uid)
        facts.record("finding.photo", by=actor, about=finding.ref)
    return photo
