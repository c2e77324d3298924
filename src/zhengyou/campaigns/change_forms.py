"""Forms that change a campaign that runs: with a reason, told as one types, nothing is lost."""

from datetime import date
from typing import Any

from django import forms

from zhengyou.campaigns.forms import REQUIRED, DayField, LinesField
from zhengyou.campaigns.models import Campaign, CampaignState, NameStyle, Standard
from zhengyou.campaigns.models.manuscript import digest
from zhengyou.climb.changes import Part, parts_of
from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy_line
from zhengyou.ui.ribbon import lay_out
from zhengyou.ui.text import long_date


class ChangeForm(forms.Form):
    """What all of them have: what was shown, what was typed instead, and why."""

    @property
    def seen(self) -> str:
        """What tells whether somebody else has changed it meanwhile."""
        rows = [(name, _shown(self.get_initial_for_field(each, name))) for name, each in self._own]
        return digest(repr(rows))

    @property
    def typed(self) -> list[tuple[str, tuple[Part, ...]]]:
        """Label of each field that was changed, with what is struck and put in."""
        data = getattr(self, "cleaned_data", {})
        found = []
        for name, each in self._own:
            before = _shown(self.get_initial_for_field(each, name))
            after = _shown(data.get(name, before))
            if before != after:
                found.append((str(each.label), parts_of(before, after)))
        return found

    @property
    def _own(self) -> list[tuple[str, forms.Field]]:
        return [(name, each) for name, each in self.fields.items() if name != "reason"]

    def ask_why(self, campaign: Campaign) -> None:
        """Ask for the reason once the campaign runs: the ledger keeps it."""
        if campaign.state == CampaignState.DRAFT:
            del self.fields["reason"]
            return
        self.fields["reason"].required = True
        self.fields["reason"].help_text = "活动已经启动，改动和理由都记在账上"
        self.fields["reason"].error_messages["required"] = "请写明为什么改。"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, date):
        return long_date(value)
    return str(NameStyle(value).label) if value in NameStyle.values else str(value)


class CampaignForm(ChangeForm):
    """The words of a campaign."""

    title = forms.CharField(label="活动名称", max_length=100, error_messages=REQUIRED)
    theme = forms.CharField(label="主题", max_length=100, error_messages=REQUIRED)
    aims = LinesField(label="目标", help_text="一行一条")
    carriers = LinesField(label="载体", help_text="一行一个")
    wall_names = forms.ChoiceField(label="承诺墙上的名字", choices=NameStyle.choices)
    notice_names = forms.ChoiceField(label="公示里的名字", choices=NameStyle.choices)
    reason = forms.CharField(label="为什么改", max_length=200, required=False)

    def __init__(self, campaign: Campaign, data: Any = None) -> None:
        words = {name: getattr(campaign, name) for name in self.base_fields if name != "reason"}
        super().__init__(data, initial=words)
        self.ask_why(campaign)


class PhasesForm(ChangeForm):
    """First and last day of each phase."""

    def __init__(self, campaign: Campaign, data: Any = None) -> None:
        super().__init__(data)
        self.phases = list(campaign.phases.all())
        for phase in self.phases:
            self.fields[f"{phase.code}-from"] = DayField(
                label=f"{phase.title}，开始", initial=phase.starts_on
            )
            self.fields[f"{phase.code}-to"] = DayField(
                label=f"{phase.title}，结束（含这一天）", initial=phase.ends_on
            )
        self.fields["reason"] = forms.CharField(label="为什么改", max_length=200, required=False)
        self.ask_why(campaign)

    @property
    def days(self) -> dict[str, tuple[date, date]]:
        """Phase code → first and last day, once it is valid."""
        data = self.cleaned_data
        return {
            phase.code: (data[f"{phase.code}-from"], data[f"{phase.code}-to"])
            for phase in self.phases
        }

    @property
    def ribbon(self) -> dict[str, Any] | None:
        """The phases as typed, once all days are known."""
        try:
            rows = [(phase.title, *self.days[phase.code]) for phase in self.phases]
        except (AttributeError, KeyError):
            return None
        return lay_out("改成这样", rows, clock.today())

    @property
    def pairs(self) -> list[tuple[str, Any, Any]]:
        """Title and the two fields of each phase."""
        return [
            (phase.title, self[f"{phase.code}-from"], self[f"{phase.code}-to"])
            for phase in self.phases
        ]


class StandardForm(ChangeForm):
    """The words of a standard and of each of its criteria."""

    title = forms.CharField(label="标准的名称", max_length=60, error_messages=REQUIRED)

    def __init__(self, standard: Standard, data: Any = None) -> None:
        super().__init__(data, initial={"title": standard.title})
        self.codes = [criterion.code for criterion in standard.criteria.all()]
        for number, criterion in enumerate(standard.criteria.all(), start=1):
            self.fields[f"criterion-{criterion.code}"] = forms.CharField(
                label=f"第 {number} 条",
                max_length=60,
                initial=criterion.title,
                error_messages=REQUIRED,
            )
        self.fields["reason"] = forms.CharField(label="为什么改", max_length=200, required=False)
        self.ask_why(standard.campaign)

    @property
    def criteria(self) -> dict[str, str]:
        """Code → words, once it is valid."""
        return {code: tidy_line(self.cleaned_data[f"criterion-{code}"]) for code in self.codes}
