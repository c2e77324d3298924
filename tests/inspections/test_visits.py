"""On site, handing over, replies, problems: what counts, and that nothing typed is lost."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from tests.inspections.scene import FIRST, SEED_DAY, Checks

from zhengyou.inspections import rules
from zhengyou.inspections.actions import draws, visits
from zhengyou.inspections.actions.visits import Answer, Filled
from zhengyou.inspections.models import (
    Finding,
    FindingKind,
    Grade,
    InspectionState,
    Sheet,
    Visit,
    VisitState,
)
from zhengyou.inspections.queries import agenda, desk
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.problems.models import Problem

CRITICISM = Answer(Grade.NO, "五位家长都说作业没少", FindingKind.CRITICISM)
PRAISE = Answer(Grade.YES, "放学十分钟就散了，秩序很好", FindingKind.PRAISE)
NONE = Answer(Grade.NONE)


def filled(**answers: Answer) -> Filled:
    said = {slot.replace("_", "-"): answer for slot, answer in answers.items()}
    return Filled(uuid4(), FIRST, said, "老师都很热心")


def whole() -> Filled:
    return filled(homework=CRITICISM, answer=NONE, safe=PRAISE)


@pytest.fixture
def visit(checks: Checks) -> Visit:
    """The visit of 育新小学党支部, which was drawn first."""
    return checks.drawn()[0]


@pytest.fixture
def head(checks: Checks) -> Actor:
    """沈若兰, who answers for that body."""
    return checks.shen


def handed(checks: Checks, visit: Visit) -> Finding:
    with clock.at(FIRST):
        visits.send(checks.yin, visit, whole())
        visits.hand_over(checks.yin, visit)
    return visit.findings.get(kind=FindingKind.CRITICISM)


# --- the form -----------------------------------------------------------------------------------
def test_a_form_sent_twice_is_one(checks: Checks, visit: Visit) -> None:
    form = whole()
    with clock.at(FIRST):
        first = visits.send(checks.yin, visit, form)
        again = visits.send(checks.yin, visit, form)
    assert first == again
    assert (Sheet.objects.count(), visit.findings.count()) == (1, 2)
    assert (visit.state, visit.visited_on) == (VisitState.UNDER_WAY, FIRST)


def test_what_was_written_on_after_a_sending_that_seemed_lost_is_kept_as_well(
    checks: Checks, visit: Visit
) -> None:
    form = whole()
    more = replace(form, answers={**form.answers, "free-1": PRAISE})
    with clock.at(FIRST):
        visits.send(checks.yin, visit, form)
        visits.send(checks.yin, visit, more)  # the same token, other words
    assert Sheet.objects.count() == 2
    assert visit.findings.count() == 3


def test_the_last_form_counts_and_earlier_ones_stay_to_be_read(
    checks: Checks, visit: Visit
) -> None:
    with clock.at(FIRST):
        visits.send(checks.yin, visit, whole())
        visits.send(checks.yin, visit, filled(homework=replace(CRITICISM, words="四位说没少")))
    assert [row.text for row in visit.findings.all()] == ["四位说没少"]
    assert len(visits.latest(visit)) == 1
    assert {sheet.answers["homework"]["words"] for sheet in visit.sheets.all()} == {
        "五位家长都说作业没少", "四位说没少",
    }  # fmt: skip


def test_two_inspectors_write_beside_each_other(checks: Checks, visit: Visit) -> None:
    wen = acting_as(checks.cast.wen, Role.SECRETARY)
    with clock.at(FIRST):
        visits.send(checks.yin, visit, filled(homework=CRITICISM))
        visits.send(wen, visit, filled(safe=PRAISE))
    assert visit.findings.count() == 2
    assert visits.unanswered(visit) == ["学生和家长提过的事都有了回音"]


def test_somebody_elses_form_is_not_taken_for_the_own(checks: Checks, visit: Visit) -> None:
    other = checks.spot.visits.exclude(pk=visit.pk).get()
    form = whole()
    with clock.at(FIRST):
        visits.send(checks.yin, visit, form)
        with pytest.raises(Refused, match="别人交的"):
            visits.send(checks.yin, other, form)


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (Filled(uuid4(), FIRST, {}), "什么都没写"),
        (Filled(uuid4(), date(2026, 9, 18), {"safe": PRAISE}), "还没到"),
        (Filled(uuid4(), date(2026, 9, 1), {"safe": PRAISE}), "早于"),
        (Filled(uuid4(), FIRST, {"strange": PRAISE}), "不一样"),
        (Filled(uuid4(), FIRST, {"safe": replace(PRAISE, words=" ")}), "还要写一句"),
    ],
)
def test_what_cannot_be_is_refused(checks: Checks, visit: Visit, form: Filled, reason: str) -> None:
    with clock.at(FIRST), pytest.raises(Refused, match=reason):
        visits.send(checks.yin, visit, form)


def test_nobody_inspects_the_own_body_and_outsiders_nothing(checks: Checks) -> None:
    visit = checks.drawn()[0]
    with clock.at(FIRST):
        visit.organisation = checks.cast.nanhu
        wen = acting_as(checks.cast.wen, Role.SECRETARY)
        assert "自己的单位" in rules.may_inspect(wen, visit).reason
        assert "督查组的人" in rules.may_inspect(checks.office, visit).reason
    with clock.at(SEED_DAY):
        assert "9月17日开始" in rules.may_send(checks.yin, checks.spot.visits.first()).reason


# --- handing over ---------------------------------------------------------------------------------
def test_findings_are_drafts_until_they_are_handed_over(
    checks: Checks, visit: Visit, head: Actor
) -> None:
    def seen(actor: Actor) -> int:
        return Finding.objects.filter(rules.visible_findings(actor)).count()

    with clock.at(FIRST):
        visits.send(checks.yin, visit, filled(homework=CRITICISM))
        assert (seen(checks.yin), seen(checks.office), seen(head)) == (1, 1, 0)
        with pytest.raises(Refused, match="还有 2 项没看"):
            visits.hand_over(checks.yin, visit)
        visits.send(checks.yin, visit, whole())
        visits.hand_over(checks.yin, visit)
        assert (seen(checks.yin), seen(checks.office), seen(head)) == (2, 2, 2)
        bai = acting_as(checks.cast.bai, Role.SECRETARY)
        assert seen(bai) == 0  # another body
        with pytest.raises(Refused, match="已经交给单位"):
            visits.send(checks.yin, visit, whole())


def test_the_day_of_the_reply_counts_working_days_over_the_festival(
    checks: Checks, visit: Visit
) -> None:
    """10 working days after 17 September 2026: 20 September works (调休), the Mid-Autumn and
    National Day holidays do not."""
    handed(checks, visit)
    assert visit.reply_by is not None
    from zhengyou.kernel import workdays

    days = workdays.workdays_between(FIRST, visit.reply_by)
    assert (days, workdays.day_kind(visit.reply_by).works) == (10, True)


def test_a_body_replies_and_a_second_word_keeps_the_first(
    checks: Checks, visit: Visit, head: Actor
) -> None:
    finding = handed(checks, visit)
    with clock.at(FIRST):
        assert len(desk.todo_for(head)) == 1
        with pytest.raises(Refused, match="写一句"):
            visits.reply(head, finding, "  ")
        with pytest.raises(Refused, match="任职的人"):
            visits.reply(checks.yin, finding, "替他们答一句")
        visits.reply(head, finding, "认。下周起各科作业由年级组统一量。")
        visits.reply(head, finding, "补一句：十月底请家长再看。")
        assert desk.todo_for(head) == []
    assert finding.replies.count() == 2


def test_criticism_becomes_a_problem_of_the_body_with_its_day(
    checks: Checks, visit: Visit, head: Actor
) -> None:
    finding = handed(checks, visit)
    praise = visit.findings.get(kind=FindingKind.PRAISE)
    with clock.at(FIRST):
        day = visits.deadline_of(finding)
        with pytest.raises(Refused, match="督查组和办督查的人"):
            visits.to_problem(head, finding, title="自己列", text="", deadline=day, key=None)
        with pytest.raises(Refused, match="只有批评"):
            visits.to_problem(checks.yin, praise, title="秩序好", text="", deadline=day, key=None)
        key = uuid4()
        made = [
            visits.to_problem(checks.yin, finding, title="作业没少", text="", deadline=day, key=key)
            for _ in range(2)
        ]
    assert made[0] == made[1]
    problem = Problem.objects.get()
    assert (problem.organisation, problem.source_kind, problem.source_uid, problem.deadline) == (
        visit.organisation, "finding", finding.uid, day,
    )  # fmt: skip


def test_an_inspection_is_closed_when_each_body_has_what_was_found(
    checks: Checks, visit: Visit
) -> None:
    other = checks.spot.visits.exclude(pk=visit.pk).get()
    handed(checks, visit)
    with clock.at(FIRST):
        with pytest.raises(Refused, match="还有单位没有交意见"):
            visits.close(checks.office, checks.spot)
        draws.replace(checks.head, other, "停课")
        last = checks.spot.visits.get(state=VisitState.PLANNED)
        handed(checks, last)
        with pytest.raises(Refused, match="已经有单位收到意见"):
            draws.annul(checks.head, checks.spot, "想重来一次")
        visits.close(checks.office, checks.spot)
    assert checks.spot.state == InspectionState.CLOSED


# --- the desk and calendars -----------------------------------------------------------------------
def test_the_desk_says_what_is_due_to_whom(checks: Checks, visit: Visit) -> None:
    with clock.at(date(2026, 10, 9)):
        errands = desk.todo_for(checks.yin)
    assert [(row.kind, row.title) for row in errands] == [
        ("late", "秋季开学减负抽查：还有 2 个单位")
    ]
    assert desk.waiting_for(checks.office) == []


def test_a_seed_whose_day_has_come_waits_for_those_who_plan(checks: Checks) -> None:
    with clock.at(date(2026, 9, 14)):
        checks.freeze()
        assert desk.waiting_for(checks.office) == []
    with clock.at(SEED_DAY):
        assert [row.button for row in desk.waiting_for(checks.office)] == ["录入种子"]
        assert desk.waiting_for(checks.shen) == []


def test_the_calendar_names_days_and_nothing_that_was_found(checks: Checks, visit: Visit) -> None:
    finding = handed(checks, visit)
    ours = agenda.agenda_of(checks.cast.bureau, date(2026, 9, 1), date(2026, 9, 30))
    theirs = agenda.agenda_of(visit.organisation, date(2026, 9, 1), date(2026, 10, 31))

    assert [row.title for row in ours] == ["督查：秋季开学减负抽查", "抽签：秋季开学减负抽查"]
    assert [row.day for row in theirs] == [visit.reply_by]
    assert not any(finding.text in row.title + row.words for row in [*ours, *theirs])


def test_what_was_brought_and_what_was_replied_stands_among_the_changes(
    checks: Checks, visit: Visit, head: Actor
) -> None:
    from tests.cast import account_of

    from zhengyou.desk.changes import changes_for

    for person in (checks.cast.shen, checks.cast.yin):
        account_of(person)
    finding = handed(checks, visit)
    with clock.at(FIRST):
        told = changes_for(acting_as(checks.cast.shen, Role.SECRETARY))
        assert [row.label for row in told if "督查" in row.label] == ["把督查意见交给单位"]
        visits.reply(head, finding, "认。")
        told = changes_for(acting_as(checks.cast.yin, Role.INSPECTOR))
        assert [row.label for row in told if "督查" in row.label] == ["答复督查意见"]
