"""Who gets which page of this room, and what it shows: bodies, rolls, any past day."""

import pytest
from django.test import Client
from tests.cast import account_of, client_as
from tests.people.pages import BODY_PAGES, EVE, PERSON_PAGES, TODAY, at, text

from zhengyou.kernel import clock, identity
from zhengyou.people.actions import people, tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Kind,
    Person,
    Post,
    Role,
    StandingKind,
)
from zhengyou.people.queries import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand_in_october():
    with clock.at(TODAY):
        yield


@pytest.fixture
def office(cast):
    return client_as(cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def secretary(cast):
    return client_as(cast.shen, Role.SECRETARY)


@pytest.fixture
def member(cast):
    return client_as(cast.fang)


# --- who gets what -----------------------------------------------------------------------------


def test_the_keeper_above_gets_every_page(cast, office):
    for name in BODY_PAGES:
        assert office.get(at(name, cast.branch)).status_code == 200, name
    for name in PERSON_PAGES:
        assert office.get(at(name, cast.song)).status_code == 200, name


def test_the_neighbour_gets_none_of_them(cast):
    neighbour = client_as(cast.wen, Role.SECRETARY)
    for name in BODY_PAGES:
        assert neighbour.get(at(name, cast.branch)).status_code == 404, name
    for name in PERSON_PAGES:
        assert neighbour.get(at(name, cast.song)).status_code == 404, name
    assert neighbour.post(at("numbers", cast.song)).status_code == 404
    assert neighbour.post(at("invite", cast.branch)).status_code == 404
    assert neighbour.get(at("organisation", cast.bureau)).status_code == 200  # the line above


def test_a_member_sees_and_is_told_why_not(cast, member):
    page = member.get(at("organisation", cast.branch))
    assert page.status_code == 200
    assert 'aria-disabled="true"' in text(page)
    assert "花名册只给本组织和上级的书记" in text(page)
    for name in BODY_PAGES[1:]:
        answer = member.get(at(name, cast.branch))
        assert answer.status_code == 403, name
        assert "这件事现在办不了" in text(answer)
    page = member.get(at("person", cast.song))
    assert page.status_code == 200
    assert "详细情况只给本人和管花名册的人看" in text(page)
    assert "1988" not in text(page)
    assert "139****" not in text(page)
    for name in PERSON_PAGES[1:]:
        assert member.get(at(name, cast.song)).status_code == 403, name


def test_visitors_are_led_to_the_sign_in_page(cast):
    for name in BODY_PAGES:
        address = at(name, cast.branch)
        assert Client().get(address)["Location"] == f"/login/?next={address}"
    for name in ("numbers", "invite"):
        thing = cast.song if name == "numbers" else cast.branch
        assert Client().post(at(name, thing)).status_code == 302


def test_the_place_leads_to_the_body_of_the_hat(cast, secretary):
    assert secretary.get("/orgs/")["Location"] == at("organisation", cast.branch)
    people.release(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.fang, cast.branch)
    nowhere = Client()
    nowhere.force_login(account_of(cast.fang))
    assert "您现在不在任何组织" in text(nowhere.get("/orgs/"))


# --- looking -----------------------------------------------------------------------------------


def test_the_title_says_what_is_missing(cast, office):
    assert "后勤党小组没有负责人" in text(office.get(at("organisation", cast.branch)))
    assert "15 人，下面 6 个组织" in text(office.get(at("organisation", cast.bureau)))
    from zhengyou.people.actions.posts import end_post

    end_post(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), Post.objects.get(person=cast.wen))
    assert "南湖小学党支部，书记空着" in text(office.get(at("organisation", cast.nanhu)))
    assert "南湖小学党支部没有负责人" in text(office.get(at("organisation", cast.bureau)))


def test_any_past_day_can_be_looked_at(cast, office):
    actor = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    tree.rename(actor, cast.low, "一二年级党小组")
    people.transfer(actor, cast.song, cast.branch, cast.nanhu)
    address = at("organisation", cast.branch)
    today, past = text(office.get(address)), text(office.get(address, {"day": EVE}))
    assert "一二年级党小组" in today
    assert "低段党小组" not in today
    assert "低段党小组" in past
    assert "您看的是 2026年10月15日 的样子，只能看" in past
    assert "调整组织" not in past
    roll = at("roll", cast.branch)
    assert "宋知行" not in text(office.get(roll))
    assert "宋知行" in text(office.get(roll, {"day": EVE}))
    assert "这一天还没有成立" in text(office.get(address, {"day": "2018-01-01"}))
    assert "这一天还没有这个组织" in text(
        office.get(at("tree", cast.branch), {"day": "2018-01-01"})
    )
    for nonsense in ("2099-01-01", "昨天", ""):
        assert office.get(address, {"day": nonsense}).context["page"].day == TODAY


def test_the_roll_is_searched_filtered_and_sorted(cast, secretary):
    roll = at("roll", cast.branch)

    def shown(**query):
        return [line.person.name for line in secretary.get(roll, query).context["page"].lines]

    assert shown()[:3] == ["方晓岚", "贺建国", "江一帆"]
    assert shown(name="青") == ["魏长青"]
    assert shown(name=" 宋　知行 ") == ["宋知行"]
    assert shown(standing="probationary") == ["方晓岚"]
    assert shown(standing="no such") == shown()
    assert shown(sort="joined")[:2] in (["江一帆", "贺建国"], ["贺建国", "魏长青"])
    assert shown(sort="-born")[0] == "江一帆"
    assert shown(sort="id_sealed") == shown()
    page = secretary.get(roll, {"cols": ["id", "phone"]})
    assert "139****1009" in text(page)
    assert "330***********0198" in text(page)
    assert identity.unseal(cast.song.id_sealed) not in text(page)
    assert "没有这样的人" in text(secretary.get(roll, {"name": "查无此人"}))


def test_past_and_present_of_a_person(cast, secretary):
    page = secretary.get(at("person", cast.song))
    for words in ("宋知行，低段党小组组长", "1988年6月16日", "2012年4月", "正式党员", "139****1009",
                  "登记到花名册", "任命职务"):  # fmt: skip
        assert words in text(page), words


def test_lists_take_the_same_queries_for_one_and_for_thirty(
    cast, office, monkeypatch, django_assert_num_queries
):
    def group_of(number):
        """A branch with ``number`` groups and people."""
        branch = tree.found(None, name=f"支部{number}", kind=Kind.BRANCH, parent=cast.bureau)
        for place in range(number):
            tree.found(None, name=f"第{place}党小组", kind=Kind.PARTY_GROUP, parent=branch)
            person = Person(name=f"李{place}")
            people.enrol(None, person, branch, standing=StandingKind.FULL)
            person.write_phone(f"1390000{place:04d}")
            person.save()
        return branch

    one, thirty = group_of(1), group_of(30)
    for name, queries in (("organisation", 21), ("tree", 16), ("roll", 21), ("accounts", 10)):
        for body in (one, thirty):
            kept.forget()
            with django_assert_num_queries(queries, info=f"{name} {body.name}"):
                assert office.get(at(name, body)).status_code == 200

    for name, size in (("LITTLE", 5), ("CHILDREN", 12)):
        monkeypatch.setattr(f"zhengyou.people.queries.tree_page.{name}", size)
    address = at("tree", thirty)
    page = office.get(address).content.decode()
    assert "第11党小组" in page and "第12党小组" not in page
    assert f'href="{address}' not in page  # one's own next page is found below the list
    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'href="{address}?page=2">其余 18 个</a>' in part
    whole = office.get(address, {"whole": 1}).content.decode()
    assert "第29党小组" in whole
