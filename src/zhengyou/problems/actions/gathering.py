"""Gather what bodies have in common into one problem of the level above; answer it by policy."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.actions.steps import hold, said, step
from zhengyou.problems.models import CatalogueItem, Did, GatheredProblem, PolicyAnswer, Problem
from zhengyou.problems.rules import gathering as rules

KIND = "gathered"
"""Of the reference that a common problem has as its source: its members."""
MOST = 200
"""Problems that one common problem may gather."""


def gather(
    actor: Actor,
    body: Organisation,
    members: Sequence[Problem],
    *,
    title: str,
    text: str = "",
    owner: Person | None = None,
    deadline: date | None = None,
    key: UUID | None = None,
) -> Problem:
    """Make one problem of ``body`` out of what several bodies below have in common.

    Raises:
        Refused: no right, of one body alone, or of some that may not be gathered.
    """
    with book.writing() as facts:
        rules.may_gather(actor, body).require()
        made = Problem.objects.filter(form_key=key).first() if key else None
        if made is not None:
            return made
        bodies = {member.organisation_id for member in members}
        if len(bodies) < 2:
            raise Refused("至少要有两个组织的问题，才算共性问题。")
        source = Ref(KIND, uuid4(), f"{len(bodies)} 个组织的共性问题")
        gathered = raise_problem(
            actor, body, title=title, text=text, source=source, campaign=_same(members),
            catalogue=_item(members), owner=owner, deadline=deadline, key=key, by=Verdict.yes(),
        )  # fmt: skip
        _put_in(facts, actor, gathered, members)
    return gathered


def join(actor: Actor, gathered: Problem, members: Sequence[Problem]) -> None:
    """Put further problems into a common one.

    Raises:
        Refused: no right, none chosen, or some that may not be gathered.
    """
    with book.writing() as facts:
        hold(gathered)
        rules.may_answer(actor, gathered).require()
        if not members:
            raise Refused("选上要归进来的问题。")
        _put_in(facts, actor, gathered, members)


def let_go(actor: Actor, link: GatheredProblem, why: str) -> None:
    """Take a problem out again: it was another one after all.

    Raises:
        Refused: no right, no reason, or out already.
    """
    reason = said(why, "写一句为什么拿出来。")
    with book.writing() as facts:
        rules.may_answer(actor, link.gathered).require()
        rows = GatheredProblem.objects.filter(pk=link.pk, left_at=None)
        if not rows.update(left_at=clock.now()):
            raise Refused("已经拿出来了。")
        step(facts, actor, link.member, Did.GATHER, reason, out_of=link.gathered.uid)


def answer(actor: Actor, gathered: Problem, words: str, basis: str = "") -> PolicyAnswer:
    """Say what the level above decides; every body concerned reads it with its own problem.

    Raises:
        Refused: no right, or nothing said.
    """
    text = said(words, "写清楚怎么办：定了什么办法、从哪天起、谁来落实。")
    with book.writing() as facts:
        hold(gathered)
        rules.may_answer(actor, gathered).require()
        members = _members(gathered)
        if not members:
            raise Refused("里面没有归进来的问题，不是共性问题。")
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        row = PolicyAnswer.objects.create(
            problem=gathered, words=text, basis=tidy_line(basis)[:200], by=actor.person,
            hat=actor.hat.title, at=clock.now(),
        )  # fmt: skip
        step(facts, actor, gathered, Did.POLICY, text, members=len(members))
        for member in members:
            step(facts, actor, member, Did.POLICY, text, common=gathered.uid)
    return row


def tell_members(facts: Book, actor: Actor, gathered: Problem, words: str) -> None:
    """Write into each member's history that the common problem is done with; called by the verb
    that strikes it off, in its transaction."""
    for member in _members(gathered):
        text = f"上级的共性问题“{gathered.title}”已销号。{words}"
        step(facts, actor, member, Did.GATHER, text, common=gathered.uid, closed=True)


def _members(gathered: Problem) -> list[Problem]:
    rows = gathered.gathers.filter(left_at=None)
    return [row.member for row in rows.select_related("member__organisation", "member__owner")]


def _put_in(facts: Book, actor: Actor, gathered: Problem, members: Sequence[Problem]) -> None:
    """Link ``members``, each held and asked anew whether it may be gathered."""
    body = gathered.organisation
    keys = {member.pk for member in members}
    rows = Problem.objects.filter(pk__in=keys).exclude(pk=gathered.pk)
    held = list(rows.select_for_update(of=("self",)).order_by("pk"))
    free = set(rows.filter(rules.gatherable(actor, body)).values_list("pk", flat=True))
    if keys - free:
        raise Refused("有的问题已经了结、已经归到别处，或者不归您归并，请刷新后再选。")
    if len(_members(gathered)) + len(keys) > MOST:
        raise Refused(f"一个共性问题最多归 {MOST} 个问题。")
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    for member in held:
        GatheredProblem.objects.create(
            gathered=gathered, member=member, by=actor.person, hat=actor.hat.title,
            at=clock.now(),
        )  # fmt: skip
        words = f"归到{body.name}的共性问题“{gathered.title}”"
        step(facts, actor, member, Did.GATHER, words, common=gathered.uid)


def _same(members: Sequence[Problem]) -> Campaign | None:
    """Return the campaign that all have in common."""
    keys = {member.campaign_id for member in members}
    return members[0].campaign if len(keys) == 1 else None


def _item(members: Sequence[Problem]) -> CatalogueItem | None:
    """Return the item of the catalogue that all have in common."""
    keys = {member.catalogue_id for member in members}
    return members[0].catalogue if len(keys) == 1 else None
