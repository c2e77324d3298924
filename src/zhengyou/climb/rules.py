"""What holds for everything that climbs: it is decided above, and nobody decides one's own."""

from collections.abc import Iterable

from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Role


def decided_above(actor: Actor, body: Organisation, roles: Iterable[Role], what: str) -> Verdict:
    """A post of a body above decides, never one of the same body.

    Args:
        body: where the thing comes from.
        roles: the posts that decide.
        what: the thing, such as 方案.
    """
    roles = tuple(roles)
    words = "、".join(str(role.label) for role in roles)
    return Verdict.of(
        not actor.holds_at(body.path, roles), f"{what}要由上级来审，本组织不能自己审自己。"
    ) & Verdict.of(actor.holds_above(body.path, roles), f"{what}要由{body.name}上级的{words}来审。")


def not_own(
    actor: Actor, body: Organisation, author: Person | None, roles: Iterable[Role], what: str
) -> Verdict:
    """Whoever submitted it, or leads the body it comes from in another post, does not decide.

    Args:
        author: who submitted it.
        roles: the posts that speak for ``body``.
    """
    roles = tuple(roles)
    leads = any(hat.organisation.pk == body.pk and hat.role in roles for hat in actor.hats)
    return Verdict.of(
        not leads and not actor.is_person(author), f"这是您自己送审的{what}，要由别人来审。"
    )
