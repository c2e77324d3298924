"""Where each key and value of a TOML text stands, so that every message can name the line.

``tomllib`` gives values without positions; the grammar of tree-sitter gives positions. A path is
the keys from the top, with whole numbers for places in a list: ``("phase", "act", "opens", 1)``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
_LANGUAGE = Language(tree_sitter_toml.language())
_KEYS = ("bare_key", "quoted_key", "dotted_key")


@dataclass(slots=True)
class Positions:
    """Line and column (both from 1) of every path of a text.

    Args:
        places: of each path.
        twice: paths written a second time: path, first line, place of the second.
        broken: the text is no TOML, so that some of it was guessed.
    """

    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    twice: list[tuple[Path, int, tuple[int, int]]] = field(default_factory=list)
    broken: bool = False
    _lines: list[bytes] = field(default_factory=list)
    _given: set[Path] = field(default_factory=set)
    _lists: dict[Path, int] = field(default_factory=dict)

    def of(self, path: Path) -> tuple[int, int]:
        """Return where ``path`` stands, or the nearest thing around it that is written."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (0, 0))

    def _note(self, path: Path, node: Node, given: bool) -> None:
        """Remember a place. ``given``: written out here, which may be done once only."""
        row, column = node.start_point
        place = row + 1, len(self._lines[row][:column].decode(errors="replace")) + 1
        if given and path in self._given:
            self.twice.append((path, self.places[path][0], place))
            return
        if given:
            self._given.add(path)
            self.places[path] = place
        else:
            self.places.setdefault(path, place)


def locate(text: str) -> Positions:
    """Return where everything in ``text`` stands; what cannot be parsed is left out."""
    raw = text.encode()
    tree = Parser(_LANGUAGE).parse(raw)
    found = Positions(broken=tree.root_node.has_error, _lines=raw.split(b"\n"))
    for node in tree.root_node.children:
        if node.type == "pair":
            _pair(found, (), node)
        elif node.type in ("table", "table_array_element"):
            _table(found, node)
    return found


def _table(found: Positions, node: Node) -> None:
    key = key_of(node)
    if key is None:
        return
    path: Path = tuple(parts_of_key(key))
    if node.type == "table_array_element":
        count = found._lists.get(path, 0)
        found._lists[path] = count + 1
        found._note(path, key, given=False)
        path = (*path, count)
    _around(found, path, key)
    found._note(path, key, given=True)
    for child in node.children:
        if child.type == "pair":
            _pair(found, path, child)


def _pair(found: Positions, prefix: Path, node: Node) -> None:
    key = key_of(node)
    if key is None:
        return
    path = (*prefix, *parts_of_key(key))
    _around(found, path, key)
    found._note(path, key, given=True)
    _value(found, path, value_of(node))


def _around(found: Positions, path: Path, key: Node) -> None:
    """Give the tables that a dotted key implies a place, too."""
    for end in range(1, len(path)):
        found._note(path[:end], key, given=False)


def _value(found: Positions, path: Path, node: Node) -> None:
    if node.type == "inline_table":
        for child in node.children:
            if child.type == "pair":
                _pair(found, path, child)
    elif node.type == "array":
        items = [child for child in node.children if child.is_named and child.type != "comment"]
        for place, item in enumerate(items):
            found._note((*path, place), item, given=True)
            _value(found, (*path, place), item)


def key_of(node: Node) -> Node | None:
    """Return the key of a pair, or the one in the heading of a table."""
    return next((child for child in node.children if child.type in _KEYS), None)


def value_of(pair: Node) -> Node:
    """Return the value of a pair; a comment behind it belongs to the pair, too."""
    return [child for child in pair.children if child.type != "comment"][-1]


def parts_of_key(key: Node) -> Iterator[str]:
    """Yield the names in a key, one or several with dots between them."""
    if key.type == "dotted_key":
        for child in key.children:
            if child.type in _KEYS:
                yield from parts_of_key(child)
    elif key.text is not None:
        text = key.text.decode(errors="replace")
        yield text[1:-1] if key.type == "quoted_key" else text
