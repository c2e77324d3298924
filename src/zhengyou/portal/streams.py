"""Rows as CSV that Excel opens rightly, and as JSON: written while they are read."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import Any

from zhengyou.portal.opendata import Table, Value

AT_ONCE = 500
BOM = "\ufeff"  # else Excel reads the file in another encoding
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(table: Table, rows: Iterator[tuple[Value, ...]]) -> Iterator[str]:
    """Yield the file: headings in Chinese, then the rows."""
    yield BOM + _lines([tuple(column.title for column in table.columns)])
    for some in batched(rows, AT_ONCE):
        yield _lines([tuple(cell(value) for value in row) for row in some])


def _lines(rows: list[tuple[Any, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def cell(value: Value) -> str:
    """Return a value as Excel shows it; what somebody wrote never begins a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
    return str(value)


def plain(value: Decimal) -> str:
    """Return a number without needless zeros: 6.40 reads 6.4."""
    return format(value.normalize(), "f")


def as_json(table: Table, rows: Iterator[tuple[Value, ...]], head: dict[str, Any]) -> Iterator[str]:
    """Yield one object: what the table is, then ``rows`` as objects."""
    keys = [column.key for column in table.columns]
    text = json.dumps(head, ensure_ascii=False)
    yield f'{text[:-1]}, "rows": ['
    comma = ""
    for some in batched(rows, AT_ONCE):
        objects = (dict(zip(keys, map(_value, row), strict=True)) for row in some)
        yield comma + ",\n".join(json.dumps(each, ensure_ascii=False) for each in objects)
        comma = ",\n"
    yield "]}\n"


def _value(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
