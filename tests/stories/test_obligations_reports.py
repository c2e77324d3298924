"""Reports up: the weekly feedback of the primary school over eight weeks with one point in which it
is stuck and gets out of it; the college's reports of quarter, half-year and year, with one leader's
lecture missing. Over HTTP, as those who write and read them do it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page
from tests.cast import Cast, account_of, client_as
from tests.stage import shared
from tests.work.reporting import weekly
from tests.work.scene import TEXT, Autumn, a_campaign, a_duty, autumn_of_duties, record_of

from zhengyou import documents
from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role, StandingKind
from zhengyou.work import stuck
from zhengyou.work.models import Duty, Report, ReportState
from zhengyou.work.queries.compliance import standing_of_body, standing_of_person

__all__ = ["autumn_of_duties", "college"]

FIRST = date(2026, 9, 11)  # a Friday
STUCK, SOLVED = 1, 4  # in which week


def words(client: Client, url: str) -> str:
    """Return a page as plain text."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return plain(answer.content.decode())


def plain(html: str) -> str:
    text = re.sub(r"<(script|style)[\s\S]*?</\1>", "", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def write(client: Client, label: str, **lines: str) -> Report:
    """Begin the report that the page of reports offers, add lines, send it as it was seen."""
    page = client.get("/reports/").content.decode()
    forms = re.findall(r'<form method="post" action="(/reports/begin/[^"]+)">(.*?)</form>', page)
    action, inner = next(each for each in forms if label in unescape(each[1]))
    fields = dict(re.findall(r'name="(start|person)" value="([^"]*)"', inner))
    url = client.post(action, fields)["Location"]
    page = client.get(url).content.decode()
    keys = dict(
        re.findall(r'value="(done|stuck|next)"><input[^>]*name="form" value="([^"]+)"', page)
    )
    for section, said in lines.items():
        sent = {"section": section, "text": said, "form": keys[section]}
        for _ in range(2):  # pressed twice it is added once
            assert client.post(f"{url}add/", sent).status_code == 302
    page = client.get(url).content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{16})"', page)
    assert seen is not None
    assert client.post(f"{url}send/", {"seen": seen[1]}).status_code == 302
    return Report.objects.get(uid=url.rstrip("/").split("/")[-1])


# --- the primary school -------------------------------------------------------------------------
@pytest.fixture
def duty(autumn_of_duties: Autumn) -> Duty:
    return weekly(autumn_of_duties.campaign, publish=True)


def test_eight_weeks_of_feedback_with_one_point_solved(
    autumn_of_duties: Autumn, duty: Duty
) -> None:
    cast = autumn_of_duties.cast
    shen, gu = (client_as(cast.shen, Role.SECRETARY), client_as(cast.gu, Role.CAMPAIGN_OFFICE))
    for week in range(8):
        friday = FIRST + timedelta(weeks=week)
        record_of(cast.branch, "staff_meeting", friday - timedelta(days=2), cast.shen, cast.zhou,
                  title=f"第{week + 1}次中层例会")  # fmt: skip
        with clock.at(friday):
            if week == 0:
                assert "周周回馈" in words(shen, "/desk/")
            lines = {"next": f"第{week + 2}周家长开放。"}
            if week == STUCK:
                lines["stuck"] = "多媒体教室不够用，公开课排不开。"
            report = write(shen, f"第{37 + week}周", **lines)
            read = words(gu, f"/reports/{report.uid}/")
            assert f"第{week + 1}次中层例会。参加 2 人。" in read
            carried = f"{stuck_day():%-m月%-d日}提出，还没有解决" in read
            assert carried == (STUCK < week <= SOLVED)
            if week == SOLVED:
                _solve(gu)
            if week == 0:
                assert report.title in words(gu, "/desk/")
            said = {"words": "好。", "do": "read"}
            assert gu.post(f"/reports/{report.uid}/answer/", said).status_code == 302
    with clock.at(FIRST + timedelta(weeks=5)):
        after = Report.objects.get(since=FIRST + timedelta(weeks=5, days=-4))
        read = words(shen, f"/reports/{after.uid}/")
        assert (
            "解决了“多媒体教室不够用，公开课排不开。”：借到进修学校两间教室（教育局）" not in read
        )
        assert "周周回馈" not in words(gu, "/reports/")
    _all_done(autumn_of_duties, duty)
    _read_by_all(autumn_of_duties)
    call_command("ledger", "verify", stdout=StringIO())


