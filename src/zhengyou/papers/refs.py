"""How references to papers resolve; ``site`` registers this."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import Plan
from zhengyou.kernel.refs import Ref, Target
from zhengyou.papers import rules
from zhengyou.papers.models import Paper, PaperState


def paper(uid: UUID, actor: Any) -> Target | None:
    """Resolve ``paper``: its page, and with it its file, for who may see the body's papers."""
    return papers([uid], actor).get(uid)


def papers(uids: Collection[UUID], actor: Any) -> dict[UUID, Target]:
    """Resolve several papers, those that are gone left out. Two queries."""
    rows = Paper.objects.filter(uid__in=uids)
    visible = set(rows.filter(rules.visible_papers(actor)).values_list("uid", flat=True))
    return {
        row.uid: Target(row.title, reverse("papers:paper", args=[row.uid]), row.uid in visible)
        for row in rows.select_related("organisation")
    }


def postable(plan: Plan) -> list[Ref]:
    """Return the papers of the body that are ready, for posting logs."""
    rows = Paper.objects.filter(
        campaign=plan.campaign_id, organisation=plan.organisation_id, state=PaperState.READY
    )
    return [Ref("paper", row.uid, row.title) for row in rows.select_related("organisation")]


RESOLVERS = {"paper": paper}
TOGETHER = {"paper": papers}
VERBS = {
    "paper.ask": "要一份材料",
    "paper.finish": "生成材料",
    "paper.retry": "重新生成材料",
    "paper.fail": "材料没有生成",
    "summary.begin": "另起一份总结",
    "summary.write": "改写总结的一段",
    "summary.add": "给总结加一段",
    "summary.leave": "总结里一段不写",
    "summary.back": "总结里一段改回按记录写",
}
