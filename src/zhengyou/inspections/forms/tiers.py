"""Reading what people type about criteria. No side effects."""

from typing import Any

from django import forms

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections import facts
from zhengyou.inspections.actions.tiers import Setting
from zhengyou.inspections.facts import Shape
from zhengyou.inspections.tiers.blueprint import MOST
from zhengyou.inspections.tiers.words import Is, Side
from zhengyou.people.models import Kind

WHY = "下级看得到；以前的标准和理由都留着"


def reason_field() -> forms.CharField:
    """Why it is set so."""
    return forms.CharField(
        label="为什么",
        max_length=200,
        help_text=WHY,
        error_messages={"required": "写明为什么这样定。", "max_length": "最多 200 个字。"},
    )


def _whole(label: str, most: int, help_text: str = "", least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        error_messages={
            "required": f"没有填{label}。",
            "invalid": "请写整数。",
            "min_value": f"最少 {least}。",
            "max_value": f"最多 {most}。",
        },
    )


class CriterionForm(forms.Form):
    """One criterion; :attr:`setting` once it is valid."""

    side = forms.ChoiceField(
        label="哪一头",
        choices=Side.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选先进还是落后。"},
    )
    fact = forms.ChoiceField(label="数什么", error_messages={"required": "选数什么。"})
    compare = forms.ChoiceField(
        label="怎么比", choices=Is.choices, error_messages={"required": "选怎么比。"}
    )
    than = _whole("和多少比", 9999, "率写百分数，如 90")
    reason = reason_field()

    def __init__(self, campaign: Campaign, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.setting: Setting | None = None
        offered: list[tuple[str, str]] = [("", "请选")]
        for code, fact in facts.registered().items():
            offered.append((f"{code}:", fact.label))
            parts = fact.choices(campaign) if fact.choices else ()
            offered += [(f"{code}:{of}", f"{fact.label}（{title}）") for of, title in parts]
        field = self.fields["fact"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered

    def clean(self) -> dict[str, Any]:
        """A rate is a percentage."""
        data = self.cleaned_data
        if self.errors:
            return data
        code, _, of = data["fact"].partition(":")
        fact = facts.registered()[code]
        if fact.shape is Shape.RATE and data["than"] > 100:
            self.add_error("than", "率是百分数，最多写 100。")
            return data
        self.setting = Setting(Side(data["side"]), code, Is(data["compare"]), data["than"], of)
        return data


class TermsForm(forms.Form):
    """Which bodies are told apart, and how."""

    kinds = forms.MultipleChoiceField(
        label="分哪些组织类别",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "至少选一类组织。"},
    )
    lagging_at = _whole("落后标准占几条算落后", MOST, least=1)
    new_days = _whole("成立不满几天不分", 730)
    reason = reason_field()

    def __init__(self, campaign: Campaign, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(kind, str(Kind(kind).label)) for kind in campaign.covers]


class WhyForm(forms.Form):
    """Why a criterion is looked at no longer."""

    reason = reason_field()
