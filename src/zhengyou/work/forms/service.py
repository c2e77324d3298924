"""Forms of posts of service, rotas, teams and resources: parse and check, nothing else."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from zhengyou.kernel.texts import tidy_name
from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Organisation, Person
from zhengyou.work.actions.rotas import MOST, Found, Named
from zhengyou.work.blueprint_service import TURN_KINDS
from zhengyou.work.models import (
    CheckResult,
    ResourceKind,
    Rota,
    ServiceKind,
    TeamKind,
    Way,
    Whom,
)
from zhengyou.work.models.rota import ROTA_CADENCES
from zhengyou.work.rotas import Turn


def _line(label: str, most: int, hint: str = "", *, needed: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=needed, help_text=hint,
        error_messages={"required": f"没有填{label}。"},
    )  # fmt: skip


def _text(label: str, most: int, hint: str = "", *, needed: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=needed, help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": f"没有填{label}。"},
    )  # fmt: skip


def _choice(label: str, words: Iterable[Any], hint: str = "") -> forms.TypedChoiceField:
    words = list(words)
    kind: Callable[[str], Any] = type(words[0])
    return forms.TypedChoiceField(
        label=label, choices=[(each.value, each.label) for each in words], coerce=kind,
        help_text=hint, error_messages={"required": f"没有选{label}。"},
    )  # fmt: skip


class _PersonChoice(forms.ModelChoiceField):
    """A person of the roll, with the work, since two may have one name."""

    def label_from_instance(self, person: Person) -> str:
        """Return 沈若兰（校长）."""
        return f"{person.name}（{person.work}）" if person.work else person.name


def _person(label: str, people: QuerySet[Person], hint: str = "", *, needed: bool = True) -> Any:
    return _PersonChoice(
        label=label, queryset=people, required=needed, help_text=hint, empty_label="选一个人",
        error_messages={"required": f"没有选{label}。"},
    )  # fmt: skip


class OfferedForm(forms.Form):
    """Something a campaign may have proposed; ``offer`` says what it was."""

    offer = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, without what says where it comes from."""
        return {
            key: value for key, value in self.cleaned_data.items() if key not in ("offer", "whom")
        }


class PostForm(OfferedForm):
    """A new post of service."""

    title = _line("岗位叫什么", 40, "比如：一楼走廊护导岗。")
    kind = _choice("哪一种岗", ServiceKind, "班主任这样的本职选“工作岗位”，不算进党员比例。")
    duties = _text("做什么", 300)
    place = _line("在哪里", 60, needed=False)


class DutiesForm(forms.Form):
    """The duties of a post, worded anew."""

    duties = _text("做什么", 300)
    place = _line("在哪里", 60, needed=False)


class AssignForm(forms.Form):
    """Who gets a post: somebody of the roll, or a label."""

    label = _line(
        "或者名册以外的", 40, "学生、家长不在名册上，写称呼：七（2）班团员。", needed=False
    )
    since = DayField("哪天上岗")

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"person": _person("谁上岗", people, needed=False), **self.fields}

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        data = super().clean() or {}
        if bool(data.get("person")) == bool(data.get("label")):
            raise forms.ValidationError("选一个人，或者写名册以外的称呼，写一样就行。")
        return data


class ReasonForm(forms.Form):
    """A reason in one line."""

    reason = _line("理由", 100)


class CheckForm(forms.Form):
    """How somebody's log was found."""

    on = DayField("哪天查的")
    result = _choice("看下来怎样", CheckResult)
    words = _text("好在哪里，要改什么", 1000, "只有本人和本组织的书记、委员、记录员看得到结果。")


class DeputyForm(forms.Form):
    """Who helps somebody."""

    experience = _line("他有什么经验", 100, "比如：当过十二年班主任。")

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"person": _person("谁来帮带", people), **self.fields}


