"""What one types about a public promise: progress, what became of it, how it was looked after."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms

from zhengyou.kernel import clock
from zhengyou.pledges.forms.fields import AmountField, DayField
from zhengyou.pledges.models import Fulfilment, Outcome, Pledge, PledgeItem, Step
from zhengyou.pledges.queries.confirming import outcome_words

Typed = Mapping[str, Any] | None
"""What a browser sent; None: the form is only shown."""


def uid_of(text: str) -> UUID | None:
    """Return the uid that a form carries, None where it carries none."""
    try:
        return UUID(text)
    except ValueError:
        return None


class ProgressForm(forms.Form):
    """One progress note: a number, words, or both."""

    value = AmountField(label="现在是多少")
    words = forms.CharField(
        label="做了什么，有什么变化",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一两句话就行；没做到的，写清为什么、下一步怎么办。",
        error_messages={"max_length": "最多 500 个字。"},
    )
    noted_on = DayField(label="哪天的情况")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, item: PledgeItem, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {}).setdefault("noted_on", clock.today())
        super().__init__(*args, **options)
        self.fields["value"].help_text = f"单位：{item.unit}。" if item.unit else ""
        if item.target is None:
            del self.fields["value"]

    def clean(self) -> dict[str, Any]:
        """One of number and words is needed."""
        typed = super().clean() or self.cleaned_data
        if not self.errors and typed.get("value") is None and not typed["words"].strip():
            raise forms.ValidationError("写一个现在的数，或者写一句做了什么。")
        return typed

    @property
    def note(self) -> dict[str, Any]:
        """The typed note for the verbs, once the form is valid."""
        typed = self.cleaned_data
        return {"noted_on": typed["noted_on"], "value": typed.get("value"), "words": typed["words"]}

    @property
    def seen_uid(self) -> UUID | None:
        """Which note was the last when the form was shown."""
        return uid_of(self.cleaned_data["seen"])


class AssessForm(forms.Form):
    """What became of one item. Left without an outcome it says nothing."""

    outcome = forms.ChoiceField(
        label="兑现了没有",
        choices=Outcome,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "三样里选一样。"},
    )
    why = forms.CharField(
        label="怎么做到的，为什么没做到",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="没有全部兑现的要写。",
        error_messages={"max_length": "最多 500 个字。"},
    )
    carry_on = forms.BooleanField(label="没做完的，下一轮接着做", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, item: PledgeItem, said: Fulfilment | None, data: Typed = None) -> None:
        initial: dict[str, Any] = {"seen": said.uid if said else ""}
        if said:
            initial |= {"outcome": said.outcome, "why": said.why, "carry_on": said.carry_on}
        super().__init__(data, prefix=str(item.uid), initial=initial)
        self.item = item

    def clean(self) -> dict[str, Any]:
        """Unless it was fulfilled, the reason is needed."""
        typed = super().clean() or self.cleaned_data
        outcome = typed.get("outcome")
        if outcome and outcome != Outcome.FULFILLED and not typed.get("why", "").strip():
            self.add_error("why", "没有全部兑现的，要写明为什么。")
        return typed

    @property
    def says(self) -> bool:
        """Whether it says anything that was not said before."""
        return bool(self.cleaned_data["outcome"]) and self.has_changed()

    @property
    def said(self) -> dict[str, Any]:
        """The typed answer for the verb, once the form is valid."""
        typed = self.cleaned_data
        return {
            "outcome": Outcome(typed["outcome"]),
            "why": typed["why"],
            "carry_on": typed["carry_on"],
            "seen": uid_of(typed["seen"]),
        }


class ConfirmForm(forms.Form):
    """The branch confirms one item or differs. Left without an outcome it says nothing."""

    outcome = forms.ChoiceField(
        label="支部怎么看",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "三样里选一样。"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="和本人说的不一样才要写，写出来是公开的。",
        error_messages={"max_length": "最多 500 个字。"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, fulfilment: Fulfilment, data: Typed = None) -> None:
        last = fulfilment.confirmed
        initial: dict[str, Any] = {"seen": last.uid if last else "", "read": fulfilment.uid}
        if last:
            initial |= {"outcome": last.outcome, "reason": last.reason}
        super().__init__(data, prefix=str(fulfilment.item.uid), initial=initial)
        choices = cast(forms.ChoiceField, self.fields["outcome"])
        choices.choices = outcome_words(fulfilment)
        self.fulfilment = fulfilment

    def clean(self) -> dict[str, Any]:
        """Who differs says why."""
        typed = super().clean() or self.cleaned_data
        outcome = typed.get("outcome")
        differs = outcome and outcome != self.fulfilment.outcome
        if differs and not typed.get("reason", "").strip():
            self.add_error("reason", "和本人说的不一样，要写明理由。")
        return typed

    @property
    def says(self) -> bool:
        """Whether it says anything that was not said before."""
        return bool(self.cleaned_data["outcome"]) and self.has_changed()

    @property
    def stale(self) -> bool:
        """Whether the one who pledged has said something else since the form was shown."""
        return self.cleaned_data["read"] != str(self.fulfilment.uid)

    @property
    def answer(self) -> dict[str, Any]:
        """The typed answer for the verb, once the form is valid."""
        typed = self.cleaned_data
        return {
            "outcome": Outcome(typed["outcome"]),
            "reason": typed["reason"],
            "seen": uid_of(typed["seen"]),
        }


class StepForm(forms.Form):
    """One step of supervision."""

    step = forms.ChoiceField(
        label="哪一步",
        choices=[(step.value, f"{step.label}：{step.hint}") for step in Step],
        widget=forms.RadioSelect,
        error_messages={"required": "选一步。", "invalid_choice": "选一步。"},
    )
    item = forms.ModelChoiceField(
        label="说的是哪一条",
        queryset=PledgeItem.objects.none(),
        required=False,
        empty_label="整份承诺",
        error_messages={"invalid_choice": "这一条不在这份承诺里，请重新选。"},
    )
    words = forms.CharField(
        label="情况",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一两句话就行。只有本人和本组织的书记、副书记看得到，不公开。",
        error_messages={
            "required": "写一句看到了什么、说了什么。",
            "max_length": "最多 500 个字。",
        },
    )
    taken_on = DayField(label="哪天")
    next_on = DayField(label="下次哪天再看", required=False, help_text="到日子在工作台提醒您。")

    def __init__(self, pledge: Pledge, data: Typed = None) -> None:
        super().__init__(data, initial={"taken_on": clock.today()})
        items = cast(forms.ModelChoiceField, self.fields["item"])
        items.queryset = pledge.items.filter(published_at__isnull=False).order_by("number")

    def clean_taken_on(self) -> date:
        """Nothing is written down before it happens."""
        day = cast(date, self.cleaned_data["taken_on"])
        if day > clock.today():
            raise forms.ValidationError("日期还没到，请写今天或者以前。")
        return day

    def clean_next_on(self) -> date | None:
        """Looking again is for later."""
        day = cast(date | None, self.cleaned_data["next_on"])
        if day is not None and day <= clock.today():
            raise forms.ValidationError("下次看的日子要在今天以后。")
        return day
