"""docs/roles.md from the access table."""

from itertools import groupby

from tests.access.actors import COLUMNS
from tests.access.table import Row, rows
from tests.access.walk import addresses

HEAD = """# Roles

Made from the access table (`tests/access/rows/`) by `python -m tests.access`; do not edit. The
tests ask every address as every visitor and compare the answer with this table; an address
without a row fails them.

Each cell says what happens with a thing of one's own branch, then, after the stroke, with a thing
of the branch next door. ✓ it is done or shown; ✗ refused, with the reason; – does not exist for
this visitor; ⚿ sign in first.
"""
SIGNS = {200: "✓", 302: "✓", 422: "✓", 409: "✗", 403: "✗", 404: "–", 405: "✗"}


def page() -> str:
    """Return docs/roles.md as text."""
    routes = addresses()
    parts = [HEAD]
    ordered = sorted(rows(), key=lambda row: row.name.partition(":")[0])
    for app, entries in groupby(ordered, key=lambda row: row.name.partition(":")[0]):
        parts += [f"## {app}", "", _line("what", "address", *[c.title for c in COLUMNS]),
                  _line(*["---"] * (len(COLUMNS) + 2))]  # fmt: skip
        parts += [_row(row, routes[row.name]) for row in entries]
        parts.append("")
    return "\n".join(parts)


def _row(row: Row, route: str) -> str:
    cells = [_cell(row, column) for column in range(len(COLUMNS))]
    return _line(row.note, f"`{row.method.upper()} /{route}`", *cells)


def _cell(row: Row, column: int) -> str:
    own, _, other = row.codes[column].partition("/")
    signs = [_sign(code, column, row) for code in (own, other) if code]
    return " / ".join(signs)


def _sign(code: str, column: int, row: Row) -> str:
    """A redirect of somebody not signed in leads to the sign-in page, except where it is done."""
    if code.endswith("L"):
        return "⚿"
    return SIGNS[int(code)]


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
