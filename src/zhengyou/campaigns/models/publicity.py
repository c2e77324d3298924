"""Publicity: what the blueprint arranges, what a body changed of it, and what was posted where."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.campaigns.models.group import GroupTemplate
from zhengyou.campaigns.models.phase import Phase
from zhengyou.campaigns.models.plan import Plan
from zhengyou.kernel.periods import Kind as PeriodKind
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Person, Role


class Channel(models.TextChoices):
    """Where something is made public. Labels are the words of the blueprint."""

    BOARD = "board", "公开栏"
    SHOWCASE = "showcase", "宣传栏"
    PAPER = "paper", "校报"
    BROADCAST = "broadcast", "广播"
    WALL_PAPER = "wall_paper", "墙报"
    BANNER = "banner", "横幅"
    WEBSITE = "website", "网站"
    MEETING = "meeting", "会议"
    BULLETIN = "bulletin", "简报"
    SLIDES = "slides", "幻灯"


LONGEST_LINE = 100
"""A line is called as its item (up to 60 characters) with its period."""


class PublicityItem(models.Model):
    """One arrangement of the blueprint: once in a phase, or once in every period."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="publicity")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    channel = models.CharField("渠道", max_length=12, choices=Channel)
    phase = models.ForeignKey(
        Phase, verbose_name="阶段", null=True, on_delete=models.CASCADE, related_name="publicity"
    )
    cadence = models.CharField("多久一次", max_length=10, choices=PeriodKind, blank=True)
    owner = models.CharField("谁来办", max_length=20, choices=Role, blank=True)
    owner_group = models.ForeignKey(
        GroupTemplate, verbose_name="哪个组来办", null=True, on_delete=models.CASCADE,
        related_name="publicity",
    )  # fmt: skip
    focus = models.CharField("重点内容", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "宣传安排"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="campaigns_publicity_one_code"
            ),
            models.CheckConstraint(
                condition=Q(cadence="") ^ Q(phase__isnull=True),
                name="campaigns_publicity_one_time",
            ),
            models.CheckConstraint(
                condition=Q(owner="") | Q(owner_group__isnull=True),
                name="campaigns_publicity_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner_label(self) -> str:
        """Who does it, in words; "" where the blueprint leaves it open."""
        if self.owner_group is not None:
            return self.owner_group.title
        return str(Role(self.owner).label) if self.owner else ""


class PublicityLine(models.Model):
    """A line of a body's publicity plan that is more than the blueprint's arrangement: changed,
    left out, the body's own, or with something posted for it. No row: as the blueprint says.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        Plan, verbose_name="方案", on_delete=models.CASCADE, related_name="publicity_lines"
    )
    item = models.ForeignKey(
        PublicityItem,
        verbose_name="蓝图里的安排",
        null=True,
        on_delete=models.PROTECT,
        related_name="lines",
    )
    period = models.CharField("哪一期", max_length=20, blank=True)  # first day; "": once in a phase
    title = models.CharField("名称", max_length=LONGEST_LINE)
    channel = models.CharField("渠道", max_length=12, choices=Channel)
    since = models.DateField("从哪天")
    until = models.DateField("到哪天（含）")
    who = models.CharField("谁来办", max_length=60, blank=True)
    focus = models.CharField("重点内容", max_length=200, blank=True)
    left_out = models.CharField("不办的理由", max_length=200, blank=True)
    changed = models.BooleanField("改过", default=False)
    revision = models.PositiveIntegerField("第几稿", default=1)

    class Meta:
        verbose_name = "宣传计划的一行"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "item", "period"],
                condition=Q(item__isnull=False),
                name="campaigns_publicityline_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="campaigns_publicityline_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostingQuerySet(models.QuerySet["Posting"]):
    """Questions about postings."""

    def standing(self) -> "PostingQuerySet":
        """Return the postings that hold: not struck out as entered wrongly."""
        return self.filter(struck_at=None)


class Posting(models.Model):
    """What was posted where and when, entered once; public from then on. A photo is never asked
    for; where there is one, it is an attachment of :attr:`ref`.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        Plan, verbose_name="方案", on_delete=models.CASCADE, related_name="postings"
    )
    line = models.ForeignKey(
        PublicityLine,
        verbose_name="算哪一行计划",
        null=True,
        on_delete=models.PROTECT,
        related_name="postings",
    )
    title = models.CharField("公开了什么", max_length=100)
    channel = models.CharField("渠道", max_length=12, choices=Channel)
    place = models.CharField("在哪里", max_length=60, blank=True)
    posted_on = models.DateField("哪天")
    about_kind = models.CharField(max_length=40, blank=True)
    about_uid = models.UUIDField(null=True)
    about_label = models.CharField("公开的是哪一份", max_length=200, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="登记的人", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    recorded_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("划去时间", null=True)
    struck_reason = models.CharField("为什么划去", max_length=200, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "公开登记"
        ordering = ["-posted_on", "-id"]
        indexes = [
            models.Index(fields=["plan", "-posted_on", "-id"], name="campaigns_posting_plan")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and the photo use."""
        return Ref("posting", self.uid, self.title)

    @property
    def about(self) -> Ref | None:
        """What was posted, where it is something of the house."""
        if self.about_uid is None:
            return None
        return Ref(self.about_kind, self.about_uid, self.about_label)
