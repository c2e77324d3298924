"""A store of its own for every test, and files as small as their kinds allow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.files import samples


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """Give each test its own store."""
    settings.FILES_FOLDER = tmp_path / "files"
    settings.FILE_SIZE_LIMIT = 2 * 1024 * 1024
    settings.CLAMD_ADDRESS = ""
    return settings.FILES_FOLDER


@pytest.fixture
def stored(folder) -> Iterator[object]:
    """Return a function that lists what stands in the store, drafts included."""

    def listing() -> list[str]:
        paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
        return sorted(str(path.relative_to(folder)) for path in paths)

    yield listing


@pytest.fixture
def pdf() -> bytes:
    return samples.PDF
