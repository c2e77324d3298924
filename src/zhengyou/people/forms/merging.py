"""Merging bodies: which become which; then what those below are called, and who stays in office."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.people.forms.fields import DayField, NameField, offer
from zhengyou.people.forms.organisations import FROM, BodyField, label_of
from zhengyou.people.models import Organisation, Post
from zhengyou.people.queries.reorganising import Preview

NEW = "new"


class BodiesField(forms.ModelMultipleChoiceField):
    """Several bodies, each shown with the one above it."""

    def label_from_instance(self, body: Organisation) -> str:
        """Return 名称（上级）."""
        return label_of(body)


class MergePlanForm(forms.Form):
    """First page: which bodies, into which of them or into a new one, from which day."""

    bodies = BodiesField(
        Organisation.objects.none(), label="要合并的组织", to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "至少选一个组织。", "invalid_choice": "这里面有不能选的组织。"},
    )  # fmt: skip
    into = forms.ChoiceField(
        label="合并到哪里", widget=forms.RadioSelect,
        error_messages={"required": "没有选合并到哪里。", "invalid_choice": "请重新选合并到哪里。"},
    )  # fmt: skip
    name = NameField("新组织的名称", 100, "选“新设一个”才填。可以沿用老名称。")
    parent = BodyField(
        Organisation.objects.none(), label="新组织的上级", required=False, empty_label="请选择",
        to_field_name="uid", help_text="选“新设一个”才填。",
        error_messages={"invalid_choice": "请重新选上级。"},
    )  # fmt: skip
    on = DayField("合并日期", FROM)

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(bodies)
        self.known = {str(body.uid): body for body in rows}
        offer(self, "bodies", bodies)
        stays = [(uid, f"并入{body.name}") for uid, body in self.known.items()]
        offer(self, "into", [*stays, (NEW, "新设一个，都并进去")])
        self.fields["name"].required = False
        parents = {body.parent_id for body in rows if body.parent_id}
        if len(parents) > 1:
            offer(self, "parent", Organisation.objects.filter(pk__in=parents))
        else:
            del self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        """Ask for a name where one is founded.

        Raises:
            forms.ValidationError: it is missing, or nothing is left to be merged.
        """
        data = super().clean() or {}
        if data.get("into") == NEW and not data.get("name"):
            self.add_error("name", "新设的组织没有填名称。")
        if data.get("bodies") is not None and data.get("into") and not self.is_enough(data):
            raise forms.ValidationError("合并至少要两个组织，请再勾一个。")
        return data

    @staticmethod
    def is_enough(data: dict[str, Any]) -> bool:
        """Tell whether two bodies or more take part."""
        uids = {str(body.uid) for body in data["bodies"]} | ({data["into"]} - {NEW})
        return len(uids) > 1

    @property
    def heir(self) -> Organisation | None:
        """The body that takes the others in; None: a new one is founded."""
        return self.known.get(self.cleaned_data["into"])

    @property
    def old(self) -> list[Organisation]:
        """The bodies that end."""
        return [body for body in self.cleaned_data["bodies"] if body != self.heir]


class MergeForm(forms.Form):
    """Second page: the names of bodies below, and the posts that go on."""

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {f"n-{body.uid}": body for body, _ in preview.below}
        self.posts = {f"p-{post.uid}": post for post in preview.posts}
        for body, name in preview.below:
            self.fields[f"n-{body.uid}"] = NameField(label_of(body), 100)
            self.fields[f"n-{body.uid}"].initial = name
        for key, post in self.posts.items():
            label = f"{post.person.name}，{post.organisation.name}{post.title}"
            self.fields[key] = forms.BooleanField(label=label, required=False)

    @property
    def names(self) -> dict[Organisation, str]:
        """What the bodies below are called from then on."""
        return {body: self.cleaned_data[key] for key, body in self.bodies.items()}

    @property
    def going_on(self) -> list[Post]:
        """The posts that were ticked."""
        return [post for key, post in self.posts.items() if self.cleaned_data[key]]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        """The fields of the bodies below, for the template."""
        return [self[key] for key in self.bodies]

    @property
    def post_fields(self) -> list[forms.BoundField]:
        """The fields of the posts."""
        return [self[key] for key in self.posts]
