"""What the public and the staff type. Parsing and checking only."""

from typing import Any

from django import forms

from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.remarks import codes
from zhengyou.remarks.actions import answering, writing
from zhengyou.remarks.models.remark import LONGEST, LONGEST_SIGNATURE

TRAP = "这一格请留空：它是用来挡自动发广告的程序的。"


class RemarkForm(forms.Form):
    """One remark. ``website`` stays empty: only programs fill it in."""

    text = forms.CharField(
        label="您的意见",
        error_messages={"required": "还没有写意见。"},
        help_text=f"最多 {LONGEST} 个字。写清楚是什么事，最好写上您觉得该怎么办。",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    signature = forms.CharField(
        label="署名",
        required=False,
        help_text=f"想让人怎么称呼您就怎么写，最多 {LONGEST_SIGNATURE} 个字；写了会公开。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    website = forms.CharField(
        label="网址（请留空）",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Return the words; too few or too many are said with the count."""
        text = tidy(self.cleaned_data["text"]).strip()
        _require(writing.fits(text, ""))
        return text

    def clean_signature(self) -> str:
        """Return the signature on one line."""
        signature = tidy_line(self.cleaned_data["signature"])
        _require(writing.fits("有", signature))
        return signature

    def clean_website(self) -> str:
        """Refuse what a program filled in, in words: a person may have done it by mistake."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(TRAP)
        return ""


class CodeForm(forms.Form):
    """The code of a receipt."""

    code = forms.CharField(
        label="查询码",
        help_text="12 个字母和数字，大小写、横线都不要紧。",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "没有填查询码。", "max_length": "查询码没有这么长。"},
    )

    def clean_code(self) -> str:
        """Return the plain code; a slip of the finger is told before anything is looked up."""
        code = codes.plain(self.cleaned_data["code"])
        if not codes.is_whole(code):
            raise forms.ValidationError("查询码抄错了一两个字，请照着回执再核对一遍。")
        return code


class ReplyForm(forms.Form):
    """The answer of a body."""

    text = forms.CharField(
        label="答复",
        error_messages={"required": "还没有写答复；只要记下的，请按“记下了”。"},
        help_text=f"能办的写怎么办、什么时候办好；办不了的说明原因。最多 {answering.LONGEST} 个字，"
        "和意见一起公开。",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_text(self) -> str:
        """Return the words without what nobody sees."""
        return tidy(self.cleaned_data["text"]).strip()


def _require(verdict: Any) -> None:
    if not verdict:
        raise forms.ValidationError(verdict.reason)
