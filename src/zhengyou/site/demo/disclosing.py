"""What the demo's primary school lays open: in time, one corrected, one for its own people; the
last quarter's money is still missing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.content import Words
from zhengyou.disclosure.models import DisclosedItem, DisclosureTopic
from zhengyou.disclosure.periods import open_turns
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role
from zhengyou.site.demo.cast import Branch

SAID = {
    "school": (
        "收费和食堂",
        "收什么费、依据哪份文件：课后服务费每月 180 元，照县里 2025 年的文件；不收别的费。\n"
        "招生范围和办法：就近入学，范围贴在校门口。\n食堂的菜价和检查：一顿 7 元，每周三开放后厨。",
    ),
    "party": (
        "党员发展和党费",
        "发展党员到哪一步：一名积极分子正在考察，公示没有意见。\n党费收缴：按月收齐。",
    ),
    "staff": ("评优评先", "办法：教工会通过的办法。\n名额：2 名。\n结果：见教工会记录。"),
}
"""What is laid open: topic, title, words."""
WRONG, RIGHT = "积极分子正在考察", "积极分子考察满一年，转为发展对象"


class Disclosing:
    """What one branch lays open.

    Args:
        at: lays an event on a day of the campaign; acting: who acts, in a post.
    """

    def __init__(
        self,
        branch: Branch,
        at: Callable[[int, int, Callable[[], Any]], None],
        acting: Callable[..., Actor],
        campaign: Callable[[], Campaign],
    ) -> None:
        self.branch, self.at, self.acting, self.campaign = branch, at, acting, campaign

    def lay(self) -> None:
        """Lay everything on the calendar."""
        for day, code in ((30, "party"), (36, "school"), (60, "staff"), (88, "party")):
            self.at(day, 15, partial(self._open, code))
        self.at(92, 10, self._correct)

    def _open(self, code: str) -> None:
        """Lay the newest period open that is not yet."""
        topic = self._topic(code)
        taken = topic.items.filter(organisation=self.branch.body).values_list(
            "starts_on", flat=True
        )
        turns = [turn for turn in open_turns(topic, self.branch.body) if turn.start not in taken]
        if turns:
            title, text = SAID[code]
            words = Words(f"{turns[0].label}{title}", text)
            item = publishing.draft(self._lead, topic, self.branch.body, turns[0].start, words)
            publishing.publish(self._lead, item)

    def _correct(self) -> None:
        item = DisclosedItem.objects.filter(
            topic=self._topic("party"), organisation=self.branch.body
        ).last()  # fmt: skip
        if item is not None:
            words = Words.of(item.versions.get())
            text = words.text.replace(WRONG, RIGHT)
            publishing.correct(self._lead, item, Words(words.title, text), "写的是上一次的情况")

    @property
    def _lead(self) -> Actor:
        return self.acting(self.branch.people[0], Role.SECRETARY)

    def _topic(self, code: str) -> DisclosureTopic:
        rows = DisclosureTopic.objects.select_related("duty__campaign")
        return rows.get(duty__campaign=self.campaign(), code=code)
