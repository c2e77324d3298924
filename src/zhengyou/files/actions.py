"""Taking files in, and clearing away what nobody needs any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from zhengyou.files import kinds, names, virus_scan
from zhengyou.files import store as contents
from zhengyou.files.models import Attachment, Blob
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref

type Source = bytes | File[Any] | IO[bytes]
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Received:
    """A content that passed every check and stands in the store, not yet attached."""

    name: str
    sha256: str
    size: int
    media_type: str


def receive(source: Source, name: str) -> Received:
    """Check a content and put it into the store, touching no table.

    A view calls it before its transaction begins: a large file or a slow virus scan would
    otherwise hold up every other writer.

    Args:
        source: bytes, an upload or an open binary file.
        name: as the uploader called it; cleaned.

    Raises:
        BadFile: see ``kinds``, ``store`` and ``virus_scan``; nothing is kept then.
    """
    draft = contents.write(_chunks(source))
    try:
        kind = kinds.kind_of(draft.path, names.extension(name))
        if settings.CLAMD_ADDRESS:
            virus_scan.scan(draft.path, settings.CLAMD_ADDRESS)
        contents.place(draft)
    finally:
        draft.discard()
    return Received(names.clean(name), draft.sha256, draft.size, kind.media_type)


def attach(received: Received, owner: Ref, by: str) -> Attachment:
    """Attach a received content to ``owner``.

    Args:
        received: from :func:`receive`, at most some hours ago.
        owner: what it belongs to; whoever sees that may download it.
        by: uid of who added it.
    """
    with transaction.atomic():
        # Locked until commit, so that the sweep does not take the row away from under us.
        blob, _ = Blob.objects.select_for_update().get_or_create(
            sha256=received.sha256,
            defaults={"size": received.size, "media_type": received.media_type},
        )
        return Attachment.objects.create(
            blob=blob,
            name=received.name,
            owner_kind=owner.kind,
            owner_uid=owner.uid,
            owner_label=owner.label[:200],
            added_by=by,
            added_at=clock.now(),
        )


def store(source: Source, name: str, owner: Ref, by: str) -> Attachment:
    """Receive a content and attach it at once; arguments and errors as of the two."""
    return attach(receive(source, name), owner, by)


def detach(attachment: Attachment) -> None:
    """Take an attachment away; its content goes with a later sweep unless others use it."""
    attachment.delete()


def sweep() -> int:
    """Remove drafts and contents that nothing refers to for a day; return how many.

    Part of ``zhengyou tick``; may run at any time, also twice at once.
    """
    removed = contents.remove_old_drafts()
    for digests in contents.old_contents():
        used = set(
            Attachment.objects.filter(blob__sha256__in=digests).values_list(
                "blob__sha256", flat=True
            )
        )
        removed += sum(_remove(digest) for digest in digests if digest not in used)
    return removed


def _remove(sha256: str) -> bool:
    """Remove a content and its row, unless somebody has attached or stored it anew meanwhile.

    Rows are locked before the folder is, as by a caller of :func:`store` inside a transaction.
    Should the commit fail after the content is gone, storing it again brings it back.
    """
    with transaction.atomic():
        blob = Blob.objects.select_for_update().filter(sha256=sha256).first()
        if blob and blob.attachments.exists():
            return False
        with contents.removing(sha256) as may_go:
            if may_go and blob:
                blob.delete()
    return may_go


def _chunks(source: Source) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
    elif isinstance(source, File):
        yield from source.chunks()
    else:
        while chunk := source.read(_CHUNK):
            yield chunk
