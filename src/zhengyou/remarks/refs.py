"""How references to remarks resolve for staff, and how this app's facts read."""

from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Target
from zhengyou.people.actor import Actor
from zhengyou.remarks import rules
from zhengyou.remarks.models import Remark

VERBS = {
    "remark.show": "公开群众意见",
    "remark.hold": "不公开群众意见",
    "remark.answer": "答复群众意见",
    "remark.correct": "更正对群众意见的答复",
}
"""Ledger verbs of this app and their words. There is none for writing: nobody is known there."""


def resolve_remark(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a remark, or None where it is gone."""
    remark = Remark.objects.filter(uid=uid).first()
    if remark is None:
        return None
    actor = cast(Actor, viewer)
    visible = Remark.objects.filter(rules.visible_remarks(actor), pk=remark.pk).exists()
    return Target(str(remark), reverse("remarks:remark", args=[uid]), visible)


RESOLVERS = {"remark": resolve_remark}
