"""Dates are China's, moments are UTC, and a test may stand at any day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhengyou.kernel import clock

pytestmark = pytest.mark.pure


def test_a_day_begins_at_midnight_in_china():
    with clock.at(datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 9, 30)
    with clock.at(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 10, 1)


def test_standing_at_a_day_and_coming_back():
    before = clock.now()
    with clock.at(date(2026, 3, 2)):
        assert clock.now() == datetime(2026, 3, 2, 1, tzinfo=UTC)
        with clock.at(date(2026, 3, 3), hour=0):
            assert (clock.today(), clock.now().tzinfo) == (date(2026, 3, 3), UTC)
        assert clock.days_from_today(-2) == date(2026, 2, 28)
    assert timedelta() <= clock.now() - before < timedelta(minutes=1)


def test_coming_back_after_an_error():
    with pytest.raises(ZeroDivisionError), clock.at(date(2000, 1, 1)):
        raise ZeroDivisionError
    assert clock.today().year > 2000
