"""The heat map's numbers: what is kept is what counting gives, and what the bodies' pages show."""

from datetime import date
from io import BytesIO

from python_calamine import CalamineWorkbook
from tests.cast import client_as
from tests.work.scene import a_duty, exempted, own_cadence, record_of

from zhengyou.kernel import clock
from zhengyou.ledger import book
from zhengyou.people.actions import people, standings, transfers
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Role, StandingKind
from zhengyou.work.crediting import credit
from zhengyou.work.queries import matrix
from zhengyou.work.queries.matrix import CHOICES, Cell, grid_of, row_of
from zhengyou.work.survey import Survey

DAY = date(2026, 10, 20)


def finished(record):
    """Write the fact that the verb would have written."""
    with book.writing() as facts:
        facts.record("record.finish", by=book.SYSTEM, about=record.ref, data={})
    return record


def struck(record):
    """Strike a record out, as the verb would."""
    record.state, record.struck_reason = "struck", "记错了"
    record.save()
    credit(record)
    with book.writing() as facts:
        facts.record("record.strike", by=book.SYSTEM, about=record.ref, data={})


def counted(season, day=DAY, which="now"):
    grid = matrix.count(season.campaign, day, CHOICES[which])
    return {body: dict(row) for body, row in grid.rows.items()}


def by_survey(season, day=DAY, which="now"):
    """The same, one body after the other."""
    found = {}
    for body in Organisation.objects.filter(
        kind="branch", path__startswith=season.cast.bureau.path
    ):
        survey = Survey(season.campaign, day, body=body, choose=CHOICES[which])
        found[body.pk] = row_of(survey.lines(), body.pk)
    return found


def lived(season):
    cast = season.cast
    record_of(cast.branch, "theme_day", date(2026, 10, 16), cast.shen, cast.zhou, cast.wen)
    record_of(cast.nanhu, "assembly", date(2026, 10, 9), cast.xu)
    record_of(cast.branch, "study", date(2026, 10, 9), cast.su, hours=16)
    exempted(season["day"], cast.he, date(2026, 10, 1))
    own_cadence(season["hearing"], cast.branch, "month", date(2026, 9, 1))


def test_all_at_once_is_one_by_one(season):
    lived(season)
    for which in CHOICES:
        whole = counted(season, which=which)
        assert {body: row for body, row in whole.items() if row} == {
            body: dict(row) for body, row in by_survey(season, which=which).items() if row
        }
    row = counted(season)[season.cast.branch.pk]
    assert row[season["day"].pk] == Cell(asked=7, done=2, overdue=0, exempt=1)
    assert row[season["launch"].pk] == Cell(1, 0, 1, 0)


def test_what_is_kept_follows_every_change(season):
    cast, lively = season.cast, season["day"].pk
    with clock.at(DAY):
        first = grid_of(season.campaign, DAY).rows[cast.branch.pk][lively]
        assert first.done == 0
        finished(record_of(cast.branch, "theme_day", DAY, cast.shen, cast.wen))
        record = finished(record_of(cast.branch, "theme_day", DAY, cast.xu))
        grid = grid_of(season.campaign, DAY)
        assert grid.rows[cast.branch.pk][lively].done == 1
        assert grid.rows[cast.nanhu.pk][lively].done == 2  # 闻立诚 is of the other branch
        struck(record)
        grid = grid_of(season.campaign, DAY)
        assert grid.rows[cast.nanhu.pk][lively].done == 1
        chief = acting_as(cast.qin, Role.SECRETARY)
        transfers.propose(chief, cast.branch, cast.nanhu, [cast.shen])
        grid = grid_of(season.campaign, DAY)
        assert grid.rows[cast.branch.pk][lively].done == 0
        assert grid.rows[cast.nanhu.pk][lively].done == 2
        assert {k: dict(v) for k, v in grid.rows.items()} == counted(season)


