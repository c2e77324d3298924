"""Founding, renaming, moving, splitting and closing through the forms."""

import pytest
from tests.cast import client_as
from tests.people.pages import TODAY, at, text

from zhengyou.kernel import clock
from zhengyou.people.models import (
    Kind,
    Membership,
    Organisation,
    Role,
)

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


def test_founding_renaming_moving_closing(cast, office):
    office.post(at("found", cast.nanhu), {"name": "一组", "kind": "party_group", "on": TODAY})
    group = Organisation.objects.get(name="一组")
    assert group.parent == cast.nanhu
    office.post(at("rename", group), {"name": "低年级组", "on": TODAY})
    group.refresh_from_db()
    assert group.name == "低年级组"
    page = office.post(at("move", group), {"target": cast.branch.pk, "on": TODAY}, follow=True)
    group.refresh_from_db()
    assert group.parent == cast.branch
    assert "移好了，现在在育新小学党支部下面" in text(page)
    office.post(at("close", group), {"on": TODAY})
    group.refresh_from_db()
    assert not group.is_open()
    assert "已经撤销，不能再改" in text(office.get(at("rename", group)))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("found", {"name": "低段党小组", "kind": "party_group", "on": "2026-10-16"}, "已经有"),
        ("found", {"name": "", "kind": "party_group", "on": "2026-10-16"}, "没有填名称"),
        ("found", {"name": "组", "kind": "branch", "on": "2026-10-16"}, "类别"),
        ("found", {"name": "组", "kind": "party_group", "on": "2026-10-17"}, "还没到"),
        ("found", {"name": "组", "kind": "party_group", "on": "十月"}, "这不是一个日期"),
        ("found", {"name": "组", "kind": "party_group", "on": "2026-10-16", "order": "头"}, "数字"),
        ("rename", {"name": "南湖小学党支部", "on": "2026-10-16"}, "已经有"),
        ("move", {"target": "", "on": "2026-10-16"}, "没有选新的上级"),
        ("close", {"on": "2026-10-16"}, "下面还有 4 个组织"),
    ],
)
def test_what_was_typed_wrong_stays_with_the_reason(cast, office, name, data, words):
    page = office.post(at(name, cast.branch), data)
    assert page.status_code == 422
    assert words in text(page)
    if data.get("name"):
        assert f'value="{data["name"]}"' in text(page)
    assert Organisation.objects.count() == 10


def test_the_targets_of_a_move_are_those_that_fit(cast, office, secretary):
    targets = office.get(at("move", cast.low)).context["form"].fields["target"].queryset
    assert {body.name for body in targets} == {"南湖小学党支部"}
    targets = secretary.get(at("move", cast.low)).context["form"].fields["target"].queryset
    assert not targets.exists()


def test_four_groups_become_two_in_two_steps(cast, secretary):
    plan = {
        "bodies": [body.uid for body in (cast.low, cast.high, cast.logistics)],
        "names": "教学党小组\n 后勤党小组\n\n",
        "on": TODAY.isoformat(),
    }
    page = secretary.post(at("split", cast.low), plan)
    assert "谁分到哪里，8 人要分" in text(page)
    form = page.context["assign"]
    assigned = dict.fromkeys(form.people, "教学党小组")
    half = dict(list(assigned.items())[:-1])
    page = secretary.post(at("split", cast.low), {**plan, **half, "assign": "1"})
    assert page.status_code == 422
    assert "周启明还没有分到新组织" in text(page)
    assigned[f"p-{cast.he.uid}"] = "后勤党小组"
    secretary.post(at("split", cast.low), {**plan, **assigned, "assign": "1"})
    groups = Organisation.objects.filter(parent=cast.branch, kind=Kind.PARTY_GROUP, closed_on=None)
    assert {body.name for body in groups} == {"教学党小组", "后勤党小组"}
    assert Membership.objects.on(TODAY).get(organisation__in=groups, person=cast.he)


@pytest.mark.parametrize(
    ("names", "words"), [("甲\n甲", "“甲”写了两遍"), ("", "没有填新组织的名称"), (" \n", "名称")]
)
def test_names_of_a_split_are_checked_first(cast, secretary, names, words):
    plan = {"bodies": [cast.low.uid], "names": names, "on": TODAY}
    page = secretary.post(at("split", cast.low), plan)
    assert page.status_code == 422
    assert words in text(page)
