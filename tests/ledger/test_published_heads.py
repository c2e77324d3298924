"""Once a day the end of the chain is put down where everybody can see it."""

from datetime import date
from uuid import uuid4

import pytest

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.ledger import chain
from zhengyou.ledger.actions import publish_head
from zhengyou.ledger.book import SYSTEM, label_verbs, writing
from zhengyou.ledger.models import Fact, Head, PublishedHead
from zhengyou.ledger.queries import history, published_heads

pytestmark = pytest.mark.django_db


def a_fact(about: Ref | None = None, **words: str) -> None:
    with writing() as book:
        book.record(
            "test_heads.submit", by=SYSTEM, about=about or Ref("plan", uuid4()), names=words
        )


def test_the_first_tick_of_a_day_publishes_and_later_ones_change_nothing():
    with clock.at(date(2026, 10, 16)):
        a_fact()
        first = publish_head()
        a_fact()
        assert publish_head() == first
    assert (first.date, first.seq) == (date(2026, 10, 16), 1)
    assert first.digest == Fact.objects.get(seq=1).digest
    with clock.at(date(2026, 10, 17)):
        assert publish_head().seq == 2
    assert [row.seq for row in published_heads()] == [2, 1]


def test_an_empty_ledger_publishes_its_beginning():
    head = publish_head()
    assert (head.seq, head.digest) == (0, chain.GENESIS)
    assert PublishedHead.objects.count() == 1


def test_a_lost_head_row_stops_writing_instead_of_starting_anew():
    a_fact()
    Head.objects.all().delete()
    with pytest.raises(RuntimeError, match="ledger verify"):
        a_fact()
    assert Fact.objects.count() == 1


def test_facts_are_neither_saved_nor_deleted_one_by_one():
    a_fact()
    fact = Fact.objects.get()
    with pytest.raises(TypeError):
        fact.save()
    with pytest.raises(TypeError):
        fact.delete()


def test_history_shows_one_thing_newest_first_in_one_query(django_assert_num_queries):
    plan = Ref("plan", uuid4())
    label_verbs({"test_heads.submit": "送审方案"})
    a_fact(plan, name="沈若兰")
    a_fact()
    a_fact(plan)
    with django_assert_num_queries(1):
        newest, oldest = history(plan)
    assert (newest.seq, oldest.seq) == (3, 1)
    assert (newest.label, newest.names, oldest.names) == ("送审方案", None, {"name": "沈若兰"})
    assert not newest.erased
    assert len(history(plan, limit=1)) == 1
