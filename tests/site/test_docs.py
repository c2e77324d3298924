"""Every link and picture in the documents leads somewhere, and no picture is heavy or unused."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings

pytestmark = pytest.mark.pure

ROOT = Path(settings.ROOT)
PAGES = sorted(
    [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/README.md"),
     *ROOT.glob("tests/**/README.md"), *ROOT.glob("CHANGELOG.md")]
)  # fmt: skip
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
IMAGES = ROOT / "docs" / "guide" / "images"
SAMPLE = re.compile(r"samples/[^\s`，。、；：（）|)]+\.\w+")


def words_of(page: Path) -> str:
    """Return a page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def targets(page: Path) -> list[str]:
    """Return where the links and pictures of a page lead inside the project."""
    found = LINK.findall(words_of(page))
    return [each for each in found if not re.match(r"[a-z]+:|#", each)]


def name(page: Path) -> str:
    """Return the page's name for the report."""
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_and_pictures_lead_somewhere(page):
    for target in targets(page):
        file = (page.parent / unquote(target.partition("#")[0])).resolve()
        assert file.exists(), f"{target} in {name(page)}"
        assert file.is_relative_to(ROOT), f"{target} in {name(page)} leads outside"


def test_the_guide_is_looked_at():
    pages = [page for page in PAGES if "guide" in page.parts]
    assert len(pages) >= 8
    assert sum(len(targets(page)) for page in pages) >= 20


def test_pictures_are_light():
    sizes = {picture.name: picture.stat().st_size for picture in IMAGES.glob("*.png")}
    assert len(sizes) >= 20
    assert {one: size for one, size in sizes.items() if size > 250_000} == {}
    assert sum(sizes.values()) <= 3_500_000


def test_samples_that_are_named_are_there():
    named = {each for page in PAGES for each in SAMPLE.findall(page.read_text("utf-8"))}
    assert len(named) >= 4
    for each in named:
        assert (ROOT / each).exists(), each


def test_every_picture_is_shown_somewhere():
    shown = {Path(target).name for page in PAGES for target in targets(page) if "images/" in target}
    assert {picture.name for picture in IMAGES.glob("*.png")} == shown
