"""What changed for me: facts by others about what is mine, since I last looked.

Nothing is stored for it but up to where somebody has looked: a fact is written in the transaction
of its verb, so a change stands here at once, and nobody is told twice.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.campaigns.rules import WRITERS
from zhengyou.desk.models import LastLook
from zhengyou.inspections.models import Finding, Visit, VisitState
from zhengyou.inspections.rules import led_by
from zhengyou.kernel import clock, paths, refs
from zhengyou.ledger.book import verb_label
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import Actor
from zhengyou.people.rules import LEADERS
from zhengyou.pledges.models import Pledge, PledgeItem
from zhengyou.problems.models import Problem
from zhengyou.voices.models import Suggestion
from zhengyou.work.models import Duty, DutyExemption, Report, ReportPoint, ServiceHolder
from zhengyou.work.rules.reporting import HEADS

BACK = timedelta(days=14)
"""Older changes are not news any more."""
MOST = 20

PERSON = ("post.appoint", "post.end", "person.standing", "person.transfer", "person.enrol")
PLAN = ("plan.approve", "plan.send_back", "consultation.stop")
CAMPAIGN = ("campaign.open", "campaign.close", "campaign.move_phases", "campaign.reword_standard")
ITEM = (
    "pledge_item.publish", "pledge_item.send_back", "pledge_item.withdraw",
    "pledge_item.take_back", "progress.note", "progress.correct", "fulfilment.assess",
    "fulfilment.confirm", "fulfilment.differ",
)  # fmt: skip
PLEDGE = ("supervision.step",)
DUTY = ("duty.add", "duty.change", "duty.end")
EXEMPTION = ("duty.exempt", "duty.end_exemption")
REPORT = ("report.send", "report.acknowledge", "report.send_back", "report.correct")
POINT = ("report_point.solve", "report_point.reopen")
VISIT, FINDING = ("visit.hand_over",), ("finding.reply", "finding.to_problem")
HOLDER = (
    "service_holder.confirm", "service_holder.decline", "service_holder.assign",
    "service_holder.end", "service_deputy.give", "service_deputy.end",
)  # fmt: skip
PROBLEM = (
    "problem.raise", "problem.agree", "problem.assign", "problem.submit", "problem.verify",
    "problem.send_back", "problem.close", "problem.reopen", "problem.extend",
    "problem.refuse_extension", "problem.explain",
)  # fmt: skip
SUGGESTION = (
    "suggestion.choose", "suggestion.leave_out", "suggestion.send_back", "suggestion.screen_again",
    "suggestion.go_up", "suggestion.adopt", "suggestion.decline", "suggestion.report",
    "suggestion.reward",
)  # fmt: skip
_BACK = (
    "plan.send_back", "pledge_item.send_back", "pledge_item.withdraw", "fulfilment.differ",
    "report.send_back", "report_point.reopen", "service_holder.decline", "problem.send_back",
    "suggestion.send_back", "problem.reopen", "problem.refuse_extension",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One row: what was done, to what, on which day."""

    seq: int
    kind: str
    label: str
    title: str
    url: str
    day: date


def changes_for(actor: Actor) -> list[Change]:
    """Return what changed, the newest first. A constant number of queries."""
    if actor.account is None or actor.person is None:
        return []
    seen = LastLook.objects.filter(account=actor.account).values_list("seq", flat=True).first()
    facts = Fact.objects.filter(
        _mine(actor), seq__gt=seen or 0, at__gte=clock.now() - BACK
    ).exclude(actor=actor.ledger_uid)
    rows = list(facts.order_by("-seq")[:MOST])
    targets = refs.resolve_all({row.about for row in rows}, actor)
    return [change for row in rows if (change := _change(row, targets.get(row.about))) is not None]


def look(actor: Actor, seq: int) -> None:
    """Note that ``actor`` has seen the changes up to fact ``seq``; never back."""
    if actor.account is None:
        return
    row, _ = LastLook.objects.get_or_create(account=actor.account)
    LastLook.objects.filter(pk=row.pk, seq__lt=seq).update(seq=seq)


def _change(row: Fact, target: refs.Target | None) -> Change | None:
    if target is None or not target.visible:
        return None
    kind = "back" if row.verb in _BACK else "done"
    day = row.at.astimezone(clock.SHANGHAI).date()
    return Change(row.seq, kind, verb_label(row.verb), target.title, target.url, day)


def _mine(actor: Actor) -> Q:
    """Return the facts that are about what is mine, in the hat worn."""
    assert actor.person is not None
    found = Q(about_kind="person", about_uid=actor.person.uid, verb__in=PERSON)
    pledges = Q(person=actor.person)
    if actor.hat:
        body = actor.hat.organisation
        line = [body.path, *paths.ancestors(body.path)]
        found |= _about("campaign", Campaign.objects.filter(organisation__path__in=line), CAMPAIGN)
        duties = Duty.objects.filter(campaign__organisation__path__in=line)
        found |= _about("duty", duties, DUTY)
        if actor.hat.role in WRITERS:
            found |= _about("plan", Plan.objects.filter(organisation=body), PLAN)
        if actor.hat.role in LEADERS:
            pledges |= Q(person=None, organisation=body)
    lifted = DutyExemption.objects.filter(_lifted(actor))
    found |= _about("duty_exemption", lifted, EXEMPTION)
    found |= _about("service_holder", ServiceHolder.objects.filter(person=actor.person), HOLDER)
    mended = Problem.objects.filter(
        Q(owner=actor.person) | Q(subject=actor.person) | Q(raised_by=actor.person)
    )
    found |= _about("problem", mended, PROBLEM)
    ideas = Suggestion.objects.filter(
        Q(contributors__person=actor.person) | Q(adoption__owner=actor.person)
    )
    found |= _about("suggestion", ideas, SUGGESTION)
    own = Pledge.objects.filter(pledges)
    found |= _reports(actor) | _inspected(actor)
    items = PledgeItem.objects.filter(pledge__in=own)
    return found | _about("pledge", own, PLEDGE) | _about("pledge_item", items, ITEM)


def _lifted(actor: Actor) -> Q:
    """Return what was lifted from oneself, and from the body that one leads."""
    mine = Q(person=actor.person)
    if actor.hat and actor.hat.role in LEADERS:
        mine |= Q(organisation=actor.hat.organisation)
    return mine


def _reports(actor: Actor) -> Q:
    """Return what came of one's own reports and those of the body, and of what one is stuck in."""
    mine = Q(person=actor.person)
    if actor.hat and actor.hat.role in HEADS:
        mine |= Q(person=None, organisation=actor.hat.organisation)
    own = Report.objects.filter(mine)
    points = ReportPoint.objects.filter(report__in=own, carries=None)
    return _about("report", own, REPORT) | _about("report_point", points, POINT)


def _inspected(actor: Actor) -> Q:
    """Return what inspections brought to the body, and what bodies reply to one's own findings."""
    brought = Visit.objects.filter(led_by(actor), state=VisitState.HANDED).order_by()
    found = Finding.objects.filter(by=actor.person).order_by()
    return _about("visit", brought, VISIT) | _about("finding", found, FINDING)


def _about(kind: str, things: QuerySet[Any], verbs: tuple[str, ...]) -> Q:
    return Q(about_kind=kind, about_uid__in=things.values("uid"), verb__in=verbs)
