"""What has climbed to a body, as a list; how far one problem has climbed, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems import climbing
from zhengyou.problems.climbing import Climb, Standing
from zhengyou.problems.models import Problem
from zhengyou.problems.rules import visible_problems
from zhengyou.ui.text import long_date

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class RisenLine:
    """One problem that has climbed to the body."""

    problem: Problem
    climb: Climb

    @property
    def why(self) -> str:
        """Whose it is, and until when it was due."""
        return f"{self.problem.organisation.name}，应在{long_date(self.problem.due_on)}前办"

    @property
    def when(self) -> str:
        """How long it is overdue."""
        return f"过了 {self.climb.over} 个工作日"


def risen_page(
    actor: Actor, body: Organisation, number: str
) -> tuple[list[RisenLine], Page[Problem]]:
    """Return a page of what has climbed to ``body``, the longest overdue first."""
    rows = climbing.risen(body, visible_problems(actor)).select_related(
        "organisation__parent__parent", "campaign"
    )
    page = Paginator(rows.order_by("deadline", "claim_by", "pk"), PER_PAGE).get_page(number)
    found = climbing.climbs(map(Standing.today, page.object_list), clock.today())
    return [RisenLine(row, found[row.pk]) for row in page.object_list], page


def climb_words(problem: Problem, day: date) -> str:
    """Return how far a problem has climbed, in words; "" where it is not overdue."""
    standing = Standing.today(problem)
    climb = climbing.climbs([standing], day).get(problem.pk)
    if climb is None:
        return ""
    names = names_of_paths({climb.path} - {""})
    there = f"，已经上升到{names.get(climb.path, '上级')}" if climb.path else ""
    on = climbing.next_rise(standing.due_on, climb)
    later = f"；{long_date(on)}还没有办好就再上升一级" if on else ""
    return f"过期 {climb.over} 个工作日{there}{later}。"


def reached(rows: Iterable[Standing], day: date) -> dict[int, str]:
    """Return problem → name of the body to which it had climbed by ``day``, of those that had. No
    query where nothing is overdue."""
    found = climbing.climbs(rows, day)
    names = names_of_paths({climb.path for climb in found.values() if climb.path})
    return {key: names[climb.path] for key, climb in found.items() if climb.path in names}


def names_of_paths(paths: set[str]) -> dict[str, str]:
    """Return path → name of bodies. One query, none for nothing."""
    if not paths:
        return {}
    return dict(Organisation.objects.filter(path__in=paths).values_list("path", "name"))
