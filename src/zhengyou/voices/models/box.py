"""A box: a question to everybody, with a time, a place and somebody who collates the answers."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.campaigns.models import Campaign, Phase
from zhengyou.kernel import clock, identity
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.voices.models.meeting import Meeting
    from zhengyou.voices.models.survey import Question, Sheet
    from zhengyou.voices.models.topic import Conclusion, Theme
    from zhengyou.voices.models.voice import Voice

LONGEST_TITLE = 60
LONGEST_QUESTION = 500
LONGEST_PLACE = 60


class BoxKind(models.TextChoices):
    """What one is asked for, and how it is heard."""

    CALL = "call", "献计征集"
    OPEN_WEEK = "open_week", "开放周意见"
    FORUM = "forum", "座谈恳谈"
    SURVEY = "survey", "问卷"
    TOPIC = "topic", "讨论"
    BURDEN = "burden", "减负意见"
    GENERAL = "general", "意见箱"


class BoxState(models.TextChoices):
    """A box is prepared, stands open from day to day, and is closed."""

    DRAFT = "draft", "筹备中"
    OPEN = "open", "已开箱"
    CLOSED = "closed", "已收箱"


class BoxOffer(models.Model):
    """A box that a campaign proposes to its bodies, from ``[box.CODE]``: nothing is copied before
    a body opens one. Its time is a phase, two days, or neither: the body says when."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="box_offers"
    )
    code = models.SlugField("代号", max_length=40)
    kind = models.CharField("哪一种", max_length=10, choices=BoxKind)
    title = models.CharField("名称", max_length=LONGEST_TITLE)
    question = models.TextField("问什么")
    kinds = models.JSONField("哪些组织类别", default=list)
    phase = models.ForeignKey(
        Phase, verbose_name="哪个阶段", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opens_on = models.DateField("从哪天", null=True)
    closes_on = models.DateField("到哪天", null=True)
    places = models.JSONField("说哪些地方", default=list)
    questions = models.JSONField("问卷的题目", default=list)
    shows = models.BooleanField("看过后公开", default=True)
    answer_days = models.PositiveSmallIntegerField("几个工作日内答复", default=15)
    max_go_up = models.PositiveSmallIntegerField("最多上报几条", null=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "活动建议的征集箱"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="voices_boxoffer_one_code")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def since(self) -> date | None:
        """The first day; a phase goes before a day."""
        return self.phase.starts_on if self.phase else self.opens_on

    @property
    def until(self) -> date | None:
        """The last day."""
        return self.phase.ends_on if self.phase else self.closes_on


class Box(models.Model):
    """One box of a body. ``shows``: what was looked at can be made public. ``door`` is the number
    of the QR code that hangs at the door: a new one makes the old one an ordinary address.
    ``collator`` is None only where the kind names somebody else.
    """

    TRANSITIONS = (
        Transition("open", (BoxState.DRAFT,), BoxState.OPEN, "开箱"),
        Transition("close", (BoxState.OPEN,), BoxState.CLOSED, "收箱"),
        Transition("open_again", (BoxState.CLOSED,), BoxState.OPEN, "再开箱"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    kind = models.CharField("哪一种", max_length=10, choices=BoxKind)
    title = models.CharField("名称", max_length=LONGEST_TITLE)
    question = models.TextField("问什么")
    organisation = models.ForeignKey(
        Organisation, verbose_name="设箱的组织", on_delete=models.PROTECT, related_name="boxes"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", null=True, on_delete=models.PROTECT, related_name="boxes"
    )
    offer = models.ForeignKey(
        BoxOffer, verbose_name="活动建议的", null=True, on_delete=models.SET_NULL,
        related_name="boxes",
    )  # fmt: skip
    collator = models.ForeignKey(
        Person, verbose_name="谁来汇总", null=True, on_delete=models.PROTECT, related_name="+"
    )
    opens_on = models.DateField("从哪天")
    closes_on = models.DateField("到哪天", null=True)
    shows = models.BooleanField("看过后公开", default=True)
    answer_days = models.PositiveSmallIntegerField("几个工作日内答复", default=15)
    max_go_up = models.PositiveSmallIntegerField("最多上报几条", null=True)
    door = models.PositiveSmallIntegerField("门口二维码第几版", default=1)
    state = models.CharField("状态", max_length=10, choices=BoxState, default=BoxState.DRAFT)

    if TYPE_CHECKING:
        places: RelatedManager["BoxPlace"]
        voices: RelatedManager["Voice"]
        questions: RelatedManager["Question"]
        sheets: RelatedManager["Sheet"]
        themes: RelatedManager["Theme"]
        conclusions: RelatedManager["Conclusion"]
        meeting: "Meeting"

    class Meta:
        verbose_name = "征集箱"
        ordering = ["-opens_on", "id"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="voices_box_body"),
            models.Index(fields=["campaign", "state"], name="voices_box_campaign"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="voices_box_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(kind=BoxKind.BURDEN),
                name="voices_box_one_of_burden",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("box", self.uid, self.title)

    def takes(self, day: date | None = None) -> bool:
        """Whether something can be put in on ``day`` (None: today)."""
        day = day or clock.today()
        until = self.closes_on or date.max
        return self.state == BoxState.OPEN and self.opens_on <= day <= until

    def ended(self, day: date | None = None) -> bool:
        """Whether it takes nothing more: closed, or past its last day."""
        past = self.closes_on is not None and self.closes_on < (day or clock.today())
        return self.state == BoxState.CLOSED or past

    def token(self) -> str:
        """Return what the QR code at the door carries, where it stands for no place."""
        return _token(self.uid, "", self.door)


class BoxPlace(models.Model):
    """A place, lesson or class that one may speak about: a label, never a pupil. ``hears`` is the
    person who is told what concerns it; ``door`` as of the box."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    box = models.ForeignKey(
        Box, verbose_name="征集箱", on_delete=models.CASCADE, related_name="places"
    )
    label = models.CharField("说的是哪里", max_length=LONGEST_PLACE)
    hears = models.ForeignKey(
        Person, verbose_name="谁来听", null=True, on_delete=models.PROTECT, related_name="+"
    )
    door = models.PositiveSmallIntegerField("门口二维码第几版", default=1)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "征集的地方"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["box", "label"], name="voices_boxplace_one_label")
        ]

    def __str__(self) -> str:
        return self.label

    def token(self) -> str:
        """Return what the QR code at this place's door carries."""
        return _token(self.box.uid, str(self.uid), self.door)


def _token(box: object, place: str, number: int) -> str:
    return identity.lookup(f"{box}|{place}|{number}", "door")[:16]
