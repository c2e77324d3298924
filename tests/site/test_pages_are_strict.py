"""The content security policy allows nothing inline, so templates hold nothing inline."""

import re

import pytest
from django.conf import settings
from tests.site import house

pytestmark = pytest.mark.pure

INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"""\sstyle\s*=\s*["'{]""", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "an event handler": re.compile(r"""\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE),
    "a javascript: address": re.compile(r"""=\s*["']?\s*javascript:""", re.IGNORECASE),
}
#: Data for a script is not a script.
DATA = re.compile(r"""<script\b[^>]*type\s*=\s*["']application/json["'][^>]*>""", re.IGNORECASE)
PAGES = {".html", ".svg"}


def inline_parts(text: str) -> list[str]:
    """Name what in ``text`` the browser would refuse."""
    text = DATA.sub("", text)
    return [name for name, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<style>p {}</style>", ["a style element"]),
        ('<p class="x" style="color: red">', ["a style attribute"]),
        ('<p {% if x %} style="{{ width }}"{% endif %}>', ["a style attribute"]),
        ("<script>go()</script>", ["a script without src"]),
        ('<script src="/static/a.js" defer></script>', []),
        ('<script type="application/json" id="d">{}</script>', []),
        ('<a href="#" onclick="go()">', ["an event handler"]),
        ('<a href="javascript:go()">', ["a javascript: address"]),
        ('<p data-style="plain" class="on">only = "text"</p>', []),
    ],
)
def test_inline_parts_are_recognised(text: str, found: list[str]) -> None:
    assert inline_parts(text) == found


def test_no_template_holds_inline_parts() -> None:
    wrong = [
        f"{name}: {part}"
        for name, path in house.templates().items()
        if path.suffix in PAGES
        for part in inline_parts(house.text_of(path))
    ]

    assert wrong == []


def test_the_policy_allows_no_inline_code_and_nobody_elses() -> None:
    policy = settings.SECURE_CSP

    assert policy["default-src"] == ["'none'"]
    for name in ("script-src", "style-src"):
        assert policy[name] == ["'self'"]
