"""What a school of the demo writes down of its duties: meetings each week and month, a test, days
of service; one week forgotten, one entered late, a lecture missing, and something that is stuck."""

from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Role
from zhengyou.site.demo.cast import Branch
from zhengyou.site.demo.disclosing import Disclosing
from zhengyou.work import owing
from zhengyou.work.actions import exempting, recording, report_lines, reporting, series
from zhengyou.work.composing import compose
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import Attendance, Cadence, Duty, Record, RecordKind, ReportSection, Scope

WEEKLY = (
    "食堂换了洗碗机，剩饭称了一周；卡在放学接送，校门口还是挤。下周错峰放学试三天。",
    "三个年级听课都排好了；课后服务还缺一位美术老师。下周去南湖小学借人。",
    "家长提的六条意见办了四条；两条要教育局拨款。下周写报告。",
    "运动会报名齐了；操场西边积水没修好。下周请后勤找人看。",
    "学困生帮扶分到人，每人两名；有四名孩子周末没人管。下周家访。",
)
THEMES = ("走进社区擦亮站牌", "给新老师讲校史", "整理图书角，送旧书进山")
SERVED = (
    (41, "放学后陪三名孩子订正数学作业，四点半到六点。", Scope.UNIT),
    (76, "周末在社区教老人用手机挂号。", Scope.SOCIETY),
)
FORGOTTEN, LATE = 4, 8
"""Which week's meeting nobody wrote down, and which was written down in the week after."""
STUCK = "校门口放学太挤，错峰试了三天还是堵，要交警来看一看。"


class Obligations:
    """The records of one branch.

    Args:
        at: lays an event on a day of the campaign; start: the first.
        acting: who acts, in a post or as the member he or she is.
    """

    def __init__(
        self,
        branch: Branch,
        start: date,
        anchor: date,
        random: Random,
        at: Callable[[int, int, Callable[[], Any]], None],
        acting: Callable[..., Actor],
        campaign: Callable[[], Campaign],
    ) -> None:
        self.branch, self.start, self.anchor, self.random = branch, start, anchor, random
        self.at, self.acting, self.campaign = at, acting, campaign
        self.first: Record | None = None

    def lay(self) -> None:
        """Lay everything on the calendar."""
        at = self.at
        at(13, 17, lambda: self._enter(RecordKind.LAUNCH, "动员大会", self._came(), "书记讲方案。"))
        at(14, 17, self._test)
        at(18, 16, self._exempt)
        self._weeks()
        for month, theme in enumerate(THEMES):
            at(20 + 30 * month, 17, partial(self._theme_day, theme))
            for place, group in enumerate(self.branch.groups):
                if (month, place) != (2, 2):  # one group has not met
                    at(22 + 30 * month + place, 16, partial(self._group_meeting, group))
        at(45, 17, lambda: self._enter(RecordKind.ASSEMBLY, "", self._came(), "学文件，查不足。"))
        for day, words, scope in SERVED:
            at(day, 19, partial(self._service, words, scope))
        Disclosing(self.branch, at, self.acting, self.campaign).lay()

    # --- the weekly feedback --------------------------------------------------------------------
    def _weeks(self) -> None:
        """Each Wednesday's meeting up to the week before the last, which is a report."""
        day = 8 + (2 - (self.start + timedelta(days=8)).weekday()) % 7
        last = (self.anchor - self.start).days - 7
        for number, on in enumerate(range(day, last, 7)):
            if number != FORGOTTEN:
                later = 8 if number == LATE else 0
                self.at(on + later, 17, partial(self._meeting, number, later))
        self.at(last + 1, 16, self._report)

    def _meeting(self, number: int, later: int) -> None:
        on = clock.today() - timedelta(days=later)
        row = self.first.series if self.first else None
        made = self._enter(
            RecordKind.STAFF_MEETING, "周三中层例会", self._people(self.branch.people[:6]),
            WEEKLY[number % len(WEEKLY)], on=on, series=row, begins_at=time(16, 0),
            place="二楼会议室",
        )  # fmt: skip
        if self.first is None:
            series.start(self._recorder(), made, Cadence.WEEK)
            self.first = made

    def _report(self) -> None:
        lead = self.acting(self.branch.people[0], Role.SECRETARY)
        owed = owing.find(self._duty("feedback"), self.branch.body, None)
        if owed is not None:
            report = reporting.begin(lead, owed)
            for section, words in (("done", "课后服务排到了月底。"), ("stuck", STUCK),
                                   ("next", "请交警周三放学时来一趟。")):  # fmt: skip
                report_lines.add(lead, report, ReportSection(section), words)
            reporting.send(lead, report, compose(report).digest)

    # --- the rest -------------------------------------------------------------------------------
    def _test(self) -> None:
        people = [
            Attendee(person, amount=Decimal(self.random.randint(68, 100)))
            for person in self.branch.people
            if not person.work.startswith("退休")
        ]
        self._enter(RecordKind.TEST, "活动文件测试", people, "四十道选择，两道简答。")

    def _exempt(self) -> None:
        lead = self.acting(self.branch.people[0], Role.SECRETARY)
        for person in self.branch.people:
            if person.work.startswith("退休"):
                exempting.exempt(lead, self._duty("test"), self.branch.body, person,
                                 clock.today(), None, "腿脚不便，本人提出")  # fmt: skip

    def _theme_day(self, theme: str) -> None:
        self._enter(RecordKind.THEME_DAY, f"主题党日：{theme}", self._came(), f"{theme}，半天。")

    def _group_meeting(self, group: Organisation) -> None:
        at = self.branch.groups.index(group)
        people = self._people(self.branch.people[at :: len(self.branch.groups)])
        self._enter(RecordKind.GROUP_MEETING, "党小组会", people, "对着承诺说进展。", body=group)

    def _service(self, words: str, scope: Scope) -> None:
        for person in self.branch.people:
            if person.name == "宋知行":
                actor = self.acting(person)
                body = actor.memberships[0]
                content = Content(
                    RecordKind.SERVICE, clock.today(), text=words, scope=scope.value,
                    hours=Decimal("1.5"), people=(Attendee(person),),
                )  # fmt: skip
                recording.enter(actor, body, content)

    # --- inside ---------------------------------------------------------------------------------
    def _recorder(self) -> Actor:
        person = next(who for who in self.branch.people if who.name == "田雨禾")
        return self.acting(person, Role.RECORDER)

    def _duty(self, code: str) -> Duty:
        return self.campaign().duties.get(code=code)

    def _people(self, persons: Iterable[Person]) -> list[Attendee]:
        return [Attendee(person) for person in persons]

    def _came(self) -> list[Attendee]:
        """Everybody, with one in ten excused."""
        return [
            Attendee(
                person, Attendance.EXCUSED if self.random.random() < 0.1 else Attendance.PRESENT
            )
            for person in self.branch.people
            if not person.work.startswith("退休")
        ]

    def _enter(
        self, kind: RecordKind, title: str, people: list[Attendee], text: str,
        body: Organisation | None = None, on: date | None = None, **more: Any,
    ) -> Record:  # fmt: skip
        content = Content(
            kind, on or clock.today(), title=title, people=tuple(people), text=text, **more
        )
        return recording.enter(self._recorder(), body or self.branch.body, content)
