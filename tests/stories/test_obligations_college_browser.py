"""The college's year in the browser: the review is written at a desk and read on a telephone, and
one leader has not lectured."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.cast import account_of, client_as
from tests.stories.test_obligations_reports import College, college, write
from tests.work.scene import record_of

from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.work.models import Report, ReportState

__all__ = ["college"]

SignIn = Callable[[Page, Any], None]
Axe = Callable[..., list[str]]


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Move today, for the server's threads, too."""

    def move(day: date) -> None:
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=clock.SHANGHAI).astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_college_s_year_is_reported_with_one_lecture_missing(
    college: College, page: Page, phone: Page, axe: Axe, sign_in: SignIn,
    stand: Callable[[date], None],
) -> None:  # fmt: skip
    leader = client_as(college.head, Role.SECRETARY)
    record_of(college.body, "lecture", date(2027, 5, 20), college.deputy, title="读懂学院的家底",
              parts={"speaker": college.head})  # fmt: skip
    stand(date(2027, 3, 30))
    write(leader, "季度检查（2027年第一季度）", done="第一季度查过。")
    stand(date(2027, 6, 30))
    write(leader, "半年小结（2027年上半年）", next="下半年抓课堂。")
    stand(date(2027, 12, 30))
    _the_review_is_written_at_a_desk(college, page, axe, sign_in)
    stand(date(2028, 1, 15))
    _it_is_read_on_a_telephone(college, phone, axe, sign_in)
    _who_has_not_lectured_is_named_within_only(college, page, phone, axe)


def _the_review_is_written_at_a_desk(
    college: College, page: Page, axe: Axe, sign_in: SignIn
) -> None:
    sign_in(page, account_of(college.head))
    page.goto("/reports/")
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("写汇报.*年度述职")).click()
    assert "党课 1 次：5月20日“读懂学院的家底”。" in page.locator("main").inner_text()
    page.get_by_label("加一条“下一步”").fill("明年每位领导至少讲一次党课。")
    page.get_by_role("button", name=re.compile("^加上.*下一步")).click()
    assert axe(page) == []
    page.get_by_role("button", name="送出").click()
    assert page.get_by_text("送出了，上级在工作台上看得到。").is_visible()


def _it_is_read_on_a_telephone(college: College, phone: Page, axe: Axe, sign_in: SignIn) -> None:
    year = Report.objects.get(duty=college.duties["year"])
    sign_in(phone, account_of(college.cast.gu))
    phone.goto(f"/reports/{year.uid}/")
    assert "还有 1 人没有做到" in phone.locator("main").inner_text()
    assert axe(phone) == []
    phone.get_by_label("说一句").fill("课要补上。")
    phone.get_by_role("button", name="批阅").click()
    assert phone.get_by_text("批阅好了。").is_visible()
    year.refresh_from_db()
    assert year.state == ReportState.ACKNOWLEDGED


def _who_has_not_lectured_is_named_within_only(
    college: College, page: Page, phone: Page, axe: Axe
) -> None:
    address = f"/duties/of/{college.body.uid}/"
    page.goto(address)
    page.get_by_text("看名单").last.click()
    within = page.locator("main").inner_text()
    assert "讲一次党课" in within and college.deputy.name in within
    assert axe(page) == []
    phone.goto(address)
    above = phone.content()
    assert "讲一次党课" in above and college.deputy.name not in above
    assert axe(phone) == []
    phone.goto(f"/c/{college.campaign.uid}/reports/")
    assert "年度述职" in phone.locator("main").inner_text()
    assert axe(phone) == []