def stuck_day() -> date:
    return FIRST + timedelta(weeks=STUCK)


def _solve(client: Client) -> None:
    """The office finds the point in its list and notes how it was solved."""
    point = stuck.still_open().get()
    body = point.report.organisation.parent
    assert body is not None
    listed = words(client, f"/stuck/of/{body.uid}/")
    assert "多媒体教室不够用" in listed
    assert "卡了 21 天" in listed
    form = {"how": "借到进修学校两间教室", "solver": "教育局", "solved_on": str(clock.today())}
    assert client.post(f"/stuck/{point.uid}/", form).status_code == 302
    assert "现在没有卡住的事" in words(client, f"/stuck/of/{body.uid}/")


def _all_done(autumn_of_duties: Autumn, duty: Duty):
    """Eight weeks, eight done, each on the day it was sent; the week after is due."""
    body = autumn_of_duties.cast.branch
    for week in range(8):
        day = FIRST + timedelta(weeks=week)
        for on, state in ((day - timedelta(days=1), "due"), (day, "done")):
            lines = [x for x in standing_of_body(body, on) if x.duty.pk == duty.pk]
            assert [line.state for line in lines] == [state]


def _read_by_all(autumn_of_duties: Autumn) -> None:
    """Members and the public read what was sent and acknowledged; others' members do not find
    what is no longer theirs to find."""
    cast, campaign = autumn_of_duties.cast, autumn_of_duties.campaign
    report = Report.objects.filter(state=ReportState.ACKNOWLEDGED).latest("since")
    with clock.at(date(2026, 11, 2)):
        public = words(Client(), f"/c/{campaign.uid}/reports/")
        assert "公开的工作汇报 8" in public
        assert "第8次中层例会" in words(Client(), f"/c/{campaign.uid}/reports/{report.uid}/")
        assert "周周回馈" in words(client_as(cast.he), f"/reports/of/{cast.branch.uid}/")
        paper = client_as(cast.he).get(f"/reports/{report.uid}/paper/")
        assert "第8次中层例会" in str(documents.read_text(paper.content))


def test_a_returned_report_is_mended_and_a_late_one_is_marked(
    autumn_of_duties: Autumn, duty: Duty
) -> None:
    cast = autumn_of_duties.cast
    shen, gu = (client_as(cast.shen, Role.SECRETARY), client_as(cast.gu, Role.CAMPAIGN_OFFICE))
    with clock.at(FIRST):
        report = write(shen, "第37周", done="开了例会。")
        page = f"/reports/{report.uid}/"
        assert gu.post(f"{page}answer/", {"do": "back", "words": ""}).status_code == 422
        said = {"do": "back", "words": "卡点没有写。"}
        assert gu.post(f"{page}answer/", said).status_code == 302
        assert "上级说：卡点没有写。" in words(shen, "/desk/")
        assert "上级退回来改 卡点没有写。" in words(shen, page)
        assert shen.post(f"{page}take-back/").status_code == 403
    with clock.at(FIRST + timedelta(days=11)):
        assert "第38周" in words(shen, "/reports/")
        late = write(shen, "第38周", done="补写。")
        assert "迟了" in words(gu, f"/reports/{late.uid}/")
        key = late.points.get(text="补写。").key
        line = f"/reports/{late.uid}/lines/{key}/"
        assert shen.post(line, {"text": "改。", "seen": 1}).status_code == 422
        assert shen.post(line, {"text": "改。", "seen": 9, "why": "错了"}).status_code == 409
        assert shen.post(line, {"text": "改。", "seen": 1, "why": "错了"}).status_code == 302
        assert "补写。" in words(gu, f"/reports/{late.uid}/")  # the old words stand below
        gu.post(f"/reports/{late.uid}/answer/", {"do": "read"})
        public = f"/c/{autumn_of_duties.campaign.uid}/reports/{late.uid}/"
        assert "更正过" not in words(Client(), public)
    with clock.at(FIRST + timedelta(days=12)):
        shen.post(line, {"text": "又改。", "seen": 2, "why": "数错了"})
        assert "2026年9月23日更正过" in words(Client(), public)


