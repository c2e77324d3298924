"""The two practice rosters that ship: one with mistakes of every kind, one without."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from tests.people.roster_books import confirmed, office, said, uploaded

from zhengyou.people.actions.tree import found
from zhengyou.people.models import ImportState, Kind, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
SAMPLES = Path(configured.SAMPLE_FOLDER)


@pytest.fixture
def bureau(cast):
    found(None, name="石桥小学党支部", kind=Kind.BRANCH, parent=cast.bureau, order=3)
    return cast.bureau


def sample(cast, bureau, name):
    return uploaded(office(cast), bureau, (SAMPLES / name).read_bytes(), name)


def test_the_messy_one_has_every_kind_of_mistake(cast, bureau):
    roster = sample(cast, bureau, "花名册-有错.xlsx")
    assert roster.state == ImportState.PREVIEWED
    errors = [problem for _, problem, error in said(roster) if error]
    for words in (
        "可能是2003年1月，也可能是2003年10月",
        "存成了数字",
        "应是18位，现在是17位",
        "没有“13月”",
        "没有这种人员类别",
        "早于出生",
        "早于入党",
        "预备党员不该有转正日期",
        "11位",
        "身份证号上是“男”",
        "同一个身份证号",
        "没有这个党支部",
        "没有填姓名",
    ):
        assert any(words in problem for problem in errors), words
    hints = [problem for _, problem, error in said(roster) if not error]
    assert "没见过这个民族名称。" in hints
    (table,) = roster.summary["tables"]
    assert (table["header_row"], table["headers_again"], table["unknown"]) == (2, 1, ["备注"])
    assert "填表人：郁青岚" in table["notes"][0]


def test_the_mended_one_has_none_and_is_imported(cast, bureau):
    roster = sample(cast, bureau, "花名册-改好.xlsx")
    assert [problem for _, problem, error in said(roster) if error] == []
    assert roster.count("add") == 12
    confirmed(office(cast), roster)
    assert Person.objects.filter(memberships__organisation__name="石桥小学党支部").count() == 2
    retired = Person.objects.get(name="阙明远")
    assert (retired.joined.iso, retired.born.iso) == ("1990", "1966-01-12")
