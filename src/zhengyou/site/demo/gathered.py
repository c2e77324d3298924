"""What people say in the demo when they are asked: parents at a talk, everybody in a survey,
teachers in a discussion, somebody about too many tables. Nobody is known, as in life."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.voices.actions import boxes, burden, meetings, surveys, topics, triage, writing
from zhengyou.voices.actions.boxes import BoxData, PlaceData
from zhengyou.voices.models import Box, BoxKind, QuestionKind, Relief, Voice
from zhengyou.voices.rules.surveys import Asked, Filled

Lay = Callable[[int, int, Callable[[], Any]], None]
TALK, SURVEY, TOPIC = "一年级家长座谈", "食堂问卷", "下一步先改什么"
NOTES = """放学时校门口挤，老人接孩子怕摔 -> 从下周一起三个年级错开十分钟
下雨天孩子在门口淋着等 -> 传达室旁的雨棚这周搭好，先在一楼大厅等
操场边的旧围墙有裂缝，孩子老在那儿玩
课后服务想有一个书法班"""
WALL = "操场边的旧围墙有裂缝，孩子老在那儿玩"
ASKED = (
    Asked(QuestionKind.ONE, "孩子回家说学校的午饭怎么样？", ("爱吃", "还行", "不爱吃")),
    Asked(QuestionKind.SEVERAL, "最想先改哪几样？", ("菜的味道", "热不热", "水果", "排队"), 2),
    Asked(QuestionKind.WORDS, "还想对食堂说什么？"),
)
SHEETS = (
    ("一、二年级", 9, 0, (0,)), ("一、二年级", 6, 1, (1, 3)), ("三、四年级", 8, 0, (0, 2)),
    ("三、四年级", 7, 1, (1,)), ("五、六年级", 6, 0, (3,)), ("五、六年级", 2, 2, (0,)),
)  # fmt: skip
"""Place, how many, what they chose."""
WORDS = ("汤常常是温的，冬天能不能热一点。", "谢谢打菜的阿姨，孩子说她记得谁不吃香菜。")
SAID = (
    ("先把作业减下来，孩子九点前能睡。", "少留作业"),
    ("每天的错题当天讲掉，比多做一张卷子强。", "少留作业"),
    ("体育课别再让别的课占了。", "多动一动"),
    ("大课间能不能全校一起跑，老师也跑。", "多动一动"),
)
GOAL = "下学期先做两件事：低年级不留书面作业，高年级每天不超过一小时；体育课一节也不占。"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Lays what ``body`` asks and hears on a calendar.

    Args:
        at: lays an event: day, hour, what happens.
        campaign, keeper, above: asked when it happens; before there is none of them.
    """

    at: Lay
    body: Organisation
    campaign: Callable[[], Campaign]
    keeper: Callable[[], Actor]
    above: Callable[[], Actor]

    def lay(self) -> None:
        """Lay all of it."""
        self.at(
            60, 9, lambda: self._open(BoxKind.FORUM, TALK, "孩子在学校怎么样，您有什么要说的？")
        )
        self.at(62, 17, self._talk)
        self.at(63, 9, self._answer_parents)
        self.at(68, 9, lambda: self._open(BoxKind.SURVEY, SURVEY, "午饭怎么样，先改哪几样？", 10))
        for number, sheets in enumerate(SHEETS):
            self.at(69 + number, 19, lambda sheets=sheets: self._hand_in(*sheets))  # type: ignore[misc]
        self.at(80, 9, lambda: boxes.close(self.keeper(), self._box(SURVEY)))
        self.at(76, 9, lambda: self._open(BoxKind.TOPIC, TOPIC, "下学期只改两件事，先改什么？", 14))
        self.at(78, 20, self._discuss)
        self.at(82, 9, self._group)
        self.at(93, 10, lambda: topics.conclude(self.keeper(), self._box(TOPIC), GOAL))
        self._lay_complaints()

    def _box(self, title: str) -> Box:
        return Box.objects.get(organisation=self.body, title=title)

    def _open(self, kind: BoxKind, title: str, asked: str, days: int | None = None) -> None:
        actor, today = self.keeper(), clock.today()
        assert actor.person is not None
        survey = kind == BoxKind.SURVEY
        places = [PlaceData(label) for label in dict.fromkeys(row[0] for row in SHEETS)]
        data = BoxData(
            kind, title, asked, actor.person, today, today + timedelta(days=days) if days else None,
            places=places if survey else (),
        )  # fmt: skip
        box = boxes.set_up(actor, self.body, data, self.campaign())
        for question in ASKED if survey else ():
            surveys.ask(actor, box, question)
        boxes.open_box(actor, box)

    def _talk(self) -> None:
        held = meetings.MeetingData("一年级家长", on=clock.today(), place="阶梯教室", number=46)
        meetings.set_meeting(self.keeper(), self._box(TALK), held)
        meetings.note_down(self.keeper(), self._box(TALK), meetings.entries_in(NOTES))

    def _answer_parents(self) -> None:
        actor, said = self.keeper(), Voice.objects.filter(box=self._box(TALK))
        triage.to_problem(actor, said.filter(text=WALL), self.body, "操场边的旧围墙有裂缝", WALL)
        triage.show(actor, said)

    def _hand_in(self, place: str, count: int, one: int, several: tuple[int, ...]) -> None:
        box = self._box(SURVEY)
        first, second, free = box.questions.all()
        where = box.places.get(label=place)
        chosen = {str(first.uid): [one], str(second.uid): several}
        for number in range(count):
            said = WORDS[one] if one < len(WORDS) and not number and place == "一、二年级" else ""
            surveys.hand_in(box, Filled(chosen, {str(free.uid): said}), where)

    def _discuss(self) -> None:
        box = self._box(TOPIC)
        for text, _ in SAID:
            writing.put_in(box, writing.Slip(text))
        triage.show(self.keeper(), Voice.objects.filter(box=box))

    def _group(self) -> None:
        box = self._box(TOPIC)
        for title in dict.fromkeys(theme for _, theme in SAID):
            theme = topics.add_theme(self.keeper(), box, title)
            texts = [text for text, under in SAID if under == title]
            rows = Voice.objects.filter(box=box, text__in=texts)
            topics.group(self.keeper(), box, rows.order_by("text"), theme)

    def _lay_complaints(self) -> None:
        tables = "周报、月报和台账，填的是一样的数，一个月要填三遍。"
        logs = "班主任日志和德育记录写的是一回事，能不能只写一份。"
        self.at(50, 20, lambda: burden.complain(self.body, tables, matter="周报、月报、台账"))
        self.at(58, 9, lambda: self._ease(tables))
        self.at(86, 20, lambda: burden.complain(self.body, logs, matter="班主任日志、德育记录"))

    def _ease(self, text: str) -> None:
        words = "三张合成一张月报，数从纪实里来，学校只核对、不另填，从下个月起。"
        burden.answer(self.above(), Voice.objects.filter(text=text), Relief.MERGED, words)
