"""Who may import, and the ways out: cancel, try again, sweep."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.people.roster_books import (
    book,
    confirmed,
    files,
    keeper,
    line,
    uploaded,
)

from zhengyou.kernel import clock
from zhengyou.kernel.progress import Progress
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import roster as verbs
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    ImportState,
    Person,
    Role,
    RosterImport,
)
from zhengyou.people.roster import jobs, store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


# --- rights -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "role", "body", "may"),
    [
        ("shen", Role.SECRETARY, "branch", True),
        ("zhou", Role.DEPUTY_SECRETARY, "branch", True),
        ("su", Role.COMMITTEE_MEMBER, "branch", True),  # 组织委员
        ("gu", Role.CAMPAIGN_OFFICE, "branch", True),
        ("gu", Role.CAMPAIGN_OFFICE, "bureau", True),
        ("zhuo", Role.SYSTEM_ADMIN, "branch", True),
        ("song", Role.GROUP_LEADER, "branch", False),
        ("yin", Role.INSPECTOR, "branch", False),
        ("tian", Role.RECORDER, "branch", False),
        ("fang", None, "branch", False),
        ("shen", Role.SECRETARY, "nanhu", False),
        ("shen", Role.SECRETARY, "bureau", False),
        ("shen", Role.SECRETARY, "school", False),
        ("shen", Role.SECRETARY, "low", False),
        ("bai", Role.SECRETARY, "branch", False),
    ],
)
def test_who_may_import_where(cast, who, role, body, may):
    actor, target = acting_as(cast.persons[who], role), getattr(cast, body)
    if may:
        assert uploaded(actor, target, book([line("钱小满", 1)])).count("rows") == 1
        return
    with pytest.raises(Refused):
        verbs.upload(actor, target, [book([line("钱小满", 1)])], "名册.xlsx")
    assert files() == []


@pytest.mark.parametrize("verb", ["confirm", "cancel", "recheck", "undo"])
def test_next_door_nothing_can_be_done_with_an_import(cast, verb):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    if verb == "undo":
        confirmed(keeper(cast), roster)
    with pytest.raises(Refused):
        getattr(verbs, verb)(acting_as(cast.wen, Role.SECRETARY), roster)


# --- cancel, retry, sweep -----------------------------------------------------------------------


def test_a_cancelled_import_leaves_nothing(cast, django_capture_on_commit_callbacks):
    roster = uploaded(keeper(cast), cast.branch, book([line("李四3", 2)]))
    with django_capture_on_commit_callbacks(execute=True):
        verbs.cancel(keeper(cast), roster)
    assert roster.state == ImportState.CANCELLED
    assert (roster.findings.count(), files()) == (0, [])
    with pytest.raises(Stale):
        verbs.confirm(keeper(cast), RosterImport(pk=roster.pk, organisation=cast.branch,
                                                 counts={"add": 1}))  # fmt: skip


def test_a_new_upload_replaces_the_one_that_was_wrong(cast):
    wrong = uploaded(keeper(cast), cast.branch, book([line("李四3", 2)]))
    uploaded(keeper(cast), cast.branch, book([line("李四", 2)]), instead=wrong)
    wrong.refresh_from_db()
    assert wrong.state == ImportState.CANCELLED


def test_writing_stops_when_that_is_wished(cast, monkeypatch):
    monkeypatch.setattr("zhengyou.people.roster.reading.CHUNK", 2)
    roster = uploaded(keeper(cast), cast.branch, book([line(f"钱{n}", at) for at, n in
                                                       enumerate("甲乙丙丁戊", 1)]))  # fmt: skip
    job = uuid4()
    RosterImport.objects.update(state=ImportState.WRITING, job=job)
    roster.refresh_from_db()
    verbs.cancel(keeper(cast), roster)
    jobs.write(roster.uid, job)
    roster.refresh_from_db()
    assert roster.state == ImportState.PREVIEWED
    assert "停下了导入" in roster.reason
    assert not Person.objects.filter(name="钱甲").exists()


def test_a_check_that_nobody_took_up_can_be_ordered_again(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    RosterImport.objects.update(state=ImportState.CHECKING, job=uuid4(), job_at=clock.now())
    roster.refresh_from_db()
    assert not verbs.is_interrupted(roster), "it has only just been ordered"
    with pytest.raises(Refused, match="正在检查"):
        verbs.recheck(keeper(cast), roster)
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert verbs.is_interrupted(roster)
        verbs.release(keeper(cast), roster)
    roster.refresh_from_db()
    assert roster.state == ImportState.PREVIEWED


def test_work_that_goes_on_cannot_be_released(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    RosterImport.objects.update(state=ImportState.WRITING, job=uuid4())
    roster.refresh_from_db()
    Progress(roster.job).set(1, 2, "正在导入")
    with pytest.raises(Refused, match="还在办"):
        verbs.release(keeper(cast), roster)


def test_after_seven_days_the_file_goes(cast, django_capture_on_commit_callbacks):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    with clock.at(clock.now() + timedelta(days=6)):
        assert verbs.sweep() == 0
    assert files() == [f"{roster.uid}.xlsx"]
    with (
        clock.at(clock.now() + timedelta(days=8)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert verbs.sweep() == 1
        assert verbs.sweep() == 0
    roster.refresh_from_db()
    assert roster.state == ImportState.CANCELLED
    assert files() == []


def test_files_that_no_import_needs_go_too_but_not_at_once(cast):
    stray = store.folder() / f"{uuid4()}.xlsx"
    stray.write_bytes(b"x")
    verbs.sweep()
    assert stray.exists(), "its row may not be committed yet"
    with clock.at(clock.now() + timedelta(hours=2)):
        verbs.sweep()
    assert not stray.exists()
