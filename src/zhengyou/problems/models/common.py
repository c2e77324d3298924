"""Common problems of several bodies: gathered into one at the level above, answered by policy."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.people.models import Person
from zhengyou.problems.models.problem import Problem
from zhengyou.problems.models.step import Signed


class GatheredProblem(models.Model):
    """A problem of a body that was gathered into one of the level above.

    It stays the body's own, with its measures and its history; while it is gathered it does not
    climb any more, since the level above has it already.
    """

    gathered = models.ForeignKey(
        Problem, verbose_name="共性问题", on_delete=models.CASCADE, related_name="gathers"
    )
    member = models.ForeignKey(
        Problem, verbose_name="归进来的问题", on_delete=models.CASCADE, related_name="gathered_in"
    )
    by = models.ForeignKey(
        Person, verbose_name="谁归的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    at = models.DateTimeField("时间")
    left_at = models.DateTimeField("拿出来的时间", null=True)

    class Meta:
        verbose_name = "归进来的问题"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(left_at=None), name="problems_gathered_once"
            ),
            models.CheckConstraint(
                condition=~Q(member=models.F("gathered")), name="problems_gathered_not_itself"
            ),
        ]


class PolicyAnswer(Signed):
    """What the level above decided about a common problem: all bodies concerned see it.

    ``basis``: the document in which it stands, where there is one. A newer one corrects the older.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    problem = models.ForeignKey(
        Problem, verbose_name="共性问题", on_delete=models.CASCADE, related_name="policy_answers"
    )
    basis = models.CharField("依据的文件", max_length=200, blank=True)

    class Meta:
        verbose_name = "政策答复"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="problems_policyanswer_says_it")
        ]
