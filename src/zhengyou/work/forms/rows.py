"""Rows on the form of a record: so much of something, and what people asked for."""

from collections.abc import Mapping
from typing import Any

from django import forms

from zhengyou.kernel.texts import tidy_line
from zhengyou.work.content import Amount, Wished
from zhengyou.work.forms.fields import number_in
from zhengyou.work.models import WishOutcome

MOST_ROWS = 60
BLANK = 2
BIGGEST = 9_999_999_999


class Rows:
    """Numbered rows of a few fields each, some blank ones at the end. What is typed stays."""

    fields: tuple[str, ...] = ()
    limits: tuple[int, ...] = ()

    def __init__(
        self,
        stored: list[tuple[str, ...]],
        data: Mapping[str, Any] | None,
        drafts: bool = False,
    ) -> None:
        self.drafts = drafts
        self.rows = stored if data is None else self._typed(data)
        self.errors: list[str] = []
        self.found: list[Any] = []
        for place, row in enumerate(self.rows, start=1):
            if any(row) and data is not None:
                self._read(place, row)

    def _typed(self, data: Mapping[str, Any]) -> list[tuple[str, ...]]:
        rows = [
            tuple(tidy_line(str(data.get(f"{name}-{n}", ""))) for name in self.fields)
            for n in range(MOST_ROWS)
        ]
        return [row for row in rows if any(row[: self.needed])]

    needed = 1

    @property
    def shown(self) -> list[dict[str, str]]:
        """The rows with the names of their fields, and blank ones."""
        rows = self.rows + [("",) * len(self.fields)] * max(1, BLANK - len(self.rows))
        return [
            {"n": str(n), **dict(zip(self.fields, row, strict=True))}
            for n, row in enumerate(rows[:MOST_ROWS])
        ]

    def _read(self, place: int, row: tuple[str, ...]) -> None:
        for text, limit in zip(row, self.limits, strict=True):
            if len(text) > limit:
                self.errors.append(f"{self.title}第 {place} 行：一格最多 {limit} 个字。")
        try:
            self.found.append(self._value(row))
        except forms.ValidationError as error:
            self.errors.append(f"{self.title}第 {place} 行：{error.messages[0]}")

    title = ""

    def _value(self, row: tuple[str, ...]) -> Any:
        raise NotImplementedError


class QuantityRows(Rows):
    """12 袋 化肥."""

    fields, limits, title, needed = ("what", "amount", "unit"), (40, 20, 10), "数量", 3

    def _value(self, row: tuple[str, ...]) -> Amount:
        what, typed, unit = row
        amount = number_in(typed, 2, BIGGEST)
        if not what or not unit or not amount:
            raise forms.ValidationError("什么、多少、单位都要写，比如：化肥，12，袋。")
        return Amount(what, amount, unit)


class WishRows(Rows):
    """What somebody asked for, and what became of it."""

    fields, limits, title, needed = ("wish", "outcome", "answer"), (200, 20, 200), "诉求", 1
    outcomes = WishOutcome.choices

    def _value(self, row: tuple[str, ...]) -> Wished:
        words, outcome, answer = row
        if self.drafts:
            known = outcome in WishOutcome.values
            return Wished(words, WishOutcome(outcome) if known else WishOutcome.OPEN, answer)
        if outcome not in WishOutcome.values:
            raise forms.ValidationError("选办到了、讲清了还是还没办。")
        if outcome != WishOutcome.OPEN and not answer:
            raise forms.ValidationError("写一句怎么办的、怎么讲的。")
        return Wished(words, WishOutcome(outcome), answer)
