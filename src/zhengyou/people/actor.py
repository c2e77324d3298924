"""Who is acting: account, person and the hat worn. Everything a rule may ask of somebody.

Rights follow from the post that is worn and from the tree: a post at X reaches X and what is
below. There is no superuser: the system administrator is a post like others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from zhengyou.kernel import clock, paths
from zhengyou.people.models import Account, Membership, Organisation, Person, Post, Role
from zhengyou.people.models.post import ORDER, SEATS


@dataclass(frozen=True, slots=True)
class Hat:
    """One capacity in which somebody acts: a post, or plain membership (``role`` None)."""

    uid: UUID
    organisation: Organisation
    role: Role | None
    title: str
    portfolio: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting. The anonymous actor has neither account nor person nor hat."""

    account: Account | None = None
    person: Person | None = None
    hat: Hat | None = None
    hats: tuple[Hat, ...] = ()
    memberships: tuple[Organisation, ...] = field(default=())

    @property
    def signed_in(self) -> bool:
        """Whether there is an account behind this actor."""
        return self.account is not None

    @property
    def name(self) -> str:
        """The name the frame shows."""
        if self.person:
            return self.person.name
        return self.account.username if self.account else ""

    @property
    def ledger_uid(self) -> str:
        """The pseudonym that facts carry."""
        if self.person:
            return str(self.person.uid)
        return str(self.account.uid) if self.account else "anonymous"

    @property
    def ledger_hat(self) -> str:
        """The capacity that facts carry: role and body."""
        if not self.hat:
            return ""
        return f"{self.hat.role or 'member'}@{self.hat.organisation.uid}"

    def is_person(self, person: Person | None) -> bool:
        """Tell whether this is that person."""
        return bool(self.person and person and self.person.pk == person.pk)

    def holds(self, path: str, roles: Iterable[Role]) -> bool:
        """Tell whether the hat worn is one of ``roles`` at the body of ``path`` or above it."""
        return bool(
            self.hat
            and self.hat.role in tuple(roles)
            and paths.is_within(path, self.hat.organisation.path)
        )

    def holds_at(self, path: str, roles: Iterable[Role]) -> bool:
        """Tell whether the hat worn is one of ``roles`` at exactly the body of ``path``."""
        return bool(
            self.hat and self.hat.role in tuple(roles) and path == self.hat.organisation.path
        )

    def holds_above(self, path: str, roles: Iterable[Role]) -> bool:
        """Tell whether the hat worn is one of ``roles`` at a body strictly above ``path``."""
        return self.holds(path, roles) and not self.holds_at(path, roles)

    def belongs_to(self, path: str) -> bool:
        """Tell whether the person is a member of the body of ``path`` or of one below it."""
        return any(paths.is_within(body.path, path) for body in self.memberships)


ANONYMOUS = Actor()


def hats_of(person: Person) -> tuple[Hat, ...]:
    """Return the hats ``person`` may wear today: posts in order, then memberships."""
    today = clock.today()
    posts = Post.objects.on(today).filter(person=person).select_related("organisation")
    held = [post for post in posts if post.organisation.is_open(today)]
    # A seat in a working group stands last: by it alone nobody would find their own work.
    held.sort(key=lambda post: (post.role in SEATS, ORDER[Role(post.role)], post.organisation.path))
    hats = [
        Hat(post.uid, post.organisation, Role(post.role), f"{post.organisation.name}{post.title}",
            post.portfolio)
        for post in held
    ]  # fmt: skip
    rows = Membership.objects.on(today).filter(person=person).select_related("organisation")
    hats += [
        Hat(row.uid, row.organisation, None, f"{row.organisation.name}成员")
        for row in sorted(rows, key=lambda row: row.organisation.path)
    ]
    return tuple(hats)


def actor_for(account: Account | None, wanted: str = "") -> Actor:
    """Return the actor behind an account.

    Args:
        account: None for the anonymous public.
        wanted: uid of the hat chosen; unknown or ended: the first one is worn.
    """
    if account is None or not account.is_active:
        return ANONYMOUS
    person = account.person
    if person is None:
        return Actor(account=account)
    hats = hats_of(person)
    worn = next((hat for hat in hats if str(hat.uid) == wanted), hats[0] if hats else None)
    bodies = tuple(hat.organisation for hat in hats if hat.role is None)
    return Actor(account, person, worn, hats, bodies)


def wearing(person: Person, hat: UUID) -> Actor:
    """Return ``person`` wearing the hat ``hat``, for work that a worker does in their name.

    Raises:
        LookupError: the person no longer has that hat.
    """
    hats = hats_of(person)
    for held in hats:
        if held.uid == hat:
            bodies = tuple(held.organisation for held in hats if held.role is None)
            return Actor(getattr(person, "account", None), person, held, hats, bodies)
    raise LookupError(f"{person.name} wears no hat {hat} today")


def acting_as(person: Person, role: Role | None = None) -> Actor:
    """Return ``person`` wearing the first hat of ``role`` (None: a membership).

    For imports, the demo and tests, where nobody signs in.

    Raises:
        LookupError: the person has no such hat today.
    """
    hats = hats_of(person)
    for hat in hats:
        if hat.role == role:
            bodies = tuple(hat.organisation for hat in hats if hat.role is None)
            return Actor(getattr(person, "account", None), person, hat, hats, bodies)
    raise LookupError(f"{person.name} wears no hat {role!r} today")
