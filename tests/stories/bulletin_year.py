"""Two schools inspected by the bureau, and three villages told apart by their town."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.conf import settings
from tests.cast import FOUNDED, Cast
from tests.stage import shared
from tests.work.scene import record_of

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.actions import draws, planning, visits
from zhengyou.inspections.actions.planning import Outline
from zhengyou.inspections.actions.visits import Answer, Filled
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import (
    Finding,
    FindingKind,
    Grade,
    InspectionKind,
    Sample,
    Visit,
)
from zhengyou.kernel import clock
from zhengyou.people.actions.people import appoint
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Kind, Organisation, Role
from zhengyou.people.queries.kept import forget
from zhengyou.problems.actions.raising import raise_problem

HANDED, NOW = date(2026, 10, 12), date(2026, 10, 14)
ITEM = Item("gate", "放学时校门口不堵", "放学前后站二十分钟，自己看")
PRAISED, CRITICISED = "家长志愿者把路口管得井井有条", "放学时校门口堵了二十分钟"


@dataclass
class Year:
    """The scene: what was found in the schools, the villages and their campaign."""

    cast: Cast
    good: Finding  # at 南湖小学党支部
    bad: Finding  # at 育新小学党支部
    campaign: Campaign
    villages: list[Organisation]  # 前溪, 后溪

    @property
    def yin(self) -> Actor:
        """The inspector of the bureau."""
        return acting_as(self.cast.yin, Role.INSPECTOR)


@shared(on="cast")
def bulletin_year(cast: Cast) -> Year:
    """What was played before the stories begin."""
    forget()
    bad, good = (_found(cast, visit) for visit in _visits(cast))
    villages = [
        found(None, name=f"{name}党支部", kind=Kind.BRANCH, parent=cast.town, on=FOUNDED)
        for name in ("前溪村", "后溪村")
    ]
    appoint(None, cast.tao, cast.town, Role.CAMPAIGN_OFFICE, since=date(2026, 4, 1))
    campaign = _campaign(cast)
    record_of(villages[1], "launch", date(2026, 5, 15), cast.tao)
    with clock.at(date(2026, 8, 3)):
        bai = acting_as(cast.bai, Role.SECRETARY)
        raise_problem(
            bai, cast.village, title="村口路灯坏了没人修", source=cast.village.ref,
            campaign=campaign,
        )  # fmt: skip
    return Year(cast, good, bad, campaign, villages)


def _visits(cast: Cast) -> list[Visit]:
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(date(2026, 10, 8)):
        outline = Outline(
            InspectionKind.SPECIAL, "放学秩序专项检查", cast.bureau, [Kind.BRANCH],
            date(2026, 10, 8), date(2026, 10, 20), "看放学时校门口堵不堵", sample=Sample.CHOSEN,
        )  # fmt: skip
        made = planning.plan(office, cast.bureau, outline, items=[ITEM])
        planning.set_team(office, made, [cast.yin])
        draws.name_bodies(office, made, [cast.branch, cast.nanhu], "两所学校在同一条路上")
    return [made.visits.get(organisation=body) for body in (cast.branch, cast.nanhu)]


def _found(cast: Cast, visit: Visit) -> Finding:
    bad = visit.organisation == cast.branch
    answer = (
        Answer(Grade.NO, CRITICISED, FindingKind.CRITICISM)
        if bad
        else Answer(Grade.YES, PRAISED, FindingKind.PRAISE)
    )
    with clock.at(HANDED):
        yin = acting_as(cast.yin, Role.INSPECTOR)
        visits.send(yin, visit, Filled(uuid4(), HANDED, {ITEM.code: answer}))
        visits.hand_over(yin, visit)
    return visit.findings.get()


def _campaign(cast: Cast) -> Campaign:
    """The village blueprint, run by the town for its branches."""
    text = (settings.BLUEPRINT_FOLDER / "village.toml").read_text("utf-8")
    with clock.at(date(2026, 5, 1)):
        office = acting_as(cast.tao, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.town, text, date(2026, 5, 1))
        campaign.open(office)
    return campaign
