"""Open week in the demo: parents write at the doors, one thing is put right at once, another is
planned; two of them still wait."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.site.demo.cast import Branch
from zhengyou.voices.actions import boxes, triage, writing
from zhengyou.voices.actions.boxes import BoxData, PlaceData
from zhengyou.voices.actions.writing import Slip
from zhengyou.voices.models import Box, BoxKind, Voice

LESSON, CANTEEN, GATE = "二年级语文课", "食堂", "校门口接送"
LAMP = "听课的时候，教室后排的灯管一直闪。"
SOUP = "孩子说汤送到教室已经凉了，天冷了更凉。"
PRAISE = "老师点名让不爱说话的孩子也站起来读，谢谢。"
SIGN = "校门口的禁停标志被树叶挡住了。"
ADVERT = "补课、托管，加我微信，先到先得。"
LATE = ("家长等候区下雨没地方躲。", "艺术节的通知来得太晚，调不开班。")


class OpenWeek:
    """The open week of one branch.

    Args:
        at: lays an event on a day of the campaign; secretary: who keeps and collates the box.
    """

    def __init__(
        self,
        branch: Branch,
        at: Callable[[int, int, Callable[[], Any]], None],
        secretary: Callable[[], Actor],
        campaign: Callable[[], Campaign],
    ) -> None:
        self.branch, self.at = branch, at
        self.secretary, self.campaign = secretary, campaign
        self.box: Box | None = None

    def lay(self) -> None:
        """Lay everything on the calendar."""
        self.at(86, 8, self._open)
        for day, text, label in ((87, LAMP, LESSON), (87, SOUP, CANTEEN), (88, PRAISE, LESSON),
                                 (88, ADVERT, ""), (89, SIGN, GATE)):  # fmt: skip
            self.at(day, 16, lambda text=text, label=label: self._say(text, label))  # type: ignore[misc]
        self.at(89, 18, self._collate)
        for text in LATE:
            self.at(99, 17, lambda text=text: self._say(text, GATE))  # type: ignore[misc]

    def _open(self) -> None:
        keeper = self.secretary()
        assert keeper.person is not None
        today = clock.today()
        data = BoxData(
            BoxKind.OPEN_WEEK, "家长开放周意见箱", "您看了哪节课、去了哪里？哪里好，哪里要改？",
            keeper.person, today, today + timedelta(days=60), answer_days=5,
            places=[PlaceData(LESSON, keeper.person), PlaceData(CANTEEN), PlaceData(GATE)],
        )  # fmt: skip
        box = boxes.set_up(keeper, self.branch.body, data, self.campaign())
        boxes.open_box(keeper, box)
        self.box = Box.objects.select_related("organisation", "collator").get(pk=box.pk)

    def _say(self, text: str, label: str) -> None:
        assert self.box is not None
        place = self.box.places.get(label=label) if label else None
        token = f"demo {text}".ljust(22, ".")  # the same key each time the demo is told
        writing.put_in(self.box, Slip(text, place), token)

    def _collate(self) -> None:
        keeper, rows = (
            self.secretary(),
            {row.text: row for row in Voice.objects.filter(box=self.box)},
        )
        triage.done(keeper, [rows[LAMP]], "当天下午就换了新灯管。")
        triage.answer(keeper, [rows[SIGN]], "请街道修了树枝，标志看得见了。")
        triage.note(keeper, [rows[PRAISE]])
        triage.to_problem(
            keeper, [rows[SOUP]], self.branch.body, "送到教室的汤凉了",
            "最后两个班送到时已经不热。",
        )  # fmt: skip
        triage.hold(keeper, [rows[ADVERT]], "advert")
        triage.show(keeper, [rows[text] for text in (LAMP, SIGN, PRAISE, SOUP)])
