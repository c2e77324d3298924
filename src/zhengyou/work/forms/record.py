"""The form of a record: only what its kind asks for, filled in with what the house knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.datastructures import MultiValueDict

from zhengyou.campaigns.models import Programme
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person
from zhengyou.work.content import PLAIN, Content
from zhengyou.work.forms.fields import (
    ClockField,
    DayField,
    FilesField,
    LaterChoice,
    LaterText,
    NamesField,
    NumberField,
)
from zhengyou.work.forms.people import PeopleForm
from zhengyou.work.forms.rows import QuantityRows, WishRows
from zhengyou.work.kinds import Form, form_of
from zhengyou.work.models import Part, RecordKind, RecordSeries, Scope
from zhengyou.work.quorums import Quorum, expected, quorum

LARGEST = 20 * 1024 * 1024
REPEAT = {"": "就这一次", "week": "每周一次", "month": "每月一次"}
PLACES_OF = {"times": ("begins_at", "ends_at")}


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RecordFields(forms.Form):
    """All fields that a record may have; :class:`RecordForm` keeps those its kind asks for."""

    title = forms.CharField(
        label="名称", max_length=100, required=False,
        error_messages={"max_length": "名称最多 100 个字。"},
    )  # fmt: skip
    on = DayField(label="哪天")
    until = DayField(label="到哪天（含）", required=False, help_text="不止一天才写")
    begins_at = ClockField(label="几点开始")
    ends_at = ClockField(label="几点结束")
    place = forms.CharField(label="地点", max_length=60, required=False)
    scope = LaterChoice(
        label="服务谁", choices=Scope.choices, widget=forms.RadioSelect, required=False
    )
    text = LaterText(label="内容", max_length=20000, widget=_text(5), required=False)
    decisions = LaterText(label="议定的事", max_length=5000, widget=_text(3), required=False)
    hours = NumberField(label="学时", places=1, most=999, help_text="每人都算这么多")
    characters = NumberField(label="每人字数")
    score = NumberField(label="每人分数", places=1, most=9999)
    free_names = NamesField(
        label="名册以外的人", required=False, widget=_text(2), help_text="名字之间用顿号隔开",
        max_length=5000,
    )  # fmt: skip
    outside = NumberField(label="外来多少人")
    due_to_attend = NumberField(label="名册以外应到多少人")
    programmes = forms.ModelMultipleChoiceField(
        label="结合哪项工作", queryset=Programme.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "这项工作不在活动里，请重新选。"},
    )  # fmt: skip
    links = forms.MultipleChoiceField(
        label="兑现哪条承诺、哪个岗上做的", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "这一条现在选不了了，请重新选。"},
    )  # fmt: skip
    repeat = forms.ChoiceField(
        label="以后还有", choices=list(REPEAT.items()), required=False,
        help_text="有的话，下一次打开就填好大半",
    )  # fmt: skip
    attached = FilesField(label="照片、附件", help_text="有就附，不是必须的")
    why = forms.CharField(label="为什么改", max_length=200, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


ALWAYS = {"title", "on", "attached", "seen", "key"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the form is about.

    Args:
        before: what it begins with; ``keeps``: whether that is the record itself.
        things: what it may be linked with; ``about``: the one it is linked with from the start.
        writer: who writes down what he or she did, None for whoever keeps the book of others.
        programmes: those it may be tagged with.
        amends: whether a finished record is changed.
    """

    kind: RecordKind
    body: Organisation
    before: Content | None = None
    keeps: bool = False
    amends: bool = False
    series: RecordSeries | None = None
    things: tuple[Ref, ...] = ()
    about: str = ""
    writer: Person | None = None
    programmes: tuple[Programme, ...] = ()
    seen: str = ""


