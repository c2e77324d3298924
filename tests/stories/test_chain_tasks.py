"""Tasks and publicity of a phase, over HTTP alone: reported by who did it, late for few eyes only,
posted once and public at once, the plan counted by itself.
"""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.campaigns.arranged import ARRANGED
from tests.cast import Cast, client_as

from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db


def words(client: Client, url: str, status: int = 200) -> str:
    """Return what a page says."""
    page = client.get(url)
    assert page.status_code == status, url
    return page.content.decode()


def send(client: Client, url: str, **data: Any) -> None:
    """Press the button of a form; it goes through."""
    done = client.post(url, data)
    assert done.status_code == 302, done.content.decode()[:2000]


class Phase:
    """The phase, walked by the cast on their own days."""

    def __init__(self, cast: Cast) -> None:
        self.office = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
        self.shen = client_as(cast.shen, Role.SECRETARY)
        self.su = client_as(cast.su, Role.COMMITTEE_MEMBER)
        self.member = client_as(cast.he)
        self.neighbour = client_as(cast.wen, Role.SECRETARY)
        self.head_of_study = cast.su

    def begins(self) -> None:
        """The office starts the campaign, the branch adopts it and fills the study group's seat."""
        send(self.office, "/campaigns/new/", text=ARRANGED, starts_on="2026-09-01", do="create")
        self.campaign = Campaign.objects.get()
        send(self.office, f"/campaigns/{self.campaign.uid}/start/")
        send(self.shen, f"/campaigns/{self.campaign.uid}/adopt/")
        self.plan = Plan.objects.get()
        self.url = f"/plans/{self.plan.uid}"
        group = self.plan.groups.get(template__code="study").organisation.uid
        seat = {f"{group}-person": self.head_of_study.uid, f"{group}-role": "seat_head"}
        send(self.shen, f"{self.url}/groups/", group=group, **seat)

    def launch_is_reported(self) -> None:
        """The desk leads to the report; afterwards nothing is due."""
        link = f"{self.url}/tasks/learn/launch/"
        assert link in words(self.shen, "/desk/")
        send(self.shen, link, words="9月3日全体党员参加，书记讲了方案", done_on="2026-09-03")
        assert link not in words(self.shen, "/desk/")
        assert "9月3日全体党员参加" in words(self.member, f"{self.url}/tasks/")

    def test_is_late(self) -> None:
        """The owner and the branch see it; next door, above and the public see none of it."""
        link = f"{self.url}/tasks/learn/test/"
        assert link in words(self.su, "/desk/")
        assert "1 件阶段任务过期没登记" in words(self.shen, "/desk/")
        assert "过期 2 天" in words(self.member, f"{self.url}/tasks/")
        assert "过期 2 天" in words(self.shen, f"/campaigns/{self.campaign.uid}/")
        words(self.neighbour, f"{self.url}/tasks/", 404)
        words(self.office, f"{self.url}/tasks/", 404)
        for page in ("/desk/", f"/campaigns/{self.campaign.uid}/"):
            assert "过期 2 天" not in words(self.office, page)
        numbers = words(self.office, f"/campaigns/{self.campaign.uid}/tasks/")
        assert "1 个组织，0 个完成，1 个过期" in numbers
        assert "苏映雪" not in numbers and "沈若兰" not in numbers
        public = words(Client(), f"/c/{self.campaign.uid}/")
        assert "升旗仪式上讲初心" in public and "过期" not in public

    def it_is_made_up_for(self) -> None:
        """The owner reports; the recorder's slip was corrected and is kept."""
        link = f"{self.url}/tasks/learn/test/"
        send(self.su, link, words="全体党员测完", done_on="2026-09-25")
        first = self.plan.task_reports.latest("pk").uid
        send(self.shen, link, words="全体党员测完，平均 93 分", done_on="2026-09-25", seen=first)
        page = words(self.su, link)
        assert "平均 93 分" in page and "代录" in page and "以前的登记" in page
        assert "2 件任务，完成 2 件" in words(self.shen, f"{self.url}/tasks/")

    def posting_is_logged(self) -> None:
        """Entered once from the line of the plan: counted there, told on the public site."""
        assert "宣传计划有 2 项还没有登记公开" in words(self.shen, "/desk/")
        plan = words(self.shen, f"{self.url}/publicity/")
        assert f"{self.url}/postings/new/?key=board" in plan
        send(
            self.shen, f"{self.url}/postings/new/?key=board", title="活动方案全文", channel="board",
            place="校门口公开栏", posted_on="2026-09-24", line="board",
        )  # fmt: skip
        assert "已公开 1 次" in words(self.shen, f"{self.url}/publicity/?when=all")
        assert "宣传计划有 1 项还没有登记公开" in words(self.shen, "/desk/")

    def everybody_reads_it(self, public: str) -> None:
        """On the public site, until it is struck out."""
        page = words(Client(), public)
        assert "活动方案全文" in page and "校门口公开栏" in page and "沈若兰" not in page
        posting = self.plan.postings.get()
        send(self.shen, f"{self.url}/postings/{posting.uid}/strike/", reason="贴错了地方")
        assert "活动方案全文" not in words(Client(), public)
        assert "贴错了地方" in words(self.shen, f"{self.url}/postings/")


def test_a_phase_with_its_tasks_and_what_is_posted(cast: Cast) -> None:
    walk = Phase(cast)
    with clock.at(date(2026, 9, 3)):
        walk.begins()
        walk.launch_is_reported()
    with clock.at(date(2026, 9, 25)):
        walk.test_is_late()
        walk.it_is_made_up_for()
        walk.posting_is_logged()
        walk.everybody_reads_it(f"/c/{walk.campaign.uid}/postings/")
    verbs = set(Fact.objects.values_list("verb", flat=True))
    assert {"task.report", "task.correct", "posting.enter", "posting.strike"} <= verbs
