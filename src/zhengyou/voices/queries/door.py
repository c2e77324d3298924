"""What is printed for the doors: posters with a QR code, forms to fill in by pen."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

from zhengyou.remarks import codes, laying
from zhengyou.voices.models import Box, BoxPlace
from zhengyou.voices.queries.public import put_in_url


@dataclass(frozen=True, slots=True)
class Poster:
    """One poster: where it hangs, the address in words and as a QR code."""

    where: str
    address: str
    qr: SafeString


@dataclass(frozen=True, slots=True)
class PaperSlip:
    """One form of paper: where it lies, and the code that its counterfoil bears."""

    where: str
    code: str


def address_of(box: Box, place: BoxPlace | None, host: str) -> str:
    """Return what the QR code at a door says: the page, and the token of the door.

    Args:
        host: as https://example.cn, without a slash.
    """
    return f"{host}{put_in_url(box, place)}?d={(place or box).token()}"


def posters(box: Box, places: Sequence[BoxPlace], host: str) -> list[Poster]:
    """Return a poster for the box as a whole and one for each of ``places``."""
    made = []
    for place in (None, *places):
        address = address_of(box, place, host)
        where = place.label if place else ""
        made.append(Poster(where, f"{host}{put_in_url(box, place)}", _svg(address)))
    return made


def slips(places: Sequence[BoxPlace | None], each: int) -> list[PaperSlip]:
    """Return forms of paper, each with a code that is stored nowhere before it is entered."""
    return [
        PaperSlip(place.label if place else "", codes.spaced(laying.new_code()))
        for place in places
        for _ in range(each)
    ]


def _svg(text: str) -> SafeString:
    """Return the QR code as inline SVG without any style attribute, sized by its class."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=2,
        svgclass="qr", lineclass=None, title="二维码：写意见的网址",
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())
