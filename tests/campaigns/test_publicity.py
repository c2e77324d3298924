"""The publicity plan of a body, derived and changed; what was posted, entered once."""

import tempfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from tests.campaigns import arranged
from tests.cast import build, client_as
from tests.files.samples import PNG

from zhengyou.campaigns.actions import publicity
from zhengyou.campaigns.blueprint import check, dump
from zhengyou.campaigns.models import Channel, Posting, PublicityItem, PublicityLine
from zhengyou.campaigns.queries.publicity import line_of, lines_of, public_postings, shown
from zhengyou.campaigns.queries.task_desk import todo_for
from zhengyou.campaigns.task_forms import LineForm
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.papers.models import Paper, PaperKind, PaperState
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role


class Publicity(TestCase):
    """On 15 September: the board is due in September, the radio every month until May."""

    @classmethod
    def setUpTestData(cls):
        with clock.at(date(2026, 1, 1)):
            cls.cast = build()
        cls.campaign, cls.mine, cls.theirs = arranged.begin(cls.cast)
        cls.shen = arranged.secretary(cls.cast)
        cls.su = acting_as(cls.cast.su, Role.COMMITTEE_MEMBER)

    def setUp(self):
        self.enterContext(clock.at(arranged.NOW))

    def test_the_file_is_read_and_written_alike(self):
        again = check(dump(self.campaign))
        assert again.data["publicity"] == check(arranged.ARRANGED).data["publicity"]
        assert again.data["phase"] == check(arranged.ARRANGED).data["phase"]

    def test_the_plan_follows_from_the_campaign(self):
        lines = lines_of(self.mine)
        assert [line.key for line in lines[:3]] == ["board", "radio@2026-09-01", "radio@2026-10-01"]
        assert len(lines) == 10 and not PublicityLine.objects.exists()
        radio = lines[1]
        assert (radio.title, radio.who, radio.until) == (
            "红领巾广播站讲身边党员，2026年9月", "学习组", date(2026, 9, 30),
        )  # fmt: skip

    def test_a_line_is_changed_left_out_or_added(self):
        radio = line_of(self.mine, "radio@2026-10-01")
        row = publicity.plan_line(
            self.su, self.mine, radio, title="国庆停一次", channel=Channel.BROADCAST,
            since=radio.since, until=radio.until, left_out="放假",
        )  # fmt: skip
        changed = line_of(self.mine, "radio@2026-10-01")
        assert (changed.title, changed.state) == ("国庆停一次", ("off", "不办"))
        with pytest.raises(Stale):
            publicity.plan_line(
                self.shen, self.mine, radio, title="别的", channel=Channel.BOARD,
                since=radio.since, until=radio.until,
            )  # fmt: skip
        own = publicity.plan_line(
            self.shen, self.mine, None, title="校门口横幅", channel=Channel.BANNER,
            since=date(2026, 9, 20), until=date(2026, 9, 30),
        )  # fmt: skip
        assert line_of(self.mine, str(own.uid)).title == "校门口横幅"
        assert len(lines_of(self.theirs)) == 10  # next door nothing changed
        assert row.changed and PublicityLine.objects.count() == 2

    def test_the_longest_title_with_its_period_is_saved_as_it_stands(self):
        PublicityItem.objects.filter(campaign=self.campaign, code="radio").update(title="讲" * 60)
        radio = line_of(self.mine, "radio@2026-10-01")
        assert len(radio.title) > 60
        typed = {name: getattr(radio, name) for name in ("title", "since", "until", "who", "focus")}
        form = LineForm(radio, {**typed, "channel": radio.channel.value, "revision": 0})
        assert form.is_valid(), form.errors
        row = publicity.plan_line(
            self.su, self.mine, radio, title=form.cleaned_data["title"], channel=radio.channel,
            since=radio.since, until=radio.until,
        )  # fmt: skip
        assert PublicityLine.objects.get(pk=row.pk).title == radio.title

    def test_what_was_posted_counts_once_and_is_public_until_it_is_struck_out(self):
        board = line_of(self.mine, "board")
        made = publicity.post(
            self.shen, self.mine, title="方案全文", channel=Channel.BOARD, place="校门口公开栏",
            posted_on=date(2026, 9, 10), line=board, about=self.mine.ref,
        )  # fmt: skip
        assert line_of(self.mine, "board").state == ("done", "已公开 1 次")
        (seen,) = shown(public_postings(self.campaign))
        assert (seen.posting, seen.channel, seen.about) == (made, "公开栏", self.mine.title)
        assert not public_postings(self.campaign, self.cast.nanhu).exists()
        assert not public_postings(self.campaign, channel="radio").exists()
        with pytest.raises(Refused, match="为什么"):
            publicity.strike(self.shen, made, " ")
        publicity.strike(self.shen, made, "登重了")
        assert not public_postings(self.campaign).exists()
        assert (
            line_of(self.mine, "board").is_open and Posting.objects.get().struck_reason == "登重了"
        )
        with pytest.raises(Refused, match="已经划去"):
            publicity.strike(self.shen, made, "再划")
        with pytest.raises(Refused, match="还没到"):
            publicity.post(
                self.shen, self.mine, title="明天的", channel=Channel.BOARD,
                posted_on=date(2026, 9, 16),
            )  # fmt: skip

    def test_the_desk_says_once_what_is_not_entered(self):
        with clock.at(date(2026, 9, 28)):
            titles = [errand.title for errand in todo_for(self.su)]
            assert "宣传计划有 2 项还没有登记公开" in titles
            publicity.post(
                self.su, self.mine, title="广播稿", channel=Channel.BROADCAST,
                posted_on=date(2026, 9, 21), line=line_of(self.mine, "radio@2026-09-01"),
            )  # fmt: skip
            titles = [errand.title for errand in todo_for(self.su)]
            assert "宣传计划有 1 项还没有登记公开" in titles

    def test_pages_from_the_line_to_the_log(self):
        su = client_as(self.cast.su, Role.COMMITTEE_MEMBER)
        base = f"/plans/{self.mine.uid}"
        page = su.get(f"{base}/publicity/").content.decode()
        assert "红领巾广播站讲身边党员，2026年9月" in page and "2026年10月" not in page
        form = su.get(f"{base}/postings/new/", {"key": "radio@2026-09-01"}).context["form"]
        assert form["channel"].value() == "broadcast" and form["line"].value() == "radio@2026-09-01"
        sent = {
            "title": "周启明护学的故事", "channel": "broadcast", "place": "红领巾广播站",
            "posted_on": "2026-09-14", "line": "radio@2026-09-01", "about": "",
        }  # fmt: skip
        with override_settings(VAR=self.enterContext(scratch())):
            photo = SimpleUploadedFile("现场.png", PNG)
            assert su.post(f"{base}/postings/new/", sent | {"photo": photo}).status_code == 302
            again = su.post(f"{base}/postings/new/", sent)
            assert again.status_code == 422 and "已经登记过了" in again.content.decode()
            log = su.get(f"{base}/postings/").content.decode()
            assert "周启明护学的故事" in log and "照片：现场.png" in log
            (seen,) = shown(public_postings(self.campaign))
            anybody = Client().get(seen.files[0].get_absolute_url())
            assert anybody.status_code == 200
        assert su.post(f"{base}/publicity/line/", {"title": ""}).status_code == 422
        own = {"title": "自己加的", "channel": "board", "since": "2026-09-01",
               "until": "2026-09-30", "revision": "9" * 30}  # fmt: skip
        assert su.post(f"{base}/publicity/line/", own).status_code == 302
        assert PublicityLine.objects.get(title="自己加的").revision == 1
        assert su.get(f"{base}/publicity/line/", {"key": "nothing"}).status_code == 404
        done = su.post(
            f"{base}/publicity/line/?key=board",
            {"title": "方案上两块公开栏", "channel": "board", "since": "2026-09-01",
             "until": "2026-09-30", "revision": 0},
        )  # fmt: skip
        assert done.status_code == 302
        assert line_of(self.mine, "board").title == "方案上两块公开栏"
        posting = Posting.objects.get()
        assert (
            su.post(f"{base}/postings/{posting.uid}/strike/", {"reason": "日子写错"}).status_code
            == 302
        )
        assert "日子写错" in su.get(f"{base}/postings/").content.decode()

    def test_who_keeps_the_log(self):
        base = f"/plans/{self.mine.uid}"
        he = client_as(self.cast.he)
        assert he.get(f"{base}/publicity/").status_code == 200
        assert he.get(f"{base}/postings/new/").status_code == 403
        gu = client_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
        assert gu.get(f"{base}/publicity/").status_code == 200
        assert gu.post(f"{base}/postings/new/", {"title": "x"}).status_code == 403
        wen = client_as(self.cast.wen, Role.SECRETARY)
        assert wen.get(f"{base}/publicity/").status_code == 404

    def test_the_pages_take_the_same_queries_for_one_posting_and_for_thirty(self):
        su = client_as(self.cast.su, Role.COMMITTEE_MEMBER)
        pages = [f"/plans/{self.mine.uid}/publicity/", f"/plans/{self.mine.uid}/postings/"]

        def post():
            """Each posts another thing, as most do."""
            paper = Paper.objects.create(
                campaign=self.campaign, organisation=self.cast.branch, state=PaperState.FAILED,
                as_of=date(2026, 9, 14), asked_by=self.cast.shen, asked_at=clock.now(),
                kind=PaperKind.values[0],
            )  # fmt: skip
            publicity.post(
                self.su, self.mine, title=f"第 {paper.pk} 份", channel=Channel.BOARD,
                about=Ref("paper", paper.uid, paper.title), posted_on=date(2026, 9, 14),
                line=line_of(self.mine, "board"),
            )  # fmt: skip

        def counts():
            found = []
            for url in pages:
                with CaptureQueriesContext(connection) as seen:
                    assert su.get(url).status_code == 200
                found.append(len(seen))
            return found

        post()
        counts()
        before = counts()
        for _ in range(29):
            post()
        assert counts() == before == [11, 13]


def scratch():
    """A folder of this test's own for files."""
    return tempfile.TemporaryDirectory()
