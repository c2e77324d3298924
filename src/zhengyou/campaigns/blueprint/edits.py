"""Changing a TOML text where it stands: what is not touched keeps its comments, order and spelling.

The grammar of tree-sitter says where things are; only the bytes of what changes are written anew.
All functions take a text that is TOML and return one.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from zhengyou.campaigns.blueprint.arrays import has_comments, rewritten
from zhengyou.campaigns.blueprint.positions import Path, key_of, parts_of_key, value_of
from zhengyou.campaigns.blueprint.writer import write_table, write_value

_LANGUAGE = Language(tree_sitter_toml.language())
Keys = tuple[str, ...]


def value_at(text: str, path: Path) -> Any:
    """Return the value at ``path``, or None."""
    value: Any = tomllib.loads(text)
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return None
        value = value[step]
    return value


def set_keys(text: str, path: Keys, values: Mapping[str, Any]) -> str:
    """Set keys of the table at ``path`` (``()``: the top of the file).

    Args:
        values: key → new value; None takes the key out. What is the same already is not touched.
    """
    for key, value in values.items():
        text = _set(text, path, key, value)
    return text


def add_table(text: str, path: Keys, values: Mapping[str, Any], note: str = "") -> str:
    """Add the table ``path`` behind its next of kin: its brothers, else what is around it.

    Args:
        note: comment to stand above it where it is the first of its section.
    """
    raw, root = _read(text)
    lines = "\n".join(write_table(path, values))
    kin = next(
        (found for end in range(len(path) - 1, 0, -1) if (found := _tables(root, path[:end]))), []
    )
    if not kin:
        head = "".join(f"# {line}\n" for line in note.splitlines())
        return f"{text.rstrip()}\n\n{head}{lines}\n"
    end = _end_of(raw, kin[-1])
    return (raw[:end] + f"\n{lines}\n".encode() + raw[end:]).decode()


def drop_table(text: str, path: Keys) -> str:
    """Take the table at ``path`` out, with what is inside it; comments above it stay."""
    raw, root = _read(text)
    spans = [(_start_of(raw, node), _end_of(raw, node)) for node in _tables(root, path)]
    for start, end in reversed(spans):
        if raw[end : end + 1] == b"\n" and raw[max(start - 2, 0) : start] in (b"\n\n", b"\n"):
            end += 1  # else two blank lines meet
        raw = raw[:start] + raw[end:]
    text = raw.decode()
    return _set(text, path[:-1], path[-1], None) if value_at(text, path) is not None else text


def raw_table(text: str, path: Keys) -> str:
    """Return the lines of the table at ``path`` and of what is inside it; "" where it is not."""
    raw, root = _read(text)
    found = [
        raw[_start_of(raw, node) : _end_of(raw, node)].decode() for node in _tables(root, path)
    ]
    return "\n".join(found)


def replace_table(text: str, path: Keys, lines: str) -> str:
    """Put ``lines`` in the place of the table at ``path`` and all inside it, else at the end.

    ``lines`` may be no TOML; the whole is checked afterwards.
    """
    raw, root = _read(text)
    nodes = _tables(root, path)
    if not nodes:
        return f"{text.rstrip()}\n\n{lines.strip()}\n"
    for node in reversed(nodes[1:]):
        raw = raw[: _start_of(raw, node)] + raw[_end_of(raw, node) :]
    start, end = _start_of(raw, nodes[0]), _end_of(raw, nodes[0])
    return (raw[:start] + f"{lines.strip()}\n".encode() + raw[end:]).decode()


# Inside.


def _read(text: str) -> tuple[bytes, Node]:
    raw = text.encode()
    return raw, Parser(_LANGUAGE).parse(raw).root_node


def _set(text: str, path: Keys, key: str, value: Any) -> str:
    if _same(value_at(text, (*path, key)), value):
        return text
    raw, root = _read(text)
    pair = _pair_at(root, (*path, key))
    if pair is not None and value is None:
        return _without(raw, pair).decode()
    if pair is not None and pair.parent is not None:
        old = value_of(pair)
        if isinstance(value, list | tuple) and old.type == "array" and has_comments(old):
            new = rewritten(old, value_at(text, (*path, key)), value)
            return (raw[: old.start_byte] + new.encode() + raw[old.end_byte :]).decode()
        indent = 0 if pair.parent.type == "inline_table" else old.start_point[1]
        new = write_value(value, indent, inline=pair.parent.type == "inline_table")
        return (raw[: old.start_byte] + new.encode() + raw[old.end_byte :]).decode()
    if _tables(root, (*path, key)):  # a table with a heading of its own
        return _set_table(text, (*path, key), value)
    return text if value is None else _added(text, path, key, value)


def _set_table(text: str, path: Keys, value: Any) -> str:
    if not isinstance(value, Mapping) or not value:
        return _set(drop_table(text, path), path[:-1], path[-1], None if value == {} else value)
    old = value_at(text, path)
    gone = dict.fromkeys((key for key in old if key not in value), None)
    return set_keys(text, path, gone | dict(value))


def _same(old: Any, new: Any) -> bool:
    """Tell whether nothing would change; a table's keys have an order, too."""
    if isinstance(old, dict) and isinstance(new, Mapping):
        return list(old.items()) == list(new.items())
    return type(old) is type(new) and bool(old == new)


