"""What the nine blueprints have laid open, a row a topic, with the days on which it is judged: of a
period that is over it may be laid open within the days of grace, for the last day of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

TERM, QUARTER, HALF, YEAR = "每学期", "每季度", "每半年", "每年"
AUTUMN = ("2027-01-31", "2027-02-16")
"""Last day of the period, and the first on which it is missing."""
Q3, Y26 = ("2026-09-30", "2026-10-16"), ("2026-12-31", "2027-01-16")
Q1, H1 = ("2027-03-31", "2027-04-16"), ("2027-06-30", "2027-07-21")

TOPICS: tuple[tuple[str, str, str, str, str, tuple[str, str]], ...] = (
    # blueprint, code, how often, who, a day in the period, last day and first day missing
    ("primary-school", "school", TERM, "branch", "2026-10-10", AUTUMN),
    ("primary-school", "party", QUARTER, "branch", "2026-11-10", ("2026-12-31", "2027-01-16")),
    ("primary-school", "money", QUARTER, "branch", "2026-11-10", ("2026-12-31", "2027-01-16")),
    ("primary-school", "staff", TERM, "branch", "2026-10-10", AUTUMN),
    ("township-school", "school", TERM, "branch", "2026-10-10", AUTUMN),
    ("township-school", "money", QUARTER, "general", "2026-08-10", Q3),
    ("township-school", "staff", YEAR, "branch", "2026-10-10", Y26),
    ("school-branch", "school", TERM, "branch", "2027-05-10", ("2027-07-10", "2027-07-26")),
    ("school-branch", "money", QUARTER, "branch", "2027-02-10", Q1),
    ("county-school", "school", TERM, "branch", "2026-10-10", ("2027-01-25", "2027-02-10")),
    ("county-school", "party", QUARTER, "branch", "2026-08-10", Q3),
    ("county-school", "money", QUARTER, "branch", "2026-08-10", Q3),
    ("county-school", "promotion", YEAR, "branch", "2026-10-10", Y26),
    ("county-school", "bonus", TERM, "branch", "2026-10-10", ("2027-01-25", "2027-02-10")),
    ("college", "party", QUARTER, "branch", "2027-02-10", Q1),
    ("college", "money", HALF, "bureau", "2027-03-10", H1),
    ("college", "student", YEAR, "bureau", "2027-06-10", ("2027-12-31", "2028-01-11")),
    ("student-branch", "party", TERM, "branch", "2026-10-10", ("2027-01-20", "2027-02-05")),
    ("enterprise", "output", QUARTER, "general", "2027-02-10", Q1),
    ("enterprise", "wage", HALF, "bureau", "2027-03-10", H1),
    ("enterprise", "party", QUARTER, "branch", "2027-02-10", Q1),
    ("enterprise", "staff", YEAR, "general", "2027-06-10", ("2027-12-31", "2028-01-16")),
    ("trade-union", "wage", HALF, "union", "2027-03-10", H1),
    ("trade-union", "money", QUARTER, "union", "2027-02-10", Q1),
    ("trade-union", "help", HALF, "union", "2027-03-10", ("2027-06-30", "2027-07-16")),
    ("village", "party", QUARTER, "branch", "2026-08-10", ("2026-09-30", "2026-10-11")),
    ("village", "affairs", QUARTER, "branch", "2026-08-10", ("2026-09-30", "2026-10-11")),
    ("village", "money", "每月", "branch", "2026-06-20", ("2026-06-30", "2026-07-11")),
)


def opened() -> Iterator[tuple[Any, ...]]:
    """Yield the rows: laid open on the first day after the period, for its last day; the same a
    day later counts for the next period."""
    for blueprint, code, every, who, asked, (last, missing) in TOPICS:
        end = date.fromisoformat(last)
        after = date.fromordinal(end.toordinal() + 1).isoformat()
        did = (("disclosure", after, {"counts_on": end}),)
        near = ("disclosure", after)
        yield (blueprint, f"open-{code}", (every, 1, "次"), who, did, asked, missing, near)
