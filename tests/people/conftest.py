"""What the tests of people may ask for beyond the common fixtures."""

from pathlib import Path
from typing import Any

import pytest
from tests.people.rolls import check_numbers


@pytest.fixture(autouse=True)
def _numbers_kept_are_numbers_counted(request: pytest.FixtureRequest) -> Any:
    """Whatever verbs a test has called: what is kept of rolls is what one gets by counting."""
    scene = request.getfixturevalue("cast") if "cast" in request.fixturenames else None
    yield
    if scene is not None:
        check_numbers()


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Let no test find the files of another: a rolled back transaction leaves them behind."""
    settings.VAR = tmp_path
