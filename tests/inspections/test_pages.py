"""Pages as their visitors get them: words, downloads, and as few queries for thirty as for one."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.cast import client_as
from tests.inspections.scene import FIRST, ITEMS, PLANNED, SEED_DAY, Checks, outline
from tests.inspections.test_visits import whole

from zhengyou.inspections import drawing
from zhengyou.inspections.actions import draws, planning, visits
from zhengyou.inspections.models import (
    Inspection,
    InspectionKind,
    Sample,
    SeedSource,
    Visit,
)
from zhengyou.inspections.queries import desk
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role


def text(response) -> str:  # type: ignore[no-untyped-def]
    return str(response.content.decode())


def named(checks: Checks, number: int) -> Visit:
    """A survey of 育新's branch, handed over."""
    survey = planning.plan(
        checks.office, checks.cast.bureau,
        outline(checks.cast, kind=InspectionKind.SURVEY, sample=Sample.CHOSEN,
                title=f"第{number}次调研"),
        items=ITEMS,
    )  # fmt: skip
    planning.set_team(checks.office, survey, [checks.cast.yin])
    visit = draws.name_bodies(checks.office, survey, [checks.cast.branch], "挨个走一遍")[0]
    visits.send(checks.yin, visit, whole())
    visits.hand_over(checks.yin, visit)
    return visit


# --- the public -----------------------------------------------------------------------------------
def test_everybody_sees_list_digest_source_then_seed_and_result(checks: Checks) -> None:
    page = f"/draws/{checks.spot.uid}/"
    assert Client().get(page).status_code == 404  # a draft
    with clock.at(PLANNED):
        checks.freeze()
        before = text(Client().get(page))
    draw = checks.spot.draw
    assert draw.digest in before and "大厅当众掷八颗骰子" in before and "还没有产生" in before
    with clock.at(SEED_DAY):
        draws.enter_seed(checks.office, checks.spot, (4, 2, 6, 1, 3, 3, 5, 2), "家委会两人")
        after = text(Client().get(page))
    assert "4 2 6 1 3 3 5 2" in after and after.count("<td>抽中</td>") == 2
    assert "家委会两人" in after
    assert not any(name in after for name in ("顾明川", "殷素秋", "闻立诚"))  # no person


def test_the_list_comes_byte_by_byte_as_it_was_hashed_and_the_script_as_it_is(
    checks: Checks,
) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    got = Client().get(f"/draws/{checks.spot.uid}/list.txt")
    assert drawing.digest_of(got.content.decode()) == checks.spot.draw.digest
    assert "attachment" in got["Content-Disposition"]
    assert b"hashlib" in Client().get("/draws/draw_again.py").content


def test_an_annulled_draw_stays_in_the_public_list_with_its_reason(checks: Checks) -> None:
    checks.drawn()
    with clock.at(SEED_DAY):
        draws.annul(checks.head, checks.spot, "掷骰子时没有家长在场")
        new = planning.plan(checks.office, checks.cast.bureau, outline(checks.cast),
                            again_of=checks.spot, items=ITEMS)  # fmt: skip
    page = text(Client().get(f"/draws/{checks.spot.uid}/"))
    assert "这次督查已作废" in page and "掷骰子时没有家长在场" in page
    assert str(new.uid) not in page  # a draft yet
    assert "已作废" in text(Client().get("/draws/"))
    with clock.at(SEED_DAY):
        planning.set_team(checks.office, new, [checks.cast.yin])
        checks.spot = new
        checks.freeze()
    assert str(new.uid) in text(Client().get(page := f"/draws/{new.again_of.uid}/")) and page


def test_a_list_that_was_touched_shows_on_the_public_page(checks: Checks) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    draw = checks.spot.draw
    type(draw).objects.filter(pk=draw.pk).update(text=draw.text.replace("东港", "西港"))
    assert "名单和公布的校验码对不上" in text(Client().get(f"/draws/{checks.spot.uid}/"))


