"""What the groups for early warning of one side of the world have. The columns of the table sit in
neither: to them nothing of it exists."""

from typing import Any

from zhengyou.labour.actions import cases, seats, warnings
from zhengyou.labour.models import CaseKind, Level, SeatPart, Source
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Organisation, Person


def labour_of(side: str, lead: Actor, body: Organisation, mediator: Person) -> dict[str, Any]:
    """Return a seat, a signal and a case of ``body`` with a step and a member, made today."""
    row = seats.seat(lead, body, mediator, SeatPart.HEAD)
    actor = acting_as(mediator)
    signal = warnings.note(
        actor, body, kind="wages", level=Level.BLUE, source=Source.WORKER, text="课时费没有发",
        seen_on=row.since,
    )  # fmt: skip
    case = cases.open_case(
        actor, body, kind=CaseKind.SINGLE, about="wages", parties="一位老师", text="补发课时费"
    )
    return {
        f"labour_seat_{side}": row, f"labour_signal_{side}": signal, f"labour_case_{side}": case,
        f"labour_step_{side}": case.steps.first(), f"labour_member_{side}": case.members.first(),
    }  # fmt: skip
