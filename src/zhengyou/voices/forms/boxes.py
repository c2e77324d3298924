"""What those who keep a box type: the box itself, paper forms, a problem made of voices."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.texts import tidy, tidy_line, tidy_name
from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Organisation, Person
from zhengyou.problems.models import Privacy
from zhengyou.voices.actions.boxes import BoxData, PlaceData
from zhengyou.voices.actions.writing import Slip
from zhengyou.voices.models import Box, BoxKind, BoxPlace
from zhengyou.voices.models.box import LONGEST_QUESTION, LONGEST_TITLE
from zhengyou.voices.models.voice import LONGEST_NUMBER, LONGEST_SIGNATURE

_BETWEEN = re.compile(r"[\t,，]")
KINDS = [kind for kind in BoxKind if kind != BoxKind.BURDEN]


class _People(forms.ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        """Return 苏映雪（二年级语文老师）."""
        return f"{person.name}（{person.work}）" if person.work else person.name


class BoxForm(forms.Form):
    """A box, with its places pasted a line each."""

    kind = forms.TypedChoiceField(
        label="哪一种", choices=[(kind.value, kind.label) for kind in KINDS], coerce=BoxKind
    )
    title = forms.CharField(
        label="名称", max_length=LONGEST_TITLE, help_text="比如：秋季开放周意见箱。",
        error_messages={"required": "没有填名称。"},
    )  # fmt: skip
    question = forms.CharField(
        label="问大家什么", max_length=LONGEST_QUESTION,
        help_text="写成一句大家看得懂的问话，要说的、想问的都写上。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "没有写要问大家什么。"},
    )  # fmt: skip
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label="属于哪次活动", required=False, empty_label="不属于哪次活动"
    )
    opens_on = DayField("从哪天开始收")
    closes_on = DayField("收到哪天", "不填就是长期开着。", required=False)
    collator = _People(
        Person.objects.none(), label="谁来汇总", empty_label="选一个人",
        help_text="每一条都由这个人看、分给人办、答复；没有办的，在这个人的工作台上。",
        error_messages={"required": "没有选谁来汇总。"},
    )  # fmt: skip
    answer_days = forms.IntegerField(
        label="几个工作日内答复", min_value=1, max_value=60, initial=15,
        help_text="从收到的那一周周末算起。",
    )  # fmt: skip
    shows = forms.BooleanField(
        label="看过的意见和答复公开", required=False, initial=True,
        help_text="不打勾，写的人只能凭查询码看自己那一条。",
    )  # fmt: skip
    max_go_up = forms.IntegerField(
        label="最多向上级报几条", min_value=1, max_value=100, required=False,
        help_text="献计用；不限就不填。",
    )  # fmt: skip
    places = forms.CharField(
        label="可以说哪些课、班级、地方", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一个，可以从表格里贴过来。后面可以加逗号，写上请谁听："
        "三（2）班语文课，苏映雪。每个地方有自己的二维码和纸条。不写学生的名字。",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Person],
        campaigns: QuerySet[Campaign],
        box: Box | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.people = people
        self.fields["collator"].queryset = people  # type: ignore[attr-defined]
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        if box is not None:  # whose campaign it is, and after its opening what kind, stay
            del self.fields["campaign"]

    def clean_places(self) -> list[PlaceData]:
        """Return the places; a name that nobody on the roll has is told with its line."""
        found, wrong = [], []
        lines = tidy(self.cleaned_data["places"]).splitlines()
        known = {person.name: person for person in self.people}
        for number, line in enumerate(lines, start=1):
            label, _, name = (part.strip() for part in _split(line))
            if name and name not in known:
                wrong.append(f"第 {number} 行：名册上没有“{name}”")
            elif label:
                found.append(PlaceData(tidy_line(label), known.get(name)))
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    @property
    def data_of_box(self) -> BoxData:
        """What the box is to be."""
        said = {key: value for key, value in self.cleaned_data.items() if key != "campaign"}
        return BoxData(**said)


def _split(line: str) -> tuple[str, str, str]:
    """Return label, mark and name of a line: the name stands behind the last comma or tab."""
    marks = list(_BETWEEN.finditer(line))
    if not marks:
        return line, "", ""
    last = marks[-1]
    return line[: last.start()], last.group(), tidy_name(line[last.end() :])


def places_text(box: Box) -> str:
    """Return the places of a box as they are pasted."""
    rows = box.places.select_related("hears")
    return "\n".join(f"{row.label}，{row.hears.name}" if row.hears else row.label for row in rows)


class PaperForm(forms.Form):
    """One slip of paper; rows without words are left out."""

    place = forms.ModelChoiceField(
        BoxPlace.objects.none(), label="说的是哪里", required=False, empty_label="整体，或者别的",
        to_field_name="uid",
    )  # fmt: skip
    text = forms.CharField(
        label="写的什么", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    signature = forms.CharField(label="署名", required=False, max_length=LONGEST_SIGNATURE)
    paper = forms.CharField(label="纸张编号", required=False, max_length=LONGEST_NUMBER)
    code = forms.CharField(
        label="纸上的查询码", required=False, max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, box: Box, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = box.places.all()  # type: ignore[attr-defined]
        if not box.places.all():
            del self.fields["place"]

    @property
    def slip(self) -> Slip:
        """What the paper says."""
        data = self.cleaned_data
        return Slip(
            data["text"], data.get("place"), data["signature"], None, data["paper"], data["code"]
        )

    @property
    def blank(self) -> bool:
        """Whether nothing was written in this row."""
        data = self.cleaned_data
        return not any(data.get(name) for name in ("text", "signature", "paper", "code"))


class ProblemForm(forms.Form):
    """A problem made of voices."""

    title = forms.CharField(
        label="什么问题", max_length=60, error_messages={"required": "没有写是什么问题。"}
    )
    text = forms.CharField(
        label="具体表现", required=False, max_length=1000,
        help_text="意见的原话已经在这里；能认出是谁写的话，请改掉。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    body = forms.ModelChoiceField(
        Organisation.objects.none(), label="由哪个组织整改", empty_label=None
    )
    privacy = forms.TypedChoiceField(
        label="给谁看", choices=Privacy.choices, coerce=Privacy, initial=Privacy.BODY
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
