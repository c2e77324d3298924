"""A problem: what is wrong, whose it is to mend, until when, and how far that is."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Programme
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person
from zhengyou.problems.models.catalogue import CatalogueItem

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.problems.models.extension import Extension
    from zhengyou.problems.models.step import Explanation, Measure, Reopening, Step, Verification


class Privacy(models.TextChoices):
    """For whom a problem exists; the finder says it, later it may be widened, never narrowed."""

    HANDLERS = "handlers", "只给办的人看"
    BODY = "body", "本组织"
    PUBLIC = "public", "公开"


class ProblemState(models.TextChoices):
    """A problem is claimed, mended, verified by somebody else and struck off; or explained."""

    OPEN = "open", "待认领"
    AGREED = "agreed", "已定措施"
    UNDER_WAY = "under_way", "整改中"
    SUBMITTED = "submitted", "待验收"
    RETURNED = "returned", "退回整改"
    VERIFIED = "verified", "已验收"
    CLOSED = "closed", "已销号"
    EXPLAINED = "explained", "已说明"
    CARRIED = "carried", "转入新活动"


LIVE = (
    ProblemState.OPEN, ProblemState.AGREED, ProblemState.UNDER_WAY, ProblemState.RETURNED,
)  # fmt: skip
"""States in which something is still to be done by whoever mends it: these can be overdue."""
SETTLED = (ProblemState.CLOSED, ProblemState.EXPLAINED, ProblemState.CARRIED)
"""States in which nobody has to do anything any more."""
UNCLAIMED = (ProblemState.OPEN, ProblemState.EXPLAINED, ProblemState.CARRIED)
"""States in which there may be no owner and no deadline yet."""
MENDING = (ProblemState.AGREED, ProblemState.UNDER_WAY, ProblemState.RETURNED)


class Problem(models.Model):
    """One row of the rectification ledger.

    Where it was found is ``source``, a reference that everybody resolves by the rule of its own
    room. ``subject``: it is a person's own shortcoming, and exists for that person, who found it
    and the leaders of the body only, whatever ``privacy`` says. ``found_for``: the body in whose
    name it was found; where that is above ``organisation``, it is verified from above, too.
    ``claim_by``: the last day on which it is in time to say who mends it until when; from then on
    ``deadline`` counts.
    """

    TRANSITIONS = (
        Transition("agree", (ProblemState.OPEN,), ProblemState.AGREED, "定措施"),
        Transition(
            "start",
            (ProblemState.AGREED, ProblemState.RETURNED),
            ProblemState.UNDER_WAY,
            "开始整改",
        ),
        Transition("submit", MENDING, ProblemState.SUBMITTED, "送去验收"),
        Transition("take_back", (ProblemState.SUBMITTED,), ProblemState.UNDER_WAY, "收回"),
        Transition("verify", (ProblemState.SUBMITTED,), ProblemState.VERIFIED, "验收通过"),
        Transition("send_back", (ProblemState.SUBMITTED,), ProblemState.RETURNED, "退回整改"),
        Transition("close", (ProblemState.VERIFIED,), ProblemState.CLOSED, "销号"),
        Transition("explain", LIVE, ProblemState.EXPLAINED, "作说明"),
        Transition(
            "take_over", (*LIVE, ProblemState.SUBMITTED), ProblemState.CARRIED, "转入新活动"
        ),
        Transition(
            "reopen",
            (ProblemState.VERIFIED, ProblemState.CLOSED, ProblemState.EXPLAINED),
            ProblemState.OPEN,
            "重新打开",
        ),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="责任组织", on_delete=models.PROTECT, related_name="problems"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", null=True, on_delete=models.PROTECT, related_name="problems"
    )
    programme = models.ForeignKey(
        Programme, verbose_name="结合的专项工作", null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    catalogue = models.ForeignKey(
        CatalogueItem, verbose_name="哪一个突出问题", null=True, on_delete=models.SET_NULL,
        related_name="problems",
    )  # fmt: skip
    title = models.CharField("什么问题", max_length=60)
    text = models.TextField("具体表现", blank=True)
    found_on = models.DateField("哪天发现的")
    source_kind = models.CharField("从哪里来", max_length=40)
    source_uid = models.UUIDField("来源编号")
    source_label = models.CharField("来源当时叫什么", max_length=200, blank=True)
    privacy = models.CharField("给谁看", max_length=10, choices=Privacy, default=Privacy.BODY)
    subject = models.ForeignKey(
        Person, verbose_name="谁自己的不足", null=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        Person, verbose_name="责任人", null=True, on_delete=models.PROTECT,
        related_name="problems_owned",
    )  # fmt: skip
    claim_by = models.DateField("最晚哪天定措施")
    deadline = models.DateField("整改期限", null=True)
    state = models.CharField("状态", max_length=10, choices=ProblemState, default=ProblemState.OPEN)
    raised_by = models.ForeignKey(
        Person, verbose_name="谁提的", on_delete=models.PROTECT, related_name="+"
    )
    raised_hat = models.CharField("以什么身份提的", max_length=150)
    raised_at = models.DateTimeField("提出时间")
    found_for = models.ForeignKey(
        Organisation, verbose_name="以哪个组织的名义", on_delete=models.PROTECT, related_name="+"
    )
    submitted_by = models.ForeignKey(
        Person, verbose_name="谁送验收的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    form_key = models.UUIDField("表单编号", null=True, unique=True, editable=False)

    if TYPE_CHECKING:
        measures: RelatedManager[Measure]
        steps: RelatedManager[Step]
        verifications: RelatedManager[Verification]
        extensions: RelatedManager[Extension]
        reopenings: RelatedManager[Reopening]
        explanations: RelatedManager[Explanation]

    class Meta:
        verbose_name = "问题"
        ordering = ["-found_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="problems_of_body"),
            models.Index(fields=["owner", "state"], name="problems_of_owner"),
            models.Index(fields=["source_kind", "source_uid"], name="problems_of_source"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="problems_problem_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in UNCLAIMED])
                | Q(owner__isnull=False, deadline__isnull=False),
                name="problems_problem_agreed_with_owner",
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=True) | Q(privacy=Privacy.HANDLERS.value),
                name="problems_problem_of_person_private",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that files, facts and links use; the label may name a person."""
        return Ref("problem", self.uid, self.title)

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("problems:problem", args=[self.uid])

    @property
    def source(self) -> Ref:
        """Where it was found. It resolves by its own rule: never show its label without asking."""
        return Ref(self.source_kind, self.source_uid, self.source_label)

    @property
    def live(self) -> bool:
        """Whether it is still to be mended."""
        return self.state in LIVE

    @property
    def due_on(self) -> date:
        """The last day on which what comes next is in time."""
        if self.state == ProblemState.OPEN:
            return min(self.claim_by, self.deadline or self.claim_by)
        return self.deadline or self.claim_by


def is_overdue(state: str, due_on: date, day: date) -> bool:
    """Tell whether a problem in ``state``, due by ``due_on``, is overdue on ``day``."""
    return state in LIVE and due_on < day


def overdue(day: date) -> Q:
    """Return the condition that a problem is overdue on ``day`` as it stands now."""
    unclaimed = Q(state=ProblemState.OPEN, claim_by__lt=day)
    return unclaimed | Q(state__in=LIVE, deadline__lt=day)
