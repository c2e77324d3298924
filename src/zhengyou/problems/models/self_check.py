"""Looking whether one has it: a body, or a person, goes through the catalogue item by item."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person
from zhengyou.problems.models.catalogue import CatalogueItem
from zhengyou.problems.models.problem import Problem

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class CheckState(models.TextChoices):
    """A self-check is filled in, then done; it is never opened again, one looks anew instead."""

    LOOKING = "looking", "没填完"
    DONE = "done", "查过了"


class Look(models.TextChoices):
    """What somebody says of an item. 没有 is an answer, too: it was looked for."""

    HAS = "has", "有"
    NONE = "none", "没有"


class SelfCheck(models.Model):
    """One go through the catalogue: of a body, or with ``person`` of somebody in it.

    A person's is for that person and the leaders of the body; one that is being filled in, for
    whoever fills it in (``by``), too. ``by_hand``: entered from paper by somebody else (代录).
    """

    TRANSITIONS = (Transition("finish", (CheckState.LOOKING,), CheckState.DONE, "查完"),)

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="self_checks"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="self_checks"
    )
    person = models.ForeignKey(
        Person, verbose_name="谁", null=True, on_delete=models.PROTECT, related_name="self_checks"
    )
    by = models.ForeignKey(
        Person, verbose_name="谁填的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份填", max_length=150)
    by_hand = models.BooleanField("代录", default=False)
    on = models.DateField("哪天查的")
    state = models.CharField("状态", max_length=10, choices=CheckState, default=CheckState.LOOKING)

    if TYPE_CHECKING:
        answers: RelatedManager["SelfCheckAnswer"]

    class Meta:
        verbose_name = "对照查摆"
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation", "person"],
                condition=Q(state=CheckState.LOOKING.value),
                name="problems_selfcheck_one_open",
            ),
            models.UniqueConstraint(
                fields=["campaign", "organisation"],
                condition=Q(state=CheckState.LOOKING.value, person=None),
                name="problems_selfcheck_one_open_of_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}对照查摆"

    @property
    def ref(self) -> Ref:
        """The reference of what was found in it. Its label names nobody."""
        return Ref("self_check", self.uid, "个人对照查摆" if self.person else str(self))

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("problems:check", args=[self.uid])

    @property
    def said(self) -> str:
        """When it was filled in, and by whom where by somebody else."""
        day = f"{self.on.year}年{self.on.month}月{self.on.day}日"
        return f"{day}，{self.hat}{self.by.name}代录" if self.by_hand else day

    @property
    def who(self) -> str:
        """Who looked."""
        return str(self.person.name if self.person else self.organisation.name)


class SelfCheckAnswer(models.Model):
    """One item and what was said of it; without ``item``, something the catalogue does not have."""

    check_of = models.ForeignKey(
        SelfCheck, verbose_name="对照查摆", on_delete=models.CASCADE, related_name="answers"
    )
    item = models.ForeignKey(
        CatalogueItem,
        verbose_name="突出问题",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    look = models.CharField("有没有", max_length=10, choices=Look)
    words = models.CharField("说明", max_length=500, blank=True)
    problem = models.ForeignKey(
        Problem, verbose_name="列为的问题", null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = "查摆的一条"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "item"], name="problems_selfcheckanswer_one_each"
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False) | (~Q(words="") & Q(look=Look.HAS.value)),
                name="problems_selfcheckanswer_says_what",
            ),
        ]
