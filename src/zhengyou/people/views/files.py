"""Workbooks made for one answer and gone with it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.http import FileResponse

from zhengyou.people.roster import store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(write: Callable[[Path], object], name: str) -> FileResponse:
    """Return a workbook as a download.

    Args:
        write: writes the workbook to the path it is given.
        name: what the file is called, with its ending.
    """
    # It closes with the answer, and with that it is removed.
    draft = tempfile.NamedTemporaryFile(dir=store.folder(), suffix=".xlsx")  # noqa: SIM115
    try:
        write(Path(draft.name))
        draft.seek(0)
    except BaseException:
        draft.close()
        raise
    return FileResponse(draft, as_attachment=True, filename=name, content_type=XLSX)
