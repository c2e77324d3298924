"""What the selects of forms offer: only what the rules would let pass."""

from django.db.models import Q, QuerySet

from zhengyou.kernel import clock, paths
from zhengyou.people import rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Membership, Organisation, Person, Role, stands_under
from zhengyou.people.models.post import roles_of
from zhengyou.people.queries.roll import persons_on

MANY = 200  # more people than this are found by name, not scrolled through


def _in_order(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return rows.select_related("parent").order_by("parent__sort_key", "sort_key", "path")


def move_targets(actor: Actor, body: Organisation) -> QuerySet[Organisation]:
    """Return where ``actor`` may move ``body``."""
    fitting = [kind for kind in Kind if stands_under(Kind(body.kind), kind)]
    rows = Organisation.objects.filter(rules.shaped_organisations(actor), kind__in=fitting)
    rows = rows.exclude(paths.within("path", body.path))
    return _in_order(rows.exclude(pk=body.parent_id) if body.parent_id else rows)


def split_siblings(actor: Actor, body: Organisation) -> QuerySet[Organisation]:
    """Return the bodies that can be redrawn together with ``body``, itself included."""
    rows = Organisation.objects.filter(parent=body.parent_id, kind=body.kind, closed_on=None)
    return _in_order(rows.filter(rules.visible_organisations(actor)))


def homes_of(actor: Actor, person: Person) -> QuerySet[Organisation]:
    """Return the bodies ``person`` belongs to today whose roll ``actor`` keeps, shallow first."""
    today = Membership.objects.on(clock.today()).filter(person=person)
    rows = Organisation.objects.filter(
        rules.kept_organisations(actor), pk__in=today.values("organisation")
    )
    return rows.select_related("parent").order_by("path")


def direct_members(body: Organisation) -> QuerySet[Person]:
    """Return who belongs to ``body`` itself today, by pinyin."""
    rows = Membership.objects.on(clock.today()).filter(organisation=body)
    return Person.objects.filter(pk__in=rows.values("person")).order_by("sort_key", "pk")


def groups_in(body: Organisation) -> QuerySet[Organisation]:
    """Return the open party groups directly inside ``body``."""
    return body.children.filter(kind=Kind.PARTY_GROUP, closed_on=None).select_related("parent")


def candidates(actor: Actor, body: Organisation, name: str = "") -> QuerySet[Person]:
    """Return whom ``actor`` may appoint at ``body``: its own people, or anybody by name.

    Args:
        name: part of a name; empty: the first of the body's own roll.
    """
    if name:
        rows = Person.objects.filter(rules.visible_persons(actor), name__contains=name)
    else:
        rows = persons_on(clock.today(), body)
    first = rows.order_by("sort_key", "pk").values("pk")[:MANY]
    return Person.objects.filter(Q(pk__in=list(first.values_list("pk", flat=True)))).order_by(
        "sort_key", "pk"
    )


def roles_to_give(actor: Actor, body: Organisation) -> list[Role]:
    """Return the posts of ``body`` that ``actor`` may give."""
    return [role for role in roles_of(Kind(body.kind)) if rules.may_appoint(actor, body, role)]
