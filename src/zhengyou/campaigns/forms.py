"""Reading what people type about campaigns and plans. No side effects; mistakes told in words."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django import forms

from zhengyou.campaigns.actions.plans import LONGEST
from zhengyou.campaigns.blueprint import Blueprint, Flawed, Problem, Shipped, check, decode
from zhengyou.campaigns.blueprint.phases import days_of
from zhengyou.campaigns.models import (
    Plan,
    SectionCode,
)
from zhengyou.campaigns.queries.plans import GroupView, SectionView
from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy, tidy_code, tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Person, Role

REQUIRED = {"required": "这一格要填。"}


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault(
            "input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
        )
        options["error_messages"] = {"invalid": "日期要写成 2026-09-01 这样。", **REQUIRED}
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """Read the day after making full-width digits plain."""
        return super().to_python(tidy_code(value) if isinstance(value, str) else value)

    def validate(self, value: Any) -> None:
        """Refuse days that nobody means."""
        super().validate(value)
        if isinstance(value, date) and not clock.is_thinkable(value):
            raise forms.ValidationError(self.error_messages["invalid"])


class LinesField(forms.CharField):
    """A list, one item a line.

    Args:
        most: items; each: characters of one.
    """

    def __init__(self, *, most: int = 12, each: int = 100, **options: Any) -> None:
        self.most, self.each = most, each
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(error_messages=REQUIRED, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored list a line each."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines without blank ones.

        Raises:
            forms.ValidationError: too many, or one too long.
        """
        lines = [line for line in map(tidy_line, str(super().clean(value)).splitlines()) if line]
        if len(lines) > self.most:
            raise forms.ValidationError(f"写了 {len(lines)} 条，最多 {self.most} 条，请合并。")
        for number, line in enumerate(lines, start=1):
            if len(line) > self.each:
                raise forms.ValidationError(
                    f"第 {number} 条有 {len(line)} 个字，最多 {self.each} 个，请写短些。"
                )
        return lines


class BlueprintForm(forms.Form):
    """A blueprint: one that ships, a file, or text mended on the page; and the first day."""

    shipped = forms.ChoiceField(label="现成的蓝图", required=False, widget=forms.RadioSelect)
    file = forms.FileField(
        label="自己的蓝图文件",
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,text/plain"}),
    )
    text = forms.CharField(
        label="蓝图原文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "wrap": "off"}),
    )
    starts_on = DayField(label="活动从哪天开始", required=False)

    def __init__(self, *args: Any, choices: Iterable[Shipped] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = {each.name: each for each in choices}
        field = self.fields["shipped"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, each.title) for name, each in self.choices.items()]
        self.problems: list[Problem] = []
        self.blueprint: Blueprint | None = None

    @property
    def source(self) -> str:
        """The text that is being looked at, however it came."""
        return str(self.cleaned_data.get("text", "")) if hasattr(self, "cleaned_data") else ""

    @cached_property
    def phases(self) -> list[tuple[str, date, date]]:
        """Title, first and last day of each phase with the chosen first day."""
        starts_on = self.cleaned_data.get("starts_on")
        if self.blueprint is None or starts_on is None:
            return []
        data = self.blueprint.data["phase"]
        days = days_of(data, starts_on)
        return [(phase.title, *days[phase.code]) for phase in data]

    @property
    def lines(self) -> list[tuple[Problem, str]]:
        """Each problem with the line of the file it is about."""
        rows = self.source.split("\n")
        return [
            (problem, rows[problem.line - 1].strip() if 0 < problem.line <= len(rows) else "")
            for problem in self.problems
        ]

    def clean(self) -> dict[str, Any]:
        """Find the text and check it; what is wrong goes to ``problems``."""
        data = self.cleaned_data
        try:
            data["text"] = self._text(data)
        except Flawed as flawed:
            data["text"] = ""
            self.add_error("file", str(flawed))
            return data
        if not data["text"]:
            self.add_error(None, "请选一份现成的蓝图，或者选一个自己的蓝图文件。")
            return data
        try:
            self.blueprint = check(data["text"])
        except Flawed as flawed:
            self.problems = flawed.problems
            self.add_error(None, f"蓝图里有 {len(self.problems)} 处要改，下面按行列出来了。")
        self._check_days()
        return data

    def _text(self, data: dict[str, Any]) -> str:
        if data.get("file"):
            return decode(data["file"].read())
        if data.get("text", "").strip():
            return decode(str(data["text"]).encode())  # A pasted text has the limits of a file.
        chosen = self.choices.get(data.get("shipped") or "")
        return chosen.text if chosen else ""

    def _check_days(self) -> None:
        try:
            _ = self.phases
        except Refused as refused:
            self.add_error("starts_on", refused.reason)


