"""What is written into an item: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhengyou.disclosure.models import DisclosedVersion, DisclosureTopic
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ui.text import number
from zhengyou.work.content import Amount

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Words:
    """Title, text and figures of one version."""

    title: str
    text: str = ""
    figures: Sequence[Amount] = field(default=())

    @classmethod
    def of(cls, version: DisclosedVersion) -> "Words":
        """Read a stored version back."""
        rows = [Amount(what, Decimal(amount), unit) for what, amount, unit in version.figures]
        return cls(version.title, version.text, rows)

    def put(self, version: DisclosedVersion) -> None:
        """Write them into a row, which is not saved."""
        version.title = tidy_line(self.title)[:100]
        version.text = tidy(self.text).strip()[:LONGEST]
        version.figures = [[row.what, str(row.amount), row.unit] for row in self.figures]


def whole(topic: DisclosureTopic, words: Words) -> Verdict:
    """Say whether it may go out: with a title, a text, and figures where they are asked for."""
    lacks = []
    if not tidy_line(words.title):
        lacks.append("标题")
    if not tidy(words.text).strip():
        lacks.append("内容")
    if topic.numbers and not words.figures:
        lacks.append("数")
    return Verdict.of(not lacks, f"还没有写{'、'.join(lacks)}，写好才能公开。")


def figure_lines(words: Words) -> list[tuple[str, str]]:
    """Return the figures as (what, so much) for pages."""
    return [(row.what, f"{number(row.amount)} {row.unit}".strip()) for row in words.figures]