# --- those who plan -------------------------------------------------------------------------------
def test_an_inspection_is_planned_from_the_first_form_to_the_draw(checks: Checks) -> None:
    office = client_as(checks.cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(PLANNED):
        made = office.post("/inspections/new/", {
            "kind": "spot", "title": "食堂抽查", "purpose": "吃得好不好", "kinds": ["branch"],
            "scope": checks.cast.bureau.pk, "starts_on": "2026-09-20", "ends_on": "2026-09-30",
            "sample": "chosen", "strata_by": "kind", "quota": "1", "reply_days": "5",
            "fix_days": "10",
        })  # fmt: skip
        here = made["Location"]
        spot = Inspection.objects.get(title="食堂抽查")
        assert spot.sample == Sample.RANDOM  # whatever was chosen
        assert "还没有写看什么" in text(office.get(here))
        office.post(f"{here}items/", {"what-0": "饭菜热", "how-0": "看台账"})
        assert "要看台账：这是留痕" in text(office.get(here))
        office.post(f"{here}items/", {"what-0": "饭菜热", "how-0": "和学生一起吃"})
        office.post(f"{here}team/", {"people": [checks.cast.yin.pk], "others": "闻立诚",
                                     "leader": "殷素秋"})  # fmt: skip
        office.post(f"{here}quotas/", {"quota-0": "2"})
        seen = office.post(f"{here}freeze/", {
            "method": "dice", "source": "lottery", "words": "大厅", "on": "2026-09-15",
            "count": "", "reserve": "1",
        })  # fmt: skip
        assert "手工抽签的种子只能是当众掷骰子" in text(seen)
        office.post(f"{here}freeze/", {
            "method": "dice", "source": "dice", "words": "大厅", "on": "2026-09-15", "reserve": "1",
        })  # fmt: skip
    with clock.at(date(2026, 9, 15)):
        short = office.post(f"{here}seed/", {"seed": "11", "witnesses": "工会一人"})
        assert "点数不够" in text(short)
        # 1 of 5, 2 of the 4 left, 1 of the 3 left in reserve
        office.post(f"{here}seed/", {"seed": "11 12 １１", "witnesses": "工会一人"})
    spot.refresh_from_db()
    drawn = [visit.organisation.name for visit in spot.visits.order_by("pk")]
    assert drawn == ["育新小学党支部", "东港小学党支部"]
    assert spot.draw.source == SeedSource.DICE
    assert spot.team.get(leads=True).person == checks.cast.yin


def test_the_sheet_and_the_workbook_say_what_was_looked_at_and_found(checks: Checks) -> None:
    with clock.at(FIRST):
        visit = named(checks, 1)
        visits.reply(checks.shen, visit.findings.get(kind="criticism"), "认，马上改。")
        sheet = text(client_as(checks.cast.yin, Role.INSPECTOR).get(
            f"/inspections/{visit.inspection.uid}/sheet/"))  # fmt: skip
        book = client_as(checks.cast.gu, Role.CAMPAIGN_OFFICE).get(
            f"/inspections/{visit.inspection.uid}/findings.xlsx"
        )
    assert all(item.what in sheet for item in ITEMS)
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(book.streaming_content)))
    cells = [cell for row in rows.get_sheet_by_index(0).to_python() for cell in row]
    assert {"育新小学党支部", "五位家长都说作业没少", "认，马上改。", "批评"} <= set(cells)


def test_the_phone_form_is_a_plain_form_and_keeps_what_was_typed_when_refused(
    checks: Checks,
) -> None:
    visit = checks.drawn()[0]
    yin = client_as(checks.cast.yin, Role.INSPECTOR)
    page = f"/inspections/visits/{visit.uid}/fill/"
    form = {"token": uuid4(), "visited_on": "2026-09-17", "grade-homework": "no",
            "words-homework": "五位都说没少", "kind-homework": "criticism",
            "kind-safe": "praise"}  # fmt: skip
    with clock.at(FIRST):
        refused = yin.post(page, form)
        assert refused.status_code == 422
        assert "五位都说没少" in text(refused) and "还要写一句" in text(refused)
        sent = yin.post(page, form | {"words-safe": "秩序好"})
        assert sent["Location"] == f"/inspections/visits/{visit.uid}/"
        assert "五位都说没少" in text(yin.get(page))  # and one goes on where one was
    assert visit.findings.count() == 2


# --- thirty as fast as one ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("page", "who", "role", "queries"),
    [
        ("/inspections/", "shen", Role.SECRETARY, 8),
        ("/draws/", "", None, 2),
        ("/inspections/of/{body}/", "shen", Role.SECRETARY, 10),
    ],
)
def test_a_list_of_thirty_takes_as_many_queries_as_one(
    checks: Checks, page: str, who: str, role: Role | None, queries: int
) -> None:
    client = client_as(getattr(checks.cast, who), role) if who else Client()
    url = page.format(body=checks.cast.branch.uid)
    with clock.at(FIRST):
        named(checks, 1)
        assert _count(client, url) == queries
        for number in range(2, 31):
            named(checks, number)
        assert _count(client, url) == queries
        assert "第30次调研" in text(client.get(url))


def _count(client: Client, url: str) -> int:
    client.get(url)  # the session is read and renewed
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_desk_asks_as_much_for_thirty_as_for_one(checks: Checks) -> None:
    def asked(actor: Actor) -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.todo_for(actor)
            desk.waiting_for(actor)
        return len(captured)

    with clock.at(FIRST):
        named(checks, 1)
        assert (asked(checks.shen), asked(checks.yin)) == (3, 2)
        for number in range(2, 31):
            named(checks, number)
        assert (asked(checks.shen), asked(checks.yin)) == (3, 2)
        assert len(desk.todo_for(checks.shen)) == 30
