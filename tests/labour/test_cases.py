"""Steps and days, what is written down and how it is kept, the end, the alarm, the numbers."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from tests.labour.scene import DAY, PARTY, SECRET

from zhengyou.files.actions import receive
from zhengyou.files.models import Attachment
from zhengyou.files.rules import is_visible
from zhengyou.kernel import clock, handovers, identity
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.labour.actions import cases, warnings
from zhengyou.labour.kinds import days_of
from zhengyou.labour.models import CaseKind, CaseState, LabourCase, Level, Outcome, SignalState
from zhengyou.labour.queries.pages import case_page, home_of, todo_for
from zhengyou.labour.queries.totals import FEW, totals_of
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db

DUE = [
    # opened on, kind, the days of the steps
    (date(2026, 10, 12), CaseKind.SINGLE, ["10-15", "10-19", "10-26"]),
    (date(2026, 9, 28), CaseKind.SINGLE, ["10-08", "10-10", "10-13"]),  # 国庆：15天
    (date(2026, 10, 1), CaseKind.COLLECTIVE, ["10-01", "10-08", "10-10", "10-16"]),
    (date(2026, 10, 9), CaseKind.COLLECTIVE, ["10-09", "10-10", "10-13", "10-22"]),  # 10日调休上班
]  # fmt: skip


@pytest.mark.parametrize(("opened", "kind", "days"), DUE)
def test_steps_fall_due_on_working_days(db, opened, kind, days):
    assert [f"{day:%m-%d}" for _, day in days_of(kind, opened)] == days


@pytest.fixture(autouse=True)
def _stand():
    with clock.at(DAY):
        yield


def test_from_the_first_sign_to_the_end(labour):
    signal = labour.warned(Level.YELLOW)
    case = labour.opened(signal=signal)
    signal.refresh_from_db()
    assert (signal.state, case.number) == (SignalState.CASE, "2026-01")
    first, *rest = case.steps.all()
    cases.take_step(labour.song, first, DAY, "两边都同意调解")
    with pytest.raises(Refused, match="已经办过"):
        cases.take_step(labour.song, first, DAY, "")
    with pytest.raises(Refused, match="比原来的晚"):
        cases.move_step(labour.song, rest[-1], rest[-1].due_on, "都忙")
    cases.move_step(labour.song, rest[-1], date(2026, 11, 10), "双方同意再谈")
    case.refresh_from_db()
    assert case.due_on == date(2026, 11, 10)
    cases.note_mediation(labour.song, case, DAY, "老乔说……", "下月补发")
    with pytest.raises(Refused, match="写明协议怎么说"):
        cases.close(labour.song, case, Outcome.AGREEMENT, "")
    cases.close(labour.song, case, Outcome.AGREEMENT, "十一月底补齐")
    with pytest.raises(Refused, match="已经办结"):
        cases.note_mediation(labour.song, case, DAY, "还要说", "")
    cases.reopen(labour.song, case, "没有补")
    with clock.at(date(2026, 12, 1)):
        cases.close(labour.song, case, Outcome.ARBITRATION, "")
    assert list(case.closings.values_list("outcome", "in_time")) == [
        ("agreement", True), ("arbitration", False)
    ]  # fmt: skip
    assert labour.opened().number == "2026-02"


def test_two_at_once(labour):
    case = labour.opened()
    other = LabourCase.objects.get(pk=case.pk)
    cases.close(labour.song, case, Outcome.SETTLED, "")
    with pytest.raises((Refused, Stale)):
        cases.close(labour.actor("wei"), other, Outcome.WITHDRAWN, "")
    assert case.closings.count() == 1 and case.state == CaseState.CLOSED


def test_a_signal_that_calmed_down(labour):
    signal = labour.warned()
    with pytest.raises(Refused, match="怎么化解"):
        warnings.settle(labour.song, signal, " ")
    warnings.settle(labour.song, signal, "当面说开了")
    with pytest.raises(Refused, match="已经了结"):
        labour.opened(signal=signal)


def test_the_database_alone_tells_nothing(labour):
    signal, case = labour.warned(), labour.opened()
    cases.take_step(labour.song, case.steps.first(), DAY, f"找过{PARTY}")
    file = receive("老乔的工资条".encode(), f"{PARTY}.txt")
    cases.note_mediation(labour.song, case, DAY, f"{PARTY}说了", SECRET, [file])
    cases.close(labour.song, case, Outcome.SETTLED, SECRET)
    cases.reopen(labour.song, case, SECRET)
    warnings.settle(labour.song, signal, SECRET)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("labour_", "files_", "ledger_", "search_", "django_tasks")):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = str(cursor.fetchall())
                assert SECRET not in rows and PARTY not in rows, table
    assert LabourCase.objects.get().parties == PARTY
    with override_settings(IDENTITY_KEY="another key"), pytest.raises(identity.Unreadable):
        LabourCase.objects.get()
    assert [each.name for each in Attachment.objects.all()] == ["附件1.txt"]


def test_files_are_served_to_the_few(labour):
    case = labour.opened()
    cases.note_mediation(labour.song, case, DAY, "谈了", "", [receive(b"x", "x.txt")])
    file = Attachment.objects.get()
    assert is_visible(file, labour.song) and is_visible(file, labour.actor("wei"))
    for who, role in (("zhou", Role.SECRETARY), ("shen", Role.SECRETARY), ("zhuo",
                      Role.SYSTEM_ADMIN), ("he", None)):  # fmt: skip
        assert not is_visible(file, labour.actor(who, role))
    assert not is_visible(file, None)


def test_facts_say_that_somebody_wrote_and_no_more(labour):
    case = labour.opened(kept_from=[labour.cast.wei])
    cases.close(labour.song, case, Outcome.SETTLED, SECRET)
    facts = Fact.objects.filter(verb__startswith="labour.")
    assert {fact.verb for fact in facts} == {"labour.write"}
    assert all(fact.data == {} for fact in facts)


@dataclass
class Heard:
    """What was brought out of the house."""

    what: list

    def __call__(self, handover):
        self.what.append(handover)


def test_what_is_urgent_reaches_the_group_at_once(labour):
    heard = Heard([])
    handovers.register("test", heard)
    try:
        labour.warned(Level.YELLOW)
        assert heard.what == []
        labour.warned(Level.RED, kept_from=[labour.cast.wei])
    finally:
        del handovers._bringers["test"]
    assert [each.to for each in heard.what] == [labour.cast.fang.uid]
    told = heard.what[0]
    assert (told.title, told.words, told.url) == (
        "有一件急事等您看", "请马上登录看一看。", "/confidential/"
    )  # fmt: skip


def test_the_desk_reminds_whoever_has_it_in_hand(labour):
    labour.opened()
    with clock.at(date(2026, 10, 16)):
        mine = todo_for(labour.song)
        assert [(row.kind, row.title) for row in mine] == [
            ("late", "2026-01号：决定受理，告诉当事人"), ("due", "2026-01号：两边了解情况")
        ]  # fmt: skip
        assert {row.outside for row in mine} == {"有一件保密的事等您办"}
        assert {row.url for row in mine} == {"/confidential/"}
        assert todo_for(labour.actor("wei")) == []
        labour.warned(on=date(2026, 10, 16), level=Level.RED)
        assert len(todo_for(labour.actor("wei"))) == 1
        assert todo_for(labour.actor("shen", Role.SECRETARY)) == []


def test_numbers_name_nobody(labour):
    for _ in range(6):
        case = labour.opened()
        cases.close(labour.song, case, Outcome.SETTLED, "")
    labour.opened()
    with clock.at(date(2026, 12, 31)):
        assert "2026年第四季度" not in [row.label for row in totals_of(labour.cast.county)]
    with clock.at(date(2027, 1, 1)):
        row = totals_of(labour.cast.county)[0]
        assert (row.label, row.opened, row.settled, row.in_time) == (
            "2026年第四季度", "7 件", "6 件", "6 件"
        )  # fmt: skip
        assert totals_of(labour.cast.nanhu)[0].opened == FEW
    with clock.at(date(2027, 3, 1)):
        for _ in range(4):
            cases.close(labour.song, labour.opened(on=date(2027, 3, 1)), Outcome.SETTLED, "")
    with clock.at(date(2027, 4, 1)):
        row = totals_of(labour.cast.county)[0]
        assert (row.opened, row.settled, row.in_time) == (FEW, FEW, FEW)


def test_what_few_were_late_is_not_told(labour):
    for number in range(7):
        case = labour.opened()
        with clock.at(DAY + timedelta(days=40 if number == 0 else 1)):
            cases.close(labour.song, case, Outcome.AGREEMENT, "协议")
    with clock.at(date(2027, 1, 1)):
        row = totals_of(labour.cast.county)[0]
        assert (row.settled, row.in_time) == ("7 件", FEW)


def test_one_and_thirty_cases_take_the_same_queries(labour):
    cases.close(labour.song, labour.opened(), Outcome.SETTLED, "")
    labour.opened()
    labour.warned()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            home_of(labour.song)
        return len(queries)

    one = count()
    for _ in range(29):
        case = labour.opened()
        labour.warned()
    assert count() == one == 10
    with CaptureQueriesContext(connection) as queries:
        case_page(case)
    assert len(queries) == 6
