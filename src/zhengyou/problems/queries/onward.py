"""The way from a thing to a problem, and what came of it: shown on the page of the thing."""

from functools import cache
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.onward import Offer, Onward, Outcome, Way
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import Actor
from zhengyou.problems.models import Problem, ProblemState
from zhengyou.problems.queries.of_source import BADGES, of_sources
from zhengyou.problems.rules import may_raise, may_raise_from
from zhengyou.problems.sources import Source
from zhengyou.ui.text import short_date


@cache
def offer(source: Source) -> Offer:
    """Return what a thing of this kind leads to; the same function whenever it is asked for."""

    def of(uid: UUID, viewer: object) -> Onward:
        actor = cast(Actor, viewer)
        problems = of_sources(source.kind, [uid], actor).get(uid, [])
        return Onward(_ways(source, uid, actor), [outcome_of(row) for row in problems])

    return of


def _ways(source: Source, uid: UUID, actor: Actor) -> list[Way]:
    beginning = source.begin(uid, actor) if source.begin else None
    if beginning is None:
        return []
    may = may_raise(actor, beginning.body)
    may &= may_raise_from(Ref(source.kind, uid))
    query = urlencode({"source": str(Ref(source.kind, uid))})
    return [Way("提为问题", f"{reverse('problems:new')}?{query}", may)]


def outcome_of(problem: Problem) -> Outcome:
    """Return a problem as what came of something."""
    state = ProblemState(problem.state)
    owner = problem.owner.name if problem.owner else "还没有人认领"
    when = f"，{short_date(problem.due_on)}前" if problem.live else ""
    url = reverse("problems:problem", args=[problem.uid])
    return Outcome(problem.title, url, BADGES[state], state.label, f"{owner}{when}")
