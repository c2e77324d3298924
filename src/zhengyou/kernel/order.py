"""Keys that put Chinese texts in order the same way on every database.

A key is stored beside the text and has ASCII letters and digits only, so that every collation
sorts it alike: by pinyin with tone, whole numbers by their value (第二支部 before 第十支部).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

KEY_LENGTH = 240
"""Length of a field that holds a key; longer keys are cut."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_TENS = {"十": 10, "百": 100}
_PIECE = re.compile(
    r"([0-9０-９]+)|([〇零一二三四五六七八九十百]+)|([A-Za-zＡ-Ｚａ-ｚ]+)|(.)", re.S
)
# Surnames that are not read as the character usually is.
_SURNAMES = {
    "仇": "qiu2",
    "任": "ren2",
    "区": "ou1",
    "华": "hua4",
    "单": "shan4",
    "卜": "bu3",
    "召": "shao4",
    "员": "yun4",
    "朴": "piao2",
    "查": "zha1",
    "曾": "zeng1",
    "盖": "ge3",
    "缪": "miao4",
    "翟": "zhai2",
    "葛": "ge3",
    "解": "xie4",
    "乐": "yue4",
    "覃": "qin2",
    "燕": "yan1",
    "过": "guo1",
    "黑": "he4",
    "种": "chong2",
    "秘": "bi4",
    "那": "na1",
    "乜": "nie4",
    "折": "she2",
    "都": "du1",
    "祭": "zhai4",
}
# Two-character surnames whose first character alone would be read otherwise.
_COMPOUNDS = frozenset({"万俟", "尉迟", "长孙", "澹台"})


def sort_key(text: str) -> str:
    """Return the key of a title or the name of a body."""
    return "".join(_pieces(text))[:KEY_LENGTH]


def name_sort_key(name: str) -> str:
    """Return the key of a person's name: by surname as surnames are read, then by given name.

    All of one surname stay together (张 is not mixed with 章): its characters are in the key.
    """
    size = 2 if name[:2] in _COMPOUNDS else 1
    family, given = name[:size], name[size:]
    read = _SURNAMES.get(family) or "".join(_syllables(family))
    exact = "".join(f"{ord(sign):05x}" for sign in family)
    return f"{read}{exact}{''.join(_syllables(given))}"[:KEY_LENGTH]


def _pieces(text: str) -> Iterator[str]:
    """Yield the key of each run: numbers padded to eight digits, everything else read aloud."""
    pending = ""
    for arabic, chinese, latin, other in _PIECE.findall(text):
        number = int(arabic) if arabic else _value(chinese) if chinese else None
        if number is None and not latin:
            pending += other or chinese
            continue
        yield from _syllables(pending)
        pending = ""
        yield f"{number:08d}" if number is not None else _ascii(latin)
    yield from _syllables(pending)


def _value(numeral: str) -> int | None:
    """Return what 二十一 or 二〇二六 means, or None where it means no number."""
    if not any(sign in _TENS for sign in numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total, digit, limit = 0, 0, 1000
    for sign in numeral:
        unit = _TENS.get(sign)
        if unit is None:
            digit = _DIGITS[sign]
            continue
        if unit >= limit:
            return None
        total, digit, limit = total + (digit or 1) * unit, 0, unit
    return total + digit


def _ascii(latin: str) -> str:
    return "".join(chr(ord(sign) - 0xFEE0) if ord(sign) > 0x7F else sign for sign in latin).lower()


def _syllables(text: str) -> Iterator[str]:
    """Yield each character as pinyin with its tone; signs are left out, rare ones keep a code."""
    yield from _read_aloud(text) if text else ()


@lru_cache(maxsize=1 << 16)
def _read_aloud(text: str) -> tuple[str, ...]:
    """Return pinyin of a run of characters; given names and surnames come again and again."""
    from pypinyin import Style, lazy_pinyin  # Loads its dictionary: only where a key is made.

    def rare(signs: str) -> str:
        return "".join(
            sign.lower() if sign.isascii() else f"z{ord(sign):05x}"
            for sign in signs
            if sign.isalnum()
        )

    return tuple(lazy_pinyin(text, style=Style.TONE3, errors=rare, neutral_tone_with_five=True))
