"""How a branch keeps after a promise: found, why, reminded, mended, settled. Never public."""

from uuid import uuid4

from django.db import models

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Person
from zhengyou.pledges.models.item import PledgeItem
from zhengyou.pledges.models.pledge import Pledge


class Step(models.TextChoices):
    """The five steps of supervision (支部经常督促)."""

    FIND = "find", "找问题"
    CAUSE = "cause", "析原因"
    REMIND = "remind", "多提醒"
    MEND = "mend", "抓整改"
    SETTLE = "settle", "促落实"

    @property
    def hint(self) -> str:
        """What is done in this step."""
        return _HINTS[self]


_HINTS = {
    Step.FIND: "哪里慢了、卡住了",
    Step.CAUSE: "为什么，缺什么",
    Step.REMIND: "和本人说了什么",
    Step.MEND: "商定怎么改、谁来帮",
    Step.SETTLE: "改得怎样，落实了没有",
}


class SupervisionStep(models.Model):
    """One step that was taken, on one item or (``item`` None) on the whole pledge. Rows are only
    added; ``next_on`` is when to look again, until a later step is written for the same."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    pledge = models.ForeignKey(
        Pledge, verbose_name="承诺", on_delete=models.CASCADE, related_name="supervision"
    )
    item = models.ForeignKey(
        PledgeItem, verbose_name="条目", null=True, on_delete=models.CASCADE, related_name="+"
    )
    step = models.CharField("哪一步", max_length=10, choices=Step)
    taken_on = models.DateField("哪天")
    words = models.TextField("情况")
    next_on = models.DateField("下次看的日子", null=True)
    by = models.ForeignKey(
        Person, verbose_name="谁办的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    recorded_at = models.DateTimeField("记下时间")

    class Meta:
        verbose_name = "督促的一步"
        ordering = ["taken_on", "id"]
        indexes = [models.Index(fields=["pledge", "item", "next_on"])]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("pledge_supervision", self.uid)
