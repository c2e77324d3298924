"""``scripts/find-python`` believes no name: it runs every candidate and asks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "find-python"
SHIM = "echo 'pyenv: python3: command not found' >&2; exit 127"
LIBRARIES = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
TOO_OLD = "exit 1"  # what our question makes of a 3.11
OURS = os.path.normpath(sys.executable)
GOOD = f'exec "{OURS}" "$@"'


def put(folder: Path, name: str, body: str) -> Path:
    """Make a pretended interpreter, a shell script with ``body``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def find(*folders: Path, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the script on a machine that has only ``folders`` on PATH, and ``home``."""
    tools = Path(home, "tools")
    tools.mkdir(parents=True, exist_ok=True)
    for tool in ("tr", "cat"):
        for at in ("/usr/bin", "/bin"):
            if Path(at, tool).exists() and not (tools / tool).exists():
                (tools / tool).symlink_to(Path(at, tool))
    path = os.pathsep.join(str(folder) for folder in (*folders, tools))
    return subprocess.run(
        ["/bin/sh", str(SCRIPT)],
        env={"PATH": path, "HOME": str(home), **LIBRARIES, **more},
        capture_output=True,
        text=True,
    )


def test_a_shim_and_an_old_one_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "a", "python3", SHIM)
    put(tmp_path / "b", "python3", TOO_OLD)
    put(tmp_path / "b", "python3.12", GOOD)

    found = find(tmp_path / "a", tmp_path / "b", home=tmp_path)

    assert found.returncode == 0
    assert found.stdout.strip() == OURS


def test_the_second_of_a_name_is_tried_when_the_first_does_not_run(tmp_path: Path) -> None:
    put(tmp_path / "a", "python3", SHIM)
    put(tmp_path / "b", "python3", GOOD)

    assert find(tmp_path / "a", tmp_path / "b", home=tmp_path).stdout.strip() == OURS


def test_pyenv_versions_are_found_in_the_home_folder(tmp_path: Path) -> None:
    put(tmp_path / "shims", "python3", SHIM)
    put(tmp_path / ".pyenv" / "versions" / "3.11.9" / "bin", "python", TOO_OLD)
    put(tmp_path / ".pyenv" / "versions" / "3.12.1" / "bin", "python", GOOD)

    assert find(tmp_path / "shims", home=tmp_path).stdout.strip() == OURS


def test_pyenv_versions_are_found_beside_the_shims_of_another_home(tmp_path: Path) -> None:
    other = tmp_path / "other" / "pyenv"
    put(other / "shims", "python3", SHIM)
    put(other / "versions" / "3.12.1" / "bin", "python", GOOD)

    assert find(other / "shims", home=tmp_path / "home").stdout.strip() == OURS


def test_a_liar_that_prints_no_absolute_path_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "a", "python3", "echo Python 3.12.0")
    put(tmp_path / "b", "python3", GOOD)

    assert find(tmp_path / "a", tmp_path / "b", home=tmp_path).stdout.strip() == OURS


def test_none_at_all_is_said_with_everything_that_was_tried(tmp_path: Path) -> None:
    shim = put(tmp_path / "a", "python3", SHIM)
    old = put(tmp_path / "b", "python3", TOO_OLD)

    found = find(tmp_path / "a", tmp_path / "b", home=tmp_path)

    assert found.returncode == 1
    assert found.stdout == ""
    assert str(shim) in found.stderr
    assert str(old) in found.stderr
    assert "没有找到 Python 3.12" in found.stderr


def test_the_chosen_one_is_taken_or_complained_about(tmp_path: Path) -> None:
    put(tmp_path / "a", "python3", GOOD)
    chosen = put(tmp_path / "b", "mine", GOOD)
    broken = put(tmp_path / "b", "broken", SHIM)

    taken = find(tmp_path / "a", home=tmp_path, PYTHON=str(chosen))
    refused = find(tmp_path / "a", home=tmp_path, PYTHON=str(broken))

    assert taken.stdout.strip() == OURS
    assert refused.returncode == 1
    assert f"PYTHON={broken}" in refused.stderr
