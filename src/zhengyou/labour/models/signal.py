"""An early warning: something that may become a dispute."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.labour.models.sealed import SealedTextField
from zhengyou.people.models import Organisation, Person


class Level(models.TextChoices):
    """How urgent it is. The highest is told to the group at once."""

    BLUE = "blue", "一般"
    YELLOW = "yellow", "较重"
    RED = "red", "紧急"


class Source(models.TextChoices):
    """How it came to be known."""

    WORKER = "worker", "职工反映"
    CHECK = "check", "排查发现"
    VISIT = "visit", "来信来访"
    COLLEAGUE = "colleague", "班组、工会小组报告"
    OTHER = "other", "别的来路"


class SignalState(models.TextChoices):
    """A signal is looked after, calmed, or becomes a case."""

    OPEN = "open", "盯着"
    SETTLED = "settled", "化解了"
    CASE = "case", "转为案件"


class Signal(models.Model):
    """What was noticed. Only kind, level, source and days can be read in the database itself."""

    TRANSITIONS = (
        Transition("settle", (SignalState.OPEN,), SignalState.SETTLED, "化解"),
        Transition("take_up", (SignalState.OPEN,), SignalState.CASE, "转为案件"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("哪种苗头", max_length=20)
    level = models.CharField("缓急", max_length=10, choices=Level, default=Level.BLUE)
    source = models.CharField("怎么知道的", max_length=10, choices=Source)
    seen_on = models.DateField("哪天发现的")
    noted_on = models.DateField("哪天记下的")
    due_on = models.DateField("哪天前要有人去看")
    text = SealedTextField("什么情况")
    state = models.CharField("状态", max_length=10, choices=SignalState, default=SignalState.OPEN)
    settled_on = models.DateField("哪天化解的", null=True)
    settled_how = SealedTextField("怎么化解的", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁记的", on_delete=models.PROTECT, related_name="+"
    )
    kept_from = models.ManyToManyField(Person, verbose_name="回避的人", related_name="+")
    form_key = models.UUIDField("表单编号", null=True, unique=True)

    class Meta:
        verbose_name = "劳动关系苗头"
        ordering = ["-seen_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SignalState.SETTLED) | Q(settled_on__isnull=False),
                name="labour_signal_settled_on_a_day",
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use; no label."""
        return Ref("labour_signal", self.uid)
