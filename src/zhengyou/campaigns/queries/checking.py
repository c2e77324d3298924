"""What a blueprint's text says, or all that is wrong with it: the read model of the live check."""

from dataclasses import dataclass, field
from datetime import date

from zhengyou.campaigns.blueprint import Flawed, Problem, check
from zhengyou.campaigns.blueprint.edits import raw_table
from zhengyou.campaigns.blueprint.phases import days_of
from zhengyou.campaigns.blueprint.positions import locate
from zhengyou.campaigns.parts import Part
from zhengyou.kernel.verdict import Refused


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was looked at.

    Args:
        problems: each with the line it is about.
        summary: what was understood, part by part; days: of the phases.
        clash: why the dates do not go together with the first day.
    """

    problems: list[tuple[Problem, str]] = field(default_factory=list)
    summary: list[tuple[str, list[str]]] = field(default_factory=list)
    days: list[tuple[str, date, date]] = field(default_factory=list)
    clash: str = ""

    @property
    def ok(self) -> bool:
        """Whether it can be used."""
        return not self.problems and not self.clash


def look_at(text: str, starts_on: date) -> Checked:
    """Check a text; phases are laid out from ``starts_on``."""
    try:
        blueprint = check(text)
    except Flawed as flawed:
        rows = text.split("\n")
        return Checked(
            [
                (each, rows[each.line - 1].strip() if 0 < each.line <= len(rows) else "")
                for each in flawed.problems
            ]
        )
    phases = blueprint.data["phase"]
    try:
        days = days_of(phases, starts_on)
    except Refused as refused:
        return Checked(summary=blueprint.summary(), clash=refused.reason)
    return Checked(
        summary=blueprint.summary(),
        days=[(phase.title, *days[phase.code]) for phase in phases],
    )


def where(text: str, part: Part | None, problem: Problem) -> str:
    """Return in words where a problem stands: in the text box of a part edited as text, the line
    of the box is named, too.
    """
    if not problem.line:
        return "整份文件"
    words = f"第 {problem.line} 行"
    if part is None or not part.is_raw:
        return words
    first = locate(text).of(part.path)[0]
    length = raw_table(text, part.path).count("\n")
    if not first or not first <= problem.line < first + length:
        return words
    return f"{words}（这一格第 {problem.line - first + 1} 行）"


def by_field(text: str, part: Part, problems: list[tuple[Problem, str]]) -> dict[str, str]:
    """Return which field of a part each problem is about: key of the field → what to say.

    A problem stands where the field's value stands; one about something missing stands at the
    heading of the table and names the key.
    """
    places: dict[tuple[int, int], list[tuple[str | int, ...]]] = {}
    for path, place in locate(text).places.items():
        places.setdefault(place, []).append(path)
    found: dict[str, str] = {}
    depth = len(part.path)
    for problem, _ in problems:
        at = [
            path
            for path in places.get((problem.line, problem.column), [])
            if path[:depth] == part.path
        ]
        for asked in part.fields:
            keys = tuple(asked.key.split("."))
            inside = any(path[depth : depth + len(keys)] == keys for path in at)
            top = any(path[depth:] == keys[:1] for path in at)
            missing = part.path in at and f"“{asked.top}”" in problem.what
            if inside or top or missing:
                found.setdefault(asked.key, f"{problem.what}，{problem.remedy}")
                break
    return found
