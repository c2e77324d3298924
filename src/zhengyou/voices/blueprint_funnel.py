"""``[box.CODE.funnel.LEVEL]``: the levels of a call, from below upwards."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.kernel.texts import tidy_code
from zhengyou.voices.actions.funnels import LevelData, make_a_way
from zhengyou.voices.models import BoxOffer, OfferLevel, Where
from zhengyou.voices.models.funnel import LONGEST_LEVEL, MOST_LEVELS

WHERE = {str(where.label): where for where in Where}
PIECE, SINGLY = "合成一份", "一条一条"
NO_LIMIT = "不限"
_COUNT = re.compile(r"(\d{1,4})(?:条|份)?(以上)?")
NOTE = (
    "[box.代号.funnel.代号] 是一级一级怎么筛，从下往上写：\n"
    "where 写由哪级组织筛：下两级、下一级、本级、上一级、上两级，chosen 至少选几条，如“40以上”，\n"
    f"up 最多上报几份，不写就是{NO_LIMIT}，as 写“{PIECE}”就是先编综合稿再报"
)
PARTS = {"funnel": "筛选层级"}
FIELDS = {
    "funnel": [
        Field("title", "哪一级", needed=True, most=LONGEST_LEVEL, help="如 学段"),
        Field("where", "由哪级组织筛", Ask.ONE, needed=True, choices=list(WHERE)),
        Field("chosen", "至少选几条", help="如 40以上，不限就空着"),
        Field("up", "最多上报几份", help="如 1，不限就空着"),
        Field("as", "怎么上报", Ask.ONE, "空着就是一条一条", choices=[SINGLY, PIECE]),
    ]
}
"""For the section of boxes: what a level is called, and how its keys are asked for."""


def read(box: Table) -> tuple[LevelData, ...]:
    """Return the levels of a box; none where the file names none."""
    levels = tuple(_level(code, row) for code, row in box.table("funnel").entries(most=MOST_LEVELS))
    way = make_a_way(levels)
    if levels and not way:
        box.problem("funnel", "层级接不起来", way.reason)
    return levels


def install(offers: Mapping[str, BoxOffer], levels: Mapping[str, Sequence[LevelData]]) -> None:
    """Make the levels of the boxes that a campaign proposes, by their codes."""
    OfferLevel.objects.bulk_create(
        OfferLevel(
            offer=offers[box], number=number, code=level.code, title=level.title,
            where=level.where, chosen_least=level.chosen_least, most_up=level.most_up,
            as_piece=level.as_piece,
        )
        for box, some in levels.items()
        for number, level in enumerate(some, start=1)
    )  # fmt: skip


def dump(offer: BoxOffer) -> dict[str, Any]:
    """Return the levels of an offer."""
    return {level.code: _dump(level) for level in offer.levels.all()}


def summary(levels: Sequence[LevelData]) -> str:
    """Say the levels in words, "" for none."""
    return "，再".join(_words(level) for level in levels)


def _level(code: str, row: Table) -> LevelData:
    where = row.text("where", most=10)
    if where and where not in WHERE:
        row.problem("where", f"不认识“{where}”", did_you_mean(where, list(WHERE)))
    how = row.text("as", most=10, default="")
    if how not in ("", PIECE, SINGLY):
        row.problem("as", f"看不懂“{how}”", f"请写“{PIECE}”或者“{SINGLY}”")
    return LevelData(
        row.text("title", most=LONGEST_LEVEL),
        WHERE.get(where, Where.HERE),
        _count(row, "chosen"),
        _count(row, "up"),
        how == PIECE,
        code,
    )


def _count(row: Table, key: str) -> int | None:
    given = tidy_code(row.text(key, most=10, default=""))
    if given in ("", NO_LIMIT):
        return None
    match = _COUNT.fullmatch(given)
    if match is None or not int(match[1]):
        row.problem(key, f"看不懂“{given}”", f"请写一个数，如“1”“40以上”，或者“{NO_LIMIT}”")
        return None
    return int(match[1])


def _dump(level: OfferLevel) -> dict[str, Any]:
    values = {
        "title": level.title,
        "where": str(Where(level.where).label),
        "chosen": f"{level.chosen_least}以上" if level.chosen_least else "",
        "up": str(level.most_up or ""),
        "as": PIECE if level.as_piece else "",
    }
    return {key: value for key, value in values.items() if value}


def _words(level: LevelData) -> str:
    words = f"{level.title}筛"
    words += f"，至少选 {level.chosen_least} 条" if level.chosen_least else ""
    words += "，合成一份" if level.as_piece else ""
    return words + (f"，最多上报 {level.most_up} 份" if level.most_up else "")
