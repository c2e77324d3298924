"""Persons, posts and invitations through the forms; references and the words of facts."""

from datetime import date

import pytest
from tests.cast import account_of, client_as, id_number
from tests.people.pages import TODAY, at, text

from zhengyou.kernel import clock, identity
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Invitation,
    Kind,
    Person,
    Post,
    Role,
    StandingKind,
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


# --- people ------------------------------------------------------------------------------------

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


def test_releases(cast, secretary):
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


# --- posts -------------------------------------------------------------------------------------


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


# --- invitations -------------------------------------------------------------------------------


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


# --- references --------------------------------------------------------------------------------


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

    from zhengyou.ledger.book import verb_label
    from zhengyou.people import actions

    source = "".join(path.read_text("utf-8") for path in Path(actions.__file__).parent.glob("*.py"))
    written = set(re.findall(r'\.record\(\s*"([a-z_.]+)"', source))
    assert {"person.enrol", "organisation.found", "account.open"} <= written
    assert [verb for verb in written if verb_label(verb) == verb] == []
