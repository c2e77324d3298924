"""``[cycle.CODE]``: award and appraisal cycles that repeat inside a campaign of several years."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, Cycle

MONTHS = {"每年": 12, "每半年": 6, "每季度": 3}
"""How often, and how many months that is."""
_DAY = re.compile(r"\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class CycleData:
    """A cycle as the file has it; ``from_day`` empty: from the campaign's first day."""

    code: str
    title: str
    every: str
    from_day: str


class CycleSection(Section):
    """Cycles."""

    name, label, order = "cycle", "评比周期", 25
    note = (
        "评比周期：几年的活动里一年评一次的，写在这里；阶段照旧\n"
        "every 写 每年、每半年、每季度；from 是从几月几日起算（月-日），不写就从活动第一天起"
    )

    fields = {
        "": [
            Field("title", "名称", needed=True),
            Field("every", "多久一次", Ask.ONE, needed=True, choices=list(MONTHS)),
            Field("from", "从几月几日起算", help="月-日，如 07-01；空着就从活动第一天起"),
        ]
    }

    def check(self, table: Table) -> list[CycleData]:
        """Read the cycles."""
        return [_cycle(code, entry) for code, entry in table.entries(most=6)]

    def install(self, campaign: Campaign, data: list[CycleData]) -> None:
        """Make a row each."""
        Cycle.objects.bulk_create(
            Cycle(
                campaign=campaign,
                code=row.code,
                title=row.title,
                months=MONTHS[row.every],
                from_day=row.from_day,
                order=order,
            )
            for order, row in enumerate(data)
        )

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        campaign.cycles.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the cycles."""
        words = {months: word for word, months in MONTHS.items()}
        return {
            row.code: {"title": row.title, "every": words[row.months]}
            | ({"from": row.from_day} if row.from_day else {})
            for row in campaign.cycles.all()
        }

    def summary(self, data: list[CycleData]) -> list[str]:
        """Say how often, and from which day."""
        return [
            f"{row.title}：{row.every}一次，从{_words(row.from_day) or '活动第一天'}起算"
            for row in data
        ]


def _cycle(code: str, table: Table) -> CycleData:
    title, every = table.text("title"), table.text("every", most=10)
    if every and every not in MONTHS:
        table.problem("every", f"看不懂“{every}”", did_you_mean(every, list(MONTHS)))
        every = ""
    from_day = table.text("from", most=5, default="")
    if from_day and not _is_day(from_day):
        table.problem("from", f"看不懂“{from_day}”", "请写成“07-01”这样，月-日，不能写 02-29")
        from_day = ""
    return CycleData(code, title, every or "每年", from_day)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"2026-{text}")  # A year without 29 February: every year has the day.
    except ValueError:
        return False
    return True


def _words(from_day: str) -> str:
    return f"{int(from_day[:2])}月{int(from_day[3:])}日" if from_day else ""
