"""A day of the working-day calendar."""

from django import forms

from zhengyou.people.forms.fields import DayField


class DayForm(forms.Form):
    """Says what a day is, whatever the built-in calendar says."""

    day = DayField("哪一天")
    works = forms.TypedChoiceField(
        label="这一天",
        choices=[("", "请选"), ("no", "休息"), ("yes", "上班")],
        coerce=lambda value: value == "yes",
        error_messages={"required": "没有选上班还是休息。"},
    )
    title = forms.CharField(
        label="叫什么", max_length=40, help_text="比如：国庆调休、校庆日。",
        error_messages={"required": "没有写这一天叫什么。", "max_length": "最多 40 个字。"},
    )  # fmt: skip
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="哪个通知，文号多少。",
        error_messages={"max_length": "最多 200 个字。"},
    )  # fmt: skip
