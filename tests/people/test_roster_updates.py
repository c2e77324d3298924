"""Rows that are somebody known: updates, transfers, choices, and a roll that changes meanwhile."""

from datetime import date

import pytest
from tests.people.roster_books import (
    HEADER,
    book,
    confirmed,
    keeper,
    line,
    office,
    row_of,
    update,
    uploaded,
)

from zhengyou.kernel import clock, identity
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import people, record
from zhengyou.people.actions import roster as verbs
from zhengyou.people.models import (
    Choice,
    ImportState,
    Membership,
    Person,
    RosterImport,
)
from zhengyou.people.roster import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


# --- somebody known -----------------------------------------------------------------------------


def test_an_update_changes_what_the_row_says_and_nothing_else(cast):
    before = identity.unseal(cast.song.phone_sealed)
    update(cast, cast.song, 出生日期="1988.06.16", 入党日期="2012.05")
    assert (cast.song.joined.iso, cast.song.became_full.iso) == ("2012-05", "2013-04")
    assert identity.unseal(cast.song.phone_sealed) == before
    assert cast.song.work == "一年级数学老师"


def test_who_became_a_full_member_is_one_from_then_on(cast):
    update(cast, cast.fang, 人员类别="正式党员", 转正日期="2026.07")
    kinds = [(one.kind, one.until) for one in cast.fang.standings.order_by("since")]
    assert kinds == [("probationary", date(2026, 7, 1)), ("full", None)]


def test_a_standing_of_earlier_days_does_not_undo_what_holds(cast):
    """The roll says activist since 2026; the roster says full member since 2020: he is one now."""
    update(cast, cast.jiang, 人员类别="正式党员", 入党日期="2019.07", 转正日期="2020.07")
    assert cast.jiang.standings.get(until=None).kind == "full"
    assert not cast.jiang.standings.held().filter(kind="activist", until=None).exists()


@pytest.mark.parametrize(
    ("cells", "open_kinds"),
    [
        ({"党籍状态": "停止党籍"}, {"suspended"}),
        ({"是否失联党员": "是", "失联日期": "2026.02"}, {"lost"}),
        ({"是否流动党员": "是", "外出流向": "杭州"}, {"mobile"}),
        ({"党籍状态": "正常", "是否失联党员": "否", "是否流动党员": "否"}, set()),
    ],
)
def test_circumstances_begin_and_end_with_the_roster(cast, cells, open_kinds):
    header = (*HEADER, "党籍状态", "是否失联党员", "失联日期", "是否流动党员", "外出流向")
    if not open_kinds:
        ill = {"党籍状态": "留党察看", "是否失联党员": "是", "是否流动党员": "是"}
        update(cast, cast.song, header, **ill)
    update(cast, cast.song, header, **cells)
    held = cast.song.circumstances.filter(until=None)
    assert set(held.values_list("kind", flat=True)) == open_kinds


def test_details_of_a_circumstance_are_corrected_in_place(cast):
    header = (*HEADER, "是否失联党员", "失联日期", "是否流动党员", "外出流向")
    update(cast, cast.song, header, 是否失联党员="是", 失联日期="2026.02", 是否流动党员="是",
           外出流向="杭州")  # fmt: skip
    update(cast, cast.song, header, 失联日期="2026.03", 是否失联党员="是", 外出流向="宁波")
    found = {one.kind: one for one in cast.song.circumstances.all()}
    assert (found["lost"].known_since.iso, found["mobile"].detail) == ("2026-03", "宁波")


def test_a_transfer_ends_what_was_held_where_one_leaves(cast):
    roster = update(
        cast, cast.song, actor=office(cast), body=cast.bureau, 所在党支部="南湖小学党支部"
    )
    today = clock.today()
    held = Membership.objects.on(today).filter(person=cast.song)
    assert [row.organisation for row in held] == [cast.nanhu]
    left = Membership.objects.filter(person=cast.song, until=today)
    assert {(row.organisation, row.left_because) for row in left} == {
        (cast.branch, "moved"), (cast.low, "moved"),
    }  # fmt: skip
    assert not cast.song.posts.filter(until=None).exists(), "no longer leads the group he left"
    assert roster.counts["transfer"] == 1


