"""What somebody put into a box. Nothing here says who, or exactly when, unless it was signed by
somebody who had signed in and wanted to."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Person
from zhengyou.voices.models.box import Box, BoxPlace
from zhengyou.voices.models.outcome import What

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.voices.models.outcome import VoiceOutcome

LONGEST = 1000
LONGEST_SIGNATURE = 20
LONGEST_NUMBER = 20


class VoiceState(models.TextChoices):
    """Nobody has looked; looked at and kept inside; public; kept from everybody, with a reason."""

    WAITING = "waiting", "等着看"
    TAKEN = "taken", "收下了"
    SHOWN = "shown", "已经公开"
    HELD = "held", "没有收"


class Voice(models.Model):
    """One opinion, idea or answer.

    As of a remark: no author, address, moment or number of arrival; ``week`` is a Monday, the key
    is random, and ``remarks.laying`` lays the waiting rows of a week anew whenever one comes in.
    ``author`` is somebody who signed in and signed; ``by_hand``: entered from paper, of which
    ``paper`` is the number, if it has one. ``became`` repeats the outcome that stands: only
    ``actions.outcomes`` writes it.
    """

    TRANSITIONS = (
        Transition("take", (VoiceState.WAITING, VoiceState.HELD), VoiceState.TAKEN, "收下"),
        Transition(
            "show",
            (VoiceState.WAITING, VoiceState.TAKEN, VoiceState.HELD),
            VoiceState.SHOWN,
            "公开",
        ),
        Transition("cover", (VoiceState.SHOWN,), VoiceState.TAKEN, "不再公开"),
        Transition(
            "hold",
            (VoiceState.WAITING, VoiceState.TAKEN, VoiceState.SHOWN),
            VoiceState.HELD,
            "不收",
        ),
    )

    uid = models.UUIDField("公开编号", primary_key=True, default=uuid4, editable=False)
    box = models.ForeignKey(
        Box, verbose_name="征集箱", on_delete=models.PROTECT, related_name="voices"
    )
    place = models.ForeignKey(
        BoxPlace, verbose_name="说的是哪里", null=True, on_delete=models.PROTECT,
        related_name="voices",
    )  # fmt: skip
    week = models.DateField("收到的那一周")
    text = models.TextField("意见", blank=True)
    answers = models.JSONField("问卷的回答", null=True)
    signature = models.CharField("署名", max_length=LONGEST_SIGNATURE, blank=True)
    author = models.ForeignKey(
        Person, verbose_name="署名的人", null=True, on_delete=models.PROTECT, related_name="voices"
    )
    by_hand = models.BooleanField("代录", default=False)
    paper = models.CharField("纸张编号", max_length=LONGEST_NUMBER, blank=True)
    code_lookup = models.CharField("查询码", max_length=64, unique=True)
    state = models.CharField("状态", max_length=10, choices=VoiceState, default=VoiceState.WAITING)
    became = models.CharField("办成了什么", max_length=10, choices=What, blank=True)
    shown_on = models.DateField("公开日期", null=True)
    heard_on = models.DateField("听到的日期", null=True)

    if TYPE_CHECKING:
        outcomes: RelatedManager["VoiceOutcome"]

    class Meta:
        verbose_name = "意见建议"
        ordering = ["-shown_on", "uid"]
        indexes = [
            models.Index(fields=["box", "state", "became"], name="voices_voice_box"),
            models.Index(fields=["box", "state", "-shown_on", "uid"], name="voices_voice_shown"),
            models.Index(fields=["place", "state"], name="voices_voice_place"),
            models.Index(
                fields=["week"], condition=Q(state=VoiceState.WAITING), name="voices_voice_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=VoiceState.SHOWN) | Q(shown_on__isnull=False),
                name="voices_voice_shown_has_day",
            )
        ]

    def __str__(self) -> str:
        return f"“{self.box.title}”里的一条"

    @property
    def ref(self) -> Ref:
        """The reference that facts use; the label names nobody."""
        return Ref("voice", self.uid, self.box.title)

    @property
    def excerpt(self) -> str:
        """Its beginning, for lists."""
        return self.text if len(self.text) <= 30 else f"{self.text[:29]}…"
