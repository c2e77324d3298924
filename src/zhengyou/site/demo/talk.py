"""What the public says in the demo: some let through and answered, some due, one held back, some
that wait. Written as the public writes, without a name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.pledges.models import PledgeItem
from zhengyou.remarks import laying
from zhengyou.remarks.actions import answering, moderating, writing
from zhengyou.remarks.models import HoldReason, Remark, ReplyKind
from zhengyou.remarks.targets import resolve

PLAN, SONG, BODY = "plan", "宋知行", ""
Lay = Callable[[int, int, Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One remark.

    Args:
        day: of the campaign, when it came in; about: the plan, a person's promise or the body's.
        looked: how many days later somebody looked at it; None: nobody has.
        held: why it was not shown; answer: after ``days`` more days, 记下了 being ``noted``.
    """

    day: int
    about: str
    text: str
    signature: str = ""
    looked: int | None = 1
    held: HoldReason | None = None
    answer: str = ""
    days: int = 3
    noted: bool = False


LINES = (
    Line(20, PLAN, "开放周能不能放在星期五？好多家长星期五下午才请得出假。", "二年级家长",
         answer="好意见。开放周改成从星期三到星期五，星期五下午多开两节课。"),
    Line(23, PLAN, "方案写得明白。家长的意见办到哪一步了，也请每个月公布一次。",
         answer="从下个月起，家长意见办理情况和承诺进展一起公布。", days=5),
    Line(41, SONG, "孩子上个月开始不怕算术了，谢谢宋老师。", "一个妈妈", noted=True),
    Line(44, SONG, "放学后讲题的教室灯有点暗，靠窗两排看不清黑板。",
         answer="后勤已换了六根灯管，您下次来接孩子可以进来看看。", days=4),
    Line(58, BODY, "校门口放学时车多，能不能错开年级放学？", "门口卖文具的",
         answer="从下周一起低年级早放十分钟，值周老师和家长志愿者在路口守着。", days=6),
    Line(60, BODY, "专业做窗帘，教室窗帘一折起，电话面谈。", held=HoldReason.ADVERT),
    Line(91, BODY, "图书角的书旧了，能不能和镇上图书室换着看？"),
    Line(93, SONG, "寒假里讲题还接着讲吗？", "五年级学生"),
    Line(97, PLAN, "错题本能不能让孩子带回家，家长也想看看错在哪里。", looked=None),
    Line(98, BODY, "食堂星期二的菜偏咸，孩子回家老喝水。", "三年级家长", looked=None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Talk:
    """Lays the remarks to ``body``, and what its keeper does with them, on a calendar.

    Args:
        at: lays an event: day, hour, what happens.
        campaign, keeper: asked when it happens; before there is neither.
    """

    at: Lay
    body: Organisation
    campaign: Callable[[], Campaign]
    keeper: Callable[[], Actor]

    def lay(self) -> None:
        """Lay all of it."""
        for number, line in enumerate(LINES):
            self._lay(line, f"demo remark number {number:>8}")

    def _lay(self, line: Line, token: str) -> None:
        kept: list[Remark] = []
        self.at(line.day, 19, lambda: kept.append(self._say(line, token)))
        if line.looked is None:
            return
        looked = line.day + line.looked
        self.at(looked, 8, lambda: self._look(kept[0], line.held))
        if line.answer or line.noted:
            self.at(looked + line.days, 16, lambda: self._answer(kept[0], line))

    def _say(self, line: Line, token: str) -> Remark:
        ref = self._ref(line.about)
        target = resolve(ref.kind, ref.uid)
        assert target is not None, "the demo speaks of public things only"
        code = writing.write(target, line.text, line.signature, token)
        return Remark.objects.get(code_lookup=laying.code_lookup(code))

    def _ref(self, about: str) -> Ref:
        if about == PLAN:
            return self.campaign().plans.get(organisation=self.body).ref
        items = PledgeItem.objects.filter(campaign=self.campaign(), state=ClimbState.PUBLISHED)
        who: dict[str, Any] = {"pledge__person__name": about} if about else {"pledge__person": None}
        return items.filter(pledge__organisation=self.body, **who).earliest("number").ref

    def _look(self, remark: Remark, held: HoldReason | None) -> None:
        if held:
            moderating.hold(self.keeper(), [remark], held)
        else:
            moderating.show(self.keeper(), [remark])

    def _answer(self, remark: Remark, line: Line) -> None:
        kind = ReplyKind.NOTED if line.noted else ReplyKind.ANSWER
        answering.answer(self.keeper(), remark, line.answer, kind)
