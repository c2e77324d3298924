"""Begin a pledge, write its items, send them in, take them back, give them up."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Max

from zhengyou.campaigns.models import Campaign, Criterion, Programme, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, workdays
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.people.rules import HEADS
from zhengyou.pledges import rules, subjects
from zhengyou.pledges.actions import tallies
from zhengyou.pledges.actions.sketching import sketch
from zhengyou.pledges.models import TO_SEND, Exemption, ItemKind, Pledge, PledgeItem
from zhengyou.remarks.actions.writing import part_from
from zhengyou.work.models import ServicePost

CHANGED_ELSEWHERE = "这一条刚才在别处改过。下面是您写的，请和现在的对一对再存。"


class Content(TypedDict):
    """What an item says. Numbers have at most two decimals and twelve digits before them."""

    kind: ItemKind
    text: str
    criterion: NotRequired[Criterion | None]
    programme: NotRequired[Programme | None]
    service_post: NotRequired[ServicePost | None]
    baseline: NotRequired[Decimal | None]
    baseline_note: NotRequired[str]
    target: NotRequired[Decimal | None]
    unit: NotRequired[str]
    due_on: NotRequired[date | None]
    beneficiary: NotRequired[str]


def begin(
    actor: Actor, campaign: Campaign, body: Organisation, person: Person | None = None
) -> Pledge:
    """Begin the pledge of ``person``, or of ``body`` itself where ``person`` is None.

    Raises:
        Refused: see :func:`rules.may_begin`.
        Stale: somebody has just begun it.
    """
    with book.writing() as facts:
        rules.may_begin(actor, campaign, body, person).require()
        rule = subjects.rule_for(campaign, body, person)
        assert rule is not None  # may_begin has asked
        try:
            with transaction.atomic():
                pledge = Pledge.objects.create(
                    campaign=campaign,
                    rule=rule,
                    organisation=body,
                    person=person,
                    subject=Subject.PERSON if person else Subject.ORGANISATION,
                    made_on=clock.today(),
                    entered_by=_recorder(actor, body, person),
                )
        except IntegrityError:
            raise Stale("这份承诺刚才已经有人开始写了。请刷新后接着写。") from None
        _end_exemption(campaign, person)
        facts.record(
            "pledge.begin",
            by=actor,
            about=pledge.ref,
            data={
                "campaign": str(campaign.uid),
                "organisation": str(body.uid),
                "person": str(person.uid) if person else None,
                "entered_for": pledge.entered_by is not None,
            },
        )
    return pledge


def add_item(
    actor: Actor,
    pledge: Pledge,
    key: str = "",
    carried_from: PledgeItem | None = None,
    **content: Unpack[Content],
) -> PledgeItem:
    """Add a drafted item; it may be unfinished, only submitting asks for all of it.

    Args:
        key: of the form it is written in; one form makes one item, however often it is sent.
        carried_from: the unfinished item of an earlier run that it goes on with.

    Raises:
        Refused: not the writer, or the campaign has ended.
    """
    with book.writing() as facts:
        rules.may_write(actor, pledge).require()
        Pledge.objects.select_for_update().get(pk=pledge.pk)  # Two numbers must not be one.
        made = pledge.items.filter(form_key=key).first() if key else None
        if made is not None:
            edit_item(actor, made, key=key, **content)
            return made
        last = pledge.items.aggregate(last=Max("number"))["last"] or 0
        item = PledgeItem(pledge=pledge, number=last + 1, form_key=key, carried_from=carried_from)
        _fill(item, content)
        item.save()
        facts.record("pledge_item.add", by=actor, about=item.ref, data={"pledge": str(pledge.uid)})
    return item


def edit_item(
    actor: Actor, item: PledgeItem, seen: str = "", key: str = "", **content: Unpack[Content]
) -> None:
    """Change a drafted or returned item. Saved as one types, it is a fact once for each form:
    nothing is promised yet, and a pause is no event.

    Args:
        seen: fingerprint of the text that was shown for editing; "" does not compare.
        key: of the form it is written in, which knows what it has saved itself.

    Raises:
        Refused: not the writer, or not a draft and not returned.
        Stale: it was changed elsewhere since it was shown.
    """
    with book.writing() as facts:
        now = PledgeItem.objects.select_for_update().get(pk=item.pk)
        rules.may_edit_item(actor, now).require()
        own = bool(key) and now.form_key == key
        if seen and seen != now.fingerprint and not own:
            raise Stale(CHANGED_ELSEWHERE)
        _fill(now, content)
        now.form_key = key
        now.save()
        if not own:
            facts.record("pledge_item.edit", by=actor, about=now.ref)
    item.refresh_from_db()


def remove_item(actor: Actor, item: PledgeItem, why: str = "") -> None:
    """Give an item up: a draft nobody has answered disappears, anything else stays as withdrawn.

    Args:
        why: needed where the item is public, at most 300 characters.

    Raises:
        Refused: no right, or a public promise without a reason.
        Stale: its state has changed since.
    """
    with book.writing() as facts:
        _hold(item)
        rules.may_withdraw(actor, item).require()
        public = item.state == ClimbState.PUBLISHED
        if public and not why.strip():
            raise Refused("撤下已经公开的承诺要写明理由。")
        if item.state == ClimbState.DRAFT and not item.reviews.exists():
            _delete(item)
            facts.record("pledge_item.remove", by=actor, about=item.ref)
            return
        move(item, "withdraw", withdrawn_at=clock.now(), withdrawn_why=tidy(why).strip()[:300])
        tallies.follow(item.pledge)
        part_from(item.ref)
        facts.record("pledge_item.withdraw", by=actor, about=item.ref, data={"public": public})


def submit(actor: Actor, pledge: Pledge) -> list[PledgeItem]:
    """Send in whatever is drafted or returned; what is public or waiting already stays.

    Where the rule has a notice, an item is first put out for opinions (打算), once for the whole
    period: what was taken back or returned before its end begins anew, what was put out to the
    end goes straight to review, which sees what has changed since.

    Raises:
        Refused: no right, no phase for it, or something is missing (all of it in one sentence).
        Stale: an item was sent or withdrawn at the same moment.
    """
    with book.writing() as facts:
        pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
        rules.may_submit(actor, pledge).require()
        items = list(pledge.items.filter(state__in=TO_SEND))
        for item in items:
            move(item, "submit", submitted_at=clock.now(), **_announcement(pledge, item))
        tallies.follow(pledge)
        sketch(items)
        pledge.submitted_by = actor.person
        pledge.entered_by = _recorder(actor, pledge.organisation, pledge.person)
        pledge.save(update_fields=["submitted_by", "entered_by"])
        facts.record(
            "pledge.submit",
            by=actor,
            about=pledge.ref,
            data={
                "items": [str(item.uid) for item in items],
                "announced_until": {
                    str(item.uid): item.announced_until for item in items if item.announced
                },
                "entered_for": pledge.entered_by is not None,
            },
        )
    return items


def take_back(actor: Actor, item: PledgeItem) -> None:
    """Take a submitted item back to change it, before it is reviewed.

    Raises:
        Refused: not the writer, or it is not waiting.
        Stale: it was reviewed at the same moment.
    """
    with book.writing() as facts:
        _hold(item)
        rules.may_take_back(actor, item).require()
        move(item, "take_back", submitted_at=None, **item.broken_off)
        tallies.follow(item.pledge)
        item.review_drafts.all().delete()
        facts.record("pledge_item.take_back", by=actor, about=item.ref)


def exempt(actor: Actor, campaign: Campaign, body: Organisation, person: Person) -> Exemption:
    """Note down that ``person`` chose not to pledge.

    Raises:
        Refused: see :func:`rules.may_exempt`.
    """
    with book.writing() as facts:
        rules.may_exempt(actor, campaign, body, person).require()
        exemption = Exemption.objects.create(
            campaign=campaign,
            organisation=body,
            person=person,
            declared_on=clock.today(),
            entered_by=None if actor.is_person(person) else actor.person,
        )
        facts.record(
            "pledge.exempt",
            by=actor,
            about=exemption.ref,
            data={"campaign": str(campaign.uid), "person": str(person.uid)},
        )
    return exemption


def _hold(item: PledgeItem) -> None:
    """Lock the pledge before its item, as every verb does: else two wait for each other. Then
    read where the item stands: the rules are asked about that, not about what a page showed.

    Raises:
        Stale: it stands elsewhere than the caller has seen; the item is as it is now.
    """
    seen = item.state
    Pledge.objects.select_for_update().get(pk=item.pledge_id)
    item.refresh_from_db(fields=["state", "announced_until", "announced_text"])
    if item.state != seen:
        label = ClimbState(item.state).label
        raise Stale(f"这一条刚才已经有人办过，现在是“{label}”。请刷新后再看。")


def _announcement(pledge: Pledge, item: PledgeItem) -> dict[str, object]:
    """Return until when ``item`` is put out for opinions from today on, and how it reads then."""
    days = pledge.rule.notice_days
    if not days or item.was_announced:
        return {}
    until = workdays.add_workdays(clock.today(), days).day
    return {"announced_until": until, "announced_text": item.content()}


def _end_exemption(campaign: Campaign, person: Person | None) -> None:
    """Whoever pledges is exempt no longer; that it was so until today stays on record."""
    held = Exemption.objects.filter(campaign=campaign, person=person, until__isnull=True)
    held.update(until=clock.today())


def _recorder(actor: Actor, body: Organisation, person: Person | None) -> Person | None:
    """Return who is to be marked as 代录, or None where one writes for oneself or the own body."""
    if person is not None:
        return None if actor.is_person(person) else actor.person
    return None if actor.holds_at(body.path, HEADS) else actor.person


def _fill(item: PledgeItem, content: Content) -> None:
    item.kind = content["kind"]
    item.text = tidy(content["text"]).strip()
    item.criterion = content.get("criterion")
    item.programme = content.get("programme")
    item.service_post = content.get("service_post")
    item.baseline = content.get("baseline")
    item.baseline_note = tidy_line(content.get("baseline_note", ""))
    item.target = content.get("target")
    item.unit = tidy_line(content.get("unit", ""))
    item.due_on = content.get("due_on")
    item.beneficiary = tidy_line(content.get("beneficiary", ""))


def _delete(item: PledgeItem) -> None:
    """Delete a draft; as long as nothing was ever sent in, the later ones move up."""
    deleted, _ = PledgeItem.objects.filter(pk=item.pk, state=ClimbState.DRAFT).delete()
    if not deleted:
        raise Stale("这一条刚才已经送审或者删掉了。请刷新后再看。")
    rest = list(item.pledge.items.order_by("number"))
    if any(other.state != ClimbState.DRAFT for other in rest):
        return
    for number, other in enumerate(rest, start=1):
        if other.number != number:
            PledgeItem.objects.filter(pk=other.pk).update(number=number)
