"""Folders of the product that other accounts could look into are narrowed, or it is said."""

import os
import stat
from pathlib import Path

import pytest

from zhengyou.site import private

pytestmark = pytest.mark.pure


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def wide(tmp_path: Path) -> Path:
    var = tmp_path / "var"
    (var / "keys").mkdir(parents=True)
    (var / "keys" / "identity").write_text("secret")
    for path in (var, var / "keys"):
        path.chmod(0o755)
    (var / "keys" / "identity").chmod(0o644)
    return var


def test_a_wide_folder_and_its_keys_are_narrowed_once(tmp_path):
    var = wide(tmp_path)
    told = list(private.tighten(var))
    assert len(told) == 3
    assert all("已经收紧" in line for line in told)
    assert (mode(var), mode(var / "keys"), mode(var / "keys" / "identity")) == (
        0o700, 0o700, 0o600,
    )  # fmt: skip
    assert list(private.tighten(var)) == []


def test_a_folder_that_everybody_shares_is_left_and_named(tmp_path):
    var = wide(tmp_path)
    var.chmod(0o1777)
    assert "ZHENGYOU_VAR" in next(private.tighten(var))
    assert mode(var) == 0o1777


def test_what_cannot_be_narrowed_is_said(tmp_path, monkeypatch):
    var = wide(tmp_path)

    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(1, os.strerror(1))

    monkeypatch.setattr(Path, "chmod", refuse)
    assert all("收紧不了" in line and "chmod" in line for line in private.tighten(var))