def test_a_change_of_group_leaves_the_branch_alone(cast):
    update(cast, cast.song, (*HEADER, "所在党小组"), 所在党小组="高段党小组")
    held = Membership.objects.on(clock.today()).filter(person=cast.song)
    assert {row.organisation for row in held} == {cast.branch, cast.high}


def test_likenesses_must_be_decided_first(cast):
    row = row_of(cast.song, 公民身份号码="", 出生日期="1988.06.16", 入党日期="2012.05")
    roster = uploaded(keeper(cast), cast.branch, book([row]))
    with pytest.raises(Refused, match="还有 1 行没有选"):
        verbs.confirm(keeper(cast), roster)
    verbs.choose(keeper(cast), roster, {roster.matches.get().pk: Choice.NEW})
    confirmed(keeper(cast), roster)
    assert Person.objects.filter(name="宋知行").count() == 2


def test_a_row_can_be_skipped(cast):
    row = row_of(cast.song, 入党日期="2012.05")
    roster = uploaded(keeper(cast), cast.branch, book([row, line("钱小满", 1)]))
    verbs.choose(keeper(cast), roster, {roster.matches.get().pk: Choice.SKIP})
    confirmed(keeper(cast), roster)
    assert roster.counts == {"skipped": 1, "add": 1, "hints": 0}
    cast.song.refresh_from_db()
    assert cast.song.joined.iso == "2012-04"


def test_all_of_a_kind_can_be_answered_at_once(cast):
    rows = [
        row_of(who, 公民身份号码="", 出生日期=str(who.born), 入党日期="2011.11")
        for who in (cast.song, cast.tian)
    ]
    rows.append(row_of(cast.xu, 所在党支部="育新小学党支部"))
    content = book([row | {"所在党支部": "育新小学党支部"} for row in rows])
    roster = uploaded(office(cast), cast.bureau, content)
    assert verbs.choose_all(office(cast), roster, "name_and_birth", Choice.UPDATE) == 2
    assert roster.matches.filter(choice=Choice.OPEN).get().person == cast.xu
    assert verbs.choose_all(office(cast), roster, verbs.TRANSFER, Choice.SKIP) == 1


def test_one_number_cannot_be_made_two_people(cast):
    roster = uploaded(keeper(cast), cast.branch, book([row_of(cast.song, 入党日期="2012.05")]))
    with pytest.raises(Refused, match="不能这样选"):
        verbs.choose(keeper(cast), roster, {roster.matches.get().pk: Choice.NEW})


def test_choices_survive_a_second_check(cast):
    row = row_of(cast.song, 公民身份号码="", 出生日期="1988.06.16", 入党日期="2012.05")
    roster = uploaded(keeper(cast), cast.branch, book([row]))
    verbs.choose(keeper(cast), roster, {roster.matches.get().pk: Choice.SKIP})
    verbs.recheck(keeper(cast), roster)
    assert roster.matches.get().choice == Choice.SKIP


def test_the_same_again_is_nothing_to_import(cast):
    content = book([line("钱小满", 1)])
    confirmed(keeper(cast), uploaded(keeper(cast), cast.branch, content))
    again = uploaded(keeper(cast), cast.branch, content)
    assert again.counts["same"] == 1
    with pytest.raises(Refused, match="没有要导入的"):
        verbs.confirm(keeper(cast), again)


# --- what changes under the preview -------------------------------------------------------------


def test_if_the_roll_has_changed_the_preview_is_made_anew(cast):
    """Two people upload the same roster; the second one confirms what is no longer true."""
    content = book([line("钱小满", 1), line("孙知秋", 2)])
    first = uploaded(keeper(cast), cast.branch, content)
    second = uploaded(office(cast), cast.branch, content)
    confirmed(keeper(cast), first)
    confirmed(office(cast), second)
    assert second.state == ImportState.PREVIEWED
    assert "有了变化" in second.reason
    assert second.counts["same"] == 2
    assert Person.objects.filter(name="钱小满").count() == 1


