"""What may be done on the pages of a campaign and of a plan, each with the rule's answer."""

from dataclasses import dataclass

from django.urls import reverse

from zhengyou.campaigns import consulting, repeating, rules
from zhengyou.campaigns.models import Campaign, CampaignState, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.rules import HEADS, OVERSEERS


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that may be done, or not and why."""

    label: str
    url: str
    verdict: Verdict
    cls: str = "btn-quiet"
    method: str = "get"
    title: str = ""  # a question to ask before
    text: str = ""


def main_button(actor: Actor, campaign: Campaign, plan: Plan | None) -> Button | None:
    """Return the one solid button: start it, adopt it, or see the own plan."""
    if campaign.state == CampaignState.DRAFT:
        return Button(
            "启动活动",
            reverse("campaigns:start", args=[campaign.uid]),
            rules.may_open_campaign(actor, campaign),
            cls="btn-primary",
            title=f"启动“{campaign.title}”吗？",
            text="启动以后，覆盖到的组织就能看到、采用。",
        )
    if plan is not None:
        seen = Plan.objects.filter(rules.visible_plans(actor), pk=plan.pk).exists()
        url = reverse("campaigns:plan", args=[plan.uid])
        return Button("看我们的方案", url, Verdict.yes(), cls="btn-primary") if seen else None
    body = actor.hat.organisation if actor.hat else None
    if body is None or not campaign.covers_body(body) or campaign.state != CampaignState.OPEN:
        return None
    return Button(
        "采用活动",
        reverse("campaigns:adopt", args=[campaign.uid]),
        rules.may_adopt(actor, campaign, body),
        cls="btn-primary",
        title=f"{body.name}采用“{campaign.title}”吗？",
        text="采用以后，系统先把方案填好，照实际改了再送审。",
    )


def keeping(actor: Actor, campaign: Campaign) -> list[Button]:
    """Return what the keepers of a campaign do with it."""

    def to(name: str) -> str:
        return reverse(f"campaigns:{name}", args=[campaign.uid])

    edit = rules.may_edit_campaign(actor, campaign)
    if campaign.state == CampaignState.CLOSED:
        again = Button("再办一次", to("again"), repeating.may_run_again(actor, campaign))
        changes = rules.may_see_changes(actor, campaign)
        return [again, Button("看蓝图和改动", to("changes"), changes)]
    buttons = [Button("选依据", to("basis"), edit)]
    if campaign.state == CampaignState.DRAFT:
        verdict = rules.may_replace_blueprint(actor, campaign)
        below = consulting.may_consult_below(actor, campaign)
        buttons += [
            Button("改蓝图", to("blueprint"), verdict),
            Button("向下级征求意见", to("consult"), below),
            Button("换一份蓝图", to("replace"), verdict),
            Button("删去", to("discard"), verdict, title=f"删去“{campaign.title}”吗？",
                   text="还没有启动的活动可以删去。删去以后要重新建。"),
        ]  # fmt: skip
    else:
        buttons += [
            Button("改文字", to("edit"), edit),
            Button("调整日期", to("phases"), edit),
            Button("看蓝图和改动", to("changes"), rules.may_see_changes(actor, campaign)),
            Button("结束活动", to("close"), rules.may_close_campaign(actor, campaign),
                   title=f"结束“{campaign.title}”吗？",
                   text="结束以后不能再写方案和承诺，各支部的领导小组同时撤销。结束了不能再启动。"),
            Button("再办一次", to("again"), repeating.may_run_again(actor, campaign)),
        ]  # fmt: skip
    return buttons


def saving(actor: Actor, campaign: Campaign) -> list[Button]:
    """Return the ways of taking the blueprint home."""

    def to(name: str) -> str:
        return reverse(f"campaigns:{name}", args=[campaign.uid])

    save = rules.may_save_blueprint(actor, campaign)
    return [
        Button("存成蓝图", to("save"), save),
        Button("存成自己的蓝图", to("keep_manuscript"), save, method="post"),
        Button("启用时的蓝图", to("original"), save),
    ]


def doing(actor: Actor, plan: Plan) -> list[Button]:
    """Return what may be done now; from above only the review."""

    def to(name: str) -> str:
        return reverse(f"campaigns:{name}", args=[plan.uid])

    if plan.state == ClimbState.SUBMITTED:
        if not actor.holds_at(plan.organisation.path, rules.WRITERS):
            verdict = rules.may_review_plan(actor, plan)
            return [Button("审方案", to("review_plan"), verdict, cls="btn-primary")]
        verdict = rules.may_take_back_plan(actor, plan)
        return [Button("收回来改", to("take_back_plan"), verdict, method="post")]
    if not actor.holds_at(plan.organisation.path, (*OVERSEERS, *HEADS)):
        return []
    if plan.state in rules.EDITABLE:
        return [
            Button("接着写", to("edit_plan"), rules.may_edit_plan(actor, plan)),
            Button("送审", to("submit_plan"), rules.may_submit_plan(actor, plan),
                   cls="btn-primary", method="post"),
        ]  # fmt: skip
    if plan.state == ClimbState.APPROVED:
        verdict = rules.may_publish_plan(actor, plan)
        return [
            Button("公开方案", to("publish_plan"), verdict, cls="btn-primary",
                   title="公开这份方案吗？", text="公开以后群众在公开页上看得到，不能再收回。")
        ]  # fmt: skip
    return []
