"""The bureau's spot check of the demo: sealed, drawn by hand with two dice, made at one school,
handed over; one criticism is answered, one is a problem with its day, one waits for its answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.actions import draws, planning, visits
from zhengyou.inspections.actions.draws import Announced
from zhengyou.inspections.actions.planning import Outline
from zhengyou.inspections.actions.visits import Answer, Filled
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import (
    FindingKind,
    Grade,
    Inspection,
    InspectionKind,
    Method,
    SeedSource,
)
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Role
from zhengyou.site.demo.cast import Cast

ITEMS = (
    Item("homework", "家长说得出孩子的作业比上学期少了", "放学时在校门口问五位家长，不提前打招呼"),
    Item("gate", "放学时校门口不堵", "放学前后站二十分钟，自己看"),
    Item("answered", "家长提过的事都有了回音", "从公开栏挑三条，打电话问提的人"),
    Item("lunch", "饭菜是热的，剩饭少了", "和学生一起吃一顿"),
)
SAID = {
    "homework": Answer(
        Grade.PARTLY, "五位家长里三位说少了，两位说数学没少。", FindingKind.CRITICISM
    ),
    "gate": Answer(Grade.NO, "四点二十到四点三十五，路口堵了十五分钟。", FindingKind.CRITICISM),
    "answered": Answer(Grade.YES, "三条都答复了，提的人说满意。", FindingKind.PRAISE),
    "lunch": Answer(Grade.YES, "饭是热的。", None),
    "free-1": Answer(None, "值周记录和校门口看到的对不上，请再核一核。", FindingKind.CRITICISM),
}
ROLLED = (4, 1, 2, 5)
"""19 falls on the first of three schools, 11 on the first of the two that are left."""


class Inspections:
    """One spot check.

    Args:
        at: lays an event on a day of the campaign.
        by: who acts, by name, in a post.
    """

    def __init__(
        self,
        cast: Cast,
        at: Callable[[int, int, Callable[[], Any]], None],
        by: Callable[..., Actor],
        campaign: Callable[[], Campaign],
    ) -> None:
        self.cast, self.at, self.by, self.campaign = cast, at, by, campaign
        self.check: Inspection

    def lay(self) -> None:
        """Lay everything on the calendar."""
        self.at(86, 9, self._seal)
        self.at(90, 10, self._draw)
        self.at(94, 16, self._visit)
        self.at(95, 10, self._hand_over)
        self.at(96, 9, self._answer)

    def _office(self) -> Actor:
        return self.by("顾明川", Role.CAMPAIGN_OFFICE)

    def _seal(self) -> None:
        today, office = clock.today(), self._office()
        outline = Outline(
            InspectionKind.SPOT, "秋季减负抽查", self.cast.bureau, [Kind.BRANCH],
            today + timedelta(days=5), today + timedelta(days=25),
            "看作业、放学、家长意见这三件事，学生和家长感觉到了没有",
        )  # fmt: skip
        self.check = planning.plan(
            office, self.cast.bureau, outline, campaign=self.campaign(), items=ITEMS
        )
        planning.set_team(office, self.check, [self.cast["殷素秋"], self.cast["顾明川"]])
        draws.freeze(office, self.check, Announced(
            Method.DICE, SeedSource.DICE, "在局会议室，当着三所学校的家长代表掷两颗骰子",
            today + timedelta(days=4), reserve=1,
        ))  # fmt: skip

    def _draw(self) -> None:
        draws.enter_seed(self._office(), self.check, ROLLED, "三所学校的家长代表各一人，局工会一人")

    def _visit(self) -> None:
        self._visit_row = self.check.visits.get()
        token = UUID(int=clock.today().toordinal(), version=4)
        filled = Filled(token, clock.today(), SAID, "没打招呼，学校照常上课。")
        visits.send(self.by("殷素秋", Role.INSPECTOR), self._visit_row, filled)

    def _hand_over(self) -> None:
        visits.hand_over(self.by("殷素秋", Role.INSPECTOR), self._visit_row)

    def _answer(self) -> None:
        rows = {row.slot: row for row in self._visit_row.findings.all()}
        lead = self.by("沈若兰", Role.SECRETARY)
        visits.reply(lead, rows["homework"], "认。数学组这周起把书面作业合起来量，下周请家长再看。")
        gate = rows["gate"]
        visits.to_problem(
            self.by("殷素秋", Role.INSPECTOR), gate, title="放学时校门口堵十五分钟",
            text=gate.text, deadline=visits.deadline_of(gate), key=None,
        )  # fmt: skip
