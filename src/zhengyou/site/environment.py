"""Reads the settings that differ from one machine to the next.

Everything has a safe default, so that an office can run the product without setting anything.
Secrets are made on first use and kept as files under ``var/keys``, never in the database.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]


def text(name: str, default: str = "") -> str:
    """Return the environment's ``ZHENGYOU_<name>``, or ``default`` where it is unset."""
    return os.environ.get(f"ZHENGYOU_{name}", default)


def switch(name: str) -> bool:
    """Tell whether ``ZHENGYOU_<name>`` is turned on (``1``, ``true``, ``yes``, ``on``)."""
    return text(name).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return ``ZHENGYOU_<name>`` as a whole number of at least 1, or ``default`` where unset.

    Raises:
        SystemExit: something else stands there.
    """
    typed = text(name).strip() or str(default)
    if not (typed.isascii() and typed.isdigit() and int(typed)):
        raise SystemExit(f"ZHENGYOU_{name} 写的是“{typed}”，要写 1 以上的整数。")
    return int(typed)


def words(name: str) -> list[str]:
    """Return ``ZHENGYOU_<name>`` as a list split at commas, blanks left out."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def var_folder() -> Path:
    """Return the folder for everything the running product writes, made if it is missing."""
    folder = Path(text("VAR") or ROOT / "var").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(name: str, var: Path, size: int = 48) -> str:
    """Return the secret called ``name``, making it on first use.

    Args:
        name: file name below ``var/keys``; ``ZHENGYOU_KEY_<NAME>`` overrides the file.
        var: the folder of :func:`var_folder`.
        size: random bytes in a new secret, at least 32.
    """
    given = text(f"KEY_{name.upper()}")
    if given:
        return given
    keys = var / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    path = keys / name
    if not path.exists():
        draft = keys / f".{name}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(size))
        try:
            os.link(draft, path)  # Two processes may start at once: the first one's key stays.
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def mailer(host: str, port: int, **options: Any) -> dict[str, Any]:
    """Return Django's default mailer: the post office at ``host``. Without one letters go nowhere,
    and pages say so (``desk.letters.can_send``).

    Args:
        options: ``username``, ``password``, ``use_tls`` (STARTTLS), ``use_ssl``.
    """
    backends = "django.core.mail.backends"
    if not host:
        return {"BACKEND": f"{backends}.dummy.EmailBackend"}
    return {
        "BACKEND": f"{backends}.smtp.EmailBackend",
        "OPTIONS": {"host": host, "port": port, "timeout": 20, **options},  # seconds
    }


def database(var: Path) -> dict[str, Any]:
    """Return Django's default database: PostgreSQL by ``DATABASE_URL``, else SQLite in ``var``."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": var / "zhengyou.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(
            f"DATABASE_URL 写的是“{parts.scheme}”，只认 postgresql://用户:口令@主机:端口/库名；"
            "不写就用自带的 SQLite。"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 10}, **dict(parse_qsl(parts.query))},
    }