# --- the college --------------------------------------------------------------------------------
@dataclass
class College:
    """A college in its second year of the campaign."""

    cast: Cast
    body: Organisation
    head: Person
    deputy: Person
    campaign: Campaign
    duties: dict[str, Duty]


REPORTS = {
    "quarter": {"title": "季度检查", "cadence": "quarter"},
    "half": {"title": "半年小结", "cadence": "half-year"},
    "year": {"title": "年度述职", "cadence": "year", "publish": True},
}


@shared(on="cast")
def college(cast: Cast) -> College:
    """The college, its two leaders, and its duties of one calendar year."""
    year = date(2027, 1, 1)
    with clock.at(date(2026, 9, 1)):
        body = found(
            None, name="文学院党总支", kind=Kind.GENERAL_BRANCH, parent=cast.bureau, order=5
        )
        head, deputy = Person(name="鲁秉文"), Person(name="简素心")
        for person, role in ((head, Role.SECRETARY), (deputy, Role.DEPUTY_SECRETARY)):
            enrol(None, person, body, standing=StandingKind.FULL, since=clock.today())
            appoint(None, person, body, role, since=clock.today())
    text = TEXT.replace('covers   = ["党支部"]', 'covers   = ["党总支"]')
    with clock.at(year):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, text, year)
        campaign.open(office)
    duties = {
        code: weekly(campaign, code=code, kinds=["general_branch"], grace_days=10, **terms)
        for code, terms in REPORTS.items()
    }
    duties["lecture"] = a_duty(
        campaign, "lecture", title="讲一次党课", whose="holders", cadence="year",
        roles=["secretary", "deputy_secretary"], records=["lecture"], part="speaker",
    )  # fmt: skip
    return College(cast, body, head, deputy, campaign, duties)


def test_the_college_reports_by_quarter_half_year_and_year(college: College) -> None:
    leader = client_as(college.head, Role.SECRETARY)
    record_of(college.body, "lecture", date(2027, 5, 20), college.deputy, title="读懂学院的家底",
              parts={"speaker": college.head})  # fmt: skip
    for quarter, day in enumerate((date(2027, 3, 30), date(2027, 6, 30), date(2027, 9, 29)), 1):
        with clock.at(day):
            label = f"季度检查（2027年第{'一二三'[quarter - 1]}季度）"
            report = write(leader, label, done=f"第{quarter}季度查过。")
            assert not report.late
    with clock.at(date(2027, 7, 5)):
        half = write(leader, "半年小结（2027年上半年）", next="下半年抓课堂。")
        assert "党课 1 次：5月20日“读懂学院的家底”。" in words(leader, f"/reports/{half.uid}/")
    with clock.at(date(2027, 12, 30)):
        write(leader, "季度检查（2027年第四季度）", done="第4季度查过。")
        write(leader, "半年小结（2027年下半年）", done="下半年查过。")
        year = write(leader, "年度述职（2027年）", done="全年做了这些。")
    _counts_each_for_its_own(college)
    _one_lecture_is_missing(college, year)


