"""Pages of problems as people use them: raise, agree, hand in, verify; the ledger of any day."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook
from tests.cast import client_as
from tests.problems.scene import DAY, DEADLINE, Found, a_problem

from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Role
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.models import Problem, ProblemState
from zhengyou.problems.queries.ledger import ALL, LATE, LedgerQuery, ledger_of

LATER = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Stand at the day of the scene."""
    with clock.at(DAY):
        yield


@pytest.fixture
def shen(scene: Found) -> Client:
    return client_as(scene.cast.shen, Role.SECRETARY)


def text(response: Any) -> str:
    return response.content.decode()


def lines(*words: str) -> dict[str, str]:
    sent = {"m-TOTAL_FORMS": "3", "m-INITIAL_FORMS": "0"}
    for place in range(3):
        sent[f"m-{place}-what"] = words[place] if place < len(words) else ""
        sent |= {f"m-{place}-who": "", f"m-{place}-by_when": ""}
    return sent


def test_from_raised_by_hand_to_struck_off_in_pages(scene: Found, shen: Client) -> None:
    cast = scene.cast
    he, zhou = client_as(cast.he), client_as(cast.zhou, Role.DEPUTY_SECRETARY)
    url = f"/orgs/{cast.branch.uid}/problems/new/"
    sent = {
        "title": "走廊的灯坏了", "text": "三楼。", "how": "own_finding", "whose": "body",
        "found_on": "2026-10-12", "privacy": "body", "key": str(cast.he.uid),
    }  # fmt: skip
    assert "某" not in text(he.get(url))
    made = he.post(url, sent)
    assert he.post(url, sent).url == made.url  # pressed twice
    problem = Problem.objects.get(form_key=cast.he.uid)
    assert problem.source == Ref("own_finding", cast.branch.uid)
    page = text(he.get(made.url))
    assert "待认领" in page and "还有 7 天" in page
    assert "这件事由责任人" in page  # why 贺建国 cannot press the button
    assert "请至少" not in page
    plan = shen.post(f"{made.url}plan/", {
        "owner": cast.su.pk, "deadline": "2026-10-30", **lines("报修三盏灯", "每周查一次"),
    })  # fmt: skip
    assert plan.status_code == 302
    su = client_as(cast.su, Role.COMMITTEE_MEMBER)
    su.post(f"{made.url}start/")
    su.post(f"{made.url}measures/{problem.measures.get(what='报修三盏灯').uid}/")
    photo = SimpleUploadedFile("灯.txt", "亮了".encode())
    assert su.post(f"{made.url}submit/", {"words": "", "attached": photo}).status_code == 422
    photo.seek(0)
    su.post(f"{made.url}submit/", {"words": "都亮了。", "attached": photo})
    assert [each.name for each in attachments_of(problem.ref)] == ["灯.txt"]
    assert su.get(f"{made.url}verify/").status_code == 403
    assert "都亮了。" in text(zhou.get(f"{made.url}verify/"))
    seen = str(problem.steps.last().pk)
    wrong = zhou.post(f"{made.url}verify/", {"verdict": "back", "words": "", "seen": seen})
    assert wrong.status_code == 422 and "哪里还没改好" in text(wrong)
    su.post(f"{made.url}take-back/")
    su.post(f"{made.url}submit/", {"words": "又换了一根。"})
    overtaken = zhou.post(f"{made.url}verify/", {"verdict": "pass", "words": "好", "seen": seen})
    assert overtaken.status_code == 422 and "又重新送过一次" in text(overtaken)
    assert "又换了一根" in text(overtaken)
    seen = str(problem.steps.last().pk)
    zhou.post(f"{made.url}verify/", {"verdict": "pass", "words": "", "seen": seen})
    zhou.post(f"{made.url}do/close/", {"why": ""})
    problem.refresh_from_db()
    assert problem.state == ProblemState.CLOSED
    told = text(he.get(made.url))
    assert "已销号" in told and "验收通过" in told and told.count("做好一条措施") == 1


def test_ones_own_shortcoming_and_who_never_reads_it(scene: Found) -> None:
    cast = scene.cast
    he = client_as(cast.he)
    made = he.post(f"/orgs/{cast.branch.uid}/problems/new/", {
        "title": "笔记写得少", "how": "own_finding", "whose": "own", "found_on": "2026-10-12",
        "privacy": "public", "key": str(cast.su.uid),
    })  # fmt: skip
    problem = Problem.objects.get(subject=cast.he, title="笔记写得少")
    assert made.url == f"/problems/{problem.uid}/"
    for who, role, code in (
        ("shen", Role.SECRETARY, 200), ("su", Role.COMMITTEE_MEMBER, 404),
        ("gu", Role.CAMPAIGN_OFFICE, 404), ("song", Role.GROUP_LEADER, 404),
    ):  # fmt: skip
        assert client_as(getattr(cast, who), role).get(made.url).status_code == code


def test_forms_say_what_is_missing_and_keep_what_was_typed(scene: Found, shen: Client) -> None:
    url = f"/orgs/{scene.cast.branch.uid}/problems/new/"
    wrong = shen.post(url, {"title": "", "text": "三楼黑", "how": "told", "whose": "body"})
    assert wrong.status_code == 422
    assert "一句话写明是什么问题" in text(wrong) and "三楼黑" in text(wrong)
    plan = f"/problems/{scene['open'].uid}/plan/"
    wrong = shen.post(plan, {"owner": scene.cast.su.pk, "deadline": "2026-10-30", **lines()})
    assert wrong.status_code == 422 and "至少写一条" in text(wrong)


