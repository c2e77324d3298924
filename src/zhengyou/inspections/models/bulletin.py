"""A bulletin (通报): compiled from findings, signed, published, read, followed up."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.climb.models import Decision
from zhengyou.inspections.bulletins.wording import drafted
from zhengyou.inspections.models.visit import Finding
from zhengyou.inspections.models.vocabulary import FindingKind
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class BulletinState(models.TextChoices):
    """Where a bulletin stands."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待签发"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "已签发"
    PUBLISHED = "published", "已印发"
    REPLACED = "replaced", "已更正"


WRITABLE = (BulletinState.DRAFT, BulletinState.RETURNED)
OUT = (BulletinState.PUBLISHED, BulletinState.REPLACED)


class Bulletin(models.Model):
    """One version of a bulletin of ``organisation`` to what is within ``scope``.

    ``public``: everybody may read it, too. What is out is never changed: a correction is another
    version, ``corrects`` the one before, with a reason that stands at its head.
    """

    TRANSITIONS = (
        Transition("submit", WRITABLE, BulletinState.SUBMITTED, "送签"),
        Transition("take_back", (BulletinState.SUBMITTED,), BulletinState.DRAFT, "收回来改"),
        Transition("send_back", (BulletinState.SUBMITTED,), BulletinState.RETURNED, "退回"),
        Transition("approve", (BulletinState.SUBMITTED,), BulletinState.APPROVED, "签发"),
        Transition("publish", (BulletinState.APPROVED,), BulletinState.PUBLISHED, "印发"),
        Transition("replace", (BulletinState.PUBLISHED,), BulletinState.REPLACED, "更正"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="谁发的", on_delete=models.PROTECT, related_name="bulletins"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", null=True, on_delete=models.PROTECT, related_name="+"
    )
    scope = models.ForeignKey(
        Organisation, verbose_name="发给", on_delete=models.PROTECT, related_name="+"
    )
    public = models.BooleanField("向群众公开", default=False)
    number = models.CharField("文号", max_length=60)
    title = models.CharField("标题", max_length=60)
    opening = models.TextField("开头", max_length=1000, blank=True)
    closing = models.TextField("要求", max_length=1000, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=BulletinState, default=BulletinState.DRAFT
    )
    version = models.PositiveSmallIntegerField("第几版", default=1)
    corrects = models.OneToOneField(
        "self", verbose_name="更正哪一版", null=True, on_delete=models.PROTECT,
        related_name="correction",
    )  # fmt: skip
    why = models.CharField("为什么更正", max_length=300, blank=True)
    drafted_by = models.ForeignKey(
        Person, verbose_name="谁起草的", on_delete=models.PROTECT, related_name="+"
    )
    drafted_hat = models.CharField("以什么身份起草", max_length=150)
    drafted_at = models.DateTimeField("起草时间")
    submitted_by = models.ForeignKey(
        Person, verbose_name="谁送签的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("送签时间", null=True)
    published_on = models.DateField("印发日期", null=True)
    replaced_on = models.DateField("更正日期", null=True)

    if TYPE_CHECKING:
        articles: RelatedManager["BulletinArticle"]
        decisions: RelatedManager["BulletinDecision"]
        readings: RelatedManager["BulletinReading"]
        correction: "Bulletin"

    class Meta:
        verbose_name = "通报"
        ordering = ["-drafted_at", "-id"]
        indexes = [models.Index(fields=["organisation", "state"], name="inspections_bulletin_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number", "version"], name="inspections_bulletin_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in OUT])
                | Q(published_on__isnull=False),
                name="inspections_bulletin_out_on",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("bulletin", self.uid, self.title)

    @property
    def is_out(self) -> bool:
        """Whether it was published."""
        return self.state in OUT


class BulletinArticle(models.Model):
    """One article, about one finding at one body.

    ``text`` empty: it follows the finding. Else it is what somebody wrote over ``was``, the draft
    of that time; what the draft says now is merged into it without losing a word of it.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    bulletin = models.ForeignKey(
        Bulletin, verbose_name="通报", on_delete=models.CASCADE, related_name="articles"
    )
    finding = models.ForeignKey(
        Finding, verbose_name="督查发现", on_delete=models.PROTECT, related_name="articles"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="说的是哪个单位", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("表扬还是批评", max_length=10, choices=FindingKind)
    text = models.TextField("正文", max_length=1000, blank=True)
    was = models.TextField("改的时候照督查起草的是", blank=True)
    deadline = models.DateField("整改期限", null=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    by = models.ForeignKey(
        Person, verbose_name="谁改的", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "通报的一条"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "finding"], name="inspections_bulletinarticle_once"
            )
        ]

    @property
    def draft(self) -> str:
        """What the finding alone would say."""
        return drafted(self.organisation.name, self.finding.text, self.kind, self.deadline)

    @property
    def words(self) -> str:
        """The text that holds."""
        return self.text or self.draft

    @property
    def overtaken(self) -> bool:
        """Whether the draft says something else than when somebody wrote over it."""
        return bool(self.text) and self.was != self.draft


class BulletinDecision(Decision):
    """Whoever signs for the body says yes, or sends it back with a reason."""

    bulletin = models.ForeignKey(
        Bulletin, verbose_name="通报", on_delete=models.CASCADE, related_name="decisions"
    )

    class Meta(Decision.Meta):
        verbose_name = "通报的签发意见"


class BulletinReading(models.Model):
    """A body has read it: who signed first there signed for the body."""

    bulletin = models.ForeignKey(
        Bulletin, verbose_name="通报", on_delete=models.CASCADE, related_name="readings"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="哪个组织", on_delete=models.PROTECT, related_name="+"
    )
    read_on = models.DateField("签收日期")
    by = models.ForeignKey(
        Person, verbose_name="谁签收的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)

    class Meta:
        verbose_name = "通报的签收"
        ordering = ["read_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "organisation"], name="inspections_bulletinreading_once"
            )
        ]


def out_on(day: date) -> Q:
    """Return which versions were the ones that held on ``day``."""
    later = Q(replaced_on=None) | Q(replaced_on__gt=day)
    return later & Q(published_on__lte=day)
