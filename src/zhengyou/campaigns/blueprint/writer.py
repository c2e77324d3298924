"""Writing TOML that a clerk can read again: aligned, a comment above each part, short lines."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_WIDTH = 100
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def write(values: Mapping[str, Any], notes: Mapping[str, str] | None = None, top: str = "") -> str:
    """Return ``values`` as TOML.

    Args:
        values: texts, whole numbers, true and false, dates, lists and tables of these.
        notes: comment to stand above a top-level table, several lines allowed.
        top: comment at the head of the file.

    Raises:
        TypeError: a value of another type.
    """
    notes = notes or {}
    lines = [f"# {line}" for line in top.splitlines()]
    plain = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    small = {key: value for key, value in tables.items() if _fits(key, value)}
    lines += _pairs({key: values[key] for key in values if key in plain or key in small})
    for key, value in tables.items():
        if key not in small:
            lines += ["", *(f"# {line}" for line in notes.get(key, "").splitlines())]
            lines += _table((key,), value)
    return "\n".join(lines).strip("\n") + "\n"


def write_table(path: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
    """Return the lines of the table ``path``, tables inside it included."""
    return _table(path, values)


def write_value(value: Any, indent: int, *, inline: bool = False) -> str:
    """Return one value as it stands behind its key.

    Args:
        indent: column in which it begins; inline: it stands in a table written in one line.
    """
    return _inline(value) if inline else _value(value, indent)


def _fits(key: str, value: Mapping[str, Any]) -> bool:
    """Tell whether a table reads well on one line."""
    return not any(isinstance(item, Mapping) for item in value.values()) and (
        "\n" not in (line := _inline(value)) and _wide(f"{_key(key)} = {line}") <= _WIDTH
    )


def _table(path: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
    inner = _apart(path, values)
    own = {key: value for key, value in values.items() if key not in inner}
    lines = []
    if own or not inner:
        lines = [f"[{'.'.join(map(_key, path))}]", *_pairs(own)]
    for key, value in inner.items():
        lines += ([""] if lines else []) + _table((*path, key), value)
    return lines


def _apart(path: tuple[str, ...], values: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the tables that get a heading of their own; brothers that get none keep their order
    only where all of them stand in one line."""
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    long = {key: value for key, value in tables.items() if not _fits(key, value)}
    return tables if len(path) == 1 or (long and len(tables) == len(values)) else long


def _pairs(values: Mapping[str, Any]) -> list[str]:
    width = max((len(_key(key)) for key in values), default=0)
    return [
        f"{_key(key).ljust(width)} = {_value(value, width + 3)}" for key, value in values.items()
    ]


def _value(value: Any, indent: int) -> str:
    if isinstance(value, str) and "\n" in value:
        return _long_text(value)
    if isinstance(value, list | tuple) and value:
        line = _inline(value)
        if _wide(line) + indent > _WIDTH or any(isinstance(item, Mapping) for item in value):
            items = "".join(f"\n  {_inline(item)}," for item in value)
            return f"[{items}\n]"
        return line
    return _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_escaped(sign) for sign in value) + '"'
    if isinstance(value, date | int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, Mapping):
        pairs = [f"{_key(key)} = {_inline(item)}" for key, item in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    raise TypeError(f"a blueprint holds no {type(value).__name__}: {value!r}")


def _long_text(text: str) -> str:
    lines = "".join(sign if sign == "\n" else _escaped(sign) for sign in text)
    return f'"""\n{lines}"""'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x20 or ord(sign) == 0x7F else sign


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _inline(key)


def _wide(text: str) -> int:
    """Return the width on a screen, where a Chinese character takes two columns."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
