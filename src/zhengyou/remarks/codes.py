"""The code with which the writer of a remark finds it again. Pure.

Twelve signs of Crockford's alphabet (no I, L, O, U): eleven carry 55 bits, the last one checks. The
check is a sum over the field of 32 elements, each place weighted with another power, so that one
wrong sign, or two neighbours exchanged, is always told as a slip and never looked up.
"""

from zhengyou.kernel.texts import half_width

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_ALIKE = str.maketrans("OIL", "011")
_FIELD = 0b100101  # x⁵ + x² + 1


def made_of(secret: bytes) -> str:
    """Return the code that ``secret`` (at least seven random bytes) gives, without hyphens.

    Raises:
        ValueError: too few bytes.
    """
    if len(secret) < 7:
        raise ValueError("a code needs seven bytes")
    bits = int.from_bytes(secret[:7])
    digits = [bits >> (5 * place) & 31 for place in range(LENGTH - 1)]
    return "".join(ALPHABET[digit] for digit in (*digits, _check(digits)))


def spaced(code: str) -> str:
    """Return a code as people copy it: 7K2M-9QXD-4HTC."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def plain(typed: str) -> str:
    """Return a typed code without blanks and hyphens; O reads as 0, I and L as 1."""
    text = half_width(typed).upper().translate(_ALIKE)
    return "".join(sign for sign in text if sign.isalnum())


def is_whole(code: str) -> bool:
    """Tell whether a plain code has the right length, signs and check."""
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        return False
    *digits, check = (ALPHABET.index(sign) for sign in code)
    return check == _check(digits)


def _check(digits: list[int]) -> int:
    total = 0
    for digit in digits:
        total = _doubled(total ^ digit)
    return total


def _doubled(element: int) -> int:
    """Multiply by x in the field of 32 elements."""
    element <<= 1
    return element ^ _FIELD if element & 32 else element
