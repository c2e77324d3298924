"""``zhengyou ledger`` speaks Chinese and tells the shell by its exit code."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.ledger.actions import publish_head
from zhengyou.ledger.book import SYSTEM, writing
from zhengyou.ledger.models import Fact, Head

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> str:
    """Three facts, the first two published on 16 October; return that head as printed."""
    with clock.at(date(2026, 10, 16)):
        for number in range(3):
            with writing() as book:
                book.record("plan.submit", by=SYSTEM, about=Ref("plan", uuid4()))
            if number == 1:
                head = publish_head()
    return f"{head.seq}:{head.digest}"


def run(capsys, *arguments: str) -> tuple[int, str]:
    try:
        call_command("ledger", *arguments)
        code = 0
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out + err


def test_a_whole_ledger(capsys, published):
    code, words = run(capsys, "verify")
    assert (code, "台账完好：共3条" in words) == (0, True)
    assert str(Head.objects.get()) in words


def test_a_changed_fact(capsys, published):
    Fact.objects.filter(seq=2).update(actor="nobody")
    code, words = run(capsys, "verify")
    assert (code, "最先出错的是第2条" in words) == (1, True)


@pytest.mark.parametrize("as_date", [True, False])
def test_a_given_head_that_fits(capsys, published, as_date):
    code, words = run(capsys, "verify", "--head", "2026-10-16" if as_date else published)
    assert (code, "（第2条）相符" in words) == (0, True)


def test_a_printed_head_may_be_typed_in_groups_and_capitals(capsys, published):
    seq, digest = published.split(":")
    typed = f"{seq}: " + " ".join(digest[i : i + 8] for i in range(0, 64, 8)).upper()
    assert run(capsys, "verify", "--head", typed)[0] == 0


def test_a_given_head_that_does_not_fit(capsys, published):
    code, words = run(capsys, "verify", "--head", f"2:{'a' * 64}")
    assert (code, "给出的链头不符" in words) == (1, True)
    code, words = run(capsys, "verify", "--head", f"9:{'a' * 64}")
    assert (code, "第4至9条不见了" in words) == (1, True)


@pytest.mark.parametrize("text", ["2026-10-17", "昨天", "2:abc", "3"])
def test_a_head_that_nobody_knows(capsys, published, text):
    code, words = run(capsys, "verify", "--head", text)
    assert code == 1
    assert "没有公布过链头" in words or "看不懂链头" in words


def test_showing_heads(capsys, published):
    code, words = run(capsys, "head")
    assert code == 0
    assert f"现在 {Head.objects.get()}" in words
    assert f"2026-10-16 {published}" in words
