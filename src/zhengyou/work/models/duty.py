"""Duties: somebody must do something, so often, of at least so much. As data."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.campaigns.models import Campaign, GroupTemplate, Phase
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Dated, Organisation, Person
from zhengyou.people.models.dated import one_open
from zhengyou.work.models.vocabulary import Cadence, Measure, Part, Whose

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Duty(models.Model):
    """One obligation of a campaign, from blueprint section ``[duty.CODE]``. What it asks for stands
    in its :class:`DutyTerms`, which may change while the campaign runs."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="duties"
    )
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("排序", default=0)

    if TYPE_CHECKING:
        terms: RelatedManager["DutyTerms"]

    class Meta:
        verbose_name = "任务"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="work_duty_one_code")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use."""
        return Ref("duty", self.uid, self.title)


class DutyTerms(Dated):
    """What a duty asks for, from ``since`` on: a period is judged by the terms that hold on its
    first day (of the campaign's first period: on the duty's first day). Half-open like all dated
    rows; a changed duty ends its row and begins another on the first day of a period.

    Who: ``kinds`` (values of ``people.Kind``), ``group`` (a template, of groups or their seats),
    ``standings``, ``roles``, or ``enrols`` (the kind of ``kernel.Ref`` that rooms above enrol).
    Layers of persons: ``min_age`` and ``max_age`` in full years (both included), ``retired``
    (None: both), ``without_roles`` (who holds one of these at the body is not asked).
    What counts: records of ``records`` (values of ``RecordKind``), of ``scopes`` where given, in
    which somebody took ``part`` (empty: any), made by the body or by bodies below it of the kinds
    ``below``.
    How much: ``times`` records a period; ``least`` in ``measure``, by each of them (``each``) or
    all together.
    When: ``cadence``; ``due_on`` for ONCE; ``phase`` limits it to that phase; ``term_time``: a
    period of which less than half lies in a school term is not asked; ``grace_days`` days after the
    period until it is overdue.
    """

    duty = models.ForeignKey(
        Duty, verbose_name="任务", on_delete=models.CASCADE, related_name="terms"
    )
    whose = models.CharField("谁的任务", max_length=10, choices=Whose)
    kinds = models.JSONField("哪些组织类别", default=list)
    group = models.ForeignKey(
        GroupTemplate, verbose_name="哪个工作组", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    standings = models.JSONField("哪些人员类别", default=list)
    roles = models.JSONField("哪些职务", default=list)
    enrols = models.SlugField("登记哪种对象", max_length=40, blank=True)
    min_age = models.PositiveSmallIntegerField("多少岁以上", null=True)
    max_age = models.PositiveSmallIntegerField("多少岁以下", null=True)
    retired = models.BooleanField("离退休的", null=True)
    without_roles = models.JSONField("担任这些职务的不算", default=list)
    records = models.JSONField("记哪种纪实", default=list)
    scopes = models.JSONField("哪种服务", default=list)
    part = models.CharField("本人做什么", max_length=10, choices=Part, blank=True)
    below = models.JSONField("下级哪些组织做的也算", default=list)
    times = models.PositiveSmallIntegerField("几次", default=1)
    measure = models.CharField("计量", max_length=12, choices=Measure, default=Measure.TIMES)
    least = models.DecimalField("至少多少", max_digits=9, decimal_places=1, default=0)
    each = models.BooleanField("每次都要这么多", default=False)
    cadence = models.CharField("多久一次", max_length=10, choices=Cadence)
    due = models.CharField("蓝图里的期限写法", max_length=40, blank=True)
    due_on = models.DateField("哪天到期", null=True)
    phase = models.ForeignKey(
        Phase, verbose_name="哪个阶段", null=True, on_delete=models.PROTECT, related_name="+"
    )
    term_time = models.BooleanField("只在学期里", default=False)
    grace_days = models.PositiveSmallIntegerField("过后几天内补上不算过期", default=0)
    exempt = models.CharField("什么情况可以免", max_length=200, blank=True)
    publish = models.BooleanField("要公开", default=False)
    hint = models.CharField("记什么，注意什么", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=100, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "任务的要求"
        ordering = ["since", "id"]
        constraints = [
            *Dated.Meta.constraints,
            one_open("duty", name="work_dutyterms_one_open"),
            models.CheckConstraint(
                condition=~Q(cadence=Cadence.ONCE) | Q(due_on__isnull=False),
                name="work_dutyterms_once_by_a_date",
            ),
        ]


def _one_subject(name: str) -> models.CheckConstraint:
    """Return the constraint that exactly one of person, organisation and enrolment is named."""
    person, body, enrolled = (
        Q(
            person__isnull=not held[0],
            organisation__isnull=not held[1],
            enrolment__isnull=not held[2],
        )
        for held in ((True, False, False), (False, True, False), (False, False, True))
    )
    return models.CheckConstraint(condition=person | body | enrolled, name=name)


class Enrolment(Dated):
    """Something that a room above, or a rota, gave a duty: a pair, a contact point, a service post.

    ``organisation`` answers for it; ``person`` does it, where it is one person's.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    duty = models.ForeignKey(
        Duty, verbose_name="任务", on_delete=models.CASCADE, related_name="enrolments"
    )
    about_kind = models.SlugField("哪种对象", max_length=40)
    about_uid = models.UUIDField("哪一个")
    label = models.CharField("名称", max_length=200)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name="责任人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Dated.Meta):
        verbose_name = "任务登记的对象"
        ordering = ["label", "id"]
        indexes = [
            models.Index(fields=["duty", "organisation"]),
            models.Index(fields=["about_kind", "about_uid"]),
        ]
        constraints = [
            *Dated.Meta.constraints,
            one_open("duty", "about_kind", "about_uid", name="work_enrolment_one_open"),
        ]

    @property
    def about(self) -> Ref:
        """What is enrolled."""
        return Ref(self.about_kind, self.about_uid, self.label)


