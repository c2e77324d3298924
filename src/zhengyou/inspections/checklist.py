"""What an inspection looks at: outcomes, and how one sees them. Pure.

An item says what is looked at and how to see it; never "show me the folder".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TRACES = ("台账", "照片", "痕迹", "留痕", "档案盒", "文件夹", "截图", "打卡", "签到表", "会议记录",
          "记录本", "笔记本", "佐证材料", "软件资料", "上墙")  # fmt: skip
"""Words of things that are kept to be shown; an item that asks for them judges traces."""

_TRACE = re.compile("|".join(TRACES))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is looked at.

    Args:
        code: ASCII, names it within the list.
        what: the outcome, as a statement that is true or not: 家长说得出孩子作业变少了.
        how: how one sees it: 问五位家长，不提前打招呼.
    """

    code: str
    what: str
    how: str

    @property
    def trace(self) -> str:
        """The word of a trace that the item asks for; empty: none."""
        found = _TRACE.search(self.what) or _TRACE.search(self.how)
        return found[0] if found else ""

    @property
    def data(self) -> dict[str, str]:
        """The item as it is stored."""
        return {"code": self.code, "what": self.what, "how": self.how}


def items_from(stored: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Return the items of what is stored."""
    return tuple(Item(str(row["code"]), str(row["what"]), str(row["how"])) for row in stored)


def warnings(items: Sequence[Item]) -> list[str]:
    """Say which items ask for traces rather than for an outcome, each in a line."""
    return [
        f"“{item.what}”要看{item.trace}。督查看结果，不看留痕：请改成看得见的变化，比如问问群众、到现场看。"
        for item in items
        if item.trace
    ]
