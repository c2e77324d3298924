"""Read models of teams: what for, until when, who leads, how many."""

from dataclasses import dataclass
from datetime import timedelta

from zhengyou.kernel import clock
from zhengyou.people.models import Kind, Membership, Organisation, Post, Role
from zhengyou.ui.text import long_date
from zhengyou.work.models import TeamTerm


@dataclass(slots=True)
class TeamLine:
    """A team with its newest term; ``records``: whether the actor writes down what it does."""

    team: Organisation
    term: TeamTerm | None
    leader: str
    members: int
    state: tuple[str, str]
    records: bool = False

    @property
    def why(self) -> str:
        """What for, who leads, how many."""
        parts = [self.term.purpose] if self.term else []
        parts += [f"队长{self.leader}"] if self.leader else []
        others = len(self.term.others) if self.term else 0
        parts.append(f"{self.members + others} 人")
        parts += [f"其中名册以外 {others} 人"] if others else []
        if self.term and self.term.until and self.team.closed_on is None:
            parts.append(f"任期到{long_date(self.term.until - timedelta(days=1))}")
        return "，".join(parts)


def teams_of(body: Organisation) -> list[TeamLine]:
    """Return the teams of ``body``, open ones first. Four queries."""
    today = clock.today()
    teams = list(Organisation.objects.filter(parent=body, kind=Kind.TEAM).order_by("sort_key"))
    terms: dict[int, TeamTerm] = {}
    for row in TeamTerm.objects.filter(organisation__in=teams).order_by("since", "pk"):
        terms[row.organisation_id] = row
    heads = Post.objects.on(today).filter(organisation__in=teams, role=Role.SEAT_HEAD)
    leaders = {row.organisation_id: row.person.name for row in heads.select_related("person")}
    counts: dict[int, int] = {}
    for pk in (
        Membership.objects.on(today)
        .filter(organisation__in=teams)
        .values_list("organisation", flat=True)
    ):
        counts[pk] = counts.get(pk, 0) + 1
    lines = [
        TeamLine(team, terms.get(team.pk), leaders.get(team.pk, ""), counts.get(team.pk, 0),
                 _state(team, terms.get(team.pk)))
        for team in teams
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.team.closed_on is not None)


def _state(team: Organisation, term: TeamTerm | None) -> tuple[str, str]:
    today = clock.today()
    if team.closed_on is not None:
        return "off", "解散了"
    if term is None:
        return "todo", "没写任期"
    if term.until is not None and term.until <= today:
        return "due", "任期到了"
    return "doing", str(term.get_kind_display())
