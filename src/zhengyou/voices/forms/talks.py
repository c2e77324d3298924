"""What is typed about talks face to face and discussions."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhengyou.people.forms.fields import DayField
from zhengyou.voices.actions.meetings import (
    LONGEST_PLACE,
    LONGEST_WHO,
    Entry,
    MeetingData,
    entries_fit,
    entries_in,
)
from zhengyou.voices.models import Meeting
from zhengyou.voices.models.topic import LONGEST_CONCLUSION, LONGEST_THEME
from zhengyou.work.models import Record


class MeetingForm(forms.Form):
    """When and where people sat together: chosen from the record book, or written here."""

    record = forms.ModelChoiceField(
        Record.objects.none(), label="已经记在纪实里的", required=False, to_field_name="uid",
        empty_label="还没有记过", help_text="选了，时间、地点、人数就用纪实里的，下面不用再填。",
    )  # fmt: skip
    who = forms.CharField(
        label="来的是什么人", max_length=LONGEST_WHO,
        help_text="如“一年级家长”“二组村民”；不写姓名。",
        error_messages={"required": "写一下来的是什么人。"},
    )  # fmt: skip
    on = DayField("哪天", required=False)
    at = forms.TimeField(
        label="几点", required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时间写成 14:30 这样。"},
    )  # fmt: skip
    place = forms.CharField(label="地点", max_length=LONGEST_PLACE, required=False)
    number = forms.IntegerField(
        label="来了多少人", min_value=1, max_value=100000, required=False, help_text="只记人数。"
    )
    enters = forms.BooleanField(
        label="同时起一条恳谈会的纪实", required=False,
        help_text="这里填的都带过去，到那里选上本组织谁到了，就记好了。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, records: Sequence[Record], may_enter: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        keys = [record.pk for record in records]
        rows = Record.objects.filter(pk__in=keys)
        self.fields["record"].queryset = rows  # type: ignore[attr-defined]
        if not records:
            del self.fields["record"]
        if not may_enter:
            del self.fields["enters"]

    def clean(self) -> dict[str, Any]:
        """Say that a day is missing."""
        data = super().clean() or {}
        if not self.errors and not data.get("record") and not data.get("on"):
            self.add_error("on", "写一下是哪天，或者选一条已经记好的纪实。")
        return data

    @property
    def meeting(self) -> MeetingData:
        """The meeting."""
        data = self.cleaned_data
        return MeetingData(
            who=data["who"], record=data.get("record"), on=data["on"], at=data["at"],
            place=data["place"], number=data["number"], enters=bool(data.get("enters")),
        )  # fmt: skip


def typed(meeting: Meeting | None) -> dict[str, Any]:
    """Return a meeting as its form shows it."""
    if meeting is None:
        return {"enters": True}
    return {
        "record": meeting.record, "who": meeting.who, "on": meeting.on, "at": meeting.at,
        "place": meeting.place, "number": meeting.number,
    }  # fmt: skip


class NotesForm(forms.Form):
    """What was said, one entry a line."""

    notes = forms.CharField(
        label="大家说的", widget=forms.Textarea(attrs={"rows": 10}),
        help_text="一行一条，只记说的事，不记谁说的。当场答复了的，在后面写 -> 和答复："
        "放学时门口太挤 -> 从明天起分三批走。",
        error_messages={"required": "一条也没有写。"},
    )  # fmt: skip

    def clean_notes(self) -> list[Entry]:
        """Return the entries."""
        entries = entries_in(self.cleaned_data["notes"])
        verdict = entries_fit(entries)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return entries


class ThemeForm(forms.Form):
    """One strand of a discussion."""

    title = forms.CharField(
        label="新的主题", max_length=LONGEST_THEME, help_text="如“先保质量还是先保产量”。",
        error_messages={"required": "还没有写主题。"},
    )  # fmt: skip


class ConclusionForm(forms.Form):
    """What the discussion came to."""

    text = forms.CharField(
        label="结论", widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST_CONCLUSION,
        help_text="大家一致的目标是什么，接下来做什么。写好就公开；以后要改，原来的留着看得到。",
        error_messages={"required": "还没有写结论。"},
    )  # fmt: skip
