"""What a reviewer says to one item, and what of it is ticked but not sent yet."""

from django.db import models
from django.db.models import Q

from zhengyou.climb.models import Answer, Decision
from zhengyou.people.models import Person
from zhengyou.pledges.models.item import PledgeItem


class Question(models.TextChoices):
    """The three questions to every item (逐条审): right, concrete, achievable."""

    RIGHT = "right", "准确"
    CONCRETE = "concrete", "具体"
    ACHIEVABLE = "achievable", "可行"

    @property
    def hint(self) -> str:
        """What a yes means."""
        return _HINTS[self]


_HINTS = {
    Question.RIGHT: "说的是他该管的事",
    Question.CONCRETE: "有数、有日子、有对象",
    Question.ACHIEVABLE: "到期做得到",
}


class ItemReview(Decision):
    """One answer to one submitted item. Any no returns it, and then the reason says how to mend.

    ``text_seen`` is the item's content as it was read, so that a resubmission shows what changed.
    """

    item = models.ForeignKey(
        PledgeItem, verbose_name="条目", on_delete=models.CASCADE, related_name="reviews"
    )
    right = models.BooleanField("准确")
    concrete = models.BooleanField("具体")
    achievable = models.BooleanField("可行")
    text_seen = models.JSONField("当时的文字", default=dict)

    class Meta(Decision.Meta):
        verbose_name = "逐条审核意见"
        indexes = [models.Index(fields=["item", "-decided_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.APPROVE, right=True, concrete=True, achievable=True)
                | (
                    Q(answer=Answer.RETURN)
                    & (Q(right=False) | Q(concrete=False) | Q(achievable=False))
                    & ~Q(reason="")
                ),
                name="pledges_itemreview_answer_follows_tests",
            )
        ]


class ReviewDraft(models.Model):
    """What one reviewer has ticked and typed for one item, kept until it is sent.

    ``seen`` is the item's fingerprint then: ticks for a text that has changed do not count.
    """

    item = models.ForeignKey(
        PledgeItem, verbose_name="条目", on_delete=models.CASCADE, related_name="review_drafts"
    )
    reviewer = models.ForeignKey(
        Person, verbose_name="审核人", on_delete=models.CASCADE, related_name="+"
    )
    right = models.BooleanField("准确", null=True)
    concrete = models.BooleanField("具体", null=True)
    achievable = models.BooleanField("可行", null=True)
    reason = models.TextField("怎么改", blank=True)
    seen = models.CharField("当时文字的校验码", max_length=16)
    saved_at = models.DateTimeField("存下时间")

    class Meta:
        verbose_name = "还没送出的审核意见"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "reviewer"], name="pledges_reviewdraft_one_per_reviewer"
            )
        ]
