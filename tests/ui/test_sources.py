"""What the files themselves must keep: widths, weights, old browsers, no inline code."""

import gzip
import json
import os
import re
import subprocess
import unicodedata

import pytest
from django.conf import settings

pytestmark = pytest.mark.pure

ROOT = settings.ROOT
UI = ROOT / "src" / "zhengyou" / "ui"
CSS = sorted((UI / "static" / "ui" / "css").glob("*.css"))
SCRIPTS = sorted((UI / "static" / "ui").glob("*.js"))
TEMPLATES = sorted((ROOT / "src" / "zhengyou").glob("*/templates/**/*.html"))

#: What Chrome 109, the last one on Windows 7, does not know, or only as a nicety we do without.
TOO_NEW = re.compile(
    r"light-dark\(|oklch\(|oklab\(|color-mix\(|:has\(|@layer|@container|@scope|subgrid|\bdvh\b"
    r"|^\s*&|anchor\("
)


def width(line):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("path", [*CSS, *SCRIPTS], ids=lambda path: path.name)
def test_lines_fit_a_screen(path):
    lines = path.read_text("utf-8").splitlines()
    assert [n for n, line in enumerate(lines, 1) if width(line) > 120 or len(line) > 100] == []
    assert len(lines) <= 400


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_css_asks_nothing_that_old_chrome_lacks(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        code = line.split("/*")[0]
        if not line.startswith(("/*", "   ")) or "{" in line:
            assert not TOO_NEW.search(code), f"{path.name}:{number}: {line}"


def test_colours_are_named_in_one_place():
    """Texts and grounds use tokens; bare colours are white, black and a few tints of charts."""
    for path in CSS[2:]:
        for colour in re.findall(r"(?<![-\w])color: (#\w+)", path.read_text("utf-8")):
            assert colour in ("#fff", "#000"), f"{path.name}: {colour}"


def test_the_page_script_stays_small():
    assert len((UI / "static" / "ui" / "zy.js").read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_templates_hold_no_inline_style_or_script(path):
    source = path.read_text("utf-8")
    assert not re.search(r"<[^>]*\sstyle=", source)
    assert not re.search(r"<[^>]*\son\w+=", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert "<style" not in source
    assert "javascript:" not in source


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_templates_use_listed_icons_only(path):
    known = set((UI / "icons.txt").read_text("utf-8").split())
    used = re.findall(r'{% icon "([\w-]+)"|icon="([\w-]+)"', path.read_text("utf-8"))
    assert {a or b for a, b in used} <= known


def test_the_list_of_icons_is_sorted_and_has_no_doubles():
    names = (UI / "icons.txt").read_text("utf-8").split()
    assert names == sorted(set(names))


def test_what_every_page_loads_leaves_room_for_the_page():
    """A public page has 150 kB compressed; frame and look take at most 105 of them."""
    lib = ROOT / "build" / "lib"
    static = UI / "static" / "ui"
    parts = [lib / "tabler/tabler.min.css", lib / "zy.css", lib / "icons.svg"]
    parts += [static / "zy.js", static / "states.svg", static / "seal.svg"]
    weight = sum(len(gzip.compress(part.read_bytes(), 6)) for part in parts)
    assert weight < 105_000


def test_the_lock_file_names_no_address_of_a_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert lock["packages"]
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or "integrity" in package, name


def test_assets_made_once_need_neither_npm_nor_network():
    """``scripts/assets`` on what is up to date: an npm that always fails is never asked."""
    subprocess.run(
        [ROOT / "scripts" / "assets"],
        env={"PATH": os.environ["PATH"], "NPM": "/bin/false"},
        check=True,
        timeout=20,
    )


def test_the_joined_css_holds_every_part_in_order():
    joined = (ROOT / "build" / "lib" / "zy.css").read_text("utf-8")
    assert joined == "".join(path.read_text("utf-8") for path in CSS), "run scripts/assets"
