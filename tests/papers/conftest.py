"""One autumn of the cast's branch, told by verbs: a plan that came back once, promises that are
kept, late, drafted, returned and waiting, one who need not and some who have not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from tests.cast import Cast
from tests.stage import shared

from zhengyou.campaigns.actions import campaigns, groups, plans
from zhengyou.campaigns.models import Campaign, Criterion, Plan
from zhengyou.kernel import clock
from zhengyou.papers.records import Records
from zhengyou.papers.summary import compose
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Organisation, Role
from zhengyou.pledges.actions import progress, reviewing, writing
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem

BEGINS = date(2026, 9, 1)
NOW = date(2026, 11, 10)
YES = Ticks(True, True, True)
NO = Ticks(True, False, True, "写清给谁做。")
MEND = "只写了分工，没写多久碰一次头，请补上。"


@dataclass
class Scene:
    """The campaign and short ways of doing things in it."""

    cast: Cast
    campaign: Campaign
    pledges: dict[str, Pledge] = field(default_factory=dict)

    @property
    def secretary(self) -> Actor:
        """沈若兰 as secretary of the branch."""
        return acting_as(self.cast.shen, Role.SECRETARY)

    @property
    def office(self) -> Actor:
        """顾明川 as campaign office of the bureau."""
        return acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)

    @property
    def plan(self) -> Plan:
        """The branch's plan as it is stored."""
        return self.campaign.plans.get(organisation=self.cast.branch)

    def records(self, day: date | None = None, body: Organisation | None = None) -> Records:
        """Read the records of the branch (or ``body``) as of ``day`` (today)."""
        return Records.load(self.campaign, body or self.cast.branch, day or clock.today())

    def text(self, day: date | None = None, body: Organisation | None = None) -> str:
        """Return the paragraphs of the summary, a line each."""
        blocks = compose(self.records(day, body)).blocks
        return "\n".join(getattr(block, "plain", "") or "" for block in blocks if _is_para(block))

    def items(self, who: str) -> list[PledgeItem]:
        """Return the items of ``who``, or of the branch."""
        return list(self.pledges[who].items.order_by("number"))

    def draft(self, who: str, kinds: str = "common post deed") -> Pledge:
        """Begin the pledge of ``who`` (``branch``: of the branch) with items that lack nothing."""
        person = None if who == "branch" else self.cast.persons[who]
        actor = acting_as(person) if person else self.secretary
        home = self.cast.nanhu if who in ("wen", "xu") else self.cast.branch
        pledge = writing.begin(actor, self.campaign, home, person)
        for kind in kinds.split():
            self.add(actor, pledge, kind)
        self.pledges[who] = pledge
        return pledge

    def add(self, actor: Actor, pledge: Pledge, kind: str, **content: Any) -> PledgeItem:
        """Add an item that lacks nothing."""
        point = Criterion.objects.filter(standard=pledge.rule.standard).order_by("order").first()
        whole: dict[str, Any] = {
            "kind": ItemKind(kind),
            "text": f"{pledge.name}的{ItemKind(kind).label}，每周三放学后讲题。",
            "criterion": point,
            "baseline": Decimal(0),
            "target": Decimal(10),
            "unit": "次",
            "due_on": date(2027, 1, 20),
            "beneficiary": "五（3）班学生",
        }
        return writing.add_item(actor, pledge, **(whole | content))

    def submit(self, who: str) -> None:
        """Send in what ``who`` has written."""
        person = self.cast.persons.get(who)
        actor = acting_as(person) if person else self.secretary
        writing.submit(actor, self.pledges[who])

    def review(self, who: str, **ticks: Ticks) -> None:
        """Answer all that waits: yes, but for ``n1=NO`` and the like."""
        reviewer = self.office if who == "branch" else self.secretary
        if who in ("wen", "xu"):
            reviewer = acting_as(self.cast.wen, Role.SECRETARY)
        waiting = self.pledges[who].items.filter(state="submitted")
        said = {item.uid: ticks.get(f"n{item.number}", YES) for item in waiting}
        reviewing.send_results(reviewer, self.pledges[who], said)

    def note(self, who: str, number: int, value: int | None, words: str = "又做了几次。") -> None:
        """Note progress today."""
        person = self.cast.persons.get(who)
        actor = acting_as(person) if person else self.secretary
        item = self.pledges[who].items.get(number=number)
        amount = Decimal(value) if value is not None else None
        progress.note(actor, item, noted_on=clock.today(), value=amount, words=words)


