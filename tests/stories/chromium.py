"""A visitor who clicks in Chromium and looks at every page that comes up."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, ViewportSize
from tests.browser import DESKTOP, PHONE
from tests.stories.visitors import squeeze

PATIENCE = 60_000  # milliseconds: the story is long, and a busy machine is not the story


class InChromium:
    """Clicks in Chromium and looks at every page: no barriers, no sideways scroll, no complaints.

    Args:
        page: a window of its own.
        axe: the fixture.
        looked_at: kinds of pages that need no second look; shared by those of one story.
        also: each page is looked at in this size, too, before the next step.
    """

    def __init__(
        self,
        page: Page,
        axe: Callable[..., list[str]],
        looked_at: set[str] | None = None,
        also: ViewportSize | None = None,
    ) -> None:
        self.page, self.axe, self.also = page, axe, also
        self.complaints: list[str] = []
        self.barriers: list[str] = []
        self.looked_at = set() if looked_at is None else looked_at
        page.context.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("requestfailed", lambda request: self._fail(request))

    # --- going somewhere ------------------------------------------------------------------------
    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)
        self._look()

    def click(self, link: str, about: str = "", within: str = "") -> None:
        """Click a link and wait for the page it leads to."""
        found = self._control("link", link, about, within)
        with self.page.expect_navigation():
            found.click()
        self._look()

    def press(self, button: str, about: str = "", within: str = "", answer: int = 200) -> None:
        """Press a button and wait for the answer."""
        found = self._control("button", button, about, within)
        refused = found.get_attribute("aria-disabled") == "true"  # can still be pressed
        with self.page.expect_navigation() as arrival:
            found.click(force=refused)
        assert arrival.value.status == answer, f"{arrival.value.status} from {self.page.url}"
        self._look()

    def agree(self, asked: str, yes: str) -> None:
        """Take a step that asks first."""
        self._control("link", asked).click()
        dialog = self.page.get_by_role("dialog")
        self.barriers += self.axe(self.page)
        with self.page.expect_navigation():
            dialog.get_by_role("button", name=yes).click()
        self._look()

    def leave(self) -> None:
        """Sign out by the menu behind one's own face."""
        self.page.locator(".zy-me summary").click()
        self.press("退出")

    def download(self, link: str, about: str = "") -> bytes:
        """Take the file behind a link."""
        with self.page.expect_download() as arrival:
            self._control("link", link, about).click()
        return Path(arrival.value.path()).read_bytes()

    # --- filling in -----------------------------------------------------------------------------
    def unfold(self, summary: str) -> None:
        """Open what is folded up."""
        folded = re.compile(rf"^\s*{re.escape(summary)}\s*$")
        self.page.locator("summary").filter(has_text=folded).click()

    def fill(self, label: str, words: str, within: str = "") -> None:
        """Type into a field."""
        self._field(label, within).fill(words)

    def choose(self, label: str, within: str = "", group: str = "") -> None:
        """Choose a radio button or tick a box by pressing its label."""
        place = self._inside(within)
        if group:
            place = place.get_by_role("group", name=re.compile(f"^{group}"))
        pattern = re.compile(f"^{re.escape(label)}$") if len(label) == 1 else label
        boxes = place.get_by_label(pattern).and_(self.page.locator("input"))
        boxes.first.check(force=True)

    def pick(self, label: str, option: str, within: str = "") -> None:
        """Pick from a list."""
        field = self._field(label, within)
        names = field.locator("option").all_inner_texts()
        field.select_option(label=next(each for each in names if option in each))

    def attach(self, label: str, file: Path) -> None:
        """Choose a file."""
        self._field(label).set_input_files(file)

    # --- looking --------------------------------------------------------------------------------
    def value(self, label: str, within: str = "") -> str:
        """Return what stands in a field."""
        return self._field(label, within).input_value()

    def refusal(self, control: str) -> str:
        """Press what may not be used and return the reason that shows beside it."""
        found = self.page.locator("[aria-disabled=true]").filter(has_text=control).first
        here = self.page.url
        found.click(force=True)
        assert self.page.url == here
        why = self.page.locator(f"#{found.get_attribute('aria-describedby')}")
        return squeeze(why.inner_text())

    def sees(self, *words: str) -> None:
        """Check that the page says all of this."""
        shown = squeeze(self.page.locator("body").inner_text())
        for each in words:
            assert squeeze(each) in shown, f"“{each}” is not on {self.page.url}: {shown[:1500]}"

    def misses(self, *words: str) -> None:
        """Check that the page says none of this."""
        shown = squeeze(self.page.locator("body").inner_text())
        for each in words:
            assert squeeze(each) not in shown, f"“{each}” is on {self.page.url}"

    def find(self, pattern: str) -> str:
        """Return what the page says where ``pattern`` matches, the group if there is one."""
        found = re.search(pattern, self.page.locator("body").inner_text())
        assert found, f"{pattern} is not on {self.page.url}"
        return found[found.re.groups]

    # --- inside ---------------------------------------------------------------------------------
    def _hear(self, kind: str, text: str) -> None:
        expected = "Failed to load resource" in text and "42" in text  # a form that was refused
        if kind == "error" and not expected:
            self.complaints.append(text)

    def _fail(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a page that was left
            self.complaints.append(f"{request.url}: {request.failure}")

    def _look(self) -> None:
        """Look at a page that has come up: once for each kind of page and heading."""
        self.page.wait_for_load_state("load")
        heading = self.page.locator("h1").first.inner_text()
        key = f"{re.sub(r'[0-9a-f-]{36}', '*', urlsplit(self.page.url).path)} {heading}"
        if key in self.looked_at:
            return
        self.looked_at.add(key)
        self._see()
        if self.also and (own := self.page.viewport_size):
            self.page.set_viewport_size(self.also)
            self._see()
            self.page.set_viewport_size(own)

    def _see(self) -> None:
        """Look at the page in the size that it has."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            self.barriers.append(f"{self.page.url} scrolls sideways by {wide} px")
        barriers = self.axe(self.page)
        size = (self.page.viewport_size or {}).get("width")
        self.barriers += [f"{self.page.url} at {size}: {each}" for each in barriers]

    def _inside(self, within: str) -> Page | Locator:
        if not within:
            return self.page
        region = self.page.get_by_role("region", name=within)
        return region.or_(self.page.get_by_role("article", name=within)).first

    def _control(self, role: Any, label: str, about: str = "", within: str = "") -> Locator:
        place = self._inside(within)
        plain = place.get_by_role(role, name=label, exact=True).filter(visible=True)
        if not about and plain.count():
            return plain.first
        name = re.compile(rf"^\s*{re.escape(label)}\s*，.*{re.escape(about)}")
        return place.get_by_role(role, name=name).filter(visible=True).first

    def _field(self, label: str, within: str = "") -> Locator:
        named = re.compile(rf"^\s*{re.escape(label)}")
        return self._controls(self._inside(within).get_by_label(named)).first

    def _controls(self, labelled: Locator) -> Locator:
        """Leave out sections that carry the words of a label as their name."""
        return labelled.and_(self.page.locator("input, select, textarea")).filter(visible=True)


def on_own_screens(
    new_page: Callable[..., Page], axe: Callable[..., list[str]]
) -> tuple[Callable[..., InChromium], list[InChromium]]:
    """Return who lets visitors arrive, and those who have: by turns at a desktop and with a
    telephone, each page looked at in both sizes.

    ``arrive(phone=None)``: None takes turns.
    """
    visitors: list[InChromium] = []
    looked_at: set[str] = set()

    def arrive(phone: bool | None = None) -> InChromium:
        thumb = len(visitors) % 2 == 1 if phone is None else phone
        window = new_page(PHONE, has_touch=True, is_mobile=True) if thumb else new_page(DESKTOP)
        other: ViewportSize = DESKTOP if thumb else PHONE  # type: ignore[assignment]
        visitors.append(InChromium(window, axe, looked_at, other))
        return visitors[-1]

    return arrive, visitors


def found_by(visitors: Iterable[InChromium]) -> list[str]:
    """Return all that was wrong on any page."""
    return [found for each in visitors for found in (*each.barriers, *each.complaints)]
