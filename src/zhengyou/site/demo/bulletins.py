"""What the bureau makes of its spot check in the demo: a bulletin that one school has read and the
other has not; and by what it tells its schools apart."""

from collections.abc import Callable
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.actions import bulletins, tiers
from zhengyou.inspections.actions.bulletins import Head
from zhengyou.inspections.actions.tiers import Setting
from zhengyou.inspections.models import Bulletin, Finding
from zhengyou.inspections.tiers.words import Is, Side
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role
from zhengyou.site.demo.cast import Cast

CRITERIA = (
    (Setting(Side.LEADING, "duty_rate", Is.AT_LEAST, 90), "该做的都按时做了，才算带得了头"),
    (Setting(Side.LEADING, "pledges_kept", Is.AT_LEAST, 80), "说了就要办到"),
    (Setting(Side.LAGGING, "problems_overdue", Is.MORE, 0), "答应改的不能一拖再拖"),
    (Setting(Side.LAGGING, "remarks_unanswered", Is.MORE, 0), "家长说了话要有回音"),
    (Setting(Side.LAGGING, "findings_criticised", Is.MORE, 2), "查出来的要改"),
)
NUMBER = "澜教督通〔2026〕1号"
OPENING = "秋季减负抽查当众抽签，抽到一所学校，不打招呼看了半天。"
CLOSING = "各校照着查一查自己，家长说了话的要有回音。"


class Bulletins:
    """A bulletin and the criteria.

    Args:
        at: lays an event on a day of the campaign; by: who acts, by name, in a post.
    """

    def __init__(
        self,
        cast: Cast,
        at: Callable[[int, int, Callable[[], Any]], None],
        by: Callable[..., Actor],
        campaign: Callable[[], Campaign],
    ) -> None:
        self.cast, self.at, self.by, self.campaign = cast, at, by, campaign
        self.made: Bulletin

    def lay(self) -> None:
        """Lay everything on the calendar."""
        self.at(40, 15, self._criteria)
        self.at(97, 9, self._draft)
        self.at(97, 15, self._publish)
        self.at(98, 9, self._read)

    def _criteria(self) -> None:
        office = self.by("顾明川", Role.CAMPAIGN_OFFICE)
        for setting, why in CRITERIA:
            tiers.add(office, self.campaign(), self.cast.bureau, setting, why)

    def _draft(self) -> None:
        yin, bureau = self.by("殷素秋", Role.INSPECTOR), self.cast.bureau
        head = Head(
            "关于秋季减负抽查情况的通报", "澜教督通〔2026〕1号", bureau, True, OPENING, CLOSING
        )
        rows = Finding.objects.filter(visit__inspection__organisation=bureau)
        self.made = bulletins.begin(yin, bureau, head, rows)
        bulletins.submit(yin, self.made)

    def _publish(self) -> None:
        bulletins.approve(self.by("秦望舒", Role.SECRETARY), self.made)
        bulletins.publish(self.by("殷素秋", Role.INSPECTOR), self.made)

    def _read(self) -> None:
        lead = self.by("闻立诚", Role.SECRETARY)
        assert lead.hat is not None
        bulletins.read(lead, self.made, lead.hat.organisation)
