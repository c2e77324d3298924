"""What people type about reports. No side effects; mistakes told in words."""

from typing import Any

from django import forms

from zhengyou.campaigns.forms import REQUIRED, DayField
from zhengyou.kernel import clock
from zhengyou.work.actions.report_lines import LONGEST
from zhengyou.work.models import ReportSection


class LineForm(forms.Form):
    """The words of one line."""

    text = forms.CharField(
        label="这一条怎么写",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={**REQUIRED, "max_length": f"一条最多 {LONGEST} 个字。"},
    )
    why = forms.CharField(
        label="为什么更正",
        max_length=500,
        error_messages=REQUIRED,
        help_text="原来的话和理由都留着，上级看得到。",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, sent: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not sent:
            del self.fields["why"]


class AddForm(forms.Form):
    """A line of one's own."""

    section = forms.ChoiceField(choices=ReportSection)
    text = forms.CharField(max_length=LONGEST, error_messages=REQUIRED)
    form = forms.UUIDField()


class AnswerForm(forms.Form):
    """A word from above."""

    words = forms.CharField(
        label="说一句",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回要写清楚哪里要改；批阅可以不写。",
    )


class SolveForm(forms.Form):
    """When, how and by whom it was solved."""

    how = forms.CharField(
        label="怎么解决的",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )
    solver = forms.CharField(
        label="谁解决的", max_length=60, error_messages=REQUIRED, help_text="如 后勤组、教育局"
    )
    solved_on = DayField(label="哪天解决")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"solved_on": clock.today()})


class ReopenForm(forms.Form):
    """Why one is stuck again."""

    why = forms.CharField(
        label="为什么又卡住了",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=REQUIRED,
    )
