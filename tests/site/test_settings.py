"""Settings are safe when nothing is set, and say so in words when something is set wrongly."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH")
SHOW = """
import json
from zhengyou.site import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()},
                 default=str))
"""


def load(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the product's settings in a process of their own, on a machine with ``environment``."""
    clean = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        env={**clean, "PYTHONPATH": "src", "ZHENGYOU_VAR": str(var), **environment},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
    )


def settings(var: Path, **environment: str) -> dict[str, object]:
    """Return all settings as plain data."""
    loaded = load(var, **environment)
    assert loaded.returncode == 0, loaded.stderr
    return dict(json.loads(loaded.stdout))


def test_nothing_set_is_safe(tmp_path: Path) -> None:
    found = settings(tmp_path)

    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["X_FRAME_OPTIONS"] == "DENY"
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "zhengyou.sqlite3")


def test_only_a_clear_yes_turns_debugging_on(tmp_path: Path) -> None:
    assert settings(tmp_path, ZHENGYOU_DEBUG="0")["DEBUG"] is False
    assert settings(tmp_path, ZHENGYOU_DEBUG="no")["DEBUG"] is False
    assert settings(tmp_path, ZHENGYOU_DEBUG="1")["DEBUG"] is True


def test_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    first = settings(tmp_path)
    second = settings(tmp_path)
    keys = tmp_path / "keys"

    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {path.name for path in keys.iterdir()} >= {"session", "identity", "lookup"}
    for path in keys.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for name in ("SECRET_KEY", "IDENTITY_KEY", "LOOKUP_KEY"):
        assert first[name] == second[name]
        assert len(str(first[name])) >= 43  # 32 random bytes, written in base64
    assert len({first["SECRET_KEY"], first["IDENTITY_KEY"], first["LOOKUP_KEY"]}) == 3


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    settings(tmp_path / "var")

    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_another_machine_has_other_secrets(tmp_path: Path) -> None:
    here, there = settings(tmp_path / "a"), settings(tmp_path / "b")

    assert here["SECRET_KEY"] != there["SECRET_KEY"]


def test_a_secret_given_from_outside_is_taken_and_not_written_down(tmp_path: Path) -> None:
    found = settings(tmp_path, ZHENGYOU_KEY_SESSION="given-from-outside")

    assert found["SECRET_KEY"] == "given-from-outside"
    assert not (tmp_path / "keys" / "session").exists()


def test_https_makes_cookies_secure_and_trusts_the_named_hosts(tmp_path: Path) -> None:
    found = settings(tmp_path, ZHENGYOU_HTTPS="1", ZHENGYOU_HOSTS="zy.example, www.zy.example")

    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://zy.example", "https://www.zy.example"]
    assert found["ALLOWED_HOSTS"][3:] == ["zy.example", "www.zy.example"]


def test_without_https_nobody_can_pretend_to_have_it(tmp_path: Path) -> None:
    found = settings(tmp_path)

    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_a_database_address_is_taken_apart(tmp_path: Path) -> None:
    url = "postgresql://zy:p%40ss%2Fword@db.example:5433/zheng%20you?sslmode=require"
    database = settings(tmp_path, DATABASE_URL=url)["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"]) == ("db.example", 5433)
    assert (database["USER"], database["PASSWORD"]) == ("zy", "p@ss/word")
    assert database["NAME"] == "zheng you"
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] >= 4


def test_a_database_on_a_socket_needs_no_host(tmp_path: Path) -> None:
    url = "postgres:///zhengyou?host=/var/run/postgresql"
    database = settings(tmp_path, DATABASE_URL=url)["DATABASES"]["default"]

    assert database["NAME"] == "zhengyou"
    assert database["HOST"] == ""
    assert database["OPTIONS"]["host"] == "/var/run/postgresql"


def test_another_kind_of_database_is_refused_in_words(tmp_path: Path) -> None:
    loaded = load(tmp_path, DATABASE_URL="mysql://zy@localhost/zhengyou")

    assert loaded.returncode != 0
    assert "“mysql”" in loaded.stderr
    assert "postgresql://" in loaded.stderr
    assert "Traceback" not in loaded.stderr


def test_a_limit_that_is_no_number_is_refused_in_words(tmp_path: Path) -> None:
    limits = settings(tmp_path, ZHENGYOU_REMARKS_PER_ADDRESS="500")["REMARK_LIMITS"]
    assert isinstance(limits, dict)
    assert limits["address"] == [500, 60]
    for wrong in ("many", "0"):
        loaded = load(tmp_path, ZHENGYOU_REMARKS_IN_ALL=wrong)
        assert loaded.returncode == 1
        assert f"写的是“{wrong}”，要写 1 以上的整数" in loaded.stderr
