"""Fields of what people type about records."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from zhengyou.campaigns.forms import DayField as CampaignDayField
from zhengyou.kernel.texts import tidy_code
from zhengyou.ui.text import number

_BETWEEN_NAMES = re.compile(r"[、，,;；\n\t]+")


class LaterMixin:
    """A field that is needed before a record counts, and may be empty in a draft: ``required``
    only tells whoever reads the form."""

    def validate(self, value: Any) -> None:
        """Let an empty value pass."""
        if value not in (None, "", (), []):
            super().validate(value)  # type: ignore[misc]


class LaterText(LaterMixin, forms.CharField):
    """Words that may be written later."""


class LaterChoice(LaterMixin, forms.ChoiceField):
    """A choice that may be made later."""


class DayField(CampaignDayField):
    """A day, typed or picked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["required"] = "写上哪一天。"


class ClockField(forms.TimeField):
    """A time of day."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        options["input_formats"] = ["%H:%M", "%H:%M:%S"]
        options["error_messages"] = {"invalid": "时间要写成 15:30 这样。"}
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> Any:
        """Read the time after making full-width digits plain."""
        return super().to_python(tidy_code(value) if isinstance(value, str) else value)


class NumberField(forms.CharField):
    """A number as people type it: full-width digits and thousands commas are understood."""

    def __init__(self, *, places: int = 0, most: int = 9_999_999, **options: Any) -> None:
        self.places, self.most = places, most
        mode = "decimal" if places else "numeric"
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": mode}))
        super().__init__(required=False, max_length=20, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number without trailing zeros."""
        return number(value).replace(",", "") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Return the number, None where nothing was typed.

        Raises:
            forms.ValidationError: no number, below zero, too big, or too many decimals.
        """
        return number_in(super().clean(value), self.places, self.most)


def number_in(typed: str, places: int, most: int) -> Decimal | None:
    """Return the number that was typed, None for nothing.

    Raises:
        forms.ValidationError: no number, below zero, too big, or too many decimals.
    """
    text = tidy_code(typed).replace(",", "")
    if not text:
        return None
    try:
        if "E" in text or "_" in text:  # 1E+99 and 1_0 are numbers to Decimal and to nobody else
            raise InvalidOperation
        amount = Decimal(text)
    except InvalidOperation:
        raise forms.ValidationError("要写成数字，比如 2 或 1.5。") from None
    if not amount.is_finite() or not 0 <= amount <= most:
        raise forms.ValidationError(f"写 0 到 {most} 的数。")
    if amount != round(amount, places):
        raise forms.ValidationError(f"小数点后面最多 {places} 位。" if places else "写整数。")
    return amount


class NamesField(LaterMixin, forms.CharField):
    """Names, however they are set apart: commas, 顿号, line breaks."""

    def prepare_value(self, value: Any) -> Any:
        """Show the names one after the other."""
        return "、".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the names, each once.

        Raises:
            forms.ValidationError: a name is too long, or there are too many.
        """
        names = [" ".join(name.split()) for name in _BETWEEN_NAMES.split(super().clean(value))]
        found = tuple(dict.fromkeys(name for name in names if name))
        if any(len(name) > 60 for name in found):
            raise forms.ValidationError("名字之间用顿号隔开，一个名字最多 60 个字。")
        if len(found) > 300:
            raise forms.ValidationError("最多写 300 个名字；再多就只写人数。")
        return found


class ManyFiles(forms.ClearableFileInput):
    """The browser's field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFiles(attrs={"multiple": True}), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, each checked."""
        given = data if isinstance(data, (list, tuple)) else [data]
        return [found for each in given if (found := super(FilesField, self).clean(each, initial))]
