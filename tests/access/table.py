"""Reads ``table.toml``: what each visitor gets at each address, for own and foreign things."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("table.toml")


@dataclass(frozen=True, slots=True)
class Row:
    """One address with one method.

    Args:
        name: as ``app:name``.
        method: get or post.
        own: names of the world's things that fill the address, those of 育新小学党支部.
        foreign: the same of 南湖小学党支部; empty where the address has no such thing.
        data: what is posted; values that begin with ``@`` name things of the world.
        codes: visitor by visitor ``own`` or ``own/foreign`` status codes.
        note: what it is, in Chinese.
    """

    name: str
    note: str
    codes: tuple[str, ...]
    method: str = "get"
    own: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Name and method."""
        return f"{self.method.upper()} {self.name}"

    def code(self, column: int, foreign: bool) -> int:
        """Return the status code that the visitor of ``column`` gets."""
        own, _, other = self.codes[column].partition("/")
        return int(other if foreign else own)


def rows() -> list[Row]:
    """Return the table."""
    with PATH.open("rb") as file:
        entries = tomllib.load(file)["row"]
    return [
        Row(
            name=entry["name"],
            note=entry["note"],
            codes=tuple(entry["codes"].split()),
            method=entry.get("method", "get"),
            own=tuple(entry.get("own", ())),
            foreign=tuple(entry.get("foreign", ())),
            data=entry.get("data", {}),
        )
        for entry in entries
    ]
