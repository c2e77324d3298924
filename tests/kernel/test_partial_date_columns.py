"""Two columns of a model that read and write as one partial date."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, connection, models
from django.test.utils import isolate_apps

from zhengyou.kernel.partial_dates import PartialDateParts, Precision, parse

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def comrades() -> Iterator[type[models.Model]]:
    """A model with a date of birth, for the length of one test."""
    with isolate_apps("zhengyou.kernel"):

        class Comrade(models.Model):
            born_on = models.DateField(null=True)
            born_precision = models.CharField(max_length=5, choices=Precision.choices, blank=True)
            born = PartialDateParts("born_on", "born_precision")

            class Meta:
                app_label = "kernel"
                constraints = [
                    PartialDateParts("born_on", "born_precision").both_or_none("comrade_born")
                ]

    with connection.schema_editor() as editor:
        editor.create_model(Comrade)
    yield Comrade
    with connection.schema_editor() as editor:
        editor.delete_model(Comrade)


def test_it_is_set_stored_and_read_as_one(comrades):
    comrade = comrades()
    assert comrade.born is None
    comrade.born = parse("1985.07")
    comrade.save()
    stored = comrades.objects.get()
    assert (stored.born_on, stored.born_precision) == (date(1985, 7, 1), "month")
    assert stored.born == parse("1985年7月")
    stored.born = None
    stored.save()
    assert comrades.objects.get().born is None


@pytest.mark.parametrize(
    ("day", "precision"),
    [(date(1985, 7, 1), ""), (None, "day"), (date(1985, 7, 1), "hour")],
)
def test_a_date_never_stands_without_its_precision(comrades, day, precision):
    with pytest.raises(IntegrityError):
        comrades.objects.create(born_on=day, born_precision=precision)
