"""What overdue problems put on 工作台 of the levels to which they have climbed."""

from django.urls import reverse

from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.rules import KEEPERS
from zhengyou.problems import climbing
from zhengyou.problems.rules import visible_problems


def waiting_for(actor: Actor) -> list[Errand]:
    """Return in one row what has climbed to the body whose hat is worn. One query where
    nothing is overdue, else five."""
    if actor.hat is None or actor.hat.role not in KEEPERS:
        return []
    body = actor.hat.organisation
    count = len(climbing.risen_keys(body, visible_problems(actor)))
    if not count:
        return []
    return [
        Errand(
            "late", "上升到本级", f"{count} 个下级的问题过期没有改好", "过问一下卡在哪里，帮着解决",
            "", reverse("problems:risen", args=[body.uid]), "去看",
        )
    ]  # fmt: skip
