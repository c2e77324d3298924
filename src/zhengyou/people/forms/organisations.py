"""Founding, renaming, moving, closing and splitting bodies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.kernel.texts import tidy_name
from zhengyou.people.forms.fields import DayField, NameField, offer
from zhengyou.people.models import Kind, Organisation, Person, stands_under

FROM = "从这一天起算，不能晚于今天。以前的日子里还是原来的样子。"


class FoundForm(forms.Form):
    """A new body below another one."""

    name = NameField("名称", 100)
    kind = forms.ChoiceField(label="类别", error_messages={"required": "没有选类别。"})
    order = forms.IntegerField(
        label="排在第几", help_text="同一级里按这个数排，一样的按拼音排。", min_value=0,
        max_value=999, initial=0, required=False,
        error_messages={"invalid": "这里填数字。", "max_value": "最大填 999。",
                        "min_value": "最小填 0。"},
    )  # fmt: skip
    on = DayField("成立日期", FROM)

    def __init__(self, *args: Any, parent: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in Kind if stands_under(kind, Kind(parent.kind))]
        offer(self, "kind", [(kind.value, kind.label) for kind in kinds])

    def clean_kind(self) -> Kind:
        """Return the kind as one."""
        return Kind(self.cleaned_data["kind"])

    def clean_order(self) -> int:
        """Return 0 where nothing was typed."""
        return self.cleaned_data["order"] or 0


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = NameField("新名称", 100)
    on = DayField("改名日期", FROM)


class BodyField(forms.ModelChoiceField):
    """One of several bodies, each shown with the one above it."""

    def label_from_instance(self, body: Organisation) -> str:
        """Return 名称（上级）."""
        return label_of(body)


def label_of(body: Organisation) -> str:
    """Return 名称（上级）."""
    return f"{body.name}（{body.parent.name}）" if body.parent else body.name


class MoveForm(forms.Form):
    """Where a body goes, from a day on."""

    target = BodyField(
        Organisation.objects.none(), label="移到谁下面", empty_label="请选择",
        error_messages={"required": "没有选新的上级。", "invalid_choice": "不能移到这里，请重选。"},
    )  # fmt: skip
    on = DayField("移动日期", FROM)

    def __init__(self, *args: Any, targets: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "target", targets)


class CloseForm(forms.Form):
    """From which day a body is no more."""

    on = DayField("撤销日期", FROM)


class SplitPlanForm(forms.Form):
    """First page of a split: which siblings are redrawn, and what the new ones are called."""

    bodies = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="要拆分、重划的组织", to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "至少选一个组织。", "invalid_choice": "这里面有不能选的组织。"},
    )  # fmt: skip
    names = forms.CharField(
        label="新组织的名称", help_text="一行写一个。可以沿用老名称。",
        widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        error_messages={"required": "没有填新组织的名称。"},
    )  # fmt: skip
    on = DayField("拆分日期", FROM)

    def __init__(self, *args: Any, siblings: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "bodies", siblings)

    def clean_names(self) -> list[str]:
        """Return the names, one a line.

        Raises:
            forms.ValidationError: one is there twice or too long.
        """
        names = [tidy_name(line) for line in self.cleaned_data["names"].splitlines()]
        names = [name for name in names if name]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise forms.ValidationError(f"“{'、'.join(twice)}”写了两遍，新组织的名称不能相同。")
        if any(len(name) > 100 for name in names):
            raise forms.ValidationError("名称最多 100 个字。")
        return names


class AssignForm(forms.Form):
    """Second page of a split: each person and each body below gets one of the new names.

    Args:
        names: of the new bodies.
        people: the members; ``below``: the bodies below the old ones.
    """

    def __init__(
        self,
        *args: Any,
        names: list[str],
        people: Iterable[Person],
        below: Iterable[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"p-{person.uid}": person for person in people}
        self.below = {f"b-{body.uid}": body for body in below}
        self.names = names
        choices = [("", "请选择"), *((name, name) for name in names)]
        for key, thing in (self.people | self.below).items():
            missing = {"required": f"{thing.name}还没有分到新组织。"}
            self.fields[key] = forms.ChoiceField(
                label=thing.name, choices=choices, error_messages=missing
            )

    def placed(self, things: dict[str, Any]) -> dict[str, list[Any]]:
        """Return the things of each new name; ``things``: ``people`` or ``below``."""
        places: dict[str, list[Any]] = {name: [] for name in self.names}
        for key, thing in things.items():
            places[self.cleaned_data[key]].append(thing)
        return places

    @property
    def people_fields(self) -> list[forms.BoundField]:
        """The fields of the members, for the template."""
        return [self[key] for key in self.people]

    @property
    def below_fields(self) -> list[forms.BoundField]:
        """The fields of the bodies below."""
        return [self[key] for key in self.below]
