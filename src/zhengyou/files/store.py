"""The folder of contents: ``ab/cdef…`` by SHA-256, each content once.

A content is written to ``drafts``, flushed to disk and renamed into place, so that a crash at any
moment leaves a whole content or a draft. Placing and removing exclude each other by a file lock;
what was placed lately is never removed, since its row may not be committed yet.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from zhengyou.files.bad_file import BadFile
from zhengyou.kernel import clock

GRACE = timedelta(hours=24)
"""How long a content without a row, or a draft, is left alone."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A content on disk that is not yet in its place. ``size`` in bytes."""

    path: Path
    sha256: str
    size: int

    def discard(self) -> None:
        """Remove it; does nothing once it is placed."""
        self.path.unlink(missing_ok=True)


def write(chunks: Iterable[bytes], folder: Path | None = None) -> Draft:
    """Write a content as a draft, flushed to disk and readable for its owner alone.

    Args:
        folder: where the draft stands, made if missing; left out: among the store's drafts. For
            rooms that keep a content elsewhere, since it must not live on in the store.

    Raises:
        BadFile: it is empty or larger than ``settings.FILE_SIZE_LIMIT``; nothing is left then.
    """
    folder = folder or _folder() / "drafts"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder)
    digest, size, limit = hashlib.sha256(), 0, settings.FILE_SIZE_LIMIT
    try:
        with os.fdopen(descriptor, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise BadFile(f"文件太大：不能超过{limit / 1048576:.4g} MB。请压缩后再上传。")
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if not size:
            raise BadFile("文件是空的，请检查后再上传。")
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Draft(Path(name), digest.hexdigest(), size)


def place(draft: Draft) -> None:
    """Move a draft to its place, or drop it where the same content is already there."""
    target = path_of(draft.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(fcntl.LOCK_SH):
        if target.exists():
            os.utime(target)  # Anew under the protection of GRACE.
            draft.discard()
            return
        draft.path.chmod(0o640)
        draft.path.replace(target)
        _flush_folder(target.parent)


def path_of(sha256: str) -> Path:
    """Return where the content with this digest stands."""
    return _folder() / sha256[:2] / sha256[2:]


def remove_old_drafts() -> int:
    """Remove drafts that a crash left behind; return how many."""
    removed = 0
    for path in (_folder() / "drafts").glob("*"):
        if _is_old(path):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def old_contents() -> Iterator[list[str]]:
    """Yield, folder by folder, the digests of contents that were not placed lately."""
    for folder in sorted(_folder().glob("[0-9a-f][0-9a-f]")):
        yield [folder.name + path.name for path in folder.iterdir() if _is_old(path)]


@contextmanager
def removing(sha256: str) -> Iterator[bool]:
    """Hold placing off and tell whether this content may go; it goes at the block's end."""
    with _locked(fcntl.LOCK_EX):
        path = path_of(sha256)
        may_go = not path.exists() or _is_old(path)
        yield may_go
        if may_go:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.FILES_FOLDER)


def _is_old(path: Path) -> bool:
    with suppress(FileNotFoundError):
        placed = datetime.fromtimestamp(path.stat().st_mtime, clock.SHANGHAI)
        return clock.now() - placed > GRACE
    return False


@contextmanager
def _locked(how: int) -> Iterator[None]:
    _folder().mkdir(parents=True, exist_ok=True)
    with (_folder() / "lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield


def _flush_folder(folder: Path) -> None:
    """Make the rename last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
