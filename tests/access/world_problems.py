"""Problems of one side of the world, in the states that their pages act on."""

from datetime import timedelta
from typing import Any

from zhengyou.files.actions import store
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Did, Privacy, Problem


def problems_of(side: str, lead: Actor, member: Actor, body: Organisation) -> dict[str, Any]:
    """Return the problems of ``body``, raised today with the verbs of the house. The member mends
    what is agreed, and has nothing but that."""
    assert member.person is not None
    deadline = clock.today() + timedelta(days=20)

    def raised(title: str = "走廊的灯坏了没人报修", **more: Any) -> Problem:
        return raise_problem(lead, body, title=title, source=body.ref, **more)

    def agreed() -> Problem:
        made = raised()
        mending.agree(
            lead, made, owner=member.person, deadline=deadline, measures=[Planned("报修三盏灯")]
        )
        return made

    under_way, submitted, verified = agreed(), agreed(), agreed()
    mending.start(member, under_way)
    wish = extending.ask(member, under_way, until=deadline + timedelta(days=9), why="缺货")
    for each in (submitted, verified):
        mending.submit(member, each, "亮了。")
    judging.verify(lead, verified)
    photo = store("亮了".encode(), "灯.txt", under_way.ref, by=str(member.person.uid))
    return {
        f"problem_{side}": raised(text="三楼走廊三盏灯坏了一周。"),
        f"quiet_problem_{side}": raised("会议记录补得太晚", privacy=Privacy.HANDLERS),
        f"own_problem_{side}": raise_problem(
            member, body, title="学习不够主动", source=body.ref, subject=member.person
        ),
        f"agreed_problem_{side}": agreed(),
        f"mending_problem_{side}": under_way,
        f"submitted_problem_{side}": submitted,
        f"verified_problem_{side}": verified,
        f"measure_{side}": under_way.measures.get(),
        f"extension_{side}": wish,
        f"submission_{side}": submitted.steps.get(did=Did.SUBMIT).pk,
        f"problem_file_{side}": photo,
    }
