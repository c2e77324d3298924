"""The sheet on which people sign: who is called, and a code that leads the recorder back."""

from dataclasses import dataclass
from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

from zhengyou.work.models import Record, RecordKind
from zhengyou.work.quorums import expected

BLANK = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: names with what there is to know, blank lines, the code."""

    names: list[tuple[str, str]]
    blank: range
    address: str
    qr: SafeString


def sheet_of(record: Record, address: str) -> Sheet:
    """Return the sheet of a record: who is written down, else who is called.

    Args:
        address: absolute, of the record's page.
    """
    rows = expected(RecordKind(record.kind), record.organisation, record.on)
    words = {row.person.pk: row.words for row in rows}
    people = record.participants.select_related("person").order_by("person__sort_key", "person")
    listed = [row.person for row in people] or [row.person for row in rows if row.called]
    names = [(person.name, words.get(person.pk, "")) for person in listed]
    return Sheet(names, range(BLANK + len(names) % 2), address, _svg(address))


def _svg(text: str) -> SafeString:
    """Return the QR code as inline SVG without any style attribute, sized by its class."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=2,
        svgclass="qr", lineclass=None, title="二维码：这次纪实的网址",
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())
