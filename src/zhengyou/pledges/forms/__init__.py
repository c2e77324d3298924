"""Reading what people type about pledges. No side effects; every message says how to mend it."""

from zhengyou.pledges.forms.fields import AmountField, DayField
from zhengyou.pledges.forms.following import AssessForm, ConfirmForm, ProgressForm, StepForm, uid_of
from zhengyou.pledges.forms.item import ItemForm, WithdrawForm
from zhengyou.pledges.forms.ticks import ticks_of

__all__ = [
    "AmountField",
    "AssessForm",
    "ConfirmForm",
    "DayField",
    "ItemForm",
    "ProgressForm",
    "StepForm",
    "WithdrawForm",
    "ticks_of",
    "uid_of",
]
