"""``[inspection.CODE]``: inspections that a campaign proposes to those who inspect in it.

Nothing is copied for them: whoever takes one up plans an inspection of it.
"""

from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.checklist import Item, items_from, warnings
from zhengyou.inspections.models import (
    FIX_DAYS,
    REPLY_DAYS,
    InspectionKind,
    InspectionOffer,
    Sample,
    StrataBy,
)
from zhengyou.people.models import Kind

ITEMS_MOST = 20
_DEFAULTS = {"strata": StrataBy.KIND, "quota": 1, "reply": REPLY_DAYS, "mend": FIX_DAYS}


@dataclass(frozen=True, slots=True)
class InspectionData:
    """An inspection as the file has it."""

    code: str
    title: str
    kind: InspectionKind
    kinds: tuple[str, ...]
    sample: Sample
    purpose: str
    items: tuple[Item, ...]
    strata_by: StrataBy
    quota: int
    reply_days: int
    fix_days: int


class InspectionSection(Section):
    """Inspections."""

    name, label, order = "inspection", "督查", 98
    note = (
        "督查：调研、随机抽查、专项检查，查哪些组织、看哪些结果；随机抽查一定公开抽签\n"
        "items 一项一行：what 是看什么结果，how 是怎么看；看结果，不看台账、照片、记录本这些留痕"
    )

    fields = {
        "": [
            Field("title", "名称", needed=True),
            Field("kind", "哪种督查", Ask.ONE, needed=True, choices=labels(InspectionKind)),
            Field("who.kind", "查哪些组织", Ask.SOME, needed=True, choices=labels(Kind)),
            Field("sample", "怎么选单位", Ask.ONE, "随机抽查一定公开抽签", choices=labels(Sample)),
            Field("purpose", "看什么、为什么看", Ask.TEXT, most=300),
            Field("strata", "按什么分层", Ask.ONE, choices=labels(StrataBy)),
            Field("quota", "每层抽几个", Ask.NUMBER),
            Field("reply", "几个工作日内回复", Ask.NUMBER),
            Field("mend", "几个工作日内整改", Ask.NUMBER),
            Field(
                "items", "看哪些结果", Ask.ROWS, "一行一项：看什么结果，空一格，怎么看；别处不空格",
                needed=True, columns=("what", "how"),
            ),
        ]
    }  # fmt: skip

    def check(self, table: Table) -> list[InspectionData]:
        """Read the inspections."""
        return [_read(code, entry) for code, entry in table.entries()]

    def install(self, campaign: Campaign, data: list[InspectionData]) -> None:
        """Make the rows."""
        InspectionOffer.objects.bulk_create(
            InspectionOffer(
                campaign=campaign, code=row.code, title=row.title, kind=row.kind,
                kinds=list(row.kinds), sample=row.sample, purpose=row.purpose,
                items=[item.data for item in row.items], strata_by=row.strata_by,
                quota=row.quota, reply_days=row.reply_days, fix_days=row.fix_days, order=order,
            )
            for order, row in enumerate(data)
        )  # fmt: skip

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        campaign.inspection_offers.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the inspections."""
        return {row.code: _dump(row) for row in campaign.inspection_offers.all()}

    def summary(self, data: list[InspectionData]) -> list[str]:
        """Say which inspections there are, and which of their items ask for traces."""
        said = []
        for row in data:
            kinds = "、".join(str(Kind(kind).label) for kind in row.kinds)
            where = f"查{kinds}，{row.sample.label}，看 {len(row.items)} 项"
            said.append(f"{row.kind.label}“{row.title}”：{where}")
            said += [f"请再想想：{words}" for words in warnings(row.items)]
        return said


def _read(code: str, entry: Table) -> InspectionData:
    kind = entry.choice("kind", InspectionKind) or InspectionKind.SURVEY
    sample = entry.choice("sample", Sample, default=None) or Sample.RANDOM
    if kind == InspectionKind.SPOT and sample != Sample.RANDOM:
        remedy = f'请写成 sample = "{Sample.RANDOM.label}"，或者删去这一行'
        entry.problem("sample", "随机抽查不能指定单位", remedy)
    found: list[Kind] = entry.table("who").labels("kind", Kind)
    return InspectionData(
        code, entry.text("title", most=60), kind, tuple(each.value for each in found), sample,
        entry.long_text("purpose", most=300, default=""), _items(entry),
        entry.choice("strata", StrataBy, default=None) or StrataBy.KIND,
        entry.whole("quota", least=0, most=200, default=1),
        entry.whole("reply", least=1, most=60, default=REPLY_DAYS),
        entry.whole("mend", least=1, most=250, default=FIX_DAYS),
    )  # fmt: skip


def _items(entry: Table) -> tuple[Item, ...]:
    rows = entry.tables("items", most=ITEMS_MOST)
    if not rows:
        remedy = '请写 items = [{ what = "…", how = "…" }]'
        entry.problem("items", f"{entry.heading}没有写看什么", remedy)
    return tuple(
        Item(f"item-{number}", row.text("what", most=100), row.text("how", most=200))
        for number, row in enumerate(rows, start=1)
    )


def _dump(row: InspectionOffer) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": row.title,
        "kind": str(InspectionKind(row.kind).label),
        "who": {"kind": [str(Kind(kind).label) for kind in row.kinds]},
        "sample": str(Sample(row.sample).label),
        "purpose": row.purpose,
    }
    rules = {"strata": row.strata_by, "quota": row.quota, "reply": row.reply_days,
             "mend": row.fix_days}  # fmt: skip
    if rules["strata"] != _DEFAULTS["strata"]:
        values["strata"] = str(StrataBy(row.strata_by).label)
    values |= {
        key: rules[key] for key in ("quota", "reply", "mend") if rules[key] != _DEFAULTS[key]
    }
    values["items"] = [{"what": item.what, "how": item.how} for item in items_from(row.items)]
    return {key: value for key, value in values.items() if value or value == 0}
