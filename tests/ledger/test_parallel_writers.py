"""Many writers at once leave one gapless chain, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from zhengyou.kernel.refs import Ref
from zhengyou.ledger.book import SYSTEM, writing
from zhengyou.ledger.models import Fact, PublishedHead
from zhengyou.ledger.verification import verify

WRITERS, UNITS = 8, 25
pytestmark = pytest.mark.django_db(transaction=True)


def write(writer: int, start: threading.Barrier) -> None:
    start.wait()
    try:
        for unit in range(UNITS):
            with writing() as book:
                # A change of its own before the facts, as every verb has one.
                PublishedHead.objects.create(
                    date=f"{2000 + writer}-01-{unit + 1:02d}", seq=0, digest="0" * 64
                )
                for part in range(2):
                    book.record(
                        "plan.submit",
                        by=SYSTEM,
                        about=Ref("plan", uuid4()),
                        data={"writer": writer, "unit": unit, "part": part},
                    )
    finally:
        connection.close()


def test_nothing_is_lost_and_nothing_is_doubled():
    start = threading.Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write, writer, start) for writer in range(WRITERS)]:
            done.result()
    rows = list(Fact.objects.values_list("data", flat=True))
    seen = [(row["writer"], row["unit"], row["part"]) for row in rows]
    assert len(seen) == len(set(seen)) == WRITERS * UNITS * 2
    assert PublishedHead.objects.count() == WRITERS * UNITS
    # The two facts of a unit stand together, and each writer's units in their order.
    assert all(seen[i][:2] == seen[i + 1][:2] for i in range(0, len(seen), 2))
    for writer in range(WRITERS):
        assert [key[1:] for key in seen if key[0] == writer] == [
            (unit, part) for unit in range(UNITS) for part in range(2)
        ]
    PublishedHead.objects.all().delete()
    outcome = verify()
    assert (outcome.checked, outcome.fault) == (WRITERS * UNITS * 2, None)
