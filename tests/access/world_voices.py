"""Boxes of one side of the world: one that takes voices, one prepared, and what was put in."""

from typing import Any

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.remarks import laying
from zhengyou.voices.actions import boxes, triage, writing
from zhengyou.voices.actions.boxes import BoxData, PlaceData
from zhengyou.voices.actions.writing import Slip
from zhengyou.voices.models import Box, BoxKind, Voice


def boxes_of(side: str, lead: Actor, hears: Person, body: Organisation) -> dict[str, Any]:
    """Return the boxes of ``body``, set up today with the verbs of the house."""
    assert lead.person is not None
    places = [PlaceData("一年级数学课", hears), PlaceData("食堂")]
    made = [
        boxes.set_up(
            lead, body, BoxData(kind, title, "您觉得哪里好，哪里要改？", lead.person,
                                clock.today(), places=places),
        )
        for kind, title in ((BoxKind.OPEN_WEEK, "开放周意见箱"), (BoxKind.GENERAL, "意见箱"))
    ]  # fmt: skip
    boxes.open_box(lead, made[0])
    box = Box.objects.select_related("organisation", "collator").get(pk=made[0].pk)
    place = box.places.get(label="一年级数学课")
    shown = _put_in(box, Slip("讲得很清楚，字再大一点。", place))
    triage.done(lead, [shown], "当天就改了。")
    triage.show(lead, [shown])
    return {
        f"box_{side}": box,
        f"draft_box_{side}": made[1],
        f"place_{side}": place,
        f"voice_{side}": _put_in(box, Slip("食堂的汤凉了。", place)),
        f"shown_voice_{side}": shown,
    }


def _put_in(box: Box, slip: Slip) -> Voice:
    code = writing.put_in(box, slip)
    return Voice.objects.get(code_lookup=laying.code_lookup(code))
