"""Read models of common problems: what may be gathered, what is likely one, its members."""

from dataclasses import dataclass

from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems.likeness import Titled, likely_same
from zhengyou.problems.models import GatheredProblem, PolicyAnswer, Problem
from zhengyou.problems.queries.of_source import BADGES
from zhengyou.problems.rules import gathering as rules
from zhengyou.problems.rules import visible_problems
from zhengyou.ui.text import short_date

MOST = 300
"""Problems below that are read for the hint and offered: the newest."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Problems that are likely one. ``why``: by what they were found alike."""

    members: list[Problem]
    why: str

    @property
    def title(self) -> str:
        """What it would be called."""
        return str(self.members[0].title)

    @property
    def query(self) -> str:
        """The part of an address that chooses them."""
        return "&".join(f"with={member.uid}" for member in self.members)

    @property
    def bodies(self) -> str:
        """Whose they are."""
        names = dict.fromkeys(member.organisation.name for member in self.members)
        shown = "、".join(list(names)[:4])
        return f"{shown}等 {len(names)} 个组织" if len(names) > 4 else shown


def offered(actor: Actor, body: Organisation) -> list[Problem]:
    """Return what may be gathered in ``body``, the newest first. One query."""
    rows = Problem.objects.filter(rules.gatherable(actor, body))
    return list(rows.select_related("organisation", "catalogue", "campaign").order_by("-pk")[:MOST])


def hints(rows: list[Problem]) -> list[Hint]:
    """Return which of ``rows`` are likely one problem. No query."""
    known = {row.pk: row for row in rows}
    titled = [Titled(row.pk, row.organisation_id, row.title, row.catalogue_id) for row in rows]
    return [
        Hint(members, "突出问题目录里的同一条" if members[0].catalogue_id else "说法相近")
        for group in likely_same(titled)
        if (members := [known[key] for key in group])
    ]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A problem that was gathered, as far as the reader may see it."""

    link: GatheredProblem
    seen: bool

    @property
    def badge(self) -> tuple[str, str]:
        """Where it stands."""
        member = self.link.member
        return BADGES[member.state], str(member.get_state_display())  # type: ignore[index]

    @property
    def why(self) -> str:
        """Whose it is, since when it is in."""
        return f"{self.link.member.organisation.name}，{short_date(self.link.at.date())}归进来"


@dataclass(frozen=True, slots=True)
class Common:
    """A common problem: its members and what was decided."""

    members: list[MemberLine]
    answers: list[PolicyAnswer]


def common_of(actor: Actor, gathered: Problem) -> Common:
    """Return the members of ``gathered`` and the answers, the latest first. Three queries."""
    links = list(
        GatheredProblem.objects.filter(gathered=gathered, left_at=None).select_related(
            "member__organisation"
        )
    )
    keys = [link.member_id for link in links]
    seen = set(
        Problem.objects.filter(visible_problems(actor), pk__in=keys).values_list("pk", flat=True)
    )
    answers = PolicyAnswer.objects.filter(problem=gathered).select_related("by")
    return Common(
        [MemberLine(link, link.member_id in seen) for link in links],
        list(answers.order_by("-at", "-pk")),
    )
