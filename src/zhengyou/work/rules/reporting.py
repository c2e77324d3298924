"""Who writes reports, sends them up, answers them, and for whom they exist.

A body's report is written by its posts and sent by its leaders; a person's by the one concerned,
or by the recorder for him or her. It is answered above; a person's in the body. Once sent, it is
for the superior and for the members alike.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.campaigns.models import CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Organisation, Person, Post, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, LEADERS, OVERSEERS, follows, forebears_of
from zhengyou.work.models import (
    OPEN,
    SETTLED,
    Report,
    ReportPoint,
    ReportState,
)
from zhengyou.work.owing import Owed

HEADS = (*LEADERS, Role.GROUP_LEADER, Role.SEAT_HEAD, Role.SEAT_DEPUTY)
"""Who speaks for a body, and sends its reports."""
WRITERS = (*HEADS, Role.CAMPAIGN_OFFICE, Role.COMMITTEE_MEMBER, Role.RECORDER)
ANSWERERS = (*KEEPERS, Role.SEAT_HEAD, Role.SEAT_DEPUTY)
"""Who reads and answers what comes from below."""
INSIDE = (*OVERSEERS, *SEATS)
NOBODY = Q(pk__in=[])


# --- seeing -------------------------------------------------------------------------------------
def visible_reports(actor: Actor) -> Q:
    """Return the reports that exist for ``actor``.

    Once sent: one's own, those of the bodies one belongs to or stands in, of all below for posts
    that oversee; what is public for everybody who is signed in. A draft is for those who write it,
    a returned one also for those above.
    """
    if not actor.signed_in and actor.person is None:
        return NOBODY
    sent, public = Q(state__in=SETTLED), Q(state=ReportState.ACKNOWLEDGED)
    seen = public & Q(published_on__isnull=False)
    if actor.person:
        seen |= Q(person=actor.person) | (Q(begun_by=actor.person, by_hand=True))
    for home in (body.path for body in actor.memberships):
        seen |= sent & Q(organisation__path__in=(home, *paths.ancestors(home)))
        seen |= sent & paths.within("organisation__path", home)
    if actor.hat is None or actor.hat.role is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    if role in INSIDE:
        gone = Organisation.objects.filter(forebears_of(actor.hat.organisation))
        seen |= sent & (Q(organisation__path=path) | Q(organisation__in=gone, person=None))
    if role in WRITERS:
        unit = Q(organisation__parent=actor.hat.organisation, organisation__family=Family.UNIT)
        seen |= (Q(organisation__path=path) | unit) & Q(person=None)
    if role in OVERSEERS:
        seen |= ~Q(state=ReportState.DRAFT) & paths.within("organisation__path", path)
    return seen | (sent & answered_by(actor))


def answered_by(actor: Actor) -> Q:
    """Return the reports that ``actor`` is the one to answer, whatever their state: of bodies
    right below, of those in the own body who do not lead it, of leaders right below."""
    if actor.hat is None or actor.hat.role not in (*ANSWERERS, Role.GROUP_LEADER):
        return NOBODY
    body, role = actor.hat.organisation, actor.hat.role
    leads = Exists(_leads(OuterRef("person"), OuterRef("organisation")))
    found = NOBODY
    if role in HEADS:
        found |= Q(~leads, organisation=body, person__isnull=False)
    if role in ANSWERERS:
        below = Q(organisation__parent=body) | _through_units(body)
        found |= below & (Q(person=None) | Q(leads))
    if body.parent_id is None and role in KEEPERS:
        found |= Q(organisation=body) & (Q(person=None) | Q(leads))
    mine = Q(person=actor.person) | Q(sent_by=actor.person)
    return found & ~mine


def _through_units(body: Organisation) -> Q:
    """What stands below a unit goes to the party body that leads the unit."""
    return Q(organisation__parent__family=Family.UNIT, organisation__parent__parent=body)


def _leads(person: OuterRef | Person, body: OuterRef | Organisation) -> QuerySet[Post]:
    return Post.objects.on(clock.today()).filter(
        person=person, organisation=body, role__in=(*LEADERS, Role.GROUP_LEADER, Role.SEAT_HEAD)
    )


def visible_points(actor: Actor) -> Q:
    """Return the stuck points that exist for ``actor``: with the report in which they were said."""
    return Q(report__in=Report.objects.filter(visible_reports(actor)).values("pk"))


def may_see_reports(actor: Actor, body: Organisation) -> Verdict:
    """Open the list of a body's reports, and of what it is stuck in."""
    return Verdict.of(
        actor.holds(body.path, OVERSEERS)
        or actor.holds_at(body.path, SEATS)
        or actor.belongs_to(body.path)
        or any(paths.is_within(body.path, home.path) for home in actor.memberships),
        f"{body.name}的汇报给本组织的人和上级任职的人看。",
    )


# --- writing ------------------------------------------------------------------------------------
def may_write_for(
    actor: Actor, body: Organisation, person: Person | None, roles: Iterable[Role] = WRITERS
) -> Verdict:
    """Write for a body, or for a person: the one concerned, the body's recorder (代录)."""
    if person is not None:
        return Verdict.of(
            actor.is_person(person) or actor.holds_at(body.path, (Role.RECORDER,)),
            "个人的汇报由本人写；本人写不了的，由本组织的记录员代录。",
        )
    return _speaks(actor, body, tuple(roles))


