"""A dispute that is mediated: who is in it, steps with days, what was said, how it ended."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.labour.models.sealed import SealedTextField
from zhengyou.labour.models.signal import Signal
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class CaseKind(models.TextChoices):
    """One person's dispute, or that of ten and more (《劳动争议调解仲裁法》第七条)."""

    SINGLE = "single", "个人争议"
    COLLECTIVE = "collective", "集体争议"


class CaseState(models.TextChoices):
    """A case is worked on and ends; it may be taken up again."""

    OPEN = "open", "办理中"
    CLOSED = "closed", "已办结"


class Outcome(models.TextChoices):
    """How a case ended."""

    SETTLED = "settled", "当面化解"
    AGREEMENT = "agreement", "达成调解协议"
    ARBITRATION = "arbitration", "转劳动仲裁"
    WITHDRAWN = "withdrawn", "当事人撤回"


SOLVED = (Outcome.SETTLED, Outcome.AGREEMENT)
"""Outcomes that count as settled here."""


class Part(models.TextChoices):
    """What somebody is in a case."""

    HANDLER = "handler", "承办"
    NAMED = "named", "参与"
    RECUSED = "recused", "回避"


class LabourCase(models.Model):
    """One dispute. Parties and words are sealed; ``due_on`` is that of the last step."""

    TRANSITIONS = (
        Transition("close", (CaseState.OPEN,), CaseState.CLOSED, "办结"),
        Transition("reopen", (CaseState.CLOSED,), CaseState.OPEN, "重新办理"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="+"
    )
    signal = models.OneToOneField(
        Signal, verbose_name="从哪个苗头来", null=True, on_delete=models.PROTECT,
        related_name="case",
    )  # fmt: skip
    number = models.CharField("编号", max_length=20)
    kind = models.CharField("哪种案件", max_length=12, choices=CaseKind)
    about = models.CharField("什么事", max_length=20)
    parties = SealedTextField("当事人")
    text = SealedTextField("什么事、要什么")
    opened_on = models.DateField("哪天收的")
    due_on = models.DateField("哪天前要办完")
    state = models.CharField("状态", max_length=10, choices=CaseState, default=CaseState.OPEN)
    by = models.ForeignKey(
        Person, verbose_name="谁收的", on_delete=models.PROTECT, related_name="+"
    )
    form_key = models.UUIDField("表单编号", null=True, unique=True)

    if TYPE_CHECKING:
        members: RelatedManager["CaseMember"]
        steps: RelatedManager["CaseStep"]
        notes: RelatedManager["MediationNote"]
        closings: RelatedManager["CaseClosing"]

    class Meta:
        verbose_name = "劳动争议案件"
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="labour_case_one_number"
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts and files use; no label, so that it says nothing elsewhere."""
        return Ref("labour_case", self.uid)


class CaseMember(models.Model):
    """Somebody is named on a case, or kept away from it; ``until`` None: still."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        LabourCase, verbose_name="案件", on_delete=models.CASCADE, related_name="members"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField("做什么", max_length=10, choices=Part, default=Part.NAMED)
    since = models.DateField("从哪天")
    until = models.DateField("到哪天（不含）", null=True)

    class Meta:
        verbose_name = "案件上的人"
        ordering = ["part", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(until__isnull=True),
                name="labour_casemember_one_open",
            )
        ]  # fmt: skip


class CaseStep(models.Model):
    """A step with its day, as ``steps`` has it when the case is opened; the day may be moved with a
    reason."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        LabourCase, verbose_name="案件", on_delete=models.CASCADE, related_name="steps"
    )
    code = models.CharField("哪一步", max_length=20)
    due_on = models.DateField("哪天前")
    done_on = models.DateField("哪天办的", null=True)
    words = SealedTextField("办得怎样", blank=True)
    moved_why = SealedTextField("为什么延期", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁办的", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "案件的一步"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="labour_casestep_once")
        ]

    def late(self, day: date) -> bool:
        """Tell whether it was, or is, not done in time."""
        return (self.done_on or day) > self.due_on


class MediationNote(models.Model):
    """What was said at one mediation. Never changed: what corrects it is written beside it."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        LabourCase, verbose_name="案件", on_delete=models.CASCADE, related_name="notes"
    )
    on = models.DateField("哪天")
    text = SealedTextField("谁说了什么")
    agreed = SealedTextField("谈成了什么", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁记的", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "调解笔录"
        ordering = ["on", "id"]


class CaseClosing(models.Model):
    """How a case ended, each time it did. Never changed."""

    case = models.ForeignKey(
        LabourCase, verbose_name="案件", on_delete=models.CASCADE, related_name="closings"
    )
    on = models.DateField("哪天")
    outcome = models.CharField("结果", max_length=12, choices=Outcome)
    words = SealedTextField("说明", blank=True)
    in_time = models.BooleanField("按期")
    reopened_on = models.DateField("哪天重新办理", null=True)
    reopened_why = SealedTextField("为什么重新办理", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁办结的", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "案件的办结"
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["on"], name="labour_closing_on")]
