"""A body's plan: the campaign adopted and localised, checked in words, decided above, published."""

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.campaigns.models.group import GroupTemplate
from zhengyou.climb.models import Answer, ClimbState, Decision
from zhengyou.kernel import clock, states
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Stale, Transition
from zhengyou.ledger import book, chain
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.campaigns.models.consultation import Consultation
    from zhengyou.campaigns.models.directive import Citation
    from zhengyou.campaigns.models.publicity import Posting, PublicityLine
    from zhengyou.campaigns.models.task_report import TaskDue, TaskReport


class SectionCode(models.TextChoices):
    """Sections of a plan, in their order."""

    GUIDING = "guiding", "指导思想"
    THEME = "theme", "活动主题"
    AIMS = "aims", "目标要求"
    CARRIERS = "carriers", "活动载体"
    CONDITIONS = "conditions", "争创条件"
    PLEDGES = "pledges", "承诺内容"
    STEPS = "steps", "方法步骤"
    SAFEGUARDS = "safeguards", "保障措施"


CLEAR = (
    SectionCode.THEME,
    SectionCode.CARRIERS,
    SectionCode.CONDITIONS,
    SectionCode.PLEDGES,
)
"""四个明确: what a plan must make clear before it may be submitted."""


class Plan(models.Model):
    """The plan of one body in one campaign. No row means: not yet adopted."""

    TRANSITIONS = (
        Transition(
            "submit", (ClimbState.DRAFT, ClimbState.RETURNED), ClimbState.SUBMITTED, "送审方案"
        ),
        Transition("take_back", (ClimbState.SUBMITTED,), ClimbState.DRAFT, "收回来改"),
        Transition("send_back", (ClimbState.SUBMITTED,), ClimbState.RETURNED, "退回方案"),
        Transition("approve", (ClimbState.SUBMITTED,), ClimbState.APPROVED, "同意方案"),
        Transition("publish", (ClimbState.APPROVED,), ClimbState.PUBLISHED, "公开方案"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="plans"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="plans"
    )
    title = models.CharField("标题", max_length=220)
    state = models.CharField("状态", max_length=10, choices=ClimbState, default=ClimbState.DRAFT)
    revision = models.PositiveIntegerField("第几稿", default=1)  # grows with every change of text
    adopted_on = models.DateField("采用日期")
    submitted_at = models.DateTimeField("送审时间", null=True)
    submitted_by = models.ForeignKey(
        Person, verbose_name="送审人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("同意时间", null=True)
    published_at = models.DateTimeField("公开时间", null=True)

    if TYPE_CHECKING:
        sections: RelatedManager["PlanSection"]
        groups: RelatedManager["PlanGroup"]
        decisions: RelatedManager["PlanDecision"]
        citations: RelatedManager["Citation"]
        consultations: RelatedManager["Consultation"]
        task_reports: RelatedManager["TaskReport"]
        task_dues: RelatedManager["TaskDue"]
        publicity_lines: RelatedManager["PublicityLine"]
        postings: RelatedManager["Posting"]

    class Meta:
        verbose_name = "方案"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"], name="campaigns_plan_one_per_body"
            )
        ]
        indexes = [models.Index(fields=["campaign", "state"], name="campaigns_plan_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use."""
        return Ref("plan", self.uid, self.title)

    @property
    def texts(self) -> dict[str, str]:
        """The text of each section, in order."""
        return {section.code: section.text for section in self.sections.all()}

    @property
    def given(self) -> dict[str, str]:
        """The model text that each section began with."""
        return {section.code: section.given for section in self.sections.all()}

    @property
    def leading_group(self) -> Organisation | None:
        """The group on top, once it is set up."""
        for group in self.groups.all():
            if group.template.under_id is None:
                return group.organisation
        return None

    # Verbs. The rules know the models, so the verbs fetch the rules when they run.

    def submit(self, actor: Actor) -> None:
        """Send the plan to the body above.

        Raises:
            Refused: not the secretary of the body, no phase for it, or 四个明确 is not met.
            Stale: it was submitted or decided meanwhile.
        """
        from zhengyou.campaigns import rules

        with book.writing() as facts:
            # Held before the rule looks for opinions: nobody puts the draft out meanwhile.
            Plan.objects.select_for_update(no_key=True).get(pk=self.pk)
            rules.may_submit_plan(actor, self).require()
            states.move(self, "submit", submitted_at=clock.now(), submitted_by=actor.person)
            facts.record("plan.submit", by=actor, about=self.ref, data=self._exact())

    def take_back(self, actor: Actor) -> None:
        """Take the submitted plan back to go on writing.

        Raises:
            Refused: not the secretary of the body, or not submitted.
            Stale: it was decided meanwhile.
        """
        from zhengyou.campaigns import rules

        with book.writing() as facts:
            rules.may_take_back_plan(actor, self).require()
            states.move(self, "take_back")
            facts.record("plan.take_back", by=actor, about=self.ref, data=self._exact())

    def send_back(
        self, actor: Actor, sections: Mapping[str, str], *, reason: str = "", revision: int
    ) -> "PlanDecision":
        """Return the plan with what to mend.

        Args:
            sections: section code → what to mend there; at least one.
            reason: what else there is to say.
            revision: the draft that was read.

        Raises:
            Refused: not from above, one's own plan, or no section says what to mend.
            Stale: decided meanwhile, or the text is another one than was read.
        """
        from zhengyou.campaigns import rules

        given = {code: text.strip() for code, text in sections.items() if text.strip()}
        with book.writing() as facts:
            self._lock(revision)
            rules.may_review_plan(actor, self).require()
            rules.says_what_to_mend(given).require()
            states.move(self, "send_back")
            row = self._decide(actor, Answer.RETURN, reason, given)
            facts.record(
                "plan.send_back",
                by=actor,
                about=self.ref,
                data={"decision": row.uid, "sections": sorted(given), **self._exact()},
            )
        return row

    def approve(self, actor: Actor, *, reason: str = "", revision: int) -> "PlanDecision":
        """Agree to the plan as it was read; the body may then publish it.

        Args:
            reason: a word to go with it, may be empty.
            revision: the draft that was read.

        Raises:
            Refused: not from above, or one's own plan.
            Stale: decided meanwhile, or the text is another one than was read.
        """
        from zhengyou.campaigns import rules

        with book.writing() as facts:
            self._lock(revision)
            rules.may_review_plan(actor, self).require()
            states.move(self, "approve", approved_at=clock.now())
            row = self._decide(actor, Answer.APPROVE, reason, {})
            facts.record(
                "plan.approve",
                by=actor,
                about=self.ref,
                data={"decision": row.uid, **self._exact()},
            )
        return row

    def publish(self, actor: Actor) -> None:
        """Make the approved plan public.

        Raises:
            Refused: not for the body, or not approved.
            Stale: it is public already.
        """
        from zhengyou.campaigns import rules, searching

        with book.writing() as facts:
            rules.may_publish_plan(actor, self).require()
            states.move(self, "publish", published_at=clock.now())
            searching.follow(self)
            facts.record("plan.publish", by=actor, about=self.ref, data=self._exact())

    def _lock(self, revision: int) -> None:
        """Hold the row for the rest of the transaction and refuse to go on with an old reading."""
        stored = Plan.objects.select_for_update().values("state", "revision").get(pk=self.pk)
        if stored["state"] != self.state or stored["revision"] != revision:
            raise Stale("这份方案刚才有了变动，您看的不是最新的一稿。请重新打开看过再定。")

    def _decide(
        self, actor: Actor, answer: Answer, reason: str, sections: Mapping[str, str]
    ) -> "PlanDecision":
        return PlanDecision.objects.create(
            plan=self,
            answer=answer,
            reason=reason.strip(),
            section_reasons=dict(sections),
            sections_seen=self.texts,
            **PlanDecision.signed(actor),
        )

    def _exact(self) -> dict[str, object]:
        """Return what ties a fact to the very words: the draft's number and their digest."""
        words = chain.canonical(self.texts).encode()
        return {"revision": self.revision, "text": sha256(words).hexdigest()}


class PlanSection(models.Model):
    """The text of one section."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField("栏目", max_length=12, choices=SectionCode)
    text = models.TextField("内容", blank=True)
    given = models.TextField("范本", blank=True)  # what it began with
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "方案的一节"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="campaigns_plansection_one_code")
        ]

    @property
    def title(self) -> str:
        """Its heading."""
        return str(SectionCode(self.code).label)


class PlanGroup(models.Model):
    """A group that a body set up for its plan, after the blueprint's template."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="groups")
    template = models.ForeignKey(GroupTemplate, on_delete=models.PROTECT, related_name="+")
    organisation = models.OneToOneField(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="plan_group"
    )

    class Meta:
        verbose_name = "方案的工作组"
        ordering = ["template__order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "template"], name="campaigns_plangroup_once")
        ]


class PlanDecision(Decision):
    """An answer to a submitted plan; ``section_reasons`` says per section what to mend."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    section_reasons = models.JSONField("各节意见", default=dict)  # {section code: reason}
    sections_seen = models.JSONField("当时的文字", default=dict)  # {section code: text}

    class Meta(Decision.Meta):
        verbose_name = "方案审核意见"
