"""What is typed for a survey: its questions, and a sheet."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.remarks.forms import TRAP
from zhengyou.voices.models import Box, BoxPlace, Question, QuestionKind
from zhengyou.voices.models.survey import LONGEST_ASK
from zhengyou.voices.models.voice import LONGEST
from zhengyou.voices.rules.surveys import Asked, Filled, says_enough


class QuestionForm(forms.Form):
    """One question of a survey."""

    kind = forms.TypedChoiceField(
        label="怎么答", choices=QuestionKind.choices, coerce=QuestionKind, initial=QuestionKind.ONE
    )
    text = forms.CharField(
        label="题目", max_length=LONGEST_ASK, error_messages={"required": "还没有写题目。"}
    )
    options = forms.CharField(
        label="选项", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个；自己写的题目不填。",
    )  # fmt: skip
    most = forms.IntegerField(
        label="最多选几个", min_value=2, max_value=10, required=False,
        help_text="只有“选几个”的题目才填；不限就不填。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Say what is missing to a question that one can answer."""
        data = super().clean() or {}
        if not self.errors:
            verdict = says_enough(self.asked)
            if not verdict:
                raise forms.ValidationError(verdict.reason)
        return data

    @property
    def asked(self) -> Asked:
        """The question."""
        data = self.cleaned_data
        lines = tuple(filter(None, map(tidy_line, tidy(data["options"]).split("\n"))))
        return Asked(data["kind"], data["text"], lines, data["most"])


def typed(question: Question) -> dict[str, Any]:
    """Return a question as its form shows it."""
    options = "\n".join(question.options)
    return {
        "kind": question.kind, "text": question.text, "options": options, "most": question.most,
    }  # fmt: skip


class SheetForm(forms.Form):
    """One sheet of a survey. ``website`` stays empty: only programs fill it in."""

    token = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label="网址（请留空）", required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, box: Box, questions: Sequence[Question], at: BoxPlace | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.questions, self.at = questions, at
        if at is None and box.places.all():
            self.fields["place"] = forms.ModelChoiceField(
                box.places.all(), label="您说的是哪里", required=False, to_field_name="uid",
                empty_label="不说是哪里",
            )  # fmt: skip
        for number, question in enumerate(questions, start=1):
            self.fields[question.name] = _field(number, question)

    def clean_website(self) -> str:
        """Refuse what a program filled in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(TRAP)
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse a sheet on which nothing is answered, and too many choices of one question."""
        data = super().clean() or {}
        for question in self.questions:
            chosen, most = data.get(question.name) or (), question.most
            if question.kind == QuestionKind.SEVERAL and most and len(chosen) > most:
                self.add_error(question.name, f"最多选 {most} 个，选了 {len(chosen)} 个。")
        if not self.errors and not any(data.get(question.name) for question in self.questions):
            raise forms.ValidationError("一道题也没有答。不想答的可以空着，至少答一道。")
        return data

    @property
    def asked_fields(self) -> list[Any]:
        """The fields of the questions, in order."""
        return [self[question.name] for question in self.questions]

    @property
    def meant(self) -> BoxPlace | None:
        """The place that is meant."""
        return self.at or self.cleaned_data.get("place")

    @property
    def filled(self) -> Filled:
        """The choices and the words."""
        chosen: dict[str, list[int]] = {}
        words: dict[str, str] = {}
        for question in self.questions:
            given = self.cleaned_data[question.name]
            if question.kind == QuestionKind.WORDS:
                words[str(question.uid)] = given
            elif given:
                many = question.kind == QuestionKind.SEVERAL
                chosen[str(question.uid)] = [int(n) for n in (given if many else [given])]
        return Filled(chosen, words)


def _field(number: int, question: Question) -> forms.Field:
    label = f"{number}. {question.text}"
    if question.kind == QuestionKind.WORDS:
        return forms.CharField(
            label=label, required=False, max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        )  # fmt: skip
    choices = [(str(at), option) for at, option in enumerate(question.options)]
    if question.kind == QuestionKind.ONE:
        return forms.ChoiceField(
            label=label, required=False, choices=choices, widget=forms.RadioSelect
        )
    most = f"最多选 {question.most} 个。" if question.most else "可以选几个。"
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple,
        help_text=most,
    )  # fmt: skip
