"""The chain clicked in Chromium, on a desktop's screen and on a telephone's."""

import pytest
from tests.browser import DESKTOP, PHONE
from tests.stories.chain import Calendar, Chain
from tests.stories.chromium import InChromium

from zhengyou.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_clicked_from_an_intention_to_its_fulfilment(new_page, axe, monkeypatch, screen):
    """No barrier, no sideways scroll, no complaint on any page of the way."""
    options = {"has_touch": True, "is_mobile": True} if screen == "phone" else {}
    visitors, looked_at = [], set()

    def arrive():
        window = new_page(PHONE if options else DESKTOP, **options)
        visitors.append(InChromium(window, axe, looked_at))
        return visitors[-1]

    chain = Chain(arrive, Calendar(lambda now: monkeypatch.setattr(clock, "now", now)))
    chain.walk()
    assert [found for each in visitors for found in (*each.barriers, *each.complaints)] == []
