"""What of records stays behind when people leave a body, or a body ends: said before it is done."""

from collections.abc import Iterator

from zhengyou.people.models import Organisation
from zhengyou.work.models import Record, RecordState


def of_ending(bodies: list[Organisation]) -> Iterator[str]:
    """Yield what becomes of the books of ``bodies``. Two queries."""
    rows = Record.objects.filter(organisation__in=bodies)
    if count := rows.exclude(state=RecordState.DRAFT).count():
        yield f"纪实 {count} 条留在老组织的本子上，承接的组织接着看、接着改，算过的任务照样算。"
    if drafts := rows.filter(state=RecordState.DRAFT).count():
        yield f"没写完的纪实 {drafts} 条，由承接的组织接着写完。"
