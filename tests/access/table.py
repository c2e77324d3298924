"""Reads ``rows/*.toml``: what each visitor gets at each address, for own and foreign things.

Codes stand in the order of ``actors.COLUMNS``: own thing and, after the stroke, the one next door.
404 does not exist for this visitor, 403 is refused in words, 302L leads to the sign-in page.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("rows")


@dataclass(frozen=True, slots=True)
class Row:
    """One address with one method.

    Args:
        name: as ``app:name``.
        method: get or post.
        args: what fills the address: ``@plan`` the own or the foreign plan of the world,
            ``@=campaign`` one thing for both, anything else as it is.
        data: what is sent along, written likewise.
        codes: visitor by visitor ``own`` or ``own/foreign`` status codes; ``302L`` leads to the
            sign-in page.
        note: what it is, in Chinese.
    """

    name: str
    note: str
    codes: tuple[str, ...]
    method: str = "get"
    args: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Name and method."""
        return f"{self.method.upper()} {self.name}"

    @property
    def sides(self) -> tuple[bool, ...]:
        """Own alone, or own and foreign: whether any value differs between the two."""
        values = (*self.args, *map(str, self.data.values()))
        twins = any(value.startswith("@") and not value.startswith("@=") for value in values)
        return (False, True) if twins else (False,)

    def code(self, column: int, foreign: bool) -> str:
        """Return the status code that the visitor of ``column`` gets."""
        own, _, other = self.codes[column].partition("/")
        return other if foreign else own


def rows() -> list[Row]:
    """Return the table."""
    entries = [
        entry
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text("utf-8"))["row"]
    ]
    return [
        Row(
            name=entry["name"],
            note=entry["note"],
            codes=tuple(entry["codes"].split()),
            method=entry.get("method", "get"),
            args=tuple(entry.get("args", ())),
            data=entry.get("data", {}),
        )
        for entry in entries
    ]
