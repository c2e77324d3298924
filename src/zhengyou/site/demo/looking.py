"""The demo's self-checks: schools and members look through the catalogue, and what two schools have
in common is gathered by the bureau, which answers it."""

from collections.abc import Callable, Sequence
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Role
from zhengyou.problems import looking
from zhengyou.problems.actions import gathering
from zhengyou.problems.actions.looking import Said, look
from zhengyou.problems.models import Look, Problem
from zhengyou.site.demo.cast import Branch

FOUND = {
    "prepare": "第三单元两节课照着现成课件讲，没有分层。",
    "slow": "班上两个孩子跟不上，课后没有单独讲过。",
    "parents": "有一回在群里话说急了。",
    "learn": "八月的文件拖到例会前一晚才看。",
}
"""What members find, by the code of the item."""
FORMS = (
    "同一个人数，教务、德育、总务各要一张表。",
    "期初一周报了十一张表，六张数字一样。",
)
"""What two schools find of the forms they have to fill in."""


class SelfChecks:
    """Self-checks of the bureau's schools.

    Args:
        at: lays an event on a day of the campaign.
        acting: who acts, in a post or as the member he or she is.
    """

    def __init__(
        self,
        branches: Sequence[Branch],
        bureau: Organisation,
        at: Callable[[int, int, Callable[[], Any]], None],
        acting: Callable[..., Actor],
        campaign: Callable[[], Campaign],
        office: Callable[[], Actor],
    ) -> None:
        self.branches, self.bureau, self.at = branches, bureau, at
        self.acting, self.campaign, self.office = acting, campaign, office
        self.common: list[Problem] = []

    def lay(self) -> None:
        """Lay everything on the calendar."""
        for branch, words in zip(self.branches, FORMS, strict=False):
            self.at(6, 16, lambda b=branch, w=words: self._body(b, w))  # type: ignore[misc]
        for place, person in enumerate(self.branches[0].people[:9]):
            self.at(7, 16, lambda n=place, p=person: self._member(n, p))  # type: ignore[misc]
        self.at(60, 11, self._gather)
        self.at(66, 15, self._answer)

    def _body(self, branch: Branch, words: str) -> None:
        run = self.campaign()
        items = looking.items_of_body(run, branch.body)
        said = {
            item.pk: (Look.HAS, words) if item.code == "burden" else (Look.NONE, "")
            for item in items
        }
        lead = self.acting(branch.people[0], Role.SECRETARY)
        check = look(lead, run, branch.body, None, Said(said), done=True)
        found = [answer.problem for answer in check.answers.select_related("problem")]
        self.common += [problem for problem in found if problem is not None]

    def _member(self, place: int, person: Person) -> None:
        run, body = self.campaign(), self.branches[0].body
        if looking.home_in(run, person) != body:
            return
        codes = list(FOUND)
        mine = codes[place % len(codes)] if place % 3 else ""
        said = {
            item.pk: (Look.HAS, FOUND[mine]) if item.code == mine else (Look.NONE, "")
            for item in looking.items_of_person(run, person)
        }
        look(self.acting(person), run, body, person, Said(said), done=True)

    def _gather(self) -> None:
        if len({problem.organisation_id for problem in self.common}) > 1:
            self.gathered = gathering.gather(
                self.office(), self.bureau, self.common, title="各校要填的表太多、太重复",
                text="开学以来各校自查都提到，数字一样的表要填几遍。",
            )  # fmt: skip

    def _answer(self) -> None:
        gathering.answer(
            self.office(), self.gathered,
            "从下月起，人数、课时、安全三类数只在学期初报一次，别的表停掉；要加表先报局里同意。",
            "局务会第九次会议纪要",
        )  # fmt: skip
