"""Take a roll out as a workbook. With full numbers it is a fact, with the reason given."""

from pathlib import Path

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.roster.exporting import write_roll


def export_masked(actor: Actor, body: Organisation, path: Path) -> int:
    """Write the roll with masked numbers to ``path``; return how many people.

    Raises:
        Refused: no right to see the roll.
    """
    rules.may_see_roll(actor, body).require()
    return write_roll(path, body, clock.today(), full=False)


def export_numbers(actor: Actor, body: Organisation, reason: str, path: Path) -> int:
    """Write the roll with full numbers and addresses to ``path``; return how many people.

    Args:
        reason: what they are needed for, in the actor's words; kept where names may stand.

    Raises:
        Refused: no right over the roll, or no reason.
    """
    rules.may_export_numbers(actor, body).require()
    if not reason.strip():
        raise Refused("请写明用途，才能导出号码全文。")
    people = write_roll(path, body, clock.today(), full=True)
    with book.writing() as facts:
        facts.record(
            "person.view_numbers",
            by=actor,
            about=body.ref,
            data={"people": people},
            names={"reason": reason.strip()},
        )
    return people
