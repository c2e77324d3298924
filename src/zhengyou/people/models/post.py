"""Posts: who does what for which body, and when. Rights follow from them and from the tree."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.people.models.dated import Dated, one_open
from zhengyou.people.models.organisation import Family, Kind, Organisation
from zhengyou.people.models.person import Person


class Role(models.TextChoices):
    """What a post is. The order is the order in which lists show it."""

    SECRETARY = "secretary", "书记"
    DEPUTY_SECRETARY = "deputy_secretary", "副书记"
    COMMITTEE_MEMBER = "committee_member", "委员"
    GROUP_LEADER = "group_leader", "党小组组长"
    SEAT_HEAD = "seat_head", "组长"
    SEAT_DEPUTY = "seat_deputy", "副组长"
    SEAT_MEMBER = "seat_member", "成员"
    CAMPAIGN_OFFICE = "campaign_office", "活动办"
    INSPECTOR = "inspector", "督查员"
    RECORDER = "recorder", "记录员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"


_PARTY_ROLES = (
    Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER, Role.CAMPAIGN_OFFICE,
    Role.INSPECTOR, Role.RECORDER, Role.SYSTEM_ADMIN,
)  # fmt: skip
_MASS_ROLES = (
    Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER, Role.CAMPAIGN_OFFICE,
    Role.RECORDER,
)  # fmt: skip
SEATS = (Role.SEAT_HEAD, Role.SEAT_DEPUTY, Role.SEAT_MEMBER)
ONE_AT_A_TIME = (Role.SECRETARY, Role.GROUP_LEADER)
_GROUP_ROLES = (Role.GROUP_LEADER, Role.RECORDER)
_UNIT_ROLES = (Role.RECORDER, Role.SYSTEM_ADMIN)


def roles_of(kind: Kind) -> tuple[Role, ...]:
    """Return the posts that a body of ``kind`` has.

    A league body has secretaries, too; unions and women's federations have the same posts under
    other names (:func:`role_label`); working groups have seats.
    """
    if kind == Kind.PARTY_GROUP:
        return _GROUP_ROLES
    if kind.family == Family.PARTY or kind == Kind.LEAGUE:
        return _PARTY_ROLES
    if kind in CHAIRED:
        return _MASS_ROLES
    return _UNIT_ROLES if kind.family == Family.UNIT else (*SEATS, Role.RECORDER)


CHAIRED = frozenset({Kind.UNION, Kind.WOMEN})
"""Kinds of bodies whose head is no 书记 but a 主席: the same post, so that every rule that asks for
who leads a body holds for them, too."""
_CHAIRS = {Role.SECRETARY: "主席", Role.DEPUTY_SECRETARY: "副主席"}


def role_label(role: Role, kind: Kind) -> str:
    """Return what the post ``role`` is called in a body of ``kind``."""
    return _CHAIRS.get(role, str(role.label)) if kind in CHAIRED else str(role.label)


def heads_of(kind: Kind) -> str:
    """Return in words who leads a body of ``kind``: 书记或副书记, 主席或副主席, 组长或副组长."""
    if kind.family == Family.WORKING:
        return f"{Role.SEAT_HEAD.label}或{Role.SEAT_DEPUTY.label}"
    return "或".join(role_label(role, kind) for role in _CHAIRS)


ORDER = {role: place for place, role in enumerate(Role)}


class Post(Dated):
    """Somebody holds a post for a time; ``duty`` is the stated duty of a seat."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="posts"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField("职务", max_length=20, choices=Role)
    portfolio = models.CharField("分工", max_length=30, blank=True)
    duty = models.CharField("职责", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta(Dated.Meta):
        verbose_name = "职务"
        ordering = ["order", "id"]
        indexes = [
            models.Index(fields=["organisation", "since"]),
            models.Index(fields=["person", "since"]),
        ]
        constraints = [
            *Dated.Meta.constraints,
            one_open("person", "organisation", "role", "portfolio", name="people_post_one_open"),
            one_open(
                "organisation",
                name="people_post_one_secretary",
                where=Q(role=Role.SECRETARY),
            ),
        ]

    @property
    def title(self) -> str:
        """The post in words: 书记, 宣传委员, 组长."""
        if self.role == Role.COMMITTEE_MEMBER and self.portfolio:
            return f"{self.portfolio}委员"
        if self.role == Role.GROUP_LEADER:
            return "组长"  # behind the name of the group: 低段党小组组长
        return role_label(Role(self.role), Kind(self.organisation.kind))
