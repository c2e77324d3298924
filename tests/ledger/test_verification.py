"""Whatever somebody with full access to the tables does to the chain, its first trace is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, models, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.ledger import chain, verification
from zhengyou.ledger.actions import erase_payload, publish_head
from zhengyou.ledger.book import SYSTEM, writing
from zhengyou.ledger.models import Fact, Head, PublishedHead
from zhengyou.ledger.verification import published_mark, verify

pytestmark = pytest.mark.django_db

START = date(2026, 3, 2)
ERASED = 4


@pytest.fixture
def ledger() -> None:
    """Ten facts on ten days, a head published on every second; fact 4 has lost its names."""
    for day in range(9):
        with clock.at(START + timedelta(days=day)):
            with writing() as book:
                book.record(
                    "plan.submit",
                    by=SYSTEM,
                    about=Ref("plan", uuid4()),
                    data={"pages": day},
                    names={"by": "沈若兰"} if day % 3 == 0 else None,
                )
            if day == 6:
                erase_payload(ERASED, by=SYSTEM, reason="本人依法要求删除")
            if day % 2:
                publish_head()
    assert [p.seq for p in PublishedHead.objects.all()] == [2, 4, 6, 9]


@contextmanager
def tampering() -> Iterator[None]:
    """Undo at the end what the block did to the tables."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fault_at() -> int | None:
    fault = verify().fault
    assert fault is None or str(max(fault.seq, 1)) in fault.reason
    return fault.seq if fault else None


def other(value: object) -> object:
    """Return something else that the column can hold."""
    if isinstance(value, bool | type(None)):
        return "又添了一笔"
    if isinstance(value, dict):
        return {**value, "pages": 99}
    if isinstance(value, str):
        return ("0" if value[:1] != "0" else "1") + value[1:]
    if hasattr(value, "year"):
        return value + timedelta(microseconds=1)
    return uuid4()


def rewrite(seq: int, **changes: object) -> None:
    """Change a fact and compute its digest anew, as somebody would who knows how."""
    Fact.objects.filter(seq=seq).update(**changes)
    fact = Fact.objects.get(seq=seq)
    Fact.objects.filter(seq=seq).update(digest=fact.digest_now())


def rewrite_all_after(seq: int) -> None:
    """Compute every digest anew behind ``seq``, and the head row, too."""
    previous = Fact.objects.get(seq=seq).digest
    for number in range(seq + 1, Fact.objects.count() + 1):
        rewrite(number, previous=previous)
        previous = Fact.objects.get(seq=number).digest
    Head.objects.update(seq=Fact.objects.count(), digest=previous)


def test_an_untouched_ledger_is_whole(ledger):
    outcome = verify()
    assert (outcome.checked, outcome.fault) == (10, None)
    assert outcome.digest == Head.objects.get().digest


def test_an_empty_ledger_is_whole():
    publish_head()
    assert verify() == verification.Outcome(0, chain.GENESIS, None)


COLUMNS = [field.name for field in Fact._meta.fields if field.name != "seq"]


@pytest.mark.parametrize("seq", [1, 5, ERASED, 8, 10])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_of_any_fact_is_found(ledger, column, seq):
    fact = Fact.objects.get(seq=seq)
    value = getattr(fact, column)
    if isinstance(Fact._meta.get_field(column), models.DateTimeField) and value is None:
        changed = clock.now()
    elif (column == "payload_salt" and value is None) or (column == "payload_digest" and not value):
        changed = "ab" * 32
    elif column == "hat":
        changed = f"secretary@{uuid4()}"
    else:
        changed = other(value)
    with tampering():
        Fact.objects.filter(seq=seq).update(**{column: changed})
        assert fault_at() == seq


@pytest.mark.parametrize("seq", [1, 5, 10])
def test_a_removed_fact_leaves_a_gap(ledger, seq):
    Fact.objects.filter(seq=seq).delete()
    assert fault_at() == seq


@pytest.mark.parametrize("seq", [1, 5, 9])
def test_a_removed_fact_shows_although_the_rest_moved_up(ledger, seq):
    Fact.objects.filter(seq=seq).delete()
    for number in range(seq + 1, 11):
        Fact.objects.filter(seq=number).update(seq=number - 1)
    assert fault_at() == seq


def insert(seq: int) -> None:
    """Put a sound-looking fact behind ``seq - 1``; what stood there moves on by one."""
    for number in range(Fact.objects.count(), seq - 1, -1):
        Fact.objects.filter(seq=number).update(seq=F("seq") + 1)
    before = Fact.objects.filter(seq=seq - 1).first()
    fact = Fact(
        seq=seq,
        at=clock.now(),
        verb="plan.publish",
        actor="system",
        about_kind="plan",
        about_uid=uuid4(),
        data={},
        previous=before.digest if before else chain.GENESIS,
    )
    fact.digest = fact.digest_now()
    Fact.objects.bulk_create([fact])


@pytest.mark.parametrize("seq", [1, 5, 10, 11])
def test_an_inserted_fact_is_named(ledger, seq):
    insert(seq)
    assert fault_at() == seq


