"""Who sees, writes and reviews pledges.

Who writes: the one who pledges; for a body its secretary or deputy; a recorder of the same body
for others, marked 代录. Who reviews: the post that the rule names, at the body of the pledge; a
body's own pledge goes to the keepers above. Nobody reviews the own pledge: where the reviewer is
the one who pledges, or the post is empty, the deputy or the keepers above stand in, and where
nobody is above, the committee members.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.campaigns.models import Act, Campaign, CampaignState, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Post, Role
from zhengyou.people.rules import KEEPERS, LEADERS
from zhengyou.pledges import subjects
from zhengyou.pledges.models import (
    TO_SEND,
    Exemption,
    Pledge,
    PledgeItem,
    Progress,
    in_public,
)

BRANCH = (*KEEPERS, Role.COMMITTEE_MEMBER)
"""Who leads a body: sees its pledges, what was returned and who has none yet."""
ABOVE = (*KEEPERS, Role.INSPECTOR)
"""Who looks at the pledges of the bodies below, but not at what was returned and why."""

NOBODY = Q(pk__in=[])


# --- seeing -------------------------------------------------------------------------------------
def inside_pledges(actor: Actor) -> Q:
    """Return the pledges that ``actor`` sees from within, with names in full."""
    seen = Q(person=actor.person) if actor.person else NOBODY
    if actor.hat is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    if role in (*BRANCH, Role.RECORDER):
        seen |= Q(organisation__path=path)
    if role in ABOVE:
        seen |= paths.within("organisation__path", path)
    return seen


def visible_pledges(actor: Actor) -> Q:
    """Return the pledges that exist for ``actor``: from within, or because an item is public."""
    public = PledgeItem.objects.filter(in_public(), pledge=OuterRef("pk"))
    return inside_pledges(actor) | Q(Exists(public))


def visible_items(actor: Actor) -> Q:
    """Return the items whose text exists for ``actor``.

    Public ones, and intentions put out for opinions, for everybody; all of what one writes; for
    the body's leaders whatever was sent in; from above what waits or is public. A draft is nobody
    else's business.
    """
    seen = in_public()
    if actor.person:
        seen |= Q(pledge__person=actor.person)
    if actor.hat is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    here = Q(pledge__organisation__path=path)
    if role in LEADERS:
        seen |= here & Q(pledge__subject=Subject.ORGANISATION)
    if role == Role.RECORDER:
        seen |= here & (
            Q(pledge__entered_by__isnull=False) | Q(pledge__subject=Subject.ORGANISATION)
        )
    if role in BRANCH:
        seen |= here & ~Q(state=ClimbState.DRAFT)
    if role in ABOVE:
        below = paths.within("pledge__organisation__path", path)
        seen |= below & Q(state=ClimbState.SUBMITTED)
    return seen


def may_see_inside(actor: Actor, pledge: Pledge) -> Verdict:
    """Say whether ``actor`` sees the pledge from within; same as :func:`inside_pledges`."""
    path = pledge.organisation.path
    seen = (
        actor.is_person(pledge.person)
        or actor.holds_at(path, (*BRANCH, Role.RECORDER))
        or actor.holds(path, ABOVE)
    )
    return Verdict.of(seen, "还没公开的承诺只给本人、本组织和上级管活动的人看。")


def may_see_reasons(actor: Actor, pledge: Pledge) -> Verdict:
    """What was returned and why: the one who pledges, the body's leaders, who reviews, who wrote
    it down for others."""
    path = pledge.organisation.path
    own = (
        actor.is_person(pledge.person)
        or actor.holds_at(path, BRANCH)
        or _records(actor, pledge)
        or Pledge.objects.filter(reviewable_pledges(actor), pk=pledge.pk).exists()
    )
    return Verdict.of(own, "退回的理由只给本人和本组织的书记、委员看。")


def may_see_list(actor: Actor, body: Organisation) -> Verdict:
    """The list of a body's pledges with their states."""
    return Verdict.of(
        actor.holds_at(body.path, (*BRANCH, Role.RECORDER)) or actor.holds(body.path, ABOVE),
        "承诺名单只给本组织的书记、委员、记录员和上级管活动的人看。",
    )


def may_see_missing(actor: Actor, body: Organisation) -> Verdict:
    """By name, who has not pledged yet: within the body only, never a public shaming list."""
    return Verdict.of(
        actor.holds_at(body.path, (*BRANCH, Role.RECORDER)),
        "谁还没承诺，只有本组织的书记、委员、记录员看得到名字。",
    )


# --- writing ------------------------------------------------------------------------------------
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
        _may_write_for(actor, body, person)
        & campaign.allows(Act.MAKE_PLEDGE)
        & Verdict.of(campaign.covers_body(body), f"“{campaign.title}”不在{body.name}开展。")
        & Verdict.of(body.is_open(), f"{body.name}已经撤销。")
    )


