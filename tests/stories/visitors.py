"""What a visitor of the pages can do, told in the words on the screen; and one without JavaScript.

*Click* a link, *fill* the field of that label, *press* a button. ``within`` narrows it to the
section that carries those words as its name, ``about`` is what a button says besides its label for
those who hear it. So one story can be walked over plain HTTP on both databases
(:class:`OnPaper`) and be clicked in a real browser (``chromium.InChromium``).
"""

import re
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

REGIONS = "//*[self::section or self::article or self::fieldset]"


class Visitor(Protocol):
    """Somebody at a screen."""

    def open(self, address: str) -> None: ...
    def click(self, link: str, about: str = "", within: str = "") -> None: ...
    def press(self, button: str, about: str = "", within: str = "", answer: int = 200) -> None: ...
    def agree(self, asked: str, yes: str) -> None: ...
    def unfold(self, summary: str) -> None: ...
    def fill(self, label: str, words: str, within: str = "") -> None: ...
    def choose(self, label: str, within: str = "", group: str = "") -> None: ...
    def pick(self, label: str, option: str, within: str = "") -> None: ...
    def attach(self, label: str, file: Path) -> None: ...
    def download(self, link: str, about: str = "") -> bytes: ...
    def value(self, label: str, within: str = "") -> str: ...
    def refusal(self, control: str) -> str: ...
    def sees(self, *words: str) -> None: ...
    def misses(self, *words: str) -> None: ...
    def find(self, pattern: str) -> str: ...
    def leave(self) -> None: ...


def squeeze(text: str) -> str:
    """Return a text without white space: where lines break is nobody's business."""
    return re.sub(r"\s+", "", text)


def _called(label: str, about: str, name: str) -> bool:
    """Tell whether a control named ``name`` is the one that is meant."""
    label, about, name = squeeze(label), squeeze(about), squeeze(name)
    head, _, rest = name.partition("，")
    return name == label or (head == label and about in rest)


