"""Form teams of service and practice for a term, prolong them, let them end. A team is a body of
kind 服务队: its members stand on its roll, its leader has a seat in it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy_line, tidy_name
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actions import people, posts, tree
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Membership, Organisation, Person, Role
from zhengyou.people.models.person import Leaving
from zhengyou.work.models import TeamKind, TeamTerm
from zhengyou.work.rules import service as rules


def form(
    actor: Actor,
    body: Organisation,
    *,
    name: str,
    kind: TeamKind,
    purpose: str,
    last_day: date | None,
    leader: Person,
    members: Iterable[Person] = (),
    others: Sequence[str] = (),
) -> TeamTerm:
    """Form a team in ``body`` from today: found it, put its people on its roll, seat its leader.

    Args:
        last_day: of its term; None: no end is set (a standing team).
        others: labels of those who are no persons here.

    Raises:
        Refused: no right, the name is taken, nothing said, or a term that is over.
    """
    with book.writing() as facts:
        rules.may_form_team(actor, body).require()
        said = _purpose(purpose)
        _term(last_day)
        team = tree.found(actor, name=name, kind=Kind.TEAM, parent=body)
        for person in dict.fromkeys([leader, *members]):
            people.enrol(actor, person, team)
        posts.appoint(actor, leader, team, Role.SEAT_HEAD)
        row = TeamTerm.objects.create(
            organisation=team, kind=kind, purpose=said, since=clock.today(), until=_until(last_day),
            others=[label for each in others if (label := tidy_name(each)[:40])],
        )  # fmt: skip
        facts.record("team.form", by=actor, about=team.ref,
                     data={"kind": kind.value, "until": row.until})  # fmt: skip
    return row


def prolong(actor: Actor, term: TeamTerm, *, last_day: date | None, purpose: str) -> TeamTerm:
    """Give a team another term from today, or from the end of the one it has; people stay.

    Raises:
        Refused: no right, the team is gone, nothing said, or a term that is over.
    """
    with book.writing() as facts:
        team = Organisation.objects.select_for_update(no_key=True).get(pk=term.organisation_id)
        _may(actor, team)
        _term(last_day)
        TeamTerm.objects.filter(organisation=team).end(clock.today())
        row = TeamTerm.objects.create(
            organisation=team, kind=term.kind, purpose=_purpose(purpose), others=term.others,
            since=clock.today(), until=_until(last_day),
        )  # fmt: skip
        facts.record("team.prolong", by=actor, about=team.ref, data={"until": row.until})
    return row


def dissolve(actor: Actor, team: Organisation) -> None:
    """Let a team end today: its people leave its roll, the body closes, what it did stays.

    Raises:
        Refused: no right, or it is gone.
    """
    with book.writing() as facts:
        _may(actor, team)
        today = clock.today()
        for row in Membership.objects.on(today).filter(organisation=team).select_related("person"):
            people.release(actor, row.person, team, today, Leaving.REGROUPED)
        tree.close(actor, team, today)
        TeamTerm.objects.filter(organisation=team).end(today)
        facts.record("team.dissolve", by=actor, about=team.ref, data={"on": today})


def _may(actor: Actor, team: Organisation) -> None:
    if team.closed_on is not None or team.parent is None:
        raise Refused(f"{team.name}已经解散了。")
    rules.may_form_team(actor, team.parent).require()


def _purpose(text: str) -> str:
    said = tidy_line(text)[:200]
    if not said:
        raise Refused("写明这支队做什么。")
    return said


def _term(last_day: date | None) -> None:
    if last_day is not None and last_day < clock.today():
        raise Refused("任期的最后一天已经过了，请写今天或者以后。")


def _until(last_day: date | None) -> date | None:
    return last_day + timedelta(days=1) if last_day else None
