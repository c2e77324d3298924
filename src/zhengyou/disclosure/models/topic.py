"""What a body must lay open, again and again: category, title, what must be in it. As data."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models

from zhengyou.kernel.refs import Ref
from zhengyou.work.models import Duty

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.disclosure.models.item import DisclosedItem

CATEGORY = 12


class Audience(models.TextChoices):
    """For whose eyes it is."""

    PUBLIC = "public", "公开"
    STAFF = "staff", "本单位职工"


class DisclosureTopic(models.Model):
    """One thing to lay open, from blueprint section ``[disclosure.CODE]``.

    Who, how often and until when is its ``duty``, which asks for a record of kind 公开事项: what is
    due and what is missing is reckoned nowhere else.

    ``must``: what must be in it; ``numbers``: figures must be given; ``second``: whoever wrote it
    does not publish it.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    duty = models.OneToOneField(
        Duty, verbose_name="任务", on_delete=models.CASCADE, related_name="topic"
    )
    code = models.SlugField("代号", max_length=40)
    category = models.CharField("类别", max_length=CATEGORY)
    must = models.JSONField("要写到的", default=list)
    numbers = models.BooleanField("要写数", default=False)
    audience = models.CharField("给谁看", max_length=10, choices=Audience, default=Audience.PUBLIC)
    second = models.BooleanField("要第二个人看过", default=False)
    order = models.PositiveSmallIntegerField("排序", default=0)

    if TYPE_CHECKING:
        items: RelatedManager["DisclosedItem"]

    class Meta:
        verbose_name = "公开事项的要求"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.duty.title

    @property
    def title(self) -> str:
        """What is laid open; the duty says it."""
        return self.duty.title

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("disclosure_topic", self.uid, self.duty.title)
