"""Say that something is wrong. Other rooms call :func:`raise_problem` for what they found."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Programme
from zhengyou.kernel import clock, handovers, refs
from zhengyou.kernel.handovers import Handover
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.problems import rules, searching, sources, terms
from zhengyou.problems.actions.steps import said, step
from zhengyou.problems.models import CatalogueItem, Did, Privacy, Problem


def raise_problem(
    actor: Actor,
    body: Organisation,
    *,
    title: str,
    text: str = "",
    source: Ref,
    campaign: Campaign | None = None,
    programme: Programme | None = None,
    found_on: date | None = None,
    privacy: Privacy = Privacy.BODY,
    subject: Person | None = None,
    owner: Person | None = None,
    deadline: date | None = None,
    catalogue: CatalogueItem | None = None,
    key: UUID | None = None,
    by: Verdict | None = None,
) -> Problem:
    """Raise a problem of ``body``, inside the caller's ``writing()`` or its own.

    Args:
        source: where it was found; it must be one that the actor may see.
        subject: whose own shortcoming it is: then it is private, and his or hers to mend.
        privacy: for whom it exists, as the finder decides.
        owner: who mends it, where that is clear already.
        deadline: until when, where the finder sets it; it cannot be later when measures are agreed.
        key: of a form; sent twice, it is one problem.
        by: the answer of another room's rule that stands in for ``may_raise``.

    Raises:
        Refused: no right, nothing said, days that cannot be, or a thing that is a problem already
            and may be only one (``Source.once``).
    """
    today = clock.today()
    with book.writing() as facts:
        (by or rules.may_raise(actor, body, subject)).require()
        _may_name(actor, source)
        Organisation.objects.select_for_update(no_key=True).get(
            pk=body.pk
        )  # One form, one problem.
        made = Problem.objects.filter(form_key=key).first() if key else None
        if made is not None:
            return made
        rules.may_raise_from(source).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        problem = Problem.objects.create(
            organisation=body, campaign=campaign, programme=programme, title=_title(title),
            text=said(text), found_on=_found_on(found_on or today),
            source_kind=source.kind, source_uid=source.uid, source_label=source.label[:200],
            privacy=Privacy.HANDLERS if subject else privacy, subject=subject,
            owner=owner or subject, claim_by=terms.claim_by(today), deadline=_deadline(deadline),
            raised_by=actor.person, raised_hat=actor.hat.title, raised_at=clock.now(),
            found_for=actor.hat.organisation, catalogue=catalogue,
            form_key=key,
        )  # fmt: skip
        step(facts, actor, problem, Did.RAISE, body=body.uid, source=str(source))
        tell_at_once(problem)
        searching.follow(problem)
    return problem


def tell_at_once(problem: Problem) -> None:
    """Bring it to whoever mends it without waiting for the digest, where its source is of that kind
    (a patrol)."""
    if problem.owner is None or not sources.named(problem.source_kind).at_once:
        return
    url = reverse("problems:problem", args=[problem.uid])
    handovers.hand_over(Handover(problem.owner.uid, "有一个问题请您整改", "请马上看一看。", url))


def _may_name(actor: Actor, source: Ref) -> None:
    target = refs.resolve(source, actor)
    if target is not None and not target.visible:
        raise Refused("来源的那一件事您看不到，不能从它提出问题。")


def _title(title: str) -> str:
    plain = tidy_line(title)
    if not plain:
        raise Refused("一句话写明是什么问题。")
    if len(plain) > 60:
        raise Refused(f"题目写了 {len(plain)} 个字，最多 60 个，细节写在“具体表现”里。")
    return plain


def _found_on(day: date) -> date:
    if day > clock.today():
        raise Refused("发现的日期还没到，请写今天或者以前。")
    return day


def _deadline(day: date | None) -> date | None:
    if day is not None and day < clock.today():
        raise Refused("整改期限已经过了，请写今天或者以后的日期。")
    return day
