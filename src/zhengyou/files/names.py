"""File names as every system can store them."""

import re
from pathlib import PurePosixPath

from zhengyou.kernel.texts import tidy_line

LENGTH = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def extension(name: str) -> str:
    """Return the extension of ``name`` in small letters, without its dot; empty for none."""
    return PurePosixPath(clean(name)).suffix[1:]


def clean(name: str) -> str:
    """Return ``name`` without folders, invisible and forbidden signs, cut to 120 characters.

    The extension is kept and made small; a name of nothing becomes 附件.
    """
    last = re.split(r"[/\\]", tidy_line(name))[-1]
    path = PurePosixPath(_FORBIDDEN.sub("_", last).strip(" .") or "附件")
    suffix = path.suffix.lower() if len(path.suffix) <= 10 else ""
    stem = path.name.removesuffix(path.suffix) if suffix else path.name
    if _DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem[: LENGTH - len(suffix)].rstrip(' .')}{suffix}"
