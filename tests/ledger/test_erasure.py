"""Names can be destroyed for good, and the chain stays whole."""

from uuid import uuid4

import pytest
from django.db import connection

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.actions import erase_payload
from zhengyou.ledger.book import LEDGER, SYSTEM, writing
from zhengyou.ledger.models import Fact
from zhengyou.ledger.verification import verify

pytestmark = pytest.mark.django_db
REASON = "本人依法要求删除"


@pytest.fixture
def named() -> None:
    for name in ("沈若兰", "顾长明", None):
        with writing() as book:
            book.record(
                "person.admit",
                by=SYSTEM,
                about=Ref("person", uuid4()),
                data={"branch": uuid4()},
                names={"name": name} if name else None,
            )


def test_erasing_takes_names_and_salt_and_keeps_the_chain(named):
    before = Fact.objects.get(seq=1)
    assert erase_payload(1, by=SYSTEM, reason=REASON) == 1
    after = Fact.objects.get(seq=1)
    assert (after.payload, after.payload_salt) == (None, None)
    assert (after.payload_digest, after.digest) == (before.payload_digest, before.digest)
    assert verify().fault is None


def test_nothing_left_in_the_tables_confirms_a_guess(named):
    """Without the salt, even the right name gives no digest to compare with."""
    salt = Fact.objects.get(seq=1).payload_salt
    erase_payload(1, by=SYSTEM, reason=REASON)
    for column in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{column}"')
            rows = str(cursor.fetchall())
        assert salt not in rows
        assert "沈若兰" not in rows


def test_salts_differ_so_that_equal_names_give_different_digests():
    for _ in range(2):
        with writing() as book:
            book.record("person.admit", by=SYSTEM, about=LEDGER, names={"name": "沈若兰"})
    assert len(set(Fact.objects.values_list("payload_digest", flat=True))) == 2


def test_erasing_is_a_fact_itself_and_names_what_was_erased(named):
    assert erase_payload([1, 2, 3], by=SYSTEM, reason=REASON) == 2
    fact = Fact.objects.last()
    assert (fact.verb, fact.about, fact.data) == ("ledger.erase", LEDGER, {"seqs": [1, 2]})
    assert fact.payload == f'{{"reason":"{REASON}"}}'


def test_erasing_again_does_nothing(named):
    erase_payload(1, by=SYSTEM, reason=REASON)
    assert erase_payload([1, 3], by=SYSTEM, reason=REASON) == 0
    assert Fact.objects.count() == 4


def test_a_reason_must_be_given(named):
    with pytest.raises(Refused, match="依据"):
        erase_payload(1, by=SYSTEM, reason="  ")
    assert Fact.objects.get(seq=1).payload


def test_the_names_of_an_erasing_fact_can_be_erased_too(named):
    erase_payload(1, by=SYSTEM, reason=REASON)
    assert erase_payload(4, by=SYSTEM, reason="理由里写了姓名") == 1
    assert verify().fault is None


def test_a_thousand_facts_are_erased_in_one_unit():
    with writing() as book:
        for _ in range(1_100):
            book.record("person.admit", by=SYSTEM, about=LEDGER, names={"name": "钱小满"})
    assert erase_payload(range(1, 1_101), by=SYSTEM, reason=REASON) == 1_100
    assert Fact.objects.filter(verb="ledger.erase").count() == 3
    assert verify().fault is None
