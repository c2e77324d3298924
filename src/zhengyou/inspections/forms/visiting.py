"""The phone form, what a body replies, photos."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms

from zhengyou.inspections.actions.visits import FREE, WORDS, Answer, Filled
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import FindingKind, Grade, Sheet
from zhengyou.people.forms.fields import DayField

_KINDS = [("", "只记下"), *FindingKind.choices]


class FillForm(forms.Form):
    """Per item a grade, what was seen, and whether the body is to get it as a finding; some room
    beside the list. Nothing must be filled in but the day: one may send half of it and go on."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    visited_on = DayField("哪天去的")

    def __init__(
        self, data: Any = None, *, items: Sequence[Item], last: Sheet | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"token": uuid4(), **(initial or {})})
        self._items = items
        stored = last.answers if last else {}
        for item in items:
            self.fields[f"grade-{item.code}"] = forms.ChoiceField(
                label="看下来", choices=Grade.choices, required=False, widget=forms.RadioSelect,
                initial=stored.get(item.code, {}).get("grade", ""),
            )  # fmt: skip
        for slot in (*(item.code for item in items), *FREE):
            said = stored.get(slot, {})
            self.fields[f"words-{slot}"] = forms.CharField(
                label="看到了什么", max_length=WORDS, required=False,
                initial=said.get("words", ""), widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            self.fields[f"kind-{slot}"] = forms.ChoiceField(
                label="怎么交给单位", choices=_KINDS, required=False, widget=forms.RadioSelect,
                initial=said.get("kind", ""),
            )  # fmt: skip
        self.fields["note"] = forms.CharField(
            label="整体印象", max_length=2000, required=False,
            initial=last.note if last else "", widget=forms.Textarea(attrs={"rows": 3}),
            help_text="只给督查组看，不交给单位。",
        )  # fmt: skip

    def blocks(self) -> Iterator[tuple[Item, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Yield each item with its fields, for the page."""
        for item in self._items:
            yield (
                item,
                self[f"grade-{item.code}"],
                self[f"words-{item.code}"],
                self[f"kind-{item.code}"],
            )

    def free(self) -> list[tuple[forms.BoundField, forms.BoundField, bool]]:
        """Return the places beside the list: words, kind, and whether something stands there."""
        return [
            (self[f"words-{slot}"], self[f"kind-{slot}"], bool(self[f"words-{slot}"].value()))
            for slot in FREE
        ]

    def filled(self) -> Filled:
        """Return what was written; empty places left out."""
        data = self.cleaned_data
        answers = {}
        for slot in (*(item.code for item in self._items), *FREE):
            grade, words = data.get(f"grade-{slot}", ""), data[f"words-{slot}"]
            kind = data[f"kind-{slot}"]
            if grade or words or kind:
                answers[slot] = Answer(
                    Grade(grade) if grade else None, words, FindingKind(kind) if kind else None
                )
        return Filled(data["token"], data["visited_on"], answers, data["note"])


class ReplyForm(forms.Form):
    """What a body says to a finding."""

    text = forms.CharField(
        label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="认不认、怎么改、什么时候改完。", error_messages={"required": "没有写答复。"},
    )  # fmt: skip


class PhotoForm(forms.Form):
    """A photo of what was found; nobody must."""

    photo = forms.FileField(
        label="照片", help_text="不是必须的。别拍到学生、群众的脸。",
        error_messages={"required": "没有选照片。"},
    )  # fmt: skip


class ProblemForm(forms.Form):
    """What a criticism becomes as a problem."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="什么问题", max_length=60, error_messages={"required": "没有写什么问题。"}
    )
    text = forms.CharField(
        label="具体表现", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    deadline = DayField("什么时候整改完", "按方案的工作日算好了，可以改。")
