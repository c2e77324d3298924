"""Organisations: one tree of party bodies, the units they lead, mass organisations and groups.

``Placement`` is the truth of the tree on any date; ``Organisation.path`` and ``parent`` cache
today's. Path segments are five digits and are never used twice under one parent.
"""

from datetime import date
from uuid import uuid4

from django.db import models

from zhengyou.kernel import clock, paths
from zhengyou.kernel.order import KEY_LENGTH
from zhengyou.kernel.refs import Ref
from zhengyou.people.models.dated import Dated, one_open


class Family(models.TextChoices):
    """Which of the interwoven trees a body belongs to."""

    PARTY = "party", "党组织"
    UNIT = "unit", "单位"
    MASS = "mass", "群团组织"
    WORKING = "working", "工作机构"


class Kind(models.TextChoices):
    """What kind of body it is; blueprints name kinds by these Chinese labels."""

    PARTY_COMMITTEE = "party_committee", "党委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    PARTY_GROUP = "party_group", "党小组"
    OFFICE = "office", "机关"
    SCHOOL = "school", "学校"
    COLLEGE = "college", "学院"
    VILLAGE = "village", "村"
    ENTERPRISE = "enterprise", "企业"
    WORKSHOP = "workshop", "车间"
    CLASS = "class", "班级"
    UNION = "union", "工会"
    LEAGUE = "league", "团组织"
    WOMEN = "women", "妇联"
    LEADING_GROUP = "leading_group", "领导小组"
    WORKING_GROUP = "working_group", "工作组"
    TEAM = "team", "服务队"

    @property
    def family(self) -> Family:
        """The family that bodies of this kind belong to."""
        return FAMILY_OF_KIND[self]


_KINDS_BY_FAMILY = {
    Family.PARTY: (Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.BRANCH, Kind.PARTY_GROUP),
    Family.UNIT: (
        Kind.OFFICE, Kind.SCHOOL, Kind.COLLEGE, Kind.VILLAGE, Kind.ENTERPRISE, Kind.WORKSHOP,
        Kind.CLASS,
    ),
    Family.MASS: (Kind.UNION, Kind.LEAGUE, Kind.WOMEN),
    Family.WORKING: (Kind.LEADING_GROUP, Kind.WORKING_GROUP, Kind.TEAM),
}  # fmt: skip
FAMILY_OF_KIND = {kind: family for family, kinds in _KINDS_BY_FAMILY.items() for kind in kinds}
# What a party body may stand directly under: committees under committees, branches under either
# kind of committee, groups only inside a branch (《中国共产党支部工作条例（试行）》). A party body
# may also stand under a unit; everything else may stand anywhere but under a group.
_PARTY_BODIES_ABOVE = {
    Kind.PARTY_COMMITTEE: {Kind.PARTY_COMMITTEE},
    Kind.GENERAL_BRANCH: {Kind.PARTY_COMMITTEE},
    Kind.BRANCH: {Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH},
    Kind.PARTY_GROUP: {Kind.BRANCH},
}


def stands_under(kind: Kind, above: Kind) -> bool:
    """Tell whether a body of ``kind`` may stand directly under one of kind ``above``."""
    if kind == Kind.PARTY_GROUP or above.family == Family.PARTY:
        return above in _PARTY_BODIES_ABOVE.get(kind, set(Kind) - {Kind.PARTY_GROUP})
    return True


class Organisation(models.Model):
    """A body of the tree. It keeps its identity through renames and moves."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    family = models.CharField("系列", max_length=10, choices=Family)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField("路径", max_length=paths.LENGTH, unique=True)
    last_segment = models.PositiveIntegerField("已用到的下级序号", default=0)
    sort_key = models.CharField("排序", max_length=3 + KEY_LENGTH, blank=True)
    founded_on = models.DateField("成立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "组织"
        ordering = ["sort_key", "path"]
        indexes = [models.Index(fields=["parent", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use."""
        return Ref("organisation", self.uid, self.name)

    @property
    def depth(self) -> int:
        """Level in the tree, 1 for a root."""
        return paths.depth(self.path)

    def is_open(self, day: date | None = None) -> bool:
        """Tell whether the body exists on ``day`` (default today)."""
        day = day or clock.today()
        return self.founded_on <= day and (self.closed_on is None or day < self.closed_on)


class OrganisationName(Dated):
    """What a body was called, and when."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField("名称", max_length=100)

    class Meta(Dated.Meta):
        verbose_name = "组织名称"
        indexes = [models.Index(fields=["organisation", "since"])]
        constraints = [
            *Dated.Meta.constraints,
            one_open("organisation", name="people_organisationname_one_open"),
        ]


class Placement(Dated):
    """Where a body stood in the tree, and when."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.CASCADE, related_name="placements"
    )
    parent = models.ForeignKey(
        Organisation,
        verbose_name="上级",
        null=True,
        on_delete=models.PROTECT,
        related_name="placements_below",
    )
    path = models.CharField("路径", max_length=paths.LENGTH)

    class Meta(Dated.Meta):
        verbose_name = "隶属关系"
        indexes = [
            models.Index(fields=["organisation", "since"]),
            models.Index(fields=["path", "since"]),
        ]
        constraints = [
            *Dated.Meta.constraints,
            one_open("organisation", name="people_placement_one_open"),
            one_open("path", name="people_placement_one_body_a_path"),
        ]
