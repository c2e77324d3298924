"""The demo's rectification ledger: what a school found wrong, from whom it heard it, and how far it
is: struck off, sent back and reopened, overdue, waiting, explained, one person's own."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person, Role
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Explained, Privacy, Problem
from zhengyou.site.demo.cast import Branch
from zhengyou.work.models import ReportPoint, ReportSection


class Rectification:
    """The problems of one branch.

    Args:
        at: lays an event on a day of the campaign; start: the first.
        acting: who acts, in a post or as the member he or she is.
        inspector: who looks from above.
    """

    def __init__(
        self,
        branch: Branch,
        start: date,
        at: Callable[[int, int, Callable[[], Any]], None],
        acting: Callable[..., Actor],
        campaign: Callable[[], Campaign],
        inspector: Callable[[], Actor],
    ) -> None:
        self.branch, self.start, self.at, self.acting = branch, start, at, acting
        self.campaign, self.inspector = campaign, inspector
        self.found: dict[str, Problem] = {}

    def lay(self) -> None:
        """Lay everything on the calendar."""
        self._lessons()
        self._records()
        self._lights()
        self._canteen()
        self._gate()
        self.at(47, 20, self._own)
        self.at(97, 15, lambda: self._raise(
            "quiet", self._deputy(), "两位老师为调课闹了别扭", "told", privacy=Privacy.HANDLERS,
        ))  # fmt: skip

    # --- one by one -----------------------------------------------------------------------------
    def _lessons(self) -> None:
        """Found by themselves, mended, verified by the deputy and struck off."""
        at = self.at
        at(
            15,
            18,
            lambda: self._raise(
                "lessons",
                self._lead(),
                "有的课照搬去年的教案",
                "own_finding",
                text="抽看了十二份教案，三份没有改过日期。",
            ),
        )
        at(
            17,
            10,
            lambda: self._agree("lessons", 3, 42, "每周备课组互看一份教案", "教研日讲一节改过的课"),
        )
        at(20, 9, lambda: self._start("lessons"))
        at(38, 17, lambda: self._submit("lessons", "互看了四周，三份都重写了，教研日讲了两节。"))
        at(40, 10, lambda: self._verify("lessons", self._deputy(), "翻了最近两周的，都是新写的。"))

    def _records(self) -> None:
        """Found by the inspector, sent back once, struck off, and reopened."""
        at = self.at
        at(
            55,
            15,
            lambda: self._raise(
                "records",
                self.inspector(),
                "功能室的使用登记和课表对不上",
                "pointed_out",
                deadline=self._day(75),
                text="九月有五天课表上有实验课，登记本上没有。",
            ),
        )
        at(57, 9, lambda: self._agree("records", 4, 75, "登记本放到门口", "教导处每周五对一次"))
        at(70, 16, lambda: self._submit("records", "登记本挂好了。"))
        at(
            72,
            10,
            lambda: judging.send_back(
                self.inspector(), self.found["records"], "只挂了本子，上周的课还是没登。"
            ),
        )
        at(74, 16, lambda: self._submit("records", "连着对了两周，都登上了。"))
        at(78, 10, lambda: self._verify("records", self.inspector(), "两周都对得上。"))
        at(
            95,
            10,
            lambda: judging.reopen(
                self.inspector(), self.found["records"], "这周又有两节没登。", self._day(110)
            ),
        )
        at(96, 9, lambda: self._agree("records", 4, 108, "上课老师当堂登记，课代表提醒"))

    def _lights(self) -> None:
        """Told by parents; overdue."""
        self.at(66, 16, lambda: self._raise("lights", self._lead(), "晚托教室的灯太暗", "told"))
        self.at(68, 9, lambda: self._agree("lights", 5, 94, "量一遍照度", "换掉六根灯管"))
        self.at(75, 9, lambda: self._start("lights"))
        self.at(
            80,
            9,
            lambda: mending.tick_off(
                self.acting(self._member(5)), self.found["lights"].measures.order_by("order")[0]
            ),
        )

    def _canteen(self) -> None:
        """Cannot be solved now: a plan in steps."""
        self.at(50, 12, lambda: self._raise("canteen", self._lead(), "食堂排队要二十分钟", "told"))
        self.at(
            53,
            9,
            lambda: judging.explain(
                self._lead(),
                self.found["canteen"],
                kind=Explained.PLAN,
                again=self._day(160),
                words="食堂只有两个窗口，今年先按年级错开一刻钟；扩建报了明年的预算，批下来寒假动工。",
            ),
        )

    def _gate(self) -> None:
        """From the point in which the weekly report is stuck: more time is asked for."""
        self.at(95, 9, self._raise_stuck)
        self.at(
            95,
            11,
            lambda: self._agree("gate", 1, 105, "请交警周三来看一次", "三个年级再错开五分钟"),
        )
        self.at(96, 9, lambda: self._start("gate"))
        self.at(
            98,
            16,
            lambda: extending.ask(
                self.acting(self._member(1)),
                self.found["gate"],
                until=self._day(125),
                why="交警下周才排得出人，错峰要再试两周。",
            ),
        )

    def _raise_stuck(self) -> None:
        points = ReportPoint.objects.filter(
            report__organisation=self.branch.body, section=ReportSection.STUCK, carries=None
        )
        point = points.order_by("-pk").first()
        if point is not None:
            self._raise("gate", self._lead(), "校门口放学太挤", "report_point", point.ref)

    def _own(self) -> None:
        """A member's own shortcoming: for that member and the leaders only."""
        who = next((one for one in self.branch.people if one.name == "宋知行"), self._member(3))
        actor = self.acting(who)
        self.found["own"] = raise_problem(
            actor,
            self.branch.body,
            title="听课记录常常过几天才补",
            subject=who,
            source=Ref("own_finding", who.uid),
        )
        mending.agree(
            actor,
            self.found["own"],
            owner=who,
            deadline=self._day(115),
            measures=[Planned("当天听课当天写三句话")],
        )
        mending.start(actor, self.found["own"])

    # --- the verbs ------------------------------------------------------------------------------
    def _raise(
        self, name: str, actor: Actor, title: str, kind: str, source: Ref | None = None, **more: Any
    ) -> None:
        where = source or Ref(kind, self.branch.body.uid)
        self.found[name] = raise_problem(
            actor, self.branch.body, title=title, source=where, campaign=self.campaign(), **more
        )

    def _agree(self, name: str, owner: int, day: int, *measures: str) -> None:
        mending.agree(
            self._lead(),
            self.found[name],
            owner=self._member(owner),
            deadline=self._day(day),
            measures=[Planned(each) for each in measures],
        )

    def _start(self, name: str) -> None:
        problem = self.found[name]
        assert problem.owner is not None
        mending.start(self.acting(problem.owner), problem)

    def _submit(self, name: str, words: str) -> None:
        problem = self.found[name]
        assert problem.owner is not None
        mending.submit(self.acting(problem.owner), problem, words)

    def _verify(self, name: str, actor: Actor, words: str) -> None:
        judging.verify(actor, self.found[name], words)
        judging.close(actor, self.found[name])

    # --- who and when ---------------------------------------------------------------------------
    def _day(self, number: int) -> date:
        return max(self.start + timedelta(days=number), clock.today())

    def _member(self, place: int) -> Person:
        working = [one for one in self.branch.people if not one.work.startswith("退休")]
        return working[place % len(working)]

    def _lead(self) -> Actor:
        return self.acting(self.branch.people[0], Role.SECRETARY)

    def _deputy(self) -> Actor:
        return self.acting(self.branch.people[1], Role.DEPUTY_SECRETARY)
