"""The chain clicked in Chromium, by turns on a desktop's screen and on a telephone's."""

import pytest
from tests.stories.chain import Calendar, Chain
from tests.stories.chromium import found_by, on_own_screens

from zhengyou.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_clicked_from_an_intention_to_its_fulfilment(new_page, axe, monkeypatch):
    """No barrier, no sideways scroll at 1280 and 360, no complaint on any page of the way."""
    arrive, visitors = on_own_screens(new_page, axe)
    chain = Chain(arrive, Calendar(lambda now: monkeypatch.setattr(clock, "now", now)))
    chain.walk()
    assert found_by(visitors) == []
