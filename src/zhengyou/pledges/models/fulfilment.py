"""What became of a promise: what the one who pledged says, and what the branch says to it."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person
from zhengyou.pledges.models.item import Outcome, PledgeItem

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Fulfilment(models.Model):
    """The one who pledged says what became of an item (自评兑现). A newer one corrects the older,
    which stays on record; the last one counts.

    ``organisation`` confirms it: the body in which the person was on the due day, so that a
    transfer leaves to the old branch what fell due before it.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(
        PledgeItem, verbose_name="条目", on_delete=models.CASCADE, related_name="fulfilments"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="由哪个组织确认", on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    why = models.TextField("怎么做到的，为什么没做到", blank=True)
    carry_on = models.BooleanField("下一轮接着做", default=False)
    by = models.ForeignKey(
        Person, verbose_name="谁写的", on_delete=models.PROTECT, related_name="+"
    )
    entered_for = models.BooleanField("代录", default=False)
    said_at = models.DateTimeField("写下时间")
    standing = models.BooleanField("现在算数", default=True)

    if TYPE_CHECKING:
        confirmations: RelatedManager["Confirmation"]

    class Meta:
        verbose_name = "兑现情况"
        ordering = ["said_at", "id"]
        indexes = [
            models.Index(
                fields=["organisation"],
                condition=Q(standing=True),
                name="pledges_fulfilment_confirms",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(standing=True),
                name="pledges_fulfilment_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.FULFILLED) | ~Q(why=""),
                name="pledges_fulfilment_says_why",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("pledge_fulfilment", self.uid)

    @property
    def confirmed(self) -> "Confirmation | None":
        """The branch's last word on it; prefetch ``confirmations`` where there are many."""
        return max(self.confirmations.all(), key=lambda row: (row.decided_at, row.pk), default=None)


class Confirmation(models.Model):
    """The branch confirms what was said, or differs and says why. A newer one counts."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    fulfilment = models.ForeignKey(
        Fulfilment, verbose_name="兑现情况", on_delete=models.CASCADE, related_name="confirmations"
    )
    outcome = models.CharField("支部看的结果", max_length=10, choices=Outcome)
    reason = models.TextField("理由", blank=True)
    decided_by = models.ForeignKey(
        Person, verbose_name="确认人", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    decided_at = models.DateTimeField("确认时间")

    class Meta:
        verbose_name = "支部确认"
        ordering = ["decided_at", "id"]

    @property
    def agrees(self) -> bool:
        """Whether the branch sees it as the one who pledged does."""
        return self.outcome == self.fulfilment.outcome
