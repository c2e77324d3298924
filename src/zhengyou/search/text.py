"""Texts as an index reads them: each character of a script without blanks is a word of its own."""

import unicodedata

LONGEST = 60
"""Characters of a question that are looked for."""
_WIDE = 0x2E80  # from here on: CJK, kana, hangul
_TOKEN = 80


def tokens(text: str) -> list[str]:
    """Return characters of Chinese one by one, runs of letters and digits whole, all small."""
    found, run = [], ""
    for character in unicodedata.normalize("NFKC", text).casefold():
        wide = ord(character) >= _WIDE
        if character.isalnum() and not wide:
            run += character
            continue
        if run:
            found.append(run[:_TOKEN])
            run = ""
        if wide and character.isalnum():
            found.append(character)
    return [*found, run[:_TOKEN]] if run else found


def spaced(*texts: str) -> str:
    """Return ``孩 子 讲 题 3`` for ``孩子讲题3``."""
    return " ".join(token for text in texts for token in tokens(text))


def phrases(question: str) -> list[list[str]]:
    """Return what was typed as phrases: every one of them has to be found."""
    asked = (tokens(word) for word in question[:LONGEST].split())
    return [phrase for phrase in asked if phrase]
