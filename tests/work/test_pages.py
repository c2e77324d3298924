"""The pages of duties: a body's, one's own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import client_as
from tests.work.scene import record_of

from zhengyou.kernel import clock
from zhengyou.people.actions.people import enrol
from zhengyou.people.models import Person, Role, StandingKind

DAY = date(2026, 10, 20)


def page_of(client, address, day=DAY):
    with clock.at(day):
        return client.get(address).content.decode()


def test_a_body_s_page_names_people_within_it_only(season):
    cast = season.cast
    record_of(cast.branch, "theme_day", date(2026, 10, 16), cast.shen, cast.zhou)
    address = f"/duties/of/{cast.branch.uid}/"
    with clock.at(DAY):
        inside, above = (
            client_as(cast.shen, Role.SECRETARY),
            client_as(cast.gu, Role.CAMPAIGN_OFFICE),
        )
    own, bureau = page_of(inside, address), page_of(above, address)
    assert "8 个里 2 个完成" in own and "8 个里 2 个完成" in bureau
    assert "宋知行" in own and "宋知行" not in bureau
    assert "支部党员大会" in own
    past = page_of(inside, f"{address}?day=2026-10-15")
    assert "8 个里 0 个完成" in past
    write = f"/orgs/{cast.branch.uid}/records/new/theme_day/"  # the next step, for who writes it
    assert write in own and write not in bureau and write not in past


def test_one_s_own_page(season):
    cast = season.cast
    record_of(cast.branch, "theme_day", date(2026, 10, 16), cast.song)
    with clock.at(DAY):
        client = client_as(cast.song, Role.GROUP_LEADER)
    text = page_of(client, "/duties/")
    assert "主题党日" in text and "已完成" in text and "过期没做" in text  # September's
    assert "讲一次党课" not in text and "记一笔" not in text  # a leader of a group in the branch
    with clock.at(DAY):
        shen = client_as(cast.shen, Role.SECRETARY)
    assert "讲一次党课" in page_of(shen, "/duties/")


@pytest.mark.parametrize("address", ["/duties/of/{}/", "/duties/"])
def test_as_many_queries_for_one_as_for_thirty(season, address):
    cast = season.cast
    with clock.at(DAY):
        client = client_as(cast.shen, Role.SECRETARY)
    path = address.format(cast.branch.uid)
    page_of(client, path)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(client, path)
        return len(asked)

    few = count()
    with clock.at(date(2026, 9, 1)):
        for n in range(29):
            enrol(None, Person(name=f"石{n}"), cast.branch, standing=StandingKind.FULL)
    people = Person.objects.filter(name__startswith="石")
    for n in range(3):
        record_of(cast.branch, "theme_day", date(2026, 10, 12 + n), *people, cast.shen)
    assert count() == few


def test_a_duty_period_by_period_with_its_records(season):
    cast, duty = season.cast, season["day"]
    record = record_of(cast.branch, "theme_day", date(2026, 10, 16), cast.shen, title="植树去")
    address = f"/duties/{duty.uid}/of/{cast.branch.uid}/"
    with clock.at(DAY):
        inside = client_as(cast.shen, Role.SECRETARY)
        above = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
        next_door = client_as(cast.wen, Role.SECRETARY)
    own, bureau = page_of(inside, address), page_of(above, address)
    assert own.index("2026年10月") < own.index("2026年9月")
    assert "植树去" in own and f"/records/{record.uid}/" in own and "宋知行" in own
    assert "8 个里 1 个完成" in bureau and "宋知行" not in bureau
    with clock.at(DAY):
        assert next_door.get(address).status_code == 404
    assert "植树去" not in page_of(inside, f"{address}?day=2026-10-15")
