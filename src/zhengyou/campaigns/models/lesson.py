"""What was learnt from a run, for whoever runs it again."""

from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.people.models import Organisation, Person


class Lesson(models.Model):
    """The lessons (经验教训) of one body in one run; of the body that runs it: of the whole."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="lessons")
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("经验教训")
    written_by = models.ForeignKey(
        Person, verbose_name="谁写的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    written_at = models.DateTimeField("哪天写的")

    class Meta:
        verbose_name = "经验教训"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"], name="campaigns_lesson_one_per_body"
            )
        ]