# --- rotas --------------------------------------------------------------------------------------
class OrderField(forms.CharField):
    """The order of a rota, one a line; of persons and bodies, the names on the roll and below.

    Set ``people`` or ``bodies`` (name → thing) where it is not of labels.
    """

    def __init__(self) -> None:
        super().__init__(
            label="按什么次序轮", help_text="一行一个，从第一轮写起。",
            widget=forms.Textarea(attrs={"rows": 8}), max_length=6000,
            error_messages={"required": "次序里还没有人，请至少排一个。"},
        )  # fmt: skip
        self.known: dict[str, Named] | None = None

    def clean(self, value: Any) -> list[Named]:
        """Return who is named, line by line.

        Raises:
            forms.ValidationError: names that are not there, or too many lines.
        """
        typed = super().clean(value)
        if self.known is None and not isinstance(typed, str):
            return list(typed)
        lines = [name for line in str(typed).splitlines() if (name := tidy_name(line))]
        if len(lines) > MOST:
            raise forms.ValidationError(f"次序里有 {len(lines)} 行，最多 {MOST} 行。")
        if self.known is None:
            return list(lines)
        strange = [name for name in lines if name not in self.known]
        if strange:
            raise forms.ValidationError(f"找不到{'、'.join(strange[:5])}，请照名册上的名字写。")
        return [self.known[name] for name in lines]


def names_of(things: Iterable[Person] | Iterable[Organisation]) -> dict[str, Named]:
    """Return name → thing; of two with one name, each with the work behind it."""
    rows: list[Any] = list(things)
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.name] = seen.get(row.name, 0) + 1
    return {
        row.name if seen[row.name] == 1 else tidy_name(f"{row.name}（{getattr(row, 'work', '')}）"):
        row
        for row in rows
    }  # fmt: skip


