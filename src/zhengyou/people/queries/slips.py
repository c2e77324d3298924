"""Invitation slips as they are printed: a code to type, and the same as a QR code."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

from zhengyou.kernel.clock import SHANGHAI
from zhengyou.people.models import Invitation, Person


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: whose, the code, where to type it, the QR code as SVG, till when it is good."""

    person: Person
    code: str
    address: str
    qr: SafeString
    until: date


def slip_of(person: Person, code: str, row: Invitation, address: str) -> Slip:
    """Return the slip to print.

    Args:
        code: as made; it is stored nowhere, so this is the only time that it is shown.
        address: absolute, of the page that takes the code. The QR code has the code behind a #,
            which browsers keep to themselves: it enters no server's log.
    """
    until = row.expires_at.astimezone(SHANGHAI).date()
    return Slip(person, code, address, _svg(f"{address}#{code}"), until)


def _svg(text: str) -> SafeString:
    """Return the QR code as inline SVG without any style attribute, sized by its class."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=2,
        svgclass="qr", lineclass=None, title="二维码：开账号的网址和邀请码",
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())
