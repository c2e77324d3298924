"""Reading what people type about consultations. No side effects."""

from typing import Any
from uuid import UUID

from django import forms

from zhengyou.campaigns.actions.consultations import LONGEST
from zhengyou.campaigns.consulting import MOST_DAYS, enough_days, says_why_not
from zhengyou.campaigns.models import Outcome
from zhengyou.campaigns.queries.consultations import OpinionRow

USUAL_DAYS = 5


class DaysForm(forms.Form):
    """For how many working days."""

    days = forms.IntegerField(
        label="征求意见几个工作日",
        help_text="从明天数起，放假不算，调休上班算",
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_DAYS}),
        error_messages={"required": "请写几个工作日。", "invalid": "请写整数，如 5。"},
    )

    def __init__(self, needed: int, data: Any = None) -> None:
        super().__init__(data, initial={"days": needed or USUAL_DAYS})
        self.needed = needed

    def clean_days(self) -> int:
        """No fewer than the campaign asks for."""
        days: int = self.cleaned_data["days"]
        verdict = enough_days(days, self.needed)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return days


class OpinionForm(forms.Form):
    """A signed opinion."""

    text = forms.CharField(
        label="意见",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "请写意见；没有意见不用提。",
            "max_length": f"最多 {LONGEST} 个字，请写短些。",
        },
    )


class OutcomeForm(forms.Form):
    """What became of one opinion."""

    outcome = forms.ChoiceField(
        label="采纳吗",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项。", "invalid_choice": "请选一项。"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=300,
        required=False,
        help_text="部分采纳、没采纳的要写；提的人和群众都看得到",
    )

    def __init__(self, row: OpinionRow, sent: UUID | None = None, data: Any = None) -> None:
        self.row = row
        known = {"outcome": row.outcome, "reason": row.reason} if row.outcome else {}
        super().__init__(data if sent == row.uid else None, initial=known, prefix=str(row.uid))

    def clean(self) -> dict[str, Any]:
        """What is not taken up says why."""
        data = self.cleaned_data
        if data.get("outcome"):
            verdict = says_why_not(Outcome(data["outcome"]), data.get("reason", "").strip())
            if not verdict:
                self.add_error("reason", verdict.reason)
        return data
