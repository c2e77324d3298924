"""How references to campaigns and plans resolve, and how this app's facts read."""

from collections.abc import Collection
from typing import cast
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from zhengyou.campaigns import authoring, publicising, receiving, rules, tasking
from zhengyou.campaigns.models import Campaign, Directive, Manuscript, Plan, Posting, TaskReport
from zhengyou.kernel.refs import Target
from zhengyou.people.actor import Actor

VERBS = {
    "campaign.create": "新建活动",
    "campaign.replace_blueprint": "换用蓝图",
    "campaign.edit": "修改活动",
    "campaign.move_phases": "调整阶段日期",
    "campaign.reword_standard": "修改标准",
    "campaign.discard": "删去筹备中的活动",
    "campaign.open": "启动活动",
    "campaign.close": "结束活动",
    "plan.adopt": "采用活动，起草方案",
    "plan.write": "修改方案",
    "plan.set_up_groups": "设立领导小组",
    "plan.submit": "送审方案",
    "plan.take_back": "收回方案",
    "plan.send_back": "退回方案",
    "plan.approve": "同意方案",
    "plan.publish": "公开方案",
    "task.report": "登记任务",
    "task.correct": "更正任务登记",
    "task.due": "提前任务期限",
    "publicity.plan": "改宣传计划",
    "posting.enter": "登记公开",
    "posting.strike": "划去一条公开登记",
    "manuscript.keep": "存下自己的蓝图",
    "manuscript.save": "修改自己的蓝图",
    "manuscript.discard": "删去自己的蓝图",
    "consultation.open": "征求意见",
    "consultation.stop": "提前结束征求意见",
    "consultation.opine": "下级提意见",
    "consultation.settle": "答复意见",
    "campaign.run_again": "再办一次",
    "campaign.lesson": "写下经验教训",
    "plan.take_over_seats": "沿用上一轮的席位",
    "plan.cite": "选定方案的依据",
    "campaign.cite": "选定活动的依据",
    "directive.enter": "登记收文",
    "directive.edit": "更正收文",
    "directive.withdraw": "撤下文件",
    "directive.pass_down": "转发文件",
    "directive.study": "登记传达学习",
    "directive.correct_study": "更正传达学习",
}
"""Ledger verbs of this app and their words."""


def resolve_campaign(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a campaign, or None where it is gone."""
    campaign = Campaign.objects.filter(uid=uid).first()
    if campaign is None:
        return None
    visible = Campaign.objects.filter(rules.visible_campaigns(cast(Actor, viewer)), pk=campaign.pk)
    return Target(campaign.title, reverse("campaigns:campaign", args=[uid]), visible.exists())


def resolve_plan(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a plan, or None where it is gone."""
    return resolve_plans([uid], viewer).get(uid)


def resolve_plans(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of plans, those that are gone left out. Two queries."""
    rows = Plan.objects.filter(uid__in=uids)
    seen = rows.filter(rules.visible_plans(cast(Actor, viewer)))
    visible = set(seen.values_list("uid", flat=True))
    return {
        plan.uid: Target(
            plan.title, reverse("campaigns:plan", args=[plan.uid]), plan.uid in visible
        )
        for plan in rows.select_related("campaign", "organisation")
    }


def resolve_report(uid: UUID, viewer: object) -> Target | None:
    """Return the ledger of tasks where a report stands, or None where it is gone."""
    row = TaskReport.objects.select_related("plan__organisation", "task").filter(uid=uid).first()
    if row is None:
        return None
    url = reverse("campaigns:plan_tasks", args=[row.plan.uid])
    actor = cast(Actor, viewer)
    seen = bool(actor and tasking.may_see_tasks(actor, row.plan))
    return Target(row.task.title, f"{url}#task-{row.task_id}", seen)


def resolve_posting(uid: UUID, viewer: object) -> Target | None:
    """Return a posting, or None where it is gone; who entered it wrongly shows it to nobody."""
    row = Posting.objects.select_related("plan").filter(uid=uid).first()
    if row is None:
        return None
    visible = Posting.objects.filter(publicising.visible_postings(), pk=row.pk).exists()
    return Target(row.title, reverse("campaigns:plan_postings", args=[row.plan.uid]), visible)


def resolve_manuscript(uid: UUID, viewer: object) -> Target | None:
    """Return the page of somebody's own blueprint, or None where it is gone."""
    row = Manuscript.objects.filter(uid=uid).first()
    if row is None:
        return None
    seen = Manuscript.objects.filter(authoring.visible_manuscripts(cast(Actor, viewer)), pk=row.pk)
    return Target(row.title, reverse("campaigns:manuscript", args=[uid]), seen.exists())


def resolve_directive(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a document, or None where it is gone; its files follow it."""
    directive = Directive.objects.filter(uid=uid).first()
    if directive is None:
        return None
    seen = receiving.visible_directives(cast(Actor, viewer)) if viewer else Q(pk__in=[])
    visible = Directive.objects.filter(seen, pk=directive.pk).exists()
    return Target(directive.title, reverse("campaigns:directive", args=[uid]), visible)


RESOLVERS = {
    "campaign": resolve_campaign,
    "plan": resolve_plan,
    "task_report": resolve_report,
    "posting": resolve_posting,
    "manuscript": resolve_manuscript,
    "directive": resolve_directive,
}
TOGETHER = {"plan": resolve_plans}
