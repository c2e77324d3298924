"""Numbers of headings: 一、 （一） 1. （1）, each level anew under the one above (7.3.3)."""

from collections.abc import Iterable, Iterator

from .blocks import Block, Heading
from .text import chinese_number


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Yield every block with its number as printed; an empty string where it has none."""
    counters = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            depth = block.level - 1
            counters[depth] += 1
            counters[depth + 1 :] = [0] * (3 - depth)
            yield block, _printed(block.level, counters[depth])
        else:
            yield block, ""


def _printed(level: int, number: int) -> str:
    if level == 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return f"（{chinese_number(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def level_problems(blocks: Iterable[object]) -> Iterator[tuple[int, str]]:
    """Yield place (from 1) and Chinese text of every heading that skips a level."""
    before = 0
    for place, block in enumerate(blocks, 1):
        if not isinstance(block, Heading) or block.level not in (1, 2, 3, 4):
            continue
        if block.level > before + 1:
            above = f"前面是第{before}层" if before else "前面还没有标题"
            yield place, f"标题跳级：{above}，这里却是第{block.level}层，应当是第{before + 1}层"
        before = block.level
