"""Small forms about records: strike out, change a series."""

from typing import Any

from django import forms

from zhengyou.work.forms.fields import ClockField, NumberField
from zhengyou.work.models import Cadence, RecordSeries


class StrikeForm(forms.Form):
    """Why a record is struck out."""

    reason = forms.CharField(
        label="为什么划去", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "写明为什么划去。"},
    )  # fmt: skip


class SeriesForm(forms.Form):
    """What the next record of a series begins with."""

    title = forms.CharField(label="名称", max_length=100, error_messages={"required": "写上名称。"})
    place = forms.CharField(label="地点", max_length=60, required=False)
    day = NumberField(most=31)
    at = ClockField(label="几点开始")

    def __init__(self, series: RecordSeries, data: Any = None) -> None:
        names = ("title", "place", "day", "at")
        super().__init__(data, initial={name: getattr(series, name) for name in names})
        weekly = series.cadence == Cadence.WEEK
        self.fields["day"].label = "周几（1 到 7）" if weekly else "每月几号"
        self.fields["day"].required = True
