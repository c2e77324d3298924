"""Every page of the table, opened in Chromium at three widths: no barriers, no sideways scroll.

A new address is looked at as soon as it has a row. The pages are made by Django's test client on
the day of the world and shown to the browser with their own headers, policy included.
"""

from collections.abc import Callable, Iterator
from mimetypes import guess_type

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route
from tests.access.actors import COLUMNS
from tests.access.asking import clients, filled, sent
from tests.access.table import Row, rows
from tests.access.world import TODAY, World, build_world

from zhengyou.kernel import clock

SITE = "http://zhengyou.test"
WIDTHS = (360, 768, 1280)
SHARES = 4
"""In so many tests the pages are looked at, so that no core waits for the last one."""
PUBLIC = len(COLUMNS) - 1

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def looks() -> list[tuple[Row, int]]:
    """Return each page with who looks at it: the first who may, and the public where it may."""
    found = []
    for row in rows():
        seers = [place for place in range(len(COLUMNS)) if row.code(place, False) == "200"]
        if row.method == "get" and seers:
            public = [PUBLIC] if PUBLIC in seers[1:] else []
            found += [(row, place) for place in (seers[0], *public)]
    return found


class Window:
    """A browser's window that is shown what the test client got."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.problems.append(f"Uncaught {error}"))
        page.route("**/*", self._answer)
        self.html: dict[str, tuple[int, dict[str, str], bytes]] = {}

    def show(self, address: str, answer: HttpResponse) -> None:
        """Open what ``answer`` (a response of the test client) says, as ``address``."""
        self.html = {address: (answer.status_code, dict(answer.headers), answer.content)}
        self.page.goto(SITE + address)

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.problems.append(text)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path in self.html:
            status, headers, body = self.html[path]
            route.fulfill(status=status, headers=headers, body=body)
            return
        plain = path.partition("?")[0]
        file = (
            finders.find(plain.removeprefix("/static/")) if plain.startswith("/static/") else None
        )
        if file:
            route.fulfill(path=file, content_type=guess_type(file)[0] or "text/plain")
        else:
            route.fulfill(status=204)


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """A window without a site behind it."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(20_000)
    yield Window(context.new_page())
    context.close()


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_at_every_width(
    window: Window, axe: Callable[..., list[str]], share: int
) -> None:
    found: list[str] = []
    with clock.at(TODAY):
        world = build_world()
        visitors = clients(world)
        for row, column in looks()[share::SHARES]:
            answer, address = _get(world, visitors[column], row)
            if answer.streaming or b"<!doctype html>" not in answer.content[:200]:
                continue  # a file, or a piece that a page takes in
            window.show(address, answer)
            found += [
                f"{row.key} {COLUMNS[column].title} {each}" for each in _look(window.page, axe)
            ]
    assert found + window.problems == []


def test_all_of_the_product_is_looked_at() -> None:
    assert len(looks()) > 60


def _get(world: World, visitor: Client, row: Row) -> tuple[HttpResponse, str]:
    address = reverse(row.name, args=filled(world, row))
    answer = visitor.get(address, sent(world, row))
    return answer, answer.wsgi_request.get_full_path()


def _look(page: Page, axe: Callable[..., list[str]]) -> Iterator[str]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        yield from (f"{width}: {each}" for each in axe(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{width}: scrolls sideways to {wide}"
