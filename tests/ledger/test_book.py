"""Facts are written when the outermost unit ends well, and only then."""

from uuid import uuid4

import pytest
from django.db import transaction

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.ledger.book import SYSTEM, label_verbs, verb_label, writing
from zhengyou.ledger.models import Fact, Head

pytestmark = pytest.mark.django_db


def a_plan() -> Ref:
    return Ref("plan", uuid4(), "2026年创先争优方案")


def verbs() -> list[str]:
    return list(Fact.objects.values_list("verb", flat=True))


def test_facts_are_written_at_the_end_of_the_unit():
    plan = a_plan()
    with clock.at(clock.today()), writing() as book:
        book.record("plan.submit", by=SYSTEM, about=plan, data={"pages": 3})
        assert not Fact.objects.exists()
        moment = clock.now()
    fact = Fact.objects.get()
    assert (fact.seq, fact.verb, fact.actor, fact.hat) == (1, "plan.submit", "system", "")
    assert (fact.about, fact.data, fact.at) == (Ref("plan", plan.uid), {"pages": 3}, moment)
    assert fact.digest == fact.digest_now() == Head.objects.get().digest


def test_a_unit_that_raises_leaves_nothing():
    with pytest.raises(ZeroDivisionError), writing() as book:
        book.record("plan.submit", by=SYSTEM, about=a_plan())
        raise ZeroDivisionError
    assert not Fact.objects.exists()
    assert not Head.objects.exists()


def test_nested_units_join_and_keep_their_order():
    with writing() as book:
        book.record("plan.submit", by=SYSTEM, about=a_plan())
        with writing() as inner:
            inner.record("plan.endorse", by=SYSTEM, about=a_plan())
        assert not Fact.objects.exists()
        book.record("plan.publish", by=SYSTEM, about=a_plan())
    assert verbs() == ["plan.submit", "plan.endorse", "plan.publish"]


def test_an_inner_unit_that_fails_takes_only_its_own_facts_along():
    with writing() as book:
        book.record("plan.submit", by=SYSTEM, about=a_plan())
        with pytest.raises(ZeroDivisionError), writing() as inner:
            inner.record("plan.endorse", by=SYSTEM, about=a_plan())
            raise ZeroDivisionError
        book.record("plan.publish", by=SYSTEM, about=a_plan())
    assert verbs() == ["plan.submit", "plan.publish"]


def test_a_plain_savepoint_between_two_units_counts_too():
    """The inner verb ended well, but what it wrote was rolled back by the block around it."""
    with writing() as book:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            with writing() as inner:
                inner.record("plan.endorse", by=SYSTEM, about=a_plan())
            raise ZeroDivisionError
        book.record("plan.publish", by=SYSTEM, about=a_plan())
    assert verbs() == ["plan.publish"]


def test_a_unit_inside_a_transaction_that_rolls_back_is_gone():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        with writing() as book:
            book.record("plan.submit", by=SYSTEM, about=a_plan())
        assert verbs() == ["plan.submit"]
        raise ZeroDivisionError
    assert verbs() == []
    with writing() as book:
        book.record("plan.publish", by=SYSTEM, about=a_plan())
    assert verbs() == ["plan.publish"]


def test_a_dry_run_leaves_nothing():
    with transaction.atomic():
        with writing() as book:
            book.record("plan.submit", by=SYSTEM, about=a_plan())
            transaction.set_rollback(True)
        transaction.set_rollback(True)
    assert verbs() == []


def test_two_units_in_one_transaction_write_each_fact_once():
    with transaction.atomic():
        for verb in ("plan.submit", "plan.endorse"):
            with writing() as book:
                book.record(verb, by=SYSTEM, about=a_plan())
    assert verbs() == ["plan.submit", "plan.endorse"]


def test_a_book_cannot_be_used_after_its_unit():
    with writing() as book:
        pass
    with pytest.raises(RuntimeError):
        book.record("plan.submit", by=SYSTEM, about=a_plan())


def test_a_batch_takes_the_same_number_of_queries_for_1_and_30_facts(
    django_assert_num_queries,
):
    with writing() as book:
        book.record("plan.submit", by=SYSTEM, about=a_plan())
    for count in (1, 30):
        with django_assert_num_queries(5), writing() as book:  # savepoints 2, head 2, insert 1
            for _ in range(count):
                book.record("plan.submit", by=SYSTEM, about=a_plan())
    assert list(Fact.objects.values_list("seq", flat=True)) == list(range(1, 33))


@pytest.mark.parametrize("verb", ["", "submit", "Plan.submit", "plan.", "plan submit", "方案.送审"])
def test_a_verb_has_a_form(verb):
    with pytest.raises(ValueError, match="verb"), writing() as book:
        book.record(verb, by=SYSTEM, about=a_plan())


@pytest.mark.parametrize(
    "data",
    [
        {"rate": 0.5},
        {"rate": [1, {"of": float("nan")}]},
        {1: "key"},
        {"thing": object()},
        {"text": "a\x00b"},
        {"text": "\ud800"},
        {"number": 2**64},
    ],
)
def test_values_without_one_exact_spelling_are_refused_at_once(data):
    with pytest.raises((TypeError, ValueError)), writing() as book:
        book.record("plan.submit", by=SYSTEM, about=a_plan(), data=data)


def test_names_go_into_the_payload_alone():
    with writing() as book:
        book.record(
            "person.admit",
            by=SYSTEM,
            about=a_plan(),
            data={"branch": uuid4()},
            names={"name": "钱小满"},
        )
    fact = Fact.objects.get()
    assert fact.payload == '{"name":"钱小满"}'
    assert "钱小满" not in str(fact.data)
    assert len(fact.payload_digest) == len(fact.payload_salt) == 64


def test_verbs_read_in_chinese():
    label_verbs({"test_book.submit": "送审方案"})
    label_verbs({"test_book.submit": "送审方案"})
    assert verb_label("test_book.submit") == "送审方案"
    assert verb_label("test_book.unheard") == "test_book.unheard"
    with pytest.raises(ValueError, match="two labels"):
        label_verbs({"test_book.submit": "提交方案"})
