"""The call of one side of the world, with suggestions in every state."""

from datetime import timedelta
from typing import Any

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.voices.actions import adopting, boxes, climbing, funnels, screening, suggesting
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.actions.funnels import LevelData
from zhengyou.voices.actions.suggesting import Words
from zhengyou.voices.actions.writing import Slip, enter_paper
from zhengyou.voices.models import Box, BoxKind, Reward, Said, Suggestion, Where

NAMES = ("waiting", "chosen", "also_chosen", "returned", "merged", "adopted", "declining")


def ideas_of(side: str, lead: Actor, member: Actor, body: Organisation) -> dict[str, Any]:
    """Return the call of ``body`` with its suggestions, made today with the verbs of the house."""
    assert lead.person is not None and member.person is not None
    data = BoxData(BoxKind.CALL, "我为学校献一计", "哪里能做得更好？", lead.person, clock.today())
    fresh = boxes.set_up(lead, body, data)
    box = boxes.set_up(lead, body, data)
    levels = [LevelData("学校", Where.HERE, most_up=1), LevelData("教育局", Where.ABOVE)]
    for each in (box, fresh):
        funnels.set_levels(lead, each, levels)
        boxes.open_box(lead, each)
        enter_paper(lead, each, [Slip(f"{side}第 {n} 条，操场加一盏灯。") for n in range(8)])
    box = Box.objects.select_related("organisation", "collator").get(pk=box.pk)
    voices = list(box.voices.select_related("box__organisation")[: len(NAMES)])
    made = dict(zip(NAMES, suggesting.gather(lead, box, body, voices), strict=True))
    mine = suggesting.suggest(member, box, body, Words("署名的一条", "灯太暗，换一盏。"))
    things = _moved(lead, body, box, made, mine, member.person)
    things |= {"call": box, "fresh_call": fresh}
    return {f"{name}_{side}": thing for name, thing in things.items()}


def _moved(
    lead: Actor, body: Organisation, box: Box, made: dict[str, Suggestion], mine: Suggestion,
    owner: Person,
) -> dict[str, Any]:  # fmt: skip
    up = [made[name] for name in ("chosen", "also_chosen", "adopted", "declining")]
    screening.screen(lead, [*up, mine], Said.CHOSEN)
    screening.screen(lead, [made["returned"]], Said.RETURNED, "写清楚怎么做。")
    screening.merge(lead, [made["merged"]], made["waiting"])
    task = adopting.Task(owner, clock.today() + timedelta(days=20), "换灯。")
    adopting.adopt(lead, made["adopted"], task)
    level = box.levels.get(number=1)
    both = [made["chosen"], made["also_chosen"]]
    piece = climbing.compose(lead, box, level, body, both, Words("两条合一", "换灯。"))
    adopting.reward(lead, mine, "图书卡一张")
    return {
        **{f"idea_{name}": row for name, row in made.items()},
        "idea_mine": mine,
        "idea_piece": piece,
        "idea_reward": Reward.objects.get(contributor__suggestion=mine),
    }
