"""``[tiers]``: by which facts leading, ordinary and lagging bodies are told apart."""

from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign
from zhengyou.inspections import facts
from zhengyou.inspections.facts import Shape
from zhengyou.inspections.models.tier import TierCriterion, TierScheme, TierTerms
from zhengyou.inspections.tiers.measures import FACTS
from zhengyou.inspections.tiers.saying import criterion_words
from zhengyou.inspections.tiers.words import NEW_DAYS, Is, Side
from zhengyou.kernel import clock
from zhengyou.people.models import Kind

MOST = 12
"""Criteria; more nobody keeps in mind."""


@dataclass(frozen=True, slots=True)
class CriterionData:
    """A criterion as the file has it."""

    code: str
    side: Side
    fact: str
    of: str
    compare: Is
    than: int


@dataclass(frozen=True, slots=True)
class TiersData:
    """The section as the file has it; ``kinds`` empty: whoever takes part."""

    kinds: tuple[str, ...]
    lagging_at: int
    new_days: int
    criteria: tuple[CriterionData, ...]


class TiersSection(Section):
    """Criteria of 抓两头带中间."""

    name, label, order = "tiers", "抓两头带中间", 99
    note = (
        "抓两头带中间：先进是各条先进标准都达到，落后是落后标准至少占 lagging_at 条，其余是一般\n"
        "[tiers.criteria.代号] 一条标准：side 先进或落后，fact 数什么，of 只数哪项任务，\n"
        "compare 写不低于、超过、不超过、低于，than 是数（率写百分数）；成立不满 new_days 天的不分"
    )
    single = True
    parts = {"criteria": "分档标准"}
    fields = {
        "": [
            Field(
                "kinds", "分哪些组织类别", Ask.SOME, "不选就是参加活动的都分", choices=labels(Kind)
            ),
            Field("lagging_at", "落后标准占几条算落后", Ask.NUMBER),
            Field("new_days", "成立不满几天不分", Ask.NUMBER),
        ],
        "criteria": [
            Field("side", "哪一头", Ask.ONE, needed=True, choices=labels(Side)),
            Field(
                "fact", "数什么", Ask.ONE, needed=True,
                choices=[fact.label for fact in FACTS.values()],
            ),
            Field("of", "只数哪项任务", Ask.CODE, "空着就是都数", section="duty"),
            Field("compare", "怎么比", Ask.ONE, needed=True, choices=labels(Is)),
            Field("than", "和多少比", Ask.NUMBER, "率写百分数", needed=True),
        ],
    }  # fmt: skip

    def check(self, table: Table) -> TiersData:
        """Read the section."""
        kinds = table.labels("kinds", Kind, default=[])
        lagging_at = table.whole("lagging_at", least=1, most=MOST, default=1)
        new_days = table.whole("new_days", least=0, most=730, default=NEW_DAYS)
        entries = table.table("criteria").entries(most=MOST)
        criteria = [_criterion(code, entry) for code, entry in entries]
        known = tuple(each for each in criteria if each is not None)
        if "lagging_at" in table and lagging_at > _lagging(known):
            table.problem(
                "lagging_at", f"落后标准只有 {_lagging(known)} 条", "请写得不多于落后标准的条数"
            )
        return TiersData(tuple(kind.value for kind in kinds), lagging_at, new_days, known)

    def install(self, campaign: Campaign, data: TiersData) -> None:
        """Make the rows, as the way of the campaign's own body."""
        if not data.criteria:
            return
        scheme = TierScheme.objects.create(campaign=campaign, organisation=campaign.organisation)
        TierTerms.objects.create(
            scheme=scheme, since=campaign.starts_on, kinds=list(data.kinds or campaign.covers),
            lagging_at=data.lagging_at, new_days=data.new_days,
        )  # fmt: skip
        TierCriterion.objects.bulk_create(
            TierCriterion(
                scheme=scheme, since=campaign.starts_on, code=row.code, side=row.side,
                fact=row.fact, of=row.of, compare=row.compare, than=row.than, order=order,
            )
            for order, row in enumerate(data.criteria)
        )  # fmt: skip

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        TierScheme.objects.filter(campaign=campaign).delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the section as it is today."""
        day = max(clock.today(), campaign.starts_on)
        scheme = TierScheme.objects.filter(
            campaign=campaign, organisation=campaign.organisation
        ).first()
        terms = TierTerms.objects.on(day).filter(scheme=scheme).first() if scheme else None
        if scheme is None or terms is None:
            return {}
        rows = TierCriterion.objects.on(day).filter(scheme=scheme).order_by("order", "id")
        same = sorted(terms.kinds) == sorted(campaign.covers)
        kinds = {} if same else {"kinds": [str(Kind(kind).label) for kind in terms.kinds]}
        return {
            **kinds,
            "lagging_at": terms.lagging_at,
            "new_days": terms.new_days,
            "criteria": {row.code: _dump(row) for row in rows},
        }

    def summary(self, data: TiersData) -> list[str]:
        """Say each criterion."""
        if not data.criteria:
            return []
        said = [
            f"{row.side.label}：{criterion_words(row.fact, row.of, row.compare, row.than)}"
            for row in data.criteria
        ]
        return [*said, f"落后标准占了 {data.lagging_at} 条的算落后"]


def _lagging(criteria: tuple[CriterionData, ...]) -> int:
    return sum(each.side == Side.LAGGING for each in criteria)


def _criterion(code: str, table: Table) -> CriterionData | None:
    side, compare = table.choice("side", Side), table.choice("compare", Is)
    words, of = table.text("fact"), table.code("of", "duty", default="")
    known = {fact.label: name for name, fact in facts.registered().items()}
    name = known.get(words, "")
    if words and not name:
        table.problem("fact", f"不认识“{words}”", did_you_mean(words, list(known)))
    fact = facts.find(name)
    if fact and of and fact.choices is None:
        table.problem("of", f"“{words}”不能只数一项任务", "请删去 of")
    rate = fact is not None and fact.shape is Shape.RATE
    than = table.whole("than", least=0, most=100 if rate else 9999)
    if side is None or compare is None or fact is None:
        return None
    return CriterionData(code, side, name, of, compare, than)


def _dump(row: TierCriterion) -> dict[str, Any]:
    fact = facts.find(row.fact)
    values: dict[str, Any] = {
        "side": str(Side(row.side).label),
        "fact": fact.label if fact else row.fact,
        "of": row.of,
        "compare": str(Is(row.compare).label),
        "than": row.than,
    }
    return {key: value for key, value in values.items() if value != ""}