def test_several_inserted_facts_are_named_together(ledger):
    insert(5)
    insert(6)
    fault = verify().fault
    assert fault.seq == 5
    assert "第5至6条" in fault.reason


def test_a_fact_before_the_first_is_found(ledger):
    Fact.objects.filter(seq=5).update(seq=-1)
    assert verify().fault.seq == -1


def test_two_swapped_facts_are_found(ledger):
    for old, new in ((5, 100), (6, 5), (100, 6)):
        Fact.objects.filter(seq=old).update(seq=new)
    assert fault_at() == 5


@pytest.mark.parametrize("seq", [1, 5, 7, 9, 10])
def test_a_digest_computed_anew_does_not_help(ledger, seq):
    rewrite(seq, verb="plan.withdraw")
    assert fault_at() == seq


def test_a_cut_end_shows_in_the_head_row(ledger):
    Fact.objects.filter(seq__gt=7).delete()
    assert fault_at() == 8


def test_a_cut_end_with_the_head_row_rewritten_shows_in_a_published_head(ledger):
    Fact.objects.filter(seq__gt=7).delete()
    Head.objects.update(seq=7, digest=Fact.objects.get(seq=7).digest)
    fault = verify().fault
    assert fault.seq == 8
    assert "2026年3月9日公布的链头" in fault.reason


def test_a_ledger_emptied_altogether_shows_too(ledger):
    Fact.objects.all().delete()
    Head.objects.all().delete()
    assert fault_at() == 1


def test_a_chain_computed_anew_lies_between_two_published_heads(ledger):
    rewrite(5, verb="plan.withdraw")
    rewrite_all_after(5)
    fault = verify().fault
    assert fault.seq == 5
    assert "第5至6条" in fault.reason


def test_a_chain_computed_anew_with_all_published_heads_shows_on_paper(ledger):
    paper = published_mark(START + timedelta(days=7))
    rewrite(5, verb="plan.withdraw")
    rewrite_all_after(5)
    for row in PublishedHead.objects.all():
        PublishedHead.objects.filter(pk=row.pk).update(digest=Fact.objects.get(seq=row.seq).digest)
    assert verify().fault is None
    assert verify(paper).fault is not None


def test_a_head_row_that_says_something_else_is_found(ledger):
    with tampering():
        Head.objects.update(digest="0" * 64)
        assert fault_at() == 10
    with tampering():
        Head.objects.all().delete()
        assert fault_at() == 10


def test_names_that_vanish_without_an_erasing_fact_are_missed(ledger):
    Fact.objects.filter(seq=7).update(payload=None, payload_salt=None, erased_at=clock.now())
    assert fault_at() == 7


def test_names_that_vanish_at_the_moment_of_another_erasure_are_missed(ledger):
    moment = Fact.objects.get(seq=ERASED).erased_at
    Fact.objects.filter(seq=7).update(payload=None, payload_salt=None, erased_at=moment)
    assert fault_at() == 7


def test_chunks_make_no_difference(ledger, monkeypatch):
    monkeypatch.setattr(verification, "CHUNK", 3)
    assert verify().fault is None
    rewrite(4, verb="plan.withdraw")
    assert fault_at() == 4


def test_a_value_that_the_book_never_takes_counts_as_changed(ledger):
    Fact.objects.filter(seq=5).update(data={"pages": 4.5})
    assert fault_at() == 5


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 10),
            st.sampled_from(["verb", "actor", "data", "about_uid", "at", "previous", "digest"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_of_several_changes_the_first_is_named(ledger, changes):
    with tampering():
        for seq, column in dict(changes).items():
            value = getattr(Fact.objects.get(seq=seq), column)
            Fact.objects.filter(seq=seq).update(**{column: other(value)})
        assert fault_at() == min(seq for seq, _ in changes)


def test_facts_read_the_same_after_the_database_has_stored_them():
    """Every kind of value comes back in the one spelling that was hashed."""
    from datetime import UTC, datetime
    from decimal import Decimal

    for microsecond in (0, 1, 120_000, 999_999):
        moment = datetime(2026, 10, 1, 23, 59, 59, microsecond, tzinfo=UTC)
        with clock.at(moment), writing() as book:
            book.record(
                "plan.submit",
                by=SYSTEM,
                about=Ref("plan", uuid4()),
                data={
                    "汉字“引号”": ["，", "\U00020000", "", "\\u0000", "a\nb"],
                    "b": {"z": 1, "a": -(2**62), "list": [True, False, None]},
                    "decimal": Decimal("10.50"),
                    "small": Decimal("1E-7"),
                    "day": date(2026, 2, 14),
                    "moment": moment,
                    "uid": uuid4(),
                },
                names={"姓名": "欧阳　娜娜"},
            )
    assert verify().fault is None
    data = Fact.objects.first().data
    assert (data["decimal"], data["small"]) == ("10.50", "0.0000001")
    assert data["day"] == "2026-02-14"
    assert connection.vendor in {"sqlite", "postgresql"}
