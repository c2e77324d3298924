"""The product as an office runs it: prepared, started, visited, stopped, started again."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from zhengyou.site.serve import port_is_free

pytestmark = pytest.mark.pure


def zhengyou(var: Path, *words: str) -> subprocess.Popen[str]:
    """Start ``zhengyou`` with the data folder ``var``, as the product and not as a test."""
    settings = {"ZHENGYOU_VAR": str(var), "DJANGO_SETTINGS_MODULE": "zhengyou.site.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "zhengyou.site.cli", *words],
        env={**os.environ, **settings, "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
    )


def start(var: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """Start ``serve``; return it, and what it said until it was ready."""
    process = zhengyou(var, "serve", "--prepare", "--port", str(port))
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    assert process.poll() is None, said
    return process, said


@pytest.fixture
def port() -> Iterator[int]:
    """A port that is free before, and must be free after."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    yield number
    assert port_is_free("127.0.0.1", number)


def visit(port: int, path: str) -> tuple[int, str, dict[str, str]]:
    """Return status, text and headers of a page."""
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.status, answer.read().decode(), dict(answer.headers)


def test_started_visited_stopped_and_started_again(tmp_path: Path, port: int) -> None:
    first, said = start(tmp_path, port)
    assert "数据库已升级" in said
    assert f"http://localhost:{port}" in said

    status, page, headers = visit(port, "/")
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert status == 200
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert style, "styles carry the hash of their content in their name"
    assert "immutable" in visit(port, style[1])[2]["Cache-Control"]

    taken = zhengyou(tmp_path, "serve", "--port", str(port))
    assert taken.wait(30) == 1

    first.send_signal(signal.SIGINT)
    assert first.wait(30) == 0

    again, said = start(tmp_path, port)
    assert "升级" not in said
    assert "样式" not in said
    assert visit(port, "/")[0] == 200
    again.terminate()
    assert again.wait(30) == 0


def test_static_files_are_collected_again_when_one_has_changed(
    tmp_path: Path,
) -> None:
    assert zhengyou(tmp_path, "prepare").wait(120) == 0
    mark = tmp_path / "static.mark"
    mark.write_text("something else")

    again = zhengyou(tmp_path, "prepare")

    assert "样式" in again.communicate(timeout=120)[0]
    assert mark.read_text() != "something else"
