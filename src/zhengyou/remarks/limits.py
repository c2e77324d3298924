"""How many remarks, and wrong codes, one address and all together may send in a while.

Counted in fixed windows in the shared cache. The address itself is never kept: the key is a hash
with a key of ours over address and window, so the next window knows nothing of this one; the entry
ends with its window, which says nothing about when in it somebody wrote.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.http import HttpRequest

from zhengyou.kernel import clock, identity

PREFIX = "remarks:"


@dataclass(frozen=True, slots=True)
class Room:
    """Whether there is room for one more; if not, until when.

    Args:
        until: the end of the window, UTC.
    """

    ok: bool
    until: datetime

    @property
    def wait(self) -> int:
        """Seconds until it is worth trying again."""
        return max(1, int((self.until - clock.now()).total_seconds()) + 1)

    @property
    def hour(self) -> str:
        """The time of day from which it is worth trying again: 10:00."""
        local = self.until.astimezone(clock.SHANGHAI)
        return f"{local.hour}:{local.minute:02}"


class Full(Exception):
    """There is no room for one more; ``words`` say it to the visitor, who loses nothing."""

    def __init__(self, words: str, room: Room) -> None:
        super().__init__(words)
        self.words, self.room = words, room


def room_for(name: str, address: str = "") -> Room:
    """Tell whether one more of ``name`` fits; nothing is counted.

    Args:
        name: a key of ``settings.REMARK_LIMITS``.
        address: of the visitor; empty where all visitors are counted together.
    """
    most, window = _limit(name)
    return Room(int(cache.get(_key(name, address, window), 0)) < most, _end(window))


def count(name: str, address: str = "") -> None:
    """Count one more of ``name``."""
    _, window = _limit(name)
    key, left = _key(name, address, window), (_end(window) - clock.now()).total_seconds()
    # Half a second more: the table of the cache cuts off what is below a second.
    cache.set(key, int(cache.get(key, 0)) + 1, timeout=left + 0.5)


def address_of(request: HttpRequest) -> str:
    """Return where a visitor comes from: an IPv4 address, or the network of an IPv6 one."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def sweep() -> int:
    """Delete counts whose window is over: the cache forgets them only when they are asked for."""
    store = caches["default"]
    if not isinstance(store, DatabaseCache):
        return 0
    table = connection.ops.quote_name(store._table)  # type: ignore[attr-defined]
    now = connection.ops.adapt_datetimefield_value(clock.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s AND cache_key LIKE %s",
            [now, f"%{PREFIX}%"],
        )
        return cursor.rowcount


def _limit(name: str) -> tuple[int, int]:
    most, minutes = settings.REMARK_LIMITS[name]
    return most, minutes * 60


def _end(window: int) -> datetime:
    start = int(clock.now().timestamp()) // window * window
    return datetime.fromtimestamp(start, tz=clock.now().tzinfo) + timedelta(seconds=window)


def _key(name: str, address: str, window: int) -> str:
    end = int(_end(window).timestamp())
    return f"{PREFIX}{identity.lookup(f'{name}|{address}|{end}', 'remark limit')}"
