"""What stands under the code of a receipt of this room."""

from zhengyou.remarks.finders import Found
from zhengyou.remarks.laying import code_lookup
from zhengyou.voices.queries.public import by_code


def find(code: str) -> Found | None:
    """Return the page of the voice under a plain code, or None."""
    found = by_code(code_lookup(code))
    return Found("voices/found.html", {"found": found}) if found else None
