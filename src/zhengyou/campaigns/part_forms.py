"""The form of one part of a blueprint, made from what its section says about its fields."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from zhengyou.campaigns.blueprint.fields import Ask, Field
from zhengyou.campaigns.blueprint.table import CODE
from zhengyou.campaigns.blueprint.writer import write_value
from zhengyou.campaigns.parts import Part, code_for
from zhengyou.kernel.texts import tidy_line

_REQUIRED = {"required": "这一格要填。"}
_PAIR = re.compile(r"\s*([a-z][a-z0-9_-]*)\s*[=＝]\s*(.+)")
Titles = Mapping[str, Mapping[str, str]]
"""Section → code → title: what a code may be chosen from."""


def titles_in(text: str) -> Titles:
    """Return section → code → title of what is in a file."""
    values = tomllib.loads(text)
    return {
        name: {
            code: f"{entry.get('title', code)}（{code}）"
            for code, entry in table.items()
            if isinstance(entry, dict)
        }
        for name, table in values.items()
        if isinstance(table, dict)
    }


class PartForm(forms.Form):
    """The keys of one table. Only what was really changed is given back by :attr:`changes`.

    Args:
        table: its values as they are; titles: the codes there are.
    """

    def __init__(self, part: Part, table: dict[str, Any], titles: Titles, data: Any = None) -> None:
        super().__init__(data, initial={"seen": ""})
        self.part, self.table = part, table
        self.asked = {_name(field): field for field in part.fields}
        self.shown: dict[str, Any] = {}
        for name, field in self.asked.items():
            value = field.value_in(table)
            self.shown[name] = _SHOW.get(field.ask, _plain)(field, value)
            self.fields[name] = _form_field(field, self.shown[name], titles)
        if part.new:
            self.fields["code"] = forms.CharField(
                label="代号",
                required=False,
                max_length=40,
                help_text="小写英文字母开头；不写就照名称的拼音起一个",
            )

    def clean_code(self) -> str:
        """Return the code of a new table.

        Raises:
            forms.ValidationError: it is none.
        """
        code = str(self.cleaned_data["code"]).strip()
        if code and not CODE.fullmatch(code):
            raise forms.ValidationError("代号用小写英文字母开头，后面是字母、数字、- 或 _。")
        return code

    def clean(self) -> dict[str, Any]:
        """Read lists and pairs; a line that cannot be read is told at its field."""
        for name, field in self.asked.items():
            if name in self.cleaned_data and field.ask in _READ:
                try:
                    self.cleaned_data[name] = _READ[field.ask](field, self.cleaned_data[name])
                except forms.ValidationError as problem:
                    self.add_error(name, problem)
        return self.cleaned_data

    @property
    def changes(self) -> dict[str, Any]:
        """Key of the table → new value (None: taken out), of what was changed, once it is valid."""
        found: dict[str, Any] = {}
        for name, field in self.asked.items():
            value = self.cleaned_data.get(name)
            if _SHOW.get(field.ask, _plain)(field, value) == self.shown[name]:
                continue
            value = _written(field, value)
            if field.key == field.top:
                found[field.top] = value
                continue
            inside = found.get(field.top, self.table.get(field.top))
            inside = dict(inside) if isinstance(inside, dict) else {}
            inside[field.key.partition(".")[2]] = value
            kept = {key: each for key, each in inside.items() if each is not None}
            found[field.top] = kept or None
        return found


def _name(field: Field) -> str:
    return f"f-{field.key.replace('.', '-')}"


def _written(field: Field, value: Any) -> Any:
    """Return a cleaned value as the file has it; None where nothing was filled in."""
    if value in (None, "", [], {}):
        return None
    if field.ask == Ask.SOME and field.lone and len(value) == 1:
        return value[0]
    return value


# What is shown of a value; the same again means that nothing was changed.


def _plain(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return str(value) if not isinstance(value, list | dict) else write_value(value, 0, inline=True)


def _list(field: Field, value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else _plain(field, value)


def _some(field: Field, value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [value] * bool(value)


def _pairs(field: Field, value: Any) -> str:
    if not isinstance(value, dict):
        return _plain(field, value)
    return "\n".join(f"{code} = {text}" for code, text in value.items())


def _rows(field: Field, value: Any) -> str:
    if not isinstance(value, list):
        return _plain(field, value)
    rows = [each if isinstance(each, dict) else {} for each in value]
    return "\n".join(" ".join(str(row.get(key, "")) for key in field.columns) for row in rows)


_SHOW: dict[Ask, Callable[[Field, Any], Any]] = {
    Ask.LINES: _list,
    Ask.SOME: _some,
    Ask.PAIRS: _pairs,
    Ask.ROWS: _rows,
}


# What a typed text means.


def _read_lines(field: Field, typed: str) -> list[str]:
    return [line for line in map(tidy_line, typed.splitlines()) if line]


def _read_pairs(field: Field, typed: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _read_lines(field, typed):
        pair = _PAIR.fullmatch(line)
        code, text = (pair[1], tidy_line(pair[2])) if pair else ("", line.lstrip("=＝ "))
        if code in found:
            raise forms.ValidationError(f"代号“{code}”写了两次，请改开。")
        found[code or code_for(text, found)] = text
    return found


def _read_rows(field: Field, typed: str) -> list[dict[str, str]]:
    rows = []
    for line in _read_lines(field, typed):
        cells = line.rsplit(maxsplit=len(field.columns) - 1)
        if len(cells) != len(field.columns):
            raise forms.ValidationError(f"“{line}”看不懂，{field.help}。")
        rows.append(dict(zip(field.columns, cells, strict=True)))
    return rows


_READ: dict[Ask, Callable[[Field, Any], Any]] = {
    Ask.LINES: _read_lines,
    Ask.PAIRS: _read_pairs,
    Ask.ROWS: _read_rows,
}


# The field on the page.


def _form_field(field: Field, shown: Any, titles: Titles) -> forms.Field:
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.needed,
        "help_text": field.help,
        "initial": shown,
        "error_messages": _REQUIRED,
    }
    if field.ask == Ask.SOME:
        rows = [(each, each) for each in dict.fromkeys([*field.choices, *shown])]
        return forms.MultipleChoiceField(
            choices=rows, widget=forms.CheckboxSelectMultiple, **common
        )
    if field.ask in (Ask.ONE, Ask.CODE):
        return forms.ChoiceField(choices=_choices(field, shown, titles), **common)
    if field.ask == Ask.NUMBER:
        return forms.IntegerField(
            min_value=0, **(common | {"error_messages": {"invalid": "请写整数。", **_REQUIRED}})
        )
    if field.ask == Ask.LINE:
        return forms.CharField(max_length=field.most, **common)
    return forms.CharField(strip=False, widget=forms.Textarea(attrs={"rows": 4}), **common)


def _choices(field: Field, shown: str, titles: Titles) -> list[tuple[str, str]]:
    if field.ask == Ask.CODE:
        known = dict(titles.get(field.section, {}))
    else:
        known = {each: each for each in field.choices}
    if shown and shown not in known:
        known[shown] = f"{shown}（没有这一个）"
    return [("", "不填"), *known.items()]
