"""The leading group and its working groups, as the blueprint describes them."""

from typing import TYPE_CHECKING

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.people.models import Kind, Role

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

SEAT_WORDS = {"head": Role.SEAT_HEAD, "deputy": Role.SEAT_DEPUTY, "member": Role.SEAT_MEMBER}
"""The blueprint's words for the seats of a group."""


class GroupTemplate(models.Model):
    """A group that every adopting body sets up, with its duty and seats."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    duty = models.CharField("职责", max_length=200, blank=True)
    under = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="subgroups")
    seats = models.JSONField("席位", default=dict)  # {Role value: [least, most or null]}
    order = models.PositiveSmallIntegerField("排序", default=0)

    if TYPE_CHECKING:
        subgroups: RelatedManager["GroupTemplate"]

    class Meta:
        verbose_name = "领导小组和工作组"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaigns_group_one_code")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> Kind:
        """What kind of body it becomes: on top a leading group, below it working groups."""
        return Kind.WORKING_GROUP if self.under_id else Kind.LEADING_GROUP

    def limits(self, role: Role) -> tuple[int, int | None]:
        """Return how many may hold ``role`` here: at least, at most (None: no limit)."""
        least, most = self.seats.get(role, (0, 0))
        return least, most
