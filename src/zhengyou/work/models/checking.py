"""What a check of somebody else's log came to, and what a patrol found and handed over."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Person
from zhengyou.work.models.record import Record
from zhengyou.work.models.service import ServiceHolder

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.work.models.service import ServiceDeputy


class CheckResult(models.TextChoices):
    """What the checker thinks of a log."""

    FINE = "fine", "记得好"
    WEAK = "weak", "要帮一把"


class LogCheck(models.Model):
    """The result of a 查日志 record: whose log, and how it was. Who checked stands in the record;
    nobody checks the own. Seen by the holder and the leaders of the body only."""

    record = models.OneToOneField(
        Record, verbose_name="纪实", on_delete=models.CASCADE, related_name="log_check"
    )
    holder = models.ForeignKey(
        ServiceHolder, verbose_name="谁的日志", on_delete=models.PROTECT, related_name="checks"
    )
    result = models.CharField("看下来怎样", max_length=10, choices=CheckResult)

    if TYPE_CHECKING:
        deputies: RelatedManager["ServiceDeputy"]

    class Meta:
        verbose_name = "查日志的结果"
        ordering = ["-record__on", "-id"]


class FindState(models.TextChoices):
    """What a patrol finds is handed over at once, and somebody takes it."""

    HANDED = "handed", "已交出"
    TAKEN = "taken", "已接下"


class PatrolFind(models.Model):
    """Something a patrol or a check found, and to whom it was handed over: a person of the roll, or
    a ``label`` (后勤组值班室), which cannot press a button."""

    TRANSITIONS = (Transition("take", (FindState.HANDED,), FindState.TAKEN, "接下"),)

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    record = models.ForeignKey(
        Record, verbose_name="纪实", on_delete=models.CASCADE, related_name="finds"
    )
    what = models.CharField("发现什么", max_length=200)
    place = models.CharField("在哪里", max_length=60, blank=True)
    to_person = models.ForeignKey(
        Person, verbose_name="交给谁", null=True, on_delete=models.PROTECT, related_name="+"
    )
    to_label = models.CharField("交给哪里", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=FindState, default=FindState.HANDED)
    by = models.ForeignKey(
        Person, verbose_name="谁交的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    handed_at = models.DateTimeField("交出时间")
    taken_at = models.DateTimeField("接下时间", null=True)

    class Meta:
        verbose_name = "巡查发现"
        ordering = ["handed_at", "id"]
        indexes = [models.Index(fields=["to_person", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=(Q(to_person__isnull=False) & Q(to_label=""))
                | (Q(to_person__isnull=True) & ~Q(to_label="")),
                name="work_patrolfind_handed_to_one",
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts, and one day problems, use."""
        return Ref("patrol_find", self.uid, self.what)

    @property
    def whom(self) -> str:
        """To whom it was handed, in words."""
        return self.to_person.name if self.to_person else self.to_label
