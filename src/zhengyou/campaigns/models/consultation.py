"""A draft put out for opinions (征求意见), and what became of each opinion."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.campaigns.models.plan import Plan, SectionCode
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

PUT_OUT = (SectionCode.THEME, SectionCode.CARRIERS, SectionCode.AIMS)
"""What is put out of a draft: theme, carriers, aims."""


class Outcome(models.TextChoices):
    """What became of an opinion."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    DECLINED = "declined", "没采纳"
    NOTED = "noted", "已阅"


class Consultation(models.Model):
    """The draft of a plan, or of a campaign before it starts, put out for some working days.

    Whether it runs is the clock's to say. ``plan`` None: it is about the campaign itself, and the
    bodies below give their opinions signed.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="consultations")
    plan = models.ForeignKey(
        Plan, null=True, on_delete=models.CASCADE, related_name="consultations"
    )
    opened_on = models.DateField("哪天开始")
    ends_on = models.DateField("到哪天（含）")
    days = models.PositiveSmallIntegerField("几个工作日")
    shown = models.JSONField("开始时的文字", default=dict)  # {section code: text}
    opened_by = models.ForeignKey(
        Person, verbose_name="谁发起", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    stopped_on = models.DateField("哪天提前结束", null=True)
    stopped_why = models.CharField("为什么提前结束", max_length=200, blank=True)

    if TYPE_CHECKING:
        opinions: RelatedManager["SignedOpinion"]
        answers: RelatedManager["OpinionAnswer"]

    class Meta:
        verbose_name = "征求意见"
        ordering = ["opened_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("opened_on")), name="campaigns_consultation_has_days"
            )
        ]

    @property
    def about(self) -> Ref:
        """What is being asked about; the public's remarks and the facts belong to it."""
        return self.plan.ref if self.plan else self.campaign.ref

    @property
    def keeper(self) -> Organisation:
        """The body that asks and answers."""
        return self.plan.organisation if self.plan else self.campaign.organisation

    @property
    def texts(self) -> dict[str, str]:
        """The text of each section that is put out, as it is now."""
        if self.plan:
            texts = self.plan.texts
            return {code.value: texts.get(code, "") for code in PUT_OUT}
        return texts_of(self.campaign)

    @property
    def last(self) -> date:
        """The last day on which opinions were, or will be, taken."""
        return min(self.ends_on, self.stopped_on) if self.stopped_on else self.ends_on

    @property
    def whole(self) -> bool:
        """Whether it ran, or runs, its full time."""
        return self.stopped_on is None

    def runs(self, day: date | None = None) -> bool:
        """Tell whether opinions are taken on ``day`` (default today)."""
        day = day or clock.today()
        return self.opened_on <= day <= self.ends_on and self.stopped_on is None


def texts_of(campaign: Campaign) -> dict[str, str]:
    """Return what a campaign puts out of itself: section code → text."""
    return {
        SectionCode.THEME.value: campaign.theme,
        SectionCode.CARRIERS.value: "\n".join(campaign.carriers),
        SectionCode.AIMS.value: "\n".join(campaign.aims),
    }


class SignedOpinion(models.Model):
    """What a body says about the draft of a campaign, signed by its secretary or deputy."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="opinions"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="哪个组织", on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("意见")
    given_by = models.ForeignKey(
        Person, verbose_name="谁提的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    given_at = models.DateTimeField("哪天提的")

    class Meta:
        verbose_name = "下级的意见"
        ordering = ["given_at", "id"]


class OpinionAnswer(models.Model):
    """What became of one opinion, a remark of the public or a signed one, and why."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="answers")
    remark_uid = models.UUIDField("群众的哪条意见", null=True)
    opinion = models.OneToOneField(
        SignedOpinion, null=True, on_delete=models.CASCADE, related_name="answer"
    )
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    reason = models.CharField("为什么", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        Person, verbose_name="谁答复", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    answered_at = models.DateTimeField("哪天答复")

    class Meta:
        verbose_name = "意见的答复"
        ordering = ["answered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(remark_uid__isnull=True) ^ Q(opinion__isnull=True),
                name="campaigns_opinionanswer_to_one",
            ),
            models.UniqueConstraint(
                fields=["consultation", "remark_uid"], name="campaigns_opinionanswer_once"
            ),
        ]
