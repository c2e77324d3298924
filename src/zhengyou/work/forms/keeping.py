"""Forms about duties of a running campaign: what is asked, from when, why; exemptions; intervals.

A duty is asked for as in the blueprint editor, and checked as a blueprint is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from zhengyou.campaigns import parts
from zhengyou.campaigns.blueprint import Flawed, check
from zhengyou.campaigns.part_forms import PartForm, titles_in
from zhengyou.campaigns.parts import Part
from zhengyou.campaigns.queries.checking import by_field, look_at
from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Person
from zhengyou.work.actions.own_cadence import INTERVALS
from zhengyou.work.asking import DutyData
from zhengyou.work.beginnings import Beginning
from zhengyou.work.models import Cadence, Duty

WHY = "活动已经启动，改动和理由都记在账上"
STALE = "您打开以后，别人也改了这项任务。您写的还在这一页上，核对一下再存。"


class _Reason(forms.CharField):
    def __init__(self, label: str, missing: str) -> None:
        super().__init__(
            label=label, max_length=200, help_text=WHY, error_messages={"required": missing}
        )


class DutyForm(PartForm):
    """What a duty asks for; :attr:`asked_for` once it is valid.

    Args:
        text: the campaign as a blueprint, as it is today.
        beginnings: days on which a change may take effect; None: it is a new duty.
    """

    def __init__(
        self, part: Part, text: str, beginnings: Sequence[Beginning] | None, data: Any = None
    ) -> None:
        super().__init__(part, part.own(text), titles_in(text), data)
        self.text = text
        self.asked_for: DutyData | None = None
        self.seen = part.seen(text)
        if beginnings is None:
            self.fields["since"] = DayField("从哪天起")
        else:
            self.fields["since"] = since_field(beginnings)
        self.fields["reason"] = _Reason("为什么", "请写明为什么。")

    def clean(self) -> dict[str, Any]:
        """Check the duty as a blueprint would be checked; what is wrong stands at its field."""
        super().clean()
        if self.errors:
            return self.cleaned_data
        if not self.part.new and self.data.get("seen") != self.seen:
            self.add_error(None, STALE)
        code = str(self.cleaned_data.get("code", ""))
        typed, part = parts.put(self.text, self.part, self.changes, code)
        try:
            found = check(typed).data["duty"]
        except Flawed as flawed:
            self._say(typed, part, flawed)
        else:
            self.asked_for = next(each for each in found if each.code == part.path[-1])
        return self.cleaned_data

    def _say(self, typed: str, part: Part, flawed: Flawed) -> None:
        placed = Part(part.path, part.label, fields=self.part.fields)
        problems = look_at(typed, self.cleaned_data["since"]).problems
        told = by_field(typed, placed, problems)
        for key, words in told.items():
            self.add_error(f"f-{key.replace('.', '-')}", f"{words}。")
        if not told:
            for problem in flawed.problems:
                self.add_error(None, f"{problem.what}，{problem.remedy}。")


def since_field(beginnings: Sequence[Beginning]) -> forms.TypedChoiceField:
    """Return the choice of a first day."""
    days = {each.day.isoformat(): each for each in beginnings}
    return forms.TypedChoiceField(
        label="从哪天起",
        choices=[(iso, each.label) for iso, each in days.items()],
        coerce=lambda iso: days[iso].day,
        help_text="从新的一期第一天起，原来的一期照原来的算",
        error_messages={"required": "选从哪天起。", "invalid_choice": "请从给出的日子里选。"},
    )


class EndDutyForm(forms.Form):
    """From when a duty is asked no longer, and why."""

    def __init__(self, beginnings: Sequence[Beginning], data: Any = None) -> None:
        super().__init__(data)
        self.fields["since"] = since_field(beginnings)
        self.fields["reason"] = _Reason("为什么停", "请写明为什么停。")


class ExemptForm(forms.Form):
    """Who is not asked for what, from when to when, and why.

    Args:
        duties: of persons and of the body, by what is said of them; people: who may be exempt;
            itself: name of the body, where it may be exempt itself.
    """

    def __init__(
        self,
        duties: Mapping[str, Sequence[Duty]],
        people: Sequence[Person],
        itself: str,
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.duties = {str(duty.uid): duty for rows in duties.values() for duty in rows}
        self.people = {str(person.uid): person for person in people}
        grouped = [
            (name, [(str(duty.uid), duty.title) for duty in rows])
            for name, rows in duties.items()
            if rows
        ]
        who = [(uid, person.name) for uid, person in self.people.items()]
        own = [("itself", f"{itself}（整个组织）")] if itself else []
        self.fields["duty"] = _choice("哪项任务", [("", "请选"), *grouped], "选哪项任务免做。")
        self.fields["who"] = _choice("谁免做", [("", "请选"), *own, *who], "选谁免做。")
        self.fields["since"] = DayField("从哪天起")
        self.fields["last"] = DayField("到哪天（含）", "空着就是停掉以前一直免", required=False)
        self.fields["reason"] = forms.CharField(
            label="为什么", max_length=200, error_messages={"required": "写明为什么免做。"}
        )

    def clean_duty(self) -> Duty:
        """Return the duty."""
        return self.duties[self.cleaned_data["duty"]]

    def clean_who(self) -> Person | None:
        """Return the person; None for the body itself."""
        return self.people.get(self.cleaned_data["who"])


def _choice(label: str, choices: list[Any], missing: str) -> forms.ChoiceField:
    messages = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages)


class IntervalForm(forms.Form):
    """How often a body does one duty."""

    def __init__(self, duty: Duty, present: str, data: Any = None) -> None:
        mine = data if data is not None and data.get("duty") == str(duty.uid) else None
        super().__init__(mine, initial={"cadence": present}, prefix=None)
        self.duty = duty
        known = [each for each in INTERVALS if each != Cadence.TERM or duty.campaign.term_rows]
        self.fields["cadence"] = _choice(
            f"“{duty.title}”多久一次",
            [("", "请选"), *((each.value, str(each.label)) for each in known)],
            "选多久一次。",
        )
        self.fields["cadence"].widget.attrs["id"] = f"cadence-{duty.code}"
