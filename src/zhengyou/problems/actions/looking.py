"""Go through the catalogue. What is found becomes a problem; what is there already is not raised
twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.states import move
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.problems import looking
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import (
    SETTLED,
    CatalogueItem,
    CheckState,
    Look,
    Problem,
    SelfCheck,
    SelfCheckAnswer,
)
from zhengyou.problems.rules import looking as rules

LONGEST = 500
MOST_OWN = 3
"""Things beyond the catalogue that one self-check may name."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a self-check says.

    Args:
        items: key of the item → 有 or 没有, and the words; items nobody has looked at are missing.
        own: what the catalogue does not have, a line each.
    """

    items: Mapping[int, tuple[Look, str]] = field(default_factory=dict)
    own: tuple[str, ...] = ()


def look(
    actor: Actor,
    campaign: Campaign,
    body: Organisation,
    person: Person | None,
    said: Said,
    *,
    done: bool,
) -> SelfCheck:
    """Keep what was filled in; with ``done`` it counts, and what was found becomes problems.

    Raises:
        Refused: no right, nobody asked here, or, where it is to count, something is missing.
    """
    with book.writing() as facts:
        rules.may_look(actor, campaign, body, person).require()
        items = _asked(campaign, body, person)
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)  # One open at a time.
        check = _open(actor, campaign, body, person)
        _write(check, items, said)
        if done:
            _finish(facts, actor, check, items)
    return check


def drop(actor: Actor, check: SelfCheck) -> None:
    """Throw away what was filled in and not finished.

    Raises:
        Refused: no right, or it counts already.
    """
    with book.writing():
        rules.may_look(actor, check.campaign, check.organisation, check.person).require()
        gone, _ = SelfCheck.objects.filter(pk=check.pk, state=CheckState.LOOKING).delete()
        if not gone:
            raise Refused("已经查完的不能删；情况变了，可以再查一次。")


def _asked(campaign: Campaign, body: Organisation, person: Person | None) -> list[CatalogueItem]:
    if person is None:
        found = looking.items_of_body(campaign, body)
    elif looking.home_in(campaign, person) != body:
        raise Refused(f"{person.name}不在{body.name}对照查摆。")
    else:
        found = looking.items_of_person(campaign, person)
    if not found:
        raise Refused("这里没有要对照的突出问题。")
    return found


def _open(actor: Actor, campaign: Campaign, body: Organisation, person: Person | None) -> SelfCheck:
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    by_hand = person is not None and not actor.is_person(person)
    values = {"by": actor.person, "hat": actor.hat.title, "by_hand": by_hand, "on": clock.today()}
    row, _ = SelfCheck.objects.update_or_create(
        campaign=campaign, organisation=body, person=person, state=CheckState.LOOKING,
        defaults=values,
    )  # fmt: skip
    return row


def _write(check: SelfCheck, items: Iterable[CatalogueItem], said: Said) -> None:
    own = [line for line in map(tidy_line, said.own) if line]
    if len(own) > MOST_OWN:
        raise Refused(f"目录以外的最多写 {MOST_OWN} 条，一行一条。")
    if any(len(line) > 60 for line in own):
        raise Refused("目录以外的，一条最多 60 个字。")
    check.answers.all().delete()
    rows = []
    for item in items:
        answer, words = said.items.get(item.pk, (None, ""))
        if answer is not None:
            if len(words) > LONGEST:
                raise Refused(f"“{item.title}”的说明写了 {len(words)} 个字，最多 {LONGEST} 个。")
            rows.append(SelfCheckAnswer(check_of=check, item=item, look=answer, words=words))
    rows += [SelfCheckAnswer(check_of=check, look=Look.HAS, words=line) for line in own]
    SelfCheckAnswer.objects.bulk_create(rows)


def _finish(facts: Book, actor: Actor, check: SelfCheck, items: list[CatalogueItem]) -> None:
    answers = list(check.answers.select_related("item"))
    left = len(items) - sum(answer.item is not None for answer in answers)
    if left:
        raise Refused(f"还有 {left} 条没有选。没有的也请选“没有”，表示查过了。")
    for answer in answers:
        if answer.look == Look.HAS:
            if not answer.words:
                assert answer.item is not None  # constraint
                raise Refused(f"“{answer.item.title}”选了“有”，请写一句具体是什么。")
            answer.problem = _found(actor, check, answer)
            answer.save(update_fields=["problem"])
    move(check, "finish", on=clock.today())
    facts.record(
        "self_check.finish", by=actor, about=check.ref,
        data={"organisation": check.organisation.uid, "campaign": check.campaign.uid,
              "by_hand": check.by_hand},
    )  # fmt: skip


def _found(actor: Actor, check: SelfCheck, answer: SelfCheckAnswer) -> Problem:
    """Return the problem that stands already for the same item, else a new one."""
    there = Problem.objects.filter(organisation=check.organisation, subject=check.person)
    there = there.exclude(state__in=SETTLED).filter(catalogue=answer.item)
    known = there.first() if answer.item else None
    if known is not None:
        return known
    made = raise_problem(
        actor, check.organisation, title=answer.item.title if answer.item else answer.words,
        text=answer.words if answer.item else "", source=check.ref, campaign=check.campaign,
        catalogue=answer.item, subject=check.person, by=Verdict.yes(),
    )  # fmt: skip
    if check.by_hand and check.person is not None:
        # Found by whom it is about, whoever typed it: else it would exist for the recorder.
        made.raised_by, made.raised_hat = check.person, "本人（代录）"
        made.save(update_fields=["raised_by", "raised_hat"])
    return made
