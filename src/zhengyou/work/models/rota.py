"""Rotas: whose turn it is, period by period. Turns are derived; a row is kept only where one was
changed."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Dated, Organisation, Person
from zhengyou.work.models.vocabulary import Cadence, RecordKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

ROTA_CADENCES = (
    Cadence.WEEK, Cadence.MONTH, Cadence.QUARTER, Cadence.HALF_YEAR, Cadence.YEAR,
)  # fmt: skip
"""How long a turn may be: periods of the calendar that need no school terms."""


class Whom(models.TextChoices):
    """Of whom a rota is made."""

    LABELS = "labels", "班级等"
    PERSONS = "persons", "名册上的人"
    BODIES = "bodies", "下级组织"


class RotaOffer(models.Model):
    """A rota that a campaign proposes to its bodies, from ``[rota.CODE]``; see ``PostOffer``."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="rota_offers"
    )
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=40)
    kinds = models.JSONField("哪些组织类别", default=list)
    cadence = models.CharField("多久一轮", max_length=10, choices=Cadence)
    record_kind = models.CharField("记哪种纪实", max_length=20, choices=RecordKind)
    whom = models.CharField("轮到谁", max_length=10, choices=Whom)
    daily = models.BooleanField("每个工作日都要记", default=False)
    task = models.CharField("轮到了做什么", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "活动设的值班表"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="work_rotaoffer_one_code")
        ]

    def __str__(self) -> str:
        return self.title


class Rota(Dated):
    """A rota of a body. With or without a campaign; ``daily``: a turn is done when each working
    day of it has a record, else one record is enough."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="rotas"
    )
    title = models.CharField("名称", max_length=40)
    cadence = models.CharField("多久一轮", max_length=10, choices=Cadence, default=Cadence.WEEK)
    record_kind = models.CharField("记哪种纪实", max_length=20, choices=RecordKind)
    whom = models.CharField("轮到谁", max_length=10, choices=Whom, default=Whom.LABELS)
    daily = models.BooleanField("每个工作日都要记", default=False)
    task = models.CharField("轮到了做什么", max_length=300, blank=True)
    offer = models.ForeignKey(
        RotaOffer, verbose_name="活动设的", null=True, on_delete=models.SET_NULL,
        related_name="rotas",
    )  # fmt: skip
    continues = models.OneToOneField(
        "self", verbose_name="接的是哪张表", null=True, on_delete=models.PROTECT,
        related_name="continued",
    )  # fmt: skip

    if TYPE_CHECKING:
        orders: RelatedManager["RotaOrder"]
        pauses: RelatedManager["RotaPause"]
        turns: RelatedManager["RotaTurn"]
        continued: "Rota"

    class Meta(Dated.Meta):
        verbose_name = "值班表"
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["organisation", "since"])]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(cadence__in=[each.value for each in ROTA_CADENCES]),
                name="work_rota_turns_of_the_calendar",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that records, duties and facts use."""
        return Ref("rota", self.uid, self.title)


class RotaOrder(models.Model):
    """In which order the turns go, from the period that begins on ``since`` until another order
    begins. An order that held is never changed, so that past turns stay as they were."""

    rota = models.ForeignKey(
        Rota, verbose_name="值班表", on_delete=models.CASCADE, related_name="orders"
    )
    since = models.DateField("从哪天起")

    if TYPE_CHECKING:
        slots: RelatedManager["RotaSlot"]

    class Meta:
        verbose_name = "轮值的次序"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rota", "since"], name="work_rotaorder_one_a_day")
        ]


def _one_of_three(name: str) -> models.CheckConstraint:
    """Return the constraint that exactly one of label, person and body is named."""
    label = ~Q(label="") & Q(person__isnull=True, body__isnull=True)
    person = Q(label="", person__isnull=False, body__isnull=True)
    body = Q(label="", person__isnull=True, body__isnull=False)
    return models.CheckConstraint(condition=label | person | body, name=name)


class Taker(models.Model):
    """Whose turn it is: a label such as 七（2）班, a person of the roll, or a body."""

    label = models.CharField("称呼", max_length=40, blank=True)
    person = models.ForeignKey(
        Person, verbose_name="人员", null=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(
        Organisation, verbose_name="组织", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """Whose turn, in words."""
        if self.person_id and self.person:
            return self.person.name
        return self.body.name if self.body else self.label

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        """What tells one from another."""
        return (self.label, self.person_id, self.body_id)


class RotaSlot(Taker):
    """One place in an order."""

    order = models.ForeignKey(
        RotaOrder, verbose_name="次序", on_delete=models.CASCADE, related_name="slots"
    )
    place = models.PositiveSmallIntegerField("第几个")

    class Meta:
        verbose_name = "次序里的一位"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["order", "place"], name="work_rotaslot_one_place"),
            _one_of_three("work_rotaslot_one_of_three"),
        ]


class RotaPause(Dated):
    """Days on which nobody has a turn: holidays. A period whose middle day is in it is left out,
    and who would have had it has the next one."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    rota = models.ForeignKey(
        Rota, verbose_name="值班表", on_delete=models.CASCADE, related_name="pauses"
    )
    reason = models.CharField("为什么停", max_length=60)

    class Meta(Dated.Meta):
        verbose_name = "停值"
        ordering = ["since", "id"]
        constraints = [*Dated.Meta.constraints]


class TurnChange(models.TextChoices):
    """How a turn came to be another's than the order says."""

    SWAP = "swap", "对调"
    DEPUTY = "deputy", "顶班"
    BACK = "back", "照次序"


class RotaTurn(Taker):
    """One turn that was changed, and why; the newest row of a period counts, older ones stay."""

    rota = models.ForeignKey(
        Rota, verbose_name="值班表", on_delete=models.CASCADE, related_name="turns"
    )
    starts_on = models.DateField("这一轮的第一天")
    how = models.CharField("怎么改的", max_length=10, choices=TurnChange)
    reason = models.CharField("理由", max_length=100)
    by = models.ForeignKey(
        Person, verbose_name="谁改的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    changed_at = models.DateTimeField("改动时间")

    class Meta:
        verbose_name = "改过的一轮"
        ordering = ["id"]
        indexes = [models.Index(fields=["rota", "starts_on"])]
        constraints = [
            _one_of_three("work_rotaturn_one_of_three"),
            models.CheckConstraint(condition=~Q(reason=""), name="work_rotaturn_says_why"),
        ]
