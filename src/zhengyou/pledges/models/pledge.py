"""A pledge: what one person or one body promises in one campaign. Its items carry the states."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.campaigns.models import Campaign, Subject
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.models import Organisation, Person
from zhengyou.pledges.models.rule import ItemKind, PledgeRule

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.pledges.models.item import PledgeItem


class Pledge(models.Model):
    """The pledge of one subject. It stays with the body it was made in, whoever moves later.

    ``entered_by`` is the recorder who wrote it down for somebody else (代录); None: written by
    the one who pledges, or by a secretary for the own body. ``submitted_by`` sent it in last.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="pledges"
    )
    rule = models.ForeignKey(
        PledgeRule, verbose_name="承诺规定", on_delete=models.PROTECT, related_name="pledges"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="所在组织", on_delete=models.PROTECT, related_name="pledges"
    )
    person = models.ForeignKey(
        Person, verbose_name="承诺人", null=True, on_delete=models.PROTECT, related_name="pledges"
    )
    subject = models.CharField("谁承诺", max_length=12, choices=Subject)
    made_on = models.DateField("起草日期")
    entered_by = models.ForeignKey(
        Person, verbose_name="代录人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_by = models.ForeignKey(
        Person, verbose_name="送审人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    if TYPE_CHECKING:
        items: RelatedManager["PledgeItem"]

    class Meta:
        verbose_name = "承诺"
        ordering = ["-made_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=Q(subject=Subject.PERSON),
                name="pledges_pledge_one_per_person",
            ),
            models.UniqueConstraint(
                fields=["campaign", "organisation"],
                condition=Q(subject=Subject.ORGANISATION),
                name="pledges_pledge_one_per_body",
            ),
            models.CheckConstraint(
                condition=Q(subject=Subject.PERSON, person__isnull=False)
                | Q(subject=Subject.ORGANISATION, person__isnull=True),
                name="pledges_pledge_person_fits_subject",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "campaign"])]

    def __str__(self) -> str:
        return f"{self.name}的承诺"

    @property
    def name(self) -> str:
        """Who pledges, in full: never for the public wall, see ``pledges.names``."""
        return self.person.name if self.person else self.organisation.name

    @property
    def of_person(self) -> bool:
        """Whether a person pledges, not a body."""
        return self.subject == Subject.PERSON

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use; the label names nobody."""
        return Ref("pledge", self.uid)

    def missing(self, kinds: list[str]) -> list[str]:
        """Return in words what the rule asks for beyond items of ``kinds`` (one entry an item)."""
        short = [
            f"{ItemKind(kind).label}还差 {self.rule.least(kind) - kinds.count(kind)} 条"
            for kind in ItemKind
            if kinds.count(kind) < self.rule.least(kind)
        ]
        return short or ([] if kinds else ["一条也没写"])

    def ready_to_submit(self) -> Verdict:
        """Say whether what is drafted or returned may go, or in words all that is missing."""
        alive = [item for item in self.items.all() if item.alive]
        faults = self.missing([item.kind for item in alive])
        to_send = [item for item in alive if item.to_send]
        for item in to_send:
            faults += [f"第 {item.number} 条{fault}" for fault in item.faults()]
        if not faults and not to_send:
            return Verdict.no("没有要送审的条目。")
        return Verdict.of(not faults, "；".join(faults) + "。")


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    """Questions about exemptions."""

    def on(self, day: date) -> "ExemptionQuerySet":
        """Return those that hold on ``day``."""
        ended = Q(until__isnull=True) | Q(until__gt=day)
        return self.filter(ended, declared_on__lte=day)


class Exemption(models.Model):
    """Somebody old or infirm who chose not to pledge. Whoever pledges after all ends it: ``until``
    is the first day on which it no longer holds, so that past days stay true."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="pledge_exemptions"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="所在组织", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="pledge_exemptions"
    )
    declared_on = models.DateField("提出日期")
    until = models.DateField("到哪天为止（不含）", null=True)
    entered_by = models.ForeignKey(
        Person, verbose_name="代录人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = "不作承诺"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=Q(until__isnull=True),
                name="pledges_exemption_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("declared_on")),
                name="pledges_exemption_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "campaign"])]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("pledge_exemption", self.uid)
