"""A draw that anybody can repeat: the list is frozen, then the seed becomes known."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.inspections.models.inspection import Inspection
from zhengyou.inspections.models.vocabulary import Method, SeedSource
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.inspections.models.visit import Visit


class Draw(models.Model):
    """The one draw of an inspection.

    ``text`` is all that the draw depends on but the seed: list, strata, quotas, method, source and
    shape of the seed. Its ``digest`` is public, and a fact of the ledger, before there is a seed.
    Whoever has the text and the seed gets the same result; rows beside it are copies for pages.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    inspection = models.OneToOneField(
        Inspection, verbose_name="督查", on_delete=models.CASCADE, related_name="draw"
    )
    method = models.CharField("抽法", max_length=10, choices=Method)
    source = models.CharField("种子从哪里来", max_length=10, choices=SeedSource)
    source_words = models.CharField("种子来源的说明", max_length=200)
    seed_on = models.DateField("哪天产生种子")
    seed_count = models.PositiveSmallIntegerField("几个数", default=0)  # 0: as many as it takes
    seed_least = models.PositiveSmallIntegerField("最小的数")
    seed_most = models.PositiveSmallIntegerField("最大的数")
    reserve = models.PositiveSmallIntegerField("每层备选几个")
    text = models.TextField("封存的名单")
    digest = models.CharField("校验码", max_length=64)
    frozen_at = models.DateTimeField("封存时间")
    frozen_by = models.ForeignKey(
        Person, verbose_name="谁封存的", on_delete=models.PROTECT, related_name="+"
    )
    frozen_hat = models.CharField("以什么身份封存", max_length=150)
    seed = models.JSONField("种子", null=True)
    witnesses = models.CharField("在场见证", max_length=200, blank=True)
    drawn_at = models.DateTimeField("抽签时间", null=True)
    drawn_by = models.ForeignKey(
        Person, verbose_name="谁录入的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_hat = models.CharField("以什么身份录入", max_length=150, blank=True)

    if TYPE_CHECKING:
        candidates: RelatedManager["Candidate"]

    class Meta:
        verbose_name = "抽签"
        constraints = [
            models.CheckConstraint(
                condition=Q(seed__isnull=True, drawn_at__isnull=True)
                | Q(seed__isnull=False, drawn_at__isnull=False),
                name="inspections_draw_seed_with_result",
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("draw", self.uid, self.inspection.title)


class Candidate(models.Model):
    """One body of the frozen list, with its place in the order that was drawn in its stratum:
    the first of them are visited, the next ones are the reserve."""

    draw = models.ForeignKey(
        Draw, verbose_name="抽签", on_delete=models.CASCADE, related_name="candidates"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="+"
    )
    stratum = models.PositiveSmallIntegerField("第几层")
    number = models.PositiveIntegerField("层内编号")
    name = models.CharField("封存时的名称", max_length=100)
    kind = models.CharField("类别", max_length=20)
    region = models.CharField("片区", max_length=100, blank=True)
    place = models.PositiveIntegerField("抽出的次序", null=True)

    if TYPE_CHECKING:
        visit: "Visit"

    class Meta:
        verbose_name = "名单里的一个"
        ordering = ["stratum", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "stratum", "number"], name="inspections_candidate_one_number"
            ),
            models.UniqueConstraint(
                fields=["draw", "organisation"], name="inspections_candidate_once"
            ),
        ]
