"""Records: the one place where something that was done is written down."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.campaigns.models import Programme
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Dated, Organisation, Person
from zhengyou.work.models.vocabulary import (
    Attendance,
    Cadence,
    Part,
    RecordFamily,
    RecordKind,
    RecordState,
    Scope,
    WishOutcome,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.work.models.duty import Credit


class RecordSeries(Dated):
    """Something that is done again and again: each Monday's meeting. The next record of it begins
    with what the series says and what the last one had."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="record_series"
    )
    kind = models.CharField("哪种纪实", max_length=20, choices=RecordKind)
    title = models.CharField("名称", max_length=100)
    place = models.CharField("地点", max_length=60, blank=True)
    cadence = models.CharField("多久一次", max_length=10, choices=Cadence, default=Cadence.WEEK)
    day = models.PositiveSmallIntegerField("周几或者几号", null=True)  # 1–7, or 1–31
    at = models.TimeField("几点", null=True)

    if TYPE_CHECKING:
        records: RelatedManager["Record"]

    class Meta(Dated.Meta):
        verbose_name = "系列"
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("record_series", self.uid, self.title)


class RecordQuerySet(models.QuerySet["Record"]):
    """Questions about records."""

    def finished(self) -> "RecordQuerySet":
        """Return the records that count."""
        return self.filter(state=RecordState.FINISHED)


class Record(models.Model):
    """Something that was done, entered once. It belongs to the body that did it, to no campaign:
    every duty of every campaign that it fits is fulfilled by it (``Credit``).

    ``counts_on``: of a report, the last day of the period it is about, where that is earlier.
    ``hours``, ``characters`` and ``score`` hold for everybody who took part unless the participant
    has an own amount. ``by_hand``: written down for others (代录). ``form_key``: the form that
    began it or wrote it last, so that a button pressed twice makes one record.
    """

    TRANSITIONS = (
        Transition("finish", (RecordState.DRAFT,), RecordState.FINISHED, "记好"),
        Transition("strike", (RecordState.FINISHED,), RecordState.STRUCK, "划去"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="records",
        db_index=False,
    )  # fmt: skip
    kind = models.CharField("哪种纪实", max_length=20, choices=RecordKind)
    title = models.CharField("名称", max_length=100)
    on = models.DateField("哪天")
    until = models.DateField("到哪天（含）", null=True)
    begins_at = models.TimeField("几点开始", null=True)
    ends_at = models.TimeField("几点结束", null=True)
    counts_on = models.DateField("算哪天的", null=True)
    place = models.CharField("地点", max_length=60, blank=True)
    scope = models.CharField("服务谁", max_length=12, choices=Scope, blank=True)
    text = models.TextField("内容", blank=True)
    decisions = models.TextField("议定的事", blank=True)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, null=True)
    characters = models.PositiveIntegerField("字数", null=True)
    score = models.DecimalField("分数", max_digits=6, decimal_places=1, null=True)
    free_names = models.JSONField("名册以外的人", default=list)
    outside = models.PositiveIntegerField("外来人数", null=True)
    due_to_attend = models.PositiveIntegerField("应到人数", null=True)
    programmes = models.ManyToManyField(
        Programme, verbose_name="结合的专项工作", related_name="records"
    )
    series = models.ForeignKey(
        RecordSeries, verbose_name="系列", null=True, on_delete=models.SET_NULL,
        related_name="records",
    )  # fmt: skip
    state = models.CharField("状态", max_length=10, choices=RecordState, default=RecordState.DRAFT)
    by = models.ForeignKey(
        Person, verbose_name="谁记的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    by_hand = models.BooleanField("代录", default=False)
    begun_at = models.DateTimeField("开始写的时间")
    changed_at = models.DateTimeField("最后改动的时间")
    finished_at = models.DateTimeField("记好的时间", null=True)
    struck_reason = models.CharField("为什么划去", max_length=200, blank=True)
    form_key = models.UUIDField("表单编号", null=True, unique=True)

    objects = RecordQuerySet.as_manager()

    if TYPE_CHECKING:
        participants: RelatedManager["Participant"]
        quantities: RelatedManager["Quantity"]
        wishes: RelatedManager["Wish"]
        links: RelatedManager["RecordLink"]
        versions: RelatedManager["RecordVersion"]
        credits: RelatedManager["Credit"]

    class Meta:
        verbose_name = "纪实"
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-on", "-id"], name="work_record_of_body"),
            models.Index(
                fields=["organisation", "kind", "-on"], name="work_record_of_body_by_kind"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("on")),
                name="work_record_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state=RecordState.DRAFT) | Q(finished_at__isnull=False),
                name="work_record_finished_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecordState.STRUCK) | ~Q(struck_reason=""),
                name="work_record_struck_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that files, facts and apps above use."""
        return Ref("record", self.uid, self.title)

    @property
    def family(self) -> RecordFamily:
        """The form it is written in."""
        return RecordKind(self.kind).family


class Participant(models.Model):
    """Somebody of the roll who was to take part."""

    record = models.ForeignKey(
        Record, verbose_name="纪实", on_delete=models.CASCADE, related_name="participants"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="participations"
    )
    attendance = models.CharField(
        "到没到", max_length=10, choices=Attendance, default=Attendance.PRESENT
    )
    part = models.CharField("做什么", max_length=10, choices=Part, default=Part.TAKER)
    amount = models.DecimalField("本人多少", max_digits=9, decimal_places=1, null=True)
    note = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        verbose_name = "参加的人"
        constraints = [
            models.UniqueConstraint(fields=["record", "person"], name="work_participant_once")
        ]


class Quantity(models.Model):
    """So much of something: 12 袋 化肥, 1000 册 图书, 10000 元."""

    record = models.ForeignKey(
        Record, verbose_name="纪实", on_delete=models.CASCADE, related_name="quantities"
    )
    what = models.CharField("什么", max_length=40)
    amount = models.DecimalField("多少", max_digits=12, decimal_places=2)
    unit = models.CharField("单位", max_length=10)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "数量"
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="work_quantity_some")]


