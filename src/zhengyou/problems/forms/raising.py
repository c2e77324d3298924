"""The form in which somebody says what is wrong."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from zhengyou.campaigns.models import Campaign
from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Person
from zhengyou.problems.models import Privacy
from zhengyou.problems.sources import Source

WHOLE, OWN = "body", "own"


class ProblemForm(forms.Form):
    """What is wrong, where it was found, who may see it; who mends it, where that is clear."""

    title = forms.CharField(
        label="什么问题", max_length=60, help_text="一句话说清楚，如：走廊的灯坏了没人报修",
        error_messages={"required": "一句话写明是什么问题。",
                        "max_length": "题目最多 60 个字，细节写在“具体表现”里。"},
    )  # fmt: skip
    text = forms.CharField(
        label="具体表现", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "最多 2000 个字，请写短些。"},
    )  # fmt: skip
    how = forms.ChoiceField(label="怎么发现的")
    whose = forms.ChoiceField(
        label="谁的问题",
        help_text="个人的不足只有本人、指出的人和书记、副书记看得到。",
    )  # fmt: skip
    found_on = DayField("哪天发现的")
    privacy = forms.ChoiceField(
        label="给谁看",
        choices=Privacy,
        widget=forms.RadioSelect,
        help_text="以后可以放宽，不能收窄。",
    )
    campaign = forms.ModelChoiceField(
        label="属于哪项活动", queryset=Campaign.objects.none(), required=False,
        empty_label="不属于哪项活动",
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label="责任人", queryset=Person.objects.none(), required=False, empty_label="还没定",
        help_text="清楚由谁来改就选上；不清楚就由责任组织来定。",
    )  # fmt: skip
    deadline = DayField("整改期限", "要求哪天前改好，可以让责任人自己定。", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self,
        data: Any = None,
        *,
        campaigns: QuerySet[Campaign],
        people: QuerySet[Person],
        hows: Sequence[Source] = (),
        whose: Sequence[tuple[str, str]] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        """``hows``: ways of finding by hand, none where the source is known; ``whose``: bodies and
        persons it may be about, left out where there is no choice."""
        super().__init__(data, initial={"privacy": Privacy.BODY, "whose": WHOLE, **(initial or {})})
        _choose(self, "how", [(each.kind, each.label) for each in hows])
        _choose(self, "whose", whose)
        _rows(self, "campaign", campaigns)
        _rows(self, "owner", people)

    def clean_privacy(self) -> Privacy:
        """Return the choice as what it is."""
        return Privacy(self.cleaned_data["privacy"])


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    if len(choices) > 1:
        field.choices = list(choices)
    else:
        del form.fields[name]


def _rows(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
