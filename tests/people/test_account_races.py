"""Two people open an account at one moment."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from tests import cast as casting

from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import accounts
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Account, Role

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run all jobs in threads that start together; return the kind of what each raised."""
    gate, raised = threading.Barrier(len(jobs)), []

    def run(job):
        gate.wait(10)
        try:
            job()
            raised.append(None)
        except (Refused, ValidationError) as problem:
            raised.append(type(problem))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def slips(*surnames):
    cast = casting.build()
    people = [cast.persons[surname] for surname in surnames]
    made = accounts.invite(acting_as(cast.shen, Role.SECRETARY), cast.branch, people)
    return [code for _, code, _ in made]


def test_one_slip_opens_one_account():
    [code] = slips("he")
    raised = at_once(
        lambda: accounts.open_account(code, "贺一", casting.PASSWORD),
        lambda: accounts.open_account(code, "贺二", casting.PASSWORD),
    )
    assert set(raised) == {None, Refused}
    assert Account.objects.count() == 1


def test_one_user_name_belongs_to_one_account():
    first, second = slips("he", "fang")
    raised = at_once(
        lambda: accounts.open_account(first, "同名", casting.PASSWORD),
        lambda: accounts.open_account(second, "同名", casting.PASSWORD),
    )
    assert set(raised) == {None, ValidationError}
    assert Account.objects.count() == 1
