"""What the structure tests know of the house: its layers, its files."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "zhengyou"
TEMPLATE_TAG = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")
#: A template named in Python: render(request, "people/list.html").
TEMPLATE_NAME = re.compile(r"""["']([a-z_]+/[\w/.-]+\.(?:html|txt))(?:#[\w-]+)?["']""")


@cache
def floors() -> dict[str, int]:
    """Return each app's floor, the ground floor being 0, from the contract in pyproject.toml."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (contract,) = config["tool"]["importlinter"]["contracts"]
    lines = [line.replace("zhengyou.", "").split("|") for line in reversed(contract["layers"])]
    return {app.strip(): floor for floor, apps in enumerate(lines) for app in apps}


def may_use(user: str, used: str) -> bool:
    """Tell whether app ``user`` may know of app ``used``: only itself and the floors below."""
    return user == used or floors()[used] < floors()[user]


def app_of(path: Path) -> str:
    """Return the app that a file of the package belongs to."""
    return path.relative_to(PACKAGE).parts[0]


@cache
def files() -> tuple[Path, ...]:
    """Return the project's own files: all that Git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        names = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # an archive without Git
        names = [path for name in ("src", "tests", "scripts") for path in (ROOT / name).rglob("*")]
    return tuple(path for path in names if path.is_file() and "__pycache__" not in path.parts)


def text_of(path: Path) -> str:
    """Return a file's text, nothing for a picture or the like."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


@cache
def templates() -> dict[str, Path]:
    """Return our templates by the name that Django knows them by."""
    found = {}
    for folder in PACKAGE.glob("*/templates"):
        for path in folder.rglob("*"):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return found
