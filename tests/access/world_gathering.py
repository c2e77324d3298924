"""Surveys, a talk, discussions and a complaint about burden of one side of the world."""

from typing import Any

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.remarks import laying
from zhengyou.voices.actions import boxes, burden, meetings, surveys, topics, triage, writing
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.models import Box, BoxKind, QuestionKind, Voice
from zhengyou.voices.rules.surveys import Asked, Filled

ASKED = Asked(QuestionKind.ONE, "食堂的菜怎么样？", ("好", "不好"))


def gathered_of(side: str, lead: Actor, body: Organisation) -> dict[str, Any]:
    """Return boxes of ``body`` of every kind that is asked or collated in a way of its own."""
    survey, draft, told = (_survey(lead, body, title) for title in ("问卷", "新问卷", "旧问卷"))
    boxes.open_box(lead, survey)
    boxes.open_box(lead, told)
    question = told.questions.get()
    for _ in range(6):
        surveys.hand_in(told, Filled({str(question.uid): [0]}))
    boxes.close(lead, told)
    forum = _opened(lead, body, BoxKind.FORUM, "家长座谈")
    meetings.set_meeting(lead, forum, meetings.MeetingData("家长", on=clock.today(), number=30))
    topic, done = (_opened(lead, body, BoxKind.TOPIC, title) for title in ("讨论", "旧讨论"))
    writing.put_in(topic, writing.Slip("先把课上好。"))
    triage.show(lead, Voice.objects.filter(box=topic))
    theme = topics.add_theme(lead, topic, "课堂")
    boxes.close(lead, done)
    code = burden.complain(body, "三张表填一样的数。", matter="周报表")
    return {
        f"survey_{side}": survey,
        f"draft_survey_{side}": draft,
        f"question_{side}": draft.questions.get(),
        f"told_survey_{side}": told,
        f"forum_{side}": forum,
        f"topic_{side}": topic,
        f"theme_{side}": theme,
        f"done_topic_{side}": done,
        f"complaint_{side}": Voice.objects.get(code_lookup=laying.code_lookup(code)),
    }


def _survey(lead: Actor, body: Organisation, title: str) -> Box:
    box = _set_up(lead, body, BoxKind.SURVEY, title)
    surveys.ask(lead, box, ASKED)
    return box


def _opened(lead: Actor, body: Organisation, kind: BoxKind, title: str) -> Box:
    box = _set_up(lead, body, kind, title)
    boxes.open_box(lead, box)
    return box


def _set_up(lead: Actor, body: Organisation, kind: BoxKind, title: str) -> Box:
    assert lead.person is not None
    data = BoxData(kind, title, "大家怎么看？", lead.person, clock.today())
    return boxes.set_up(lead, body, data)
