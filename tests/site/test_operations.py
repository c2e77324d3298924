"""``docs/operations.md`` knows every setting, every make target and nothing that is gone."""

import re

import pytest
from django.core.management import get_commands
from tests.site import house

pytestmark = pytest.mark.pure

GUIDE = (house.ROOT / "docs" / "operations.md").read_text()
CALL = re.compile(r"""env\.(?:text|number|switch|words|secret)\(\s*"(\w+)\"""")


def settings_read() -> set[str]:
    """Return the names of all environment variables that the product reads."""
    site = house.PACKAGE / "site"
    found = {"ZHENGYOU_VAR", "DATABASE_URL"}
    for call in re.finditer(CALL, (site / "settings.py").read_text()):
        key = "KEY_" if "env.secret" in call[0] else ""
        found.add(f"ZHENGYOU_{key}{call[1].upper()}")
    return found


def test_every_setting_is_explained() -> None:
    named = set(re.findall(r"\b(?:ZHENGYOU_[A-Z_]+|DATABASE_URL)\b", GUIDE))
    named = {name for name in named if not name.startswith("ZHENGYOU_TEST_")}

    assert named == settings_read()


def test_settings_are_read_in_one_place() -> None:
    wrong = [
        str(path.relative_to(house.PACKAGE))
        for path in house.PACKAGE.rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text())
        and path.name not in {"environment.py", "cli.py", "wsgi.py"}
    ]

    assert wrong == []


def test_every_target_of_the_guide_exists_and_is_explained() -> None:
    makefile = (house.ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):.*?## ", makefile, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    used = set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)", GUIDE))

    assert phony and set(phony[1].split()) == targets
    assert used - {"it"} <= targets


def test_every_command_of_the_guide_exists() -> None:
    used = set(re.findall(r"zhengyou ([a-z_]+)\b", GUIDE)) - {"help"}

    assert used <= set(get_commands())
    assert used >= {"prepare", "serve", "tick", "ledger"}
