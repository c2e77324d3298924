"""How one wants to be reminded, what one looked at last, and how many fields were asked for."""

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Account, Organisation

EARLIEST, LATEST = 6, 21
"""Hours at which a digest may be sent."""


class Reminder(models.Model):
    """Whether and when an account gets the digest by mail. The address counts once whoever reads
    its mail has confirmed it; ``waiting`` is the one that is not confirmed yet.

    ``last_on``: the day of the last digest, sent or with nothing to say: one a day at most.
    """

    account = models.OneToOneField(
        Account, verbose_name="账号", on_delete=models.CASCADE, related_name="reminder"
    )
    address = models.EmailField("邮箱", blank=True)
    waiting = models.EmailField("等着确认的邮箱", blank=True)
    code_lookup = models.CharField("确认码（匹配值）", max_length=64, blank=True)
    asked_at = models.DateTimeField("发确认信的时间", null=True)
    hour = models.PositiveSmallIntegerField(
        "几点发", default=7, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    on = models.BooleanField("每天发一封", default=False)
    last_on = models.DateField("上一封是哪天的", null=True)

    class Meta:
        verbose_name = "邮件提醒"
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__gte=EARLIEST, hour__lte=LATEST), name="desk_reminder_by_day"
            ),
            models.CheckConstraint(
                condition=Q(on=False) | ~Q(address=""), name="desk_reminder_has_an_address"
            ),
        ]
        indexes = [
            models.Index(fields=["hour", "last_on"], condition=Q(on=True), name="desk_reminder_due")
        ]


class Feed(models.Model):
    """A calendar that a phone or another program fetches by a private link: one's own, or that of a
    body. Only a keyed hash of the link is stored; revoked, or without the right, it is gone."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        Account, verbose_name="账号", on_delete=models.CASCADE, related_name="feeds"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="哪个组织的", null=True, on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    link_lookup = models.CharField("链接（匹配值）", max_length=64, unique=True)
    made_at = models.DateTimeField("建立时间")
    revoked_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "日历订阅"
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(revoked_at__isnull=True, organisation__isnull=True),
                name="desk_feed_one_of_ones_own",
            ),
            models.UniqueConstraint(
                fields=["account", "organisation"],
                condition=Q(revoked_at__isnull=True),
                name="desk_feed_one_of_a_body",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("feed", self.uid)


class LastLook(models.Model):
    """Up to when somebody has seen what changed for him or her."""

    account = models.OneToOneField(
        Account, verbose_name="账号", on_delete=models.CASCADE, related_name="last_look"
    )
    seq = models.BigIntegerField("看到台账的第几行", default=0)

    class Meta:
        verbose_name = "看过的变化"


class Burden(models.Model):
    """How many fields forms asked of a body in a month, and how many were filled in beforehand
    (减负). Counted whenever a form is sent in, by the room it belongs to; nobody enters it."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.CASCADE, related_name="+"
    )
    month = models.DateField("哪个月（1日）")
    room = models.CharField("哪一类表单", max_length=20)
    forms = models.PositiveIntegerField("送出几次", default=0)
    asked = models.PositiveIntegerField("要填的栏数", default=0)
    given = models.PositiveIntegerField("系统先填好的栏数", default=0)

    class Meta:
        verbose_name = "填报数"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "room"], name="desk_burden_one_a_month"
            ),
            models.CheckConstraint(
                condition=Q(given__lte=F("asked")), name="desk_burden_given_of_asked"
            ),
        ]
        indexes = [models.Index(fields=["month", "organisation"])]
