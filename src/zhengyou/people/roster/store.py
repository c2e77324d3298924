"""Uploaded rosters on disk: ``var/imports/<uid>.xlsx``, readable for the product alone.

They hold ID numbers, so they stay out of the store of contents and go as soon as they have been
imported or given up, or after :data:`KEPT` days.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from zhengyou.files import store as files
from zhengyou.files.bad_file import BadFile
from zhengyou.kernel import clock
from zhengyou.people.roster.workbook import Unreadable, kind_of

KEPT = timedelta(days=7)
YOUNG = timedelta(hours=1)
KINDS = ("xlsx", "xls", "csv")


def folder() -> Path:
    """Return the folder, made if it is missing; nobody else may look into it."""
    path = Path(settings.VAR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def receive(chunks: Iterable[bytes]) -> tuple[files.Draft, str]:
    """Write an upload as a draft and tell what kind of file it is.

    Raises:
        Unreadable: too large, empty, or no roster could be in it; nothing is left then.
    """
    try:
        draft = files.write(chunks, folder())
    except BadFile as bad:
        raise Unreadable(bad.reason) from bad
    try:
        with draft.path.open("rb") as source:
            return draft, kind_of(source.read(65_536))
    except Unreadable:
        draft.discard()
        raise


def place(draft: files.Draft, uid: UUID, kind: str) -> None:
    """Give a draft the name of its import."""
    draft.path.replace(folder() / f"{uid}.{kind}")


def path_of(uid: UUID) -> Path:
    """Return the file of an import.

    Raises:
        Unreadable: it is gone.
    """
    for path in _paths(uid):
        if path.exists():
            return path
    raise Unreadable("上传的文件已经清掉了（只留 7 天）。请重新上传。")


def remove(uid: UUID) -> None:
    """Remove the file of an import, if it is still there."""
    for path in _paths(uid):
        path.unlink(missing_ok=True)


def sweep(needed: set[UUID]) -> int:
    """Remove files older than :data:`KEPT`, and those that no import needs; return how many.

    A young file is left: it may be a draft, or its import's row is not committed yet.
    """
    names = {str(uid) for uid in needed}
    removed = 0
    for path in folder().iterdir():
        with suppress(FileNotFoundError):
            age = clock.now().timestamp() - path.stat().st_mtime
            if age > (KEPT if path.stem in names else YOUNG).total_seconds():
                path.unlink()
                removed += 1
    return removed


def _paths(uid: UUID) -> Iterator[Path]:
    return (folder() / f"{uid}.{kind}" for kind in KINDS)
