"""What travels up the tree: a state and one decision row per answer. Abstract: no table here.

Plans and pledges climb now; suggestions and nominations will. All have one look: drafted below,
submitted, then above it is returned with a reason or approved, and published.
"""

from typing import Any
from uuid import uuid4

from django.db import models

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person


class ClimbState(models.TextChoices):
    """Where something stands on its way up."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "已同意"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤回"


class Answer(models.TextChoices):
    """What the level above may say."""

    RETURN = "return", "退回"
    APPROVE = "approve", "同意"


class Decision(models.Model):
    """One answer from above: who, in which post, when, what and why. Never changed afterwards."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    answer = models.CharField("意见", max_length=10, choices=Answer)
    reason = models.TextField("理由", blank=True)
    decided_by = models.ForeignKey(
        Person, verbose_name="审核人", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    decided_at = models.DateTimeField("审核时间")

    class Meta:
        abstract = True
        ordering = ["decided_at", "id"]

    @staticmethod
    def signed(actor: Actor) -> dict[str, Any]:
        """Return the fields that say who decides, for ``create(**Decision.signed(actor))``.

        Raises:
            ValueError: the actor is not a person with a hat.
        """
        if actor.person is None or actor.hat is None:
            raise ValueError("only a person in a post decides")
        return {"decided_by": actor.person, "hat": actor.hat.title, "decided_at": clock.now()}
