"""Change a body's publicity plan; enter what was posted, strike out what was entered wrongly."""

from collections.abc import Iterable
from datetime import date

from zhengyou.campaigns import publicising
from zhengyou.campaigns.models import Channel, Plan, Posting, PublicityLine
from zhengyou.campaigns.queries.publicity import Line
from zhengyou.files.actions import Received, attach
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor


def plan_line(
    actor: Actor,
    plan: Plan,
    line: Line | None,
    *,
    title: str,
    channel: Channel,
    since: date,
    until: date,
    who: str = "",
    focus: str = "",
    left_out: str = "",
    revision: int = 0,
) -> PublicityLine:
    """Change a line of the publicity plan, or add one of the body's own (``line`` None).

    Args:
        left_out: why it is not done; "" where it is.
        revision: of the line that was being changed.

    Raises:
        Refused: no right, no title, or days that cannot be.
        Stale: somebody changed it meanwhile.
    """
    with book.writing() as facts:
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        publicising.may_plan_publicity(actor, plan).require()
        if not tidy_line(title):
            raise Refused("写上宣传什么。")
        if until < since:
            raise Refused("结束的日子早于开始的日子，请改日期。")
        row = _kept(plan, line) if line else PublicityLine(plan=plan)
        stored = row.revision if row.pk else 0
        if line is not None and stored != revision:
            raise Stale("刚才别人也改了这一行。请看看现在怎么写的，还要改再改。")
        row.title, row.channel, row.since, row.until = tidy_line(title), channel, since, until
        row.who, row.focus, row.left_out = tidy_line(who), tidy_line(focus), tidy_line(left_out)
        row.changed, row.revision = True, stored + 1
        row.save()
        facts.record(
            "publicity.plan",
            by=actor,
            about=plan.ref,
            data={"line": row.uid, "channel": channel, "since": since, "until": until,
                  "left_out": bool(row.left_out)},
        )  # fmt: skip
    return row


def _kept(plan: Plan, line: Line) -> PublicityLine:
    """Return the stored row of a line, new where the line is as the blueprint says."""
    stored = (
        PublicityLine.objects.filter(plan=plan, item=line.item, period=line.period)
        if line.item
        else PublicityLine.objects.filter(plan=plan, uid=line.key)
    )
    return stored.first() or PublicityLine(
        plan=plan, item=line.item, period=line.period, title=line.title,
        channel=line.channel, since=line.since, until=line.until, who=line.who, focus=line.focus,
    )  # fmt: skip


def post(
    actor: Actor,
    plan: Plan,
    *,
    title: str,
    channel: Channel,
    posted_on: date,
    place: str = "",
    line: Line | None = None,
    about: Ref | None = None,
    photos: Iterable[Received] = (),
) -> Posting:
    """Enter what was posted; it is public at once.

    Args:
        place: where; line: the line of the plan that it counts for.
        about: what was posted, where it is something of the house.
        photos: from ``files.receive``; nobody has to add any.

    Raises:
        Refused: no right, nothing said, a day to come, or entered already.
    """
    with book.writing() as facts:
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        publicising.may_post(actor, plan).require()
        if not tidy_line(title):
            raise Refused("写上公开了什么。")
        if posted_on > clock.today():
            raise Refused("公开的日子还没到，请写今天或者以前。")
        if _known(plan, tidy_line(title), channel, tidy_line(place), posted_on):
            raise Refused("这一条已经登记过了：同一天、同一个渠道、同一个地方、同样的名称。")
        row = _kept(plan, line) if line else None
        if row is not None and row.pk is None:
            row.save()
        assert actor.person is not None and actor.hat is not None  # may_post has asked
        new = Posting.objects.create(
            plan=plan,
            line=row,
            title=tidy_line(title),
            channel=channel,
            place=tidy_line(place),
            posted_on=posted_on,
            about_kind=about.kind if about else "",
            about_uid=about.uid if about else None,
            about_label=about.label if about else "",
            by=actor.person,
            hat=actor.hat.title,
            recorded_at=clock.now(),
        )
        added = [attach(each, new.ref, actor.ledger_uid) for each in photos]
        facts.record(
            "posting.enter",
            by=actor,
            about=plan.ref,
            data={"posting": new.uid, "channel": channel, "posted_on": posted_on,
                  "thing": str(about or ""), "photos": len(added)},
        )  # fmt: skip
    return new


def _known(plan: Plan, title: str, channel: Channel, place: str, posted_on: date) -> bool:
    """Tell whether the very same stands in the log: a button pressed twice."""
    rows = Posting.objects.standing().filter(plan=plan, posted_on=posted_on, channel=channel)
    return rows.filter(title=title, place=place).exists()


def strike(actor: Actor, posting: Posting, reason: str) -> None:
    """Strike out a posting that was entered wrongly; it stays in the body's log with the reason.

    Raises:
        Refused: no right, or no reason.
        Stale: it is struck out already.
    """
    with book.writing() as facts:
        publicising.may_strike(actor, posting).require()
        if not tidy_line(reason):
            raise Refused("写明为什么划去。")
        now = clock.now()
        done = Posting.objects.standing().filter(pk=posting.pk)
        if not done.update(struck_at=now, struck_reason=tidy_line(reason)):
            raise Stale("这一条刚才已经划去了。")
        posting.refresh_from_db()
        facts.record(
            "posting.strike",
            by=actor,
            about=posting.plan.ref,
            data={"posting": posting.uid},
            names={"reason": tidy_line(reason)},
        )
