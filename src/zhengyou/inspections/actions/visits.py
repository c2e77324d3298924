"""Write down what one sees at a body, hand it over, close; reply; make problems of criticism."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from zhengyou.files.actions import detach
from zhengyou.files.queries import attachments_by_owner
from zhengyou.inspections import rules
from zhengyou.inspections.actions.planning import hold
from zhengyou.inspections.models import (
    Finding,
    FindingKind,
    Grade,
    Inspection,
    Reply,
    Sheet,
    Visit,
    VisitState,
)
from zhengyou.kernel import clock, workdays
from zhengyou.kernel.states import move
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Problem

FREE = tuple(f"free-{number}" for number in range(1, 6))
"""Where findings beside the list stand on a form."""
WORDS = 500
"""Characters of one answer at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in one place of the form: of an item its grade and what was seen, and, where it
    is to reach the body as a finding, of what kind."""

    grade: Grade | None = None
    words: str = ""
    kind: FindingKind | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What a phone sends: the whole of what one inspector has written by then.

    Args:
        token: of the form; sent twice, it is one.
        answers: code of an item, or free-1 … free-5, → what stands there.
    """

    token: UUID
    visited_on: date
    answers: Mapping[str, Answer]
    note: str = ""


def send(actor: Actor, visit: Visit, filled: Filled) -> Sheet:
    """Take in a form. What this inspector sent before stays below it; findings follow the form.

    Raises:
        Refused: no right, too early, a day to come, an answer to no item, or nothing said.
    """
    with book.writing() as facts:
        Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
        known = Sheet.objects.filter(token=filled.token).first()
        if known is not None and _same(actor, visit, known, filled):
            return known
        visit.refresh_from_db(fields=["state", "visited_on"])
        rules.may_send(actor, visit).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        _check(visit, filled)
        sheet = Sheet.objects.create(
            visit=visit, token=uuid4() if known else filled.token, by=actor.person,
            hat=actor.hat.title, sent_at=clock.now(), note=_noted(filled),
            answers=_stored(filled),
        )  # fmt: skip
        found = _follow(actor, visit, filled)
        if visit.state == VisitState.PLANNED:
            move(visit, "begin", visited_on=filled.visited_on)
        elif visit.visited_on != filled.visited_on:
            visit.visited_on = filled.visited_on
            visit.save(update_fields=["visited_on"])
        facts.record("visit.write", by=actor, about=visit.ref,
                     data={"token": sheet.token, "on": filled.visited_on,
                           "answers": len(filled.answers), "findings": found})  # fmt: skip
    return sheet


def _same(actor: Actor, visit: Visit, sheet: Sheet, filled: Filled) -> bool:
    """Tell whether a form came before as it comes now; written on since, it is another one.

    Raises:
        Refused: it is somebody else's.
    """
    if sheet.visit_id != visit.pk or not actor.is_person(sheet.by):
        raise Refused("这张表是别人交的，请重新打开再填。")
    return (sheet.answers, sheet.note) == (_stored(filled), _noted(filled))


def _noted(filled: Filled) -> str:
    return tidy(filled.note)[:2000]


def _check(visit: Visit, filled: Filled) -> None:
    if filled.visited_on > clock.today():
        raise Refused("检查的日期还没到，请写今天或者以前。")
    if filled.visited_on < visit.inspection.starts_on:
        raise Refused("检查的日期早于这次督查的第一天，请看看日期。")
    codes = {item.code for item in visit.inspection.checklist}
    if not set(filled.answers) <= codes | set(FREE):
        raise Refused("检查内容和表上的不一样，请重新打开这张表再填。")
    if not filled.answers and not tidy(filled.note).strip():
        raise Refused("还什么都没写。")
    for answer in filled.answers.values():
        if answer.kind and not tidy(answer.words).strip():
            raise Refused(f"选了“{answer.kind.label}”，还要写一句看到了什么。")


def _stored(filled: Filled) -> dict[str, dict[str, str]]:
    return {
        slot: {
            "grade": answer.grade.value if answer.grade else "",
            "words": tidy(answer.words)[:WORDS],
            "kind": answer.kind.value if answer.kind else "",
        }
        for slot, answer in filled.answers.items()
    }


