"""``scripts/environment.py`` hands pip's configuration to uv, which reads none of it."""

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

PATH = Path(__file__).resolve().parents[2] / "scripts" / "environment.py"
spec = importlib.util.spec_from_file_location("environment_script", PATH)
assert spec and spec.loader
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)

LISTING = """\
:env:.cert='/etc/certificates.pem'
global.cert='/etc/older.pem'
global.extra-index-url='\\nfile:///srv/one/simple\\nfile:///srv/two/simple'
global.find-links='/srv/wheels /srv/more'
global.index-url='https://packages.example/simple'
install.index-url='https://mirror.example/simple'
install.trusted-host='mirror.example'
WARNING: something about a cache
"""


def test_the_environment_wins_over_install_and_that_over_global() -> None:
    found = script.pip_settings(LISTING)

    assert found["cert"] == ["/etc/certificates.pem"]
    assert found["index-url"] == ["https://mirror.example/simple"]


def test_each_option_gets_the_name_and_the_form_that_uv_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, _ in script.NAMES.values():
        monkeypatch.delenv(name, raising=False)

    env = script.uv_settings(script.pip_settings(LISTING))

    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert env["UV_INDEX"] == "file:///srv/one/simple file:///srv/two/simple"
    assert env["UV_INDEX_STRATEGY"] == "unsafe-best-match"
    assert env["UV_FIND_LINKS"] == "/srv/wheels,/srv/more"
    assert env["UV_INSECURE_HOST"] == "mirror.example"
    assert env["SSL_CERT_FILE"] == "/etc/certificates.pem"


def test_what_the_user_has_told_uv_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://chosen.example/simple")

    assert "UV_DEFAULT_INDEX" not in script.uv_settings(script.pip_settings(LISTING))


def test_a_plain_machine_needs_nothing() -> None:
    assert script.pip_settings("") == {}
    assert "UV_INDEX_STRATEGY" not in script.uv_settings({})


def test_the_stamp_changes_with_the_pins_and_names_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "PINS", tmp_path)
    (tmp_path / "base.txt").write_text("one==1\n")
    before = script.stamp("base")
    (tmp_path / "base.txt").write_text("one==2\n")

    assert script.stamp("base") != before
    assert before.startswith("base ")
    assert before.endswith(f" {script.ROOT}\n")


def test_a_step_that_fails_says_what_the_program_said() -> None:
    with pytest.raises(script.Failed, match="no luck"):
        script.run("sh", "-c", "echo no luck; exit 3")
    with pytest.raises(script.Failed):
        script.run("/no/such/program")
