"""The bureau's spot check of September 2026, played with the verbs of the house.

Five more branches stand beside those of the cast, so that there is something to draw from: three
under the bureau, two under the town.
"""

from dataclasses import dataclass
from datetime import date
from itertools import product

from tests.cast import FOUNDED, Cast
from tests.stage import shared

from zhengyou.inspections import drawing
from zhengyou.inspections.actions import draws, planning
from zhengyou.inspections.actions.draws import Announced
from zhengyou.inspections.actions.planning import Outline
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import (
    Inspection,
    InspectionKind,
    Method,
    SeedSource,
    StrataBy,
    Visit,
)
from zhengyou.kernel import clock
from zhengyou.people.actions.people import appoint
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Kind, Organisation, Role

PLANNED, SEED_DAY, FIRST, LAST = (
    date(2026, 9, 14), date(2026, 9, 16), date(2026, 9, 17), date(2026, 9, 30),
)  # fmt: skip
SEED = (4, 2, 6, 1, 3, 3, 5, 2)
ITEMS = (
    Item("homework", "家长说得出孩子的作业比上学期少了", "放学时在校门口问五位家长，不提前打招呼"),
    Item("answer", "学生和家长提过的事都有了回音", "看公开栏上的答复，再问提的人满意不满意"),
    Item("safe", "放学时段校门口没有拥堵", "放学前后站二十分钟，自己看"),
)


@dataclass
class Checks:
    """The scene: everybody who acts, and the spot check as it is planned."""

    cast: Cast
    spot: Inspection
    others: list[Organisation]  # 东港、西桥、北山 under the bureau, 前溪、后溪 under the town

    @property
    def office(self) -> Actor:
        """顾明川, campaign office of the bureau."""
        return acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)

    @property
    def yin(self) -> Actor:
        """殷素秋, inspector of the bureau; leads the team."""
        return acting_as(self.cast.yin, Role.INSPECTOR)

    @property
    def head(self) -> Actor:
        """秦望舒, secretary of the bureau."""
        return acting_as(self.cast.qin, Role.SECRETARY)

    @property
    def shen(self) -> Actor:
        """沈若兰, secretary of the school's branch."""
        return acting_as(self.cast.shen, Role.SECRETARY)

    def freeze(self, **changes: object) -> None:
        """Freeze the list and announce dice in two days' time."""
        said = {"method": Method.HASH, "source": SeedSource.DICE, "on": SEED_DAY,
                "words": "9月16日上午在局办公楼大厅当众掷八颗骰子", **changes}  # fmt: skip
        draws.freeze(self.office, self.spot, Announced(**said))  # type: ignore[arg-type]

    def seed_that_draws(self, *wanted: Organisation) -> tuple[int, ...]:
        """Return the first seed that draws these bodies in this order. Digests hold random uids,
        so a fixed seed would draw others in each run."""
        frozen = drawing.read(self.spot.draw.text)
        uids = [body.uid for body in wanted]
        for seed in product(range(1, 7), repeat=frozen.count):
            if [entry.uid for entry in drawing.drawn(frozen, seed)[0]][: len(uids)] == uids:
                return seed
        raise LookupError("no seed draws them")

    def drawn(self) -> list[Visit]:
        """Freeze and draw 育新 and 东港; return the visits."""
        with clock.at(PLANNED):
            self.freeze()
        seed = self.seed_that_draws(self.cast.branch, self.others[0])
        with clock.at(SEED_DAY):
            draws.enter_seed(self.office, self.spot, seed, "局工会一人，两所学校家委会各一人")
        return list(self.spot.visits.select_related("organisation").order_by("pk"))


@shared(on="cast")
def checks(cast: Cast) -> Checks:
    """The spot check, planned on 14 September, in the team 殷素秋 and 闻立诚."""
    with clock.at(PLANNED):
        others = [
            found(None, name=f"{name}党支部", kind=Kind.BRANCH, parent=parent, order=order,
                  on=FOUNDED)
            for order, (name, parent) in enumerate(
                [("东港小学", cast.bureau), ("西桥小学", cast.bureau), ("北山小学", cast.bureau),
                 ("前溪村", cast.town), ("后溪村", cast.town)], start=5)
        ]  # fmt: skip
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        spot = planning.plan(office, cast.bureau, outline(cast), items=ITEMS)
        planning.set_team(office, spot, [cast.yin, cast.wen], leader=cast.yin)
    return Checks(cast, spot, others)


def outline(cast: Cast, **changes: object) -> Outline:
    """What is said of the spot check: two of the bureau's five branches."""
    said = {"kind": InspectionKind.SPOT, "title": "秋季开学减负抽查", "scope": cast.bureau,
            "kinds": [Kind.BRANCH], "starts_on": FIRST, "ends_on": LAST,
            "purpose": "看开学后作业和校门口秩序有没有变好", "strata_by": StrataBy.KIND,
            "quota": 2, **changes}  # fmt: skip
    return Outline(**said)  # type: ignore[arg-type]


def of_county(checks: Checks, **changes: object) -> Inspection:
    """A spot check of the county over both regions, with its own office."""
    cast = checks.cast
    with clock.at(PLANNED):
        appoint(None, cast.qin, cast.county, Role.CAMPAIGN_OFFICE, since=PLANNED)
        actor = acting_as(cast.qin, Role.CAMPAIGN_OFFICE)
        said = {"scope": cast.county, "strata_by": StrataBy.REGION, "quota": 1, **changes}
        spot = planning.plan(actor, cast.county, outline(cast, **said), items=ITEMS)
        planning.set_team(actor, spot, [cast.yin])
    return spot
