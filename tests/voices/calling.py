"""我为教育献一计 at 育新小学: 学段 screens, the school selects, one composite piece goes up."""

from dataclasses import dataclass
from datetime import date

from tests.cast import Cast
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Organisation, Role
from zhengyou.voices.actions import boxes, funnels, screening, suggesting, writing
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.actions.funnels import LevelData
from zhengyou.voices.actions.suggesting import Words
from zhengyou.voices.actions.writing import Slip
from zhengyou.voices.models import Box, BoxKind, Said, Suggestion, Voice, Where

OPENED, SCREENED = date(2026, 10, 12), date(2026, 11, 2)
LEAST = 3
IDEAS = (
    "放学的时候校门口太挤。建议各年级错开十分钟放学，后门也打开。",
    "图书角的书两年没换了。建议每学期各班交换一次，家长也可以捐。",
    "午休以后孩子犯困。建议下午第一节前放五分钟音乐，活动一下。",
    "新老师不会用实验室的设备。建议老教师每周带一节实验课。",
    "作业本收发占了早读。建议各组长在门口收，早读照常读书。",
    "放学时校门口太挤了。建议各年级错开十分钟放学，后门也打开。",
)
LEVELS = (
    LevelData("学段", Where.BELOW, code="stage"),
    LevelData("学校", Where.HERE, chosen_least=LEAST, most_up=1, as_piece=True, code="school"),
    LevelData("教育局", Where.ABOVE, code="bureau"),
)


@dataclass
class Call:
    """The call, who acts in it, and the codes of those who put something in."""

    cast: Cast
    box: Box
    codes: list[str]

    @property
    def keeper(self) -> Actor:
        """The secretary of the school."""
        return acting_as(self.cast.shen, Role.SECRETARY)

    @property
    def leader(self) -> Actor:
        """The leader of the low 学段."""
        return acting_as(self.cast.song, Role.GROUP_LEADER)

    @property
    def bureau(self) -> Actor:
        """The campaign office of the bureau."""
        return acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)

    def voices(self) -> list[Voice]:
        """What was put in, as it was typed in."""
        return sorted(self.box.voices.all(), key=lambda row: IDEAS.index(row.text))

    def gathered(self, home: Organisation | None = None) -> list[Suggestion]:
        """A suggestion of each voice, handed to the low 学段."""
        return suggesting.gather(self.keeper, self.box, home or self.cast.low, self.voices())

    def chosen(self) -> list[Suggestion]:
        """All chosen by the 学段 and by the school."""
        made = screening.screen(self.leader, self.gathered(), Said.CHOSEN)
        return screening.screen(self.keeper, made, Said.CHOSEN)


def words(title: str = "错时放学", text: str = "现在太挤；建议错开十分钟。") -> Words:
    """Words of a suggestion."""
    return Words(title, text)


@shared(on="cast")
def call(cast: Cast) -> Call:
    """An open call with six slips in it."""
    with clock.at(OPENED):
        keeper = acting_as(cast.shen, Role.SECRETARY)
        data = BoxData(
            BoxKind.CALL, "我为教育献一计", "学校哪里还能做得更好？怎么做？", cast.zhou,
            opens_on=OPENED, closes_on=date(2026, 10, 30),
        )  # fmt: skip
        box = boxes.set_up(keeper, cast.branch, data)
        funnels.set_levels(keeper, box, LEVELS)
        boxes.open_box(keeper, box)
        box.refresh_from_db()
        recorder = acting_as(cast.tian, Role.RECORDER)
        made = writing.enter_paper(recorder, box, [Slip(text) for text in IDEAS])
    return Call(cast, box, made)
