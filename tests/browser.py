"""Fixtures of the tests that drive Chromium: mark those ``pytest.mark.browser``.

    def test_front_page(page, axe):
        page.goto("/")
        assert axe(page) == []

``page`` is a desktop's window, ``phone`` a telephone's, ``each_page`` runs the test with both.
A page that breaks the content security policy or throws in a script fails its test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
#: WCAG 2.2 A and AA, and what axe's authors hold for good practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """Return the path of the machine's Chromium; nothing is ever downloaded.

    Raises:
        pytest.UsageError: there is none; ``.ci/install`` says how to get it.
    """
    found = os.environ.get("ZHENGYOU_TEST_CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    if not found:
        raise pytest.UsageError("No Chromium here: run .ci/install, or test -m 'not browser'.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield chrome
        chrome.close()


@pytest.fixture
def live_url(live_server: Any) -> str:
    """Return the address of the running site, without a slash at the end."""
    return str(live_server.url)


@pytest.fixture
def new_page(browser: Browser, live_url: str) -> Iterator[Callable[..., Page]]:
    """Open windows: ``new_page(PHONE, java_script_enabled=False)``, each a visitor of its own."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def watch(text: str) -> None:
        if "Content Security Policy" in text or text.startswith("Uncaught"):
            problems.append(text)

    def open_page(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_url,
            viewport={"width": viewport["width"], "height": viewport["height"]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: watch(message.text))
        page.on("pageerror", lambda error: watch(f"Uncaught {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A desktop's window, 1280 × 800."""
    return new_page(DESKTOP)


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A telephone's window, 360 × 740."""
    return new_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture(params=["desktop", "phone"])
def each_page(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    """Both windows, one after the other."""
    if request.param == "desktop":
        return new_page(DESKTOP)
    return new_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def sign_in(live_url: str) -> Callable[[Page, Any], None]:
    """Sign an account in without the form: ``sign_in(page, account)``."""

    def enter(page: Page, account: Any) -> None:
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_url}]
        )

    return enter


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Look for barriers: ``axe(page)`` returns one line for each, none if all is well."""
    path = Path(settings.ROOT) / "build" / "lib" / "axe" / "axe.min.js"
    if not path.exists():
        raise pytest.UsageError("build/lib/axe is missing: run scripts/assets.")
    source = path.read_text()

    def check(page: Page, within: str | None = None) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)  # through the debugging protocol: the page's own policy stands
        only = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
        # The bar that stays at the top would cut some link in two, and axe call it too small.
        page.evaluate("scrollTo(0, 0)")
        found = page.evaluate("([where, only]) => axe.run(where || document, only)", [within, only])
        return [
            f"{each['id']} ({each['impact']}): {each['help']} – {node['html'][:200]}"
            for each in found["violations"]
            for node in each["nodes"]
        ]

    return check


@pytest.fixture(scope="session")
def barriers(axe: Callable[..., list[str]]) -> Callable[[Page, str], list[str]]:
    """Open a page once and look at it on both screens: ``barriers(page, "/orgs/")``."""

    def look(page: Page, address: str) -> list[str]:
        answer = page.goto(address)
        found = [] if answer and answer.ok else [f"{address}: {answer and answer.status}"]
        for screen in (PHONE, DESKTOP):
            page.set_viewport_size({"width": screen["width"], "height": screen["height"]})
            where = f"{address} at {screen['width']}"
            found += [f"{where}: {each}" for each in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                found.append(f"{where}: scrolls sideways")
        return found

    return look
