"""Chinese text as people type and paste it: made plain, and counted.

Prose keeps its full-width punctuation; only fields (numbers, names, dates) are made half-width.
"""

import re
import unicodedata

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LETTERS_AND_DIGITS = {
    code: half for code, half in _HALF_WIDTH.items() if chr(half).isalnum() or half == 0x20
}
# Zero-width and direction marks, soft hyphen, byte order mark, control characters but \t and \n.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Characters that are what they seem; a field of nothing else needs no look at each of them.
_PLAIN = re.compile("[0-9A-Za-z\u4e00-\u9fff]+")
_BLANK = re.compile(r"[^\S\n]+")
_MIDDLE_DOT = re.compile(r"\s*[·•．・‧∙⋅・․●.]\s*")
# Radicals of a PDF's text layer look like characters and are none: ⼤ is not 大.
_RADICAL = re.compile("[\u2e80-\u2fdf]")

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_HAN_AROUND_DOT = re.compile(f"(?<=[{_HAN}]){_MIDDLE_DOT.pattern}(?=[{_HAN}])")
_WORD_OR_SIGN = re.compile(f"[{_HAN}]|[^\\s{_HAN}\u2e80-\u303f\uff01-\uff65]+|[^\\s]")


def half_width(text: str) -> str:
    """Return ``text`` with full-width letters, digits, signs and spaces made half-width."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def tidy(text: str) -> str:
    """Return prose without what nobody sees: invisible characters, trailing blanks, outer lines.

    Punctuation, inner spaces and line breaks stay as they were typed.
    """
    text = _visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.rstrip() for line in text.split("\n"))
    return "\n".join(lines).strip("\n").rstrip()


def tidy_line(text: str) -> str:
    """Return a one-line field: trimmed, inner blanks made one, letters and digits half-width."""
    if _PLAIN.fullmatch(text):
        return text
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # The only blank of printable ASCII is the plain one.
    text = _visible(text).replace("\n", " ")
    if not text.isascii():
        text = text.translate(_LETTERS_AND_DIGITS)
    return _BLANK.sub(" ", text).strip()


def tidy_name(text: str) -> str:
    """Return a person's or body's name: ``张　三`` is ``张三``, the dot in a long name is ``·``."""
    text = tidy_line(_RADICAL.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text))
    return _BETWEEN_HAN.sub("", _HAN_AROUND_DOT.sub("·", text))


def tidy_code(text: str) -> str:
    """Return a number or code (ID card, phone, document): half-width, no blanks, capitals."""
    if text.isascii() and text.isprintable():
        return text.replace(" ", "").upper()
    return re.sub(r"\s", "", half_width(_visible(text))).upper()


def count_characters(text: str) -> int:
    """Return the 字数 as a word processor counts it.

    A Chinese character and a full-width sign count one each, a run of Latin letters, digits and
    half-width signs counts one, blanks count nothing.
    """
    return len(_WORD_OR_SIGN.findall(text))


def _visible(text: str) -> str:
    """Drop what is invisible; NFC also turns compatibility ideographs into plain ones."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # Nearly every text is: rosters bring millions of them.
    text = unicodedata.normalize("NFC", text)
    return _CONTROL.sub("", _INVISIBLE.sub("", text)).replace("\u00a0", " ")
