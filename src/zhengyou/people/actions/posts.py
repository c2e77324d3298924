"""Give and end posts. Rights follow from them, with the next request."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions.holding import not_far_ahead
from zhengyou.people.actor import Actor
from zhengyou.people.models import Invitation, Kind, Organisation, Person, Post, Role
from zhengyou.people.models.post import ONE_AT_A_TIME, ORDER, role_label, roles_of


def appoint(
    actor: Actor | None,
    person: Person,
    body: Organisation,
    role: Role,
    *,
    portfolio: str = "",
    duty: str = "",
    since: date | None = None,
    by: Verdict | None = None,
) -> Post:
    """Give a post. A body has one secretary at a time; the earlier one must end first.

    Open invitation slips of whoever gets a post of weight lapse: they were given out for less.

    Args:
        actor: None only at set-up.
        portfolio: what a 委员 is in charge of, as 组织 or 宣传; at most 30 characters.
        duty: the stated duty of a seat, at most 200 characters.
        by: the answer of another room's rule that stands in for ``may_appoint``.

    Raises:
        Refused: no right, no such post in a body of this kind, the post is taken, the person
            holds it already, the body does not exist on that day, or it is over a year ahead.
    """
    since = since or clock.today()
    not_far_ahead(since, "任职日期")
    with book.writing() as facts:
        body = Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        if actor is not None:
            (by or rules.may_appoint(actor, body, role)).require()
            rules.may_appoint_whom(actor, person, role).require()
        _has_post(body, role, since)
        _free(person, body, role, portfolio, since)
        post = Post.objects.create(
            person=person,
            organisation=body,
            role=role,
            portfolio=portfolio,
            duty=duty,
            order=ORDER[role],
            since=since,
        )
        if role in rules.WEIGHTY:  # a slip printed before must not open what came after
            Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(
                withdrawn_at=clock.now()
            )
        facts.record(
            "post.appoint",
            by=actor or book.SYSTEM,
            about=person.ref,
            data={"organisation": str(body.uid), "role": role.value, "since": since.isoformat()},
            names={"name": person.name, "portfolio": portfolio},
        )
    return post


def _has_post(body: Organisation, role: Role, since: date) -> None:
    if role not in roles_of(Kind(body.kind)):
        raise Refused(
            f"{Kind(body.kind).label}没有“{role_label(role, Kind(body.kind))}”这个职务，请改选。"
        )
    if not body.is_open():
        raise Refused(f"{body.name}已经撤销，不能再任职。")
    if since < body.founded_on:
        raise Refused(f"{body.name} {body.founded_on:%Y-%m-%d} 才成立，任职不能早于这一天。")


def _called(role: Role, body: Organisation) -> str:
    return role_label(role, Kind(body.kind))


def _free(person: Person, body: Organisation, role: Role, portfolio: str, since: date) -> None:
    held = Post.objects.overlapping(since, None).filter(organisation=body, role=role)
    if held.filter(person=person, portfolio=portfolio).exists():
        raise Refused(f"{person.name}已经是{body.name}{portfolio}{_called(role, body)}。")
    if role in ONE_AT_A_TIME:
        other = held.select_related("person").first()
        if other is not None:
            raise Refused(
                f"{body.name}的{_called(role, body)}现在是{other.person.name}，请先免去再任。"
            )


def end_post(
    actor: Actor, post: Post, on: date | None = None, *, by: Verdict | None = None
) -> None:
    """End a post from ``on``; its rights end with it. ``by``: as in :func:`appoint`.

    Raises:
        Refused: no right, a date before it began, it has ended already, or it is the last
            administrator's.
    """
    on = on or clock.today()
    with book.writing() as facts:
        row = Post.objects.select_for_update(no_key=True, of=("self",)).select_related(
            "organisation", "person"
        ).get(pk=post.pk)  # fmt: skip
        (by or rules.may_appoint(actor, row.organisation, Role(row.role))).require()
        if on < row.since:
            raise Refused(f"免职日期早于任职日期（{row.since:%Y-%m-%d}），请改日期。")
        if row.until is not None and row.until <= on:
            raise Refused(f"这个职务在 {row.until:%Y-%m-%d} 已经免去了。")
        not_the_last_admin(row)
        row.until = on
        row.save(update_fields=["until"])
        facts.record(
            "post.end",
            by=actor,
            about=row.person.ref,
            data={
                "organisation": str(row.organisation.uid),
                "role": row.role,
                "on": on.isoformat(),
            },
            names={"name": row.person.name},
        )
    post.refresh_from_db(fields=["until"])


def not_the_last_admin(post: Post) -> None:
    """Without any administrator nobody could appoint one.

    Raises:
        Refused: ``post`` is the only one left.
    """
    if post.role != Role.SYSTEM_ADMIN:
        return
    others = Post.objects.filter(role=Role.SYSTEM_ADMIN, until=None).exclude(pk=post.pk)
    if not others.exists():
        raise Refused("这是最后一个系统管理员，请先任命接手的人，再免去。")
