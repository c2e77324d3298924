"""The campaign. It keeps the blueprint file it began with."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.kernel import clock, paths, states
from zhengyou.kernel.periods import Term
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation, Placement, Post

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.campaigns.models.consultation import Consultation
    from zhengyou.campaigns.models.cycle import Cycle
    from zhengyou.campaigns.models.directive import Citation
    from zhengyou.campaigns.models.group import GroupTemplate
    from zhengyou.campaigns.models.lesson import Lesson
    from zhengyou.campaigns.models.manuscript import CampaignChange
    from zhengyou.campaigns.models.phase import Phase
    from zhengyou.campaigns.models.plan import Plan
    from zhengyou.campaigns.models.programme import Programme
    from zhengyou.campaigns.models.publicity import PublicityItem
    from zhengyou.campaigns.models.standard import Standard


class CampaignState(models.TextChoices):
    """A campaign is prepared, runs, and ends. Its phases follow from the clock."""

    DRAFT = "draft", "筹备中"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


class NameStyle(models.TextChoices):
    """How the public site writes the names of persons."""

    FULL = "full", "全名"
    SURNAME = "surname", "只写姓"
    HIDDEN = "hidden", "隐去名字"


class Act(models.TextChoices):
    """What a phase may open. Labels are the words of the blueprint."""

    SUBMIT_PLAN = "submit_plan", "提交方案"
    MAKE_PLEDGE = "make_pledge", "作出承诺"
    REPORT_PROGRESS = "report_progress", "公布进展"
    CONFIRM = "confirm", "确认兑现"


class Campaign(models.Model):
    """One run of a campaign in the subtree of ``organisation``."""

    TRANSITIONS = (
        Transition("open", (CampaignState.DRAFT,), CampaignState.OPEN, "启动活动"),
        Transition("close", (CampaignState.OPEN,), CampaignState.CLOSED, "结束活动"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织单位", on_delete=models.PROTECT, related_name="campaigns"
    )
    title = models.CharField("名称", max_length=100)
    theme = models.CharField("主题", max_length=100)
    aims = models.JSONField("目标", default=list)
    carriers = models.JSONField("载体", default=list)
    covers = models.JSONField("覆盖的组织类别", default=list)  # values of people.Kind
    wall_names = models.CharField("承诺墙上的名字", max_length=10, choices=NameStyle)
    notice_names = models.CharField("公示里的名字", max_length=10, choices=NameStyle)
    terms = models.JSONField("学期", default=list)  # [{"title", "from": "MM-DD", "to": "MM-DD"}]
    plan_texts = models.JSONField("方案范本", default=dict)  # {section code: text}
    basis = models.JSONField("依据", default=list)  # as the blueprint names it; see also Citation
    answer_days = models.PositiveSmallIntegerField("意见几个工作日内答复", default=0)
    consult_days = models.PositiveSmallIntegerField("方案要征求意见几个工作日", default=0)
    previous = models.ForeignKey(
        "self", verbose_name="上一轮", null=True, on_delete=models.PROTECT, related_name="next_runs"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期（含）")
    state = models.CharField(
        "状态", max_length=10, choices=CampaignState, default=CampaignState.DRAFT
    )
    created_at = models.DateTimeField("建立时间")
    opened_at = models.DateTimeField("启动时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    blueprint = models.TextField("启用时的蓝图")
    blueprint_digest = models.CharField("蓝图校验码", max_length=64)
    blueprint_version = models.CharField("蓝图版本", max_length=40, blank=True)

    if TYPE_CHECKING:
        phases: RelatedManager["Phase"]
        groups: RelatedManager["GroupTemplate"]
        programmes: RelatedManager["Programme"]
        standards: RelatedManager["Standard"]
        plans: RelatedManager["Plan"]
        cycles: RelatedManager["Cycle"]
        lessons: RelatedManager["Lesson"]
        citations: RelatedManager["Citation"]
        consultations: RelatedManager["Consultation"]
        next_runs: RelatedManager["Campaign"]
        publicity: RelatedManager["PublicityItem"]
        changes: RelatedManager["CampaignChange"]

    class Meta:
        verbose_name = "活动"
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaigns_campaign_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use."""
        return Ref("campaign", self.uid, self.title)

    @property
    def term_rows(self) -> list[Term]:
        """The school terms as :mod:`zhengyou.kernel.periods` takes them; empty: none."""
        return [(term["title"], term["from"], term["to"]) for term in self.terms]

    @property
    def covered_kinds(self) -> list[Kind]:
        """The kinds of bodies that take part, in the order of the blueprint."""
        return [Kind(kind) for kind in self.covers]

    def keep_blueprint(self, text: str, version: str) -> None:
        """Keep the file the campaign begins with. Does not save."""
        self.blueprint = text
        self.blueprint_digest = sha256(text.encode()).hexdigest()
        self.blueprint_version = version

    # Questions.

    def covers_body(self, body: Organisation) -> bool:
        """Tell whether ``body`` takes part: of a covered kind, in the subtree. Coverage is a
        question, never copied rows."""
        return body.kind in self.covers and paths.is_within(body.path, self.organisation.path)

    def covered_bodies(self) -> Q:
        """Return which organisations take part today."""
        return paths.within("path", self.organisation.path) & Q(
            kind__in=self.covers, closed_on__isnull=True
        )

    def active_phases(self, day: date | None = None) -> list["Phase"]:
        """Return the phases of ``day`` (default today), in order; phases may overlap."""
        day = day or clock.today()
        return [phase for phase in self.phases.all() if phase.holds(day)]

    def allows(self, act: Act, day: date | None = None) -> Verdict:
        """Say whether the campaign runs and a phase of ``day`` (default today) opens ``act``.

        The reason of a no says what runs now and when it will be possible.
        """
        act, day = Act(act), day or clock.today()
        if self.state != CampaignState.OPEN:
            return Verdict.no(f"“{self.title}”{CampaignState(self.state).label}，不能{act.label}。")
        opening = [phase for phase in self.phases.all() if act in phase.opens]
        if any(phase.holds(day) for phase in opening):
            return Verdict.yes()
        now = _named(self.active_phases(day)) or "两个阶段之间，或者活动日期之外"
        later = [phase for phase in opening if phase.starts_on > day]
        if later:
            first = min(later, key=lambda phase: phase.starts_on)
            return Verdict.no(
                f"现在是{now}，{_day(first.starts_on)}进入“{first}”后才能{act.label}。"
            )
        if opening:
            last = max(opening, key=lambda phase: phase.ends_on)
            return Verdict.no(
                f"现在是{now}，{act.label}到{_day(last.ends_on)}已经截止。确实要办，请活动办把“{last}”延期。"
            )
        return Verdict.no(f"“{self.title}”没有哪个阶段可以{act.label}。")

    # Verbs. The rules know the models, so the verbs fetch the rules when they run.

    def open(self, actor: Actor) -> None:
        """Start the campaign: one row changes, however many bodies it covers.

        Raises:
            Refused: not the actor's campaign.
            Stale: it is open or closed already.
        """
        from zhengyou.campaigns import rules
        from zhengyou.campaigns.blueprint.sections import sections

        with book.writing() as facts:
            rules.may_open_campaign(actor, self).require()
            states.move(self, "open", opened_at=clock.now())
            for section in sections():
                section.opened(self, actor)
            facts.record(
                "campaign.open",
                by=actor,
                about=self.ref,
                data={"blueprint": self.blueprint_digest, "starts_on": self.starts_on},
            )

    def close(self, actor: Actor) -> None:
        """End the campaign, and with it its leading groups; everything stays to be read.

        Raises:
            Refused: not the actor's campaign.
            Stale: it is not open.
        """
        from zhengyou.campaigns import rules

        with book.writing() as facts:
            rules.may_close_campaign(actor, self).require()
            states.move(self, "close", closed_at=clock.now())
            groups = self._end_groups(clock.today())
            facts.record("campaign.close", by=actor, about=self.ref, data={"groups": groups})

    def _end_groups(self, on: date) -> int:
        """End groups and seats of all plans at once: a fixed number of statements."""
        groups = Organisation.objects.filter(
            plan_group__plan__campaign=self, closed_on__isnull=True
        )
        Post.objects.filter(organisation__in=groups).end(on)
        Placement.objects.filter(organisation__in=groups).end(on)
        return groups.update(closed_on=on)


def _named(phases: Iterable["Phase"]) -> str:
    return "、".join(f"“{phase}”" for phase in phases)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
