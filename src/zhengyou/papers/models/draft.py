"""What people changed in a summary: one row a change, never rewritten, so that none is lost."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Act(models.TextChoices):
    """What was done to a part of a summary."""

    WRITE = "write", "改写"
    ADD = "add", "加一段"
    LEAVE = "leave", "不写"
    BACK = "back", "按记录"


class Draft(models.Model):
    """The own words of a body in its summary of a campaign. No row: all is as the records say.

    The next stage's summary begins another draft; the highest number is the one that counts.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField("第几份")
    begun_by = models.ForeignKey(
        Person, verbose_name="谁开的头", on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField("开头时间")

    if TYPE_CHECKING:
        edits: RelatedManager["Edit"]

    class Meta:
        verbose_name = "总结稿"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation", "number"], name="papers_draft_numbered"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title as facts show it."""
        return f"{self.organisation.name}阶段总结第{self.number}份"

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("summary_draft", self.uid, self.title)


class Edit(models.Model):
    """One change of one part. The latest number of a part is what holds.

    Args:
        part: ``chapter.part`` of what the records gave, or ``own.…`` of an added paragraph.
        number: counts the changes of the part from 1: who saw another number was overtaken.
        text: the words from then on; empty where the part is left out or follows the records.
        was: what the records said at that moment (:func:`zhengyou.papers.wording.pack`).
        after: the part it stood behind, so that it finds its place in every regeneration.
    """

    draft = models.ForeignKey(
        Draft, verbose_name="总结稿", on_delete=models.CASCADE, related_name="edits"
    )
    part = models.CharField("哪一段", max_length=200)
    number = models.PositiveIntegerField("第几次改")
    act = models.CharField("怎么改的", max_length=10, choices=Act)
    text = models.TextField("文字", blank=True)
    was = models.JSONField("改的时候记录怎么说", default=dict)
    after = models.CharField("在哪一段后面", max_length=200, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁改的", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("什么时候改的")

    class Meta:
        verbose_name = "总结的改动"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "part", "number"], name="papers_edit_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.number}"
