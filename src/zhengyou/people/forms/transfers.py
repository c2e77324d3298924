"""Handing people over to another body, and returning those who were handed over."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.people.forms.fields import DayField, offer
from zhengyou.people.forms.organisations import BodyField
from zhengyou.people.forms.persons import name_and_work
from zhengyou.people.models import Organisation, Person


class PeopleField(forms.ModelMultipleChoiceField):
    """Several persons, ticked."""

    def label_from_instance(self, person: Person) -> str:
        """Return name and work, so that two of one name can be told apart."""
        return name_and_work(person)


class WhoForm(forms.Form):
    """First page: who goes, and part of the name of the body that takes them in."""

    who = PeopleField(
        Person.objects.none(), label="转谁", to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选要转的人。", "invalid_choice": "这里面有不在册的人。"},
    )  # fmt: skip
    name = forms.CharField(
        label="转到哪个组织", max_length=100, help_text="写名称里的几个字来找，别处的也行。",
        error_messages={"required": "没有写转到哪个组织。"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "who", people)


class HandoverForm(forms.Form):
    """Second page: to which of the bodies that were found, from which day, with which words."""

    target = BodyField(
        Organisation.objects.none(), label="接收组织", to_field_name="uid", empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "没有选接收组织。", "invalid_choice": "请重新选接收组织。"},
    )  # fmt: skip
    on = DayField("从哪天起", "那一天起算在新的组织，最多提前一年。")
    note = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        help_text="比如“调到南湖小学任教”，对方看得到。",
    )

    def __init__(self, *args: Any, targets: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "target", targets)


class ReturnForm(forms.Form):
    """Why people who were handed over are not taken in."""

    reason = forms.CharField(
        label="退回原因", max_length=200, help_text="写清楚缺什么、怎么办，转出的组织看得到。",
        error_messages={"required": "没有写为什么退回。"},
    )  # fmt: skip
