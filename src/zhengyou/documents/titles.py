"""Where a long title or signature turns into the next line.

The standard (7.3.1) wants lines that are complete in meaning and of fitting length. Words cannot
be told apart here, but a title can avoid the ugly cases: one lone character on the second line, a
line beginning with a closing mark, a number cut in two.
"""

import math
from bisect import bisect_right
from itertools import accumulate, pairwise

from .text import is_wide, width

_NEVER_FIRST = frozenset("，。、；：！？”’）》〉】〕…—·的")
_NEVER_LAST = frozenset("“‘（《〈【〔")
_GOOD_LAST = frozenset("，、；：》”）的")
_GOOD_FIRST = ("关于", "《", "“", "（", "工作", "活动", "情况", "实施", "和", "与")
#: Words of the trade that a break should not cut; authors break other titles by hand.
_WORDS = (
    "中共 党员 党组织 基层 组织 支部 党委 党总支 委员会 领导 小组 办公室 教育 系统 学校 小学 中学 "
    "创先争优 活动 工作 深入 开展 实施 方案 意见 通知 公告 报告 决定 表彰 优秀 先进 个人 承诺 点评 "
    "评议 群众 满意 任务 分工 情况 年度 总结 计划 要点 阶段 公示 名单 进一步 加强 推进 关于"
)
_WHOLE = _WORDS.split()
#: What a good break is worth and a cut word costs, in squared characters off the mean length.
_BONUS = 3.0
_CUT = 12.0


def broken(text: str, per_line: int) -> list[str]:
    """Return ``text`` as lines of at most ``per_line`` characters and about equal length.

    Line breaks that are in ``text`` are kept; only lines too long are broken further. A line that
    cannot be broken decently (one endless Western word) is left to Word.

    Args:
        text: one line or several.
        per_line: Chinese characters that fit, 1 or more.
    """
    return [part for line in text.split("\n") for part in _break_line(line.strip(), per_line)]


def _break_line(line: str, per_line: int) -> list[str]:
    # Where each character ends: widths of parts are differences, so that long lines cost little.
    ends = [0.0, *accumulate(width(character) for character in line)]
    if ends[-1] <= per_line:
        return [line]
    prices = {end: _price(line, end) for end in range(1, len(line)) if _may_break(line, end)}
    prices[len(line)] = 0.0
    fewest = math.ceil(ends[-1] / per_line)
    for count in (fewest, fewest + 1):
        if breaks := _cheapest(ends, prices, count, per_line):
            parts = (line[start:end].strip() for start, end in pairwise([0, *breaks]))
            return [part for part in parts if part]
    return [line]


def _cheapest(
    ends: list[float], prices: dict[int, float], count: int, per_line: int
) -> list[int] | None:
    """Return the ends of ``count`` parts that cost least, or None if there is no way.

    A part costs the square of what it differs from the mean, and the price of its break.
    """
    last = len(ends) - 1
    target = ends[-1] / count
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        longer: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, breaks) in best.items():
            fitting = bisect_right(ends, ends[start] + per_line)
            for end in range(start + 1, fitting):
                if end not in prices:
                    continue
                total = cost + (ends[end] - ends[start] - target) ** 2 + prices[end]
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, [*breaks, end])
        best = longer
    return best[last][1] if last in best else None


def _may_break(line: str, end: int) -> bool:
    after = line[end]
    if after == " " or after in _NEVER_FIRST:
        return False
    before = line[:end].rstrip()[-1]
    if before in _NEVER_LAST:
        return False
    return is_wide(before) or is_wide(after) or line[end - 1] == " "


def _price(line: str, end: int) -> float:
    for word in _WHOLE:
        if any(line.startswith(word, end - i) for i in range(1, min(len(word), end + 1))):
            return _CUT
    good = line[end - 1] in _GOOD_LAST or line.startswith(_GOOD_FIRST, end)
    return -_BONUS if good else 0.0
