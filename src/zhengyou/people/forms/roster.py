"""Forms of the roster import and export."""

from django import forms

from zhengyou.kernel import clock
from zhengyou.people.forms.fields import DayField


class UploadForm(forms.Form):
    """A file, and from when it counts."""

    file = forms.FileField(
        label="花名册文件",
        help_text="Excel 表格（.xlsx、.xls）或者 .csv，不超过 20 MB。先检查，您确认了才导入。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"}),
        error_messages={
            "required": "还没有选文件。",
            "empty": "这个文件是空的，请检查后再传。",
            "invalid": "没有收到文件，请重新选一次。",
        },
    )
    since = DayField("从哪天起在册", "名册里新增的人从这一天起算在支部里。一般就是今天。")
    instead = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def clean_since(self) -> object:
        """A roster does not count from a day to come."""
        since = self.cleaned_data["since"]
        if since > clock.today():
            raise forms.ValidationError("这一天还没到，请改成今天或更早。")
        return since


class NumbersForm(forms.Form):
    """Why a roll with full numbers is needed; kept in the ledger."""

    reason = forms.CharField(
        label="要号码全文做什么",
        help_text="写一句话，会记在账上。比如：报县委组织部年度党员统计。",
        min_length=4,
        max_length=100,
        strip=True,
        error_messages={
            "required": "请写明用途，才能导出号码全文。",
            "min_length": "请把用途写清楚，至少 4 个字。",
            "max_length": "用途最多写 100 个字。",
        },
    )
