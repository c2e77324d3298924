"""What a character is, how wide it prints, how numbers and dates are written."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

#: What XML 1.0 cannot carry at all, so that no Word file can either.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Everything that somebody's keyboard, Word or a spreadsheet may have meant as "new line".
_NEW_LINE = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
#: Quotes, dashes, dots that Chinese type sets a full character wide, though Unicode calls them
#: ambiguous.
_WIDE_MARKS = frozenset("“”‘’…—·×")
_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def clean_text(text: str) -> str:
    """Return ``text`` as a Word file can carry it, for what people typed or pasted.

    The rule: every kind of line break becomes ``\\n``, invisible control characters and half
    surrogates go, everything that can be seen stays as it was typed.
    """
    return ILLEGAL.sub("", _NEW_LINE.sub("\n", text))


def text_problems(text: object, what: str, *, lines: bool = False) -> Iterator[str]:
    """Yield, in Chinese, why ``text`` cannot be printed as ``what``; nothing if it can.

    Args:
        text: anything; only a string with something visible in it will do.
        what: Chinese name of the place, the subject of the sentence.
        lines: are line breaks meaningful here?
    """
    if not isinstance(text, str):
        yield f"{what}应当是文字"
        return
    if not text.strip():
        yield f"{what}是空的，请填写"
        return
    yield from character_problems(text, what, lines=lines)


def character_problems(text: str, what: str, *, lines: bool = False) -> Iterator[str]:
    """Yield what is wrong with single characters of ``text``; it may be empty."""
    if bad := ILLEGAL.search(text):
        code = f"U+{ord(bad.group()):04X}"
        yield f"{what}第{bad.start() + 1}个字是看不见的控制字符（{code}），请删去"
    if not lines and (bad := re.search("[\r\n]", text)):
        yield f"{what}第{bad.start() + 1}个字处有换行，请分成两段"


def is_wide(character: str) -> bool:
    """Say whether ``character`` takes a whole square of Chinese type."""
    return character in _WIDE_MARKS or unicodedata.east_asian_width(character) in "WF"


def needs_chinese_font(text: str) -> bool:
    """Say whether Word, left alone, would set some mark of ``text`` in the Western font.

    Word decides by code point, and quotes, dashes and the like are in both scripts; the run must
    then carry the hint ``eastAsia``.
    """
    return any(c > "\x7f" and unicodedata.east_asian_width(c) == "A" for c in text)


def width(text: str) -> float:
    """Return the printed width of ``text`` in Chinese characters; a Western one is a half."""
    return sum(0.0 if unicodedata.combining(c) else 1.0 if is_wide(c) else 0.5 for c in text)


def chinese_number(number: int) -> str:
    """Return 1 to 9999 as 一, 十, 二十一, 一百零五.

    Raises:
        ValueError: out of that range.
    """
    if not 1 <= number <= 9999:
        raise ValueError(f"层次序数只能是 1 至 9999，现在是 {number}")
    digits = [int(d) for d in str(number)]
    parts: list[str] = []
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            parts.append(_DIGITS[digit] + _UNITS[place])
        elif parts and parts[-1] != "零":
            parts.append("零")
    text = "".join(parts).rstrip("零")
    return text[1:] if text.startswith("一十") else text


def chinese_date(day: date) -> str:
    """Return 2026年9月1日: Arabic numerals, full year, no zero before a digit (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
