"""Papers: documents made of records. A row says which, for whom, as of when, and where it is."""

from datetime import timedelta
from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models import Campaign
from zhengyou.files.models import Attachment
from zhengyou.kernel import clock
from zhengyou.kernel.progress import Progress, State
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person
from zhengyou.ui.text import long_date

PATIENCE = timedelta(minutes=30)
"""A paper queued for so long has lost its task: a worker was killed with it in hand."""


class PaperKind(models.TextChoices):
    """What is made."""

    STAGE_SUMMARY = "stage_summary", "阶段总结"


class PaperState(models.TextChoices):
    """Where the making stands."""

    QUEUED = "queued", "排队中"
    WRITING = "writing", "生成中"
    READY = "ready", "已生成"
    FAILED = "failed", "没有生成"


class Paper(models.Model):
    """One document asked for. Its file and its last state are written in one transaction."""

    TRANSITIONS = (
        Transition("start", (PaperState.QUEUED,), PaperState.WRITING, "开始生成"),
        Transition("finish", (PaperState.WRITING,), PaperState.READY, "生成完"),
        Transition("fail", (PaperState.QUEUED, PaperState.WRITING), PaperState.FAILED, "放弃生成"),
        Transition("retry", (PaperState.FAILED,), PaperState.QUEUED, "重新生成"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    kind = models.CharField("种类", max_length=20, choices=PaperKind)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="papers"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="papers"
    )
    as_of = models.DateField("数据截至")
    state = models.CharField("状态", max_length=10, choices=PaperState, default=PaperState.QUEUED)
    asked_by = models.ForeignKey(
        Person, verbose_name="谁要的", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("要的时间")
    finished_at = models.DateTimeField("生成时间", null=True)
    problem = models.TextField("没生成的原因", blank=True)
    attachment = models.ForeignKey(
        Attachment, verbose_name="文件", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "材料"
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["organisation", "campaign", "-asked_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title as lists show it."""
        return f"{self.organisation.name}{PaperKind(self.kind).label}"

    @property
    def file_name(self) -> str:
        """The name of the file for whoever downloads it."""
        return f"{self.title}（{long_date(self.as_of)}）.docx"

    @property
    def ref(self) -> Ref:
        """The reference that facts and files use."""
        return Ref("paper", self.uid, self.title)

    @property
    def interrupted(self) -> bool:
        """Whether nobody is writing it any more, or nobody ever took it up: it may be asked for
        again."""
        if self.state == PaperState.QUEUED:
            return clock.now() - self.asked_at > PATIENCE
        return self.state == PaperState.WRITING and Progress(self.uid).read().state != State.RUNNING
