"""The chain from an intention to its fulfilment and the summary, over HTTP on both databases."""

import pytest
from tests.stories.chain import Calendar, Chain
from tests.stories.chain_lines import (
    ANSWER,
    DIFFERS,
    FOUND,
    TAKEN_UP,
    TO_THE_PLAN,
    TO_THE_PROMISE,
)
from tests.stories.visitors import OnPaper

from zhengyou.kernel import clock
from zhengyou.ledger.verification import verify

pytestmark = pytest.mark.django_db


def test_from_an_intention_to_the_summary(monkeypatch):
    chain = Chain(OnPaper, Calendar(lambda now: monkeypatch.setattr(clock, "now", now)))
    chain.walk()
    for words in (TO_THE_PLAN, TAKEN_UP, TO_THE_PROMISE, ANSWER, DIFFERS):
        assert words in chain.paper, chain.paper
    assert FOUND not in chain.paper  # supervision stays between the branch and the one who pledged
    assert verify().fault is None
