"""Who sits in a body's group for early warning and mediation: the few for whom anything exists."""

from uuid import uuid4

from django.db import models

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Dated, Organisation, Person
from zhengyou.people.models.dated import one_open


class SeatPart(models.TextChoices):
    """What somebody is in the group."""

    HEAD = "head", "组长"
    MEMBER = "member", "成员"


class Mediator(Dated):
    """Somebody sits in the group for a time. That is no secret; what the group has is: it exists
    for whoever sat there when it came in."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="mediators"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="mediating"
    )
    part = models.CharField("做什么", max_length=10, choices=SeatPart, default=SeatPart.MEMBER)

    class Meta(Dated.Meta):
        verbose_name = "预警调解组的人"
        ordering = ["part", "since", "id"]
        indexes = [models.Index(fields=["person", "since"], name="labour_mediator_of_person")]
        constraints = [
            *Dated.Meta.constraints,
            one_open("organisation", "person", name="labour_mediator_one_open"),
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use; it names nobody."""
        return Ref("labour_seat", self.uid)
