"""Persons and what is true of them for a time. Pupils are never persons, only labels."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel import clock, identity
from zhengyou.kernel.order import KEY_LENGTH
from zhengyou.kernel.partial_dates import PartialDateParts, Precision
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy_code
from zhengyou.people.models.dated import Dated, one_open
from zhengyou.people.models.organisation import Organisation


class Gender(models.TextChoices):
    """As on the identity card."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class StandingKind(models.TextChoices):
    """人员类别. Only full members vote; probationary members take part without a vote
    (《中国共产党支部工作条例（试行）》)."""

    FULL = "full", "正式党员"
    PROBATIONARY = "probationary", "预备党员"
    DEVELOPMENT = "development", "发展对象"
    ACTIVIST = "activist", "入党积极分子"
    APPLICANT = "applicant", "入党申请人"
    MASSES = "masses", "群众"


class CircumstanceKind(models.TextChoices):
    """What makes a member hard to reach, what suspends membership (党籍状态), and retirement."""

    LOST = "lost", "失联"
    MOBILE = "mobile", "流动"
    SUSPENDED = "suspended", "停止党籍"
    OBSERVED = "observed", "留党察看"
    LEFT = "left", "已出党"
    RETIRED = "retired", "离退休"


class Leaving(models.TextChoices):
    """Why somebody left a body."""

    MOVED = "moved", "转到别的组织"
    AWAY = "away", "转出本系统"
    REGROUPED = "regrouped", "组织调整"
    DIED = "died", "去世"
    EXPELLED = "expelled", "出党"
    MISTAKE = "mistake", "录错了"


_BORN = PartialDateParts("born_on", "born_precision")
_JOINED = PartialDateParts("joined_on", "joined_precision")
_FULL = PartialDateParts("full_on", "full_precision")


class Person(models.Model):
    """Somebody on a roll. ID and phone numbers are sealed; matching uses keyed hashes."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    name = models.CharField("姓名", max_length=60)
    sort_key = models.CharField("拼音", max_length=KEY_LENGTH, blank=True, db_index=True)
    gender = models.CharField("性别", max_length=10, choices=Gender, blank=True)
    ethnicity = models.CharField("民族", max_length=30, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    born_precision = models.CharField("出生日期精度", max_length=5, choices=Precision, blank=True)
    education = models.CharField("学历", max_length=30, blank=True)
    work = models.CharField("工作岗位", max_length=100, blank=True)
    joined_on = models.DateField("入党日期", null=True, blank=True)
    joined_precision = models.CharField("入党日期精度", max_length=5, choices=Precision, blank=True)
    full_on = models.DateField("转正日期", null=True, blank=True)
    full_precision = models.CharField("转正日期精度", max_length=5, choices=Precision, blank=True)
    id_sealed = models.TextField("公民身份号码（密文）", blank=True)
    id_lookup = models.CharField("公民身份号码（匹配值）", max_length=64, blank=True)
    phone_sealed = models.TextField("手机号码（密文）", blank=True)
    phone_lookup = models.CharField("手机号码（匹配值）", max_length=64, blank=True, db_index=True)
    landline = models.CharField("固定电话", max_length=30, blank=True)
    address_sealed = models.TextField("家庭住址（密文）", blank=True)

    born = _BORN
    joined = _JOINED
    became_full = _FULL

    class Meta:
        verbose_name = "人员"
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["id_lookup"], condition=~Q(id_lookup=""), name="people_person_one_id_number"
            ),
            _BORN.both_or_none("people_person_born"),
            _JOINED.both_or_none("people_person_joined"),
            _FULL.both_or_none("people_person_full"),
        ]
        indexes = [models.Index(fields=["name", "born_on"])]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use."""
        return Ref("person", self.uid, self.name)

    @property
    def masked_id_number(self) -> str:
        """The ID number as lists may show it."""
        return identity.mask_id(identity.unseal(self.id_sealed)) if self.id_sealed else ""

    @property
    def masked_phone(self) -> str:
        """The phone number as lists may show it."""
        return identity.mask_phone(identity.unseal(self.phone_sealed)) if self.phone_sealed else ""

    def bodies(self, day: date | None = None) -> list[Organisation]:
        """Return the bodies this person answers to on ``day`` (default today), shallow ones first.

        Those of the memberships that hold; where none does, the last one left: whoever keeps its
        roll may still correct the record.
        """
        day = day or clock.today()
        rows = Membership.objects.held().filter(person=self).select_related("organisation")
        here = [row for row in rows if row.holds(day)] or sorted(rows, key=_left_last)[-1:]
        return sorted((row.organisation for row in here), key=lambda body: body.path)

    def write_id_number(self, number: str) -> None:
        """Seal the ID number (checked by the caller; empty: none). Does not save."""
        number = tidy_code(number)
        self.id_sealed = identity.seal(number) if number else ""
        self.id_lookup = identity.lookup(number, "id") if number else ""

    def write_phone(self, number: str) -> None:
        """Seal the phone number (checked by the caller; empty: none). Does not save."""
        number = tidy_code(number)
        self.phone_sealed = identity.seal(number) if number else ""
        self.phone_lookup = identity.lookup(number, "phone") if number else ""

    def write_address(self, address: str) -> None:
        """Seal the home address (empty: none). Does not save."""
        self.address_sealed = identity.seal(address) if address else ""


class Membership(Dated):
    """Somebody belongs to a body for a time. Several at once are usual: party, union, class."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="memberships"
    )
    left_because = models.CharField("离开原因", max_length=10, choices=Leaving, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "组织关系"
        indexes = [
            models.Index(fields=["organisation", "since"]),
            models.Index(fields=["person", "since"]),
        ]
        constraints = [
            *Dated.Meta.constraints,
            one_open("person", "organisation", name="people_membership_one_open"),
        ]


def _left_last(row: Membership) -> date:
    """Sort memberships that do not hold today: those to come count by their beginning."""
    return row.until or row.since


class Standing(Dated):
    """人员类别 for a time; ``since`` may be known to the month or year only."""

    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="standings"
    )
    kind = models.CharField("人员类别", max_length=15, choices=StandingKind)
    since_precision = models.CharField(
        "起始日期精度", max_length=5, choices=Precision, default=Precision.DAY
    )
    known_since = PartialDateParts("since", "since_precision")

    class Meta(Dated.Meta):
        verbose_name = "人员类别"
        indexes = [models.Index(fields=["person", "since"])]
        constraints = [
            *Dated.Meta.constraints,
            one_open("person", name="people_standing_one_open"),
        ]


class Circumstance(Dated):
    """失联, 流动, 停止党籍: for a time, with what is known about it."""

    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="circumstances"
    )
    kind = models.CharField("情况", max_length=10, choices=CircumstanceKind)
    since_precision = models.CharField(
        "起始日期精度", max_length=5, choices=Precision, default=Precision.DAY
    )
    detail = models.CharField("说明", max_length=200, blank=True)
    known_since = PartialDateParts("since", "since_precision")

    class Meta(Dated.Meta):
        verbose_name = "特殊情况"
        indexes = [models.Index(fields=["person", "since"])]


def years_old(born_on: date, day: date) -> int:
    """Return full years of age on ``day``."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
