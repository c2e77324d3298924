"""Plan resources, note what came and what was used, strike out what was noted wrongly."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work.models import Resource, ResourceKind, ResourceMove, ResourceOffer, Way
from zhengyou.work.rules import service as rules


def plan(
    actor: Actor,
    campaign: Campaign,
    body: Organisation,
    *,
    title: str,
    kind: ResourceKind,
    unit: str,
    planned: Decimal,
    guaranteed: bool = False,
    due_on: date | None = None,
    offer: ResourceOffer | None = None,
) -> Resource:
    """Enter a resource of a body with what is promised.

    Raises:
        Refused: no right, no title or unit, below nothing, or one of that title is there.
    """
    with book.writing() as facts:
        body = Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        rules.may_keep_resources(actor, body).require()
        _must_run(campaign, body)
        title, unit = tidy_line(title)[:40], tidy_line(unit)[:10]
        if not title or not unit:
            raise Refused("写明是什么、按什么单位算。")
        if Resource.objects.filter(campaign=campaign, organisation=body, title=title).exists():
            raise Refused(f"{body.name}已经列了“{title}”，请在那一项里改。")
        row = Resource.objects.create(
            organisation=body, campaign=campaign, offer=offer, title=title, kind=kind, unit=unit,
            planned=_some(planned), guaranteed=guaranteed, due_on=due_on,
        )  # fmt: skip
        facts.record("resource.plan", by=actor, about=row.ref,
                     data={"body": body.uid, "planned": planned, "due_on": due_on})  # fmt: skip
    return row


def replan(
    actor: Actor, resource: Resource, *, planned: Decimal, due_on: date | None, reason: str
) -> None:
    """Promise another amount or another day, and say why.

    Raises:
        Refused: no right, no reason, or below nothing.
    """
    with book.writing() as facts:
        row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
        rules.may_keep_resources(actor, resource.organisation).require()
        if not tidy_line(reason):
            raise Refused("写明为什么改计划。")
        before = row.planned
        resource.planned, resource.due_on = _some(planned), due_on
        resource.save(update_fields=["planned", "due_on"])
        facts.record("resource.replan", by=actor, about=resource.ref,
                     data={"from": before, "to": planned, "due_on": due_on},
                     names={"reason": tidy_line(reason)})  # fmt: skip


def note(
    actor: Actor,
    resource: Resource,
    *,
    way: Way,
    on: date,
    amount: Decimal,
    what: str,
    front_line: bool = False,
    for_whom: str = "",
    key: UUID | None = None,
) -> ResourceMove:
    """Note that so much came, or was used.

    Args:
        front_line: it was used at the front line; only asked of what was used.
        for_whom: may name who got help; never leaves the body.
        key: of the form; sent twice, it is one.

    Raises:
        Refused: no right, nothing said, no amount, or a day to come.
    """
    with book.writing() as facts:
        Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
        rules.may_keep_resources(actor, resource.organisation).require()
        made = ResourceMove.objects.filter(form_key=key, resource=resource).first() if key else None
        if made is not None:
            return made
        if on > clock.today():
            raise Refused("日期还没到，请写今天或者以前。")
        if amount <= 0:
            raise Refused("数量要大于零。")
        if not tidy_line(what):
            raise Refused("写明做什么用。" if way == Way.OUT else "写明从哪里来。")
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        row = ResourceMove.objects.create(
            resource=resource, way=way, on=on, amount=amount, what=tidy_line(what)[:100],
            front_line=front_line and way == Way.OUT, for_whom=tidy_line(for_whom)[:100],
            by=actor.person, hat=actor.hat.title, recorded_at=clock.now(), form_key=key,
        )  # fmt: skip
        facts.record("resource.note", by=actor, about=resource.ref,
                     data={"move": row.uid, "way": way.value, "amount": amount, "on": on,
                           "front_line": row.front_line})  # fmt: skip
    return row


def strike(actor: Actor, move: ResourceMove, reason: str) -> None:
    """Strike out what was noted wrongly; it stays to be read and counts no more.

    Raises:
        Refused: no right, or no reason. Stale: struck out already.
    """
    with book.writing() as facts:
        rules.may_keep_resources(actor, move.resource.organisation).require()
        if not tidy_line(reason):
            raise Refused("写明为什么划去。")
        values = {"struck_at": clock.now(), "struck_reason": tidy_line(reason)[:100]}
        if not ResourceMove.objects.filter(pk=move.pk, struck_at=None).update(**values):
            raise Stale("这一笔刚才已经划去了。")
        facts.record("resource.strike", by=actor, about=move.resource.ref,
                     data={"move": move.uid}, names={"reason": tidy_line(reason)})  # fmt: skip
    move.refresh_from_db()


def _must_run(campaign: Campaign, body: Organisation) -> None:
    if not paths.is_within(body.path, campaign.organisation.path):
        raise Refused(f"{body.name}不在“{campaign.title}”里。")
    now = Campaign.objects.get(pk=campaign.pk)
    if now.state != CampaignState.OPEN:
        raise Refused(f"“{campaign.title}”没在进行，启动了再列资源。")


def _some(planned: Decimal) -> Decimal:
    if planned < 0:
        raise Refused("计划的数量不能小于零。")
    return planned
