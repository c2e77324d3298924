"""Reading what people type about documents of superiors. No side effects."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from zhengyou.campaigns.actions.directives import Words
from zhengyou.campaigns.document_numbers import BadNumber, tidy_number
from zhengyou.campaigns.forms import DayField
from zhengyou.campaigns.models import Directive
from zhengyou.files.models import Attachment
from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy_line
from zhengyou.people.models import Organisation

_REQUIRED = {"required": "这一格要填。"}


class DirectiveForm(forms.Form):
    """A document: what it says at its top, when it came, its file."""

    title = forms.CharField(
        label="标题", max_length=200, help_text="照文件上写，不用加书名号", error_messages=_REQUIRED
    )
    number = forms.CharField(
        label="文号", max_length=100, required=False, help_text="如：县教党〔2026〕12号"
    )
    issuer = forms.ChoiceField(label="谁发的", required=False)
    issuer_name = forms.CharField(
        label="别的机关的名称",
        max_length=100,
        required=False,
        help_text="上面选了“别的机关”才填",
    )
    issued_on = DayField(label="成文日期")
    received_on = DayField(label="收文日期")
    study_by = DayField(
        label="要求哪天前传达学习",
        required=False,
        help_text="文件里写了日期才填；没写的不会算过期",
    )
    file = forms.FileField(
        label="文件",
        required=False,
        help_text="PDF、Word、图片都行；没有电子版就不传",
        widget=forms.FileInput(),
        error_messages={"empty": "这个文件是空的，请检查后再传。"},
    )
    drop = forms.MultipleChoiceField(
        label="去掉哪些文件", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="为什么改", max_length=200, required=False)

    def __init__(
        self,
        above: Iterable[Organisation],
        data: Any = None,
        files: Any = None,
        *,
        directive: Directive | None = None,
        attached: Iterable[Attachment] = (),
        ask_why: bool = False,
    ) -> None:
        self.above = {str(body.uid): body for body in above}
        nearest = next(iter(self.above), "")
        initial = _initial(directive, nearest)
        super().__init__(data, None if data is None else files, initial=initial)
        self.attached = {str(row.uid): row for row in attached}
        self._choose("issuer", [(uid, body.name) for uid, body in self.above.items()])
        if self.attached:
            drop = self.fields["drop"]
            assert isinstance(drop, forms.MultipleChoiceField)
            drop.choices = [(uid, row.name) for uid, row in self.attached.items()]
            self.fields["file"].label = "再加一个文件"
        else:
            del self.fields["drop"]
        if ask_why:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = "文件已经转发下去，改动和理由都记在账上"
            self.fields["reason"].error_messages["required"] = "请写明为什么改。"
        else:
            del self.fields["reason"]

    def _choose(self, name: str, rows: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*rows, ("", "别的机关")]

    def clean_number(self) -> str:
        """Write the number in one way."""
        try:
            return tidy_number(self.cleaned_data["number"])
        except BadNumber as problem:
            raise forms.ValidationError(problem.reason) from None

    def clean(self) -> dict[str, Any]:
        """Somebody issued it, and it did not come before it was written, nor will it come."""
        data = self.cleaned_data
        if not data.get("issuer") and not tidy_line(data.get("issuer_name") or ""):
            self.add_error("issuer_name", "请写发文机关的名称。")
        issued, received = data.get("issued_on"), data.get("received_on")
        if issued and received and received < issued:
            self.add_error("received_on", "收文日期早于成文日期，请改日期。")
        if received and received > clock.today():
            self.add_error("received_on", "这一天还没到，请改成今天或更早。")
        return data

    @property
    def words(self) -> Words:
        """What is noted down, once it is valid."""
        data = self.cleaned_data
        return Words(
            title=data["title"],
            number=data["number"],
            issued_on=data["issued_on"],
            received_on=data["received_on"],
            issuer=self.above.get(data["issuer"]),
            issuer_name=data["issuer_name"],
            study_by=data["study_by"],
        )

    @property
    def dropped(self) -> list[Attachment]:
        """The files to take away, once it is valid."""
        return [self.attached[uid] for uid in self.cleaned_data.get("drop", [])]


def _initial(directive: Directive | None, nearest: str) -> dict[str, Any]:
    if directive is None:
        return {"received_on": clock.today(), "issuer": nearest}
    return {
        "title": directive.title,
        "number": directive.number,
        "issuer": str(directive.issuer.uid) if directive.issuer else "",
        "issuer_name": "" if directive.issuer else directive.issuer_name,
        "issued_on": directive.issued_on,
        "received_on": directive.received_on,
        "study_by": directive.study_by,
    }


class PassForm(forms.Form):
    """To whom, by when, with which word."""

    to = forms.ChoiceField(
        label="转给谁",
        choices=[("all", "下面全部党组织"), ("some", "下面选中的组织")],
        initial="all",
        widget=forms.RadioSelect,
        error_messages=_REQUIRED,
    )
    chosen = forms.MultipleChoiceField(
        label="选哪些组织",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="上面选了“选中的组织”才看这里",
    )
    study_by = DayField(
        label="要求哪天前传达学习", required=False, help_text="不定日期就不填，不会算过期"
    )
    note = forms.CharField(label="转发意见", max_length=200, required=False)

    def __init__(self, below: Iterable[Organisation], data: Any = None) -> None:
        super().__init__(data)
        self.below = {str(body.uid): body for body in below}
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(uid, body.name) for uid, body in self.below.items()]

    @property
    def bodies(self) -> list[Organisation] | None:
        """The bodies that were chosen; None: all. Once it is valid."""
        data = self.cleaned_data
        return None if data["to"] == "all" else [self.below[uid] for uid in data["chosen"]]

    @property
    def day(self) -> date | None:
        """By when, if it was said."""
        day: date | None = self.cleaned_data["study_by"]
        return day


class StudyForm(forms.Form):
    """On which day, and how."""

    studied_on = DayField(label="哪天传达学习的")
    how = forms.CharField(
        label="怎么学的",
        max_length=200,
        help_text="一句话，如：支部党员大会上通读、讨论",
        error_messages={"required": "请写一句怎么传达学习的。"},
    )


class WhyForm(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(
        label="为什么", max_length=200, error_messages={"required": "请写明理由。"}
    )


class CiteForm(forms.Form):
    """The documents that a campaign or a plan rests on, of those received."""

    chosen = forms.MultipleChoiceField(
        label="依据哪些文件", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, may: Iterable[Directive], cited: Iterable[int], data: Any = None) -> None:
        self.may = {str(row.uid): row for row in may}
        kept = set(cited)
        marked = [uid for uid, row in self.may.items() if row.pk in kept]
        super().__init__(data, initial={"chosen": marked})
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(uid, _words(row)) for uid, row in self.may.items()]

    @property
    def directives(self) -> list[Directive]:
        """What was chosen, latest first, once it is valid."""
        marked = set(self.cleaned_data["chosen"])
        return [row for uid, row in self.may.items() if uid in marked]


def _words(row: Directive) -> str:
    return f"{row.issuer_name}{row}{'' if row.in_force else '，已撤下'}"