def _follow(actor: Actor, visit: Visit, filled: Filled) -> int:
    """Let the findings of this inspector be those of the form; return how many there are."""
    assert actor.person is not None and actor.hat is not None  # send has asked
    said = {slot: answer for slot, answer in filled.answers.items() if answer.kind}
    gone = visit.findings.filter(by=actor.person).exclude(slot__in=said)
    for photos in attachments_by_owner("finding", gone.values_list("uid", flat=True)).values():
        for photo in photos:
            detach(photo)
    gone.delete()
    for slot, answer in said.items():
        assert answer.kind is not None  # said has those only
        Finding.objects.update_or_create(
            visit=visit, by=actor.person, slot=slot,
            defaults={
                "item": "" if slot in FREE else slot, "kind": answer.kind,
                "text": tidy(answer.words)[:WORDS], "found_on": filled.visited_on,
                "hat": actor.hat.title,
            },
        )  # fmt: skip
    return len(said)


def unanswered(visit: Visit) -> list[str]:
    """Return the items that no inspector has answered. One query."""
    answered: set[str] = set()
    for sheet in latest(visit):
        answered |= {slot for slot, answer in sheet.answers.items() if answer["grade"]}
    return [item.what for item in visit.inspection.checklist if item.code not in answered]


def latest(visit: Visit) -> list[Sheet]:
    """Return the sheet that counts of each inspector. One query."""
    last: dict[int, Sheet] = {}
    for sheet in visit.sheets.select_related("by").order_by("sent_at", "pk"):
        last[sheet.by_id] = sheet
    return list(last.values())


def hand_over(actor: Actor, visit: Visit) -> None:
    """Hand what was found over to the body: from now on it sees it, replies, and nothing changes.

    Raises:
        Refused: no right, or items that nobody has looked at.
    """
    with book.writing() as facts:
        Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
        visit.refresh_from_db(fields=["state"])
        rules.may_hand_over(actor, visit).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        open_items = unanswered(visit)
        if open_items:
            raise Refused(
                f"还有 {len(open_items)} 项没看：{open_items[0]}。看不了的选“不适用”再交。"
            )
        today = clock.today()
        reply_by = workdays.add_workdays(today, visit.inspection.reply_days).day
        move(visit, "hand_over", handed_on=today, handed_by=actor.person,
             handed_hat=actor.hat.title, reply_by=reply_by)  # fmt: skip
        facts.record("visit.hand_over", by=actor, about=visit.ref,
                     data={"body": visit.organisation.uid, "reply_by": reply_by,
                           "findings": visit.findings.count()})  # fmt: skip


def close(actor: Actor, inspection: Inspection) -> None:
    """Close the inspection when each body has what was found there."""
    with book.writing() as facts:
        rules.may_close(actor, hold(inspection)).require()
        move(inspection, "close")
        facts.record("inspection.close", by=actor, about=inspection.ref)


def reply(actor: Actor, finding: Finding, text: str) -> Reply:
    """Say something to a finding, or correct it; what was said before stays.

    Raises:
        Refused: no right, or nothing said.
    """
    with book.writing() as facts:
        rules.may_reply(actor, finding).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        said = tidy(text).strip()[:1000]
        if not said:
            raise Refused("写一句答复：认不认、打算怎么改。")
        row = Reply.objects.create(
            finding=finding, text=said, by=actor.person, hat=actor.hat.title, at=clock.now()
        )
        facts.record("finding.reply", by=actor, about=finding.ref,
                     data={"visit": finding.visit.uid})  # fmt: skip
    return row


def title_of(finding: Finding) -> str:
    """Return the first words of a finding, as the title of what comes of it."""
    return tidy_line(finding.text)[:60]


def to_problem(
    actor: Actor, finding: Finding, *, title: str, text: str, deadline: date, key: UUID | None
) -> Problem:
    """Make a problem of a criticism, to be mended by a day; the finding stays where it is.

    Raises:
        Refused: no right, no title, or a day that has passed.
    """
    visit = finding.visit
    with book.writing() as facts:
        verdict = rules.may_raise(actor, finding)
        verdict.require()
        problem = raise_problem(
            actor, visit.organisation, title=title, text=text, source=finding.ref,
            campaign=visit.inspection.campaign, found_on=finding.found_on, deadline=deadline,
            key=key, by=verdict,
        )  # fmt: skip
        facts.record("finding.to_problem", by=actor, about=finding.ref,
                     data={"problem": problem.uid, "deadline": deadline})  # fmt: skip
    return problem


def deadline_of(finding: Finding) -> date:
    """Return until when a criticism is to be mended, unless somebody says otherwise."""
    visit = finding.visit
    begun = max(visit.handed_on or clock.today(), clock.today())
    return workdays.add_workdays(begun, visit.inspection.fix_days).day
