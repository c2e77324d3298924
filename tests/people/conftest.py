"""What the tests of people may ask for beyond the common fixtures."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Let no test find the files of another: a rolled back transaction leaves them behind."""
    settings.VAR = tmp_path
