"""工作台: what is due from me, what awaits my decision, nothing else."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from tests.cast import account_of, client_as

from zhengyou.campaigns.actions.campaigns import create
from zhengyou.campaigns.actions.plans import adopt
from zhengyou.desk.queries import Desk, desk_of
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actions.people import enrol
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Account, Person, Role, StandingKind
from zhengyou.pledges.actions.writing import add_item, begin
from zhengyou.pledges.models import ItemKind

SEASON = """
format   = 1
title    = "一季一事之{}"
theme    = "一季办成一件事"
aims     = ["事办成"]
carriers = ["一季一事"]
covers   = ["党支部"]

[phase.all]
title = "全程"
lasts = "3个月"
opens = ["提交方案", "作出承诺", "公布进展"]

[standard.branch]
title    = "两个好"
for      = "党组织"
criteria = {{ team = "班子好", work = "工作好" }}

[standard.member]
title    = "两带头"
for      = "党员"
criteria = {{ learn = "带头学", serve = "带头做" }}

[pledge.member]
title    = "党员承诺"
who      = {{ standing = ["正式党员"] }}
standard = "member"

[pledge.branch]
title    = "支部承诺"
who      = {{ kind = ["党支部"] }}
standard = "branch"
"""


def desk(scene, who: str, role: Role | None = None) -> Desk:
    return desk_of(acting_as(scene.cast.persons[who], role))


def titles(errands: list[Errand]) -> list[str]:
    return [errand.title for errand in errands]


def of_pledges(errands: list[Errand]) -> list[str]:
    """Return what is due of promises: the campaign has duties besides."""
    return [errand.title for errand in errands if errand.url.startswith("/pledge")]


class TestWhoFindsWhat:
    def test_the_secretary(self, scene):
        found = desk(scene, "shen", Role.SECRETARY)
        assert titles(found.waiting) == ["魏长青的承诺，3 条"]
        assert "写我的承诺" in titles(found.todo)
        assert any("育新小学党支部" in title and "进展" in title for title in titles(found.todo))
        assert [offer.body for offer in found.offers] == [scene.cast.branch]

    def test_a_member(self, scene):
        found = desk(scene, "song")
        assert "我的承诺，第 1 条退回来了" in titles(found.todo)
        assert found.waiting == []
        assert found.offers == []

    def test_who_has_begun(self, scene):
        assert of_pledges(desk(scene, "fang").todo) == ["我的承诺，写了 3 条还没送审"]

    def test_who_need_not(self, scene):
        assert of_pledges(desk(scene, "he").todo) == []

    def test_the_campaign_office(self, scene):
        scene.draft("xu")
        plan = scene.plan
        type(plan).objects.filter(pk=plan.pk).update(state="submitted")
        found = desk(scene, "gu", Role.CAMPAIGN_OFFICE)
        assert any("育新小学党支部" in title for title in titles(found.waiting))

    def test_the_neighbour_finds_nothing_of_it(self, scene):
        found = desk(scene, "wen", Role.SECRETARY)
        assert not [title for title in titles(found.todo + found.waiting) if "育新" in title]

    def test_somebody_without_a_hat(self, scene):
        person = Person.objects.create(name="没有组织的人")
        found = desk_of(Actor(person=person))
        assert (found.todo, found.waiting, found.ribbons, found.offers) == ([], [], [], [])
        client = Client()
        client.force_login(account_of(person))
        assert client.get("/desk/").status_code == 200

    def test_an_account_without_a_person(self, db):
        account = Account.objects.create_user(
            username="nobody", password="照着诺言做事2026", opened_at=clock.now()
        )
        client = Client()
        client.force_login(account)
        page = client.get("/desk/").content.decode()
        assert "今天没有要办的事" in page


class TestHeadline:
    def of(self, todo: str = "", waiting: int = 0) -> str:
        day = date(2026, 11, 10)
        errands = [Errand(kind, "", "事", "", "", "/", "办") for kind in todo.split()]
        waits = [Errand("wait", "待审", "事", "", "", "/", "审")] * waiting
        return Desk(day, errands, waits, [], []).headline

    @pytest.mark.parametrize(
        ("todo", "waiting", "expected"),
        [
            ("", 0, "今天没有要办的事"),
            ("todo back", 0, "今天，2 件要办"),
            ("todo due late", 0, "今天，2 件到期"),
            ("", 3, "今天，3 件等您定"),
            ("due todo", 1, "今天，1 件到期，1 件等您定"),
        ],
    )
    def test_says_the_finding(self, todo, waiting, expected):
        assert self.of(todo, waiting) == expected


def test_what_is_due_first_stands_first(scene):
    found = desk(scene, "shen", Role.SECRETARY)
    days = [errand.due for errand in found.todo if errand.due]
    assert days == sorted(days)


def test_the_page_says_what_the_read_model_says(scene):
    page = client_as(scene.cast.shen, Role.SECRETARY).get("/desk/").content.decode()
    found = desk(scene, "shen", Role.SECRETARY)
    assert f"<h1>{found.headline}" in page
    assert "2026年11月10日 星期二" in page
    for errand in found.todo + found.waiting:
        assert escape(errand.title) in page
        assert f'href="{errand.url}"' in page


def test_who_is_not_signed_in_signs_in_first(db):
    answer = Client().get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_every_address_on_the_desk_opens(scene):
    """Those of the page too: nobody is sent where he is turned away."""
    for who, role in (("shen", Role.SECRETARY), ("song", None), ("gu", Role.CAMPAIGN_OFFICE)):
        client = client_as(scene.cast.persons[who], role)
        _, _, page = client.get("/desk/").content.decode().partition("<main")
        urls = {
            unescape(url).partition("#")[0] for url in re.findall(r'<a [^>]*href="(/[^"]+)"', page)
        }
        assert len(urls) >= 5
        for url in urls:
            assert client.get(url, follow=True).status_code == 200, (who, url)


def test_queries_do_not_grow_with_what_waits(scene):
    client = client_as(scene.cast.shen, Role.SECRETARY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/desk/")
        return len(seen)

    client.get("/desk/")
    before = queries()
    for number in range(10):
        person = Person(name=f"新员{number:03}")
        enrol(None, person, scene.cast.branch, standing=StandingKind.FULL)
        scene.cast.persons[f"new{number}"] = person
        scene.draft(f"new{number}")
        scene.submit(f"new{number}")
    assert len(desk(scene, "shen", Role.SECRETARY).waiting) == 11
    assert queries() == before
    assert before <= 127


def test_queries_do_not_grow_with_the_campaigns_that_run(scene):
    """A secretary with pledges, plans and progress in one campaign and in thirteen."""
    actor = acting_as(scene.cast.shen, Role.SECRETARY)
    office = acting_as(scene.cast.gu, Role.CAMPAIGN_OFFICE)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk_of(actor)
        return len(seen)

    before, rows = queries(), len(desk_of(actor).todo)
    for number in range(12):
        made = create(office, scene.cast.bureau, SEASON.format(number), date(2026, 11, 1))
        made.open(office)
        if number % 3:
            adopt(actor, made, scene.cast.branch)
        if number % 2:
            pledge = begin(actor, made, scene.cast.branch, scene.cast.shen)
            add_item(actor, pledge, kind=ItemKind.COMMON, text="每周听两节课。")
    found = desk_of(actor)
    assert len(found.todo) == rows + 12 * 3, "of each its plan, my pledge and the branch's"
    assert len(found.ribbons) == 13
    assert queries() == before
