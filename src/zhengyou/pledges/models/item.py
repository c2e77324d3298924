"""One item of a pledge: from where, to where, until when, for whom. It has the state."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models import Campaign, Criterion, Programme
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation
from zhengyou.pledges import goals
from zhengyou.pledges.models.pledge import Pledge
from zhengyou.pledges.models.rule import ItemKind
from zhengyou.pledges.models.tally import DOING, DONE, OVER, PLAN
from zhengyou.work.models import ServicePost

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.pledges.models.progress import Progress
    from zhengyou.pledges.models.review import ItemReview

ALIVE = (ClimbState.DRAFT, ClimbState.SUBMITTED, ClimbState.RETURNED, ClimbState.PUBLISHED)
TO_SEND = (ClimbState.DRAFT, ClimbState.RETURNED)
"""States of the items that go out with the next submission."""


class Outcome(models.TextChoices):
    """What became of a promise (评诺)."""

    FULFILLED = "fulfilled", "已兑现"
    PARTLY = "partly", "部分兑现"
    NOT_FULFILLED = "not", "没兑现"


def announced(prefix: str = "", day: date | None = None) -> Q:
    """Return which items are put out for opinions on ``day`` (default today).

    Args:
        prefix: relation that leads to the item, as ``"items__"``.
    """
    until = {f"{prefix}announced_until__gte": day or clock.today()}
    return Q(**{f"{prefix}state": ClimbState.SUBMITTED}, **until)


def to_review(prefix: str = "", day: date | None = None) -> Q:
    """Return which items wait for the reviewer on ``day``; as :func:`announced`."""
    name = f"{prefix}announced_until"
    over = Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lt": day or clock.today()})
    return Q(**{f"{prefix}state": ClimbState.SUBMITTED}) & over


def in_public(prefix: str = "") -> Q:
    """Return which items everybody may read today: promises, and intentions put out."""
    return Q(**{f"{prefix}state": ClimbState.PUBLISHED}) | announced(prefix)


class PledgeItem(models.Model):
    """One promise.

    So that a wall of 180,000 items is read along one index and needs no subquery, an item repeats
    the pledge's ``campaign`` and ``organisation``, which never change, and its last progress:
    ``now_value`` and ``now_on`` the last note with a value, ``latest`` the last note. Only the
    verbs in ``actions.progress`` write the three; only those in ``actions.fulfilment`` write what
    the one who pledged (``claimed``) and the branch (``outcome``) said in the end. The three
    ``counted`` say as what the numbers of the wall count it; only ``actions.tallies`` writes them.

    ``announced_until``: put out for opinions until the end of that day; the clock alone makes it
    wait for review afterwards. ``announced_text`` is what the public read, for the reviewer.
    ``form_key``: which open form wrote the text last, so that a form that saves as one types does
    not take its own saving for somebody else's. ``carried_from``: what it goes on with (结转).
    """

    TRANSITIONS = (
        Transition("submit", TO_SEND, ClimbState.SUBMITTED, "送审"),
        Transition("take_back", (ClimbState.SUBMITTED,), ClimbState.DRAFT, "收回来改"),
        Transition("send_back", (ClimbState.SUBMITTED,), ClimbState.RETURNED, "退回"),
        Transition("publish", (ClimbState.SUBMITTED,), ClimbState.PUBLISHED, "通过并公开"),
        Transition(
            "withdraw",
            (ClimbState.DRAFT, ClimbState.RETURNED, ClimbState.PUBLISHED),
            ClimbState.WITHDRAWN,
            "撤下",
        ),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    pledge = models.ForeignKey(
        Pledge, verbose_name="承诺", on_delete=models.CASCADE, related_name="items"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="+", editable=False
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="所在组织",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    number = models.PositiveSmallIntegerField("第几条")
    kind = models.CharField("种类", max_length=10, choices=ItemKind)
    criterion = models.ForeignKey(
        Criterion, verbose_name="对照的标准", null=True, on_delete=models.PROTECT, related_name="+"
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name="结合的专项工作",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    service_post = models.ForeignKey(
        ServicePost, verbose_name="照着哪个岗位", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    text = models.TextField("承诺的事")
    baseline = models.DecimalField("起点", max_digits=14, decimal_places=2, null=True)
    baseline_note = models.CharField("起点说明", max_length=60, blank=True)
    target = models.DecimalField("目标", max_digits=14, decimal_places=2, null=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    due_on = models.DateField("哪天做到", null=True)
    beneficiary = models.CharField("谁受益", max_length=100, blank=True)
    state = models.CharField("状态", max_length=10, choices=ClimbState, default=ClimbState.DRAFT)
    submitted_at = models.DateTimeField("送审时间", null=True)
    announced_until = models.DateField("征求意见到哪天（含）", null=True)
    announced_text = models.JSONField("征求意见的文字", default=dict)
    published_at = models.DateTimeField("公开时间", null=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_why = models.CharField("撤下的理由", max_length=300, blank=True)
    now_value = models.DecimalField("现在", max_digits=14, decimal_places=2, null=True)
    now_on = models.DateField("现在的数是哪天的", null=True)
    form_key = models.CharField("最后写它的那一页", max_length=22, blank=True, editable=False)
    outcome = models.CharField("支部确认的结果", max_length=10, choices=Outcome, blank=True)
    claimed = models.CharField("本人说的结果", max_length=10, choices=Outcome, blank=True)
    carried_from = models.ForeignKey(
        "self",
        verbose_name="从哪一条结转来",
        null=True,
        on_delete=models.SET_NULL,
        related_name="carried_to",
    )
    latest = models.ForeignKey(
        "Progress",
        verbose_name="最近一次进展",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    counted = models.CharField("在墙上算作", max_length=5, default="", editable=False)
    counted_day = models.DateField("在墙上算哪一天", null=True, editable=False)
    counted_outcome = models.CharField(
        "在墙上算什么结果", max_length=10, default="", editable=False
    )

    if TYPE_CHECKING:
        reviews: RelatedManager["ItemReview"]
        notes: RelatedManager["Progress"]

    class Meta:
        verbose_name = "承诺的一条"
        ordering = ["pledge", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "number"], name="pledges_pledgeitem_one_number"
            )
        ]
        indexes = [
            # The wall pages through published items; the waiting list looks for submitted ones.
            models.Index(
                fields=["campaign", "-published_at", "-id"],
                condition=Q(state=ClimbState.PUBLISHED),
                name="pledges_item_wall",
            ),
            models.Index(
                fields=["criterion", "-published_at", "-id"],
                condition=Q(state=ClimbState.PUBLISHED),
                name="pledges_item_wall_criterion",
            ),
            models.Index(
                fields=["organisation", "-published_at", "-id"],
                condition=Q(state=ClimbState.PUBLISHED),
                name="pledges_item_wall_body",
            ),
            models.Index(
                fields=["campaign", "counted", "-published_at", "-id"],
                condition=Q(state=ClimbState.PUBLISHED),
                name="pledges_item_wall_counted",
            ),
            models.Index(
                fields=["campaign", "counted_day", "-published_at", "-id"],
                condition=Q(state=ClimbState.PUBLISHED),
                name="pledges_item_wall_day",
            ),
            models.Index(
                fields=["pledge", "submitted_at"],
                condition=Q(state=ClimbState.SUBMITTED),
                name="pledges_item_waiting",
            ),
            models.Index(
                fields=["campaign", "announced_until"],
                condition=Q(state=ClimbState.SUBMITTED),
                name="pledges_item_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 条"

    def save(self, *args: Any, **options: Any) -> None:
        """Save, with the campaign and the body of its pledge."""
        self.campaign_id = self.pledge.campaign_id
        self.organisation_id = self.pledge.organisation_id
        super().save(*args, **options)

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use; the label names nobody."""
        return Ref("pledge_item", self.uid)

    @property
    def alive(self) -> bool:
        """Whether it still counts: not withdrawn."""
        return self.state in ALIVE

    @property
    def to_send(self) -> bool:
        """Whether it goes out with the next submission."""
        return self.state in TO_SEND

    @property
    def announced(self) -> bool:
        """Whether it is public as an intention (打算) just now, put out for opinions."""
        return (
            self.state == ClimbState.SUBMITTED
            and self.announced_until is not None
            and self.announced_until >= clock.today()
        )

    @property
    def to_review(self) -> bool:
        """Whether it waits for the reviewer: sent in, and no longer put out for opinions."""
        return self.state == ClimbState.SUBMITTED and not self.announced

    @property
    def was_announced(self) -> bool:
        """Whether it has been put out for opinions for a whole period, which counts for good."""
        return self.announced_until is not None and self.announced_until < clock.today()

    @property
    def unfinished(self) -> bool:
        """Whether it may go on in the next run: public, and not fulfilled as far as is known."""
        last_word = self.outcome or self.claimed
        there = last_word == Outcome.FULFILLED or (not last_word and self.reached)
        return self.state == ClimbState.PUBLISHED and not there

    @property
    def broken_off(self) -> dict[str, Any]:
        """The fields to set when it leaves the public before its period is over: none counts."""
        return {"announced_until": None, "announced_text": {}} if self.announced else {}

    @property
    def reached(self) -> bool:
        """Whether the last noted value has got to the target."""
        return goals.reached(self.baseline, self.target, self.now_value, self.now_on, self.due_on)

    @property
    def standing(self) -> tuple[str, date | None, str]:
        """As what the wall counts it ("": not at all), with a day and the outcome.

        The day is the first of the month it is due in; of an intention the last one for opinions.
        """
        if self.state == ClimbState.SUBMITTED and self.announced_until:
            return PLAN, self.announced_until, ""
        if self.state != ClimbState.PUBLISHED:
            return "", None, ""
        month = self.due_on.replace(day=1) if self.due_on else None
        if self.outcome:  # the branch's word goes before the number
            return DONE if self.outcome == Outcome.FULFILLED else OVER, month, self.outcome
        return DONE if self.reached else DOING, month, ""

    @property
    def share(self) -> int | None:
        """Percent of the way from baseline to target; None where it cannot be measured."""
        return goals.share(self.baseline, self.target, self.now_value)

    @property
    def made_on(self) -> date:
        """The day the promise counts from: made public, or else drafted."""
        if self.published_at is None:
            return self.pledge.made_on
        return self.published_at.astimezone(clock.SHANGHAI).date()

    @property
    def last_review(self) -> "ItemReview | None":
        """The last answer to this item; prefetch ``reviews`` where there are many items."""
        return max(self.reviews.all(), key=lambda review: review.decided_at, default=None)

    def content(self) -> dict[str, str]:
        """Return what a reviewer reads, by field, as texts that do not change by formatting."""
        post = {"service_post": self.service_post.title} if self.service_post else {}
        return post | {
            "kind": str(ItemKind(self.kind).label),
            "criterion": self.criterion.title if self.criterion else "",
            "programme": self.programme.title if self.programme else "",
            "text": self.text,
            "baseline": _plain(self.baseline),
            "baseline_note": self.baseline_note,
            "target": _plain(self.target),
            "unit": self.unit,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "beneficiary": self.beneficiary,
        }

    @property
    def unchanged(self) -> bool:
        """Whether it still reads as it did when it was last answered."""
        last = self.last_review
        return last is not None and last.text_seen == self.content()

    @property
    def fingerprint(self) -> str:
        """Sixteen signs that differ when :meth:`content` does: which text a reviewer has read."""
        spelled = json.dumps(self.content(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(spelled.encode()).hexdigest()[:16]

    def faults(self) -> list[str]:
        """Return in words what forbids to submit this item; none: it may go."""
        campaign = self.pledge.campaign
        found = []
        if not self.text.strip():
            found.append("没写承诺的事")
        if self.state == ClimbState.RETURNED and self.unchanged:
            found.append("退回后还没改，不想要了就撤下")
        if self.criterion_id is None:
            found.append("没选对照标准的哪一条")
        if self.due_on is None:
            found.append("没写哪天做到")
        elif not campaign.starts_on <= self.due_on <= campaign.ends_on:
            found.append(
                f"哪天做到要在活动期间（{_chinese(campaign.starts_on)}"
                f"到{_chinese(campaign.ends_on)}）"
            )
        elif self.due_on < clock.today():
            found.append(f"哪天做到写的是{_chinese(self.due_on)}，已经过去了，请写今天或以后的日子")
        return found

    def hints(self) -> list[str]:
        """Return in words what would make this item stronger; none of it forbids anything."""
        found = []
        if self.target is None:
            found.append("能数的写上数目：现在多少，要到多少")
        elif self.baseline is None:
            found.append("写上起点，才看得出进展；从零开始就写 0")
        elif not self.unit:
            found.append("数目后面写上单位")
        if not self.beneficiary:
            found.append("写明谁受益")
        return found


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
