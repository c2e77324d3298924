"""Keeps what the product writes from other accounts of the machine, also where a folder was wide.

New folders are made narrow from the start; this mends those that were there before, or were
copied back from a backup. What cannot be mended is said, never passed over.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def tighten(var: Path) -> Iterator[str]:
    """Let only the owner into ``var`` and at the keys; yield in Chinese what was done, or not.

    Args:
        var: the folder of everything the product writes; keys stand in its ``keys``.
    """
    keys = var / "keys"
    for path, mode in (
        (var, FOLDER),
        (keys, FOLDER),
        *((key, FILE) for key in sorted(keys.glob("*")) if key.is_file()),
    ):
        if path.exists() and path.stat().st_mode & _OTHERS:
            yield _narrowed(path, mode)


def _narrowed(path: Path, mode: int) -> str:
    if path.stat().st_mode & stat.S_ISVTX:
        return f"{path} 是大家共用的目录，别的账号也能看。请用 ZHENGYOU_VAR 另指一个专用目录。"
    try:
        path.chmod(mode)
    except OSError as problem:
        return (
            f"{path} 别的账号也能看，收紧不了（{problem.strerror}）。"
            f"请让目录的主人执行 chmod {mode:o}。"
        )
    if path.stat().st_mode & _OTHERS:  # some mounted disks accept the change and keep nothing
        return f"{path} 所在的磁盘存不下权限，别的账号也能看。请换一个磁盘放。"
    return f"{path} 原来别的账号也能看，已经收紧到只有自己"
