"""文号: how documents of superiors are numbered, read loosely, written in one way. Pure."""

import re

from zhengyou.kernel.texts import tidy_line

_YEAR = re.compile(r"\s*[〔\[［（(【]\s*(\d{4})\s*[〕\]］）)】]\s*")
_ORDER = re.compile(r"第?\s*0*(\d{1,5})\s*号$")
LONGEST = 60


class BadNumber(Exception):  # reads as a sentence: raise BadNumber(reason)
    """What was typed is no 文号; ``reason`` is Chinese and says how to write it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def tidy_number(text: str) -> str:
    """Return ``text`` as offices write it: ``县教党(2026) 012 号`` is ``县教党〔2026〕12号``.

    Whatever ends in a number and 号 is taken, since not every office follows GB/T 9704; empty
    stays empty.

    Raises:
        BadNumber: it is none, or too long.
    """
    text = tidy_line(text)
    if not text:
        return ""
    if len(text) > LONGEST:
        raise BadNumber(f"文号最多 {LONGEST} 个字，请检查是不是把标题也写进来了。")
    order = _ORDER.search(text)
    if order is None:
        raise BadNumber("文号要以几号结尾，如：县教党〔2026〕12号。没有文号就空着。")
    head, matched = text[: order.start()], order[0].startswith("第")
    head = _YEAR.sub(lambda year: f"〔{year[1]}〕", head).strip()
    return f"{head}{'第' if matched else ''}{order[1]}号"
