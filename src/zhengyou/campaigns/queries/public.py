"""What this room shows of a running or ended campaign on its public page, in one piece."""

from dataclasses import dataclass

from zhengyou.campaigns.models import Campaign, Consultation
from zhengyou.campaigns.queries.basis import Ground, basis_of
from zhengyou.campaigns.queries.consultations import running_in
from zhengyou.campaigns.queries.moves import Move, phase_moves


@dataclass(frozen=True, slots=True)
class About:
    """Drafts that are out, what the campaign rests on, phases moved, the run before.

    The run after is not named: the pages of a run that is over do not change any more.
    """

    consultations: list[Consultation]
    grounds: list[Ground]
    moves: list[Move]
    previous: Campaign | None


def about(campaign: Campaign) -> About:
    """Return it for ``campaign``; four queries. ``campaigns/about.html`` shows it."""
    return About(
        consultations=list(running_in(campaign)),
        grounds=basis_of(campaign),
        moves=phase_moves(campaign),
        previous=campaign.previous,
    )
