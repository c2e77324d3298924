"""我为教育献一计 in the demo: screened by the 学段, selected by the school, one piece up."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation
from zhengyou.site.demo.cast import Branch
from zhengyou.voices.actions import adopting, boxes, climbing, funnels, screening, suggesting
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.actions.funnels import LevelData
from zhengyou.voices.actions.suggesting import Words
from zhengyou.voices.actions.writing import Slip, enter_paper
from zhengyou.voices.models import Box, BoxKind, Said, Suggestion, Where

TITLE = "我为教育献一计"
QUESTION = "学校哪里还能做得更好？现在怎样，建议怎么做，一条写一张。"
LEVELS = (
    LevelData("学段", Where.BELOW, code="stage"),
    LevelData("学校", Where.HERE, 8, 1, as_piece=True, code="school"),
    LevelData("教育局", Where.ABOVE, code="bureau"),
)
GOOD = (
    "放学的时候校门口太挤。建议各年级错开十分钟放学，后门也打开。",
    "图书角的书两年没换。建议每学期各班交换一次，毕业班的书留下来。",
    "孩子午休以后犯困。建议下午第一节前放五分钟音乐，一起活动。",
    "新老师不会用实验室的设备。建议老教师每周带一节实验课。",
    "收作业占了早读。建议各组长在门口收，早读照常读书。",
    "家长会一开两小时。建议先发材料，会上只说三件事，留半小时答问。",
    "雨天操场用不了。建议把体育馆的钥匙放在值班室，各班轮着用。",
    "剩饭多。建议打饭的窗口分大份小份，吃完可以再添。",
    "粉笔头、半截本子扔掉可惜。建议每层放一个回收盒，美术课接着用。",
    "外聘教练的课家长不放心。建议每月开放一节，家长可以进来看。",
)
NOT_NOW = ("教室都换成电子屏。", "给每个老师配一台平板。", "中午加一节课。", "把操场改成停车场。")
AGAIN = "放学时校门口太挤了。建议各年级错开十分钟放学，后门也打开。"
LATER = ("走廊的灯晚上没人关，建议装声控的。", "课间铃声太响，建议换成音乐。")


class Ideas:
    """The call of one branch.

    Args:
        at: lays an event on a day of the campaign; acting: who acts, and in which post.
    """

    def __init__(
        self,
        branch: Branch,
        at: Callable[[int, int, Callable[[], Any]], None],
        secretary: Callable[[], Actor],
        office: Callable[[], Actor],
        campaign: Callable[[], Campaign],
    ) -> None:
        self.branch, self.at, self.campaign = branch, at, campaign
        self.secretary, self.office = secretary, office
        self.box: Box | None = None
        self.piece: Suggestion | None = None

    def lay(self) -> None:
        """Lay everything on the calendar."""
        self.at(48, 9, self._open)
        self.at(55, 16, lambda: self._enter((*GOOD, *NOT_NOW, AGAIN)))
        self.at(57, 10, self._gather)
        self.at(58, 10, self._screen)
        self.at(64, 15, self._select)
        self.at(66, 9, self._send_up)
        self.at(70, 10, self._adopt)
        self.at(88, 16, self._done)
        self.at(96, 16, lambda: self._enter(LATER))
        self.at(97, 9, self._gather)

    def _open(self) -> None:
        keeper = self.secretary()
        assert keeper.person is not None
        data = BoxData(BoxKind.CALL, TITLE, QUESTION, keeper.person, clock.today())
        offer = self.campaign().box_offers.filter(code="ideas").first()
        made = boxes.set_up(keeper, self.branch.body, data, self.campaign(), offer)
        funnels.set_levels(keeper, made, LEVELS)
        boxes.open_box(keeper, made)
        self.box = Box.objects.select_related("organisation", "collator").get(pk=made.pk)

    def _enter(self, texts: tuple[str, ...]) -> None:
        enter_paper(self.secretary(), self._box, [Slip(text) for text in texts])

    def _gather(self) -> None:
        rows = self._box.voices.filter(became="").select_related("box__organisation", "place")
        suggesting.gather(self.secretary(), self._box, self._stage(), list(rows))

    def _stage(self) -> Organisation:
        groups = Organisation.objects.filter(parent=self.branch.body, kind=Kind.PARTY_GROUP)
        return groups.order_by("path").first() or self.branch.body

    def _screen(self) -> None:
        keeper, rows = self.secretary(), self._rows
        screening.merge(keeper, [rows[AGAIN]], rows[GOOD[0]])
        left = [rows[text] for text in NOT_NOW]
        screening.screen(keeper, left[:2], Said.NOT_CHOSEN, "眼下没有这笔钱。")
        screening.screen(keeper, left[2:], Said.NOT_CHOSEN, "加重孩子的负担，不能这样做。")
        screening.screen(keeper, [rows[text] for text in GOOD], Said.CHOSEN)

    def _select(self) -> None:
        rows = self._rows
        screening.screen(self.secretary(), [rows[text] for text in GOOD[:9]], Said.CHOSEN)
        reason = "已经在这样做了，上学期开放过两次。"
        screening.screen(self.secretary(), [rows[GOOD[9]]], Said.NOT_CHOSEN, reason)

    def _send_up(self) -> None:
        rows = self._rows
        parts = [rows[text] for text in GOOD[:8]]
        words = Words(f"{self.branch.body.name}的八条建议", climbing.composed(parts))
        level = self._box.levels.get(code="school")
        self.piece = climbing.compose(
            self.secretary(), self._box, level, self.branch.body, parts, words
        )
        climbing.go_up(self.secretary(), self.piece)

    def _adopt(self) -> None:
        keeper, rows = self.secretary(), self._rows
        owner = self.branch.people[1]
        for text, days in ((GOOD[7], 20), (GOOD[8], 45)):
            task = adopting.Task(owner, clock.days_from_today(days), "先在一个年级试两周，再推开。")
            adopting.adopt(keeper, rows[text], task)
        adopting.reward(keeper, rows[GOOD[7]], "图书卡一张", "校办公室")
        screening.screen(self.office(), [self._piece], Said.CHOSEN)

    def _done(self) -> None:
        adoption = self._rows[GOOD[7]].adoption
        gains = [adopting.Gain("每月少倒剩饭", Decimal(260), "千克")]
        adopting.report(self.secretary(), adoption, "三个年级都分了大份小份，称了一个月。", gains)

    @property
    def _box(self) -> Box:
        assert self.box is not None  # opened first
        return self.box

    @property
    def _piece(self) -> Suggestion:
        assert self.piece is not None  # composed first
        return Suggestion.objects.get(pk=self.piece.pk)

    @property
    def _rows(self) -> dict[str, Suggestion]:
        rows = Suggestion.objects.filter(box=self._box, composite=False)
        return {row.text: row for row in rows.select_related("level", "holder", "home")}