def _added(text: str, path: Keys, key: str, value: Any) -> str:
    """Return the text with a new key at the end of a table."""
    raw, root = _read(text)
    inline = _pair_at(root, path) if path else None
    if inline is not None:  # the table is written in one line: write it anew with one key more
        old = value_at(text, path)
        return _set(text, path[:-1], path[-1], {**old, key: value})
    node = root if not path else next(iter(_tables(root, path, exact=True)), None)
    if node is None:
        return add_table(text, path, {key: value})
    pairs = [child for child in node.children if child.type == "pair"]
    width = max((_equals_at(pair) for pair in pairs), default=0)
    name = key.ljust(width)
    line = f"{name} = {write_value(value, len(name) + 3)}\n"
    if isinstance(value, Mapping) and not _is_short(line):
        return add_table(text, (*path, key), value)
    end = _line_end(raw, pairs[-1].end_byte) if pairs else _line_end(raw, _heading_end(node))
    if not path and not pairs:
        end = 0
    glue = "" if end == 0 or raw[end - 1 : end] == b"\n" else "\n"
    return (raw[:end] + (glue + line).encode() + raw[end:]).decode()


def _is_short(line: str) -> bool:
    return len(line.encode()) < 110


def _equals_at(pair: Node) -> int:
    """Return how wide the keys of a table are written, so that a new one is in line."""
    sign = next((child for child in pair.children if child.type == "="), None)
    return max(sign.start_point[1] - 1, 0) if sign else 0


def _without(raw: bytes, pair: Node) -> bytes:
    """Return the text without a pair: without its line, or without its place in one line."""
    around = pair.parent
    if around is None or around.type != "inline_table":
        start = raw.rfind(b"\n", 0, pair.start_byte) + 1
        return raw[:start] + raw[_line_end(raw, pair.end_byte) :]
    rest = [child for child in around.children if child.type == "pair" and child != pair]
    if not rest and around.parent is not None and around.parent.type == "pair":
        return _without(raw, around.parent)
    new = ", ".join(raw[child.start_byte : child.end_byte].decode() for child in rest)
    return raw[: around.start_byte] + f"{{ {new} }}".encode() + raw[around.end_byte :]


def _line_end(raw: bytes, place: int) -> int:
    end = raw.find(b"\n", place)
    return len(raw) if end < 0 else end + 1


def _heading_end(table: Node) -> int:
    return next((child.end_byte for child in table.children if child.type == "]"), table.start_byte)


def _start_of(raw: bytes, table: Node) -> int:
    return raw.rfind(b"\n", 0, table.start_byte) + 1


def _end_of(raw: bytes, table: Node) -> int:
    """Return where the line after the table's last pair begins; comments below are not its own."""
    pairs = [child for child in table.children if child.type == "pair"]
    return _line_end(raw, pairs[-1].end_byte if pairs else _heading_end(table))


def _tables(root: Node, path: Path, exact: bool = False) -> list[Node]:
    """Return the headed tables at ``path`` and, unless ``exact``, below it, in their order."""
    found = []
    for node in root.children:
        key = key_of(node) if node.type in ("table", "table_array_element") else None
        if key is None:
            continue
        own = tuple(parts_of_key(key))
        if own == path or (not exact and own[: len(path)] == path):
            found.append(node)
    return found


def _pair_at(root: Node, path: Path) -> Node | None:
    """Return the pair that writes the value at ``path``, wherever it stands."""
    return next((pair for own, pair in _pairs(root) if own == path), None)


def _pairs(root: Node) -> Iterator[tuple[Path, Node]]:
    for node in root.children:
        if node.type == "pair":
            yield from _pairs_of((), node)
        elif node.type == "table" and (key := key_of(node)) is not None:
            prefix = tuple(parts_of_key(key))
            for child in node.children:
                if child.type == "pair":
                    yield from _pairs_of(prefix, child)


def _pairs_of(prefix: Path, pair: Node) -> Iterator[tuple[Path, Node]]:
    key = key_of(pair)
    if key is None:
        return
    path = (*prefix, *parts_of_key(key))
    yield path, pair
    value = value_of(pair)
    if value.type == "inline_table":
        for child in value.children:
            if child.type == "pair":
                yield from _pairs_of(path, child)