def test_each_verb_with_words_has_a_page(scene: Found, shen: Client) -> None:
    base = f"/problems/{scene['under_way'].uid}/do/"
    for verb, sent in {
        "extend": {"until": "2026-11-13", "why": "缺货"},
        "assign": {"owner": scene.cast.zhou.pk, "why": "苏老师支教"},
        "widen": {"privacy": "public", "why": "都关心"},
        "explain": {"kind": "plan", "words": "分两步", "again": "2027-03-01"},
        "reopen": {"why": "又坏了", "deadline": ""},
    }.items():
        assert shen.get(f"{base}{verb}/").status_code == 200, verb
        assert shen.post(f"{base}{verb}/", sent).status_code == 302, verb
    assert shen.get(f"{base}nothing/").status_code == 404
    found = Problem.objects.get(pk=scene["under_way"].pk)
    assert (found.state, found.owner, found.privacy) == ("open", scene.cast.zhou, "public")
    assert found.extensions.get().state == "lapsed"


def test_the_superior_answers_a_wish_on_its_page(scene: Found) -> None:
    problem = scene["agreed"]
    wish = extending.ask(scene.su, problem, until=date(2026, 11, 13), why="缺货")
    url = f"/problems/{problem.uid}/extensions/{wish.uid}/"
    assert client_as(scene.cast.shen, Role.SECRETARY).get(url).status_code == 403
    gu = client_as(scene.cast.gu, Role.CAMPAIGN_OFFICE)
    assert "缺货" in text(gu.get(url))
    assert gu.post(url, {"verdict": "pass", "why": "确实缺"}).status_code == 302
    assert gu.post(url, {"verdict": "back", "why": "不"}).status_code == 403
    problem.refresh_from_db()
    assert problem.deadline == date(2026, 11, 13)


def test_the_ledger_filters_and_its_workbook(scene: Found, shen: Client) -> None:
    url = f"/orgs/{scene.cast.branch.uid}/problems/"
    page = text(shen.get(url))
    assert "食堂排队长" in page and "操场积水" not in page  # the unit it leads, not next door
    assert "已销号" not in page
    assert "已销号" in text(shen.get(f"{url}?which=done"))
    assert "台账对不上" in text(shen.get(f"{url}?source=organisation&which=all"))
    book = b"".join(shen.get(f"/orgs/{scene.cast.branch.uid}/problems.xlsx?which=all"))
    rows = load_workbook(BytesIO(book)).get_sheet_by_index(0).to_python()
    found = {row[0] for row in rows}
    assert {"走廊的灯坏了", "食堂排队长", "学习不够主动"} <= found
    gu = client_as(scene.cast.gu, Role.CAMPAIGN_OFFICE)
    above = text(gu.get(f"/orgs/{scene.cast.bureau.uid}/problems/?which=all"))
    assert "操场积水" in above and "学习不够主动" not in above
    wen = client_as(scene.cast.wen, Role.SECRETARY)
    assert wen.get(url).status_code == 404


def test_the_ledger_of_a_past_day_is_as_it_stood(scene: Found) -> None:
    with clock.at(LATER):
        judging.reopen(scene.gu, scene["closed"], "灯又灭了")
        mending.submit(scene.su, scene["under_way"], "亮了。")

        def stand(day: date, which: str) -> dict[str, str]:
            found = ledger_of(scene.shen, scene.cast.branch, LedgerQuery(day, which))
            names = {row.pk: name for name, row in scene.problems.items()}
            return {names[line.problem.pk]: line.state for line in found.lines}

        assert stand(DAY, ALL)["closed"] == "已销号"
        assert stand(DAY, ALL)["under_way"] == "整改中"
        now = stand(LATER, ALL)
        assert (now["closed"], now["under_way"]) == ("待认领", "待验收")
        assert stand(date(2026, 10, 11), ALL) == {}
        assert "under_way" in stand(date(2026, 11, 1), LATE)  # past its deadline, not handed in
        assert "under_way" not in stand(LATER, LATE)
        assert {"open", "agreed"} <= set(stand(LATER, LATE))


@pytest.mark.parametrize("many", [1, 30])
def test_lists_take_the_same_queries_for_1_and_30_rows(
    scene: Found, shen: Client, many: int
) -> None:
    Problem.objects.all().delete()
    for _ in range(many):
        problem = a_problem(scene.shen, scene.cast.branch)
        mending.agree(
            scene.shen, problem, owner=scene.cast.shen, deadline=DEADLINE,
            measures=[mending.Planned("换灯")],
        )  # fmt: skip
    url = f"/orgs/{scene.cast.branch.uid}/problems/"
    past = f"{url}?day=2026-10-12&which=all"
    pages = (url, past, "/problems/", f"{url[:-1]}.xlsx")
    shen.get(url)
    found = []
    with clock.at(LATER):
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert b"".join(shen.get(page)).startswith((b"\n<", b"<", b"PK"))
            found.append(len(queries))
        assert text(shen.get(past)).count("走廊的灯坏了") == many
    assert found == [19, 17, 9, 15]