def test_if_a_person_was_amended_meanwhile_the_user_looks_again(cast):
    roster = uploaded(keeper(cast), cast.branch, book([row_of(cast.song, 入党日期="2012.05")]))
    record.amend(keeper(cast), cast.song, {"joined": None})
    confirmed(keeper(cast), roster)
    assert roster.state == ImportState.PREVIEWED
    assert roster.matches.get().changes == [["入党日期", "", "2012年5月"]]


def test_if_the_branch_was_renamed_meanwhile_the_user_looks_again(cast):
    from zhengyou.people.actions.tree import rename

    roster = uploaded(office(cast), cast.bureau, book([line("钱小满", 1)]))
    rename(office(cast), cast.branch, "育才小学党支部")
    confirmed(office(cast), roster)
    assert roster.state == ImportState.PREVIEWED
    assert roster.count("errors") == 1


def written_by_a_worker(actor, roster, settings):
    """Confirm, and let a worker of its own write: what others do meanwhile is on the books."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    verbs.confirm(actor, roster)
    jobs.write(roster.uid, roster.job)
    roster.refresh_from_db()


@pytest.mark.parametrize("times", [1, 99])
def test_what_is_done_while_the_import_is_worked_out_is_seen(cast, monkeypatch, settings, times):
    """Others write meanwhile: it is worked out again, the last time with everybody waiting."""
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    work_out, done = jobs._work_out, []

    def meddled(*args):
        work_out(*args)
        if len(done) < times:
            done.append(people.enrol(keeper(cast), Person(name=f"周{len(done)}"), cast.branch))

    monkeypatch.setattr(jobs, "_work_out", meddled)
    written_by_a_worker(keeper(cast), roster, settings)
    assert roster.state == ImportState.CONFIRMED
    assert len(done) == min(times, 3)
    assert Person.objects.filter(name="钱小满").count() == 1


def test_somebody_enrolled_while_the_import_is_worked_out_is_not_there_twice(
    cast, monkeypatch, settings
):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    work_out = jobs._work_out

    def meddled(*args):
        work_out(*args)
        monkeypatch.setattr(jobs, "_work_out", work_out)
        twin = Person(name="钱小满")
        twin.write_id_number(line("钱小满", 1)["公民身份号码"])
        people.enrol(keeper(cast), twin, cast.branch)

    monkeypatch.setattr(jobs, "_work_out", meddled)
    written_by_a_worker(keeper(cast), roster, settings)
    assert roster.state == ImportState.PREVIEWED
    assert "有了变化" in roster.reason
    assert Person.objects.filter(name="钱小满").count() == 1


def test_if_the_post_has_ended_nothing_is_written(cast):
    actor = keeper(cast)
    roster = uploaded(actor, cast.branch, book([line("钱小满", 1)]))
    cast.shen.posts.update(until=clock.today())
    confirmed(actor, roster)
    assert roster.state == ImportState.PREVIEWED
    assert "职务已经变了" in roster.reason
    assert not Person.objects.filter(name="钱小满").exists()


def test_a_fault_of_ours_leaves_the_preview_and_says_so(cast, monkeypatch):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    monkeypatch.setattr("zhengyou.people.roster.planning.new_person", lambda entry: 1 / 0)
    confirmed(keeper(cast), roster)
    assert roster.state == ImportState.PREVIEWED
    assert "出了意外" in roster.reason


def test_a_worker_that_was_overtaken_stops(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    old = roster.job
    verbs.recheck(keeper(cast), roster)
    RosterImport.objects.update(state=ImportState.WRITING)
    jobs.write(roster.uid, old)
    assert not Person.objects.filter(name="钱小满").exists()


def test_two_confirms_of_one_import_one_wins(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    other = RosterImport.objects.get(pk=roster.pk)
    confirmed(keeper(cast), roster)
    with pytest.raises(Stale):
        verbs.confirm(office(cast), other)
