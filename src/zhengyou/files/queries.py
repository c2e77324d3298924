"""Attachments for pages."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from zhengyou.files.models import Attachment
from zhengyou.kernel.refs import Ref


def attachments_of(owner: Ref) -> list[Attachment]:
    """Return the attachments of one owner, oldest first. One query."""
    return attachments_by_owner(owner.kind, [owner.uid]).get(owner.uid, [])


def attachments_by_owner(kind: str, uids: Iterable[UUID]) -> dict[UUID, list[Attachment]]:
    """Return the attachments of many owners of one kind, for list pages. One query."""
    found: dict[UUID, list[Attachment]] = defaultdict(list)
    rows = Attachment.objects.filter(owner_kind=kind, owner_uid__in=list(uids))
    for row in rows.select_related("blob"):
        found[row.owner_uid].append(row)
    return dict(found)
