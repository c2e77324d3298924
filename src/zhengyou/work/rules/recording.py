"""Who writes records, and for whom they exist. They are internal: nothing here is public.

A body's books are kept by its posts; those of a branch keep them for the groups in it, too, and
for the unit it leads. A member writes down the own work only (a visit, notes, a talk).
"""

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, LEADERS, OVERSEERS, follows, forebears_of
from zhengyou.work.kinds import OWN_WORK, QUIET, form_of
from zhengyou.work.models import (
    Participant,
    Record,
    RecordKind,
    RecordSeries,
    RecordState,
    Report,
)
from zhengyou.work.quorums import GROUPS

BOOKKEEPERS = (*KEEPERS, Role.COMMITTEE_MEMBER, Role.RECORDER)
OF_GROUPS = (Role.GROUP_LEADER, *SEATS)
LOOKERS = (*KEEPERS, Role.INSPECTOR)
"""Who looks into records from above."""
NOBODY = Q(pk__in=[])
LAID_OPEN = "公开事项在公开的那一页写、在那一页更正，这里跟着变。"


# --- what exists for somebody -------------------------------------------------------------------
def visible_records(actor: Actor) -> Q:
    """Return the records that exist for ``actor``.

    Who took part, or was to, and who wrote it; the posts of the body, and of the body that keeps
    its books; from above the keepers and inspectors. A draft is for those who may write it. What
    is confidential (a talk, a mediation) for those in it and the body's leaders only; how
    somebody's log was found, for the other posts that keep the body's books, too.
    """
    finished, open_to_all = ~Q(state=RecordState.DRAFT), ~Q(kind__in=QUIET)
    seen = NOBODY
    if actor.person:
        own = Participant.objects.filter(person=actor.person).values("record")
        seen |= Q(by=actor.person) | Q(finished, pk__in=own)
    if actor.hat is None or actor.hat.role is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    here = books_of(actor.hat.organisation)
    if role in LEADERS:
        seen |= here
    if role in BOOKKEEPERS:
        seen |= here & (open_to_all | Q(kind=RecordKind.LOG_CHECK))
    if role in OF_GROUPS:
        seen |= here & open_to_all
    if role in OVERSEERS:
        seen |= here & finished & open_to_all
    if role in LOOKERS:
        seen |= paths.within("organisation__path", path) & finished & open_to_all
    return seen


def books_of(body: Organisation) -> Q:
    """Return the condition on records that they are in the books that the posts of ``body`` keep:
    those of :func:`offered_bodies`, three levels deep, and of bodies that went on in it."""
    inner = _inner_kinds(body)
    gone = Organisation.objects.filter(forebears_of(body))
    books = Q(organisation=body) | Q(organisation__in=gone.values("pk"))
    step = "organisation"
    kinds = Q()
    for _ in range(3):
        kinds &= Q(**{f"{step}__kind__in": inner})
        step = f"{step}__parent"
        books |= kinds & Q(**{step: body})
    return books


def _inner_kinds(body: Organisation) -> list[Kind]:
    """Return which kinds of bodies inside ``body`` have their books kept by it."""
    if body.kind != Kind.BRANCH:
        return list(GROUPS)
    return [*GROUPS, *(kind for kind in Kind if kind.family == Family.UNIT and kind not in GROUPS)]


def offered_bodies(actor: Actor) -> list[Organisation]:
    """Return the bodies that ``actor`` may record for: that of the hat first, then those in it
    whose books it keeps. A query for each level."""
    if actor.hat is None:
        return []
    top = actor.hat.organisation
    found = [top]
    if actor.hat.role in BOOKKEEPERS:
        level = [top]
        while level:
            inside = Organisation.objects.filter(parent__in=level, closed_on=None)
            level = list(inside.filter(kind__in=_inner_kinds(top)))
            found += level
    return found


def _keeps_books(actor: Actor, body: Organisation) -> bool:
    if actor.holds_at(body.path, (*BOOKKEEPERS, *OF_GROUPS)):
        return True
    if actor.hat is None or actor.hat.role not in (*BOOKKEEPERS, *OF_GROUPS):
        return False
    if follows(actor.hat.organisation, body, None):  # its books go on with those who went on
        return True
    if not actor.holds(body.path, BOOKKEEPERS):
        return False
    inner, step = _inner_kinds(actor.hat.organisation), body
    while step.pk != actor.hat.organisation.pk:
        if step.kind not in inner or step.parent is None:
            return False
        step = step.parent
    return True


def free_names_for(actor: Actor, record: Record, took_part: bool = False) -> str:
    """Return who is named in ``record`` besides the roll, as ``actor`` may read it: the households
    of a visit are a number to the level above.

    Args:
        took_part: it is known that the actor was in it.
    """
    names = [str(name) for name in record.free_names]
    open_to_all = not form_of(RecordKind(record.kind)).households
    wrote = actor.person is not None and record.by_id == actor.person.pk
    if open_to_all or took_part or wrote or _keeps_books(actor, record.organisation):
        return "、".join(names)
    return f"{len(names)} 户（人），是谁只给本组织看" if names else ""


