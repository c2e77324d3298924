"""组织关系转接: people on their way from one body to another, between two secretaries."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models.organisation import Organisation
from zhengyou.people.models.person import Person


class TransferState(models.TextChoices):
    """Where a transfer stands between sender and receiver."""

    PROPOSED = "proposed", "待接收"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已收回"
    UNDONE = "undone", "已撤销"


_BADGES = {
    TransferState.PROPOSED: "wait",
    TransferState.ACCEPTED: "done",
    TransferState.RETURNED: "back",
    TransferState.WITHDRAWN: "off",
    TransferState.UNDONE: "off",
}


class Transfer(models.Model):
    """One or more people, proposed by the sending body, accepted by the receiving one.

    Nothing of anybody's membership changes before it is accepted. Whoever keeps both rolls does
    both at once. ``changes`` is what it takes to undo it (see ``actions.remembering``).
    """

    TRANSITIONS = (
        Transition("accept", (TransferState.PROPOSED,), TransferState.ACCEPTED, "接收"),
        Transition("send_back", (TransferState.PROPOSED,), TransferState.RETURNED, "退回"),
        Transition("withdraw", (TransferState.PROPOSED,), TransferState.WITHDRAWN, "收回"),
        Transition("undo", (TransferState.ACCEPTED,), TransferState.UNDONE, "撤销"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    source = models.ForeignKey(
        Organisation, verbose_name="转出组织", on_delete=models.PROTECT, related_name="sent"
    )
    target = models.ForeignKey(
        Organisation, verbose_name="接收组织", on_delete=models.PROTECT, related_name="received"
    )
    people = models.ManyToManyField(Person, verbose_name="转的人", related_name="transfers")
    on = models.DateField("起算日期")
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=TransferState, default=TransferState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        Person, verbose_name="转出办理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("转出办理时间")
    answered_by = models.ForeignKey(
        Person, verbose_name="接收办理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("接收办理时间", null=True, blank=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)
    changes = models.JSONField("改动", default=dict)

    class Meta:
        verbose_name = "组织关系转接"
        ordering = ["-proposed_at", "-id"]
        indexes = [
            models.Index(fields=["target", "state"]),
            models.Index(fields=["source", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="people_transfer_goes_elsewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.RETURNED) | ~Q(reason=""),
                name="people_transfer_returned_with_reason",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use; the label names nobody."""
        return Ref("transfer", self.uid)

    @property
    def badge(self) -> str:
        """The kind of its state's badge."""
        return _BADGES[TransferState(self.state)]

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for the receiver."""
        return self.state == TransferState.PROPOSED
