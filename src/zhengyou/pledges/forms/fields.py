"""Fields of what people type about pledges."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from zhengyou.kernel.texts import tidy_code
from zhengyou.ui.text import number

BIGGEST = Decimal("999999999999.99")
REQUIRED = {"required": "这一格要填。"}


class AmountField(forms.CharField):
    """A number as people type it: full-width digits and thousands commas are understood."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 20)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number without trailing zeros."""
        return number(value).replace(",", "") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Return the number, None where nothing was typed.

        Raises:
            forms.ValidationError: not a number, too big, or more than two decimals.
        """
        text = tidy_code(super().clean(value)).replace(",", "")
        if not text:
            return None
        try:
            if "e" in text.lower():  # 1E+9999 is a number to Decimal and to nobody else
                raise InvalidOperation
            amount = Decimal(text)
        except InvalidOperation:
            raise forms.ValidationError(
                "要写成数字，比如 11 或 6.4；单位写在“单位”那一格。"
            ) from None
        if not amount.is_finite() or abs(amount) > BIGGEST:
            raise forms.ValidationError("这个数太大了，请换个大些的单位，比如万元。")
        if amount != round(amount, 2):
            raise forms.ValidationError("小数点后面最多两位。")
        return amount


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault(
            "input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
        )
        options["error_messages"] = {"invalid": "日期要写成 2026-12-31 这样。", **REQUIRED}
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """Read the day after making full-width digits plain."""
        return super().to_python(tidy_code(value) if isinstance(value, str) else value)
