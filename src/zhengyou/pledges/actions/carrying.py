"""Bring an item of the last run into the draft of this one (结转), or just copy its words."""

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, Criterion
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.pledges import rules
from zhengyou.pledges.actions.writing import Content, add_item, begin
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem


def copy_item(actor: Actor, pledge: Pledge, old: PledgeItem) -> PledgeItem:
    """Draft ``old``, a public item of an earlier run, again in ``pledge``. Unfinished, it goes on
    where it stands and is marked as carried over; finished, only its words are copied.

    Raises:
        Refused: not the writer, somebody else's item, or it is in the draft already.
    """
    with book.writing() as facts:
        Pledge.objects.select_for_update().get(pk=pledge.pk)
        rules.may_copy(actor, pledge, old).require()
        carried = old if old.unfinished else None
        new = add_item(actor, pledge, carried_from=carried, **content_again(pledge, old))
        if carried:
            data = {"from": str(old.uid)}
            facts.record("pledge_item.carry_over", by=actor, about=new.ref, data=data)
    return new


def content_again(pledge: Pledge, old: PledgeItem) -> Content:
    """Return the content of ``old`` as it reads at the beginning of ``pledge``: from where it
    stands now, the day to be set anew, the same points of standard and programme if there are."""
    now = old.baseline if old.now_value is None else old.now_value
    programme = old.programme.code if old.programme else None
    return {
        "kind": ItemKind(old.kind),
        "text": old.text,
        "criterion": _same_point(pledge, old.criterion),
        "programme": pledge.campaign.programmes.filter(code=programme).first(),
        "baseline": now,
        "baseline_note": f"“{old.pledge.campaign}”做到这里"[:60] if now is not None else "",
        "target": old.target,
        "unit": old.unit,
        "due_on": None,
        "beneficiary": old.beneficiary,
    }


def start(
    actor: Actor, campaign: Campaign, body: Organisation, person: Person | None = None
) -> tuple[Pledge, list[PledgeItem]]:
    """Begin a pledge with what its writer wanted to go on with in the next run as drafts.

    Returns:
        The pledge, and the items that were carried over.

    Raises:
        Refused, Stale: see :func:`actions.writing.begin`.
    """
    with book.writing():
        pledge = begin(actor, campaign, body, person)
        return pledge, [copy_item(actor, pledge, old) for old in _wanted(pledge)]


def _wanted(pledge: Pledge) -> list[PledgeItem]:
    """Return what was said to go on, of the run that this one repeats; that says it once more
    only where it is still unfinished."""
    own = Q(pledge__person=pledge.person)
    if pledge.person is None:
        own &= Q(pledge__organisation=pledge.organisation)
    found = PledgeItem.objects.filter(
        own,
        campaign=pledge.campaign.previous_id or 0,
        fulfilments__standing=True,
        fulfilments__carry_on=True,
    ).select_related(
        "pledge__campaign", "pledge__organisation", "pledge__person", "criterion", "programme"
    )
    return [item for item in found.order_by("number") if item.unfinished]


def _same_point(pledge: Pledge, point: Criterion | None) -> Criterion | None:
    """Return the point of this run's standard with the same code."""
    if point is None:
        return None
    return pledge.rule.standard.criteria.filter(code=point.code).first()
