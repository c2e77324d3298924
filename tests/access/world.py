"""What the table asks for: things of 育新小学党支部 (own) and of 南湖小学党支部 (foreign)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from tests.access.world_bulletins import bulletins_of
from tests.access.world_gathering import gathered_of
from tests.access.world_ideas import ideas_of
from tests.access.world_inspections import inspections_of
from tests.access.world_labour import labour_of
from tests.access.world_looking import common_of, looking_of
from tests.access.world_open import disclosed_of
from tests.access.world_problems import problems_of
from tests.access.world_records import records_of
from tests.access.world_service import service_of
from tests.access.world_tiers import tiers_of
from tests.access.world_voices import boxes_of
from tests.cast import Cast, account_of, build
from tests.work.reporting import begun, week_of, weekly
from tests.work.scene import a_duty

from zhengyou.campaigns.actions import (
    campaigns,
    consultations,
    directives,
    groups,
    manuscripts,
    plans,
    publicity,
)
from zhengyou.campaigns.models import Campaign, Channel, Criterion, Directive, Plan, SectionCode
from zhengyou.desk import feeds
from zhengyou.desk.models import Feed
from zhengyou.kernel import clock
from zhengyou.papers.actions import making as papers
from zhengyou.people.actions import merging, transfers, tree
from zhengyou.people.actions.accounts import invite
from zhengyou.people.actions.days import set_day
from zhengyou.people.actions.people import enrol
from zhengyou.people.actions.roster import upload
from zhengyou.people.actions.standings import note_circumstance
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import CircumstanceKind, Kind, Organisation, Person, Post, Role
from zhengyou.people.models.roster import RosterImport
from zhengyou.pledges.actions import fulfilment, progress, reviewing, supervision, writing
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import ItemKind, Outcome, Pledge, PledgeItem, Step
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.actions import writing as public
from zhengyou.remarks.models import Remark
from zhengyou.remarks.targets import resolve
from zhengyou.work.actions import exempting, reporting

START = date(2026, 9, 1)
TODAY = date(2026, 10, 12)  # plans, pledges and progress are all open
PLEDGES = (
    "支部每月公布一次进展。\n"
    "党员每人至少三条，写清起点、目标、日期和谁受益，支部逐条审过再上墙，家长随时能看。"
)


class World(dict[str, Any]):
    """Things by name. What ends in ``_own`` and ``_foreign`` are twins."""

    cast: Cast

    def uid(self, name: str) -> str:
        """Return what fills an address: the uid of a thing, or a plain word as it is."""
        thing = self.get(name, name)
        return str(getattr(thing, "uid", thing))


def build_world() -> World:
    """Build everything with the verbs of the house and stand at :data:`TODAY`."""
    with clock.at(START - timedelta(days=30)):
        world = World()
        world.cast = build()
    with clock.at(START):
        office = acting_as(world.cast.gu, Role.CAMPAIGN_OFFICE)
        world["campaign"] = _campaign(office, world.cast.bureau)
        world["campaign"].open(office)
        world["draft"] = _campaign(office, world.cast.bureau)
        bai = acting_as(world.cast.bai, Role.SECRETARY)
        world["elsewhere"] = _campaign(bai, world.cast.village)
        world["elsewhere"].open(bai)
        zhuo = acting_as(world.cast.zhuo, Role.SYSTEM_ADMIN)
        world["special_day"] = set_day(zhuo, day=date(2026, 12, 24), works=False, title="校庆日").pk
    world["monthly"] = a_duty(
        world["campaign"], "monthly", title="主题党日", whose="members", standings=["full"],
        cadence="month", records=["theme_day"],
    )  # fmt: skip
    world |= tiers_of(office, world["campaign"], world.cast.bureau)
    world["weekly"] = weekly(world["campaign"], code="access", publish=True)
    for side, who, member in (("own", "shen", "song"), ("foreign", "wen", "xu")):
        _side(world, side, world.cast.persons[who], world.cast.persons[member])
    _on_their_way(world)
    world |= inspections_of(world.cast, TODAY)
    with clock.at(TODAY):
        world |= bulletins_of(world.cast, world["handed_finding_own"])
        schools = ((world.cast.shen, world.cast.branch), (world.cast.wen, world.cast.nanhu))
        leads = [(acting_as(who, Role.SECRETARY), body) for who, body in schools]
        world |= common_of(office, world.cast.bureau, leads)
    return world


def _on_their_way(world: World) -> None:
    """Hand people over between the two branches, and merge two teams inside each."""
    cast = world.cast
    with clock.at(TODAY - timedelta(days=2)):
        for side, here, there, lead, taker, who in (
            ("own", cast.branch, cast.nanhu, cast.shen, cast.wen, cast.jiang),
            ("foreign", cast.nanhu, cast.branch, cast.wen, cast.shen, cast.xu),
        ):
            sender = acting_as(lead, Role.SECRETARY)
            world[f"handover_{side}"] = transfers.propose(sender, here, there, [who])
            guest = enrol(sender, Person(name=f"程小{side}"), here).person
            done = transfers.propose(sender, here, there, [guest])
            transfers.accept(acting_as(taker, Role.SECRETARY), done)
            world[f"done_handover_{side}"] = done
            teams = [
                tree.found(sender, name=f"{name}服务队", kind=Kind.TEAM, parent=here)
                for name in ("护学", "助老")
            ]
            world[f"reorganisation_{side}"] = merging.merge(sender, teams[:1], into=teams[1])


def _campaign(actor: Actor, body: Organisation) -> Campaign:
    text = (settings.BLUEPRINT_FOLDER / "primary-school.toml").read_text("utf-8")
    return campaigns.create(actor, body, text, START)


def _side(world: World, side: str, secretary: Person, member: Person) -> None:
    cast, campaign = world.cast, world["campaign"]
    body = cast.branch if side == "own" else cast.nanhu
    with clock.at(TODAY - timedelta(days=8)):
        lead = acting_as(secretary, Role.SECRETARY)
        plan = plans.adopt(lead, campaign, body)
        groups.seat(lead, plan.groups.get(template__code="leading"), member, Role.SEAT_HEAD)
        _write(lead, plan)
        pledge, waiting = _pledges(world, lead, campaign, body, member)
    with clock.at(TODAY - timedelta(days=4)):
        item = pledge.items.first()
        note = progress.note(acting_as(member), item, noted_on=clock.today(), value=Decimal(4))
        supervision.take_step(lead, pledge, step=Step.FIND, words="两周没补课了。")
        paper = papers.ask_for_summary(lead, campaign, body)
        paper.refresh_from_db()
        posting = publicity.post(
            lead, plan, title="方案上公开栏", channel=Channel.BOARD, posted_on=clock.today()
        )
        manuscript = manuscripts.keep(lead, body, campaign.blueprint)
        circumstance = note_circumstance(lead, member, CircumstanceKind.MOBILE)
        invite(lead, body, [member])
        shown = _remark(item, "孩子说现在听得懂了。")
        moderating.show(lead, [shown])
    with clock.at(TODAY):
        fulfilment.assess(acting_as(member), pledge.items.get(number=1), outcome=Outcome.FULFILLED)
        world[f"exemption_{side}"] = exempting.exempt(
            lead, world["monthly"], body, member, TODAY, None, "外出学习"
        )
        world |= records_of(side, lead, body, [member] if side == "foreign" else [member, cast.he])
        world |= service_of(side, lead, body, member, campaign)
        world |= disclosed_of(side, lead, body, campaign)
        world |= labour_of(side, lead, body, member)
        world |= problems_of(side, lead, acting_as(member), body)
        world |= looking_of(side, lead, acting_as(member), body, campaign)
        world |= ideas_of(side, lead, acting_as(member), body)
        world |= boxes_of(side, lead, member if side == "foreign" else cast.he, body)
        world |= gathered_of(side, lead, body)
    world |= {
        f"body_{side}": body,
        f"secretary_{side}": secretary,
        f"person_{side}": member,
        f"post_{side}": Post.objects.get(person=secretary, organisation=body),
        f"circumstance_{side}": circumstance.pk,
        f"plan_{side}": plan,
        f"manuscript_{side}": manuscript,
        f"posting_{side}": posting,
        f"notice_{side}": _notice(lead, body),
        f"consultation_{side}": plan.consultations.get(),
        f"seat_{side}": Post.objects.get(organisation__plan_group__plan=plan),
        f"pledge_{side}": pledge,
        f"waiting_{side}": waiting,
        f"waiting_item_{side}": waiting.items.first(),
        f"item_{side}": item,
        f"note_{side}": note,
        f"paper_{side}": paper,
        f"file_{side}": paper.attachment,
        f"feed_{side}": _feed(lead, secretary),
        f"import_{side}": _roster(lead, body),
        f"remark_{side}": _remark(item, "讲题的教室能不能换到一楼？"),
        f"shown_remark_{side}": shown,
        **_reports(world, side, lead, body),
    }


def _feed(lead: Actor, secretary: Person) -> Feed:
    """A calendar of the secretary's own."""
    account = account_of(secretary)
    feeds.make(replace(lead, account=account), None)
    return Feed.objects.get(account=account)


