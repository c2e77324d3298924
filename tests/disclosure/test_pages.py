"""The pages over HTTP: writing, publishing, what the public sees, the desk."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import client_as

from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.models import DisclosedItem
from zhengyou.kernel import clock
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db

DAY = date(2027, 1, 10)


@pytest.fixture(autouse=True)
def _stand():
    with clock.at(DAY):
        yield


def words(page):
    return page.content.decode()


def test_from_the_board_to_the_public(openness):
    cast = openness.cast
    tian, shen = client_as(cast.tian, Role.RECORDER), client_as(cast.shen, Role.SECRETARY)
    board = f"/orgs/{cast.branch.uid}/disclosure/"
    topic = openness.topics["money"]
    new = f"{board}{topic.uid}/2026-10-01/"
    assert new in words(tian.get(f"{board}?year=2026"))
    page = words(tian.get(new))
    assert "2026年第四季度办学经费收支" in page and "要写到：收入、支出" in page
    wrong = tian.post(new, {"title": "四季度", "text": "x", "figures": "办公费\n水费 3 元"})
    assert wrong.status_code == 422 and "第 1 行看不懂" in words(wrong)
    file = SimpleUploadedFile("账.txt", "收支".encode(), "text/plain")
    sent = {"title": "四季度收支", "text": "都在这里。", "attached": file, "publish": "1",
            "figures": "办公费 1，200.50 元\n水费：300 元"}  # fmt: skip
    saved = tian.post(new, sent, follow=True)
    assert "还没有公开：公开、更正、撤下要由育新小学党支部的负责人" in words(saved)
    item = DisclosedItem.objects.get()
    tian.post(f"/disclosed/{item.uid}/submit/")
    assert "待核对" in words(shen.get("/desk/"))
    assert "公开“2026年第四季度办学经费收支”？" in words(
        shen.get(f"/disclosed/{item.uid}/publish/")
    )
    shen.post(f"/disclosed/{item.uid}/publish/")
    public = words(Client().get(f"/open/items/{item.uid}/"))
    for said in ("四季度收支", "1,200.5 元", "300 元", "账.txt", "财务公开", "提意见"):
        assert said in public
    assert "田雨禾" not in public and "沈若兰" not in public
    assert "已公开" in words(Client().get(f"/open/{cast.branch.uid}/?year=2026"))
    again = words(tian.get(f"{board}{topic.uid}/2027-01-01/"))
    assert "2027年第一季度办学经费收支" in again and "办公费 1200.50 元" in again  # copied


def test_a_form_of_elsewhere_is_none(openness):
    cast = openness.cast
    tian = client_as(cast.tian, Role.RECORDER)
    board, topic = f"/orgs/{cast.branch.uid}/disclosure/", openness.topics["money"].uid
    assert tian.get(f"{board}{topic}/x/").status_code == 404
    assert tian.get(f"{board}{cast.branch.uid}/2026-10-01/").status_code == 404
    assert tian.get(f"{board}{topic}/2026-10-02/").status_code == 403
    wen = client_as(cast.wen, Role.SECRETARY)
    assert wen.get(f"{board}{topic}/2026-10-01/").status_code == 404


def test_corrected_and_taken_off_in_public(openness):
    item = openness.published(on=date(2026, 12, 1))
    shen, anybody = client_as(openness.cast.shen, Role.SECRETARY), Client()
    page = f"/disclosed/{item.uid}/"
    wrong = shen.post(f"{page}correct/", {"title": "新", "text": "新的内容"})
    assert wrong.status_code == 422 and "写一句为什么更正" in words(wrong)
    shen.post(f"{page}correct/", {"title": "新", "text": "新的内容", "why": "算错了"})
    shown = words(anybody.get(f"/open/items/{item.uid}/"))
    for said in ("新的内容", "都在这里。", "2027年1月10日已更正：算错了", "更正过"):
        assert said in shown
    shen.post(f"{page}withdraw/", {"why": "写了学生名字"})
    gone = words(anybody.get(f"/open/items/{item.uid}/"))
    assert "写了学生名字" in gone and "新的内容" not in gone and "都在这里" not in gone
    board = words(anybody.get(f"/open/{openness.cast.branch.uid}/?year=2026"))
    assert "1月10日撤下：写了学生名字" in board


def test_for_the_own_people_only(openness):
    item = openness.published("staff", on=date(2026, 12, 1))
    assert Client().get(f"/open/items/{item.uid}/").status_code == 404
    assert "评优" not in words(Client().get(f"/open/{openness.cast.branch.uid}/?year=2026"))
    he, wen = client_as(openness.cast.he), client_as(openness.cast.wen, Role.SECRETARY)
    assert "都在这里" in words(he.get(f"/disclosed/{item.uid}/"))
    assert "评优评先" in words(he.get(f"/orgs/{openness.cast.branch.uid}/disclosure/?year=2026"))
    assert wen.get(f"/disclosed/{item.uid}/").status_code == 404


def test_missing_is_in_plain_sight_and_on_the_desk(openness):
    with clock.at(date(2027, 1, 20)):
        public = words(Client().get(f"/open/{openness.cast.branch.uid}/?year=2026"))
        assert public.count("没有公开</span>") == 2 and "1月15日到期，过了 5 天" in public
        desk = words(client_as(openness.cast.shen, Role.SECRETARY).get("/desk/"))
        assert f"/orgs/{openness.cast.branch.uid}/disclosure/" in desk and "去公开" in desk
        past = words(Client().get(f"/open/{openness.cast.branch.uid}/?day=2027-01-10&year=2026"))
        assert "没有公开</span>" not in past and "这是 2027年1月10日 的样子" in past


def test_a_body_that_lays_nothing_open_has_no_page(openness):
    assert Client().get(f"/open/{openness.cast.county.uid}/").status_code == 404


def test_drafts_are_thrown_away(openness):
    item = openness.drafted()
    client_as(openness.cast.tian, Role.RECORDER).post(f"/disclosed/{item.uid}/discard/")
    assert not DisclosedItem.objects.exists()
    out = openness.published(on=DAY)
    answer = client_as(openness.cast.shen, Role.SECRETARY).post(f"/disclosed/{out.uid}/discard/")
    assert answer.status_code == 403
    publishing.withdraw(openness.shen, out, "不该公开")
