"""Where the public writes, nothing is logged but that something broke, without a word of it."""

import io
import json
import logging
import sys

import pytest
from django.test import Client

from zhengyou.site import logs

SECRET = "只有我知道的那件事"


@pytest.fixture
def log(monkeypatch):
    root = logging.getLogger()
    before, out = root.handlers, io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    logs.configure({"level": "DEBUG"})
    yield out
    root.handlers = before


def test_an_error_is_told_by_kind_and_place_alone(log, db, monkeypatch) -> None:
    def broken(kind: str, uid: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("zhengyou.remarks.views.public.target_of", broken)
    client = Client(raise_request_exception=False)
    url = "/say/plan/00000000-0000-4000-8000-000000000000/"
    assert client.post(url, {"text": SECRET}).status_code == 500
    (line,) = [json.loads(each) for each in log.getvalue().splitlines()]
    assert line["level"] == "error"
    assert line["event"].startswith("ValueError on a page without names\n")
    assert "public.py" in line["event"]
    assert SECRET not in log.getvalue()
    assert "/say/" not in log.getvalue()


def test_warnings_there_are_dropped_and_elsewhere_kept(log, db) -> None:
    client = Client(raise_request_exception=False)
    assert client.get("/say/nothing/here/").status_code == 404
    assert client.delete("/say/").status_code == 405
    assert log.getvalue() == ""
    client.get("/not/here/")
    assert "/not/here/" in log.getvalue()
    logging.getLogger("django.request").warning("after it")
    assert "after it" in log.getvalue()


def test_a_body_too_large_for_the_form_is_refused_in_words(log, db) -> None:
    answer = Client(raise_request_exception=False).post("/say/", {"code": "长" * 2_000_000})
    assert answer.status_code == 400
    assert "长长" not in log.getvalue()
    assert "/say/" not in log.getvalue()
