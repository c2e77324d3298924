"""Pages of reports: as many queries for 30 rows as for one; what is typed wrongly stays there."""

from datetime import date, timedelta

from tests.cast import client_as
from tests.work.reporting import begun, say, sent, weekly
from tests.work.scene import Autumn

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role

FRIDAY = date(2026, 9, 11)
WEEKS = 30


def write(season: Autumn, weeks: range) -> None:
    """Send a report for each week, with something new in which the branch is stuck."""
    shen = acting_as(season.cast.shen, Role.SECRETARY)
    duty = season.campaign.duties.get(code="weekly")
    for week in weeks:
        with clock.at(FRIDAY + timedelta(weeks=week)):
            report = begun(shen, duty, season.cast.branch)
            say(shen, report, "stuck", f"第 {week} 件卡住的事。")
            sent(shen, report)


REPORT = 36
QUERIES = {"/reports/of/{}/": 9, "/stuck/of/{}/": 10, "/reports/": 18}


def test_a_list_takes_as_many_queries_for_thirty_as_for_one(season, django_assert_num_queries):
    weekly(season.campaign, code="weekly")
    gu = client_as(season.cast.gu, Role.CAMPAIGN_OFFICE)
    for weeks in (range(1), range(1, WEEKS)):
        write(season, weeks)
        for url, queries in QUERIES.items():
            address = url.format(season.cast.branch.uid)
            with clock.at(FRIDAY + timedelta(weeks=weeks.stop)), django_assert_num_queries(queries):
                page = gu.get(address).content.decode()
            assert page.count('class="zy-row') == weeks.stop, url


def test_a_report_takes_as_many_queries_for_thirty_lines_as_for_one(
    season, django_assert_num_queries
):
    duty, shen = weekly(season.campaign), acting_as(season.cast.shen, Role.SECRETARY)
    client = client_as(season.cast.shen, Role.SECRETARY)
    with clock.at(FRIDAY):
        report = begun(shen, duty, season.cast.branch)
        for lines in (range(1), range(1, 30)):
            for line in lines:
                say(shen, report, "stuck", f"第 {line} 条。")
            with django_assert_num_queries(REPORT):
                page = client.get(f"/reports/{report.uid}/").content.decode()
            assert page.count("自己写的") == lines.stop


def test_what_cannot_be_is_told_on_the_page_and_what_was_typed_stays(season):
    weekly(season.campaign, code="weekly")
    shen = client_as(season.cast.shen, Role.SECRETARY)
    branch = season.cast.branch
    with clock.at(FRIDAY):
        url = f"/reports/begin/{season.campaign.duties.get(code='weekly').uid}/{branch.uid}/"
        report = shen.post(url, {"start": "2026-09-07"})["Location"]
        for start, person, code in (
            ("2026-09-14", "", 403),
            ("2026-09-07", "nobody", 404),
            ("2026-09-07", str(season.cast.shen.uid), 403),
        ):
            assert shen.post(url, {"start": start, "person": person}).status_code == code
        form = "6f1d2a8e-5c6f-4f0e-9b7a-3d4f5a6b7c8d"
        long = shen.post(f"{report}add/", {"section": "next", "text": "长" * 1001, "form": form})
        assert long.status_code == 422
        assert "长" * 1001 in long.content.decode()
        for sent_along in ({}, {"section": "elsewhere", "text": "x", "form": form}):
            assert shen.post(f"{report}add/", sent_along).status_code == 422
        assert shen.post(f"{report}send/", {"seen": "0" * 16}).status_code == 403
        shen.post(f"{report}add/", {"section": "next", "text": "下周开放。", "form": form})
        stale = shen.post(f"{report}send/", {"seen": "0" * 16})
        assert stale.status_code == 409
        assert "又变了" in stale.content.decode()
        line = f"{report}lines/own:{form}/"
        assert shen.post(line, {"text": "改。", "seen": "x"}).status_code == 422
        assert shen.post(line, {"text": "改。", "seen": "7"}).status_code == 409
        assert shen.post(line, {"do": "leave", "seen": "1"}).status_code == 302
        assert "还是写上" in shen.get(report).content.decode()
        assert shen.post(line, {"do": "follow", "seen": "2"}).status_code == 302
        assert "还是写上" not in shen.get(report).content.decode()