class RotaForm(OfferedForm):
    """A new rota; of whom it is made was asked before."""

    whom = forms.CharField(widget=forms.HiddenInput, max_length=10)
    title = _line("值班表叫什么", 40, "比如：值周、每日巡查、听课。")
    record = _choice("轮到了记哪种纪实", TURN_KINDS)
    cadence = _choice("多久一轮", ROTA_CADENCES)
    daily = forms.BooleanField(
        label="每个工作日都要记一笔", required=False, help_text="不勾就是每轮记一笔。"
    )
    task = _text("轮到了做什么", 300, needed=False)
    since = DayField("从哪天开始")
    order = OrderField()

    def __init__(self, *args: Any, known: dict[str, Named] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if known is not None:
            self.fields["order"].known = known  # type: ignore[attr-defined]


class WhomForm(forms.Form):
    """Of whom a rota is made; asked before the rest, since the order follows from it."""

    whom = _choice("轮到谁", Whom)


class OrderForm(forms.Form):
    """Another order from the next turn on."""

    order = OrderField()

    def __init__(self, *args: Any, known: dict[str, Named] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["order"].known = known  # type: ignore[attr-defined]


class PauseForm(forms.Form):
    """Days on which nobody has a turn."""

    first = DayField("从哪天停起")
    last = DayField("停到哪天（含）")
    reason = _line("为什么停", 60, "比如：国庆放假。")


class TurnForm(forms.Form):
    """Change one turn: swap it with another, or let somebody stand in."""

    other = forms.TypedChoiceField(
        label="和哪一轮对调", required=False, coerce=date.fromisoformat, empty_value=None
    )
    who = forms.CharField(
        label="或者谁来顶班", required=False, max_length=80, help_text="照名册上的名字写。"
    )
    reason = _line("为什么改", 100, "比如：期中考试。")

    def __init__(
        self, *args: Any, others: list[Turn], known: dict[str, Named] | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.known = known
        field: Any = self.fields["other"]
        field.choices = [("", "不对调")] + [
            (turn.period.start.isoformat(), f"{turn.first:%-m月%-d日}起，{turn.who}")
            for turn in others
        ]
        if known is None:
            self.fields["who"].help_text = "写班级或者别的称呼。"

    def clean_who(self) -> Named | None:
        """Return who stands in."""
        name = tidy_name(self.cleaned_data["who"])
        if not name or self.known is None:
            return name or None
        if name not in self.known:
            raise forms.ValidationError(f"找不到“{name}”，请照名册上的名字写。")
        return self.known[name]

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("other")) == bool(data.get("who")):
            raise forms.ValidationError("选一轮来对调，或者写谁来顶班，写一样就行。")
        return data


class RecordTurnForm(forms.Form):
    """What was done on a day of a rota, with up to three finds that are handed over."""

    FINDS = 3
    on = DayField("哪天")
    text = _text("看到什么，做了什么", 2000, "没有问题也写一句：都好。")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, *args: Any, rota: Rota, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, self.FINDS + 1):
            self.fields[f"what{number}"] = _line("发现什么问题", 200, needed=False)
            self.fields[f"place{number}"] = _line("在哪里", 60, needed=False)
            self.fields[f"person{number}"] = _person("交给谁", people, needed=False)
            self.fields[f"label{number}"] = _line("或者交到哪里", 40, needed=False)

    @property
    def blocks(self) -> list[tuple[list[forms.BoundField], bool]]:
        """The fields of each find, and whether they lie open."""
        names = ("what", "place", "person", "label")
        numbers = range(1, self.FINDS + 1)
        blocks = [[self[f"{name}{number}"] for name in names] for number in numbers]
        return [(block, any(bound.data for bound in block)) for block in blocks]

    def finds(self) -> list[Found]:
        """Return what was found; a row with a taker and no words is told by the verb."""
        data = self.cleaned_data
        rows = [
            Found(data[f"what{n}"], data[f"place{n}"], data[f"person{n}"] or data[f"label{n}"])
            for n in range(1, self.FINDS + 1)
        ]
        return [row for row in rows if row.what or row.place or row.to]


# --- teams --------------------------------------------------------------------------------------
class TeamForm(forms.Form):
    """A new team."""

    name = _line("队名", 60, "比如：护学服务队。")
    kind = _choice("哪一种队", TeamKind)
    purpose = _line("做什么", 200)
    last_day = DayField("任期到哪天（含）", "常设的队可以不填。", required=False)
    others = _text("名册以外的队员", 600, "一行一个称呼，可以不填。", needed=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        members = forms.ModelMultipleChoiceField(
            label="队员", queryset=people, required=False, widget=forms.CheckboxSelectMultiple
        )
        fields = dict(self.fields)
        others = fields.pop("others")
        fields |= {"leader": _person("队长", people), "members": members, "others": others}
        self.fields = fields

    def clean_others(self) -> list[str]:
        """Return the labels, line by line."""
        return [name for line in self.cleaned_data["others"].splitlines() if (name := line.strip())]


class TermForm(forms.Form):
    """Another term."""

    purpose = _line("做什么", 200)
    last_day = DayField("任期到哪天（含）", "常设的队可以不填。", required=False)


# --- resources ----------------------------------------------------------------------------------
def _amount(label: str, hint: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=14, decimal_places=2, min_value=0, help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": f"没有填{label}。", "min_value": "不能小于零。",
                        "max_decimal_places": "小数点后面最多两位。"},
    )  # fmt: skip


class ResourceForm(OfferedForm):
    """A new resource."""

    title = _line("是什么", 40)
    kind = _choice("哪一种", ResourceKind)
    planned = _amount("计划多少")
    unit = _line("单位", 10, "元、台、小时……")
    due_on = DayField("什么时候到位", "可以不填。", required=False)
    guaranteed = forms.BooleanField(
        label="这是承诺过的保障条件",
        required=False,
        help_text="勾上，就列在保障条件里，看到没到位。",
    )


class ReplanForm(forms.Form):
    """Another amount or day."""

    planned = _amount("计划多少")
    due_on = DayField("什么时候到位", "可以不填。", required=False)
    reason = _line("为什么改", 100)


class MoveForm(forms.Form):
    """So much came, or was used."""

    way = _choice("到位还是使用", Way)
    on = DayField("哪天")
    amount = _amount("多少")
    what = _line("从哪里来，或者做什么用", 100)
    front_line = forms.BooleanField(label="用在一线", required=False)
    for_whom = _line(
        "给谁用", 100, "帮扶对象的名字只有本组织的书记、委员、记录员看得到。", needed=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
