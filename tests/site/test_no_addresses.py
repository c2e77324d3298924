"""No file names a package registry or a folder of the machine it was written on.

Where packages come from is each machine's own configuration; an address in a lock file or a
script would override it.
"""

import json
import re

import pytest
from tests.site import house

pytestmark = pytest.mark.pure

# Put together from pieces, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("py" + "pi", "org"),
            ("python" + "hosted", "org"),
            ("npm" + "js", "org"),
            ("npm" + "js", "com"),
            ("npm" + "mirror", "com"),
            ("mirrors", "ali" + "yun"),
            ("tuna", "tsing" + "hua"),
            ("mirrors", "ust" + "c"),
            ("deb", "deb" + "ian", "org"),
            ("nodejs", "or" + "g/dist"),
        )
    )
)
PLACES = re.compile(r"(?<![\w.~>-])/(?:" + "ro" + r"ot|ho" + r"me/\w+|wo" + r"rk/(?:main|shared))/")


@pytest.mark.parametrize(
    "text",
    ["https://" + "py" + "pi.org/simple", "https://registry." + "npm" + "js.org/x"],
)
def test_a_registry_is_recognised(text: str) -> None:
    assert REGISTRIES.search(text)


@pytest.mark.parametrize("text", ["/ro" + "ot/.pyenv/versions", "open('/ho" + "me/li/x')"])
def test_a_place_is_recognised(text: str) -> None:
    assert PLACES.search(text)


@pytest.mark.parametrize(
    "text", ["{% url 'desk:root' %}", "~/.pyenv", "/desk/work/", "base/root/x"]
)
def test_other_text_is_left_alone(text: str) -> None:
    assert not PLACES.search(text)


def test_no_file_names_a_registry_or_a_place() -> None:
    wrong = [
        f"{path.relative_to(house.ROOT)}: {found[0]}"
        for path in house.files()
        for pattern in (REGISTRIES, PLACES)
        if (found := pattern.search(house.text_of(path)))
    ]

    assert wrong == []


def test_pins_have_hashes_and_no_addresses() -> None:
    for path in (house.ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        pins = re.findall(r"^\w[^\s=]*==", text, re.MULTILINE)

        assert pins, path
        assert "://" not in text, path
        assert len(re.findall(r"==[^\n]*\\\n    --hash=sha256:", text)) == len(pins), path


def test_the_lock_file_of_the_pages_names_no_address_but_has_every_sum() -> None:
    packages = json.loads((house.ROOT / "package-lock.json").read_text())["packages"]
    packages.pop("")

    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
