"""How references of this room resolve, and how its facts read."""

from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Many, Resolver, Target
from zhengyou.people.actor import Actor
from zhengyou.voices import conclusions, rules
from zhengyou.voices.models import Box, BoxKind, Suggestion, Voice
from zhengyou.voices.rules.burden import visible_complaints

VERBS: Mapping[str, str] = {
    "box.set_up": "准备征集箱",
    "box.change": "修改征集箱",
    "box.open": "开箱",
    "box.close": "收箱",
    "box.open_again": "再开箱",
    "box.renew_doors": "换门口的二维码",
    "box.enter_paper": "代录纸质意见",
    "box.clear": "成批不收",
    "box.hear": "听意见",
    "voice.sign": "署真名提意见",
    "voice.take": "收下意见",
    "voice.show": "公开意见",
    "voice.cover": "不再公开意见",
    "voice.hold": "不收意见",
    "voice.resume": "重新收下意见",
    "voice.done": "意见已经办好",
    "voice.answer": "答复意见",
    "voice.note": "记下意见",
    "voice.repeat": "意见和别的一样",
    "voice.to_suggestion": "意见转为建议",
    "voice.to_problem": "意见转为问题",
    "box.ask": "问卷加题目",
    "box.reword": "问卷改题目",
    "box.drop": "问卷去掉题目",
    "meeting.set": "写下座谈的时间地点",
    "meeting.note": "记下座谈说的",
    "topic.theme": "讨论加减主题",
    "topic.group": "把发言归到主题",
    "topic.conclude": "写讨论的结论",
    "burden.answer": "答复减负意见",
    "box.set_levels": "定筛选层级",
    "suggestion.make": "提建议",
    "suggestion.choose": "选上建议",
    "suggestion.leave_out": "没选建议",
    "suggestion.send_back": "退回建议补充",
    "suggestion.resubmit": "补充后再送建议",
    "suggestion.screen_again": "重新筛建议",
    "suggestion.merge": "并入相近的建议",
    "suggestion.part": "把并在一起的建议分开",
    "suggestion.compose": "编综合稿",
    "suggestion.recompose": "改综合稿",
    "suggestion.go_up": "上报建议",
    "suggestion.call_back": "撤回上报的建议",
    "suggestion.withdraw": "撤回建议",
    "suggestion.adopt": "采纳建议",
    "suggestion.decline": "不采纳建议",
    "suggestion.enter_into": "建议列入方案任务",
    "suggestion.report": "写建议办的结果",
    "suggestion.reward": "奖励建议人",
    "suggestion.hand_to": "发建议奖励",
}
"""Ledger verbs of this room and their words. There is none for putting in without a name."""


def resolve_box(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a box, or None where it is gone."""
    return boxes([uid], viewer).get(uid)


def boxes(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return what boxes lead to: from within for those who see them, else the public page."""
    actor = cast(Actor, viewer)
    rows = Box.objects.filter(uid__in=uids)
    inside = set(rows.filter(rules.visible_boxes(actor)).values_list("uid", flat=True))
    public = set(rows.filter(rules.public_boxes()).values_list("uid", flat=True))
    return {
        box.uid: Target(
            box.title,
            reverse("voices:box" if box.uid in inside else "voices:put_in", args=[box.uid]),
            box.uid in inside or box.uid in public,
        )
        for box in rows
    }


def resolve_voice(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a voice, or None where it is gone."""
    return voices([uid], viewer).get(uid)


def voices(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return what voices lead to; the title names nobody and says nothing of its words."""
    actor = cast(Actor, viewer)
    rows = Voice.objects.filter(uid__in=uids).select_related("box")
    exist = rules.visible_voices(actor) | visible_complaints(actor)
    seen = set(rows.filter(exist).values_list("uid", flat=True))
    return {row.uid: Target(str(row), _page_of(row), row.uid in seen) for row in rows}


def _page_of(voice: Voice) -> str:
    if voice.box.kind == BoxKind.BURDEN:
        return reverse("voices:complaints")
    return reverse("voices:voice", args=[voice.uid])


def resolve_suggestion(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a suggestion, or None where it is gone."""
    return suggestions([uid], viewer).get(uid)


def suggestions(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return what suggestions lead to."""
    rows = Suggestion.objects.filter(uid__in=uids)
    visible = rows.filter(rules.visible_suggestions(cast(Actor, viewer)))
    seen = set(visible.values_list("uid", flat=True))
    return {
        row.uid: Target(row.title, reverse("voices:suggestion", args=[row.uid]), row.uid in seen)
        for row in rows
    }


RESOLVERS: Mapping[str, Resolver] = {
    "box": resolve_box,
    "voice": resolve_voice,
    "suggestion": resolve_suggestion,
    "conclusion": conclusions.resolve,
}
TOGETHER: Mapping[str, Many] = {
    "box": boxes,
    "voice": voices,
    "suggestion": suggestions,
    "conclusion": conclusions.together,
}
