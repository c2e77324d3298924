"""Forms of the verbs on one problem."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Person
from zhengyou.problems.actions.mending import MOST, Planned
from zhengyou.problems.models import Explained, Privacy, Problem
from zhengyou.work.forms.fields import FilesField


def sentences(
    label: str, hint: str = "", *, required: bool = True, rows: int = 3
) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": f"没有写“{label}”。", "max_length": "最多 2000 个字，请写短些。",
        },
    )  # fmt: skip


class MeasureForm(forms.Form):
    """One line: what, who, by when; a line in which nothing is written does not count."""

    what = forms.CharField(
        label="做什么", max_length=300, required=False,
        error_messages={"max_length": "一条措施最多 300 个字，请写短些。"},
    )  # fmt: skip
    who = forms.ModelChoiceField(
        label="谁来做", queryset=Person.objects.none(), required=False, empty_label="责任人"
    )
    by_when = DayField("哪天前", required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["who"]).queryset = people


Lines = forms.formset_factory(MeasureForm, extra=3, max_num=MOST, absolute_max=MOST + 3)


class PlanForm(forms.Form):
    """Who mends it and until when; the lines below it say how. ``why`` where it changes later."""

    owner = forms.ModelChoiceField(
        label="责任人", queryset=Person.objects.none(), empty_label="选一个人",
        error_messages={"required": "选一个责任人。"},
    )  # fmt: skip
    deadline = DayField("整改期限", "这一天以前改好。来不及的，以后可以申请延期。")
    why = sentences("为什么调整", rows=2)

    def __init__(
        self,
        data: Any,
        problem: Problem,
        people: QuerySet[Person],
        *,
        again: bool,
        initial: dict[str, Any],
        hints: tuple[str, ...] = (),
    ) -> None:
        """``again``: owner and deadline stand already; ``hints``: measures that are proposed."""
        super().__init__(data, initial=initial)
        if problem.subject is not None:
            people = Person.objects.filter(pk=problem.subject.pk)
        cast(forms.ModelChoiceField, self.fields["owner"]).queryset = people
        for name in ("owner", "deadline") if again else ("why",):
            del self.fields[name]
        if problem.subject is not None and not again:
            self.fields["owner"].widget = forms.HiddenInput()
        standing = problem.measures.filter(done_on=None, dropped_at=None)
        known: list[dict[str, Any]] = [
            {"what": row.what, "who": row.who, "by_when": row.by_when} for row in standing
        ]
        known = known or [{"what": hint} for hint in hints]
        self.lines = Lines(data, initial=known, form_kwargs={"people": people}, prefix="m")

    def is_valid(self) -> bool:
        """Both the form and its lines."""
        return super().is_valid() & self.lines.is_valid()

    @property
    def measures(self) -> list[Planned]:
        """The lines in which something is written."""
        found = [row for row in self.lines.cleaned_data if row and row.get("what")]
        return [Planned(row["what"], row["who"], row["by_when"]) for row in found]


class OwnerForm(forms.Form):
    """Another owner."""

    owner = forms.ModelChoiceField(
        label="新的责任人", queryset=Person.objects.none(), empty_label="选一个人",
        error_messages={"required": "选一个责任人。"},
    )  # fmt: skip
    why = sentences("为什么换人", "如：原来的责任人调走了", rows=2)

    def __init__(self, data: Any, people: QuerySet[Person]) -> None:
        super().__init__(data)
        cast(forms.ModelChoiceField, self.fields["owner"]).queryset = people


class SubmitForm(forms.Form):
    """What was done; files if there are any."""

    words = sentences("做了什么、现在怎么样", rows=4)
    attached = FilesField(label="照片、附件", help_text="有就附上，没有不用补。")


class VerifyForm(forms.Form):
    """What whoever looked says: needed to send it back."""

    words = sentences("看到什么", "退回要写清楚哪里还没改好；通过可以不写。", required=False)


class WhyForm(forms.Form):
    """A reason."""

    why = sentences("为什么", rows=3)

    def __init__(self, data: Any, label: str, hint: str = "") -> None:
        super().__init__(data)
        self.fields["why"].label, self.fields["why"].help_text = label, hint
        self.fields["why"].error_messages["required"] = f"没有写{label}。"


class ReopenForm(WhyForm):
    """Why, and until when if whoever reopens it says so."""

    deadline = DayField("新的整改期限", "可以让责任人重新定。", required=False)


class ExtensionForm(forms.Form):
    """Until when, and why."""

    until = DayField("想延到哪天")
    why = sentences("为什么来不及", rows=3)


class ExplainForm(forms.Form):
    """Why it cannot be solved now, or in which steps it will be."""

    kind = forms.ChoiceField(label="哪一种", choices=Explained, widget=forms.RadioSelect)
    words = sentences(
        "怎么说明", "提意见的人会看到这段话，写清楚原因，或者分几步、什么时候办。", rows=5
    )
    again = DayField("哪天再看", "有计划的要写。", required=False)

    def clean_kind(self) -> Explained:
        """Return the choice as what it is."""
        return Explained(self.cleaned_data["kind"])


class WidenForm(forms.Form):
    """For whom it exists from now on."""

    privacy = forms.ChoiceField(label="给谁看", widget=forms.RadioSelect)
    why = sentences("为什么让更多人看到", rows=2)

    def __init__(self, data: Any, now: Privacy) -> None:
        wider = list(Privacy)[list(Privacy).index(now) + 1 :]
        super().__init__(data, initial={"privacy": wider[0] if wider else None})
        cast(forms.ChoiceField, self.fields["privacy"]).choices = [
            (each.value, each.label) for each in wider
        ]

    def clean_privacy(self) -> Privacy:
        """Return the choice as what it is."""
        return Privacy(self.cleaned_data["privacy"])