def _reports(world: World, side: str, lead: Actor, body: Organisation) -> dict[str, Any]:
    """Return a report that is public, one that waits with what one is stuck in, and a draft."""
    office = acting_as(world.cast.gu, Role.CAMPAIGN_OFFICE)
    public = week_of(lead, world["weekly"], body, TODAY - timedelta(days=10), done="例会。")
    with clock.at(TODAY - timedelta(days=5)):
        reporting.acknowledge(office, public, "好。")
    day = TODAY - timedelta(days=3)
    sent = week_of(lead, world["weekly"], body, day, done="例会。", stuck="教室不够用。")
    with clock.at(TODAY):
        draft = begun(lead, world["weekly"], body)
    return {
        f"report_{side}": sent,
        f"public_report_{side}": public,
        f"draft_report_{side}": draft,
        f"point_{side}": sent.points.get(text="教室不够用。"),
        f"point_source_{side}": str(sent.points.get(text="教室不够用。").ref),
    }


def _notice(lead: Actor, body: Organisation) -> Directive:
    """Return a superior's document that the body entered."""
    words = directives.Words(
        title="关于开展创先争优活动的通知",
        number="县教党〔2026〕12号",
        issued_on=START,
        received_on=START,
        issuer_name="县委组织部",
    )
    return directives.enter(lead, body, words)


