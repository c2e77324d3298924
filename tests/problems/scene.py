"""The shared scene of problems: 育新小学党支部 has one in each state, and private ones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.cast import Cast
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Organisation, Role
from zhengyou.problems.actions import judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Explained, Privacy, Problem

DAY = date(2026, 10, 12)  # the first working Monday after the holidays of October
DEADLINE = date(2026, 10, 30)


@dataclass
class Found:
    """The cast in their hats, and the problems by name."""

    cast: Cast
    shen: Actor  # secretary of 育新小学党支部
    zhou: Actor  # its deputy
    su: Actor  # its 组织委员
    song: Actor  # leader of 低段党小组
    he: Actor  # a member
    gu: Actor  # 活动办 of the bureau
    yin: Actor  # its inspector
    qin: Actor  # its secretary
    wen: Actor  # secretary next door
    problems: dict[str, Problem] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Problem:
        """Return a problem by name."""
        return self.problems[name]


def a_problem(
    actor: Actor, body: Organisation, title: str = "走廊的灯坏了", **more: object
) -> Problem:
    """Raise one of the body itself."""
    return raise_problem(actor, body, title=title, source=body.ref, **more)  # type: ignore[arg-type]


def agreed(scene: Found, problem: Problem) -> Problem:
    """Agree: 苏映雪 mends it until :data:`DEADLINE` in two measures."""
    mending.agree(
        scene.shen, problem, owner=scene.cast.su, deadline=DEADLINE,
        measures=[
            Planned("报修三盏灯"), Planned("每周查一次", scene.cast.song, date(2026, 10, 20)),
        ],
    )  # fmt: skip
    return problem


_STATES: dict[str, Callable[[Found, Problem], object]] = {
    "open": lambda scene, each: None,
    "agreed": agreed,
    "under_way": lambda scene, each: mending.start(scene.su, agreed(scene, each)),
    "submitted": lambda scene, each: mending.submit(scene.su, agreed(scene, each), "灯都亮了。"),
    "returned": lambda scene, each: (
        mending.submit(scene.su, agreed(scene, each), "灯都亮了。"),
        judging.send_back(scene.zhou, each, "三楼还有一盏没亮。"),
    ),
    "verified": lambda scene, each: (
        mending.submit(scene.su, agreed(scene, each), "灯都亮了。"),
        judging.verify(scene.zhou, each),
    ),
    "closed": lambda scene, each: (
        mending.submit(scene.su, agreed(scene, each), "灯都亮了。"),
        judging.verify(scene.zhou, each),
        judging.close(scene.zhou, each),
    ),
    "explained": lambda scene, each: judging.explain(
        scene.shen, each, kind=Explained.REASON, words="明年大修一起换。"
    ),
}


def actors(cast: Cast) -> Found:
    """Return the cast in their hats, with no problem yet."""
    return Found(
        cast,
        shen=acting_as(cast.shen, Role.SECRETARY),
        zhou=acting_as(cast.zhou, Role.DEPUTY_SECRETARY),
        su=acting_as(cast.su, Role.COMMITTEE_MEMBER),
        song=acting_as(cast.song, Role.GROUP_LEADER),
        he=acting_as(cast.he),
        gu=acting_as(cast.gu, Role.CAMPAIGN_OFFICE),
        yin=acting_as(cast.yin, Role.INSPECTOR),
        qin=acting_as(cast.qin, Role.SECRETARY),
        wen=acting_as(cast.wen, Role.SECRETARY),
    )


def play(cast: Cast) -> Found:
    """Build the scene at :data:`DAY`."""
    with clock.at(DAY):
        scene = actors(cast)
        for name, bring in _STATES.items():
            scene.problems[name] = a_problem(scene.shen, cast.branch)
            bring(scene, scene.problems[name])
        scene.problems |= {
            "quiet": a_problem(scene.shen, cast.branch, privacy=Privacy.HANDLERS),
            "public": a_problem(scene.shen, cast.branch, privacy=Privacy.PUBLIC),
            "own": a_problem(scene.he, cast.branch, "学习不够主动", subject=cast.he),
            "leader": a_problem(scene.shen, cast.branch, "听意见不够", subject=cast.shen),
            "above": a_problem(scene.yin, cast.branch, "台账对不上"),
            "group": a_problem(scene.song, cast.low, "小组会开得少"),
            "school": a_problem(scene.shen, cast.school, "食堂排队长"),
            "next_door": a_problem(scene.wen, cast.nanhu, "操场积水"),
        }
    return scene


@shared(on="cast")
def found_problems(cast: Cast) -> Found:
    """Problems in every state."""
    return play(cast)
