"""Bodies that were merged or split: what became of which, and what it takes to undo it."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.kernel.refs import Ref
from zhengyou.people.models.organisation import Organisation
from zhengyou.people.models.person import Person


class How(models.TextChoices):
    """What was done to the old bodies."""

    MERGED = "merged", "合并"
    SPLIT = "split", "拆分、重划"


class Reorganisation(models.Model):
    """One merger or split as it was done.

    ``changes`` is what it did to which dated rows (see ``actions.remembering``): undoing puts back
    exactly that, as long as nothing has been changed since.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    how = models.CharField("怎么调整", max_length=10, choices=How)
    on = models.DateField("起算日期")
    done_at = models.DateTimeField("办理时间")
    done_by = models.ForeignKey(
        Person, verbose_name="办理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    changes = models.JSONField("改动", default=dict)

    class Meta:
        verbose_name = "组织调整"
        ordering = ["-on", "-id"]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("reorganisation", self.uid)


class Succession(models.Model):
    """An old body went on in another one. A body that was split goes on in several."""

    reorganisation = models.ForeignKey(
        Reorganisation,
        verbose_name="组织调整",
        on_delete=models.CASCADE,
        related_name="successions",
    )
    old = models.ForeignKey(
        Organisation, verbose_name="原组织", on_delete=models.CASCADE, related_name="heirs"
    )
    heir = models.ForeignKey(
        Organisation, verbose_name="后来的组织", on_delete=models.CASCADE, related_name="forebears"
    )

    class Meta:
        verbose_name = "组织的承接"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "old", "heir"], name="people_succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(old=F("heir")), name="people_succession_not_to_itself"
            ),
        ]