def _write(lead: Actor, plan: Plan) -> None:
    texts = {SectionCode.PLEDGES: PLEDGES, SectionCode.THEME: "讲台亮身份，承诺见行动"}
    plans.write(lead, plan, texts, plan.revision)
    consultations.stop(lead, consultations.consult(lead, plan, 5), "当面都说过了")
    Plan.objects.get(pk=plan.pk).submit(lead)


def _pledges(
    world: World, lead: Actor, campaign: Campaign, body: Organisation, member: Person
) -> tuple[Pledge, Pledge]:
    """Return a member's pledge that is public and the secretary's, which waits for its review."""
    public = _pledge(acting_as(member), campaign, body, member)
    reviewing.send_results(
        lead, public, {item.uid: Ticks(True, True, True) for item in public.items.all()}
    )
    assert lead.person is not None
    return public, _pledge(acting_as(lead.person), campaign, body, lead.person)


def _pledge(actor: Actor, campaign: Campaign, body: Organisation, person: Person) -> Pledge:
    pledge = writing.begin(actor, campaign, body, person)
    point = Criterion.objects.filter(standard=pledge.rule.standard).first()
    for kind in ItemKind:
        writing.add_item(
            actor, pledge, kind=kind, text=f"{kind.label}：每周三放学后给算得慢的孩子讲题。",
            criterion=point, baseline=Decimal(11), target=Decimal(3), unit="人",
            due_on=TODAY + timedelta(days=0 if kind == ItemKind.COMMON else 60),
            beneficiary="五（3）班学生",
        )  # fmt: skip
    writing.submit(actor, pledge)
    return pledge


def _roster(lead: Actor, body: Organisation) -> RosterImport:
    text = "姓名,性别,民族,人员类别\n林晓舟,女,汉族,正式党员\n".encode()
    with clock.at(TODAY):
        roster = upload(lead, body, [text], "花名册.csv")
    roster.refresh_from_db()
    return roster


def _remark(item: PledgeItem, text: str) -> Remark:
    target = resolve("pledge_item", item.uid)
    assert target is not None
    public.write(target, text)
    return Remark.objects.get(target=item.uid, text=text)
