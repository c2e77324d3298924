"""Who a row is: somebody new, somebody known, or a question; and who is out of reach."""

from datetime import date

import pytest
from tests.people.roster_books import HEADER, book, keeper, line, number, office, said, uploaded

from zhengyou.kernel import identity
from zhengyou.people.actions.people import enrol, release
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Choice, Ground, Person, Role, RosterMatch

pytestmark = pytest.mark.django_db


def row_of(person: Person, **changes):
    """Return the row that says of a person what is known already, but for the changes."""
    known = {
        "姓名": person.name,
        "公民身份号码": identity.unseal(person.id_sealed) if person.id_sealed else "",
        "手机号码": identity.unseal(person.phone_sealed) if person.phone_sealed else "",
    }
    return known | changes


def imported(cast, *rows, actor=None, body=None, header=HEADER):
    """Return the checked import of ``rows`` into 育新小学党支部, or into ``body``."""
    content = book(rows, header=header)
    return uploaded(actor or keeper(cast), body or cast.branch, content)


def only(roster) -> RosterMatch:
    assert list(said(roster)) == []
    return roster.matches.get()


def outcome(roster) -> str:
    """Return the one count of the preview that is not zero."""
    return next(key for key in ("add", "update", "transfer", "same", "faulty") if roster.count(key))


def test_nobody_like_that_is_new(cast):
    roster = imported(cast, line("钱小满", 1))
    assert outcome(roster) == "add"
    assert not roster.matches.exists()


def test_the_same_number_is_the_same_person_and_is_updated(cast):
    roster = imported(cast, row_of(cast.song, 出生日期="1988年6月16日", 入党日期="2012.05"))
    match = only(roster)
    assert (match.person, match.ground, match.choice) == (cast.song, "id_number", Choice.UPDATE)
    assert match.changes == [["入党日期", "2012年4月", "2012年5月"]]
    assert match.choices == [Choice.UPDATE, Choice.SKIP], "one number is never two people"


def test_somebody_unchanged_is_no_question(cast):
    roster = imported(cast, row_of(cast.song, 人员类别="正式党员", 入党日期="2012.04"))
    assert outcome(roster) == "same"
    assert not roster.matches.exists()


def test_an_empty_cell_changes_nothing(cast):
    roster = imported(cast, row_of(cast.song, 手机号码="", 入党日期=""))
    assert outcome(roster) == "same"


def test_a_date_that_is_only_less_precise_is_no_news(cast):
    assert outcome(imported(cast, row_of(cast.song, 出生日期="1988.06"))) == "same"


@pytest.mark.parametrize(
    ("cells", "ground"),
    [
        ({"公民身份号码": "", "姓名": "宋知兴"}, Ground.PHONE),
        ({"公民身份号码": "", "手机号码": "", "出生日期": "1988.06.16"}, Ground.NAME_AND_BIRTH),
        ({"公民身份号码": "", "手机号码": "", "出生日期": "1988.06"}, Ground.NAME_AND_BIRTH),
        ({"公民身份号码": "", "手机号码": ""}, Ground.NAME),
    ],
)
def test_a_likeness_is_asked_about(cast, cells, ground):
    row = row_of(cast.song, **cells, 工作岗位="教导主任")
    roster = imported(cast, row, header=(*HEADER, "工作岗位"))
    match = roster.matches.get()
    assert (match.person, match.ground, match.choice) == (cast.song, ground, Choice.OPEN)
    assert match.choices == [Choice.UPDATE, Choice.NEW, Choice.SKIP]


def test_a_likeness_that_would_change_nothing_is_not_asked_about(cast):
    roster = imported(cast, row_of(cast.song, 公民身份号码="", 出生日期="1988.06.16"))
    assert outcome(roster) == "same"


def test_two_numbers_are_two_people_whatever_else_is_alike(cast):
    other = number(date(1988, 6, 16), 1)
    roster = imported(cast, row_of(cast.song, 公民身份号码=other, 出生日期="1988.06.16"))
    assert outcome(roster) == "add"


def test_a_number_completes_who_had_none(cast):
    Person.objects.filter(pk=cast.song.pk).update(id_sealed="", id_lookup="")
    roster = imported(cast, row_of(cast.song, 出生日期="1988.06.16"))
    match = roster.matches.get()
    assert match.ground == Ground.PHONE
    masked = f"330***********{identity.unseal(cast.song.id_sealed)[-4:]}"
    assert match.changes == [["公民身份号码", "", masked]]


