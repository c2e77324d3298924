"""What is said about an inspection before it begins, what it looks at, who goes, the draw."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.inspections.actions.draws import Announced
from zhengyou.inspections.actions.planning import ITEMS_MOST, Outline
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import (
    FIX_DAYS,
    REPLY_DAYS,
    InspectionKind,
    Method,
    Sample,
    SeedSource,
    StrataBy,
)
from zhengyou.inspections.population import Stratum
from zhengyou.kernel.texts import half_width, tidy_line, tidy_name
from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Kind, Organisation, Person


def _choice(label: str, words: Iterable[Any], hint: str = "") -> forms.TypedChoiceField:
    words = list(words)
    kind: Callable[[str], Any] = type(words[0])
    return forms.TypedChoiceField(
        label=label, choices=[(each.value, each.label) for each in words], coerce=kind,
        help_text=hint, error_messages={"required": f"没有选{label}。"},
    )  # fmt: skip


def _whole(label: str, least: int, most: int, hint: str = "", **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=hint,
        error_messages={
            "required": f"没有填{label}。", "invalid": "请填整数。",
            "min_value": f"最少 {least}。", "max_value": f"最多 {most}。",
        }, **more,
    )  # fmt: skip


def _line(label: str, most: int, hint: str = "", *, needed: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=needed, help_text=hint,
        error_messages={"required": f"没有填{label}。"},
    )  # fmt: skip


class _BodyChoice(forms.ModelChoiceField):
    """A body, indented by how deep it stands."""

    def label_from_instance(self, body: Organisation) -> str:
        """Return its name."""
        return body.name


class PlanForm(forms.Form):
    """What is said about an inspection."""

    kind = _choice("哪一种督查", InspectionKind)
    title = _line("督查叫什么", 60, "比如：秋季开学减负抽查。")
    purpose = forms.CharField(
        label="为什么查", max_length=300, required=False, help_text="一两句，公开的页面上看得到。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    kinds = forms.TypedMultipleChoiceField(
        label="查哪些组织", coerce=Kind, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in Kind],
        error_messages={"required": "至少选一种。"},
    )  # fmt: skip
    starts_on = DayField("从哪天起")
    ends_on = DayField("到哪天止", "含这一天。")
    sample = _choice("到哪些单位", Sample, "随机抽查一定公开抽签。")
    strata_by = _choice("怎么分层", StrataBy, "抽签时每层分开抽，哪一类、哪一片都不会漏。")
    quota = _whole("每层抽几个", 0, 200, "各层可以另定，存下以后在“名额”里改。", initial=1)
    reply_days = _whole("几个工作日内答复", 1, 60, initial=REPLY_DAYS)
    fix_days = _whole(
        "几个工作日内整改", 1, 250, "批评的意见列为问题时，默认的期限。", initial=FIX_DAYS
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        scope = _BodyChoice(
            label="范围", queryset=bodies, empty_label=None,
            help_text="在哪个组织下面查。", error_messages={"required": "没有选范围。"},
        )  # fmt: skip
        first = {name: self.fields[name] for name in ("kind", "title", "purpose")}
        self.fields = {**first, "scope": scope, **self.fields}

    def clean(self) -> dict[str, Any]:
        """A spot check is drawn, whatever was chosen."""
        data = super().clean() or {}
        if data.get("kind") == InspectionKind.SPOT:
            data["sample"] = Sample.RANDOM
        return data

    def outline(self, quotas: Mapping[str, int]) -> Outline:
        """Return what was said."""
        return Outline(**self.cleaned_data, quotas=quotas)


class QuotasForm(forms.Form):
    """How many of each stratum."""

    def __init__(self, *args: Any, strata: Sequence[Stratum], **options: Any) -> None:
        super().__init__(*args, **options)
        for number, stratum in enumerate(strata):
            self.fields[f"quota-{number}"] = _whole(
                f"{stratum.label}（{stratum.size} 个）", 0, stratum.size, initial=stratum.quota
            )
        self._keys = [stratum.key for stratum in strata]

    @property
    def quotas(self) -> dict[str, int]:
        """What was said, by the key of the stratum."""
        return {key: self.cleaned_data[f"quota-{n}"] for n, key in enumerate(self._keys)}


class ItemsForm(forms.Form):
    """What is looked at: rows of an outcome and how one sees it; a row left empty falls away."""

    SPARE = 3

    def __init__(self, data: Any = None, *, items: Sequence[Item] = ()) -> None:
        super().__init__(data)
        self._codes = [item.code for item in items]
        rows = min(len(items) + self.SPARE, ITEMS_MOST)
        for n in range(rows):
            given = items[n] if n < len(items) else None
            self.fields[f"what-{n}"] = forms.CharField(
                label=f"第 {n + 1} 项：看什么结果", max_length=100, required=False,
                initial=given.what if given else "",
            )  # fmt: skip
            self.fields[f"how-{n}"] = forms.CharField(
                label="怎么看", max_length=200, required=False, initial=given.how if given else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self._rows = rows

    @property
    def items(self) -> list[Item]:
        """The items that were written; a new one gets a code that no other has."""
        said = []
        taken = set(self._codes)
        for n in range(self._rows):
            what = tidy_line(self.cleaned_data[f"what-{n}"])
            how = tidy_line(self.cleaned_data[f"how-{n}"])
            if not what and not how:
                continue
            code = self._codes[n] if n < len(self._codes) else _new_code(taken)
            taken.add(code)
            said.append(Item(code, what, how))
        return said


def _new_code(taken: set[str]) -> str:
    return next(code for n in range(1, 200) if (code := f"item-{n}") not in taken)


class _PersonChoices(forms.ModelMultipleChoiceField):
    """Persons with their work, since two may have one name."""

    def label_from_instance(self, person: Person) -> str:
        """Return 殷素秋（督导室主任）."""
        return f"{person.name}（{person.work}）" if person.work else person.name


class TeamForm(forms.Form):
    """Who inspects, and who leads: those near at hand to tick, others by name."""

    others = forms.CharField(
        label="另请的人", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一个名字，下级组织名册上的人都行。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, near: QuerySet[Person], within: QuerySet[Person], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        people = _PersonChoices(
            label="督查组", queryset=near, widget=forms.CheckboxSelectMultiple, required=False,
            help_text="自己的单位由组里别的人去查，系统会拦。",
        )  # fmt: skip
        self.fields = {"people": people, **self.fields}
        self.fields["leader"] = forms.CharField(
            label="谁带队", max_length=60, required=False, help_text="写名字；不写就是第一个人。"
        )
        self._within = within

    def clean_others(self) -> list[Person]:
        """Return who is named.

        Raises:
            forms.ValidationError: nobody, or more than one, of that name is there.
        """
        names = [
            name for line in self.cleaned_data["others"].splitlines() if (name := tidy_name(line))
        ]
        found: dict[str, list[Person]] = {}
        for person in self._within.filter(name__in=names):
            found.setdefault(person.name, []).append(person)
        for name in names:
            if len(found.get(name, [])) != 1:
                many = "有几个" if found.get(name) else "没有"
                raise forms.ValidationError(f"名册上{many}叫{name}的人，请看看名字。")
        return [found[name][0] for name in names]

    def clean(self) -> dict[str, Any]:
        """The leader is one of them."""
        data = super().clean() or {}
        people = [*data.get("people", ()), *data.get("others", ())]
        name = tidy_name(data.get("leader") or "")
        leader = next((person for person in people if person.name == name), None)
        if name and leader is None:
            raise forms.ValidationError("带队的人要在督查组里，请看看名字。")
        return {"people": people, "leader": leader}


# --- the draw -----------------------------------------------------------------------------------
class FreezeForm(forms.Form):
    """How one draws, and from where the seed will come."""

    method = _choice("怎么抽", Method, "单位不多，可以手工抽：两颗骰子，谁都看得懂。")
    source = _choice("种子从哪里来", SeedSource, "种子要谁也猜不到、谁都查得到。")
    words = _line(
        "说明",
        200,
        "比如：9月16日上午九点，局办公楼大厅，当着家长和教师代表掷；或者哪种彩票第几期。",
    )
    on = DayField("哪天产生种子", "开奖号码要选明天以后的；名单一封存就公布校验码。")
    count = _whole(
        "开奖有几个数", 0, 60, "掷骰子不用填，系统算好要掷几颗。", initial=0, required=False
    )
    least = _whole("从几", 0, 9999, initial=1, required=False)
    most = _whole("到几", 0, 9999, initial=33, required=False)
    reserve = _whole("每层备选几个", 0, 20, "手工抽签用；校验码抽签，其余的依次备选。", initial=2)

    def announced(self) -> Announced:
        """Return what was said."""
        said: dict[str, Any] = {name: value or 0 for name, value in self.cleaned_data.items()}
        return Announced(**said)


class SeedForm(forms.Form):
    """The seed, as it came about, and who was there."""

    seed = forms.CharField(
        label="种子", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "没有填种子。"},
    )  # fmt: skip
    witnesses = _line("在场见证", 200, "写单位和身份，不写姓名：局工会一人，家委会两人。")

    def __init__(self, *args: Any, single: bool, **options: Any) -> None:
        """``single``: numbers of one figure each, which may be written without blanks."""
        super().__init__(*args, **options)
        self._single = single
        self.fields["seed"].help_text = (
            "照掷出的先后写：4 2 6 1，连着写 4261 也行。"
            if single
            else "照公布的次序写，用空格隔开。"
        )

    def clean_seed(self) -> list[int]:
        """Return the numbers.

        Raises:
            forms.ValidationError: something else than numbers is written.
        """
        typed = half_width(str(self.cleaned_data["seed"]))
        if re.search(r"[^\d\s,;、，；.+|/-]", typed):
            raise forms.ValidationError("只写数字，中间用空格隔开。")
        numbers = re.findall(r"\d" if self._single else r"\d+", typed)
        if any(len(number) > 4 for number in numbers):
            raise forms.ValidationError("数太大，请看看中间有没有漏空格。")
        return [int(number) for number in numbers]


class NameForm(forms.Form):
    """To which bodies one goes, and why."""

    reason = _line("为什么去这些单位", 200, "理由会公开，比如：去年满意度在 80% 以下的三所学校。")

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = forms.ModelMultipleChoiceField(
            label="到哪些单位", queryset=bodies, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "至少选一个单位。"},
        )  # fmt: skip
        self.fields = {"bodies": chosen, **self.fields}


class PublicReasonForm(forms.Form):
    """A reason that everybody reads."""

    reason = _line("理由", 300, "会公开。写清楚，不写姓名。")
