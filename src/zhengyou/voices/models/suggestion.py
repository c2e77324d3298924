"""A suggestion on its way up, those who made it, and what stands in one piece."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person
from zhengyou.voices.models.box import LONGEST_TITLE, Box
from zhengyou.voices.models.funnel import CallLevel
from zhengyou.voices.models.voice import LONGEST_SIGNATURE, Voice

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.voices.models.adoption import Adoption
    from zhengyou.voices.models.screening import Screening

LONGEST_TEXT = 2000
LONGEST_PIECE = 20_000


class Small(models.TextChoices):
    """五小: what kind of small innovation a suggestion is, if it is one."""

    INVENTION = "invention", "小发明"
    CREATION = "creation", "小创造"
    REFORM = "reform", "小革新"
    DESIGN = "design", "小设计"
    PROPOSAL = "proposal", "小建议"


class SuggestionState(models.TextChoices):
    """Where a suggestion stands at its level."""

    WAITING = "waiting", "等着筛"
    CHOSEN = "chosen", "选上"
    NOT_CHOSEN = "not_chosen", "没选上"
    RETURNED = "returned", "退回补充"
    MERGED = "merged", "并入相近的"
    ADOPTED = "adopted", "已采纳"
    DECLINED = "declined", "没采纳"
    WITHDRAWN = "withdrawn", "已撤回"


S = SuggestionState
OPEN = (S.WAITING, S.CHOSEN, S.RETURNED)
"""Of which something is still to come."""


class Suggestion(models.Model):
    """One suggestion, or (``composite``) a piece made of several.

    ``home`` is the body it comes from and climbs from; ``holder`` the one that has it now, at
    ``level``. Who made it are its :class:`Contributor` s: one merged into another keeps its own,
    and a piece has those of its parts.
    """

    TRANSITIONS = (
        Transition("choose", (S.WAITING,), S.CHOSEN, "选上"),
        Transition("leave_out", (S.WAITING,), S.NOT_CHOSEN, "不选"),
        Transition("send_back", (S.WAITING,), S.RETURNED, "退回补充"),
        Transition("resubmit", (S.RETURNED,), S.WAITING, "再送"),
        Transition("screen_again", (S.CHOSEN, S.NOT_CHOSEN, S.DECLINED), S.WAITING, "重新筛"),
        Transition("go_up", (S.CHOSEN,), S.WAITING, "上报"),
        Transition("call_back", (S.WAITING, S.RETURNED), S.CHOSEN, "撤回上报"),
        Transition("merge", (S.WAITING, S.CHOSEN, S.RETURNED), S.MERGED, "并入相近的"),
        Transition("part", (S.MERGED,), S.WAITING, "分开"),
        Transition("adopt", (S.CHOSEN,), S.ADOPTED, "采纳"),
        Transition("decline", (S.CHOSEN,), S.DECLINED, "不采纳"),
        Transition("withdraw", OPEN, S.WITHDRAWN, "撤回"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    form_key = models.UUIDField("表单编号", null=True, unique=True, editable=False)
    box = models.ForeignKey(
        Box, verbose_name="征集", on_delete=models.PROTECT, related_name="suggestions"
    )
    home = models.ForeignKey(
        Organisation, verbose_name="哪里提的", on_delete=models.PROTECT, related_name="suggestions"
    )
    holder = models.ForeignKey(
        Organisation, verbose_name="在谁手里", on_delete=models.PROTECT, related_name="+"
    )
    level = models.ForeignKey(
        CallLevel, verbose_name="到哪一级", on_delete=models.PROTECT, related_name="suggestions"
    )
    began_at = models.ForeignKey(
        CallLevel, verbose_name="从哪一级开始", on_delete=models.PROTECT, related_name="+"
    )
    composite = models.BooleanField("综合稿", default=False)
    small = models.CharField("五小", max_length=10, choices=Small, blank=True)
    title = models.CharField("题目", max_length=LONGEST_TITLE)
    text = models.TextField("内容")
    state = models.CharField("状态", max_length=12, choices=SuggestionState, default=S.WAITING)
    into = models.ForeignKey(
        "self", verbose_name="并入哪一条", null=True, on_delete=models.PROTECT,
        related_name="merged",
    )  # fmt: skip
    entered_on = models.DateField("哪天提交")
    entered_by = models.ForeignKey(
        Person, verbose_name="谁录的", on_delete=models.PROTECT, related_name="+"
    )
    answer_by = models.DateField("哪天以前答复")
    answered_on = models.DateField("哪天答复", null=True)

    if TYPE_CHECKING:
        contributors: RelatedManager["Contributor"]
        screenings: RelatedManager["Screening"]
        parts: RelatedManager["Part"]
        merged: RelatedManager["Suggestion"]
        adoption: Adoption

    class Meta:
        verbose_name = "建议"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["box", "level", "state"], name="voices_suggestion_call"),
            models.Index(fields=["holder", "state", "answer_by"], name="voices_suggestion_held"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=S.MERGED) & Q(into__isnull=False))
                | (~Q(state=S.MERGED) & Q(into=None)),
                name="voices_suggestion_merged_into_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts, problems and files use."""
        return Ref("suggestion", self.uid, self.title)


class Contributor(models.Model):
    """Somebody who made a suggestion: by name, or behind a voice, of whom only the code is known
    to the one who has it."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    suggestion = models.ForeignKey(
        Suggestion, verbose_name="建议", on_delete=models.CASCADE, related_name="contributors"
    )
    person = models.ForeignKey(
        Person, verbose_name="署名的人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    voice = models.OneToOneField(
        Voice, verbose_name="哪一条意见", null=True, on_delete=models.PROTECT,
        related_name="contributor",
    )  # fmt: skip
    signature = models.CharField("自己写的署名", max_length=LONGEST_SIGNATURE, blank=True)

    class Meta:
        verbose_name = "建议人"
        ordering = ["uid"]  # Random: the order of rows would be that of the voices.
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(voice__isnull=False),
                name="voices_contributor_is_somebody",
            )
        ]

    def __str__(self) -> str:
        if self.person:
            return self.person.name
        return f"{self.signature}（自己写的）" if self.signature else "不署名"


class Part(models.Model):
    """A suggestion that stands in a piece. One stands in one piece at a time."""

    piece = models.ForeignKey(
        Suggestion, verbose_name="综合稿", on_delete=models.CASCADE, related_name="parts"
    )
    suggestion = models.ForeignKey(
        Suggestion, verbose_name="建议", on_delete=models.PROTECT, related_name="stands_in"
    )
    order = models.PositiveSmallIntegerField("第几条")
    since = models.DateField("哪天编入")
    until = models.DateField("哪天拿出", null=True)

    class Meta:
        verbose_name = "综合稿的一条"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(until=None), name="voices_part_in_one_piece"
            )
        ]


class SuggestionSketch(models.Model):
    """What a text reads like, to find those that read nearly the same (``kernel.likeness``)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="sketches")
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="+")
    band = models.BigIntegerField()

    class Meta:
        verbose_name = "建议的文字特征"
        indexes = [models.Index(fields=["box", "band"], name="voices_sketch_band")]
