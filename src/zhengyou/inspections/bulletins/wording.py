"""How an article is drafted from a finding, and the number of a bulletin. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from zhengyou.ui.text import long_date

NUMBER = re.compile(r"[^〔〕\[\]（）()]+〔\d{4}〕[1-9]\d*号")
_PARTS = re.compile(r"(.+〔)(\d{4})(〕)(\d+)(号)")
PRAISE, CRITICISM = "praise", "criticism"


def drafted(body: str, text: str, kind: str, deadline: date | None) -> str:
    """Return the article that a finding alone makes."""
    said = text.strip().rstrip("。；;") + "。"
    until = f"请于{long_date(deadline)}前改好。" if kind == CRITICISM and deadline else ""
    return f"{body}：{said}{until}"


def next_number(last: str, year: int) -> str:
    """Return the number after ``last``; from 1 in a new year; empty where there is none."""
    match = _PARTS.fullmatch(last)
    if match is None:
        return ""
    count = int(match[4]) + 1 if int(match[2]) == year else 1
    return f"{match[1]}{year}{match[3]}{count}{match[5]}"


def named_in(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return which names of persons stand in the texts."""
    whole = "\n".join(texts)
    return [name for name in dict.fromkeys(names) if len(name) > 1 and name in whole]