def test_the_same_name_elsewhere_is_somebody_else(cast):
    """Without a date of birth a name alone counts inside one branch only."""
    roster = imported(cast, row_of(cast.xu, 公民身份号码="", 手机号码=""), body=cast.branch)
    assert outcome(roster) == "add"


def test_from_above_somebody_of_another_branch_is_offered_as_a_transfer(cast):
    roster = imported(
        cast, row_of(cast.xu, 所在党支部="育新小学党支部"), actor=office(cast), body=cast.bureau
    )
    match = only(roster)
    assert outcome(roster) == "transfer"
    assert (match.source, match.target, match.choice) == (cast.nanhu, "育新小学党支部", Choice.OPEN)


def test_who_belongs_out_of_reach_is_an_error_that_tells_nothing(cast):
    roster = imported(cast, row_of(cast.xu))
    (problem,) = [what for cell, what, error in said(roster) if error and cell == "B2"]
    assert "不归您管" in problem
    finding = roster.findings.get(is_error=True)
    assert "先办转组织关系" in finding.remedy
    words = finding.problem + finding.remedy + finding.value
    assert "南湖" not in words
    assert "许青禾" not in words
    assert not roster.matches.exists()


def test_a_likeness_out_of_reach_is_a_hint_at_most(cast):
    roster = imported(cast, row_of(cast.xu, 公民身份号码="", 出生日期="1991.05.05"))
    hints = [problem for _, problem, error in said(roster) if not error]
    assert any("同名同生日" in problem for problem in hints)
    assert outcome(roster) == "add"


def test_a_phone_out_of_reach_says_nothing(cast):
    roster = imported(cast, row_of(cast.xu, 姓名="钱小满", 公民身份号码=""))
    assert not any("手机" in problem for _, problem, _ in said(roster))
    assert outcome(roster) == "add"


def test_who_was_let_go_elsewhere_is_taken_up_by_number_without_old_values(cast):
    release(acting_as(cast.wen, Role.SECRETARY), cast.xu, cast.nanhu)
    roster = imported(cast, row_of(cast.xu, 入党日期="2015.07"))
    match = only(roster)
    assert (match.ground, match.choice, match.source) == (Ground.ID_NUMBER, Choice.UPDATE, None)
    assert match.changes == [["入党日期", "", "2015年7月"]]


def test_who_was_let_go_elsewhere_is_not_found_by_a_likeness(cast):
    release(acting_as(cast.wen, Role.SECRETARY), cast.xu, cast.nanhu)
    roster = imported(cast, row_of(cast.xu, 公民身份号码="", 出生日期="1991.05.05"))
    assert outcome(roster) == "add"


def test_who_was_let_go_here_is_found_by_a_likeness(cast):
    release(keeper(cast), cast.song, cast.branch)
    roster = imported(cast, row_of(cast.song, 公民身份号码="", 出生日期="1988.06.16"))
    assert roster.matches.get().person == cast.song


def test_a_group_may_change_inside_the_branch(cast):
    row = row_of(cast.song, 所在党小组="高段党小组")
    roster = imported(cast, row, header=(*HEADER, "所在党小组"))
    assert only(roster).changes == [["所在党小组", "低段党小组", "高段党小组"]]


def test_two_rows_never_become_one_person(cast):
    roster = imported(
        cast,
        row_of(cast.song, 入党日期="2012.05"),
        row_of(cast.song, 姓名="宋知兴", 公民身份号码="", 入党日期="2012.06"),
    )
    errors = [(cell, problem) for cell, problem, error in said(roster) if error]
    assert errors == [("I3", "和第 2 行对上了系统里的同一个人：宋知行。")]


def test_nobody_new_is_put_into_a_committee(cast):
    roster = imported(
        cast, line("钱小满", 1, 所在党支部="澜阳县教育局党委"), actor=office(cast), body=cast.bureau
    )
    assert [(cell, error) for cell, _, error in said(roster)] == [("F2", True)]
    assert "是党委，不是党支部" in roster.findings.get(is_error=True).problem


def test_who_works_in_the_committee_may_stay_there(cast):
    roster = imported(
        cast,
        row_of(cast.yin, 所在党支部="澜阳县教育局党委"),
        actor=office(cast),
        body=cast.bureau,
    )
    assert outcome(roster) == "same"


def test_membership_to_come_counts_as_belonging(cast):
    person = Person(name="钱小满")
    person.write_id_number(number(date(1980, 1, 2), 1))
    enrol(None, person, cast.nanhu, since=date(2027, 1, 1))
    roster = imported(cast, line("钱小满", 1))
    assert "不归您管" in roster.findings.get(is_error=True).problem