class OnPaper:
    """Reads pages as HTML and sends forms as a browser without JavaScript does."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = "/"
        self.page: Any = None
        self.files: dict[str, Path] = {}

    # --- going somewhere ------------------------------------------------------------------------
    def open(self, address: str) -> None:
        """Type an address."""
        self._take(self.client.get(urljoin(self.address, address), follow=True), 200)

    def click(self, link: str, about: str = "", within: str = "") -> None:
        """Follow a link."""
        self.open(self._control("a", link, about, within).get("href"))

    def press(self, button: str, about: str = "", within: str = "", answer: int = 200) -> None:
        """Press a button; the form around it is sent."""
        self._send(self._control("button", button, about, within), answer)

    def agree(self, asked: str, yes: str) -> None:
        """Take a step that asks first: without JavaScript the question is a page."""
        self.click(asked)
        self.press(yes)

    def leave(self) -> None:
        """Sign out."""
        self.press("退出")

    def download(self, link: str, about: str = "") -> bytes:
        """Take the file behind a link."""
        answer = self.client.get(urljoin(self.address, self._control("a", link, about).get("href")))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        return b"".join(answer) if answer.streaming else answer.content

    # --- filling in -----------------------------------------------------------------------------
    def unfold(self, summary: str) -> None:
        """Open what is folded up; on paper it lies open."""
        assert any(squeeze(text_of(each)) == squeeze(summary) for each in self.page.iter("summary"))

    def fill(self, label: str, words: str, within: str = "") -> None:
        """Type into a field."""
        self._field(label, within).value = words

    def choose(self, label: str, within: str = "", group: str = "") -> None:
        """Choose a radio button or tick a box."""
        box = self._field(label, within, group, "radio", "checkbox")
        for other in self.page.xpath("//input[@type='radio'][@name=$name]", name=box.get("name")):
            if box.get("type") == "radio" and other.getparent() is not None:
                same_form = list(other.iterancestors("form")) == list(box.iterancestors("form"))
                if same_form:
                    other.attrib.pop("checked", None)
        box.set("checked", "checked")

    def pick(self, label: str, option: str, within: str = "") -> None:
        """Pick from a list."""
        field = self._field(label, within)
        found = [each for each in field.iter("option") if squeeze(option) in squeeze(text_of(each))]
        assert found, f"{label} does not offer {option}"
        field.value = found[0].get("value")

    def attach(self, label: str, file: Path) -> None:
        """Choose a file."""
        self.files[self._field(label).get("name")] = file

    # --- looking --------------------------------------------------------------------------------
    def value(self, label: str, within: str = "") -> str:
        """Return what stands in a field."""
        return str(self._field(label, within).value or "")

    def refusal(self, control: str) -> str:
        """Return the reason beside a button or link that may not be used."""
        found = [
            each
            for each in self.page.xpath("//*[self::a or self::button][@aria-disabled='true']")
            if _called(control, "", name_of(self.page, each))
        ]
        assert found, f"{control} is not refused"
        why = self.page.get_element_by_id(found[0].get("aria-describedby"))
        return squeeze(text_of(why))

    def sees(self, *words: str) -> None:
        """Check that the page says all of this."""
        shown = squeeze(text_of(self.page))
        for each in words:
            assert squeeze(each) in shown, f"“{each}” is not on {self.address}: {shown[:1500]}"

    def misses(self, *words: str) -> None:
        """Check that the page says none of this."""
        shown = squeeze(text_of(self.page))
        for each in words:
            assert squeeze(each) not in shown, f"“{each}” is on {self.address}"

    def find(self, pattern: str) -> str:
        """Return what the page says where ``pattern`` matches, the group if there is one."""
        found = re.search(pattern, text_of(self.page))
        assert found, f"{pattern} is not on {self.address}"
        return found[found.re.groups]

    # --- inside ---------------------------------------------------------------------------------
    def _take(self, answer: Any, expected: int) -> None:
        if answer.redirect_chain:
            self.address = answer.redirect_chain[-1][0]
        else:
            self.address = answer.request["PATH_INFO"]
        self.page = html.fromstring(answer.content.decode())
        self.files = {}
        assert answer.status_code == expected, (
            f"{answer.status_code} from {self.address}: {text_of(self.page)[:1500]}"
        )

    def _send(self, button: Any, expected: int) -> None:
        form = next(button.iterancestors("form"))
        data: dict[str, list[Any]] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        if button.get("name"):
            data[button.get("name")] = [button.get("value", "")]
        for name, path in self.files.items():
            data[name] = [SimpleUploadedFile(path.name, path.read_bytes())]
        target = urljoin(self.address, form.get("action") or self.address)
        parts, posts = urlsplit(target), form.get("method", "").lower() == "post"
        path = f"{parts.path}?{parts.query}" if posts and parts.query else parts.path
        send = self.client.post if posts else self.client.get
        self.address = path
        self._take(send(path, data, follow=True), expected)

    def _inside(self, within: str) -> Any:
        if not within:
            return self.page
        found = [
            each for each in self.page.xpath(REGIONS)
            if squeeze(within) in squeeze(name_of(self.page, each))
        ]  # fmt: skip
        assert found, f"no section {within} on {self.address}"
        return found[0]

    def _control(self, tag: str, label: str, about: str = "", within: str = "") -> Any:
        shown = [
            each for each in self._inside(within).iter(tag)
            if _called(label, about, name_of(self.page, each)) and is_shown(each)
        ]  # fmt: skip
        if shown:  # “存下” is not “存下，再写一条” where both are there
            return min(shown, key=lambda each: squeeze(name_of(self.page, each)) != squeeze(label))
        raise AssertionError(f"no {label} {about} on {self.address}: {text_of(self.page)[:1500]}")

    def _field(self, label: str, within: str = "", group: str = "", *kinds: str) -> Any:
        place = self._inside(within)
        if group:
            place = next(
                each for each in place.iter("fieldset")
                if squeeze(text_of(each.find("legend"))).startswith(squeeze(group))
            )  # fmt: skip
        for each in place.iter("input", "select", "textarea"):
            kind = each.get("type", "text")
            named = squeeze(name_of(self.page, each)).startswith(squeeze(label))
            if named and kind != "hidden" and (not kinds or kind in kinds) and is_shown(each):
                return each
        raise AssertionError(f"no field {label} on {self.address}: {text_of(self.page)[:1500]}")


def is_shown(each: Any) -> bool:
    """Tell whether a browser without JavaScript shows this."""
    line = [each, *each.iterancestors()]
    return not any(up.tag == "dialog" or up.get("hidden") is not None for up in line)


def text_of(each: Any) -> str:
    """Return the words that are shown."""
    if each.tag in ("script", "style", "dialog", "head") or not isinstance(each.tag, str):
        return ""
    parts = [each.text or ""]
    for child in each:
        parts += [text_of(child) if isinstance(child.tag, str) else "", child.tail or ""]
    gap = "\n" if each.tag in ("p", "li", "td", "th", "dd", "dt", "h1", "h2", "tr", "div") else ""
    return "".join(parts) + gap


def name_of(page: Any, each: Any) -> str:
    """Return the accessible name of a control or a section."""
    if each.get("aria-label"):
        return str(each.get("aria-label"))
    if each.get("aria-labelledby"):
        return text_of(page.get_element_by_id(each.get("aria-labelledby")))
    if each.tag in ("input", "select", "textarea"):
        if each.get("id"):
            for label in page.xpath("//label[@for=$id]", id=each.get("id")):
                return text_of(label)
        return next((text_of(up) for up in each.iterancestors("label")), "")
    return text_of(each)
