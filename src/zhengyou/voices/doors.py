"""Who stands at the door, and whether there is room in the box for one more.

The QR code that hangs at a door carries a token. Whoever brings it has a quota of the own door, so
that a flood from the net cannot take the box from those who are there: neither one address nor ten
thousand have the token. Whoever photographs it and floods through it fills that one door for an
hour; a new code closes it. Counted as ``remarks.limits`` counts: no address is kept.
"""

import hmac
from dataclasses import dataclass

from django.http import HttpRequest

from zhengyou.remarks import limits
from zhengyou.voices.models import Box, BoxPlace

FULL_DOOR = "这个门口这一小时交得太多。请 {hour} 以后再交，或者在纸上写；您写的字都还在，不用重写。"
FULL_HERE = (
    "这个网络上的人这一小时写得太多了（一个学校、一个单位常常共用一个网络）。"
    "请 {hour} 以后再交，或者扫门口贴的二维码交；您写的字都还在，不用重写。"
)
FULL_BOX = (
    "这一小时从网上交来的太多，可能有人在刷屏。扫门口贴的二维码照样能交，"
    "或者在纸上写，或者 {hour} 以后再交；您写的字都还在，不用重写。"
)


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody comes in: through a door with its token, or from the net."""

    box: Box
    place: BoxPlace | None
    carried: bool
    address: str

    @property
    def _key(self) -> str:
        return str(self.place.uid if self.place else self.box.uid)

    def check(self) -> None:
        """Do nothing where there is room for one more.

        Raises:
            Full: there is none, in words.
        """
        for words, name, key in self._counted():
            room = limits.room_for(name, key)
            if not room.ok:
                raise limits.Full(words.format(hour=room.hour), room)

    def admit(self) -> None:
        """Count one more, where there is room.

        Raises:
            Full: as of :meth:`check`.
        """
        self.check()
        for _, name, key in self._counted():
            limits.count(name, key)

    def _counted(self) -> list[tuple[str, str, str]]:
        if self.carried:
            return [
                (FULL_DOOR, "door", self._key),
                (FULL_HERE, "address", f"{self.address}|{self._key}"),
            ]
        return [
            (FULL_HERE, "address", self.address),
            (FULL_BOX, "box", str(self.box.uid)),
            (FULL_BOX, "all", ""),
        ]


def door_of(request: HttpRequest, box: Box, place: BoxPlace | None) -> Door:
    """Return the door through which ``request`` comes."""
    brought = request.GET.get("d", "")
    whole = (place or box).token()
    carried = hmac.compare_digest(brought.encode(), whole.encode())
    return Door(box, place, carried, limits.address_of(request))
