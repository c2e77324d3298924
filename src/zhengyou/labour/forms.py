"""What the few write down."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.kernel import clock
from zhengyou.labour.kinds import KINDS
from zhengyou.labour.models import CaseKind, Level, Outcome, Part, SeatPart, Source
from zhengyou.people.models import Person
from zhengyou.work.forms.fields import DayField, FilesField

LONG = 8000


def _long(label: str, missing: str, help_text: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONG, required=bool(missing), help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else {},
    )  # fmt: skip


class _Named(forms.ModelMultipleChoiceField):
    """Some of the group, ticked."""

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(
            Person.objects.none(), label=label, required=False, to_field_name="uid",
            help_text=help_text, widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        """Show the name."""
        return str(obj.name)


class _One(forms.ModelChoiceField):
    """Somebody, by name."""

    def __init__(self, label: str, missing: str) -> None:
        super().__init__(
            Person.objects.none(), label=label, to_field_name="uid", empty_label="请选择",
            error_messages={"required": missing, "invalid_choice": "请重新选人。"},
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        """Show the name."""
        return str(obj.name)


class _WithGroup(forms.Form):
    """A form that may keep some of the group away."""

    kept_from = _Named("谁要回避", "当事人、当事人的亲近的人，选上以后对他不存在")
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, others: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kept_from"].queryset = others  # type: ignore[attr-defined]
        if not others:
            del self.fields["kept_from"]


class SignalForm(_WithGroup):
    """An early warning."""

    field_order = ("kind", "level", "source", "seen_on", "text", "kept_from", "key")
    kind = forms.ChoiceField(label="哪种苗头", choices=[("", "请选择"), *KINDS.items()],
                             error_messages={"required": "选一种苗头。"})  # fmt: skip
    level = forms.ChoiceField(
        label="缓急", choices=Level.choices, initial=Level.BLUE,
        help_text="选“紧急”的，马上告诉组里每一个人，信里不写是什么事",
    )  # fmt: skip
    source = forms.ChoiceField(label="怎么知道的", choices=Source.choices)
    seen_on = DayField(label="哪天发现的", initial=clock.today)
    text = _long("什么情况", "写一句什么情况。", "只写要紧的；加密存放，只有组里的人看得到")


class CaseForm(_WithGroup):
    """A case."""

    field_order = ("kind", "about", "opened_on", "parties", "text", "kept_from", "key", "signal")
    signal = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="个人的还是集体的", choices=CaseKind.choices)
    about = forms.ChoiceField(label="什么事", choices=[("", "请选择"), *KINDS.items()],
                              error_messages={"required": "选一样什么事。"})  # fmt: skip
    opened_on = DayField(label="哪天收的", initial=clock.today)
    parties = _long("当事人", "写上当事人。", "写名字，或者只写编号，如“轧钢车间 3 人”", rows=2)
    text = _long("什么事、要什么", "写一写什么事、要什么。", "加密存放，只有组里的人看得到")


class WordsForm(forms.Form):
    """Some words that go with an act."""

    words = _long("怎么说的、怎么办的", "写一句。", rows=4)


class StepForm(forms.Form):
    """A step that was taken."""

    on = DayField(label="哪天办的", initial=clock.today)
    words = _long("办得怎样", "", rows=3)


class LaterForm(forms.Form):
    """A later day for a step."""

    due_on = DayField(label="延到哪天")
    why = _long("为什么延期", "写一句为什么延期。", "如“双方都同意再谈”", rows=2)


class NoteForm(forms.Form):
    """What was said at a mediation."""

    on = DayField(label="哪天", initial=clock.today)
    text = _long("谁说了什么", "写一写谁说了什么。", rows=8)
    agreed = _long("谈成了什么", "", "没谈成就空着", rows=3)
    attached = FilesField(label="附件", help_text="文件名会改成“附件1”这样，免得名字说出去")


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label="结果", choices=Outcome.choices)
    words = _long("说明", "", "达成协议的，写明协议怎么说", rows=4)


class MemberForm(forms.Form):
    """Somebody on a case."""

    person = _One("谁", "没有选人。")
    part = forms.ChoiceField(label="做什么", choices=Part.choices)

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Somebody in the group."""

    person = _One("谁", "没有选人。")
    part = forms.ChoiceField(label="做什么", choices=SeatPart.choices, initial=SeatPart.MEMBER)

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
