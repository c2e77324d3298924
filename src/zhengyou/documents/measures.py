"""Kinds of values a profile is made of: how they are declared, read and checked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, field, fields
from typing import TYPE_CHECKING, Any

from .text import text_problems

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: Type sizes by their Chinese names, in points.
SIZES: Mapping[str, float] = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15,
    "四号": 14, "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5,
}  # fmt: skip
_TO_CHINESE = str.maketrans("0123456", "初一二三四五六")
#: Word refuses longer font names.
_FONT_NAME_LIMIT = 31


def mm(default: float, label: str, low: float, high: float) -> Any:
    """Declare a length of ``low`` to ``high`` millimetres."""
    return field(default=default, metadata={"label": label, "kind": "mm", "range": (low, high)})


def count(default: int, label: str, low: int, high: int) -> Any:
    """Declare a whole number of ``low`` to ``high``."""
    return field(default=default, metadata={"label": label, "kind": "count", "range": (low, high)})


def size(default: float, label: str) -> Any:
    """Declare a type size in points, to the half point as Word keeps it."""
    return field(default=default, metadata={"label": label, "kind": "size", "range": (5, 72)})


def font(default: Any, label: str, kind: str = "font") -> Any:
    """Declare something about typefaces: one name, one that may be missing, four, or a flag."""
    return field(default=default, metadata={"label": label, "kind": kind})


def read(spec: "Field[Any]", value: object) -> object:
    """Turn what a settings file can say into what the field holds; judge nothing."""
    kind = spec.metadata["kind"]
    if kind == "size" and isinstance(value, str):
        return SIZES.get(value.strip().translate(_TO_CHINESE), value)
    if kind in ("fonts", "flags") and isinstance(value, list):
        return tuple(value)
    return value


def field_problems(profile: "DataclassInstance") -> Iterator[str]:
    """Yield, in Chinese, which single values of ``profile`` are wrong."""
    for spec in fields(profile):
        value = getattr(profile, spec.name)
        where = f"版式设置“{spec.metadata['label']}”（{spec.name}）"
        for problem in _CHECKS[spec.metadata["kind"]](value, spec.metadata):
            yield where + problem


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _ranged(value: Any, spec: Mapping[str, Any], unit: str) -> Iterator[str]:
    low, high = spec["range"]
    if not _is_number(value):
        yield f"应当是数字（{unit}），现在是“{value}”"
    elif not low <= value <= high:
        yield f"应当在 {low} 至 {high} {unit}之间，现在是 {value}"


def _check_mm(value: Any, spec: Mapping[str, Any]) -> Iterator[str]:
    yield from _ranged(value, spec, "毫米")


def _check_count(value: Any, spec: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(value, float):
        yield f"应当是整数，现在是 {value}"
    else:
        yield from _ranged(value, spec, "")


def _check_size(value: Any, spec: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(value, str):
        yield f"不认识字号“{value}”，请写磅数，或者写{'、'.join(SIZES)}"
        return
    problems = list(_ranged(value, spec, "磅"))
    yield from problems
    if not problems and value * 2 != int(value * 2):
        yield f"只能精确到半磅，现在是 {value}"


def _check_font(value: object, spec: Mapping[str, Any]) -> Iterator[str]:
    yield from text_problems(value, "的字体名")
    if isinstance(value, str) and len(value) > _FONT_NAME_LIMIT:
        yield f"的字体名太长，最多 {_FONT_NAME_LIMIT} 个字"


def _check_optional_font(value: object, spec: Mapping[str, Any]) -> Iterator[str]:
    if value is not None:
        yield from _check_font(value, spec)


def _check_fonts(value: Any, spec: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(value, tuple) or len(value) != 4:
        yield "应当是四个字体名，一级一个"
    else:
        for font in value:
            yield from _check_font(font, spec)


def _check_flags(value: Any, spec: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(value, tuple) or [type(flag) for flag in value] != [bool] * 4:
        yield "应当是四个 true 或 false，一级一个"


def _check_flag(value: object, spec: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"应当是 true 或 false，现在是“{value}”"


def _check_choice(value: object, spec: Mapping[str, Any]) -> Iterator[str]:
    if value not in spec["among"]:
        yield f"只能是 {'、'.join(spec['among'])}，现在是“{value}”"


def _check_text(value: object, spec: Mapping[str, Any]) -> Iterator[str]:
    yield from text_problems(value, "的值")


_CHECKS: Mapping[str, Callable[[Any, Mapping[str, Any]], Iterator[str]]] = {
    "mm": _check_mm,
    "count": _check_count,
    "size": _check_size,
    "font": _check_font,
    "font?": _check_optional_font,
    "fonts": _check_fonts,
    "flags": _check_flags,
    "flag": _check_flag,
    "choice": _check_choice,
    "text": _check_text,
}