class AgainForm(forms.Form):
    """Title and first day of the next run."""

    title = forms.CharField(label="名称", max_length=100, error_messages=REQUIRED)
    starts_on = DayField(label="从哪天开始")

    def __init__(self, usual: dict[str, Any], data: Any = None) -> None:
        super().__init__(data, initial=usual)

    def complain(self, field: str, reason: str) -> None:
        """Say what stands in the way, if anything was sent; else the page just shows no preview."""
        if self.is_bound:
            self.add_error(field, reason)


class LessonForm(forms.Form):
    """What was learnt."""

    text = forms.CharField(
        label="经验教训",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "请写一句，或者不写。", "max_length": "最多 2000 个字。"},
    )


class PlanForm(forms.Form):
    """The sections of a plan, and the draft they are of."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, plan: Plan, views: Iterable[SectionView], data: Any = None) -> None:
        super().__init__(data, initial={"revision": plan.revision})
        self.views = list(views)
        for view in self.views:
            self.fields[view.code] = forms.CharField(
                label=view.title,
                required=False,
                max_length=LONGEST,
                initial=view.text,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 2 if view.code == SectionCode.THEME else 6}),
                error_messages={"max_length": f"最多 {LONGEST} 个字，请写短些。"},
            )

    @property
    def texts(self) -> dict[str, str]:
        """Section code → text, once it is valid."""
        return {view.code: tidy(self.cleaned_data[view.code]) for view in self.views}

    @property
    def pairs(self) -> list[tuple[SectionView, Any]]:
        """Each section with its field."""
        return [(view, self[view.code]) for view in self.views]


class ReviewForm(forms.Form):
    """What the level above says: to each section what to mend, and a word in general."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="总的意见",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, plan: Plan, views: Iterable[SectionView], data: Any = None) -> None:
        super().__init__(data, initial={"revision": plan.revision})
        self.views = list(views)
        for view in self.views:
            self.fields[f"mend-{view.code}"] = forms.CharField(
                label=f"{view.title}：要改什么、怎么改",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def reasons(self) -> dict[str, str]:
        """Section code → what to mend there, once it is valid."""
        given = {view.code: self.cleaned_data[f"mend-{view.code}"] for view in self.views}
        return {code.value: tidy(text) for code, text in given.items() if tidy(text)}

    @property
    def pairs(self) -> list[tuple[SectionView, Any]]:
        """Each section with its field."""
        return [(view, self[f"mend-{view.code}"]) for view in self.views]


class SeatForm(forms.Form):
    """Somebody for a seat of one group."""

    person = forms.ChoiceField(
        label="谁", error_messages={**REQUIRED, "invalid_choice": "请从名单里选。"}
    )
    role = forms.ChoiceField(
        label="席位", error_messages={**REQUIRED, "invalid_choice": "请选一个席位。"}
    )
    duty = forms.CharField(label="分管什么", max_length=200, required=False)

    def __init__(self, view: GroupView, people: Iterable[Person], data: Any = None) -> None:
        super().__init__(data, prefix=str(view.group.organisation.uid))
        seated = {seat.post.person_id for seat in view.seats}
        self.people = {str(person.uid): person for person in people if person.pk not in seated}
        choices = {
            "person": [(uid, person.name) for uid, person in self.people.items()],
            "role": [(role.value, role.label) for role in view.free],
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "请选"), *rows] if name == "person" else rows

    @property
    def chosen(self) -> tuple[Person, Role, str]:
        """Person, seat and duty, once it is valid."""
        data = self.cleaned_data
        return self.people[data["person"]], Role(data["role"]), tidy_line(data["duty"])
