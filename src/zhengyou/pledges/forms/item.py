"""Reading what people type about pledges. No side effects; every message says how to mend it."""

import secrets
from datetime import date
from typing import Any, cast

from django import forms

from zhengyou.campaigns.models import Criterion, Programme
from zhengyou.pledges.actions.writing import Content
from zhengyou.pledges.forms.fields import AmountField, DayField
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem
from zhengyou.work.models import ServicePost
from zhengyou.work.queries.service import posts_held


def new_key() -> str:
    """Return what tells one open form from another."""
    return secrets.token_urlsafe(16)


class LaterMixin:
    """A field that is needed before submitting, and may be empty until then."""

    def validate(self, value: Any) -> None:
        """Let an empty value pass; ``required`` only tells whoever reads the form."""


class LaterDayField(LaterMixin, DayField):
    """A day that may be written later."""


class LaterChoiceField(LaterMixin, forms.ModelChoiceField):
    """A choice that may be made later."""


class ItemForm(forms.Form):
    """One item. Only kind and words are needed to keep it; submitting asks for the rest."""

    kind = forms.ChoiceField(
        label="哪一种",
        choices=[(kind.value, f"{kind.label}：{kind.hint}") for kind in ItemKind],
        widget=forms.RadioSelect,
        error_messages={"required": "选一种承诺。", "invalid_choice": "选一种承诺。"},
    )
    text = forms.CharField(
        label="承诺做什么事",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一件事写一条，写得让人看得出做没做到。",
        error_messages={
            "required": "先写上承诺的事，别的可以以后再补。",
            "max_length": "最多 500 个字，现在有 %(show_value)d 个，请写短些。",
        },
    )
    criterion = LaterChoiceField(
        label="对照标准的哪一条",
        queryset=Criterion.objects.none(),
        empty_label="还没选",
        error_messages={"invalid_choice": "这一条不在标准里，请重新选。"},
    )
    baseline = AmountField(label="现在是多少", help_text="起点，从零开始就写 0。")
    target = AmountField(label="要做到多少", help_text="目标，比起点小就是越少越好。")
    unit = forms.CharField(
        label="单位", max_length=20, required=False, help_text="人、户、天、篇、斤……"
    )
    baseline_note = forms.CharField(
        label="起点怎么来的",
        max_length=60,
        required=False,
        help_text="比如：上学期期末测验。",
        error_messages={"max_length": "最多 60 个字。"},
    )
    due_on = LaterDayField(label="哪天做到")
    beneficiary = forms.CharField(
        label="谁受益",
        max_length=100,
        required=False,
        help_text="比如：五（3）班 11 名学生。",
        error_messages={"max_length": "最多 100 个字。"},
    )
    programme = forms.ModelChoiceField(
        label="结合哪项工作",
        queryset=Programme.objects.none(),
        required=False,
        empty_label="不结合",
        error_messages={"invalid_choice": "这项工作不在活动里，请重新选。"},
    )
    service_post = forms.ModelChoiceField(
        label="照着哪个岗位承诺",
        queryset=ServicePost.objects.none(),
        required=False,
        empty_label="不照岗位",
        error_messages={"invalid_choice": "您不在这个岗位上，请重新选。"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=22)

    def __init__(self, pledge: Pledge, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {})["key"] = new_key()
        super().__init__(*args, **options)
        points = cast(forms.ModelChoiceField, self.fields["criterion"])
        points.queryset = pledge.rule.standard.criteria.all()
        programmes = cast(forms.ModelChoiceField, self.fields["programme"])
        programmes.queryset = pledge.campaign.programmes.all()
        if not pledge.campaign.programmes.exists():
            del self.fields["programme"]
        posts = cast(forms.ModelChoiceField, self.fields["service_post"])
        posts.queryset = posts_held(pledge.person)
        if pledge.person is None or not posts.queryset.exists():
            del self.fields["service_post"]
        self.campaign = pledge.campaign

    @staticmethod
    def initial_of(item: PledgeItem) -> dict[str, Any]:
        """Return what the form shows of a stored item."""
        return {
            "kind": item.kind,
            "text": item.text,
            "criterion": item.criterion_id,
            "baseline": item.baseline,
            "target": item.target,
            "unit": item.unit,
            "baseline_note": item.baseline_note,
            "due_on": item.due_on,
            "beneficiary": item.beneficiary,
            "programme": item.programme_id,
            "service_post": item.service_post_id,
            "seen": item.fingerprint,
        }

    def clean_due_on(self) -> date | None:
        """A promise is due while the campaign runs."""
        due = cast(date | None, self.cleaned_data.get("due_on"))
        first, last = self.campaign.starts_on, self.campaign.ends_on
        if due is not None and not first <= due <= last:
            raise forms.ValidationError(
                f"要在活动期间，从 {first:%Y-%m-%d} 到 {last:%Y-%m-%d}，请改日期。"
            )
        return due

    @property
    def content(self) -> Content:
        """The typed content for the verbs, once the form is valid."""
        own = ("seen", "key")
        typed = {key: value for key, value in self.cleaned_data.items() if key not in own}
        typed["kind"] = ItemKind(typed["kind"])
        return cast(Content, typed)


class WithdrawForm(forms.Form):
    """Why a public promise goes."""

    why = forms.CharField(
        label="为什么撤下",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="比如：工作调动，这件事由谁接着做。",
        error_messages={
            "required": "撤下已经公开的承诺要写明理由。",
            "max_length": "最多 300 个字。",
        },
    )
