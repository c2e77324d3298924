"""What somebody without an account said about a thing. Nothing here says who, or exactly when."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.remarks.models.moderation import Moderation
    from zhengyou.remarks.models.reply import Reply

LONGEST = 500
LONGEST_SIGNATURE = 20


class RemarkState(models.TextChoices):
    """Where a remark stands: nothing shows before somebody has let it through."""

    WAITING = "waiting", "等着看"
    SHOWN = "shown", "已经公开"
    HELD = "held", "没有公开"


class Remark(models.Model):
    """One remark of the public.

    There is no author, address, moment or number of arrival: ``week`` is the Monday of the week
    it came in, the key is random, and ``actions.writing`` lays the rows of a week anew in random
    order whenever one comes in, so that their place in the file says nothing either. The code
    that the writer keeps stands here as a keyed hash only. ``about`` is whose thing it is about
    (None: a body's), not who wrote it; he or she does not moderate it.
    """

    TRANSITIONS = (
        Transition("show", (RemarkState.WAITING, RemarkState.HELD), RemarkState.SHOWN, "公开"),
        Transition("hold", (RemarkState.WAITING, RemarkState.SHOWN), RemarkState.HELD, "不公开"),
    )

    uid = models.UUIDField("公开编号", primary_key=True, default=uuid4, editable=False)
    kind = models.CharField("说的是哪类事", max_length=40)
    target = models.UUIDField("说的是哪件事")
    label = models.CharField("说的是什么", max_length=250)
    within = models.UUIDField("属于哪次活动", null=True)  # None: of none, or no longer to be shown
    organisation = models.ForeignKey(
        Organisation, verbose_name="答复的组织", on_delete=models.PROTECT, related_name="remarks"
    )
    about = models.ForeignKey(
        Person, verbose_name="说的是谁的事", null=True, on_delete=models.PROTECT, related_name="+"
    )
    week = models.DateField("收到的那一周")
    text = models.TextField("意见")
    signature = models.CharField("署名", max_length=LONGEST_SIGNATURE, blank=True)
    code_lookup = models.CharField("查询码", max_length=64, unique=True)
    state = models.CharField(
        "状态", max_length=10, choices=RemarkState, default=RemarkState.WAITING
    )
    shown_on = models.DateField("公开日期", null=True)
    due_on = models.DateField("答复期限", null=True)
    answered_on = models.DateField("答复日期", null=True)

    if TYPE_CHECKING:
        moderations: RelatedManager["Moderation"]
        replies: RelatedManager["Reply"]

    class Meta:
        verbose_name = "群众意见"
        ordering = ["-shown_on", "uid"]
        indexes = [
            models.Index(fields=["kind", "target", "state"], name="remarks_remark_target"),
            models.Index(fields=["organisation", "state", "due_on"], name="remarks_remark_desk"),
            models.Index(
                fields=["within", "state", "-shown_on", "-uid"], name="remarks_remark_within"
            ),
            models.Index(fields=["within", "state", "answered_on"], name="remarks_remark_counted"),
            # What lies: few among all, looked for from above.
            models.Index(
                fields=["due_on"],
                condition=Q(state=RemarkState.SHOWN, answered_on=None),
                name="remarks_remark_unanswered",
            ),
            models.Index(
                fields=["week"],
                condition=Q(state=RemarkState.WAITING),
                name="remarks_remark_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=RemarkState.SHOWN)
                | Q(shown_on__isnull=False, due_on__isnull=False),
                name="remarks_remark_shown_is_due",
            )
        ]

    def __str__(self) -> str:
        return f"关于{self.label}的意见"

    @property
    def ref(self) -> Ref:
        """The reference that facts use; the label names nobody."""
        return Ref("remark", self.uid)

    @property
    def about_ref(self) -> Ref:
        """What it is about."""
        return Ref(self.kind, self.target, self.label)
