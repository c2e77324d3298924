"""The page of a body's publicity plan."""

from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns import publicising
from zhengyou.campaigns.models import Plan
from zhengyou.campaigns.queries.publicity import Line, lines_of
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor

WHENS = ("", "coming", "past", "all")


@dataclass(frozen=True, slots=True)
class PublicityPage:
    """The plan, the lines of a span of time, and what may be done."""

    headline: str
    lines: list[Line]
    whens: list[dict[str, Any]]
    may_plan: Verdict
    may_post: Verdict


def publicity_page(actor: Actor, plan: Plan, when: str) -> PublicityPage:
    """Return the page.

    Args:
        when: "" for what runs now and what is late, ``coming``, ``past`` or ``all``.
    """
    lines = lines_of(plan)
    when = when if when in WHENS else ""
    groups = {each: [line for line in lines if _is(line, each)] for each in WHENS}
    titles = zip(WHENS, ("现在", "以后", "过去", "全部"), strict=True)
    return PublicityPage(
        headline=_headline(lines),
        lines=groups[when],
        whens=[
            {
                "title": title,
                "count": len(groups[each]),
                "current": when == each,
                "url": f"?when={each}" if each else "?",
            }
            for each, title in titles
        ],
        may_plan=publicising.may_plan_publicity(actor, plan),
        may_post=publicising.may_post(actor, plan),
    )


def _is(line: Line, when: str) -> bool:
    day = clock.today()
    if when == "coming":
        return line.since > day
    if when == "past":
        return line.until < day
    return when == "all" or (line.since <= day and (line.until >= day or line.is_open))


def _headline(lines: list[Line]) -> str:
    day = clock.today()
    due = [line for line in lines if line.since <= day and not line.left_out]
    done = sum(1 for line in due if line.postings)
    if not lines:
        return "宣传计划还没有安排"
    return f"宣传计划，到今天 {len(due)} 项，公开了 {done} 项" if due else "宣传计划，都还没到日子"
