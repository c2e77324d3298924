"""The bytes that are hashed: one spelling of every value, the same on both databases.

Floats are refused (two databases print them differently), and so are texts that one of the two
cannot store; everything else has exactly one form.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

GENESIS = "0" * 64
"""What the first fact names as the digest before it."""

BIGGEST = 2**63 - 1
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def moment(at: datetime) -> str:
    """Return ``at`` in UTC, always with six digits of microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: Any) -> Any:
    """Return ``value`` as JSON can hold it: decimals, dates and uids as text.

    Raises:
        TypeError: a float, or anything else without one exact spelling.
        ValueError: a text with NUL or a lone surrogate, or a number beyond 64 bits.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > BIGGEST:
            raise ValueError(f"number beyond 64 bits: {value}")
        return int(value)
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise ValueError(f"text that not every database can store: {value!r}")
        return str(value)
    return _composed(value)


def _composed(value: Any) -> Any:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"not a finite number: {value}")
        return format(value, "f")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys of ledger data are texts")
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no exact spelling in the ledger: {value!r}")


def canonical(value: Any) -> str:
    """Return ``value`` as the one JSON text that is hashed: sorted keys, no spaces.

    Raises:
        TypeError: see :func:`plain`.
        ValueError: see :func:`plain`.
    """
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def payload_digest(salt: str, payload: str) -> str:
    """Return what stands for an erasable payload in the chain: SHA-256(salt ‖ payload).

    Args:
        salt: 32 random bytes in hex; once it is destroyed nobody can try out guesses.
        payload: canonical JSON of the names.
    """
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


def fact_digest(
    *,
    seq: int,
    at: datetime,
    verb: str,
    actor: str,
    hat: str,
    about: tuple[str, UUID],
    data: Any,
    payload_digest: str,
    previous: str,
) -> str:
    """Return the digest of one fact, which the next fact names as ``previous``."""
    kind, uid = about
    text = canonical(
        {
            "seq": seq,
            "at": moment(at),
            "verb": verb,
            "actor": actor,
            "hat": hat,
            "about": [kind, uid],
            "data": data,
            "payload_digest": payload_digest,
            "previous": previous,
        }
    )
    return hashlib.sha256(text.encode()).hexdigest()
