"""Writers of one process come in order; nobody waits while others go again and again."""

import threading
import time
from contextlib import suppress
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction

from zhengyou.kernel.refs import Ref
from zhengyou.ledger.book import SYSTEM, writing
from zhengyou.ledger.models import Fact
from zhengyou.ledger.turns import Queue, write_turn


@pytest.mark.pure
def test_turns_come_in_the_order_of_asking():
    queue, came, threads = Queue(), [], []

    def take(number: int) -> None:
        with queue.turn():
            came.append(number)

    with queue.turn():
        for number in range(6):
            threads.append(threading.Thread(target=take, args=[number]))
            threads[-1].start()
            while len(queue._waiting) <= number:
                time.sleep(0.001)
        assert came == []
    for thread in threads:
        thread.join()
    assert came == list(range(6))


@pytest.mark.pure
def test_a_turn_that_raises_is_handed_on():
    queue = Queue()
    with suppress(ZeroDivisionError), queue.turn():
        raise ZeroDivisionError
    with queue.turn(patience=0):
        pass


@pytest.mark.pure
def test_whoever_loses_patience_leaves_the_queue():
    queue = Queue()
    impatient: list[type] = []

    def take() -> None:
        try:
            with queue.turn(patience=0.01):
                pass
        except OperationalError as problem:
            impatient.append(type(problem))

    with queue.turn():
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
    assert impatient == [OperationalError]
    with queue.turn(patience=0):
        pass


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nobody_queues():
    """Else it would wait for one who waits for this very transaction."""
    with transaction.atomic(), write_turn(), write_turn(), writing() as book:
        book.record("plan.submit", by=SYSTEM, about=Ref("plan", uuid4()))
    assert Fact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_writer_starves():
    """Six busy writers: between two units of one, the others come only a few times each."""
    writers, units = 6, 20
    start = threading.Barrier(writers)

    def write(writer: int) -> None:
        start.wait()
        for _ in range(units):
            with writing() as book:
                time.sleep(0.002)
                book.record(
                    "plan.submit", by=SYSTEM, about=Ref("plan", uuid4()), data={"writer": writer}
                )
        connection.close()

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    order = [data["writer"] for data in Fact.objects.values_list("data", flat=True)]
    assert len(order) == writers * units
    for writer in range(writers):
        places = [place for place, who in enumerate(order) if who == writer]
        gaps = [later - earlier for earlier, later in pairwise(places)]
        assert max([places[0], *gaps]) <= 5 * writers