def test_people_who_come_and_go_are_followed_without_counting_all(season, monkeypatch):
    cast = season.cast
    chief, head = acting_as(cast.qin, Role.SECRETARY), acting_as(cast.shen, Role.SECRETARY)
    whole, all_of_it = counted, matrix.count
    finished(record_of(cast.branch, "theme_day", DAY, cast.shen, cast.su, cast.tian))

    def same():
        monkeypatch.setattr(matrix, "count", lambda *args: 1 / 0)
        kept = {k: dict(v) for k, v in grid_of(season.campaign, DAY).rows.items()}
        monkeypatch.setattr(matrix, "count", all_of_it)
        assert kept == whole(season)

    with clock.at(DAY):
        grid_of(season.campaign, DAY)
        people.release(head, cast.jiang, cast.branch)
        same()
        people.end_post(chief, cast.shen.posts.get(role=Role.SECRETARY))
        people.appoint(chief, cast.zhou, cast.branch, Role.SECRETARY)
        same()
        people.enrol(chief, cast.jiang, cast.nanhu, standing=StandingKind.ACTIVIST)
        same()
        standings.set_standing(chief, cast.fang, StandingKind.FULL)
        same()
        transfers.propose(chief, cast.branch, cast.nanhu, [cast.tian])
        same()


def test_a_record_recounts_only_what_it_touches(season, monkeypatch):
    cast = season.cast
    with clock.at(DAY):
        grid_of(season.campaign, DAY)
        monkeypatch.setattr(matrix, "count", lambda *args: 1 / 0)
        finished(record_of(cast.nanhu, "assembly", DAY, cast.wen))
        assert grid_of(season.campaign, DAY).rows[cast.nanhu.pk][season["assembly"].pk].done == 1


def test_page_and_data_say_the_same_and_no_names(season):
    lived(season)
    cast, campaign = season.cast, season.campaign
    with clock.at(DAY):
        office = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
        address = f"/duties/map/{campaign.uid}/{cast.bureau.uid}/"
        page = office.get(address).content.decode()
        data = office.get(f"{address}data.json").json()
    assert "沈若兰" not in page and "宋知行" not in page
    names = [duty["title"] for duty in data["duties"]]
    at = names.index("主题党日")
    body = next(body for body in data["bodies"] if body["name"] == "育新小学党支部")
    assert body["cells"][4 * at : 4 * at + 4] == [7, 2, 0, 1]
    assert "7 个里 2 个" in page


def test_the_workbook_says_the_same_as_the_page(season):
    lived(season)
    cast, campaign = season.cast, season.campaign
    address = f"/duties/map/{campaign.uid}/{cast.bureau.uid}/workbook.xlsx"
    with clock.at(DAY):
        answer = client_as(cast.gu, Role.CAMPAIGN_OFFICE).get(address)
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    told, _, *lines = sheet.get_sheet_by_index(0).to_python()
    assert "澜阳县教育局党委" in told[0] and "2026年10月20日" in told[0]
    rows = {(line[0], line[1]): tuple(line[3:]) for line in lines}
    assert rows["育新小学党支部", "主题党日"] == (7, 2, 0, 1)
    assert rows["育新小学党支部", "动员大会"] == (1, 0, 1, 0)


def test_as_many_queries_for_one_body_as_for_thirty(season, django_assert_num_queries):
    cast, campaign = season.cast, season.campaign
    a_duty(campaign, "more", whose="bodies", kinds=["branch"], cadence="month", records=["visit"])
    address = f"/duties/map/{campaign.uid}/{cast.bureau.uid}/"
    with clock.at(DAY):
        office = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
        office.get(address)
        with django_assert_num_queries(QUERIES):
            office.get(address)
        for n in range(30):
            found(None, name=f"第{n}党支部", kind=Kind.BRANCH, parent=cast.bureau)
        office.get(address)
        with django_assert_num_queries(QUERIES):
            office.get(address)


QUERIES = 14
