"""What the page of one person shows."""

from dataclasses import dataclass

from zhengyou.kernel import clock
from zhengyou.people.models import (
    Account,
    Circumstance,
    Invitation,
    Membership,
    Organisation,
    Person,
    Post,
    Standing,
    StandingKind,
)


@dataclass(slots=True)
class PersonPage:
    """A person with all dated rows, newest first. Without the right to it, most stays empty."""

    person: Person
    bodies: list[Organisation]
    memberships: list[Membership]
    posts: list[Post]
    standings: list[Standing]
    circumstances: list[Circumstance]
    account: Account | None
    invitation: Invitation | None

    @property
    def standing(self) -> StandingKind | None:
        """What the person is today."""
        today = clock.today()
        held = [row for row in self.standings if row.holds(today)]
        return StandingKind(held[0].kind) if held else None

    @property
    def title(self) -> str:
        """The sentence of the page: the name, and what or where the person is."""
        today = clock.today()
        held = [row for row in self.posts if row.holds(today)]
        if held:
            return f"{self.person.name}，{held[0].organisation.name}{held[0].title}"
        if not self.is_here:
            return f"{self.person.name}，现在不在任何组织"
        return f"{self.person.name}，{self.standing.label if self.standing else '没有登记类别'}"

    @property
    def posts_held(self) -> list[Post]:
        """The posts of today, and those that begin later."""
        today = clock.today()
        return [row for row in self.posts if row.until is None or row.until > today]

    @property
    def is_here(self) -> bool:
        """Whether the person belongs to any body today."""
        today = clock.today()
        return any(row.holds(today) for row in self.memberships)

    @property
    def record(self) -> list[tuple[str, object]]:
        """What is known, as (name, value); numbers are apart."""
        who = self.person
        return [
            ("性别", who.get_gender_display()),
            ("民族", who.ethnicity),
            ("出生日期", who.born),
            ("学历", who.education),
            ("工作岗位", who.work),
            ("入党日期", who.joined),
            ("转正日期", who.became_full),
            ("固定电话", who.landline),
        ]


def person_page(person: Person) -> PersonPage:
    """Return the page of ``person``. Seven queries."""
    memberships = list(
        Membership.objects.held()
        .filter(person=person)
        .select_related("organisation")
        .order_by("-since", "organisation__path")
    )
    posts = Post.objects.held().filter(person=person).select_related("organisation", "person")
    return PersonPage(
        person=person,
        bodies=person.bodies(),
        memberships=memberships,
        posts=list(posts.order_by("-since", "order")),
        standings=list(Standing.objects.held().filter(person=person).order_by("-since")),
        circumstances=list(Circumstance.objects.held().filter(person=person).order_by("-since")),
        account=Account.objects.filter(person=person).first(),
        invitation=Invitation.objects.filter(person=person).order_by("-issued_at").first(),
    )
