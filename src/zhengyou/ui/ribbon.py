"""The phase ribbon as data: where each phase and today stand. Pure, from dates alone.

Phases that follow one another share one line, long ones get more of it. Phases that overlap get a
line each under one calendar, so that today is one stroke through all of them.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from zhengyou.ui.text import long_date, near_date, on_scale, short_date

Phase = tuple[str, date, date]


MARKS = 4
"""Key dates told in words below the ribbon."""


def lay_out(
    title: str,
    phases: Iterable[Phase],
    today: date,
    next: str = "",
    url: str = "",
    cycles: Iterable[Phase] = (),
    marks: Iterable[tuple[str, date]] = (),
) -> dict[str, Any]:
    """Return what the tag ``ribbon`` shows.

    Args:
        title: of the campaign.
        phases: (title, first day, last day), both days within the phase.
        today: the day of the mark; outside of all phases no mark is drawn.
        next: what comes next, one short sentence.
        url: the campaign's page, if the title is to lead there.
        cycles: (title, first day, last day) of award cycles, written out below the phases.
        marks: key dates (title, day): the next ones are told, and the last that has passed.
    """
    rows = sorted(phases, key=lambda phase: (phase[1], phase[2]))
    if not rows:
        return {
            "title": title,
            "span": "",
            "next": next,
            "url": url,
            "phases": [],
            "lanes": False,
            "marks": [],
        }
    first, last = rows[0][1], max(until for _, _, until in rows)
    lanes = any(rows[i][2] >= rows[i + 1][1] for i in range(len(rows) - 1))
    return {
        "title": title,
        "span": f"{long_date(first)}—{long_date(last)}",
        "next": next,
        "url": url,
        "lanes": lanes,
        "today": f"今天 {short_date(today)}" if first <= today <= last else "",
        "now": _share(first, last, today),
        "phases": [_phase(row, today, first, last) for row in rows],
        "cycles": [_cycle(row, today) for row in cycles],
        "marks": _marks(marks, today, first, last),
    }


def _marks(
    marks: Iterable[tuple[str, date]], today: date, first: date, last: date
) -> list[dict[str, Any]]:
    """Return the key dates nearest to today, each with its place under the calendar."""
    rows = sorted(marks, key=lambda mark: mark[1])
    passed = [mark for mark in rows if mark[1] < today]
    near = [*passed[-1:], *rows[len(passed) :]][:MARKS]
    return [
        {
            "title": title,
            "day": near_date(day, today),
            "state": "done" if day < today else "now" if day == today else "next",
            "words": _until(day, today),
            "x": on_scale(_share(first, last, day)),
        }
        for title, day in near
    ]


def _until(day: date, today: date) -> str:
    left = (day - today).days
    if left < 0:
        return "过了"
    return f"还有 {left} 天" if left else "今天"


def settle(ribbon: dict[str, Any]) -> dict[str, Any]:
    """Return a ribbon written by hand with all keys; only the first of several marks has words."""
    marked, end = False, len(ribbon.get("phases", ())) - 1
    phases: list[dict[str, Any]] = []
    for given in ribbon.get("phases", ()):
        phase: dict[str, Any] = {
            "dates": "",
            "state": "next",
            "width": "",
            "pct": 0,
            "today": "",
        } | dict(given)
        if phase["state"] == "now":
            phase["pct"] = on_scale(phase["pct"])
            phase["today"], marked = ("" if marked else phase["today"]), True
            phase["anchor"] = _anchor(
                float(phase["pct"]), first=not phases, last=len(phases) == end
            )
        phases.append(phase)
    blank: dict[str, Any] = {
        "title": "",
        "span": "",
        "next": "",
        "url": "",
        "lanes": False,
        "today": "",
        "now": 0,
        "cycles": [],
        "marks": [],
    }
    whole = blank | dict(ribbon) | {"phases": phases}
    return whole | {"anchor": _anchor(float(whole["now"]), first=True, last=True)}


def _anchor(place: float, *, first: bool, last: bool) -> str:
    """Return at-start or at-end where the words of today's mark would leave the card, else ""."""
    if first and place < 35:
        return "at-start"
    return "at-end" if last and place > 65 else ""


def _phase(row: Phase, today: date, first: date, last: date) -> dict[str, Any]:
    title, start, until = row
    state = "done" if until < today else "now" if start <= today else "next"
    left = (until - today).days
    dates = f"{near_date(start, today)}—{_end(start, until, today)}"
    if state == "now":
        dates += f"，还有 {left} 天" if left else "，今天是最后一天"
    begin, end = _share(first, last, start), _share(first, last, until + timedelta(days=1))
    return {
        "title": title,
        "dates": dates,
        "state": state,
        "width": f"w{min(5, max(2, round((until - start).days / 43)))}",
        "pct": on_scale(_share(start, until, today)),
        "today": f"今天 {short_date(today)}" if state == "now" else "",
        "x": on_scale(begin),
        "wide": on_scale(max(end - begin, 0.8)),
        "run": on_scale(max(_share(first, last, today) - begin, 0)),
    }


def _end(start: date, until: date, today: date) -> str:
    """Return a phase's last day; its year is told once where the first day has the same."""
    told = near_date(start, today) != short_date(start)
    return short_date(until) if told and start.year == until.year else near_date(until, today)


def _cycle(row: Phase, today: date) -> dict[str, Any]:
    title, start, until = row
    state = "done" if until < today else "now" if start <= today else "next"
    return {"title": title, "dates": f"{long_date(start)}—{long_date(until)}", "state": state}


def _share(first: date, last: date, day: date) -> float:
    """Return where the beginning of ``day`` stands between two days, 0 to 100."""
    return 100 * (day - first).days / ((last - first).days + 1)
