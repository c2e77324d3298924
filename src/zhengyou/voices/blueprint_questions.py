"""``[[box.CODE.questions]]``: the questions of a survey in a blueprint, and from there in a box.

    ask = "夜班的饭热不热？"          options = ["热", "不热"]      most = 2

Without options one writes freely; ``most`` makes it a question of which several may be chosen.
"""

from collections.abc import Sequence
from typing import Any

from zhengyou.campaigns.blueprint.table import Table
from zhengyou.voices.models import BoxKind, QuestionKind
from zhengyou.voices.models.survey import (
    LONGEST_ASK,
    LONGEST_OPTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
)
from zhengyou.voices.rules.surveys import Asked, says_enough


def read(table: Table, kind: str) -> list[dict[str, Any]]:
    """Return the questions of a box as they are stored with the proposal."""
    rows = [_read(row) for row in table.tables("questions", most=MOST_QUESTIONS)]
    if rows and kind != BoxKind.SURVEY:
        table.problem("questions", "只有问卷才有题目", '请把 kind 改成 "问卷"，或者删去题目')
    return rows


def _read(table: Table) -> dict[str, Any]:
    options = table.texts("options", most=MOST_OPTIONS, each=LONGEST_OPTION, default=[])
    most = table.whole("most", least=2, most=MOST_OPTIONS, default=0) or None
    several = bool(most) or table.flag("several", default=False)
    kind = QuestionKind.SEVERAL if several else QuestionKind.ONE
    asked = Asked(
        kind if options or several else QuestionKind.WORDS,
        table.text("ask", most=LONGEST_ASK), tuple(options), most,
    )  # fmt: skip
    verdict = says_enough(asked)
    if asked.text and not verdict:
        table.problem(None, "这道题答不了", verdict.reason)
    return {"kind": str(asked.kind), "text": asked.text, "options": options, "most": most}


def dump(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return stored questions as a blueprint has them."""
    return [_dump(row) for row in rows]


def _dump(row: dict[str, Any]) -> dict[str, Any]:
    several = row["kind"] == QuestionKind.SEVERAL and not row["most"]
    values = {
        "ask": row["text"],
        "options": row["options"],
        "most": row["most"],
        "several": True if several else None,
    }
    return {key: value for key, value in values.items() if value}
