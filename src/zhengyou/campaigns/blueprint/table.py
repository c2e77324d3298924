"""Reading one table of a blueprint: typed values out, problems with line and remedy collected.

Every reader gives a harmless value where something is wrong, so that one run finds everything.
Keys nobody asked for are complained about when the whole file has been read.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models

from zhengyou.campaigns.blueprint.positions import Path, Positions
from zhengyou.campaigns.blueprint.problem import Problem, did_you_mean
from zhengyou.kernel.texts import tidy, tidy_line

CODE = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
CODE_LENGTH = 40
_TYPES: dict[type, tuple[str, str]] = {
    str: ("一段文字", '请用英文引号括起来，如 "文字"'),
    int: ("一个整数", "请写成不带引号的整数，如 3"),
    list: ("一个列表", '请用方括号括起来，如 ["甲", "乙"]'),
    dict: ("一组栏目", '请用花括号括起来，如 { 栏目 = "内容" }，或者单独写成一节'),
    bool: ("是或否", "请写成 true（是）或 false（否），不带引号"),
}
_REQUIRED: Any = object()


@dataclass(slots=True)
class Reading:
    """One run over a file: its values, where they stand, and what was found wrong.

    Args:
        labels: section name → what it is called in Chinese.
    """

    values: dict[str, Any]
    positions: Positions
    labels: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    tables: list["Table"] = field(default_factory=list)

    def problem(self, path: Path, what: str, remedy: str) -> None:
        """Note that something is wrong at ``path``; texts as in :class:`Problem`."""
        self.problems.append(Problem(*self.positions.of(path), what, remedy))

    def table(self, *path: str | int) -> "Table":
        """Return the table at ``path``, empty where there is none."""
        value: Any = self.values
        for step in path:
            value = value.get(step, {}) if isinstance(value, dict) else {}
        return Table(self, tuple(path), value if isinstance(value, dict) else {})

    def codes(self, section: str) -> list[str]:
        """Return the codes that ``[section.CODE]`` tables of the file define."""
        table = self.values.get(section)
        return (
            [code for code in table if isinstance(table[code], dict)]
            if isinstance(table, dict)
            else []
        )

    def finish(self) -> None:
        """Complain about keys that nobody asked for."""
        for table in self.tables:
            table._finish()


class Table:
    """One table: ``[phase.mobilise]``, ``{ head = "1" }`` or the top of the file."""

    def __init__(self, reading: Reading, path: Path, values: dict[str, Any]) -> None:
        self.reading = reading
        self.path = path
        self.values = values
        self._asked: dict[str, None] = {}  # a set that keeps the order
        self._open = False
        reading.tables.append(self)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    @property
    def heading(self) -> str:
        """The table as it is called in messages."""
        return f"[{'.'.join(str(step) for step in self.path)}]" if self.path else "文件开头"

    @property
    def line(self) -> int:
        """The line it begins on, from 1."""
        return self.reading.positions.of(self.path)[0]

    def problem(self, key: str | None, what: str, remedy: str) -> None:
        """Note that something is wrong with ``key`` (None: with the table as a whole)."""
        self.reading.problem(self.path if key is None else (*self.path, key), what, remedy)

    # One value.

    def text(self, key: str, *, most: int = 60, default: Any = _REQUIRED) -> str:
        """Return one line of text of at most ``most`` characters; without a default it must be."""
        given = self._get(key, str, default, "")
        return self._measured((*self.path, key), tidy_line(given), most)

    def long_text(self, key: str, *, most: int = 2000, default: Any = _REQUIRED) -> str:
        """Return a text of several lines and at most ``most`` characters."""
        given = self._get(key, str, default, "")
        return self._measured((*self.path, key), tidy(given), most)

    def whole(self, key: str, *, least: int, most: int, default: Any = _REQUIRED) -> int:
        """Return a whole number between ``least`` and ``most``, both allowed."""
        given: int = self._get(key, int, default, least)
        if key in self.values and not least <= given <= most:
            self.problem(key, f"“{key}”是 {given}", f"请写 {least} 到 {most} 之间的整数")
            return least
        return given

    def flag(self, key: str, *, default: Any = _REQUIRED) -> bool:
        """Return true or false."""
        return bool(self._get(key, bool, default, False))

    def choice[C: models.TextChoices](
        self, key: str, choices: type[C], *, default: Any = _REQUIRED
    ) -> C | None:
        """Return one of ``choices``, written as its Chinese label; None if it is none."""
        given = self._get(key, str, default, None)
        return self._label((*self.path, key), given, choices) if isinstance(given, str) else given

    def date_or_text(self, key: str, *, default: Any = _REQUIRED) -> date | str:
        """Return a date, written with or without quotes, or any other text as it is."""
        given = self.values.get(key)
        if isinstance(given, date) and not isinstance(given, datetime):
            self._asked[key] = None
            return given
        return self.text(key, most=40, default=default)

    def code(self, key: str, section: str, *, default: Any = _REQUIRED) -> str:
        """Return a code that ``[section.CODE]`` of this file defines; "" if it does not."""
        given: str = self._get(key, str, default, "")
        return self._known((*self.path, key), given, section) if key in self.values else given

    # Lists.

    def texts(
        self, key: str, *, most: int = 12, each: int = 100, default: Any = _REQUIRED
    ) -> list[str]:
        """Return up to ``most`` texts of at most ``each`` characters."""
        items = self._items(key, str, most, default)
        return [self._measured(path, tidy_line(item), each) for path, item in items]

    def labels[C: models.TextChoices](
        self, key: str, choices: type[C], *, later: Collection[str] = (), default: Any = _REQUIRED
    ) -> list[C]:
        """Return some of ``choices``, each written as its label and named once.

        Args:
            later: labels that a later version will know; refused by name.
        """
        found: list[C] = []
        for path, item in self._items(key, str, len(choices) + len(later), default):
            if item in later:
                self.reading.problem(
                    path, f"“{item}”现在的版本还不支持", "请先删去，等有这项功能的版本"
                )
                continue
            choice = self._label(path, item, choices)
            if choice in found:
                self.reading.problem(path, f"“{item}”写了两次", "请删去一个")
            elif choice is not None:
                found.append(choice)
        return found

    def codes(self, key: str, section: str, *, default: Any = _REQUIRED) -> list[str]:
        """Return codes that ``[section.CODE]`` tables of this file define."""
        items = self._items(key, str, 40, default)
        known = [self._known(path, item, section) for path, item in items]
        return list(dict.fromkeys(filter(None, known)))

    # Tables inside.

    def table(self, key: str) -> "Table":
        """Return the table under ``key``, empty where there is none."""
        given = self._get(key, dict, {}, {})
        return Table(self.reading, (*self.path, key), given)

    def tables(self, key: str, *, most: int = 12) -> list["Table"]:
        """Return the tables of the list under ``key``; an empty list where there is none."""
        items = self._items(key, dict, most, [])
        return [Table(self.reading, path, item) for path, item in items]

    def pairs(self, *, most: int = 20, each: int = 60) -> dict[str, str]:
        """Return code → text for a table of texts: ``{ learn = "带头学习", … }``."""
        found = {}
        for key, value in list(self.values.items())[:most]:
            self._asked[key] = None
            if self._is_code(key):
                found[key] = self.text(key, most=each) if type(value) is str else ""
            if type(value) is not str:
                self._wrong_type((*self.path, key), value, str)
        if len(self.values) > most:
            self.problem(
                None, f"{self.heading}写了 {len(self.values)} 条", f"最多 {most} 条，请删减"
            )
        return found

    def entries(self, *, most: int = 60) -> list[tuple[str, "Table"]]:
        """Return the tables of this table with their codes: for ``[phase.CODE]``."""
        self._open = True
        found = []
        name = ".".join(str(step) for step in self.path)
        for code, value in self.values.items():
            if not isinstance(value, dict):
                self.problem(code, f"“{code}”直接写在 [{name}] 下面", f"请写成 [{name}.代号] 一节")
            else:
                self._is_code(code)
                found.append((code, Table(self.reading, (*self.path, code), value)))
        if len(found) > most:
            self.problem(None, f"[{name}] 一共 {len(found)} 节", f"最多 {most} 节，请合并或删减")
        return found[:most]

    # Inside.

    def _is_code(self, code: str) -> bool:
        if CODE.fullmatch(code) and len(code) <= CODE_LENGTH:
            return True
        self.problem(
            code,
            f"代号“{code}”不对",
            f"请用小写英文字母开头，后面是字母、数字、- 或 _，最多 {CODE_LENGTH} 个",
        )
        return False

    def _get(self, key: str, kind: type, default: Any, harmless: Any) -> Any:
        self._asked[key] = None
        if key not in self.values:
            if default is _REQUIRED:
                self.problem(None, f"{self.heading}没有写“{key}”", f"请补上 {key} = {_like(kind)}")
                return harmless
            return default
        value = self.values[key]
        if type(value) is not kind:
            self._wrong_type((*self.path, key), value, kind)
            return harmless if default is _REQUIRED else default
        return value

    def _wrong_type(self, path: Path, value: Any, kind: type) -> None:
        *_, above, key = (None, *path)
        where = f"“{key}”" if isinstance(key, str) else f"“{above}”的第 {key + 1} 项"
        label, remedy = _TYPES[kind]
        self.reading.problem(path, f"{where}要写{label}，现在是{_named(value)}", remedy)

    def _items(self, key: str, kind: type, most: int, default: Any) -> list[tuple[Path, Any]]:
        given: Sequence[Any] = self._get(key, list, default, [])
        if len(given) > most:
            self.problem(key, f"“{key}”写了 {len(given)} 项", f"最多 {most} 项，请删减")
        if self.values.get(key) == [] and default is _REQUIRED:
            self.problem(key, f"“{key}”是空的", "请至少写一项")
        paths = [((*self.path, key, place), item) for place, item in enumerate(given[:most])]
        for path, item in paths:
            if type(item) is not kind:
                self._wrong_type(path, item, kind)
        return [(path, item) for path, item in paths if type(item) is kind]

    def _measured(self, path: Path, text: str, most: int) -> str:
        key = next(step for step in reversed(path) if isinstance(step, str))
        if not text and (isinstance(path[-1], int) or self.values.get(key) == ""):
            self.reading.problem(path, f"“{key}”是空的", "请写上内容，用不着就删去这一行")
        if len(text) > most:
            self.reading.problem(path, f"“{key}”有 {len(text)} 个字", f"最多 {most} 个字，请写短些")
        return text[:most]

    def _label[C: models.TextChoices](self, path: Path, given: str, choices: type[C]) -> C | None:
        for choice in choices:
            if choice.label == given:
                return choice
        self.reading.problem(
            path, f"不认识“{given}”", did_you_mean(given, [str(c.label) for c in choices])
        )
        return None

    def _known(self, path: Path, given: str, section: str) -> str:
        codes = self.reading.codes(section)
        if given in codes:
            return given
        label = self.reading.labels.get(section, section)
        remedy = did_you_mean(given, codes, "现有的代号")
        self.reading.problem(path, f"没有代号是“{given}”的{label}", remedy)
        return ""

    def _finish(self) -> None:
        if self._open or not self.path:  # Strangers at the top level are told in other words.
            return
        for key in self.values:
            if key not in self._asked:
                self.problem(key, f"{self.heading}里不认识“{key}”", did_you_mean(key, self._asked))


def _like(kind: type) -> str:
    return {str: '"…"', list: '["…"]', dict: "{ … }", int: "一个整数", bool: "true"}[kind]


def _named(value: Any) -> str:
    for kind, name in (
        (bool, "是或否"), (str, "文字"), (int, "整数"), (float, "小数"), (list, "列表"),
        (dict, "一组栏目"), (datetime, "日期时间"), (date, "日期"), (time, "时刻"),
    ):  # fmt: skip
        if isinstance(value, kind):
            shown = f" {value}" if kind in (str, int, float, date) else ""
            return f"{name}{shown}"
    return "别的"
