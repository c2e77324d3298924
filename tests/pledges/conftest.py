"""A running campaign of the cast's bureau, its two rules of pledges, and people who use them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import Cast

from zhengyou.campaigns.models import (
    Act,
    Campaign,
    CampaignState,
    Criterion,
    NameStyle,
    Phase,
    Programme,
    Standard,
    Subject,
)
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role, StandingKind
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.reviewing import Ticks, send_results
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem, PledgeRule

PLEDGING = date(2026, 4, 20)  # a day on which pledges are made
DOING = date(2026, 10, 16)  # a day on which progress is noted
YES = Ticks(True, True, True)


@dataclass
class World:
    """The cast in a running campaign, and short ways of doing things in it."""

    cast: Cast
    campaign: Campaign
    member: PledgeRule
    body: PledgeRule
    points: dict[str, Criterion]

    def actor(self, who: str, role: Role | None = None) -> Actor:
        """Return ``shen`` (or another surname) wearing the first hat of ``role``."""
        return acting_as(self.cast.persons[who], role)

    @property
    def secretary(self) -> Actor:
        """沈若兰 as secretary of the branch."""
        return self.actor("shen", Role.SECRETARY)

    @property
    def recorder(self) -> Actor:
        """田雨禾 as recorder of the branch."""
        return self.actor("tian", Role.RECORDER)

    def drafted(
        self, who: str = "song", actor: Actor | None = None, kinds: str = "common post deed"
    ) -> Pledge:
        """Return the pledge of ``who`` with items that lack nothing, in the own branch."""
        person: Person = self.cast.persons[who]
        actor = actor or acting_as(person)
        pledge = writing.begin(actor, self.campaign, self.home(who), person)
        for kind in kinds.split():
            self.add(actor, pledge, kind)
        return pledge

    def home(self, who: str) -> Organisation:
        """Return the branch of ``who``."""
        return self.cast.nanhu if who in ("wen", "xu") else self.cast.branch

    def add(self, actor: Actor, pledge: Pledge, kind: str = "post", **content: Any) -> PledgeItem:
        """Add an item that lacks nothing."""
        whole: dict[str, Any] = {
            "kind": ItemKind(kind),
            "text": "每周三放学后留 40 分钟，给算得慢的孩子讲题。",
            "criterion": self.points["serve" if pledge.of_person else "opinion"],
            "baseline": Decimal(11),
            "target": Decimal(3),
            "unit": "人",
            "due_on": date(2026, 12, 31),
            "beneficiary": "五（3）班 11 名学生",
        }
        return writing.add_item(actor, pledge, **{**whole, **content})

    def submitted(self, who: str = "song", **options: Any) -> Pledge:
        """Return a pledge that waits for review."""
        pledge = self.drafted(who, **options)
        writing.submit(options.get("actor") or acting_as(self.cast.persons[who]), pledge)
        return Pledge.objects.get(pk=pledge.pk)

    def published(self, who: str = "song", **options: Any) -> Pledge:
        """Return a pledge whose items are all public."""
        pledge = self.submitted(who, **options)
        send_results(self.reviewer_of(who), pledge, {item.uid: YES for item in pledge.items.all()})
        return Pledge.objects.get(pk=pledge.pk)

    def reviewer_of(self, who: str) -> Actor:
        """Return who reviews the pledge of ``who``: the secretary, of the secretary the deputy."""
        if who == "shen":
            return self.actor("zhou", Role.DEPUTY_SECRETARY)
        return self.actor("wen" if who == "xu" else "shen", Role.SECRETARY)

    def of_branch(self, actor: Actor | None = None) -> Pledge:
        """Return the branch's own pledge, drafted by its secretary: three items."""
        actor = actor or self.secretary
        pledge = writing.begin(actor, self.campaign, self.cast.branch)
        for kind in ("common", "deed", "deed"):
            self.add(actor, pledge, kind)
        return pledge


@pytest.fixture
def world(cast: Cast) -> Any:
    """The world on a day on which pledges are made."""
    with clock.at(PLEDGING):
        yield build(cast)


def build(cast: Cast, names: NameStyle = NameStyle.FULL) -> World:
    """Make the campaign; every row a blueprint would make."""
    campaign = Campaign.objects.create(
        organisation=cast.bureau,
        title="育新先锋行动",
        theme="话说在前头，事做在人前",
        covers=[Kind.BRANCH, Kind.GENERAL_BRANCH],
        wall_names=names,
        notice_names=NameStyle.FULL,
        starts_on=date(2026, 3, 2),
        ends_on=date(2027, 4, 30),
        created_at=clock.now(),
        state=CampaignState.OPEN,
        blueprint="",
        blueprint_digest="",
    )
    for order, (code, title, first, last, opens) in enumerate((
        ("learn", "动员学习", date(2026, 3, 2), date(2026, 4, 10), []),
        ("pledge", "公开承诺", date(2026, 4, 11), date(2026, 5, 31), [Act.MAKE_PLEDGE]),
        ("act", "践诺攻坚", date(2026, 5, 1), date(2026, 12, 31), [Act.REPORT_PROGRESS]),
        ("sum", "评议点评", date(2027, 1, 4), date(2027, 4, 30), []),
    )):  # fmt: skip
        Phase.objects.create(
            campaign=campaign, code=code, title=title, starts_on=first, ends_on=last,
            opens=opens, order=order,
        )  # fmt: skip
    Programme.objects.create(campaign=campaign, code="lessons", title="高效课堂")
    points: dict[str, Criterion] = {}
    member = _standard(campaign, points, "member", "五带头", Subject.PERSON, {
        "learn": "带头学习提高", "excel": "带头争创佳绩", "serve": "带头服务群众",
    })  # fmt: skip
    body = _standard(campaign, points, "branch", "五个好", Subject.ORGANISATION, {
        "team": "领导班子好", "opinion": "群众反映好",
    })  # fmt: skip
    return World(
        cast=cast,
        campaign=campaign,
        member=PledgeRule.objects.create(
            campaign=campaign, code="member", title="党员公开承诺", subject=Subject.PERSON,
            who=[StandingKind.FULL, StandingKind.PROBATIONARY], standard=member,
            least_common=1, least_post=1, least_deed=1, exempt="年老体弱，本人提出",
        ),
        body=PledgeRule.objects.create(
            campaign=campaign, code="branch", title="支部公开承诺", subject=Subject.ORGANISATION,
            who=[Kind.BRANCH], standard=body, least_common=1, least_deed=2,
        ),
        points=points,
    )  # fmt: skip


def _standard(
    campaign: Campaign,
    points: dict[str, Criterion],
    code: str,
    title: str,
    subject: Subject,
    criteria: dict[str, str],
) -> Standard:
    standard = Standard.objects.create(campaign=campaign, code=code, title=title, subject=subject)
    for order, (key, words) in enumerate(criteria.items()):
        points[key] = Criterion.objects.create(
            standard=standard, code=key, title=words, order=order
        )
    return standard
