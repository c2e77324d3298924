"""A visit, what each inspector wrote down there, what was found, what the body says."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.inspections.models.draw import Candidate
from zhengyou.inspections.models.inspection import Inspection
from zhengyou.inspections.models.vocabulary import Chosen, FindingKind, VisitState
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Visit(models.Model):
    """The inspection of one body. What was found is a draft until it is handed over."""

    TRANSITIONS = (
        Transition("begin", (VisitState.PLANNED,), VisitState.UNDER_WAY, "开始检查"),
        Transition("hand_over", (VisitState.UNDER_WAY,), VisitState.HANDED, "把意见交给单位"),
        Transition("replace", (VisitState.PLANNED,), VisitState.REPLACED, "换成备选单位"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    inspection = models.ForeignKey(
        Inspection, verbose_name="督查", on_delete=models.CASCADE, related_name="visits"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="被查单位", on_delete=models.PROTECT, related_name="inspected"
    )
    how = models.CharField("为什么到这里", max_length=10, choices=Chosen)
    reason = models.CharField("理由", max_length=200, blank=True)
    candidate = models.OneToOneField(
        Candidate, verbose_name="名单里的哪一个", null=True, on_delete=models.CASCADE,
        related_name="visit",
    )  # fmt: skip
    replaces = models.OneToOneField(
        "self", verbose_name="替下的", null=True, on_delete=models.CASCADE, related_name="replaced"
    )
    state = models.CharField(
        "状态", max_length=10, choices=VisitState, default=VisitState.PLANNED
    )  # fmt: skip
    visited_on = models.DateField("哪天去的", null=True)
    handed_on = models.DateField("哪天交的意见", null=True)
    handed_by = models.ForeignKey(
        Person, verbose_name="谁交的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_hat = models.CharField("以什么身份交的", max_length=150, blank=True)
    reply_by = models.DateField("答复期限", null=True)

    if TYPE_CHECKING:
        sheets: RelatedManager["Sheet"]
        findings: RelatedManager["Finding"]
        replaced: "Visit"

    class Meta:
        verbose_name = "到一个单位检查"
        ordering = ["inspection", "id"]
        indexes = [models.Index(fields=["organisation", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "organisation"], name="inspections_visit_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="handed") | Q(handed_on__isnull=False, reply_by__isnull=False),
                name="inspections_visit_handed_on",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("visit", self.uid, self.organisation.name)


class Sheet(models.Model):
    """One sending of the phone form: the whole of what one inspector had written by then. Later
    ones of the same inspector count; earlier ones stay. Sent twice, it is one (``token``)."""

    visit = models.ForeignKey(
        Visit, verbose_name="检查", on_delete=models.CASCADE, related_name="sheets"
    )
    token = models.UUIDField("表单编号", unique=True)
    by = models.ForeignKey(
        Person, verbose_name="谁记的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    sent_at = models.DateTimeField("收到时间")
    answers = models.JSONField("各项答案", default=dict)  # {code: {"grade", "words"}}
    note = models.TextField("整体印象", blank=True)

    class Meta:
        verbose_name = "检查记录"
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["visit", "by"])]


class Finding(models.Model):
    """What somebody found: praise, criticism or a note, to an item or beside the list. ``slot``
    says where on the form it stands, so that a form sent again changes it and adds none."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    visit = models.ForeignKey(
        Visit, verbose_name="检查", on_delete=models.CASCADE, related_name="findings"
    )
    slot = models.CharField("表上的哪一格", max_length=48)
    item = models.CharField("哪一项", max_length=40, blank=True)
    kind = models.CharField("发现了什么", max_length=10, choices=FindingKind)
    text = models.CharField("说的是什么", max_length=500)
    found_on = models.DateField("哪天发现的")
    by = models.ForeignKey(
        Person, verbose_name="谁发现的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)

    if TYPE_CHECKING:
        replies: RelatedManager["Reply"]

    class Meta:
        verbose_name = "督查发现"
        ordering = ["visit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "by", "slot"], name="inspections_finding_one_slot"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text

    @property
    def ref(self) -> Ref:
        """The reference that problems, photos and facts use."""
        return Ref("finding", self.uid, self.text[:60])


class Reply(models.Model):
    """What the inspected body says to a finding; a later one keeps the earlier."""

    finding = models.ForeignKey(
        Finding, verbose_name="督查发现", on_delete=models.CASCADE, related_name="replies"
    )
    text = models.TextField("答复", max_length=1000)
    by = models.ForeignKey(
        Person, verbose_name="谁答复的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "被查单位的答复"
        ordering = ["at", "id"]