def may_write(actor: Actor, pledge: Pledge) -> Verdict:
    """Write, change and send in a pledge."""
    if pledge.person and not actor.is_person(pledge.person) and not _records(actor, pledge):
        if actor.holds_at(pledge.organisation.path, (Role.RECORDER,)):
            return Verdict.no("这份承诺是本人自己写的，要由本人来改。")
        return Verdict.no("个人的承诺由本人写；本人写不了的，由本组织的记录员代录。")
    return (
        _may_write_for(actor, pledge.organisation, pledge.person)
        & may_go_on(pledge.campaign)
        & Verdict.of(pledge.organisation.is_open(), f"{pledge.organisation.name}已经撤销。")
    )


def may_go_on(campaign: Campaign) -> Verdict:
    """Say whether the campaign runs at all."""
    label = CampaignState(campaign.state).label
    return Verdict.of(
        campaign.state == CampaignState.OPEN, f"“{campaign.title}”{label}，不能再动承诺。"
    )


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
            actor.is_person(person) or actor.holds_at(body.path, (Role.RECORDER, *LEADERS)),
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


def _may_write_for(actor: Actor, body: Organisation, person: Person | None) -> Verdict:
    """The one who pledges, the leaders for their body, the recorder for both."""
    records = actor.holds_at(body.path, (Role.RECORDER,))
    if person is None:
        return Verdict.of(
            records or actor.holds_at(body.path, LEADERS),
            f"{body.name}的承诺由本组织的书记、副书记来写，记录员可以代录。",
        )
    return Verdict.of(
        records or actor.is_person(person),
        "个人的承诺由本人写；本人写不了的，由本组织的记录员代录。",
    )


def _records(actor: Actor, pledge: Pledge) -> bool:
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


# --- reviewing ----------------------------------------------------------------------------------
def reviewable_pledges(actor: Actor) -> Q:
    """Return the pledges that ``actor`` may review in the hat worn, whatever their state."""
    if actor.person is None or actor.hat is None or actor.hat.role is None:
        return NOBODY
    path, role, me = actor.hat.organisation.path, actor.hat.role, actor.person
    here, below = Q(organisation__path=path), paths.within("organisation__path", path)
    of_person = Q(subject=Subject.PERSON) & ~Q(person=me)
    of_body = Q(subject=Subject.ORGANISATION) & ~Q(submitted_by=me)
    may = of_person & here & Q(rule__reviewer=role)
    if role in KEEPERS:
        may |= of_person & below & ~Q(Exists(_reviewer_in_post()))
        may |= of_body & below & ~here
    if role in BRANCH:
        top = here & ~Q(Exists(_keepers_above(path)))
        may |= top & (of_body | (of_person & ~Q(Exists(_reviewer_in_post()))))
    return may


def may_review(actor: Actor, pledge: Pledge) -> Verdict:
    """Review the items of a pledge, and send out the results."""
    if actor.is_person(pledge.person):
        return Verdict.no("自己的承诺不能自己审，要由副书记或者上级来审。")
    if not pledge.of_person and actor.is_person(pledge.submitted_by):
        return Verdict.no("这份承诺是您送审的，要由别人来审。")
    return may_go_on(pledge.campaign) & Verdict.of(
        Pledge.objects.filter(reviewable_pledges(actor), pk=pledge.pk).exists(),
        _who_reviews(pledge),
    )


def may_pass(item: PledgeItem) -> Verdict:
    """Pass an item: not before the public has had its days."""
    until = item.announced_until
    return Verdict.of(
        not item.announced, f"征求意见到{until.month}月{until.day}日，之后再审。" if until else "-"
    )


def _who_reviews(pledge: Pledge) -> str:
    if not pledge.of_person:
        return f"{pledge.organisation.name}的承诺由上级的书记、副书记或者活动办来审。"
    return f"这份承诺由{pledge.organisation.name}{Role(pledge.rule.reviewer).label}来审。"


def _reviewer_in_post() -> QuerySet[Post]:
    """Whoever holds the reviewer's post at the body of the outer pledge, its pledger left out."""
    return Post.objects.on(clock.today()).filter(
        ~Q(person=OuterRef("person")),
        organisation=OuterRef("organisation"),
        role=OuterRef("rule__reviewer"),
    )


def _keepers_above(path: str) -> QuerySet[Post]:
    return Post.objects.on(clock.today()).filter(
        organisation__path__in=paths.ancestors(path), role__in=KEEPERS
    )


# --- progress -----------------------------------------------------------------------------------
def may_note(actor: Actor, item: PledgeItem) -> Verdict:
    """Note progress: the one who pledged, the body's leaders for its own, the recorder for all."""
    return (
        _may_write_for(actor, item.pledge.organisation, item.pledge.person)
        & Verdict.of(item.state == ClimbState.PUBLISHED, "承诺公开以后才能写进展。")
        & item.pledge.campaign.allows(Act.REPORT_PROGRESS)
    )


def may_correct(actor: Actor, note: Progress) -> Verdict:
    """Correct the last note; what stood there stays on record."""
    return may_note(actor, note.item) & Verdict.of(
        note.item.latest_id == note.pk, "只能更正最近一次的进展。"
    )
