"""What is typed about burden: a complaint, and the answer from above."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.people.models import Organisation
from zhengyou.remarks.forms import TRAP
from zhengyou.voices.actions.burden import LONGEST_MATTER, says_which
from zhengyou.voices.models import Relief
from zhengyou.voices.models.outcome import LONGEST_WORDS
from zhengyou.voices.models.voice import LONGEST
from zhengyou.work.models import Duty


class ComplaintForm(forms.Form):
    """A complaint about burden. ``website`` stays empty: only programs fill it in."""

    duty = forms.ChoiceField(label="从任务里选", required=False)
    matter = forms.CharField(
        label="哪张表、哪份报告、哪次检查", required=False, max_length=LONGEST_MATTER,
        help_text="上面没有的，自己写。", widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    asker = forms.ModelChoiceField(
        Organisation.objects.none(), label="是谁要的", to_field_name="uid", empty_label=None,
        help_text="上面选了任务，就不用再选。",
    )  # fmt: skip
    text = forms.CharField(
        label="哪里太多、太重复、没有用，您觉得怎么减", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": "还没有写意见。"},
    )  # fmt: skip
    website = forms.CharField(
        label="网址（请留空）", required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, line: Sequence[Organisation], duties: Sequence[Duty], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.line, self.duties = line, {str(duty.uid): duty for duty in duties}
        rows = Organisation.objects.filter(pk__in=[body.pk for body in line]).order_by("-path")
        self.fields["asker"].queryset = rows  # type: ignore[attr-defined]
        self.fields["duty"].choices = _choices(duties)  # type: ignore[attr-defined]
        if not duties:
            del self.fields["duty"]
            self.fields["asker"].help_text = self.fields["matter"].help_text = ""

    def clean_website(self) -> str:
        """Refuse what a program filled in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(TRAP)
        return ""

    def clean_text(self) -> str:
        """Return the words."""
        return tidy(self.cleaned_data["text"]).strip()

    def clean(self) -> dict[str, Any]:
        """One must know which form, report or duty is meant."""
        data = super().clean() or {}
        if not self.errors and not self.meant:
            verdict = says_which(tidy_line(data.get("matter", "")))
            if not verdict:
                self.add_error("matter", verdict.reason)
        return data

    @property
    def meant(self) -> Duty | None:
        """The duty that is meant, None: in own words."""
        return self.duties.get(self.cleaned_data.get("duty", ""))

    @property
    def body(self) -> Organisation:
        """Who asked for it."""
        if self.meant:
            return self.meant.campaign.organisation
        chosen: Organisation | None = self.cleaned_data.get("asker")
        return chosen or self.line[0]


def _choices(duties: Sequence[Duty]) -> list[tuple[str, Any]]:
    """Return the duties, under the campaigns that ask for them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for duty in duties:
        campaign = duty.campaign
        name = f"{campaign.title}（{campaign.organisation.name}布置）"
        groups.setdefault(name, []).append((str(duty.uid), duty.title))
    return [("", "不在里面，我自己写"), *groups.items()]


class ReliefForm(forms.Form):
    """The answer to complaints: what was made less, and the words."""

    relief = forms.ChoiceField(
        label="怎么减的", choices=[("", "选一个"), *Relief.choices],
        error_messages={"required": "选一下怎么减的；这次减不了，也选出来并写明原因。"},
    )  # fmt: skip
    words = forms.CharField(
        label="答复", max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="减了的写从哪天起、怎么改；减不了的写明原因。",
        error_messages={"required": "还没有写答复。"},
    )  # fmt: skip
    show = forms.BooleanField(
        label="意见原文和答复一起公开（原文认得出人的，不要勾）", required=False, initial=True
    )
