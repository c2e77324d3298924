"""Reading what people type about bulletins. No side effects."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhengyou.inspections.actions.bulletins import Head
from zhengyou.inspections.models import Finding, FindingKind
from zhengyou.inspections.models.bulletin import BulletinArticle
from zhengyou.kernel.merging import merge
from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Organisation

ALL = "all"


class HeadForm(forms.Form):
    """Title, number, to whom, what stands above and below the articles.

    Args:
        bodies: the issuer first, then those below it to whose subtree it may go.
    """

    title = forms.CharField(
        label="标题", max_length=60, error_messages={"required": "没有写标题。"},
        help_text="如：关于十月份减负抽查情况的通报",
    )  # fmt: skip
    number = forms.CharField(
        label="文号", max_length=60, error_messages={"required": "没有写文号。"},
        help_text="如：云教督通〔2026〕3号",
    )  # fmt: skip
    reach = forms.ChoiceField(label="发给谁", error_messages={"required": "选发给谁。"})
    opening = forms.CharField(
        label="开头", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="什么时候、查了什么、查了几个单位",
    )  # fmt: skip
    closing = forms.CharField(
        label="要求", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, bodies: Sequence[Organisation], data: Any = None, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.bodies = {str(body.uid): body for body in bodies}
        field = self.fields["reach"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((uid, f"{body.name}和它下面的组织") for uid, body in self.bodies.items()),
            (ALL, "下面所有组织，并向群众公开"),
        ]

    @property
    def head(self) -> Head:
        """What was typed."""
        data = dict(self.cleaned_data)
        reach = data.pop("reach")
        scope = self.bodies.get(reach) or next(iter(self.bodies.values()))
        return Head(scope=scope, public=reach == ALL, **data)


class FindingsForm(forms.Form):
    """Which findings it tells."""

    findings = forms.MultipleChoiceField(
        label="选督查发现",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "至少选一条。", "invalid_choice": "有一条已经选不了了。"},
    )

    def __init__(self, rows: Sequence[Finding], data: Any = None) -> None:
        super().__init__(data)
        self.rows = {str(row.uid): row for row in rows}
        field = self.fields["findings"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(uid, _said(row)) for uid, row in self.rows.items()]

    @property
    def chosen(self) -> list[Finding]:
        """Those that were ticked."""
        return [self.rows[uid] for uid in self.cleaned_data["findings"]]


def _said(row: Finding) -> str:
    kind = FindingKind(row.kind).label
    return f"{kind}：{row.visit.organisation.name}，{row.text}（{row.visit.inspection.title}）"


class ArticleForm(forms.Form):
    """The words of one article, and until when it is to be mended.

    Where the draft has changed since somebody wrote over it, the form begins with both together.
    """

    text = forms.CharField(
        label="正文", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="空着就照督查发现写；只说单位，不点个人的名字",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, article: BulletinArticle, data: Any = None) -> None:
        text = article.words
        if article.overtaken:
            text = merge(article.was, article.text, article.draft).text
        initial = {"text": text, "seen": article.words, "deadline": article.deadline}
        super().__init__(data, initial=initial)
        if article.kind == FindingKind.CRITICISM:
            self.fields["deadline"] = DayField("整改期限")


class WhyForm(forms.Form):
    """Why it is sent back, or corrected."""

    reason = forms.CharField(
        label="为什么", max_length=300, error_messages={"required": "要写明为什么。"}
    )