class RecordForm(RecordFields):
    """One record."""

    def __init__(
        self,
        setting: Setting,
        data: "MultiValueDict[str, Any] | None" = None,
        files: "MultiValueDict[str, Any] | None" = None,
        *,
        drafts: bool = False,
    ) -> None:
        """``drafts``: it is only saved, so that rows half written are no mistake."""
        self.setting, self.drafts = setting, drafts
        self.asks: Form = form_of(setting.kind)
        super().__init__(data, files, initial=self._initial())
        self._keep_asked()
        self._offer()
        before = setting.before
        typed: Mapping[str, Any] | None = self.data if self.is_bound else None
        day = self._day()
        self.expected = expected(setting.kind, setting.body, day)
        self.people = PeopleForm(
            self.asks, self.expected, before, typed, day, setting.keeps, setting.writer
        )
        kept = before if setting.keeps else None
        self.quantities = QuantityRows(
            [(q.what, _plain(q.amount), q.unit) for q in kept.quantities] if kept else [], typed
        )
        self.wishes = WishRows(
            [(w.words, w.outcome.value, w.answer) for w in kept.wishes] if kept else [],
            typed,
            drafts,
        )
        self._part_fields()

    # --- building -------------------------------------------------------------------------------
    def _initial(self) -> dict[str, Any]:
        setting = self.setting
        found: dict[str, Any] = {
            "on": clock.today(), "title": setting.kind.label, "key": uuid4(), "seen": setting.seen,
            "links": [setting.about] if setting.about else [],
        }  # fmt: skip
        if setting.before is None:
            return found
        names = [name for name in PLAIN if setting.keeps or name in ("on", *CARRIED)]
        found |= {name: getattr(setting.before, name) for name in names}
        found["programmes"] = [each.pk for each in setting.before.programmes]
        if setting.keeps:
            found["links"] = [str(ref) for ref in setting.before.links]
            found["free_names"] = setting.before.free_names
        return found

    def _keep_asked(self) -> None:
        asked = ALWAYS | {
            name for word in self.asks.asks for name in PLACES_OF.get(word, (word,))
        }  # fmt: skip
        asked |= {"why"} if self.setting.amends else set()
        if self.setting.series or self.setting.amends:
            asked.discard("repeat")
        if self.setting.writer and self.asks.own:
            asked.discard(
                "characters"
            )  # of whoever writes down the own work the own number says it
        for name in set(self.fields) - asked:
            del self.fields[name]
        for name, words in self.asks.words.items():
            if name in self.fields:
                self.fields[name].label = words
        for name in self.asks.needs & set(self.fields):
            self.fields[name].required = True
        if self.setting.amends:
            self.fields["why"].required = True

    def _offer(self) -> None:
        setting = self.setting
        self.things = {str(ref): ref for ref in setting.things}
        if setting.before and setting.keeps:
            self.things |= {str(ref): ref for ref in setting.before.links}
        if "links" in self.fields:
            choices = [(key, ref.label) for key, ref in self.things.items()]
            self.fields["links"].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields["links"]
        if "programmes" in self.fields:
            own = {each.pk for each in setting.programmes}
            if setting.before:
                own |= {each.pk for each in setting.before.programmes}
            rows = Programme.objects.filter(pk__in=own).order_by("campaign", "order")
            self.fields["programmes"].queryset = rows  # type: ignore[attr-defined]
            if not own:
                del self.fields["programmes"]

    def _part_fields(self) -> None:
        choices = [(str(line.person.uid), line.person.name) for line in self.people.all]
        for part, words in self.asks.parts.items():
            self.fields[part.value] = LaterChoice(
                label=words, required=part.value in self.asks.needs,
                choices=[("", "没有"), *choices], initial=self._part(part),
                error_messages={"invalid_choice": "这个人那天不在名单里，请重新选。"},
            )  # fmt: skip

    def _part(self, part: Part) -> str:
        before = self.setting.before
        rows = before.people if before else ()
        return next((str(row.person.uid) for row in rows if row.part == part), "")

    def _day(self) -> date:
        """Return the day whose roll counts: as typed, else as shown."""
        if self.is_bound:
            try:
                typed = self.fields["on"].clean(self.data.get("on", ""))
            except forms.ValidationError:
                typed = None
            if isinstance(typed, date):
                return typed
        shown = self.initial["on"]
        assert isinstance(shown, date)
        return shown

    # --- reading --------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """Check the list and the rows."""
        for error in () if self.drafts else self.unfinished:
            self.add_error(None, error)
        return self.cleaned_data

    @property
    def unfinished(self) -> list[str]:
        """What of the list and the rows cannot be kept as it is written."""
        return [*self.people.errors, *self.quantities.errors, *self.wishes.errors]

    @property
    def bound_parts(self) -> list[forms.BoundField]:
        """The fields that say who had which part."""
        return [self[part.value] for part in self.asks.parts]

    @property
    def content(self) -> Content:
        """What was typed, once it is valid; what is not on the form stays as it was."""
        data = self.cleaned_data
        parts = {part: data.get(part.value, "") for part in self.asks.parts}
        stays = self.setting.before if self.setting.keeps else None
        values = {
            name: data[name] if name in data else getattr(stays, name)
            for name in (*PLAIN, "free_names")
            if name in data or stays
        }
        for name in ("characters", "outside", "due_to_attend"):
            if values.get(name) is not None:
                values[name] = int(values[name])
        return Content(
            kind=self.setting.kind,
            series=self.setting.series or (stays.series if stays else None),
            people=self.people.attendees(parts),
            quantities=self._rows("quantities", stays),
            wishes=self._rows("wishes", stays),
            links=tuple(self.things[key] for key in data["links"])
            if "links" in data
            else (stays.links if stays else ()),
            programmes=tuple(data["programmes"])
            if "programmes" in data
            else (stays.programmes if stays else ()),
            **values,
        )

    def _rows(self, name: str, stays: Content | None) -> tuple[Any, ...]:
        if name in self.asks.asks:
            return tuple(getattr(self, name).found)
        return tuple(getattr(stays, name)) if stays else ()

    @property
    def quorum(self) -> Quorum:
        """Who had to come and came, by the list as it is now."""
        there = {line.person.pk: line.value for line in self.people.all if line.value}
        more = (self._count("due_to_attend"), self._count("outside"))
        return quorum(self.setting.kind, self.expected, there, more)

    def _count(self, name: str) -> int | None:
        if name not in self.fields or "due_to_attend" not in self.fields:
            return None
        value = self.cleaned_data.get(name) if self.is_bound else self.initial.get(name)
        return int(value) if value is not None else None


CARRIED = ("title", "begins_at", "ends_at", "place", "scope", "hours")
"""What the next record of a series, or a copy, begins with."""


def _plain(amount: Any) -> str:
    return NumberField().prepare_value(amount) or ""
