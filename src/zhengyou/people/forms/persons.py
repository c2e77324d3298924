"""Enrolling and amending persons, transfers, releases, standings, posts."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.kernel.texts import tidy_line
from zhengyou.people.forms.fields import (
    DayField,
    IdNumberField,
    NameField,
    PartialDateField,
    PhoneField,
    offer,
)
from zhengyou.people.forms.organisations import BodyField
from zhengyou.people.models import (
    CircumstanceKind,
    Gender,
    Kind,
    Leaving,
    Organisation,
    Person,
    Role,
    StandingKind,
)
from zhengyou.people.models.post import role_label

NOT_CHOSEN = "没有选{}。"


def text_field(label: str, max_length: int, hint: str = "") -> forms.CharField:
    """Return a field for one short line that may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=max_length,
        error_messages={"max_length": f"{label}最多 {max_length} 个字。"},
    )


def choice_field(label: str, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    """Return a field with one of ``choices``; none is chosen beforehand."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[("", "请选择"), *choices],
        error_messages={"required": f"没有选{label}。", "invalid_choice": f"请重新选{label}。"},
    )


class RecordForm(forms.Form):
    """A person's record. Birth and gender may be left out where the ID number says them."""

    name = NameField("姓名", 60)
    id_number = IdNumberField("填了它，性别和出生日期就不用填。")
    gender = choice_field("性别", Gender.choices, required=False)
    born = PartialDateField("出生日期")
    ethnicity = text_field("民族", 30)
    education = text_field("学历", 30)
    work = text_field("工作岗位", 100)
    joined = PartialDateField("入党日期")
    became_full = PartialDateField("转正日期")
    phone = PhoneField("手机号码")
    landline = text_field("固定电话", 30)
    address = text_field("家庭住址", 200)

    def clean(self) -> dict[str, Any]:
        """Read birth and gender from the ID number, and see that dates come in their order."""
        data: dict[str, Any] = super().clean() or {}
        for field in ("ethnicity", "education", "work", "landline", "address"):
            data[field] = tidy_line(data.get(field) or "")
        if data.get("id_number"):
            self._from_id_number(data)
        self._in_order("born", "joined", "入党日期不能早于出生日期。")
        self._in_order("joined", "became_full", "转正日期不能早于入党日期。")
        return data

    def _from_id_number(self, data: dict[str, Any]) -> None:
        number = data["id_number"]
        said = {
            "born": PartialDateField("").to_python(number[6:14]),
            "gender": Gender.MALE if int(number[16]) % 2 else Gender.FEMALE,
        }
        for field, value in said.items():
            typed = data.get(field)
            if not typed:
                data[field] = value
            elif not _agrees(typed, value):
                shown = value.label if isinstance(value, Gender) else value
                self.add_error(field, f"公民身份号码里是{shown}，请核对是哪个错了。")

    def _in_order(self, first: str, second: str, words: str) -> None:
        early, late = self.cleaned_data.get(first), self.cleaned_data.get(second)
        if early and late and late.latest < early.date:
            self.add_error(second, words)


def _agrees(typed: Any, said: Any) -> bool:
    """Tell whether a typed value (perhaps only a year or month) can be what the number says."""
    if hasattr(typed, "latest"):
        return bool(typed.date <= said.date <= typed.latest)
    return bool(typed == said)


class AmendForm(RecordForm):
    """An existing record. Sealed numbers are not shown: left empty, they stay as they are."""

    KEPT = "不改就空着，原来的号码不变。"

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        fields = ("name", "gender", "born", "ethnicity", "education", "work", "joined",
                  "became_full", "landline")  # fmt: skip
        kwargs["initial"] = {name: getattr(person, name) for name in fields}
        super().__init__(*args, **kwargs)
        for name, known in (
            ("id_number", person.masked_id_number),
            ("phone", person.masked_phone),
            ("address", "已登记" if person.address_sealed else ""),
        ):
            if known:
                self.fields[name].help_text = f"现在是 {known}，{self.KEPT}"

    @property
    def changes(self) -> dict[str, Any]:
        """What the verb is to write: sealed fields only where something was typed."""
        sealed = ("id_number", "phone", "address")
        return {
            name: value for name, value in self.cleaned_data.items() if name not in sealed or value
        }


class EnrolForm(RecordForm):
    """A new person on a roll."""

    standing = choice_field("人员类别", StandingKind.choices)
    group = BodyField(
        Organisation.objects.none(), label="党小组", required=False, empty_label="先不分组",
        error_messages={"invalid_choice": "没有这个党小组，请重选。"},
    )  # fmt: skip
    since = DayField("从哪天起在这里")

    field_order = ("name", "standing", "group", "since")

    def __init__(self, *args: Any, groups: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", groups)
        if not groups:
            del self.fields["group"]

    @property
    def standing_since(self) -> Any:
        """From when the standing holds, as far as the dates of the record say."""
        data = self.cleaned_data
        known = {
            StandingKind.FULL: data.get("became_full") or data.get("joined"),
            StandingKind.PROBATIONARY: data.get("joined"),
        }
        return known.get(StandingKind(data["standing"]))


class ReleaseForm(forms.Form):
    """Off which roll, why, from which day."""

    body = BodyField(
        Organisation.objects.none(), label="从哪里离开", empty_label=None,
        error_messages={"required": "没有选从哪里离开。", "invalid_choice": "请重新选。"},
    )  # fmt: skip
    because = choice_field(
        "原因", [(one.value, one.label) for one in Leaving if one != Leaving.REGROUPED]
    )
    on = DayField("从哪天起", "那一天起不在花名册上，以前的日子里还在。")

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", bodies)

    def clean_because(self) -> Leaving:
        """Return the reason as one."""
        return Leaving(self.cleaned_data["because"])


class StandingForm(forms.Form):
    """What a person is, from when."""

    kind = choice_field("人员类别", StandingKind.choices)
    since = PartialDateField("从什么时候起", required=True)

    def clean_kind(self) -> StandingKind:
        """Return the kind as one."""
        return StandingKind(self.cleaned_data["kind"])


class CircumstanceForm(forms.Form):
    """What makes a member hard to reach, from when."""

    kind = choice_field("情况", CircumstanceKind.choices)
    since = PartialDateField("从什么时候起", required=True)
    detail = text_field("说明", 200, "如流动到哪里、最后一次联系上是哪天。")

    def clean_kind(self) -> CircumstanceKind:
        """Return the kind as one."""
        return CircumstanceKind(self.cleaned_data["kind"])


class OnForm(forms.Form):
    """From which day something is over."""

    on = DayField("从哪天起")


class PersonField(forms.ModelChoiceField):
    """One of several persons."""

    def label_from_instance(self, person: Person) -> str:
        """Return name and work, so that two of one name can be told apart."""
        return name_and_work(person)


def name_and_work(person: Person) -> str:
    """Return name and work, as lists of people to choose from show them."""
    return f"{person.name}（{person.work}）" if person.work else person.name


class AppointForm(forms.Form):
    """Who gets which post."""

    person = PersonField(
        Person.objects.none(), label="任命谁", to_field_name="uid", empty_label="请选择",
        error_messages={"required": "没有选人。", "invalid_choice": "请重新选人。"},
    )  # fmt: skip
    role = choice_field("职务", Role.choices)
    portfolio = text_field("分工", 30, "委员写分管什么，如组织、宣传、纪检。别的职务空着。")
    duty = text_field("职责", 200, "领导小组、工作组的席位写负责什么。")
    since = DayField("从哪天起")

    def __init__(
        self, *args: Any, people: QuerySet[Person], roles: list[Role], kind: Kind, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)
        offer(self, "role", [("", "请选择"), *((r.value, role_label(r, kind)) for r in roles)])

    def clean_role(self) -> Role:
        """Return the role as one."""
        return Role(self.cleaned_data["role"])

    def clean_portfolio(self) -> str:
        """Return it without the 委员 that people write behind it."""
        return tidy_line(self.cleaned_data["portfolio"]).removesuffix("委员")
