"""Who sees a box from within, who keeps it, who collates what was put in.

A box is its body's: the keepers of the body and above set it up and close it. One named person
collates; the keepers may, too, since a collator falls ill. The paper at the door is entered by
whoever keeps the body's records, or by the collator.
"""

from collections.abc import Callable

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Role
from zhengyou.people.rules import KEEPERS
from zhengyou.voices.models import Box, BoxKind, BoxState

ENTERING = (*KEEPERS, Role.RECORDER)
LOOKING = (*ENTERING, Role.COMMITTEE_MEMBER)
COLLATING: dict[str, Callable[[Actor, Box], Verdict]] = {}
"""Kinds of boxes of which somebody else says what becomes of the voices."""
NOBODY = Q(pk__in=[])


def visible_boxes(actor: Actor, prefix: str = "") -> Q:
    """Return which boxes exist for ``actor`` behind the public page; complaints about burden are
    not the body's (:mod:`burden`).

    Args:
        prefix: of the look-up where the rows are not boxes: ``"box__"``.
    """
    if actor.person is None:
        return NOBODY
    found, own = Q(**{f"{prefix}collator": actor.person}), ~Q(**{f"{prefix}kind": BoxKind.BURDEN})
    if actor.hat is None or actor.hat.role not in LOOKING:
        return found
    body = actor.hat.organisation
    if actor.hat.role in KEEPERS:
        return found | own & paths.within(f"{prefix}organisation__path", body.path)
    return found | own & Q(**{f"{prefix}organisation": body})


def may_set_up(actor: Actor, body: Organisation) -> Verdict:
    """Set up a box at a body, open and close it, hang up new QR codes."""
    return Verdict.of(
        actor.holds(body.path, KEEPERS),
        f"设箱、开箱、收箱要由{body.name}或上级的书记、副书记、活动办来办。",
    )


def may_change(actor: Actor, box: Box) -> Verdict:
    """Change a box: its question only as long as nobody has seen it."""
    return may_set_up(actor, box.organisation) & Verdict.of(
        box.state != BoxState.CLOSED, "已经收箱，不再改；要接着收，先再开箱。"
    )


def may_open(actor: Actor, box: Box) -> Verdict:
    """Open a prepared box; a survey asks something."""
    return (
        may_set_up(actor, box.organisation)
        & Verdict.of(box.state == BoxState.DRAFT, "已经开过箱了。")
        & Verdict.of(
            box.kind != BoxKind.SURVEY or box.questions.exists(),
            "还没有出题目，先把题目写好再开箱。",
        )
    )


def may_close(actor: Actor, box: Box) -> Verdict:
    """Close a box before its last day, or one without."""
    return may_set_up(actor, box.organisation) & Verdict.of(
        box.state == BoxState.OPEN, "还没有开箱，或者已经收箱。"
    )


def may_open_again(actor: Actor, box: Box) -> Verdict:
    """Open a closed box again; not a survey, whose results are out: whoever compared them with
    those after one more sheet would know that sheet."""
    return (
        may_set_up(actor, box.organisation)
        & Verdict.of(box.state == BoxState.CLOSED, "还没有收箱。")
        & Verdict.of(
            box.kind != BoxKind.SURVEY,
            "问卷收了就不再收：结果已经公布，再收几份，前后一比就知道后来的人怎么答的。",
        )
    )


def may_collate(actor: Actor, box: Box) -> Verdict:
    """Read all that was put in, and say what becomes of it."""
    if box.kind in COLLATING:
        return COLLATING[box.kind](actor, box)
    who = f"{box.collator.name}和" if box.collator else ""
    return Verdict.of(
        (actor.hat and actor.is_person(box.collator))
        or actor.holds(box.organisation.path, KEEPERS),
        f"汇总由{who}{box.organisation.name}及上级的书记、副书记、活动办来做。",
    )


def may_enter_paper(actor: Actor, box: Box) -> Verdict:
    """Enter what was written on paper; also after the last day, for paper lies about."""
    roles = actor.holds_at(box.organisation.path, ENTERING)
    return Verdict.of(
        roles or may_collate(actor, box),
        f"代录由{box.organisation.name}的记录员、书记、副书记、活动办或者汇总人来做。",
    ) & Verdict.of(box.state != BoxState.DRAFT, "还没有开箱。")


def may_print(actor: Actor, box: Box) -> Verdict:
    """Print posters and forms of paper."""
    return may_enter_paper(actor, box) | may_set_up(actor, box.organisation)


def takes_voices(box: Box) -> Verdict:
    """Say to anybody whether something can be put in now."""
    if box.takes():
        return Verdict.yes()
    if box.state == BoxState.OPEN and not box.ended():
        return Verdict.no("还没有到开始收的日子。")
    return Verdict.no("这次征集已经结束，谢谢大家。")


def public_boxes() -> Q:
    """Return the boxes that have a public page: opened once, and never to disappear again."""
    return ~Q(state=BoxState.DRAFT)