def _is_para(block: object) -> bool:
    return hasattr(block, "pieces")


def begin(cast: Cast) -> Scene:
    """Open the campaign of the bureau; nobody has done anything yet."""
    text = (settings.BLUEPRINT_FOLDER / "primary-school.toml").read_text(encoding="utf-8")
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    campaign = campaigns.create(office, cast.bureau, text, BEGINS)
    campaign.open(office)
    return Scene(cast, campaign)


def _lead(scene: Scene) -> None:
    """Adopt the plan and fill the seats of the leading group."""
    plan = plans.adopt(scene.secretary, scene.campaign, scene.cast.branch)
    leading = plan.groups.select_related("template", "organisation", "plan").first()
    assert leading is not None
    groups.seat(scene.secretary, leading, scene.cast.shen, Role.SEAT_HEAD)
    groups.seat(scene.secretary, leading, scene.cast.zhou, Role.SEAT_DEPUTY)


def _write(scene: Scene) -> None:
    plan = scene.plan
    kept = [line for line in plan.texts["pledges"].splitlines() if "请在这里补上" not in line]
    words = "\n".join([*kept, "重点：放学后辅导、家长意见办理、剩饭减半，都由党员牵头。"])
    plans.write(scene.secretary, plan, {"pledges": words}, plan.revision)


def _submit_plan(scene: Scene) -> None:
    scene.plan.submit(scene.secretary)


def _return_plan(scene: Scene) -> None:
    plan = scene.plan
    plan.send_back(scene.office, {"safeguards": MEND}, revision=plan.revision)


def _publish_plan(scene: Scene) -> None:
    plan = scene.plan
    plan.approve(scene.office, revision=plan.revision)
    scene.plan.publish(scene.secretary)


def _song(scene: Scene) -> None:
    pledge = scene.draft("song", "common post")
    actor = acting_as(scene.cast.song)
    scene.add(actor, pledge, "deed", due_on=date(2026, 10, 31), text="放学后看护满 30 天。",
              target=Decimal(30), unit="天")  # fmt: skip
    scene.submit("song")


STORY = (
    (date(2026, 9, 2), _lead),
    (date(2026, 9, 4), _write),
    (date(2026, 9, 8), _submit_plan),
    (date(2026, 9, 9), _return_plan),
    (date(2026, 9, 11), _submit_plan),
    (date(2026, 9, 14), _publish_plan),
    (date(2026, 9, 16), _song),
    (date(2026, 9, 18), lambda scene: scene.review("song", n1=NO)),
    (date(2026, 9, 21), lambda scene: scene.draft("fang")),
    (date(2026, 9, 21), lambda scene: writing.exempt(
        scene.secretary, scene.campaign, scene.cast.branch, scene.cast.he)),
    (date(2026, 9, 22), lambda scene: (scene.draft("wei"), scene.submit("wei"))),
    (date(2026, 9, 23), lambda scene: (scene.draft("branch", "common deed deed"),
                                       scene.submit("branch"))),
    (date(2026, 9, 25), lambda scene: scene.review("branch")),
    (date(2026, 10, 12), lambda scene: scene.note("song", 2, 4, "讲了 4 次，来的孩子多了。")),
    (date(2026, 10, 20), lambda scene: scene.note("song", 3, 12, "流感停了两周，少看护 10 天。")),
    (date(2026, 11, 4), lambda scene: scene.note("song", 2, 10, "满 10 次，错题本薄了一半。")),
)  # fmt: skip


@shared(on="cast")
def begun(cast: Cast) -> Scene:
    """The campaign runs and nobody has done anything."""
    with clock.at(BEGINS):
        return begin(cast)


@shared(on="begun")
def autumn(begun: Scene) -> Scene:
    """The whole story."""
    for day, act in STORY:
        with clock.at(day):
            act(begun)
    return begun


@pytest.fixture
def bare(begun: Scene) -> Iterator[Scene]:
    """The campaign runs and nobody has done anything, on 10 November."""
    with clock.at(NOW):
        yield begun


def play(cast: Cast) -> Scene:
    """Play the whole autumn."""
    with clock.at(BEGINS):
        scene = begin(cast)
    for day, act in STORY:
        with clock.at(day):
            act(scene)
    return scene


@pytest.fixture
def scene(autumn: Scene) -> Iterator[Scene]:
    """The whole autumn, on 10 November."""
    with clock.at(NOW):
        yield autumn
