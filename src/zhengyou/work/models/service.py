"""Posts of service (先锋岗, 设岗定责, 示范岗) with who holds them, and teams for a term."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Dated, Organisation, Person
from zhengyou.people.models.dated import one_open

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.work.models.checking import LogCheck


class ServiceKind(models.TextChoices):
    """What kind of post of service it is. The first three count for the share of members."""

    VANGUARD = "vanguard", "党员先锋岗"
    DUTY = "duty", "设岗定责"
    MODEL = "model", "示范岗"
    WORK = "work", "工作岗位"


COUNTED = (ServiceKind.VANGUARD, ServiceKind.DUTY, ServiceKind.MODEL)
"""Posts that members volunteer for; a 工作岗位 (class teacher) is one's work, whoever has it."""


class PostOffer(models.Model):
    """A post of service that a campaign proposes to its bodies, from ``[post.CODE]``. Nothing is
    copied for them: whoever wants it opens a :class:`ServicePost` of it."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="post_offers"
    )
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=40)
    kind = models.CharField("哪一种岗", max_length=10, choices=ServiceKind)
    kinds = models.JSONField("哪些组织类别", default=list)
    duties = models.CharField("职责", max_length=300)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "活动设的岗位"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="work_postoffer_one_code")
        ]

    def __str__(self) -> str:
        return self.title


class ServicePost(Dated):
    """A post of service of a body. Who holds it stands in :class:`ServiceHolder`, dated.

    ``continues``: the post of a body that ended, which this one carries on.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="service_posts"
    )
    kind = models.CharField("哪一种岗", max_length=10, choices=ServiceKind)
    title = models.CharField("名称", max_length=40)
    duties = models.CharField("职责", max_length=300)
    place = models.CharField("在哪里", max_length=60, blank=True)
    offer = models.ForeignKey(
        PostOffer, verbose_name="活动设的", null=True, on_delete=models.SET_NULL,
        related_name="posts",
    )  # fmt: skip
    continues = models.OneToOneField(
        "self", verbose_name="接的是哪个岗", null=True, on_delete=models.PROTECT,
        related_name="continued",
    )  # fmt: skip

    if TYPE_CHECKING:
        holders: RelatedManager["ServiceHolder"]
        continued: "ServicePost"

    class Meta(Dated.Meta):
        verbose_name = "服务岗位"
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["organisation", "since"])]
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that records, duties and facts use."""
        return Ref("service_post", self.uid, self.title)


class HolderState(models.TextChoices):
    """Somebody chooses a post, the secretary answers; or is given it at once."""

    ASKED = "asked", "等确认"
    HELD = "held", "在岗"
    DECLINED = "declined", "没同意"
    TAKEN_BACK = "taken_back", "不选了"


class ServiceHolder(Dated):
    """Somebody has, or asked for, a post. ``person`` of the roll, or a ``label`` for pupils and
    others who are no persons here. ``since`` and ``until`` count while HELD."""

    TRANSITIONS = (
        Transition("confirm", (HolderState.ASKED,), HolderState.HELD, "同意上岗"),
        Transition("decline", (HolderState.ASKED,), HolderState.DECLINED, "不同意"),
        Transition("take_back", (HolderState.ASKED,), HolderState.TAKEN_BACK, "不选了"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    post = models.ForeignKey(
        ServicePost, verbose_name="岗位", on_delete=models.CASCADE, related_name="holders"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", null=True, on_delete=models.PROTECT,
        related_name="service_posts",
    )  # fmt: skip
    label = models.CharField("称呼", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=HolderState, default=HolderState.HELD)
    chosen = models.BooleanField("自己选的", default=False)
    reason = models.CharField("理由", max_length=200, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁定的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150, blank=True)
    decided_at = models.DateTimeField("定下时间", null=True)

    if TYPE_CHECKING:
        deputies: RelatedManager["ServiceDeputy"]
        checks: RelatedManager["LogCheck"]

    class Meta(Dated.Meta):
        verbose_name = "岗位上的人"
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["post", "since"]), models.Index(fields=["person", "since"])]
        constraints = [
            *Dated.Meta.constraints,
            one_open(
                "post", "person", name="work_serviceholder_one_open",
                where=Q(state__in=["asked", "held"]),
            ),
            models.CheckConstraint(
                condition=(Q(person__isnull=False) & Q(label=""))
                | (Q(person__isnull=True) & ~Q(label="")),
                name="work_serviceholder_person_or_label",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "declined"]) | Q(decided_at__isnull=False),
                name="work_serviceholder_decided",
            ),
        ]  # fmt: skip

    @property
    def ref(self) -> Ref:
        """The reference that facts use; the label names nobody."""
        return Ref("service_holder", self.uid)

    @property
    def who(self) -> str:
        """Who it is, in words."""
        return self.person.name if self.person else self.label


class ServiceDeputy(Dated):
    """An experienced colleague who helps somebody whose log was found weak; one at a time."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    holder = models.ForeignKey(
        ServiceHolder, verbose_name="帮谁", on_delete=models.CASCADE, related_name="deputies"
    )
    person = models.ForeignKey(
        Person, verbose_name="谁来帮", on_delete=models.PROTECT, related_name="+"
    )
    experience = models.CharField("有什么经验", max_length=100)
    because = models.ForeignKey(
        "work.LogCheck", verbose_name="因为哪次检查", null=True, on_delete=models.SET_NULL,
        related_name="deputies",
    )  # fmt: skip
    by = models.ForeignKey(
        Person, verbose_name="谁定的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    decided_at = models.DateTimeField("定下时间")

    class Meta(Dated.Meta):
        verbose_name = "帮带的人"
        ordering = ["since", "id"]
        constraints = [
            *Dated.Meta.constraints,
            one_open("holder", name="work_servicedeputy_one_open"),
        ]


class TeamKind(models.TextChoices):
    """What kind of team it is."""

    OWN = "own", "自愿组成的服务队"
    STANDING = "standing", "常设队伍"
    PRACTICE = "practice", "社会实践队"


class TeamTerm(Dated):
    """For what, and until when, a body of kind 服务队 is there. Who is in it stands in the roll,
    who leads it in the posts of ``people``; ``others`` are the labels of those who are no persons
    here. A term that is prolonged is another row."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="队", on_delete=models.CASCADE, related_name="team_terms"
    )
    kind = models.CharField("哪一种队", max_length=10, choices=TeamKind)
    purpose = models.CharField("做什么", max_length=200)
    others = models.JSONField("名册以外的队员", default=list)

    class Meta(Dated.Meta):
        verbose_name = "队的任期"
        ordering = ["-since", "-id"]
        constraints = [*Dated.Meta.constraints]
