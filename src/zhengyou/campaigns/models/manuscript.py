"""Blueprints that an office writes for itself, and what was changed of a campaign that runs."""

from hashlib import sha256
from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person


class Manuscript(models.Model):
    """A body's own blueprint, kept before there is a campaign; it may still have mistakes."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="manuscripts"
    )
    title = models.CharField("名称", max_length=100)
    text = models.TextField("蓝图原文")
    problems = models.PositiveSmallIntegerField("几处要改", default=0)
    saved_at = models.DateTimeField("存下时间")
    saved_by = models.ForeignKey(
        Person, verbose_name="谁存的", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "自己的蓝图"
        ordering = ["-saved_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("manuscript", self.uid, self.title)


class CampaignChange(models.Model):
    """One change to a campaign that runs: what it said, what it says now, who changed it and why.
    Never changed afterwards.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField("改了什么", max_length=100)
    before = models.TextField("原来", blank=True)
    after = models.TextField("现在", blank=True)
    reason = models.CharField("为什么改", max_length=200)
    changed_by = models.ForeignKey(
        Person, verbose_name="谁改的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    changed_at = models.DateTimeField("什么时候")

    class Meta:
        verbose_name = "活动的改动"
        ordering = ["-changed_at", "-id"]


def digest(text: str) -> str:
    """Return what tells one text from another."""
    return sha256(text.encode()).hexdigest()
