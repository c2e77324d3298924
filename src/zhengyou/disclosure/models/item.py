"""What a body laid open for one period, with every version it had."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.disclosure.models.topic import DisclosureTopic
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person
from zhengyou.work.models import Record

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ItemState(models.TextChoices):
    """An item is drafted, looked at by somebody else where that is asked, published; taken off
    where it should not have been shown."""

    DRAFT = "draft", "起草中"
    READY = "ready", "待核对"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤下"


class DisclosedItem(models.Model):
    """Something laid open. The period is kept as it was called then; ``record`` fulfils the duty.

    ``starts_on`` and ``last_on``: first and last day of the period (both included).
    ``sent_back``: why it has to be looked at again, until it is sent on.
    """

    TRANSITIONS = (
        Transition("submit", (ItemState.DRAFT,), ItemState.READY, "请人核对"),
        Transition("send_back", (ItemState.READY,), ItemState.DRAFT, "退回再改"),
        Transition("publish", (ItemState.DRAFT, ItemState.READY), ItemState.PUBLISHED, "公开"),
        Transition("withdraw", (ItemState.PUBLISHED,), ItemState.WITHDRAWN, "撤下"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    topic = models.ForeignKey(
        DisclosureTopic, verbose_name="公开什么", on_delete=models.PROTECT, related_name="items"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="disclosed_items"
    )
    starts_on = models.DateField("这一期从哪天")
    last_on = models.DateField("这一期到哪天（含）")
    period = models.CharField("哪一期", max_length=40)
    state = models.CharField("状态", max_length=10, choices=ItemState, default=ItemState.DRAFT)
    sent_back = models.CharField("退回的理由", max_length=200, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁写的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    changed_at = models.DateTimeField("最后改动的时间")
    published_on = models.DateField("哪天公开的", null=True)
    withdrawn_on = models.DateField("哪天撤下的", null=True)
    withdrawn_why = models.CharField("为什么撤下", max_length=200, blank=True)
    record = models.OneToOneField(
        Record, verbose_name="纪实", null=True, on_delete=models.PROTECT, related_name="+"
    )
    form_key = models.UUIDField("表单编号", null=True, unique=True)

    if TYPE_CHECKING:
        versions: RelatedManager["DisclosedVersion"]

    class Meta:
        verbose_name = "公开事项"
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-starts_on"], name="disclosure_item_of_body")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("starts_on")), name="disclosure_item_days"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ItemState.DRAFT, ItemState.READY])
                | Q(published_on__isnull=False),
                name="disclosure_item_published_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.WITHDRAWN)
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
                name="disclosure_item_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}{self.topic.title}"

    @property
    def ref(self) -> Ref:
        """The reference that facts, records, postings and remarks use."""
        return Ref("disclosed_item", self.uid, str(self))


class DisclosedVersion(models.Model):
    """The words of an item. A published one is never rewritten: what corrects it stands beside it
    and says why.

    ``figures``: rows of [what, amount, unit], the amount as text. ``on``: the day it was published;
    None: a draft.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(
        DisclosedItem, verbose_name="公开事项", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField("第几版", default=1)
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", blank=True)
    figures = models.JSONField("数", default=list)
    why = models.CharField("为什么更正", max_length=200, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁公开的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150, blank=True)
    on = models.DateField("哪天公开的", null=True)

    class Meta:
        verbose_name = "公开事项的一版"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="disclosure_version_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(why=""), name="disclosure_version_says_why"
            ),
        ]

    @property
    def ref(self) -> Ref:
        """What its files belong to."""
        return Ref("disclosed_version", self.uid, self.title)


def standing(versions: list[DisclosedVersion], day: date | None = None) -> DisclosedVersion | None:
    """Return which of an item's versions stood on ``day`` (None: the last one, drafts too)."""
    found = [row for row in versions if day is None or (row.on is not None and row.on <= day)]
    return found[-1] if found else None
