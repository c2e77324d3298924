"""ID card and phone numbers: sealed for keeping, hashed with a key for exact match, masked to show.

Two keys, both outside the database: who has a copy of the database alone can neither read a
number nor try numbers out. A sealed text names its key, so that a key can be replaced:

    IDENTITY_KEY = the key that seals now
    IDENTITY_KEYS_OLD = {key_id(old): old, …}, keys that may still open (optional)
    LOOKUP_KEY = for :func:`lookup`; cannot be replaced without computing all hashes anew
"""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy_code
from zhengyou.kernel.verdict import Verdict

_VERSION = "z1"
_NONCE = 12
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# GB/T 2260 codes of provinces; 81–83 are on residence permits of Hong Kong, Macao and Taiwan.
_PROVINCES = frozenset(
    (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        *(71, 81, 82, 83),
    )
)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}-?[2-9][0-9]{6,7}(-[0-9]{1,6})?")


class Unreadable(Exception):
    """A sealed text cannot be opened; the reason is Chinese and names no number."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def key_id(secret: str) -> str:
    """Return the eight hex digits by which sealed texts name the key ``secret``."""
    return _derive(secret, "key id").hex()[:8]


def seal(text: str) -> str:
    """Return ``text`` encrypted (AES-256-GCM), different each time; about 1.4 × its size + 50."""
    current = key_id(settings.IDENTITY_KEY)
    nonce = os.urandom(_NONCE)
    box = AESGCM(_derive(settings.IDENTITY_KEY, "seal")).encrypt(
        nonce, text.encode(), f"{_VERSION}.{current}".encode()
    )
    return f"{_VERSION}.{current}.{base64.urlsafe_b64encode(nonce + box).decode()}"


def unseal(token: str) -> str:
    """Return what :func:`seal` was given.

    Raises:
        Unreadable: the key is not there, or the text was changed.
    """
    version, _, rest = token.partition(".")
    name, _, box = rest.partition(".")
    if version != _VERSION or not box:
        raise Unreadable("这一项不是加密内容，无法解开。")
    try:
        raw = base64.b64decode(box, altchars=b"-_", validate=True)
        if base64.urlsafe_b64encode(raw).decode() != box:  # one content has one spelling
            raise binascii.Error
        opened = AESGCM(_derive(_secret(name), "seal")).decrypt(
            raw[:_NONCE], raw[_NONCE:], f"{version}.{name}".encode()
        )
    except (binascii.Error, ValueError, InvalidTag):
        raise Unreadable("加密内容已损坏或被改动，无法解开。") from None
    return opened.decode()


def lookup(text: str, purpose: str) -> str:
    """Return the keyed hash (64 hex digits) by which equal numbers are found.

    Args:
        text: a number as typed; blanks, width and capitals make no difference. Phone numbers go
            through :func:`tidy_phone` first.
        purpose: which column, as ``"id"`` or ``"phone"``: the same number in two columns of
            different purpose cannot be matched.
    """
    key = _derive(settings.LOOKUP_KEY, f"lookup {purpose}")
    return hmac.digest(key, tidy_code(text).encode(), "sha256").hex()


def tidy_phone(text: str) -> str:
    """Return a phone number in its one spelling: half-width, without +86 and needless hyphens."""
    code = re.sub(r"^\+?86-?(?=1[0-9])", "", tidy_code(text))
    mobile = code.replace("-", "")
    return mobile if _MOBILE.fullmatch(mobile) else code


def mask_id(text: str) -> str:
    """Return an ID number with three digits at the front and four at the end left."""
    return _mask(tidy_code(text), 3, 4)


def mask_phone(text: str) -> str:
    """Return a phone number with three digits at the front and two (mobile: four) left."""
    code = tidy_phone(text)
    return _mask(code, 3, 4 if _MOBILE.fullmatch(code) else 2)


def check_id_number(text: str) -> Verdict:
    """Tell whether ``text`` is a citizen's ID number (GB 11643—1999); reasons never quote it."""
    code = tidy_code(text)
    if not code:
        return Verdict.no("没有填公民身份号码。")
    if re.fullmatch(r"[0-9]{15}", code):
        return Verdict.no("这是15位的旧号码，请按现在的身份证填写18位号码。")
    if len(code) != 18:
        return Verdict.no(f"公民身份号码应是18位，现在是{len(code)}位。")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", code):
        return Verdict.no("公民身份号码前17位只能是数字，末位是数字或X。")
    return (
        Verdict.of(int(code[:2]) in _PROVINCES, "公民身份号码开头的地区代码不对，请核对。")
        & _check_birth(code[6:14])
        & Verdict.of(code[17] == _check_digit(code), "公民身份号码校验不对，可能有一位写错了。")
    )


def check_phone(text: str) -> Verdict:
    """Tell whether ``text`` is a mobile number of mainland China, or a landline with area code."""
    code = tidy_phone(text)
    if not code:
        return Verdict.no("没有填电话号码。")
    if _MOBILE.fullmatch(code) or _LANDLINE.fullmatch(code):
        return Verdict.yes()
    if re.fullmatch("[0-9]+", code) and code.startswith("1"):
        if len(code) != 11:
            return Verdict.no(f"手机号码应是11位，现在是{len(code)}位。")
        return Verdict.no("没有这样开头的手机号码，请核对。")
    return Verdict.no("电话号码不对：手机写11位数字，固定电话写成0571-87654321这样。")


def _check_birth(digits: str) -> Verdict:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return Verdict.no("公民身份号码里的出生日期不存在，请核对第7到14位。")
    return Verdict.of(
        date(1900, 1, 1) <= birth <= clock.today(),
        "公民身份号码里的出生日期不合理，请核对第7到14位。",
    )


def _check_digit(code: str) -> str:
    return _CHECKS[sum(int(d) * w for d, w in zip(code, _WEIGHTS, strict=False)) % 11]


def _mask(code: str, front: int, back: int) -> str:
    if len(code) < front + back + 3:
        return "*" * len(code)
    return code[:front] + "*" * (len(code) - front - back) + code[-back:]


def _secret(name: str) -> str:
    """Return the key called ``name``: the current one or one of the old."""
    if name == key_id(settings.IDENTITY_KEY):
        return str(settings.IDENTITY_KEY)
    old: Mapping[str, str] = getattr(settings, "IDENTITY_KEYS_OLD", {})
    if name not in old:
        raise Unreadable(f"缺少编号为 {name} 的密钥，无法解开。请管理员找回旧密钥。")
    return old[name]


@lru_cache(maxsize=64)
def _derive(secret: str, purpose: str) -> bytes:
    info = f"zhengyou identity: {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
