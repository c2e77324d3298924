"""The groups of a plan become dated bodies under the body that adopted; their seats are posts."""

from django.db.models import QuerySet

from zhengyou.campaigns import rules
from zhengyou.campaigns.models import GroupTemplate, Plan, PlanGroup
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actions.posts import appoint, end_post
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Organisation, Person, Post, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.queries.roll import persons_on


def set_up(actor: Actor, plan: Plan) -> list[PlanGroup]:
    """Found the groups of the campaign that ``plan`` does not have yet, those above first.

    Raises:
        Refused: no right to found bodies there.
    """
    own = _of_group(actor, plan)
    with book.writing():
        done = {group.template_id: group for group in plan.groups.select_related("organisation")}
        new = []
        for template in _from_the_top(plan):
            if template.pk in done:
                continue
            above = done.get(template.under_id) if template.under_id else None
            parent = above.organisation if above else plan.organisation
            body = found(
                actor,
                name=_free_name(plan, template, parent),
                kind=template.kind,
                parent=parent,
                order=900 + template.order if above is None else template.order,
                by=own,
            )
            done[template.pk] = PlanGroup.objects.create(
                plan=plan, template=template, organisation=body
            )
            new.append(done[template.pk])
    return new


def _of_group(actor: Actor, plan: Plan) -> Verdict | None:
    """Whoever leads a working group, and gives no posts else, seats the groups of its plan."""
    return rules.may_seat(actor, plan) if plan.organisation.family == Family.WORKING else None


def _from_the_top(plan: Plan) -> list[GroupTemplate]:
    templates = list(plan.campaign.groups.all())
    above = {template.pk: template.under_id for template in templates}

    def depth(pk: int | None) -> int:
        return 0 if pk is None else 1 + depth(above[pk])

    return sorted(templates, key=lambda template: (depth(template.pk), template.order))


def _free_name(plan: Plan, template: GroupTemplate, parent: Organisation) -> str:
    """Name the group as the blueprint does; beside another campaign's of that name, tell which."""
    taken = parent.children.filter(name=template.title, closed_on=None).exists()
    return f"{template.title}（{plan.campaign.title}）"[:100] if taken else template.title


def candidates(plan: Plan) -> QuerySet[Person]:
    """Return who may take a seat: the people of the body and of what is below it, today."""
    return persons_on(clock.today(), plan.organisation)


def seat(actor: Actor, group: PlanGroup, person: Person, role: Role, duty: str = "") -> Post:
    """Give somebody a seat in a group.

    Args:
        role: a seat: head, deputy or member.
        duty: what he or she is to do there, at most 200 characters.

    Raises:
        Refused: no right, no such seat, all taken, seated here already, or not of this body.
    """
    with book.writing():
        body = Organisation.objects.select_for_update(no_key=True).get(pk=group.organisation_id)
        rules.may_seat(actor, group.plan).require()
        if not candidates(group.plan).filter(pk=person.pk).exists():
            raise Refused(f"{person.name}不是{group.plan.organisation.name}的人，请从名单里选。")
        held = Post.objects.on(clock.today()).filter(organisation=body, role__in=SEATS)
        if held.filter(person=person).exists():
            raise Refused(f"{person.name}已经在{body.name}里了，一个人在一个组里只占一个席位。")
        _, most = group.template.limits(role)
        taken = held.filter(role=role).count()
        if most is not None and taken >= most:
            raise Refused(
                f"{body.name}的{role.label}最多 {most} 人，已经有 {taken} 人，请先免去一位再加。"
                if most
                else f"{body.name}不设{role.label}，请选别的席位。"
            )
        return appoint(actor, person, body, role, duty=duty, by=_of_group(actor, group.plan))


def take_over(actor: Actor, plan: Plan) -> list[Post]:
    """Seat again, from today, who sat in the groups of the last run and still may.

    Raises:
        Refused: no right, or nobody is left to be seated.
    """
    from zhengyou.campaigns.queries.again import seat_offers

    with book.writing() as facts:
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        rules.may_seat(actor, plan).require()
        offers = seat_offers(plan)
        if not offers:
            raise Refused("上一轮的席位没有可以沿用的了。")
        posts = [
            seat(actor, offer.group, offer.post.person, Role(offer.post.role), offer.post.duty)
            for offer in offers
        ]
        facts.record("plan.take_over_seats", by=actor, about=plan.ref, data={"seats": len(posts)})
    return posts


def unseat(actor: Actor, group: PlanGroup, post: Post) -> None:
    """Take somebody out of a seat from today.

    Raises:
        Refused: no right, or it is no seat of this group.
    """
    with book.writing():
        rules.may_seat(actor, group.plan).require()
        if post.organisation_id != group.organisation_id or post.role not in SEATS:
            raise Refused(f"这不是{group.organisation.name}的席位。")
        end_post(actor, post, by=_of_group(actor, group.plan))
