"""The pages of organisations and people: what each visitor gets, and what the forms do."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import account_of, client_as, id_number

from zhengyou.kernel import clock, identity
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import people, tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Invitation,
    Kind,
    Membership,
    Organisation,
    Person,
    Post,
    Role,
    StandingKind,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 16)
EVE = TODAY - timedelta(days=1)


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


def at(name, *args):
    return reverse(f"people:{name}", args=[getattr(arg, "uid", arg) for arg in args])


def text(response):
    return response.content.decode()


# --- who gets what ----------------------------------------------------------------------------

BODY_PAGES = ("organisation", "tree", "found", "rename", "move", "split", "close", "roll",
              "enrol", "appoint", "accounts")  # fmt: skip
PERSON_PAGES = ("person", "amend", "standing", "circumstance", "transfer", "release")


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


# --- looking ----------------------------------------------------------------------------------


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
    cast, office, django_assert_num_queries
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
    for name, queries in (("organisation", 21), ("tree", 14), ("roll", 24), ("accounts", 11)):
        for body in (one, thirty):
            with django_assert_num_queries(queries, info=f"{name} {body.name}"):
                assert office.get(at(name, body)).status_code == 200


# --- the tree ---------------------------------------------------------------------------------


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


# --- people -----------------------------------------------------------------------------------

NEWCOMER = {"name": "程 小满", "standing": "full", "since": "2026-10-16", "joined": "2015.06",
            "became_full": "2016.06", "phone": "139 0000 9999"}  # fmt: skip


def test_enrolling_reads_birth_and_gender_from_the_id_number(cast, secretary):
    number = id_number(date(1990, 2, 3), 7)
    data = {**NEWCOMER, "id_number": number, "group": cast.low.pk}
    assert secretary.post(at("enrol", cast.branch), data).status_code == 302
    person = Person.objects.get(name="程小满")
    assert (person.gender, str(person.born)) == ("male", "1990年2月3日")
    assert person.bodies() == [cast.branch, cast.low]
    assert str(person.standings.get().known_since) == "2016年6月"
    assert person.masked_phone == "139****9999"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "没有填姓名"),
        ({"standing": ""}, "没有选人员类别"),
        ({"id_number": "123"}, "公民身份号码应是18位"),
        ({"id_number": "SAME"}, "已经登记在册"),
        ({"phone": "12345"}, "手机号码应是11位"),
        ({"joined": "85年"}, "看不懂这个日期"),
        ({"joined": "2027"}, "还没到"),
        ({"became_full": "2014"}, "转正日期不能早于入党日期"),
        ({"id_number": "NEW", "gender": "female"}, "公民身份号码里是男"),
        ({"id_number": "NEW", "born": "1991"}, "公民身份号码里是1990年2月3日"),
        ({"since": "2019-08-31"}, "才成立"),
    ],
)
def test_a_wrong_enrolment_keeps_everything_typed(cast, secretary, changes, words):
    known = {"SAME": identity.unseal(cast.wen.id_sealed), "NEW": id_number(date(1990, 2, 3), 7)}
    data = {**NEWCOMER, **{key: known.get(value, value) for key, value in changes.items()}}
    page = secretary.post(at("enrol", cast.branch), data)
    assert page.status_code == 422
    assert words in text(page)
    assert 'value="139 0000 9999"' in text(page) or "phone" in changes
    assert not Person.objects.filter(name="程小满").exists()


def test_a_refused_group_leaves_nobody_enrolled(cast, secretary):
    data = {**NEWCOMER, "group": cast.low.pk, "since": "2019-09-02"}
    group = tree.found(None, name="新组", kind=Kind.PARTY_GROUP, parent=cast.branch)
    data["group"] = group.pk
    page = secretary.post(at("enrol", cast.branch), data)
    assert "2026-10-16 才成立" in text(page)
    assert not Person.objects.filter(name="程小满").exists()


def test_amending_leaves_sealed_numbers_alone_unless_typed(cast, secretary):
    page = secretary.get(at("amend", cast.he))
    assert f"现在是 {cast.he.masked_id_number}，不改就空着" in text(page)
    assert identity.unseal(cast.he.id_sealed) not in text(page)
    data = {"name": "贺建国", "work": "关工委副主任", "born": "1963年3月8日", "joined": "1985.07",
            "became_full": "1986.07", "gender": "male"}  # fmt: skip
    assert secretary.post(at("amend", cast.he), data).status_code == 302
    before = cast.he.id_sealed
    cast.he.refresh_from_db()
    assert (cast.he.work, cast.he.id_sealed) == ("关工委副主任", before)
    fact = Fact.objects.get(verb="person.amend")
    assert fact.data == {"fields": ["ethnicity", "education", "work"]}


def test_looking_at_numbers_needs_a_post_and_leaves_a_fact(cast, secretary, member):
    number = identity.unseal(cast.song.id_sealed)
    assert number not in text(secretary.get(at("person", cast.song)))
    assert secretary.get(at("numbers", cast.song)).status_code == 405
    page = secretary.post(at("numbers", cast.song))
    assert number in text(page)
    assert "no-store" in page["Cache-Control"]
    assert Fact.objects.filter(verb="person.view_numbers").count() == 1
    assert member.post(at("numbers", cast.song)).status_code == 403
    assert member.post(at("numbers", cast.fang)).status_code == 200  # one's own


def test_transfers_and_releases(cast, office, secretary):
    form = secretary.get(at("transfer", cast.song)).context["form"]
    assert {body.name for body in form.fields["target"].queryset} == {"高段党小组", "后勤党小组"}
    data = {"source": cast.branch.pk, "target": cast.nanhu.pk, "on": TODAY}
    assert secretary.post(at("transfer", cast.song), data).status_code == 422  # not on offer
    page = office.post(at("transfer", cast.song), data, follow=True)
    assert "宋知行转到南湖小学党支部了" in text(page)
    assert cast.song.bodies() == [cast.nanhu]
    data = {"body": cast.branch.pk, "because": "died", "on": TODAY}
    page = secretary.post(at("release", cast.he), data, follow=True)
    assert "贺建国，现在不在任何组织" in text(page)
    assert "2026年10月16日，去世" in text(page)


def test_standing_and_circumstances(cast, secretary):
    page = secretary.post(at("standing", cast.fang), {"kind": "full", "since": "2026.10"})
    assert page.status_code == 302
    assert cast.fang.standings.on(TODAY).get().kind == StandingKind.FULL
    page = secretary.post(at("standing", cast.fang), {"kind": "full", "since": "2026.10"})
    assert "已经是正式党员" in text(page)
    secretary.post(at("circumstance", cast.he), {"kind": "mobile", "since": "2026.09"})
    row = cast.he.circumstances.get()
    assert "流动" in text(secretary.get(at("person", cast.he)))
    address = at("circumstance_end", cast.he, row.pk)
    assert secretary.get(at("circumstance_end", cast.song, row.pk)).status_code == 404
    secretary.post(address, {"on": TODAY})
    row.refresh_from_db()
    assert row.until == TODAY


# --- posts ------------------------------------------------------------------------------------


def test_appointing_and_ending(cast, office, secretary):
    roles = secretary.get(at("appoint", cast.branch)).context["form"].fields["role"].choices
    assert [label for _, label in roles] == ["请选择", "副书记", "委员", "记录员"]
    data = {"person": cast.wei.uid, "role": "committee_member", "portfolio": "宣传委员",
            "since": TODAY}  # fmt: skip
    page = secretary.post(at("appoint", cast.branch), data, follow=True)
    assert "魏长青任育新小学党支部委员" in text(page)
    post = Post.objects.get(person=cast.wei, organisation=cast.branch)
    assert post.title == "宣传委员"
    page = secretary.post(at("appoint", cast.branch), data)
    assert "魏长青已经是育新小学党支部宣传委员" in text(page)
    secretary.post(at("post_end", cast.wei, post), {"on": TODAY})
    assert not Post.objects.on(TODAY).filter(pk=post.pk).exists()
    own = Post.objects.get(person=cast.shen)
    answer = secretary.get(at("post_end", cast.shen, own))
    assert answer.status_code == 403
    assert "书记由上级党组织任免" in text(answer)
    assert "书记由上级党组织任免" in text(secretary.get(at("organisation", cast.branch)))
    assert secretary.get(at("post_end", cast.wei, own)).status_code == 404


def test_people_from_elsewhere_are_found_by_name(cast, office):
    def found(**query):
        form = office.get(at("appoint", cast.nanhu), query).context["form"]
        return {person.name for person in form.fields["person"].queryset}

    assert found() == {"闻立诚", "许青禾"}
    assert found(name="知行") == {"宋知行"}
    assert found(name="柏") == set()  # out of reach


# --- invitations ------------------------------------------------------------------------------


def test_slips_are_shown_once_ready_to_print(cast, secretary):
    account_of(cast.song)
    page = secretary.get(at("accounts", cast.branch))
    assert "9 人，7 人还没有账号" in text(page)  # 沈若兰 herself and 宋知行 have one
    chosen = [cast.he.uid, cast.fang.uid, cast.song.uid, cast.xu.uid, "nonsense"]
    page = secretary.post(at("invite", cast.branch), {"person": chosen})
    slips = page.context["slips"]
    assert [slip.person.name for slip in slips] == ["方晓岚", "贺建国"]
    assert "no-store" in page["Cache-Control"]
    for slip in slips:
        assert slip.code in text(page)
        assert slip.qr.startswith("<svg")
        assert "style" not in slip.qr
    assert text(page).count("http://testserver/invitation/") == 2
    assert slips[0].code not in text(secretary.get(at("accounts", cast.branch)))
    page = secretary.post(at("invite", cast.branch), {"person": [cast.song.uid]}, follow=True)
    assert "没有选人，或者选的人都已经有账号了" in text(page)


def test_the_qr_code_holds_the_code_behind_the_hash(cast):
    import segno

    from zhengyou.people.actions import accounts
    from zhengyou.people.queries.slips import slip_of

    actor = acting_as(cast.shen, Role.SECRETARY)
    [(person, code, row)] = accounts.invite(actor, cast.branch, [cast.he])
    slip = slip_of(person, code, row, "https://example.test/invitation/")
    same = segno.make(f"https://example.test/invitation/#{code}", error="m", micro=False)
    path = same.svg_inline(omitsize=True, border=2).split(' d="')[1].split('"')[0]
    assert path in slip.qr


def test_a_lost_slip_is_withdrawn_and_an_account_closed(cast, secretary):
    secretary.post(at("invite", cast.branch), {"person": [cast.he.uid]})
    assert "收回" in text(secretary.get(at("withdraw", cast.he)))
    secretary.post(at("withdraw", cast.he))
    assert Invitation.objects.get().withdrawn_at
    assert secretary.post(at("withdraw", cast.he)).status_code == 404
    account = account_of(cast.song)
    assert "停用" in text(secretary.get(at("account_close", cast.song)))
    secretary.post(at("account_close", cast.song))
    account.refresh_from_db()
    assert not account.is_active
    assert secretary.get(at("account_close", cast.song)).status_code == 404


# --- references -------------------------------------------------------------------------------


def test_references_resolve_to_pages(cast):
    from uuid import uuid4

    from zhengyou.people import refs

    actor = acting_as(cast.shen, Role.SECRETARY)
    target = refs.resolve_organisation(cast.branch.uid, actor)
    assert (target.title, target.visible) == ("育新小学党支部", True)
    assert target.url == at("organisation", cast.branch)
    assert not refs.resolve_organisation(cast.nanhu.uid, actor).visible
    assert refs.resolve_person(cast.song.uid, actor).title == "宋知行"
    assert not refs.resolve_person(cast.wen.uid, actor).visible
    assert refs.resolve_person(uuid4(), actor) is None
    assert refs.resolve_organisation(uuid4(), actor) is None


def test_every_fact_of_this_room_reads_in_chinese():
    import re
    from pathlib import Path

    from zhengyou.people import refs

    source = Path(refs.__file__).parent
    written = {
        verb
        for path in source.rglob("*.py")
        for verb in re.findall(r'facts\.record\(\s*"([a-z_.]+)"', path.read_text("utf-8"))
    }
    assert written
    assert not written - set(refs.VERBS)
