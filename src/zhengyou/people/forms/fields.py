"""Fields that several forms share: days, dates known in part, ID and phone numbers."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from zhengyou.kernel import clock, identity
from zhengyou.kernel.partial_dates import BadDate, PartialDate, parse
from zhengyou.kernel.texts import tidy_code, tidy_line, tidy_name


class DayField(forms.DateField):
    """A day, chosen from a calendar; today unless said otherwise."""

    def __init__(self, label: str, hint: str = "", *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            initial=clock.today if required else None,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "required": f"没有填{label}。",
                "invalid": "这不是一个日期，请写成 2026-10-16 这样。",
            },
        )

    def validate(self, value: Any) -> None:
        """Refuse days that nobody means."""
        super().validate(value)
        if isinstance(value, date) and not clock.is_thinkable(value):
            raise forms.ValidationError(self.error_messages["invalid"])


class PartialDateField(forms.CharField):
    """A date of which only the year, or year and month, may be known."""

    def __init__(self, label: str, hint: str = "", *, required: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=hint or "只知道年月就填年月，如 1985.07、1985年7月3日、1985。",
            required=required,
            max_length=30,
            error_messages={"required": f"没有填{label}。"},
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a known date as people write it."""
        return str(value) if isinstance(value, PartialDate) else value

    def to_python(self, value: Any) -> Any:
        """Read what was typed.

        Raises:
            forms.ValidationError: it is no date; the reason says how to write it.
        """
        typed = tidy_line(str(value or ""))
        if not typed:
            return None
        try:
            return parse(typed)
        except BadDate as problem:
            raise forms.ValidationError(problem.reason) from problem

    def validate(self, value: Any) -> None:
        """A date of birth or joining does not lie in days to come."""
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"])
        if value is not None and value.date > clock.today():
            raise forms.ValidationError(f"{value}还没到，请核对。")

    def run_validators(self, value: Any) -> None:
        """Leave out the validators of texts: the value is a date by now."""


class NameField(forms.CharField):
    """The name of a person or a body, without the blanks that people put in."""

    def __init__(self, label: str, max_length: int, hint: str = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            max_length=max_length,
            error_messages={
                "required": f"没有填{label}。",
                "max_length": f"{label}最多 {max_length} 个字，现在有 %(show_value)s 个。",
            },
        )

    def to_python(self, value: Any) -> str:
        """Return the name as it is kept."""
        return tidy_name(super().to_python(value) or "")


class IdNumberField(forms.CharField):
    """A citizen's ID number, checked; reasons never repeat it."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(
            label="公民身份号码",
            help_text=hint,
            required=False,
            max_length=30,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        )

    def to_python(self, value: Any) -> str:
        """Return the plain number; empty where none was typed.

        Raises:
            forms.ValidationError: it is none.
        """
        number = tidy_code(str(value or ""))
        verdict = identity.check_id_number(number)
        if number and not verdict:
            raise forms.ValidationError(verdict.reason)
        return number


class PhoneField(forms.CharField):
    """A mobile number or a landline with area code."""

    def __init__(self, label: str) -> None:
        attrs = {"autocomplete": "off", "inputmode": "tel"}
        super().__init__(
            label=label, required=False, max_length=30, widget=forms.TextInput(attrs=attrs)
        )

    def to_python(self, value: Any) -> str:
        """Return the plain number; empty where none was typed.

        Raises:
            forms.ValidationError: it is none.
        """
        number = tidy_code(str(value or ""))
        verdict = identity.check_phone(number)
        if number and not verdict:
            raise forms.ValidationError(verdict.reason)
        return number


def chosen_day(typed: str) -> date:
    """Return the day of a query string; today where none, a wrong or a coming one is given."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return clock.today()
    return min(day, clock.today())


def day_of(request: HttpRequest) -> date:
    """Return the day a page is asked for, as ``?day=`` or ``?on=``; never one to come."""
    return chosen_day(request.GET.get("day", "") or request.GET.get("on", ""))


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Let a field of ``form`` choose among ``rows``: a queryset, or (value, label) pairs."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
    elif isinstance(field, forms.ChoiceField):
        field.choices = rows