def _speaks(actor: Actor, body: Organisation, roles: tuple[Role, ...]) -> Verdict:
    """A unit has no secretary: its recorder, or the leaders of the party body above, speak for
    it."""
    if body.family == Family.UNIT:
        above = body.parent.path if body.parent else body.path
        return Verdict.of(
            actor.holds_at(body.path, (Role.RECORDER,)) or actor.holds_at(above, roles),
            f"{body.name}的汇报由它的记录员，或者领导它的党组织的书记、副书记来办。",
        )
    if roles == HEADS:
        return Verdict.of(
            actor.holds_at(body.path, roles),
            f"送出{body.name}的汇报，要由本组织的书记、副书记或组长来办。",
        )
    return Verdict.of(
        actor.holds_at(body.path, roles),
        f"{body.name}的汇报由本组织的书记、副书记、委员、组长、活动办、记录员来写。",
    )


def may_begin(actor: Actor, owed: Owed) -> Verdict:
    """Begin a report that is asked for."""
    return may_write_for(actor, owed.body, owed.person) & _signed(actor)


def may_write(actor: Actor, report: Report) -> Verdict:
    """Write over lines, add some, leave some out."""
    return (
        may_write_for(actor, report.organisation, report.person)
        & _signed(actor)
        & Verdict.of(report.state in OPEN, "已经送出，要改请先收回；上级看过的，写明为什么再更正。")
        & _open(report)
    )


def may_send(actor: Actor, report: Report) -> Verdict:
    """Send it up."""
    return (
        may_write_for(actor, report.organisation, report.person, HEADS)
        & _signed(actor)
        & Verdict.of(report.state in OPEN, "已经送出了，不用再送。")
        & _open(report)
    )


def may_take_back(actor: Actor, report: Report) -> Verdict:
    """Take it back to write on, as long as nobody above has answered."""
    return (
        may_write_for(actor, report.organisation, report.person, HEADS)
        & _signed(actor)
        & Verdict.of(report.state == ReportState.SENT, "送出了、上级还没看的才能收回。")
        & _open(report)
    )


def may_correct(actor: Actor, report: Report) -> Verdict:
    """Correct a line of what was sent; the old words are kept."""
    return (
        may_write_for(actor, report.organisation, report.person, HEADS)
        & _signed(actor)
        & Verdict.of(report.settled, "还没有送出，直接改就行。")
        & _open(report)
    )


# --- answering ----------------------------------------------------------------------------------
def may_answer(actor: Actor, report: Report) -> Verdict:
    """Acknowledge it, or return it: who leads above; of a person who does not lead the body, who
    leads it. Nobody answers the own report."""
    body = report.organisation
    own = actor.is_person(report.person) or actor.is_person(report.sent_by)
    return (
        _above(actor, report, body)
        & Verdict.of(not own, "这是您自己送出的汇报，要由别人来看。")
        & Verdict.of(report.state == ReportState.SENT, _why_not(report))
    )


def _above(actor: Actor, report: Report, body: Organisation) -> Verdict:
    leads = report.person is not None and _leads(report.person, body).exists()
    if report.person is not None and not leads:
        return Verdict.of(
            actor.holds_at(body.path, HEADS) or actor.holds_above(body.path, ANSWERERS),
            f"这份汇报由{body.name}的书记、副书记或组长来看。",
        )
    if body.parent_id is None:
        return Verdict.of(
            actor.holds_at(body.path, KEEPERS),
            f"{body.name}上面没有上级，由本级另一位书记、副书记或活动办来看。",
        )
    return Verdict.of(
        actor.holds_above(body.path, ANSWERERS),
        f"{report.who}的汇报由上级的书记、副书记、活动办或组长来看。",
    ) & Verdict.of(
        not any(hat.organisation.pk == body.pk and hat.role in HEADS for hat in actor.hats),
        f"您也管着{body.name}，它的汇报要由别人来看。",
    )


def _why_not(report: Report) -> str:
    if report.state == ReportState.ACKNOWLEDGED:
        return "这份汇报已经批阅过了。"
    return "这份汇报还没有送上来，或者已经收回、退回了。"


# --- stuck points -------------------------------------------------------------------------------
def may_solve(actor: Actor, point: ReportPoint) -> Verdict:
    """Note that it is solved, or that it is not: who is stuck, the posts of the body, and those
    above who can help."""
    report = point.report
    own = may_write_for(actor, report.organisation, report.person)
    above = actor.holds(report.organisation.path, ANSWERERS) or _goes_on(actor, report)
    helps = Verdict.of(above, "解决了没有，由卡住的人、本组织任职的人和上级来记。")
    return (own | helps) & _signed(actor)


def _goes_on(actor: Actor, report: Report) -> bool:
    """Whether the actor writes for a body that goes on from one that is no more."""
    return bool(
        actor.hat
        and actor.hat.role in WRITERS
        and report.person is None
        and follows(actor.hat.organisation, report.organisation, None)
    )


def _signed(actor: Actor) -> Verdict:
    return Verdict.of(actor.person and actor.hat, "汇报要用本人的账号来办。")


def _open(report: Report) -> Verdict:
    campaign = report.duty.campaign
    return Verdict.of(
        campaign.state != CampaignState.DRAFT, f"“{campaign.title}”还没有启动。"
    ) & Verdict.of(report.organisation.is_open(), f"{report.organisation.name}已经撤销。")
