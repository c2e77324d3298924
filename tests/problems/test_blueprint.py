"""``[problems]``: read, kept, written back, edited on the page; what is wrong is said by line."""

import pytest
from tests.campaigns.conftest import BEGINS, SMALL
from tests.campaigns.test_blueprint_editor import open_part, send
from tests.cast import client_as

from zhengyou.campaigns.actions import campaigns, manuscripts
from zhengyou.campaigns.blueprint import Flawed, check, dump
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Role
from zhengyou.problems.models import CatalogueItem, MendingTerms

PARTS = """
[problems]
deadline      = "12个工作日"
climb_after   = "3个工作日"
answer_within = "8 个工作日"
phase         = "learn"

[problems.catalogue.late]
title   = "上课迟到早退"
example = "铃响三分钟才进教室"
for     = ["党员", "书记"]
hints   = ["候课提前两分钟", "年级组互相提醒"]

[problems.catalogue.meetings]
title = "会议太多"
for   = "党支部"
"""


def test_what_is_written_is_what_comes_back(cast) -> None:
    with clock.at(BEGINS):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, SMALL + PARTS, BEGINS)
        silent = campaigns.create(office, cast.bureau, SMALL, BEGINS)

    given = check(SMALL + PARTS).data["problems"]
    assert check(dump(campaign)).data["problems"] == given
    assert (given.days, given.phase) == ((12, 3, 8), "learn")
    terms = MendingTerms.objects.get(campaign=campaign)
    assert (terms.deadline_days, terms.climb_after, terms.answer_within) == (12, 3, 8)
    assert terms.phase == campaign.phases.get(code="learn")
    late, _ = CatalogueItem.objects.filter(campaign=campaign)
    assert (late.audience_words, late.hints) == ("党员、书记", ["候课提前两分钟", "年级组互相提醒"])
    assert not MendingTerms.objects.filter(campaign=silent).exists()
    assert "[problems]" not in dump(silent)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("audience", "kind", "roles", "body", "person"),
    [
        (["person"], Kind.BRANCH, set(), False, True),
        (["organisation"], Kind.SCHOOL, {Role.SECRETARY}, True, False),
        (["branch"], Kind.BRANCH, set(), True, False),
        (["branch"], Kind.SCHOOL, set(), False, False),
        (["secretary"], Kind.BRANCH, {Role.SECRETARY}, False, True),
        (["secretary"], Kind.BRANCH, {Role.RECORDER}, False, False),
        (["secretary", "branch"], Kind.BRANCH, set(), True, False),
    ],
)
def test_who_looks_at_an_item(audience, kind, roles, body, person) -> None:
    item = CatalogueItem(audience=audience)
    assert (item.is_for_body(kind), item.is_for_person(roles)) == (body, person)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"3个工作日"', '"三天"', "看不懂“三天”"),
        ('"3个工作日"', '"0个工作日"', "看不懂“0个工作日”"),
        ('"12个工作日"', '"121个工作日"', "看不懂“121个工作日”"),
        ("climb_after ", "climb ", "不认识“climb”"),
        ('phase         = "learn"', 'phase = "lern"', "没有代号是“lern”的阶段"),
        ('for   = "党支部"', "", "没有写“for”"),
        ('for   = "党支部"', 'for = "支部"', "不认识“支部”"),
        ('title = "会议太多"', "", "没有写“title”"),
        ("[problems.catalogue.late]", "[problem.late]", "不认识 [problem] 这一节"),
        ("[problems.catalogue.late]", "[problems.catalogue.Late]", "代号“Late”不对"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    assert right in PARTS
    with pytest.raises(Flawed) as caught:
        check(SMALL + PARTS.replace(right, wrong))
    assert [problem for problem in caught.value.problems if said in problem.what and problem.line]


def test_the_editor_changes_and_adds_prominent_problems(cast) -> None:
    with clock.at(BEGINS):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        own = manuscripts.keep(office, cast.bureau, SMALL + PARTS)
        gu, url = client_as(cast.gu, Role.CAMPAIGN_OFFICE), f"/blueprints/{own.uid}/"
        page = gu.get(url, {"at": "problems"}).content.decode()
        assert "?at=problems.catalogue.late" in page and "at=%2Bproblems.catalogue" in page

        late = open_part(gu, url, "problems.catalogue.late") | {"f-title": "迟到"}
        assert send(gu, url, "problems.catalogue.late", late).status_code == 302
        new = open_part(gu, url, "+problems.catalogue")
        new |= {"f-title": "讽刺挖苦学生", "f-for": ["党员"], "f-hints": "换位想一想\n当面道歉"}
        assert send(gu, url, "+problems.catalogue", new).status_code == 302

    own.refresh_from_db()
    rows = {row.code: row for row in check(own.text).data["problems"].catalogue}
    assert rows["late"].title == "迟到" and "会议太多" in own.text
    (added,) = [row for code, row in rows.items() if code not in ("late", "meetings")]
    assert (added.audience, added.hints) == (("person",), ("换位想一想", "当面道歉"))


def test_prominent_problems_are_added_to_a_file_that_has_none(cast) -> None:
    with clock.at(BEGINS):
        own = manuscripts.keep(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.bureau, SMALL)
        gu, url = client_as(cast.gu, Role.CAMPAIGN_OFFICE), f"/blueprints/{own.uid}/"
        new = open_part(gu, url, "+problems.catalogue") | {"f-title": "迟到", "f-for": ["党员"]}
        assert send(gu, url, "+problems.catalogue", new).status_code == 302
    own.refresh_from_db()
    assert [row.title for row in check(own.text).data["problems"].catalogue] == ["迟到"]
