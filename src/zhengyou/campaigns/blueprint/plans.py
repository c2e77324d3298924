"""``[plan]``: model texts for sections of the plan that every body adopts and makes its own."""

from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, SectionCode


class PlanTextSection(Section):
    """Model texts, by section of the plan."""

    name, label, order = "plan", "方案范本", 50
    note = (
        "方案范本：各支部采用活动时先填进方案的文字，支部照自己的情况改\n"
        "不写的栏目由系统按上面的内容代填"
    )

    single = True
    fields = {"": [Field(code.value, str(code.label), Ask.TEXT, most=2000) for code in SectionCode]}

    def check(self, table: Table) -> dict[str, str]:
        """Read section code → text."""
        texts = {code.value: table.long_text(code.value, default="") for code in SectionCode}
        return {code: text for code, text in texts.items() if text}

    def install(self, campaign: Campaign, data: dict[str, str]) -> None:
        """Keep the texts with the campaign."""
        campaign.plan_texts = data
        campaign.save(update_fields=["plan_texts"])

    def remove(self, campaign: Campaign) -> None:
        """Forget the texts."""
        campaign.plan_texts = {}

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the texts."""
        return dict(campaign.plan_texts)

    def summary(self, data: dict[str, str]) -> list[str]:
        """Name the sections that have a model text."""
        words = [str(SectionCode(code).label) for code in data]
        return [f"有范本的栏目：{'、'.join(words)}"] if words else []

    def plan_texts(self, campaign: Campaign) -> dict[str, str]:
        """Give a new plan its model texts."""
        return dict(campaign.plan_texts)
