"""Who sees, changes and lifts duties. The keepers of the body that runs the campaign say what is
asked; a branch's leaders exempt its people, the level above exempts a body.
"""

from collections.abc import Collection, Mapping

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.campaigns.rules import may_edit_campaign, says_why, visible_campaigns
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Post, Role
from zhengyou.people.rules import KEEPERS, LEADERS
from zhengyou.work.models import Duty, DutyExemption, RecordKind
from zhengyou.work.rules.recording import BOOKKEEPERS, OF_GROUPS


def visible_duties(actor: Actor) -> Q:
    """Return the duties that exist for ``actor``: of the campaigns that do."""
    return Q(campaign__in=Campaign.objects.filter(visible_campaigns(actor)))


def may_change_duties(actor: Actor, campaign: Campaign) -> Verdict:
    """Add, change and end duties of a campaign that runs."""
    return may_edit_campaign(actor, campaign) & Verdict.of(
        campaign.state == CampaignState.OPEN, "活动还没启动，请在蓝图里改任务。"
    )


def may_change_terms(actor: Actor, duty: Duty) -> Verdict:
    """Ask for something else. What is to be laid open says more than a duty can: it is ended."""
    opens = any(RecordKind.DISCLOSURE in terms.records for terms in duty.terms.all())
    return may_change_duties(actor, duty.campaign) & Verdict.of(
        not opens, "公开的要求写在蓝图的公开一节里，活动启动以后可以停掉，不能改。"
    )


def gives_reason(campaign: Campaign, reason: str) -> Verdict:
    """Whoever changes what is asked says why."""
    return says_why(campaign, reason)


Led = Mapping[int, Collection[str]]
"""Person → the posts in which he or she leads a body."""


def led_by(body: Organisation) -> Led:
    """Return who leads ``body`` today, for lists of those from whom duties were lifted. A query."""
    found: dict[int, set[str]] = {}
    rows = Post.objects.on(clock.today()).filter(organisation=body, role__in=LEADERS)
    for person, role in rows.values_list("person", "role"):
        found.setdefault(person, set()).add(role)
    return found


def may_exempt_person(
    actor: Actor, body: Organisation, person: Person, led: Led | None = None
) -> Verdict:
    """Lift a duty from somebody who counts in ``body``: its leaders; for the secretary the level
    above, which may do it for a deputy, too. Nobody for himself or herself.

    Args:
        led: :func:`led_by` of the body, where it is known.
    """
    posts = (led_by(body) if led is None else led).get(person.pk, ())
    lead = actor.holds_at(body.path, LEADERS) and Role.SECRETARY not in posts
    above = actor.holds_above(body.path, LEADERS) and bool(posts)
    return Verdict.of(
        not actor.is_person(person), "自己的任务能不能免，要由别的负责人来定。"
    ) & Verdict.of(
        lead or above, f"{body.name}的人免做任务，由本组织的书记、副书记来定；书记的由上级来定。"
    )


def may_exempt_body(actor: Actor, body: Organisation) -> Verdict:
    """Lift a duty from a body: the level above."""
    return Verdict.of(
        actor.holds_above(body.path, KEEPERS),
        f"{body.name}免做任务，由上级的书记、副书记、活动办来定。",
    )


def may_end_exemption(
    actor: Actor, row: DutyExemption, body: Organisation, led: Led | None = None
) -> Verdict:
    """Ask somebody, or a body, again before the exemption ends.

    Args:
        led: as in :func:`may_exempt_person`.
    """
    if row.person is not None:
        verdict = may_exempt_person(actor, body, row.person, led)
    else:
        verdict = may_exempt_body(actor, body)
    over = row.until is not None and row.until <= clock.today()
    return verdict & Verdict.of(not over, "这条免做已经到期了。")


def may_see_exemptions(actor: Actor, body: Organisation) -> Verdict:
    """See what was lifted from a body and its people, and why: its posts and the keepers above."""
    return Verdict.of(
        actor.holds_at(body.path, (*BOOKKEEPERS, *OF_GROUPS)) or actor.holds(body.path, KEEPERS),
        "免做的理由给本组织任职的人和上级的书记、副书记、活动办看。",
    )


def may_set_interval(actor: Actor, duty: Duty, body: Organisation) -> Verdict:
    """Say how often the body does what is left to it (定期)."""
    own = actor.holds(body.path, KEEPERS) or actor.holds_at(body.path, OF_GROUPS)
    return Verdict.of(own, f"多久一次，由{body.name}的负责人来定。") & Verdict.of(
        duty.campaign.state == CampaignState.OPEN, "活动没在进行，不用再定。"
    )
