"""An import from upload to undo, as the verbs see it."""

import pytest
from tests.people.roster_books import book, confirmed, keeper, line, uploaded

from zhengyou.people.models import ImportState, Membership, Person

pytestmark = pytest.mark.django_db


def test_a_faultless_roster_is_previewed_and_then_written(cast):
    content = book([line("钱小满", 1), line("孙知秋", 2)], title="育新小学党员花名册")
    roster = uploaded(keeper(cast), cast.branch, content)
    assert roster.state == ImportState.PREVIEWED, roster.reason
    assert (roster.count("add"), roster.count("errors")) == (2, 0)
    assert not Person.objects.filter(name="钱小满").exists()

    confirmed(keeper(cast), roster)
    assert roster.state == ImportState.CONFIRMED
    new = Person.objects.get(name="钱小满")
    assert Membership.objects.get(person=new).organisation == cast.branch
    assert new.standings.get().kind == "full"
    assert new.masked_phone == "138****0001"


def test_everything_of_a_messy_file_is_said_at_once(cast):
    content = book(
        [
            line("张　三", 1),
            line("李四3", 2, 公民身份号码="123"),
            line("", 3),
            line("王五", 4, 所在党支部="育新小支部", 出生日期="1999.13"),
            line("赵六", 4, 手机号码="1380000"),
            line("钱七", 6, 转正日期="2001.01"),
            {"姓名": "合计", "公民身份号码": ""},
            {"姓名": "填表人：沈若兰"},
        ]
    )
    roster = uploaded(keeper(cast), cast.branch, content)

    for one in roster.findings.all():
        print(one.cell, one.title, one.value, one.problem, one.remedy, one.is_error)
    print(roster.summary, roster.counts)
    assert 0
