"""What is written into an item: title, text, figures, files; and the word that goes with an act."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from zhengyou.disclosure.content import LONGEST, Words
from zhengyou.disclosure.models import DisclosureTopic
from zhengyou.work.content import Amount
from zhengyou.work.forms.fields import FilesField, LaterMixin, LaterText, number_in

_FIGURE = re.compile(r"^(?P<what>.*?)[\s：:]+(?P<amount>[-\d０-９,，.．]+)\s*(?P<unit>\S*)$")
MOST_FIGURES = 40
HELP = "一行一项，先写什么，再写多少，最后写单位，如：办公费 1200.50 元"


class FiguresField(LaterMixin, forms.CharField):
    """Figures, one a line: what, how much, in which unit."""

    def __init__(self) -> None:
        super().__init__(
            label="数", max_length=4000, help_text=HELP,
            widget=forms.Textarea(attrs={"rows": 6}),
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """Show rows as lines."""
        return value if isinstance(value, str) or value is None else lines_of(value)

    def clean(self, value: Any) -> tuple[Amount, ...]:
        """Return the rows.

        Raises:
            forms.ValidationError: a line that is no figure, named by its number.
        """
        typed = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(typed) > MOST_FIGURES:
            raise forms.ValidationError(f"最多写 {MOST_FIGURES} 项，再多请放在附件里。")
        return tuple(self._row(place, line) for place, line in enumerate(typed, start=1))

    def _row(self, place: int, line: str) -> Amount:
        match = _FIGURE.match(line)
        if match is None or not match["what"].strip() or len(match["what"]) > 40:
            raise forms.ValidationError(f"第 {place} 行看不懂，要写成“办公费 1200.50 元”这样。")
        try:
            amount = number_in(match["amount"].replace("，", ","), 2, 9_999_999_999)
        except forms.ValidationError as problem:
            raise forms.ValidationError(f"第 {place} 行：{problem.messages[0]}") from None
        if not amount:
            raise forms.ValidationError(f"第 {place} 行的数是 0，没有发生的不用写。")
        return Amount(match["what"].strip(), amount, match["unit"][:10])


def lines_of(figures: Iterable[Amount]) -> str:
    """Return figures as they are typed."""
    return "\n".join(f"{row.what} {row.amount} {row.unit}".strip() for row in figures)


class ItemForm(forms.Form):
    """The words of an item."""

    title = forms.CharField(label="标题", max_length=100, error_messages={"required": "写上标题。"})
    text = LaterText(label="内容", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10}))
    figures = FiguresField()
    attached = FilesField(label="附件", help_text="表格、照片，有就放，不放也行")
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, topic: DisclosureTopic, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if topic.must:
            self.fields["text"].help_text = f"要写到：{'、'.join(topic.must)}"
        self.fields["figures"].required = topic.numbers
        if topic.numbers:
            self.fields["figures"].label = "数（这一项要写数）"

    @property
    def words(self) -> Words:
        """What was typed, once it is valid."""
        given = self.cleaned_data
        return Words(given["title"], given["text"], given["figures"])


class CorrectionForm(ItemForm):
    """Corrected words, and why."""

    why = forms.CharField(
        label="为什么更正", max_length=200, error_messages={"required": "写一句为什么更正。"},
        help_text="大家都看得到；原来公开的也留着",
    )  # fmt: skip


class WhyForm(forms.Form):
    """A word that goes with an act."""

    why = forms.CharField(
        label="为什么", max_length=200, error_messages={"required": "写一句为什么。"}
    )