def _counts_each_for_its_own(college: College) -> None:
    """A year's review is no quarter's check: each report counts for the duty it was written for."""
    day = date(2028, 1, 15)
    for code, sent in {"quarter": 4, "half": 2, "year": 1}.items():
        assert college.duties[code].credits.count() == sent
    lines = standing_of_body(college.body, date(2027, 12, 31))
    assert {line.duty.code: str(line.state) for line in lines} == dict.fromkeys(REPORTS, "done")
    with clock.at(day):
        lines = standing_of_body(college.body, day)
    assert all(line.state == "done" for line in lines)


def _one_lecture_is_missing(college: College, year: Report) -> None:
    """The review says itself that one leader has not lectured, and not who; he or she sees it, the
    body sees who, above it is a number."""
    day = date(2028, 1, 15)
    states = {
        person.name: [
            str(x.state) for x in standing_of_person(person, day) if x.duty.code == "lecture"
        ]
        for person in (college.head, college.deputy)
    }
    assert states == {"鲁秉文": ["done"], "简素心": ["overdue"]}
    with clock.at(day):
        inside = client_as(college.head, Role.SECRETARY)
        above = client_as(college.cast.gu, Role.CAMPAIGN_OFFICE)
        said = words(inside, f"/reports/{year.uid}/")
        assert "“讲一次党课”（2027年）还有 1 人没有做到，补上。" in said
        assert "简素心" not in said
        page = f"/duties/of/{college.body.uid}/"
        assert "简素心" in words(inside, page)
        assert "简素心" not in words(above, page)
        assert above.post(f"/reports/{year.uid}/answer/", {"do": "read"}).status_code == 302
        public = words(Client(), f"/c/{college.campaign.uid}/reports/{year.uid}/")
        assert "还有 1 人没有做到" in public


# --- clicked ------------------------------------------------------------------------------------
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_week_is_reported_and_read_in_the_browser(
    cast: Cast, page: Page, phone: Page, axe: Callable[..., list[str]],
    sign_in: Callable[[Page, Any], None],
) -> None:  # fmt: skip
    """The secretary writes on a computer, the office reads on a telephone, then notes that what
    the school was stuck in is solved."""
    today = clock.today()
    weekly(a_campaign(cast, today - timedelta(days=40)), publish=True)
    record_of(cast.branch, "staff_meeting", today, cast.shen, cast.zhou, title="中层例会")
    sign_in(page, account_of(cast.shen))
    page.goto("/reports/")
    page.get_by_role("button", name=re.compile("写汇报.*周周回馈")).last.click()
    page.get_by_label("加一条“卡在哪里”").fill("多媒体教室不够用，公开课排不开。")
    page.get_by_role("button", name=re.compile("^加上.*卡在哪里")).click()
    page.get_by_role("link", name=re.compile("^改.*中层例会")).click()
    page.get_by_label("这一条怎么写").fill("开了中层例会，排好了公开课。")
    page.get_by_role("button", name="存下").click()
    assert axe(page) == []
    page.get_by_role("button", name="送出").click()
    assert page.get_by_text("送出了，上级在工作台上看得到。").is_visible()
    _read_on_a_telephone(cast, phone, axe, sign_in)
    assert Report.objects.get().state == ReportState.ACKNOWLEDGED


def _read_on_a_telephone(
    cast: Cast, phone: Page, axe: Callable[..., list[str]], sign_in: Callable[..., None]
) -> None:
    sign_in(phone, account_of(cast.gu))
    phone.goto("/desk/")
    phone.get_by_role("link", name=re.compile("周周回馈")).first.click()
    assert axe(phone) == []
    phone.get_by_role("link", name=re.compile("解决了没有")).click()
    phone.get_by_label("怎么解决的").fill("借到进修学校两间教室")
    phone.get_by_label("谁解决的").fill("教育局")
    phone.get_by_role("button", name="解决了", exact=True).click()
    assert axe(phone) == []
    phone.goto(f"/reports/{Report.objects.get().uid}/")
    phone.get_by_label("说一句").fill("公开课抓紧。")
    phone.get_by_role("button", name="批阅").click()
    assert phone.get_by_text("批阅好了。").is_visible()
