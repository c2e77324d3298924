"""A county for measuring: towns, branches, members, pledges, remarks, postings. All invented.

``County.grow(branches)`` makes it that large, starting from what is there; what was there first
(the county, the first town, the first branch with its secretary and member) stays the same, so
that one page can be asked for at both sizes. There is enough of everything in the small one to
fill a page, so that the same amount is shown at both sizes: a name that one in fifty bears, texts
copied over and over, remarks with answers; branches without members fill the lists of bodies.
Rows are laid down in bulk, as the verbs would have left them; tallies and search are mended
afterwards.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.db.models import OuterRef, Subquery

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import (
    Campaign,
    Channel,
    Criterion,
    Plan,
    PlanSection,
    Posting,
    SectionCode,
    Subject,
)
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.people.actions import rolls
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Kind,
    Membership,
    Organisation,
    Person,
    Post,
    Role,
    Standing,
    StandingKind,
)
from zhengyou.pledges.actions import tallies
from zhengyou.pledges.likeness import bands
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem, Progress, TextSketch
from zhengyou.remarks.models import Remark, RemarkState, Reply, ReplyKind
from zhengyou.search import index

MEMBERS = 50  # of a branch
BARE = 80  # branches without members, with plans: lists of bodies fill a page at both sizes
WAITING = 4  # pledges of each branch that wait for review
POSTINGS = 6  # of each branch
NAMESAKE = 9  # this member of every branch bears the same name
BATCH = 2000
STREETS = "东西南北上下前后新老"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
GIVEN = "安宁知行若兰启明雨禾映雪望舒长青建国晓岚一帆立诚青柏满仓秋云岭川清婉桂芳素心文远思齐"
WHEN = tuple(
    "每周三放学后 每月走访时 国庆以前 寒假里 开学头一周 农忙时节 每天早上 逢集那天".split()  # noqa: SIM905
)
WHAT = (
    "给算得慢的孩子讲题，讲到会做为止",
    "帮独居老人量血压、买药，记在本子上",
    "把办事要交的材料从九样减到五样",
    "把食堂剩饭称一称，学期末减到一半",
    "修好路灯，修不好的说清原因",
    "把水渠清一遍淤，不让下游断水",
    "陪读绘本，到放假能自己读完一本",
    "教村民用手机挂号、缴费",
    "把巷口的乱停车疏导开，留出消防道",
    "给门口的花坛换土、浇水，谁路过都能坐一坐",
    "核对低保名单，应保的不漏一户",
)


def name_of(number: int) -> str:
    """Return the invented name of member ``number``; many share it, as in life."""
    if number % MEMBERS == NAMESAKE:
        return "王晓岚"
    one, two = GIVEN[number % len(GIVEN)], GIVEN[(number // 7) % len(GIVEN)]
    return SURNAMES[number % 89 % len(SURNAMES)] + one + (two if number % 5 else "")


def said(number: int) -> str:
    """Return the invented words of promise ``number``."""
    return f"{WHEN[number % 8]}{WHAT[number % 11]}，第 {number} 件。"


@dataclass
class County:
    """The county; ``branches`` are as many as it has grown to."""

    top: Organisation
    office: Person
    campaign: Campaign
    old: Campaign
    towns: list[Organisation] = field(default_factory=list)
    branches: list[Organisation] = field(default_factory=list)
    people: int = 0

    @property
    def pledges(self) -> int:
        """How many pledges there are."""
        return Pledge.objects.count()

    def grow(self, towns: int, branches: int) -> None:
        """Make it ``towns`` towns with ``branches`` branches in all."""
        with clock.at(self.campaign.starts_on):
            new_towns = [self._town(number) for number in range(len(self.towns), towns)]
            self.towns += new_towns
            bare = [] if self.branches else [self._bare(number) for number in range(BARE)]
            new = [self._branch(number) for number in range(len(self.branches), branches)]
        self.branches += new
        members = [self._members(branch) for branch in new]
        pledges = self._pledges(self.campaign, new, members, share=1.0)
        self._pledges(self.old, new, members, share=0.18)
        self._plans(bare)
        self._plans(new)
        self._remarks(pledges)
        tallies.mend()
        rolls.mend()
        index.rebuild()
        with connection.cursor() as cursor:  # as tick does on SQLite, autovacuum on PostgreSQL
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    def _town(self, number: int) -> Organisation:
        name = f"{STREETS[number % 10]}{STREETS[number // 10]}桥镇党委"
        return found(None, name=name, kind=Kind.PARTY_COMMITTEE, parent=self.top, order=number)

    def _branch(self, number: int) -> Organisation:
        """The first ten branches are in the first two towns. Of these only the first one grows, so
        that the page of the second shows the same in both sizes."""
        grows = [town for place, town in enumerate(self.towns) if place != 1]
        town = self.towns[number // 5] if number < 10 else grows[number % len(grows)]
        return found(
            None, name=f"第{number}村党支部", kind=Kind.BRANCH, parent=town, order=number % 1000
        )

    def _bare(self, number: int) -> Organisation:
        town = self.towns[1 + number % (len(self.towns) - 1)]
        return found(None, name=f"第{number}社区党支部", kind=Kind.BRANCH, parent=town)

    def _members(self, branch: Organisation) -> list[Person]:
        since = self.campaign.starts_on - timedelta(days=400)
        numbers = range(self.people, self.people + MEMBERS)
        self.people += MEMBERS
        people = Person.objects.bulk_create(
            [
                Person(name=name_of(n), sort_key=f"jia{n:06d}", work=f"第{n % 40}组")
                for n in numbers
            ],
            batch_size=BATCH,
        )
        Membership.objects.bulk_create(
            [Membership(person=one, organisation=branch, since=since) for one in people],
            batch_size=BATCH,
        )
        Standing.objects.bulk_create(
            [Standing(person=one, kind=StandingKind.FULL, since=since) for one in people],
            batch_size=BATCH,
        )
        Post.objects.bulk_create(
            [
                Post(person=people[0], organisation=branch, role=Role.SECRETARY, since=since),
                Post(
                    person=people[1], organisation=branch, role=Role.DEPUTY_SECRETARY, since=since
                ),
            ]
        )
        return people

    def _pledges(
        self,
        campaign: Campaign,
        branches: list[Organisation],
        members: list[list[Person]],
        share: float,
    ) -> list[Pledge]:
        made: list[Pledge] = []
        rules = {rule.subject: rule for rule in campaign.pledge_rules.all()}
        for branch, people in zip(branches, members, strict=True):
            who: list[Person | None] = [None, *people[: round(len(people) * share)]]
            made += [
                Pledge(
                    campaign=campaign,
                    rule=rules[Subject.PERSON if one else Subject.ORGANISATION],
                    organisation=branch,
                    person=one,
                    subject=Subject.PERSON if one else Subject.ORGANISATION,
                    made_on=campaign.starts_on,
                )
                for one in who
            ]
        Pledge.objects.bulk_create(made, batch_size=BATCH)
        self._items(campaign, made)
        return made

    def _items(self, campaign: Campaign, pledges: list[Pledge]) -> None:
        points = {
            subject: list(Criterion.objects.filter(standard__pledge_rules__subject=subject,
                                                   standard__campaign=campaign).distinct())
            for subject in Subject
        }  # fmt: skip
        items, running = [], campaign == self.campaign
        begun = clock.now() - timedelta(days=40)
        for n, pledge in enumerate(pledges):
            waits = running and n % (MEMBERS + 1) > MEMBERS - WAITING
            for place, kind in enumerate(ItemKind, start=1):
                own = points[pledge.subject]
                there = (n + place) % 5 == 0
                item = PledgeItem(
                    pledge=pledge,
                    campaign=campaign,
                    organisation=pledge.organisation,
                    number=place,
                    kind=kind,
                    criterion=own[(n + place) % len(own)],
                    text=said(n * 3 + place),
                    beneficiary=f"第{n % 97}小区",
                    baseline=11,
                    target=3,
                    now_value=3 if there else 7,
                    now_on=campaign.starts_on + timedelta(days=20),
                    unit="件",
                    due_on=campaign.ends_on - timedelta(days=30 * (n % 6)),
                    state=ClimbState.SUBMITTED if waits else ClimbState.PUBLISHED,
                    submitted_at=begun,
                    published_at=None if waits else begun + timedelta(seconds=n),
                )
                item.counted, item.counted_day, item.counted_outcome = item.standing
                items.append(item)
        PledgeItem.objects.bulk_create(items, batch_size=BATCH)
        if running:
            self._notes([item for item in items if item.published_at])
            self._sketches(items)

    def _sketches(self, items: list[PledgeItem]) -> None:
        """As ``sketching.sketch`` does it, in large batches."""
        TextSketch.objects.bulk_create(
            (
                TextSketch(item=item, campaign_id=item.campaign_id, band=band)
                for item in items
                if item.kind != ItemKind.COMMON
                for band in bands(item.text)
            ),
            batch_size=BATCH,
        )

    def _notes(self, items: list[PledgeItem]) -> None:
        secretary = self.office
        Progress.objects.bulk_create(
            [
                Progress(
                    item=item,
                    noted_on=self.campaign.starts_on + timedelta(days=20),
                    value=item.now_value,
                    words="又办成了一件。",
                    by=secretary,
                    recorded_at=clock.now(),
                )
                for item in items
            ],
            batch_size=BATCH,
        )
        last = Progress.objects.filter(item=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        new = PledgeItem.objects.filter(campaign=self.campaign, latest=None)
        new.filter(published_at__isnull=False).update(latest=Subquery(last))

    def _plans(self, branches: list[Organisation]) -> None:
        states = [ClimbState.PUBLISHED] * 8 + [ClimbState.SUBMITTED, ClimbState.DRAFT]
        now = clock.now()
        plans = Plan.objects.bulk_create(
            [
                Plan(
                    campaign=self.campaign,
                    organisation=branch,
                    title=f"{branch.name}活动方案",
                    adopted_on=self.campaign.starts_on,
                    state=states[n % 10],
                    submitted_at=now if states[n % 10] != ClimbState.DRAFT else None,
                    published_at=now if states[n % 10] == ClimbState.PUBLISHED else None,
                )
                for n, branch in enumerate(branches)
            ],
            batch_size=BATCH,
        )
        PlanSection.objects.bulk_create(
            [
                PlanSection(
                    plan=plan, code=code, text="写明了要做什么、谁来做、哪天做到。" * 6, order=n
                )
                for plan in plans
                for n, code in enumerate(SectionCode)
            ],
            batch_size=BATCH,
        )
        self._postings(plans)

    def _postings(self, plans: list[Plan]) -> None:
        channels = list(Channel)
        Posting.objects.bulk_create(
            [
                Posting(
                    plan=plan,
                    title=f"第 {n + 1} 期公开",
                    channel=channels[n % 3],
                    place="办事大厅门口",
                    posted_on=self.campaign.starts_on + timedelta(days=5 + 7 * n),
                    by=self.office,
                    hat="活动办",
                    recorded_at=clock.now(),
                )
                for plan in plans
                for n in range(POSTINGS)
            ],
            batch_size=BATCH,
        )

    def _remarks(self, pledges: list[Pledge]) -> None:
        """One remark on the first item of every fifth pledge; of three, two are let through, of
        four of these three are answered."""
        found = PledgeItem.objects.filter(
            pledge__in=[pledge.pk for pledge in pledges[::5]], number=1,
            state=ClimbState.PUBLISHED,
        ).order_by("pk").values_list("uid", "organisation")  # fmt: skip
        remarks = [self._remark(n, uid, body) for n, (uid, body) in enumerate(found)]
        Remark.objects.bulk_create(remarks, batch_size=BATCH)
        Reply.objects.bulk_create(
            [
                Reply(
                    remark=remark,
                    kind=ReplyKind.ANSWER,
                    text="周五也安排好了，从下周起。",
                    answered_by=self.office,
                    hat="书记",
                    answered_at=clock.now(),
                )
                for remark in remarks
                if remark.answered_on
            ],
            batch_size=BATCH,
        )

    def _remark(self, n: int, uid: UUID, body: int) -> Remark:
        today, shown = clock.today(), n % 3 < 2
        return Remark(
            kind="pledge_item",
            target=uid,
            label="承诺",
            within=self.campaign.uid,
            organisation_id=body,
            week=today - timedelta(days=today.weekday()),
            text=f"希望周五也讲一次，第 {n} 条。",
            code_lookup=uuid4().hex,
            state=RemarkState.SHOWN if shown else RemarkState.WAITING,
            shown_on=today - timedelta(days=n % 30) if shown else None,
            due_on=today + timedelta(days=9) if shown else None,
            answered_on=today if shown and n % 4 else None,
        )


def build() -> County:
    """Found the county with its office and two campaigns: one that runs, one that has ended."""
    start = clock.today() - timedelta(days=60)
    with clock.at(start - timedelta(days=500)):
        top = found(None, name="云岭县委", kind=Kind.PARTY_COMMITTEE, parent=None)
        office = Person(name="白露")
        enrol(None, office, top, standing=StandingKind.FULL)
        appoint(None, office, top, Role.CAMPAIGN_OFFICE)
    old = _campaign(office, top, start - timedelta(days=400))
    with clock.at(start):
        old.close(acting_as(office, Role.CAMPAIGN_OFFICE))
    return County(top, office, _campaign(office, top, start), old)


def _campaign(office: Person, top: Organisation, start: date) -> Campaign:
    text = (settings.BLUEPRINT_FOLDER / "primary-school.toml").read_text("utf-8")
    with clock.at(start):
        actor: Any = acting_as(office, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(actor, top, text, start)
        campaign.open(actor)
    return campaign
