"""What is told of problems that came of voices; suggestions say it of themselves."""

from collections.abc import Collection, Mapping
from uuid import UUID

from zhengyou.problems.models import LIVE, Problem
from zhengyou.problems.queries.of_source import PublicState, public_states
from zhengyou.voices.following import Told


def of_problems(uids: Collection[UUID]) -> Mapping[UUID, Told]:
    """Return where problems stand: the words that anybody may be told, until when, and why it
    cannot be solved now."""
    rows = list(Problem.objects.filter(uid__in=uids, source_kind="voice"))
    states = public_states("voice", {row.source_uid for row in rows})
    return {row.uid: _told(row, states[row.source_uid]) for row in rows}


def _told(row: Problem, state: PublicState) -> Told:
    day = row.deadline if row.state in LIVE else None
    return Told(state.kind, state.words, day, state.said)
