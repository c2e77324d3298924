"""How references to organisations and persons resolve, and how this app's facts read."""

from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Target
from zhengyou.people import rules
from zhengyou.people.actions import days
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Transfer

VERBS = {
    "organisation.found": "设立组织",
    "organisation.rename": "改名",
    "organisation.move": "移到别的上级下面",
    "organisation.split": "拆分、重划下级组织",
    "organisation.merge": "合并组织",
    "organisation.end": "撤销，并到别的组织或者分成几个",
    "organisation.undo": "撤销合并、拆分",
    "organisation.close": "撤销组织",
    "person.enrol": "登记到花名册",
    "person.transfer": "转组织关系",
    "person.transfer_undo": "撤销转组织关系",
    "person.release": "从花名册去掉",
    "person.standing": "改人员类别",
    "person.circumstance": "记下特殊情况",
    "person.circumstance_end": "特殊情况结束",
    "person.amend": "改个人信息",
    "person.view_numbers": "查看号码全文",
    "transfer.propose": "转出，等对方接收",
    "transfer.accept": "接收转来的人",
    "transfer.send_back": "退回转接",
    "transfer.withdraw": "收回转接",
    "transfer.undo": "撤销转接",
    "post.appoint": "任命职务",
    "post.end": "免去职务",
    "account.invite": "开邀请条",
    "account.withdraw": "收回邀请条",
    "account.open": "开账号",
    "account.password": "改密码",
    "account.close": "停用账号",
    "roster.import": "导入花名册",
    "roster.undo": "撤回花名册导入",
    **days.VERBS,
}
"""Ledger verbs of this app and their words."""


def resolve_organisation(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a body, or None where there is none."""
    body = Organisation.objects.filter(uid=uid).first()
    if body is None:
        return None
    seen = Organisation.objects.filter(rules.visible_organisations(cast(Actor, viewer)), pk=body.pk)
    return Target(body.name, reverse("people:organisation", args=[uid]), seen.exists())


def resolve_person(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a person, or None where there is none (or no longer, by law)."""
    person = Person.objects.filter(uid=uid).first()
    if person is None:
        return None
    seen = Person.objects.filter(rules.visible_persons(cast(Actor, viewer)), pk=person.pk)
    return Target(person.name, reverse("people:person", args=[uid]), seen.exists())


def resolve_transfer(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a transfer, or None where there is none."""
    row = Transfer.objects.filter(uid=uid).select_related("source", "target").first()
    if row is None:
        return None
    seen = Transfer.objects.filter(rules.visible_transfers(cast(Actor, viewer)), pk=row.pk)
    title = f"从{row.source.name}转到{row.target.name}"
    return Target(title, reverse("people:handover", args=[uid]), seen.exists())


RESOLVERS = {
    "organisation": resolve_organisation,
    "person": resolve_person,
    "transfer": resolve_transfer,
}