# --- writing ------------------------------------------------------------------------------------
def may_record(actor: Actor, body: Organisation) -> Verdict:
    """Write records of any kind for ``body``."""
    return Verdict.of(
        _keeps_books(actor, body),
        f"{body.name}的纪实由本组织的书记、副书记、委员、组长、活动办和记录员来记。",
    ) & _signed(actor)


def may_record_kind(actor: Actor, body: Organisation, kind: RecordKind) -> Verdict:
    """Write a record of ``kind``: a member of the body the own work, the rest its posts."""
    if kind == RecordKind.DISCLOSURE:
        return Verdict.no(LAID_OPEN)
    own = kind in OWN_WORK and any(each.pk == body.pk for each in actor.memberships)
    return may_record(actor, body) | (Verdict.of(own, may_record(actor, body).reason or "记不了。"))


def _signed(actor: Actor) -> Verdict:
    return Verdict.of(actor.person and actor.hat, "记纪实要用本人的账号。")


def may_write(actor: Actor, record: Record) -> Verdict:
    """Go on with a draft, and finish it."""
    return _writes(actor, record) & Verdict.of(
        record.state == RecordState.DRAFT, "这条纪实已经记好了。要改的话，点“改”，写明为什么。"
    )


def may_amend(actor: Actor, record: Record) -> Verdict:
    """Change a finished record; as it read before is kept."""
    return _writes(actor, record) & _stands(record) & _no_report(record)


def may_strike(actor: Actor, record: Record) -> Verdict:
    """Strike out what was recorded wrongly."""
    return _writes(actor, record) & _stands(record) & _no_report(record)


def may_discard(actor: Actor, record: Record) -> Verdict:
    """Throw a draft away."""
    return _writes(actor, record) & Verdict.of(
        record.state == RecordState.DRAFT, "已经记好的不能删，记错了可以划去。"
    )


def _writes(actor: Actor, record: Record) -> Verdict:
    """Who may touch it: who keeps the body's books, and who wrote it and still may. A confidential
    one belongs to who wrote it and the body's leaders."""
    body, kind = record.organisation, RecordKind(record.kind)
    if kind == RecordKind.REPORT:
        return Verdict.no("汇报在汇报那一页更正，这里跟着变。")
    if kind == RecordKind.DISCLOSURE:
        return Verdict.no(LAID_OPEN)
    own = Verdict.of(actor.is_person(record.by), "这条纪实不是您记的。")
    if kind in QUIET:
        leads = Verdict.of(
            actor.holds_at(body.path, LEADERS), "这条纪实只由记的人和本组织的书记、副书记来改。"
        )
        return (leads & _signed(actor)) | (own & may_record_kind(actor, body, kind))
    return (own & may_record_kind(actor, body, kind)) | may_record(actor, body)


def _no_report(record: Record) -> Verdict:
    """What was made by sending a report follows the report."""
    sent = record.kind == RecordKind.REPORT and Report.objects.filter(record=record).exists()
    return Verdict.of(not sent, "这条是送出汇报时记下的，要改请打开那份汇报，收回或者更正。")


def _stands(record: Record) -> Verdict:
    return Verdict.of(record.state != RecordState.DRAFT, "还没写完，接着写就是。") & Verdict.of(
        record.state == RecordState.FINISHED, "这条纪实已经划去了。"
    )


def may_drop_file(actor: Actor, record: Record) -> Verdict:
    """Take a file away that was attached by mistake: who may write on, or change it."""
    return may_write(actor, record) | may_amend(actor, record)


def may_keep_series(actor: Actor, series: RecordSeries) -> Verdict:
    """Change or end a series."""
    return may_record(actor, series.organisation)


# --- looking ------------------------------------------------------------------------------------
def may_see_record(actor: Actor, record: Record) -> Verdict:
    """Read one record. One query."""
    seen = Record.objects.filter(visible_records(actor), pk=record.pk).exists()
    return Verdict.of(seen, "这条纪实只给参加的人、本组织任职的人和上级管活动的人看。")


def may_see_book(actor: Actor, body: Organisation) -> Verdict:
    """Open the list of a body's records; members find there what they took part in."""
    member = any(each.pk == body.pk for each in actor.memberships)
    posts = actor.holds_at(body.path, (*OVERSEERS, *SEATS)) or _keeps_books(actor, body)
    return Verdict.of(
        posts or member or actor.holds(body.path, LOOKERS),
        f"{body.name}的纪实只给本组织的人和上级管活动的人看。",
    )
