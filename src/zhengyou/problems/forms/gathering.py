"""Forms of common problems."""

from typing import Any

from django import forms

from zhengyou.people.forms.fields import DayField
from zhengyou.problems.models import Problem


class MembersForm(forms.Form):
    """Which problems are gathered."""

    def __init__(self, *args: Any, rows: list[Problem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {str(row.uid): row for row in rows}
        self.fields["with"] = forms.MultipleChoiceField(
            label="归进来的问题",
            choices=[(key, row.title) for key, row in self.rows.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "选上要归在一起的问题。",
                "invalid_choice": "有的问题已经了结、已经归到别处，请刷新后再选。",
            },
        )

    @property
    def members(self) -> list[Problem]:
        """The problems chosen, once the form is sound."""
        return [self.rows[key] for key in self.cleaned_data["with"]]

    @property
    def chosen(self) -> set[str]:
        """What is ticked when the page is shown."""
        return {str(each) for each in self["with"].value() or []}


class GatherForm(MembersForm):
    """A common problem of them."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="共同的是什么问题",
        max_length=60,
        error_messages={"required": "一句话写明是什么问题。"},
    )
    text = forms.CharField(
        label="具体表现",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deadline = DayField("哪天前答复、改好", required=False)


class AnswerForm(forms.Form):
    """What the level above decides."""

    words = forms.CharField(
        label="怎么办",
        max_length=2000,
        help_text="定了什么办法、从哪天起、谁来落实。归进来的组织都看得到。",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "写清楚怎么办。"},
    )
    basis = forms.CharField(
        label="依据的文件", max_length=200, required=False, help_text="有文件的写名称和文号"
    )


class LetGoForm(forms.Form):
    """Why one is taken out again."""

    why = forms.CharField(
        label="为什么拿出来", max_length=500, error_messages={"required": "写一句为什么拿出来。"}
    )