class DutyExemption(Dated):
    """Somebody, or a body, is not asked for a time, and why. ``organisation`` None for persons."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    duty = models.ForeignKey(
        Duty, verbose_name="任务", on_delete=models.CASCADE, related_name="exemptions"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", null=True, on_delete=models.CASCADE, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", null=True, on_delete=models.CASCADE, related_name="+"
    )
    enrolment = models.ForeignKey(
        Enrolment, verbose_name="登记的对象", null=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(
        Person, verbose_name="谁定的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    decided_at = models.DateTimeField("定下时间")

    class Meta(Dated.Meta):
        verbose_name = "免做"
        indexes = [models.Index(fields=["duty", "since"])]
        constraints = [
            *Dated.Meta.constraints,
            _one_subject("work_dutyexemption_one_subject"),
            models.CheckConstraint(condition=~Q(reason=""), name="work_dutyexemption_says_why"),
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use; the label names nobody."""
        return Ref("duty_exemption", self.uid)


class OwnCadence(Dated):
    """How often a body does what the duty leaves to it (定期)."""

    duty = models.ForeignKey(
        Duty, verbose_name="任务", on_delete=models.CASCADE, related_name="own_cadences"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.CASCADE, related_name="+"
    )
    cadence = models.CharField("多久一次", max_length=10, choices=Cadence)

    class Meta(Dated.Meta):
        verbose_name = "自己定的周期"
        constraints = [
            *Dated.Meta.constraints,
            one_open("duty", "organisation", name="work_owncadence_one_open"),
            models.CheckConstraint(
                condition=Q(cadence__in=[c.value for c in Cadence if c.period]),
                name="work_owncadence_a_period",
            ),
        ]


class Credit(models.Model):
    """One record counts for one subject of one duty. Written by ``crediting.credit`` only, which
    may write all of them anew at any time; nobody reads more out of it than who, when, how much.

    ``on``: the day it counts for; ``done_on``: the day it was done; ``entered_on``: the day it was
    finished in the system (补录 where that is after the period). ``amount`` is in the measure of
    the duty. A body's credit is that of the body that has the duty, also where one below did it.
    """

    duty = models.ForeignKey(
        Duty, verbose_name="任务", on_delete=models.CASCADE, related_name="credits"
    )
    record = models.ForeignKey(
        "work.Record", verbose_name="纪实", on_delete=models.CASCADE, related_name="credits"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", null=True, on_delete=models.CASCADE, related_name="+",
        db_index=False,
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", null=True, on_delete=models.CASCADE, related_name="+",
        db_index=False,
    )  # fmt: skip
    enrolment = models.ForeignKey(
        Enrolment, verbose_name="登记的对象", null=True, on_delete=models.CASCADE,
        related_name="+", db_index=False,
    )  # fmt: skip
    on = models.DateField("算哪天")
    done_on = models.DateField("哪天做的")
    entered_on = models.DateField("哪天记的")
    amount = models.DecimalField("多少", max_digits=9, decimal_places=1, default=1)

    class Meta:
        verbose_name = "任务的一次"
        indexes = [
            models.Index(
                fields=["duty", "person", "on"], condition=Q(person__isnull=False),
                name="work_credit_person",
            ),
            models.Index(
                fields=["person", "duty", "on"], condition=Q(person__isnull=False),
                name="work_credit_of_person",
            ),
            models.Index(
                fields=["duty", "organisation", "on"], condition=Q(organisation__isnull=False),
                name="work_credit_body",
            ),
            models.Index(
                fields=["organisation", "duty", "on"], condition=Q(organisation__isnull=False),
                name="work_credit_of_body",
            ),
            models.Index(
                fields=["enrolment", "on"], condition=Q(enrolment__isnull=False),
                name="work_credit_enrolment",
            ),
        ]  # fmt: skip
        constraints = [
            _one_subject("work_credit_one_subject"),
            models.UniqueConstraint(
                fields=["record", "duty", "person"], condition=Q(person__isnull=False),
                name="work_credit_once_for_person",
            ),
            models.UniqueConstraint(
                fields=["record", "duty", "organisation"], condition=Q(organisation__isnull=False),
                name="work_credit_once_for_body",
            ),
            models.UniqueConstraint(
                fields=["record", "duty", "enrolment"], condition=Q(enrolment__isnull=False),
                name="work_credit_once_for_enrolment",
            ),
            models.CheckConstraint(
                condition=Q(on__lte=F("done_on")), name="work_credit_not_before_done"
            ),
        ]  # fmt: skip
