"""The parts of a blueprint's text, as the editor lists them: the top, each table, the plan's texts.

Pure: from a text that is TOML to its parts, from typed values back to a text.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint import Section, sections
from zhengyou.campaigns.blueprint.edits import (
    Keys,
    add_table,
    drop_table,
    raw_table,
    replace_table,
    set_keys,
    value_at,
)
from zhengyou.campaigns.blueprint.fields import Field
from zhengyou.campaigns.blueprint.header import FIELDS
from zhengyou.campaigns.blueprint.later import SECTIONS as LATER
from zhengyou.campaigns.blueprint.table import CODE, CODE_LENGTH
from zhengyou.campaigns.models.manuscript import digest
from zhengyou.kernel.order import sort_key


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the file, or the top of it (``path`` empty).

    Args:
        label: what such a table is called: 阶段, 任务; title: what this one is called.
        fields: how its keys are asked for; empty: it is shown as the text it is.
        inner: keys that are tables of their own, and so parts of their own.
        new: it is not in the file yet; ``path`` is of what it will be in.
    """

    path: Keys
    label: str
    title: str = ""
    fields: Sequence[Field] = ()
    inner: Sequence[str] = ()
    new: bool = False

    @property
    def at(self) -> str:
        """Its name in addresses."""
        return ("+" if self.new else "") + ".".join(self.path)

    @property
    def is_raw(self) -> bool:
        """Whether it is edited as text."""
        return not self.fields

    @property
    def depth(self) -> int:
        """2 for a table inside another one's."""
        return (
            2 if len(self.path) > 2 else 1
        )  # both [phase.CODE.task.CODE], [problems.catalogue.CODE]

    def own(self, text: str) -> dict[str, Any]:
        """Return its values without what is a part of its own."""
        table = tomllib.loads(text) if not self.path else value_at(text, self.path)
        if self.new or not isinstance(table, dict):
            return {}
        inner = {key for key, value in table.items() if isinstance(value, dict)}
        hidden = inner - {field.top for field in FIELDS} if not self.path else set(self.inner)
        return {key: value for key, value in table.items() if key not in hidden}

    def seen(self, text: str) -> str:
        """Return what tells whether somebody else has changed this part meanwhile."""
        return digest(raw_table(text, self.path) if self.is_raw else repr(self.own(text)))


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one section; ``add``: name of the part that adds one, "" where none may be."""

    label: str
    parts: list[Part]
    add: str = ""


def outline(text: str) -> list[Group]:
    """Return the parts of a text, section by section.

    Raises:
        tomllib.TOMLDecodeError: the text is none.
    """
    values = tomllib.loads(text)
    groups = [Group("总的", [Part((), "总的", "名称、主题、范围", FIELDS)])]
    known = {section.name for section in sections()}
    for section in sections():
        parts = list(_parts(section, values.get(section.name)))
        adds = section.fields and not section.single
        groups.append(Group(section.label, parts, f"+{section.name}" if adds else ""))
    for name in values:
        if name not in known and isinstance(values[name], dict) and name in LATER:
            groups.append(Group(LATER[name], [Part((name,), LATER[name], name)]))
    return groups


def _parts(section: Section, table: Any) -> Iterator[Part]:
    if section.single:
        fields, inner = section.fields.get("", ()), tuple(section.parts)
        yield Part((section.name,), section.label, section.label, fields, inner)
        yield from _inner(section, (section.name,), table)
    elif not section.fields:
        yield Part((section.name,), section.label, section.label)
    elif isinstance(table, dict):
        for code, entry in table.items():
            yield _part(section, (section.name, code), entry)
            yield from _inner(section, (section.name, code), entry)


def _inner(section: Section, path: Keys, entry: Any) -> Iterator[Part]:
    for word in section.parts:
        inner = entry.get(word) if isinstance(entry, dict) else None
        for name, child in inner.items() if isinstance(inner, dict) else ():
            yield _part(section, (*path, word, name), child)


def _own_path(section: Section) -> int:
    """Return how many keys lead to a table of the section: ``[name]`` or ``[name.CODE]``."""
    return 1 if section.single else 2


def _part(section: Section, path: Keys, entry: Any) -> Part:
    title = entry.get("title") if isinstance(entry, dict) else None
    own = _own_path(section)
    word = path[own] if len(path) > own else ""
    return Part(
        path,
        section.parts[word] if word else section.label,
        title if isinstance(title, str) and title else path[-1],
        section.fields.get(word, ()),
        () if word else tuple(section.parts),
    )


def find(text: str, at: str) -> Part | None:
    """Return the part that ``at`` names: one there is, or one to be added; else None."""
    if at.startswith("+"):
        return _new(text, tuple(at[1:].split(".")))
    return next((part for group in outline(text) for part in group.parts if part.at == at), None)


def _new(text: str, path: Keys) -> Part | None:
    section = next((each for each in sections() if each.name == path[0]), None)
    if section is None or not section.fields:
        return None
    if len(path) == 1 and not section.single:
        return Part(path, section.label, fields=section.fields[""], new=True)
    own = _own_path(section)
    known = len(path) == own + 1 and path[own] in section.parts
    if not known or (not section.single and value_at(text, path[:own]) is None):
        return None
    return Part(path, section.parts[path[own]], fields=section.fields[path[own]], new=True)


def additions(part: Part) -> list[tuple[str, str]]:
    """Return what may be added inside a part: the part's name and what it is called."""
    if not part.path or part.new:
        return []
    section = next((each for each in sections() if each.name == part.path[0]), None)
    if section is None or len(part.path) != _own_path(section) or not section.fields:
        return []
    return [(f"+{part.at}.{word}", label) for word, label in section.parts.items()]


def put(text: str, part: Part, changes: Mapping[str, Any], code: str = "") -> tuple[str, Part]:
    """Return the text with typed values in a part, and the part as it is then.

    Args:
        changes: key → value; None takes it out.
        code: of a new part; "" makes one of its title.
    """
    if not part.new:
        if part.path and value_at(text, part.path) is None:
            written = {key: value for key, value in changes.items() if value is not None}
            return (add_table(text, part.path, written) if written else text), part
        return set_keys(text, part.path, changes), part
    taken = value_at(text, part.path) or {}
    code = code or code_for(str(changes.get("title") or part.path[-1]), taken)
    path = (*part.path, code)
    values = {key: value for key, value in changes.items() if value is not None}
    section = next(each for each in sections() if each.name == path[0])
    return add_table(text, path, values, section.note), Part(
        path, part.label, str(values.get("title", code)), part.fields
    )


def put_raw(text: str, part: Part, lines: str) -> str:
    """Return the text with other lines for a part."""
    return replace_table(text, part.path, lines) if lines.strip() else drop(text, part)


def drop(text: str, part: Part) -> str:
    """Return the text without a part and what is inside it."""
    return drop_table(text, part.path)


def code_for(title: str, taken: Iterable[str]) -> str:
    """Return a code for what has a Chinese title: its sound, told apart from those taken."""
    sound = re.sub(r"[^a-z]+", "-", re.sub(r"\d+", "-", sort_key(title).lower())).strip("-")
    stem = "-".join(sound.split("-")[:4])[: CODE_LENGTH - 4].strip("-") or "x"
    stem = stem if CODE.fullmatch(stem) else "x"
    known = set(taken)
    numbers = (f"{stem}-{number}" for number in range(2, 999))
    return stem if stem not in known else next(each for each in numbers if each not in known)
