"""Merging bodies and handing people over through the pages: what is said before, done, undone."""

from datetime import timedelta

import pytest
from tests.cast import client_as
from tests.people.pages import TODAY, at, text

from zhengyou.kernel import clock
from zhengyou.people.actions import merging, tree
from zhengyou.people.actions.transfers import propose
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Post, Role, Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand_in_october():
    with clock.at(TODAY):
        yield


@pytest.fixture
def office(cast):
    return client_as(cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def shen(cast):
    return client_as(cast.shen, Role.SECRETARY)


@pytest.fixture
def wen(cast):
    return client_as(cast.wen, Role.SECRETARY)


def test_a_member_changes_school(cast, shen, wen):
    """沈若兰 hands 宋知行 over from his page; 闻立诚 finds it on the desk and takes him in."""
    page = shen.get(at("transfer", cast.song))
    assert "从哪里转出" in text(page)  # the branch, or the group only
    address = at("handover_new", cast.branch)
    page = shen.get(address, {"who": cast.song.uid})
    assert page.context["form"]["who"].value() == [str(cast.song.uid)]
    asked = {"who": [cast.song.uid], "name": "南湖"}
    page = shen.get(address, asked)
    assert "带过去：正式党员、账号" in text(page)
    assert "低段党小组组长免去" in text(page)
    page = shen.post(address, asked | {"target": cast.nanhu.uid, "on": TODAY}, follow=True)
    assert "送到南湖小学党支部了，对方接收以后才转" in text(page)
    row = Transfer.objects.get()
    assert "转到南湖小学党支部的 1 人" in text(shen.get("/desk/"))
    assert "育新小学党支部转来 1 人" in text(wen.get("/desk/"))
    assert wen.get(at("handover", row)).status_code == 200
    page = wen.post(at("handover_return", row), {"reason": ""})
    assert (page.status_code, "没有写为什么退回" in text(page)) == (422, True)
    page = wen.post(at("handover_accept", row), follow=True)
    assert "接收好了" in text(page)
    assert "离开低段党小组" in text(page)
    assert cast.song.bodies() == [cast.nanhu]
    assert "撤销这次转接" in text(wen.get(at("handover_undo", row))).replace(
        "撤销从", "撤销这次转接"
    )
    page = wen.post(at("handover_undo", row), follow=True)
    assert "撤销了，人回到育新小学党支部" in text(page)
    assert cast.song.bodies() == [cast.branch, cast.low]


def test_nobody_found_and_nobody_chosen(cast, shen):
    address = at("handover_new", cast.branch)
    page = shen.get(address, {"who": cast.song.uid, "name": "没有的"})
    assert (page.status_code, "没有找到这样的组织" in text(page)) == (422, True)
    page = shen.get(address, {"name": "南湖"})
    assert (page.status_code, "没有选要转的人" in text(page)) == (422, True)
    data = {"who": [cast.shen.uid], "name": "南湖", "target": cast.nanhu.uid, "on": TODAY}
    page = shen.post(address, data)
    assert (page.status_code, "先免去" in text(page)) == (422, True)


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(
    cast, shen, django_assert_num_queries
):
    lead = acting_as(cast.shen, Role.SECRETARY)
    propose(lead, cast.branch, cast.nanhu, [cast.song])
    with django_assert_num_queries(9):
        shen.get(at("handovers", cast.branch))
    for number in range(30):
        row = propose(lead, cast.branch, cast.nanhu, [cast.fang], note=f"第 {number} 次")
        Transfer.objects.filter(pk=row.pk).update(state="withdrawn")
    with django_assert_num_queries(9):
        page = shen.get(at("handovers", cast.branch))
    assert "转接，1 件等接收" in text(page)


def plan(*bodies: Organisation, **more: object) -> dict[str, object]:
    return {"bodies": [body.uid for body in bodies], "on": TODAY, **more}


def test_two_schools_become_one(cast, office, shen):
    """The preview says who comes, what happens to posts and names; then it is done and undone."""
    bureau = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    twin = tree.found(bureau, name="低段党小组", kind=Kind.PARTY_GROUP, parent=cast.nanhu)
    address = at("merge", cast.nanhu)
    page = office.post(address, plan(cast.nanhu, into="new", name=""))
    assert (page.status_code, "新设的组织没有填名称" in text(page)) == (422, True)
    first = plan(cast.nanhu, into=cast.branch.uid)
    page = office.post(address, first)
    assert "并入育新小学党支部，2 人过去" in text(page)
    assert 'value="南湖小学党支部低段党小组"' in text(page)
    post = Post.objects.get(person=cast.wen)
    wrong = first | {"merge": 1, f"n-{twin.uid}": "南湖低段党小组", f"p-{post.uid}": "on"}
    page = office.post(address, wrong)
    assert (page.status_code, "现在是沈若兰，请先免去再任" in text(page)) == (422, True)
    done = first | {"merge": 1, f"n-{twin.uid}": "南湖低段党小组"}
    page = office.post(address, done, follow=True)
    assert "合并好了" in text(page)
    assert "并进来的有" in text(page)
    page = office.get(at("organisation", cast.nanhu))
    assert "并入" in text(page)
    assert "已经撤销" in text(page)
    assert "2 人" in text(office.get(at("organisation", cast.nanhu), {"day": "2026-10-15"}))
    undo = at("reorganisation_undo", cast.nanhu.heirs.get().reorganisation)
    assert "撤销这次调整" in text(page)
    assert undo in text(page)
    assert "当没有调整过" in text(office.get(undo))
    assert shen.post(undo).status_code in (403, 404)
    office.post(undo)
    assert {person.name for person in Person.objects.filter(memberships__organisation=cast.nanhu,
            memberships__until=None)} == {"闻立诚", "许青禾"}  # fmt: skip


def test_a_body_that_stands_elsewhere_is_found_by_name(cast):
    admin = client_as(cast.zhuo, Role.SYSTEM_ADMIN)
    address = at("merge", cast.nanhu)
    assert "石桥村党支部" not in text(admin.get(address))
    assert "石桥村党支部（石桥镇党委）" in text(admin.get(address, {"find": "石桥"}))
    data = plan(cast.nanhu, cast.village, into="new", name="联合党支部", find="石桥")
    page = admin.post(address, data | {"parent": cast.town.uid, "merge": 1}, follow=True)
    assert "合并好了" in text(page)
    assert Organisation.objects.get(name="联合党支部").parent == cast.town


def test_a_split_can_be_taken_back_too(cast, office):
    people = Person.objects.filter(memberships__organisation=cast.nanhu)
    with clock.at(TODAY - timedelta(days=5)):
        tree.split(
            acting_as(cast.gu, Role.CAMPAIGN_OFFICE),
            [cast.nanhu],
            {"一": people[:1], "二": people[1:]},
        )
    assert "分为" in text(office.get(at("organisation", cast.nanhu)))
    heir = Organisation.objects.get(name="一")
    assert "来自" in text(office.get(at("organisation", heir)))
    merging.merge(
        acting_as(cast.gu, Role.CAMPAIGN_OFFICE), [heir], into=Organisation.objects.get(name="二")
    )
    page = office.get(at("organisation", cast.nanhu))
    assert at("reorganisation_undo", cast.nanhu.heirs.first().reorganisation) not in text(page)