class Wish(models.Model):
    """What people asked for on a visit or at a talk, and what became of it."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    record = models.ForeignKey(
        Record, verbose_name="纪实", on_delete=models.CASCADE, related_name="wishes"
    )
    words = models.CharField("诉求", max_length=200)
    outcome = models.CharField("办得怎样", max_length=10, choices=WishOutcome)
    answer = models.CharField("怎么办的、怎么说的", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "诉求"
        ordering = ["order", "id"]


class RecordLink(models.Model):
    """What a record is about: a pledge, a pair, a problem, a service post. Points upward."""

    record = models.ForeignKey(
        Record, verbose_name="纪实", on_delete=models.CASCADE, related_name="links"
    )
    about_kind = models.SlugField("哪种", max_length=40)
    about_uid = models.UUIDField("哪一个")
    label = models.CharField("名称", max_length=200, blank=True)

    class Meta:
        verbose_name = "关联的事"
        indexes = [models.Index(fields=["about_kind", "about_uid"])]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "about_kind", "about_uid"], name="work_recordlink_once"
            )
        ]

    @property
    def about(self) -> Ref:
        """What the record is about."""
        return Ref(self.about_kind, self.about_uid, self.label)


class RecordVersion(models.Model):
    """A finished record as it read before it was changed. Never rewritten."""

    record = models.ForeignKey(
        Record, verbose_name="纪实", on_delete=models.CASCADE, related_name="versions"
    )
    content = models.JSONField("原来的内容")
    why = models.CharField("为什么改", max_length=200)
    by = models.ForeignKey(
        Person, verbose_name="谁改的", on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField("改动时间")

    class Meta:
        verbose_name = "纪实的旧稿"
        ordering = ["-id"]
