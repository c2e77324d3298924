"""What the public types."""

from typing import Any

from django import forms

from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.remarks.forms import TRAP
from zhengyou.voices.actions.writing import Slip, fits
from zhengyou.voices.models import Box, BoxPlace
from zhengyou.voices.models.voice import LONGEST, LONGEST_SIGNATURE


class VoiceForm(forms.Form):
    """One voice. ``website`` stays empty: only programs fill it in."""

    place = forms.ModelChoiceField(
        BoxPlace.objects.none(), label="说的是哪里", required=False, empty_label="整体，或者别的",
        to_field_name="uid",
    )  # fmt: skip
    text = forms.CharField(
        label="您想说的",
        error_messages={"required": "还没有写意见。"},
        help_text=f"最多 {LONGEST} 个字。写清楚是什么事，最好写上您觉得该怎么办。",
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    signature = forms.CharField(
        label="署名",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    website = forms.CharField(
        label="网址（请留空）",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, box: Box, at: BoxPlace | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.box, self.at = box, at
        places = box.places.all()
        if at is not None or not places:
            del self.fields["place"]
        else:
            self.fields["place"].queryset = places  # type: ignore[attr-defined]
        also = "写了会公开。" if box.shows else "写了只有汇总的人看得到。"
        self.fields[
            "signature"
        ].help_text = f"想让人怎么称呼您就怎么写，最多 {LONGEST_SIGNATURE} 个字；{also}"

    def clean_website(self) -> str:
        """Refuse what a program filled in, in words: a person may have done it by mistake."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(TRAP)
        return ""

    def clean_text(self) -> str:
        """Return the words; too many are said with the count."""
        text = tidy(self.cleaned_data["text"]).strip()
        _require(fits(self.box, Slip(text)))
        return text

    def clean_signature(self) -> str:
        """Return the signature on one line."""
        signature = tidy_line(self.cleaned_data["signature"])
        _require(fits(self.box, Slip("有", signature=signature)))
        return signature

    @property
    def slip(self) -> Slip:
        """What was said."""
        data = self.cleaned_data
        return Slip(data["text"], self.at or data.get("place"), data.get("signature", ""))


def _require(verdict: Any) -> None:
    if not verdict:
        raise forms.ValidationError(verdict.reason)
