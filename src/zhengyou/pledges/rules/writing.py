"""Who writes pledges and sends them in."""

from django.db.models import Q

from zhengyou.campaigns.models import Act, Campaign, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation, Person, Role
from zhengyou.people.models.post import heads_of
from zhengyou.people.rules import HEADS
from zhengyou.pledges import subjects
from zhengyou.pledges.models import TO_SEND, Exemption, Pledge, PledgeItem
from zhengyou.pledges.rules.ground import may_go_on
from zhengyou.pledges.rules.reviewing import may_review


def may_begin(
    actor: Actor, campaign: Campaign, body: Organisation, person: Person | None
) -> Verdict:
    """Begin the pledge of ``person``, or of ``body`` itself where ``person`` is None."""
    return (
        in_season(actor, campaign, body, person)
        & _asked(campaign, body, person)
        & _none_yet(campaign, body, person)
    )


def in_season(
    actor: Actor, campaign: Campaign, body: Organisation, person: Person | None
) -> Verdict:
    """The part of :func:`may_begin` that looks nothing up: who writes, when and where."""
    return (
        may_write_for(actor, body, person)
        & campaign.allows(Act.MAKE_PLEDGE)
        & Verdict.of(campaign.covers_body(body), f"“{campaign.title}”不在{body.name}开展。")
        & Verdict.of(body.is_open(), f"{body.name}已经撤销。")
    )


def may_write(actor: Actor, pledge: Pledge) -> Verdict:
    """Write, change and send in a pledge."""
    if pledge.person and not actor.is_person(pledge.person) and not records(actor, pledge):
        if actor.holds_at(pledge.organisation.path, (Role.RECORDER,)):
            return Verdict.no("这份承诺是本人自己写的，要由本人来改。")
        return Verdict.no("个人的承诺由本人写；本人写不了的，由本组织的记录员代录。")
    return (
        may_write_for(actor, pledge.organisation, pledge.person)
        & may_go_on(pledge.campaign)
        & _goes_on(pledge)
    )


def _goes_on(pledge: Pledge) -> Verdict:
    """A person's pledge outlives its body: who was moved on may still finish or mend it there."""
    alive = pledge.person is not None or pledge.organisation.is_open()
    return Verdict.of(alive, f"{pledge.organisation.name}已经撤销。")


def may_edit_item(actor: Actor, item: PledgeItem) -> Verdict:
    """Change an item: a draft or a returned one."""
    return may_write(actor, item.pledge) & _in_state(item)


def may_submit(actor: Actor, pledge: Pledge) -> Verdict:
    """Send in what is drafted or returned; the reason says what is missing, item by item."""
    return (
        may_write(actor, pledge)
        & pledge.campaign.allows(Act.MAKE_PLEDGE)
        & pledge.ready_to_submit()
    )


def may_copy(actor: Actor, pledge: Pledge, old: PledgeItem) -> Verdict:
    """Copy an item of an earlier run of one's own into the draft, once."""
    before = old.pledge
    own = before.person_id == pledge.person_id and (
        pledge.of_person or before.organisation_id == pledge.organisation_id
    )
    drafted = [item for item in pledge.items.all() if item.alive]
    taken = any(item.carried_from_id == old.pk or item.text == old.text for item in drafted)
    return (
        may_write(actor, pledge)
        & Verdict.of(own and before.campaign_id != pledge.campaign_id, "只能抄自己以前的承诺。")
        & Verdict.of(old.state == ClimbState.PUBLISHED, "这一条以前没有公开，不能抄。")
        & Verdict.of(not taken, "这一条已经在今年的承诺里了。")
    )


def may_take_back(actor: Actor, item: PledgeItem) -> Verdict:
    """Take a submitted item back to change it, before it is reviewed."""
    return may_write(actor, item.pledge) & Verdict.of(
        item.state == ClimbState.SUBMITTED, "只有送审了还没审的条目可以收回来。"
    )


def may_withdraw(actor: Actor, item: PledgeItem) -> Verdict:
    """Give an item up. A public promise goes only with the reviewer's word and a reason."""
    if item.state == ClimbState.PUBLISHED:
        return may_review(actor, item.pledge) | Verdict.no(
            "已经公开的承诺不能自己撤下，要由审承诺的人写明理由来撤。"
        )
    return may_write(actor, item.pledge) & Verdict.of(
        item.state in TO_SEND, "送审了的请先收回来，已经撤下的不用再撤。"
    )


def may_exempt(actor: Actor, campaign: Campaign, body: Organisation, person: Person) -> Verdict:
    """Note down that somebody chose not to pledge, where the rule has such a case (本人提出)."""
    rule = subjects.rule_for_person(campaign, person)
    return (
        Verdict.of(
            actor.is_person(person) or actor.holds_at(body.path, (Role.RECORDER, *HEADS)),
            "不作承诺要由本人提出，由本人或者本组织的书记、副书记、记录员登记。",
        )
        & may_go_on(campaign)
        & Verdict.of(rule and rule.exempt, "这次活动没有可以不承诺的规定。")
        & _none_yet(campaign, body, person)
        & Verdict.of(
            not Exemption.objects.on(clock.today())
            .filter(campaign=campaign, person=person)
            .exists(),
            "已经登记过不作承诺。",
        )
    )


def may_record(actor: Actor, body: Organisation) -> Verdict:
    """Write down for others of the own body, marked 代录."""
    return Verdict.of(actor.holds_at(body.path, (Role.RECORDER,)), "代录要由本组织的记录员来办。")


def may_write_for(actor: Actor, body: Organisation, person: Person | None) -> Verdict:
    """The one who pledges, the leaders for their body, the recorder for both."""
    records = actor.holds_at(body.path, (Role.RECORDER,))
    if person is None:
        return Verdict.of(
            records or actor.holds_at(body.path, HEADS),
            f"{body.name}的承诺由{heads_of(Kind(body.kind))}来写，记录员可以代录。",
        )
    return Verdict.of(
        records or actor.is_person(person),
        "个人的承诺由本人写；本人写不了的，由本组织的记录员代录。",
    )


def records(actor: Actor, pledge: Pledge) -> bool:
    """A recorder writes on in what a recorder began, never in what somebody wrote alone."""
    return actor.holds_at(pledge.organisation.path, (Role.RECORDER,)) and (
        pledge.entered_by_id is not None or not pledge.of_person
    )


def _asked(campaign: Campaign, body: Organisation, person: Person | None) -> Verdict:
    if person is None:
        return Verdict.of(
            subjects.rule_for_body(campaign, body), f"“{campaign.title}”没有要{body.name}作承诺。"
        )
    return Verdict.of(
        subjects.body_of(campaign, person) == body,
        f"{person.name}不在{body.name}，不能在这里承诺。",
    ) & Verdict.of(
        subjects.rule_for_person(campaign, person),
        f"“{campaign.title}”没有要{person.name}作承诺：人员类别不在规定里。",
    )


def _none_yet(campaign: Campaign, body: Organisation, person: Person | None) -> Verdict:
    own = Q(person=person) if person else Q(subject=Subject.ORGANISATION, organisation=body)
    return Verdict.of(
        not campaign.pledges.filter(own).exists(), "这次活动里已经有一份承诺，接着那份写就行。"
    )


def _in_state(item: PledgeItem) -> Verdict:
    if item.state == ClimbState.SUBMITTED:
        return Verdict.no("已经送审，要改请先收回来。")
    if item.state == ClimbState.PUBLISHED:
        return Verdict.no("已经公开，说出去的话不能改；做得怎样请写进展。")
    return Verdict.of(item.state in TO_SEND, "已经撤下，不能再改。")
