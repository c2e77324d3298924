"""Who writes, publishes, corrects and takes off; what counts; for whom it exists."""

from datetime import date
from uuid import uuid4

import pytest
from tests.cast import client_as

from zhengyou.disclosure import rules
from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.content import Words
from zhengyou.disclosure.models import DisclosedItem, ItemState
from zhengyou.disclosure.targets import resolve_disclosed
from zhengyou.files.actions import store
from zhengyou.files.rules import is_visible
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import posts, tree
from zhengyou.people.actor import ANONYMOUS, acting_as
from zhengyou.people.models import Kind, Role
from zhengyou.search.queries import Asked, matching
from zhengyou.work.actions import recording
from zhengyou.work.models import Credit, RecordState

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 10)
WHO = {
    "shen": Role.SECRETARY, "zhou": Role.DEPUTY_SECRETARY, "su": Role.COMMITTEE_MEMBER,
    "tian": Role.RECORDER, "he": None, "wen": Role.SECRETARY, "gu": Role.CAMPAIGN_OFFICE,
    "yin": Role.INSPECTOR, "zhuo": Role.SYSTEM_ADMIN,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _stand():
    with clock.at(DAY):
        yield


def actor(openness, who):
    return acting_as(openness.cast.persons[who], WHO[who]) if who else ANONYMOUS


MAY = [
    # who, draft, publish another's, correct
    ("shen", 1, 1, 1), ("zhou", 1, 1, 1), ("su", 1, 0, 0), ("tian", 1, 0, 0), ("he", 0, 0, 0),
    ("wen", 0, 0, 0), ("gu", 0, 0, 0), ("yin", 0, 0, 0), ("zhuo", 0, 0, 0), ("", 0, 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(("who", "drafts", "publishes", "corrects"), MAY)
def test_who_may(openness, who, drafts, publishes, corrects):
    draft, out = openness.drafted(), openness.published()
    me = actor(openness, who)
    found = (
        rules.may_draft(me, openness.cast.branch), rules.may_publish(me, draft),
        rules.may_correct(me, out),
    )  # fmt: skip
    assert tuple(map(bool, found)) == (bool(drafts), bool(publishes), bool(corrects))
    assert all(verdict.reason for verdict in found if not verdict)


SEES = [
    # who, draft, public, for the own people
    ("shen", 1, 1, 1), ("su", 1, 1, 1), ("tian", 1, 1, 1), ("he", 0, 1, 1), ("wen", 0, 1, 0),
    ("gu", 0, 1, 1), ("yin", 0, 1, 1), ("zhuo", 0, 1, 0), ("", 0, 1, 0),
]  # fmt: skip


@pytest.mark.parametrize(("who", "draft", "public", "staff"), SEES)
def test_for_whom_it_exists(openness, who, draft, public, staff):
    made = openness.drafted(), openness.published(), openness.published("staff", on=DAY)
    seen = DisclosedItem.objects.filter(rules.visible_items(actor(openness, who)))
    assert [item in seen for item in made] == [bool(each) for each in (draft, public, staff)]


def test_two_have_to_look_at_money(openness):
    mine = openness.drafted("money", by=openness.shen)
    with pytest.raises(Refused, match="请另一位负责人来公开"):
        publishing.publish(openness.shen, mine)
    publishing.submit(openness.shen, mine)
    publishing.send_back(actor(openness, "zhou"), mine, "少了食堂的")
    assert (mine.state, mine.sent_back) == (ItemState.DRAFT, "少了食堂的")
    publishing.submit(openness.shen, mine)
    publishing.publish(actor(openness, "zhou"), mine)
    assert (mine.state, mine.sent_back) == (ItemState.PUBLISHED, "")


def test_what_is_missing_is_named(openness):
    item = openness.drafted("money")
    publishing.save(openness.tian, item, Words("", ""))
    with pytest.raises(Refused, match="还没有写标题、内容、数"):
        publishing.publish(openness.shen, item)
    assert not Credit.objects.exists()


def test_a_period_that_is_none(openness):
    with pytest.raises(Refused, match="没有这一期"):
        openness.drafted(start=date(2026, 10, 2))
    with pytest.raises(Refused, match="没有这一期"):
        openness.drafted(start=date(2027, 1, 1))  # is to come


def test_it_counts_by_one_record_which_only_this_room_changes(openness):
    item = openness.published("money", on=DAY)
    credit = Credit.objects.get()
    assert (credit.duty, credit.record, credit.on) == (item.topic.duty, item.record, DAY)
    assert [row.what for row in item.record.quantities.all()] == ["办公费"]
    with pytest.raises(Refused, match="公开事项在公开的那一页"):
        recording.strike(openness.shen, item.record, "不要了")
    with pytest.raises(Refused, match="公开事项在公开的那一页"):
        recording.amend(openness.shen, item.record, recording.content_of(item.record), why="改")
    page = client_as(openness.cast.shen, Role.SECRETARY).get(
        f"/orgs/{openness.cast.branch.uid}/records/new/disclosure/")  # fmt: skip
    assert page.status_code == 403
    publishing.withdraw(openness.shen, item, "写了名字")
    item.record.refresh_from_db()
    assert item.record.state == RecordState.STRUCK and not Credit.objects.exists()


def test_a_correction_keeps_what_it_corrects(openness):
    item = openness.published(on=DAY)
    store(b"a plan", "plan.txt", item.versions.get().ref, "x")
    with pytest.raises(Refused, match="没有改动"):
        publishing.correct(openness.shen, item, Words.of(item.versions.get()), "再看一遍")
    with pytest.raises(Refused, match="为什么更正"):
        publishing.correct(openness.shen, item, Words("新", "新"), " ")
    publishing.correct(openness.shen, item, Words("新", "新"), "算错了")
    assert list(item.versions.values_list("number", "title", "why")) == [
        (1, "四季度收费和食堂", ""), (2, "新", "算错了")
    ]  # fmt: skip
    files = [each.ref.uid for each in item.versions.all()]
    from zhengyou.files.models import Attachment

    assert sorted(Attachment.objects.values_list("owner_uid", flat=True)) == sorted(files)
    assert Credit.objects.count() == 1


def test_nothing_is_lost_between_two_devices(openness):
    item = openness.drafted()
    seen = item.changed_at
    with clock.at(date(2026, 11, 11)):
        publishing.save(openness.shen, item, Words("别处改的", "x"), seen=seen)
        with pytest.raises(Stale, match="在别处也改了"):
            publishing.save(openness.tian, item, Words("这里改的", "x"), seen=seen)
    key = uuid4()
    one, two = (openness.drafted(key=key) for _ in range(2))
    assert one == two


def test_files_follow_the_audience(openness):
    item, staff = openness.published(on=DAY), openness.published("staff", on=DAY)
    file = store(b"a", "a.txt", item.versions.get().ref, "x")
    inside = store(b"b", "b.txt", staff.versions.get().ref, "x")
    assert is_visible(file, None) and not is_visible(inside, None)
    assert is_visible(inside, acting_as(openness.cast.he))
    assert not is_visible(inside, actor(openness, "wen"))
    publishing.withdraw(openness.shen, item, "不该公开")
    assert not is_visible(file, None) and not is_visible(file, openness.shen)


def test_what_the_public_may_speak_about_and_find(openness):
    item, staff = openness.published(on=DAY), openness.published("staff", on=DAY)
    draft = openness.drafted()
    assert resolve_disclosed(item.uid).title == "育新小学党支部的2026年第四季度收费和食堂"
    assert resolve_disclosed(staff.uid) is None and resolve_disclosed(draft.uid) is None
    public = Asked("disclosed_item", public=True)
    assert matching(public, "食堂").uids == [item.uid]
    assert matching(public, "评优").uids == []
    publishing.withdraw(openness.shen, item, "不该公开")
    assert matching(public, "食堂").uids == [] and resolve_disclosed(item.uid) is None


def test_facts_name_nobody(openness):
    item = openness.published(on=DAY)
    publishing.withdraw(openness.shen, item, "写了宋知行的名字")
    facts = Fact.objects.filter(about_uid=item.uid).order_by("seq")
    assert [fact.verb for fact in facts] == [
        "disclosed_item.draft", "disclosed_item.publish", "disclosed_item.withdraw"
    ]  # fmt: skip
    assert "宋知行" not in str([fact.data for fact in facts])


def test_a_union_lays_open_by_its_chair(openness):
    office, cast = acting_as(openness.cast.gu, Role.CAMPAIGN_OFFICE), openness.cast
    union = tree.found(office, name="育新小学工会", kind=Kind.UNION, parent=cast.branch)
    posts.appoint(office, cast.fang, union, Role.SECRETARY)
    posts.appoint(office, cast.jiang, union, Role.COMMITTEE_MEMBER, portfolio="宣传")
    chair, member = (
        acting_as(cast.fang, Role.SECRETARY),
        acting_as(cast.jiang, Role.COMMITTEE_MEMBER),
    )
    item = DisclosedItem(organisation=union, topic=openness.topics["affairs"], by=cast.jiang)
    assert rules.may_publish(chair, item) and not rules.may_publish(member, item)
    assert rules.may_draft(member, union) and not rules.may_draft(member, cast.branch)
