"""The product as an office runs it: prepared, started, visited, stopped, started again."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from urllib.request import urlopen

import pytest

from zhengyou.site.serve import port_is_free

pytestmark = pytest.mark.pure


Zhengyou = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def zhengyou(tmp_path: Path) -> Iterator[Zhengyou]:
    """Start ``zhengyou COMMAND …`` on an empty data folder, as the product and not as a test."""
    settings = {
        "ZHENGYOU_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "zhengyou.site.settings",
        "GRANIAN_LOG_ACCESS_ENABLED": "true",  # whoever turns it on for another product
    }
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "zhengyou.site.cli", *words],
            env={**os.environ, **settings, "DATABASE_URL": ""},
            stdout=subprocess.PIPE,
            stderr=(tmp_path / "errors.log").open("a"),
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.terminate()
        process.wait(30)


def wait_until_ready(process: subprocess.Popen[str]) -> str:
    """Return what ``serve`` said until it was ready."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    raise AssertionError(f"serve ended early: {said}")


@pytest.fixture
def port() -> Iterator[int]:
    """A port that is free before, and must be free after."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    yield number
    assert port_is_free("127.0.0.1", number)


def visit(port: int, path: str) -> tuple[int, str, Message]:
    """Return status, text and headers of a page."""
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.status, answer.read().decode(), answer.headers


def test_started_visited_stopped_and_started_again(
    port: int, zhengyou: Zhengyou, tmp_path: Path
) -> None:
    first = zhengyou("serve", "--prepare", "--port", str(port))
    said = wait_until_ready(first)
    assert "数据库已升级" in said
    assert f"http://localhost:{port}" in said

    status, page, headers = visit(port, "/")
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert status == 200
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert style, "styles carry the hash of their content in their name"
    assert "immutable" in visit(port, style[1])[2]["Cache-Control"]

    assert "不用登录，不记名" in visit(port, "/say/")[1]

    assert zhengyou("serve", "--port", str(port)).wait(120) == 1  # the port is taken

    first.send_signal(signal.SIGINT)
    assert first.wait(60) == 0
    assert first.stdout
    logged = said + first.stdout.read() + (tmp_path / "errors.log").read_text()
    assert "/say/" not in logged  # where the public writes, no log knows when, or from where

    again = zhengyou("serve", "--prepare", "--port", str(port))
    said = wait_until_ready(again)
    assert "升级" not in said
    assert "样式" not in said
    assert visit(port, "/")[0] == 200
    again.terminate()
    assert again.wait(60) == 0


def test_static_files_are_collected_again_when_one_has_changed(
    zhengyou: Zhengyou, tmp_path: Path
) -> None:
    assert zhengyou("prepare").wait(120) == 0
    mark = tmp_path / "static.mark"
    mark.write_text("of another version")

    assert "样式" in zhengyou("prepare").communicate(timeout=120)[0]
    assert mark.read_text() != "of another version"
