"""Problems of one side of the world, in the states that their pages act on."""

from typing import Any

from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Privacy


def problems_of(side: str, lead: Actor, member: Actor, body: Organisation) -> dict[str, Any]:
    """Return the problems of ``body``, raised today with the verbs of the house."""
    assert member.person is not None
    open_one = raise_problem(
        lead, body, title="走廊的灯坏了没人报修", text="三楼走廊三盏灯坏了一周。", source=body.ref
    )
    quiet = raise_problem(
        lead, body, title="会议记录补得太晚", source=body.ref, privacy=Privacy.HANDLERS
    )
    own = raise_problem(member, body, title="学习不够主动", source=body.ref, subject=member.person)
    return {
        f"problem_{side}": open_one,
        f"quiet_problem_{side}": quiet,
        f"own_problem_{side}": own,
    }
