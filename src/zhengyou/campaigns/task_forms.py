"""What people type about tasks and publicity. No side effects; mistakes told in words."""

from collections.abc import Iterable
from typing import Any

from django import forms

from zhengyou.campaigns.forms import DayField
from zhengyou.campaigns.models import Channel
from zhengyou.campaigns.models.publicity import LONGEST_LINE
from zhengyou.campaigns.queries.publicity import Line
from zhengyou.campaigns.queries.task_rows import TaskRow
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref

_REQUIRED = {"required": "这一格要填。"}
LARGEST = 20 * 1024 * 1024


class ReportForm(forms.Form):
    """What came of a task."""

    words = forms.CharField(
        label="办得怎样",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=_REQUIRED,
        help_text="一两句话就行，如：9月3日全体党员参加，书记讲了方案",
    )
    done_on = DayField(label="哪天办完", required=False, help_text="还没办完就空着")
    file = forms.FileField(label="附件", required=False, help_text="有就附，不是必须的")

    def __init__(self, row: TaskRow, data: Any = None, files: Any = None) -> None:
        report = row.report
        initial: dict[str, Any] = {"done_on": clock.today()}
        if report:
            initial = {"words": report.words, "done_on": report.done_on}
        super().__init__(data, files, initial=initial)


class DueForm(forms.Form):
    """The body's own date for a task."""

    due_on = DayField(
        label="本组织的期限", required=False, help_text="只能比活动定的早；空着就照活动定的"
    )

    def __init__(self, row: TaskRow, data: Any = None) -> None:
        super().__init__(
            data, initial={"due_on": row.due_on if row.own_due else None}, prefix="due"
        )


class LineForm(forms.Form):
    """A line of the publicity plan."""

    title = forms.CharField(label="宣传什么", max_length=LONGEST_LINE, error_messages=_REQUIRED)
    channel = forms.ChoiceField(label="渠道", choices=Channel.choices)
    since = DayField(label="从哪天")
    until = DayField(label="到哪天（含）")
    who = forms.CharField(label="谁来办", max_length=60, required=False)
    focus = forms.CharField(label="重点内容", max_length=200, required=False)
    left_out = forms.CharField(
        label="这一项不办，为什么", max_length=200, required=False, help_text="要办就空着"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, line: Line | None, data: Any = None) -> None:
        initial: dict[str, Any] = {}
        if line is not None:
            names = [name for name in self.base_fields if name not in ("channel",)]
            initial = {name: getattr(line, name) for name in names}
            initial["channel"] = line.channel.value
        super().__init__(data, initial=initial)
        if line is None:
            del self.fields["left_out"]


class PostingForm(forms.Form):
    """What was posted where and when."""

    title = forms.CharField(label="公开了什么", max_length=100, error_messages=_REQUIRED)
    channel = forms.ChoiceField(label="渠道", choices=Channel.choices)
    place = forms.CharField(
        label="在哪里", max_length=60, required=False, help_text="如 校门口公开栏；网站写栏目名"
    )
    posted_on = DayField(label="哪天")
    line = forms.ChoiceField(label="算计划里的哪一项", required=False)
    about = forms.ChoiceField(label="公开的是哪一份", required=False)
    photo = forms.FileField(label="照片", required=False, help_text="有就附，不是必须的")

    def __init__(
        self,
        lines: Iterable[Line],
        things: Iterable[Ref],
        line: Line | None = None,
        data: Any = None,
        files: Any = None,
    ) -> None:
        initial: dict[str, Any] = {"posted_on": clock.today()}
        if line is not None:
            initial |= {"title": line.title, "channel": line.channel.value, "line": line.key}
        super().__init__(data, files, initial=initial)
        self.lines = {each.key: each for each in lines}
        self.things = {str(each): each for each in things}
        self._choose("line", "计划外的", {key: _of(each) for key, each in self.lines.items()})
        self._choose(
            "about", "不是系统里的", {key: each.label for key, each in self.things.items()}
        )

    def _choose(self, name: str, nothing: str, rows: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *rows.items()]

    @property
    def chosen(self) -> tuple[Line | None, Ref | None]:
        """The line it counts for and what was posted, once it is valid."""
        data = self.cleaned_data
        return self.lines.get(data["line"]), self.things.get(data["about"])


def _of(line: Line) -> str:
    return f"{line.title}（{line.channel.label}，{line.since:%Y-%m-%d}到{line.until:%Y-%m-%d}）"


class StrikeForm(forms.Form):
    """Why a posting is struck out."""

    reason = forms.CharField(label="为什么划去", max_length=200, error_messages=_REQUIRED)
