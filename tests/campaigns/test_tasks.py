"""The ledger of tasks: who reports, what follows from the clock, who sees what is late."""

import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook
from tests.campaigns import arranged
from tests.cast import build, client_as
from tests.files.samples import PNG

from zhengyou.campaigns import tasking
from zhengyou.campaigns.actions import campaigns, tasks
from zhengyou.campaigns.models import Campaign, Milestone, TaskReport
from zhengyou.campaigns.queries.task_counts import task_counts
from zhengyou.campaigns.queries.task_desk import todo_for
from zhengyou.campaigns.queries.task_rows import task_rows
from zhengyou.campaigns.tasking import TaskState, state_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role

STARTS, DUE = date(2026, 9, 1), date(2026, 9, 7)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("done", "reported", "day", "state"),
    [
        (None, False, date(2026, 8, 31), TaskState.WAITING),
        (None, True, date(2026, 8, 31), TaskState.DOING),
        (None, False, STARTS, TaskState.DOING),
        (None, True, DUE, TaskState.DOING),
        (None, False, date(2026, 9, 8), TaskState.LATE),
        (None, True, date(2026, 9, 8), TaskState.LATE),
        (date(2026, 9, 20), True, date(2026, 9, 30), TaskState.DONE),
    ],
)
def test_the_state_follows_from_report_and_clock(done, reported, day, state):
    assert state_of(STARTS, DUE, done, reported, day) == state


