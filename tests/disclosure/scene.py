"""A branch that lays open, each quarter, its money (two look) and its affairs, and to its own
people who was promoted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.cast import Cast
from tests.stage import shared
from tests.work.scene import TEXT, a_campaign

from zhengyou.campaigns.models import Campaign
from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.content import Words
from zhengyou.disclosure.models import DisclosedItem, DisclosureTopic
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.work.content import Amount

OPEN = """
[disclosure.money]
title    = "办学经费收支"
category = "财务公开"
who      = { kind = ["党支部"] }
every    = "每季度"
grace    = "15天"
must     = ["收入", "支出"]
numbers  = "要写数"
check    = "要两个人"

[disclosure.affairs]
title    = "收费和食堂"
category = "校务公开"
who      = { kind = ["党支部"] }
every    = "每季度"
grace    = "15天"

[disclosure.staff]
title    = "评优评先"
category = "教职工关心的事"
who      = { kind = ["党支部"] }
every    = "每季度"
audience = "本单位职工"
"""
Q4 = date(2026, 10, 1)
NUMBERS = (Amount("办公费", Decimal("1200.50"), "元"),)


@dataclass
class Openness:
    """The branch and its topics, in a campaign of the bureau from September on."""

    cast: Cast
    campaign: Campaign
    topics: dict[str, DisclosureTopic]

    @property
    def shen(self) -> Actor:
        """The secretary."""
        return acting_as(self.cast.shen, Role.SECRETARY)

    @property
    def tian(self) -> Actor:
        """The recorder."""
        return acting_as(self.cast.tian, Role.RECORDER)

    def drafted(self, code: str = "affairs", on: date = Q4, by: Actor | None = None,
                start: date = Q4, **how: Any) -> DisclosedItem:  # fmt: skip
        """Return a draft of the branch."""
        figures = NUMBERS if code == "money" else ()
        words = Words(how.pop("title", f"四季度{self.topics[code].title}"), "都在这里。", figures)
        with clock.at(on):
            return publishing.draft(by or self.tian, self.topics[code], self.cast.branch, start,
                                    words, **how)  # fmt: skip

    def published(self, code: str = "affairs", on: date = Q4, **how: Any) -> DisclosedItem:
        """Return something laid open on ``on``."""
        item = self.drafted(code, on, **how)
        with clock.at(on):
            publishing.publish(self.shen, item)
        return item


@shared(on="cast")
def openness(cast: Cast) -> Openness:
    """The scene."""
    campaign = a_campaign(cast, text=TEXT + OPEN)
    rows = DisclosureTopic.objects.select_related("duty__campaign")
    return Openness(cast, campaign, {row.code: row for row in rows})