class Tasks(TestCase):
    """On 15 September: the secretary's launch was due on the 7th, the group's test on the 23rd."""

    @classmethod
    def setUpTestData(cls):
        with clock.at(date(2026, 1, 1)):
            cls.cast = build()
        cls.campaign, cls.mine, cls.theirs = arranged.begin(cls.cast)
        cls.launch = arranged.task(cls.campaign, "launch")
        cls.test = arranged.task(cls.campaign, "test")
        cls.shen = arranged.secretary(cls.cast)
        cls.su = acting_as(cls.cast.su, Role.COMMITTEE_MEMBER)

    def setUp(self):
        self.enterContext(clock.at(arranged.NOW))

    def rows(self):
        return {row.task.code: row for row in task_rows(arranged.plan(self.mine.pk))}

    def test_who_may_report_and_who_reads(self):
        cast, mine = self.cast, self.mine
        actors = {
            "secretary": self.shen,
            "seat": self.su,
            "recorder": acting_as(cast.tian, Role.RECORDER),
            "member": acting_as(cast.he),
            "next door": acting_as(cast.wen, Role.SECRETARY),
            "above": acting_as(cast.gu, Role.CAMPAIGN_OFFICE),
        }
        may = {
            who: (
                bool(tasking.may_see_tasks(actor, mine)),
                bool(tasking.may_report(actor, mine, self.launch)),
                bool(tasking.may_report(actor, mine, self.test)),
                bool(tasking.may_set_due(actor, mine)),
            )
            for who, actor in actors.items()
        }
        assert may == {
            "secretary": (True, True, True, True),
            "seat": (True, False, True, False),
            "recorder": (True, True, True, False),
            "member": (True, False, False, False),
            "next door": (False, False, False, False),
            "above": (False, False, False, False),
        }

    def test_no_row_is_not_reported_and_the_holders_stand_by(self):
        rows = self.rows()
        assert rows["launch"].state == TaskState.LATE and rows["launch"].label == "过期 8 天"
        assert rows["launch"].owner == "书记（沈若兰）"
        assert (rows["test"].state, rows["test"].owner) == (TaskState.DOING, "学习组（苏映雪）")

    def test_a_report_is_corrected_and_what_it_said_is_kept(self):
        first = tasks.report(
            acting_as(self.cast.tian, Role.RECORDER),
            self.mine,
            self.test,
            words="测了一半",
            done_on=None,
        )
        assert first.entered_for and self.rows()["test"].state == TaskState.DOING
        second = tasks.report(
            self.su, self.mine, self.test, words="全测完了", done_on=date(2026, 9, 14), seen=first
        )
        row = self.rows()["test"]
        assert not second.entered_for
        assert row.report == second and row.earlier == (first,) and row.state == TaskState.DONE
        with pytest.raises(Stale):
            tasks.report(self.su, self.mine, self.test, words="又测", done_on=None, seen=first)
        facts = [
            fact.verb for fact in Fact.objects.filter(verb__startswith="task.").order_by("seq")
        ]
        assert facts == ["task.report", "task.correct"]

    def test_what_cannot_be_is_refused_in_words(self):
        for words, day, why in (
            ("  ", None, "写一句办得怎样"),
            ("好" * 1001, None, "最多 1000 个"),
            ("办了", date(2026, 9, 16), "还没到"),
        ):
            with pytest.raises(Refused, match=why):
                tasks.report(self.shen, self.mine, self.launch, words=words, done_on=day)
        for day, why in ((date(2026, 9, 24), "只能提前"), (date(2026, 8, 31), "不能早于")):
            with pytest.raises(Refused, match=why):
                tasks.set_due(self.shen, self.mine, self.test, day)
        assert not TaskReport.objects.exists()

    def test_the_bodys_own_date_only_makes_it_earlier(self):
        tasks.set_due(self.shen, self.mine, self.test, date(2026, 9, 10))
        row = self.rows()["test"]
        assert row.own_due and row.state == TaskState.LATE
        office = acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
        campaigns.move_phases(
            office, self.campaign, {"learn": (STARTS, date(2026, 9, 12))}, reason="早结束"
        )
        assert self.rows()["test"].due_on == date(2026, 9, 5)
        tasks.set_due(self.shen, self.mine, arranged.task(self.campaign, "test"), None)
        assert not self.rows()["test"].own_due

    def test_late_is_told_to_owner_and_branch_and_counted_above(self):
        with clock.at(date(2026, 9, 24)):
            assert [e.title for e in todo_for(self.su)][:1] == ["集中测试"]
            mine = [e.title for e in todo_for(self.shen)]
            assert mine[:2] == ["动员大会", "“小学创先争优活动”有 1 件阶段任务过期没登记"]
            assert todo_for(acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)) == []
            assert todo_for(acting_as(self.cast.he)) == []
            tasks.report(self.shen, self.mine, self.launch, words="开了", done_on=STARTS)
            counts = task_counts(self.campaign, self.cast.bureau.path)
            assert [(c.task.code, c.done, c.late, c.total) for c in counts.tasks] == [
                ("launch", 1, 1, 2), ("test", 0, 2, 2),
            ]  # fmt: skip
            found = {body.name: (body.done, body.late) for body in counts.bodies}
            assert found == {"育新小学党支部": (1, 1), "南湖小学党支部": (0, 2)}

    def test_pages_filter_and_the_workbook_holds_what_is_shown(self):
        shen = client_as(self.cast.shen, Role.SECRETARY)
        url = f"/plans/{self.mine.uid}/tasks/"
        late = shen.get(url, {"state": "late", "phase": "learn"}).content.decode()
        assert "动员大会" in late and "集中测试" not in late
        book = shen.get(f"/plans/{self.mine.uid}/tasks.xlsx", {"state": "late"})
        sheet = load_workbook(BytesIO(b"".join(book.streaming_content)))
        rows = sheet.get_sheet_by_index(0).to_python()
        assert [row[1] for row in rows[2:]] == ["动员大会"]
        above = client_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
        assert above.get(url).status_code == 404  # the plan is a draft
        page = above.get(f"/campaigns/{self.campaign.uid}/tasks/").content.decode()
        assert "2 个组织，0 个完成，2 个过期" in page and "沈若兰" not in page

    def test_what_was_typed_stays_when_somebody_else_was_faster(self):
        su = client_as(self.cast.su, Role.COMMITTEE_MEMBER)
        url = f"/plans/{self.mine.uid}/tasks/learn/test/"
        assert su.get(url).status_code == 200
        tasks.report(self.shen, self.mine, self.test, words="书记先登了", done_on=None)
        late = su.post(url, {"words": "我写的", "done_on": "", "seen": ""})
        words = late.content.decode()
        assert late.status_code == 409 and "我写的" in words and "书记先登了" in words
        seen = TaskReport.objects.get().uid
        assert su.post(url, {"words": "我写的", "done_on": "", "seen": seen}).status_code == 302
        assert su.post(f"{url}due/", {"due-due_on": "2026-09-20"}).status_code == 403
        shen = client_as(self.cast.shen, Role.SECRETARY)
        assert shen.post(f"{url}due/", {"due-due_on": "2026-09-20"}).status_code == 302

    def test_a_file_is_for_the_branch_like_the_report(self):
        with tempfile.TemporaryDirectory() as folder, override_settings(VAR=Path(folder)):
            shen = client_as(self.cast.shen, Role.SECRETARY)
            sent = {"words": "开了", "done_on": "2026-09-03", "seen": ""}
            photo = SimpleUploadedFile("签到表.png", PNG)
            url = f"/plans/{self.mine.uid}/tasks/learn/launch/"
            assert shen.post(url, sent | {"file": photo}).status_code == 302
            (file,) = self.rows()["launch"].files
            address = file.get_absolute_url()
            assert client_as(self.cast.he).get(address).status_code == 200
            outside = client_as(self.cast.wen, Role.SECRETARY)
            assert {each.get(address).status_code for each in (outside, Client())} == {404}

    def test_key_dates_move_with_their_phase_and_stand_on_page_and_ribbon(self):
        assert Milestone.objects.get().due_on == date(2026, 9, 10)
        page = client_as(self.cast.gu, Role.CAMPAIGN_OFFICE).get(f"/campaigns/{self.campaign.uid}/")
        assert page.content.decode().count("升旗仪式上讲初心") == 2
        office = acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
        days = {"learn": (date(2026, 9, 8), date(2026, 9, 30))}
        campaigns.move_phases(office, Campaign.objects.get(), days, reason="推迟")
        assert Milestone.objects.get().due_on == date(2026, 9, 17)

    def test_the_pages_take_the_same_queries_whatever_was_reported(self):
        shen = client_as(self.cast.shen, Role.SECRETARY)
        gu = client_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
        pages = [
            (shen, f"/plans/{self.mine.uid}/tasks/"),
            (gu, f"/campaigns/{self.campaign.uid}/tasks/"),
        ]

        def counts():
            found = []
            for client, url in pages:
                with CaptureQueriesContext(connection) as seen:
                    assert client.get(url).status_code == 200
                found.append(len(seen))
            return found

        counts()
        report = tasks.report(self.shen, self.mine, self.launch, words="一", done_on=None)
        before = counts()
        for number in range(29):
            report = tasks.report(
                self.shen, self.mine, self.launch, words=f"{number}", done_on=None, seen=report
            )
            arranged.task(self.campaign, "launch")
            self.launch.phase.tasks.create(
                code=f"t{number}", title="再一件", owner=Role.SECRETARY, due="第1周", due_on=DUE
            )
        assert counts() == before == [13, 13]
