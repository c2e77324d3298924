"""Signing in and out, wearing another hat, opening an account with a slip."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.cast import PASSWORD, account_of, client_as

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import accounts
from zhengyou.people.actions.people import end_post
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Account, Invitation, Role

pytestmark = pytest.mark.django_db

WRONG = "用户名或密码不对"


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=False)


@pytest.fixture
def shen(cast):
    return account_of(cast.shen)


@pytest.fixture
def secretary(cast):
    return acting_as(cast.shen, Role.SECRETARY)


def enter(client, username, password=PASSWORD, **more):
    return client.post("/login/", {"login": username, "password": password, **more})


def who(client):
    """Return the name that the frame shows, or None for a visitor."""
    page = client.get("/password/")
    return None if page.status_code == 302 else page.context["frame"]["name"]


# --- in and out -------------------------------------------------------------------------------


def test_in_and_out(client, shen):
    assert client.get("/login/").status_code == 200
    response = enter(client, shen.username)
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert who(client) == "沈若兰"
    assert client.get("/logout/").status_code == 200  # asks first
    assert who(client) == "沈若兰"
    assert client.post("/logout/").status_code == 302
    assert who(client) is None


def test_capitals_and_width_of_the_name_make_no_difference(client, shen):
    enter(client, f" {shen.username.upper().replace('U', 'Ｕ')} ")
    assert who(client) == "沈若兰"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, shen):
    answers = [enter(client, shen.username, "错的密码错的密码"), enter(client, "nobody", PASSWORD)]
    texts = {
        re.sub(r'value="[^"]*"', "", answer.content.decode()).replace(shen.username, "")
        for answer in answers
    }
    assert len(texts) == 1
    assert WRONG in texts.pop()
    assert who(client) is None
    assert answers[0].context["form"]["login"].value() == shen.username  # stays typed
    assert "错的密码" not in answers[0].content.decode()  # a password is never sent back


def test_the_session_key_is_new_after_signing_in(client, shen):
    client.get("/login/")
    session = client.session
    session["planted"] = "before"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    enter(client, shen.username)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("next_page", "lands"),
    [
        ("/orgs/?day=2026-01-01", "/orgs/?day=2026-01-01"),
        ("https://elsewhere.example/", "/desk/"),
        ("//elsewhere.example/", "/desk/"),
        ("/\\elsewhere.example", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
    ],
)
def test_next_leads_nowhere_else(client, shen, next_page, lands):
    page = client.get("/login/", {"next": next_page})
    assert page.status_code == 200
    assert enter(client, shen.username, next=next_page)["Location"] == lands


def test_guessing_is_stopped_for_that_name(client, shen):
    for _ in range(6):
        assert WRONG in enter(client, shen.username, "猜的密码猜的密码").content.decode()
    assert "10 分钟后再试" in enter(client, shen.username).content.decode()
    assert who(client) is None


def test_guessing_is_stopped_for_that_address(client):
    for number in range(30):
        enter(client, f"name{number}", "猜的密码猜的密码")
    assert "10 分钟后再试" in enter(client, "another").content.decode()


def test_a_flood_of_sign_ins_is_answered_in_words(client):
    for _ in range(60):
        client.post("/login/", {})
    page = client.post("/login/", {})
    assert page.status_code == 429
    assert "请等 1 分钟再试" in page.content.decode()


def test_passwords_are_kept_with_argon2(settings):
    from zhengyou.site import settings as product

    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert get_hasher().algorithm == "argon2"
    assert identify_hasher(make_password("x")).algorithm == "argon2"


@pytest.mark.parametrize("name", ["signup", "email", "reset_password", "set_password", "inactive"])
def test_no_other_page_of_allauth_has_an_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"account_{name}")


# --- the password -----------------------------------------------------------------------------


def test_changing_the_password_ends_the_other_sessions(cast, client, shen):
    other = client_as(cast.shen, Role.SECRETARY)
    enter(client, shen.username)
    new = "换一个够长的密码2026"
    response = client.post(
        "/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response.status_code == 302
    assert who(client) == "沈若兰"
    assert who(other) is None
    assert Fact.objects.filter(verb="account.password", about_uid=shen.uid).count() == 1


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("错的密码错的密码", "换一个够长的密码2026", "换一个够长的密码2026", "现在的密码不对"),
        (PASSWORD, "换一个够长的密码2026", "换一个够长的密码2027", "两遍新密码不一样"),
        (PASSWORD, "短的", "短的", "10"),
        (PASSWORD, "1234567890123", "1234567890123", "数字"),
    ],
)
def test_a_password_that_will_not_do(client, shen, old, new, again, words):
    enter(client, shen.username)
    page = client.post("/password/", {"oldpassword": old, "password1": new, "password2": again})
    assert page.status_code == 200
    assert words in page.content.decode()
    shen.refresh_from_db()
    assert shen.check_password(PASSWORD)


# --- hats -------------------------------------------------------------------------------------


def test_putting_on_another_hat(cast):
    client = client_as(cast.shen, Role.SECRETARY)
    plain = acting_as(cast.shen).hat
    response = client.post("/hat/", {"hat": plain.uid})
    assert response.status_code == 302
    assert client.get("/password/").context["frame"]["hat_title"] == "育新小学党支部成员"
    foreign = acting_as(cast.wen, Role.SECRETARY).hat
    client.post("/hat/", {"hat": foreign.uid})
    page = client.get("/password/")
    assert page.context["frame"]["hat_title"] == "育新小学党支部成员"
    assert "这个身份已经不在了" in page.content.decode()
    assert client.get("/hat/").status_code == 405


def test_a_hat_falls_off_when_the_post_ends(cast):
    client = client_as(cast.shen, Role.SECRETARY)
    end_post(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.shen.posts.get())
    assert client.get("/password/").context["frame"]["hat_title"] == "育新小学党支部成员"


# --- invitations ------------------------------------------------------------------------------


@pytest.fixture
def slip(cast, secretary):
    [(_, code, row)] = accounts.invite(secretary, cast.branch, [cast.fang])
    return code, row


def open_with(client, code, username="方晓岚", password=PASSWORD, again=None):
    typed = {"code": code, "username": username, "password1": password,
             "password2": password if again is None else again}  # fmt: skip
    return client.post("/invitation/", typed)


def test_a_slip_opens_an_account_once(client, slip, cast):
    code, _row = slip
    assert re.fullmatch(r"([2-9A-HJKMNP-Z]{5}-?){3}", code)
    assert code not in str(Invitation.objects.values().get())
    assert client.get("/invitation/").status_code == 200
    response = open_with(client, f" {code.lower().replace('-', ' ')}　", "Fang.Xiaolan")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert who(client) == "方晓岚"
    account = Account.objects.get(person=cast.fang)
    assert account.username == "fang.xiaolan"
    fact = Fact.objects.get(verb="account.open")
    assert (fact.about_uid, fact.actor) == (account.uid, str(cast.fang.uid))
    again = open_with(Client(), code, "another")
    assert "邀请码不对，或者已经用过" in again.content.decode()


def test_mistakes_keep_what_was_typed(client, slip, shen):
    code, row = slip
    cases = [
        (("", "方晓岚", PASSWORD, PASSWORD), "没有填邀请码"),
        ((code, "方 晓岚", PASSWORD, PASSWORD), "不能有空格"),
        ((code, shen.username.upper(), PASSWORD, PASSWORD), "这个用户名已有人用"),
        ((code, "方晓岚", "短", "短"), "10"),
        ((code, "方晓岚", PASSWORD, "另一个密码另一个"), "两遍密码不一样"),
    ]
    for typed, words in cases:
        page = open_with(client, *typed)
        assert page.status_code == 200
        assert words in page.content.decode(), words
        assert page.context["form"]["code"].value() == typed[0]
        assert page.context["form"]["username"].value() == typed[1]
        assert PASSWORD not in page.content.decode()
    row.refresh_from_db()
    assert row.is_open  # a mistake does not use the slip up
    assert open_with(client, code).status_code == 302


def test_a_slip_lapses(client, slip, cast, secretary):
    code, row = slip
    with clock.at(clock.now() + timedelta(days=31)):
        assert "过期" in open_with(client, code).content.decode()
    accounts.invite(secretary, cast.branch, [cast.fang])  # a new slip takes the old one's place
    assert open_with(client, code).status_code == 200
    [(_, code, row)] = accounts.invite(secretary, cast.branch, [cast.fang])
    accounts.withdraw(secretary, row)
    assert open_with(client, code).status_code == 200
    with pytest.raises(Refused, match="已经用过或收回"):
        accounts.withdraw(secretary, row)
    assert not Account.objects.filter(person=cast.fang).exists()


def test_wrong_codes_are_counted_and_right_ones_are_not(client, slip):
    code, _ = slip
    for _ in range(30):
        assert "邀请码不对" in open_with(client, "AAAAA-BBBBB-CCCCC").content.decode()
    assert "试错的邀请码太多" in open_with(client, code).content.decode()
    from django.core.cache import cache

    cache.clear()
    for _ in range(40):
        open_with(client, code, password="短")  # the code is right, so nothing is counted
    assert open_with(client, code).status_code == 302


def test_who_gets_a_slip(cast, secretary):
    account_of(cast.song)
    slips = accounts.invite(secretary, cast.branch, [cast.song, cast.he])
    assert [person for person, _, _ in slips] == [cast.he]
    with pytest.raises(Refused, match="许青禾不在育新小学党支部的花名册上"):
        accounts.invite(secretary, cast.branch, [cast.xu])
    with pytest.raises(Refused, match="改花名册要由"):
        accounts.invite(acting_as(cast.song, Role.GROUP_LEADER), cast.branch, [cast.he])
    fact = Fact.objects.get(verb="account.invite")
    assert fact.data == {"persons": [str(cast.he.uid)]}


# --- closing ----------------------------------------------------------------------------------


def test_a_closed_account_is_out_with_the_next_request(cast, secretary):
    client = client_as(cast.song, Role.GROUP_LEADER)
    account = account_of(cast.song)
    assert who(client) == "宋知行"
    with pytest.raises(Refused, match="停用账号要由"):
        accounts.close_account(acting_as(cast.wen, Role.SECRETARY), account)
    accounts.close_account(secretary, account)
    assert who(client) is None
    assert WRONG in enter(Client(), account.username).content.decode()
    with pytest.raises(Refused, match="已经停用了"):
        accounts.close_account(secretary, account)
    [(_, code, _)] = accounts.invite(secretary, cast.branch, [cast.song])
    new = Client()
    assert open_with(new, code, "宋知行").status_code == 302
    assert who(new) == "宋知行"


@pytest.mark.parametrize(
    ("keeper", "role", "holder"),
    [
        ("gu", Role.CAMPAIGN_OFFICE, "zhuo"),  # on the bureau's roll, administrator of the county
        ("gu", Role.CAMPAIGN_OFFICE, "qin"),  # the own secretary
        ("su", Role.COMMITTEE_MEMBER, "shen"),  # keeps the roll on which the secretary stands
        ("zhou", Role.DEPUTY_SECRETARY, "shen"),
    ],
)
def test_nobody_prints_the_key_to_a_post_that_he_could_not_give(cast, keeper, role, holder):
    """Else whoever keeps the roll would close the account and sign in as the one above."""
    actor, person = acting_as(cast.persons[keeper], role), cast.persons[holder]
    account = account_of(person)
    with pytest.raises(Refused, match=f"{person.name}任.*要由任免这个职务的上级来办"):
        accounts.close_account(actor, account)
    account.delete()
    with pytest.raises(Refused, match=f"{person.name}任.*要由任免这个职务的上级来办"):
        accounts.invite(actor, person.bodies()[0], [person])
    page = client_as(cast.persons[keeper], role).post(
        f"/orgs/{person.bodies()[0].uid}/invitations/", {"person": [person.uid]}
    )
    assert page.status_code == 403
    assert "邀请条要由" in page.content.decode()


def test_who_gives_a_post_prints_the_key_to_it(cast):
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    accounts.invite(office, cast.branch, [cast.shen])
    admin = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    assert len(accounts.invite(admin, cast.bureau, [cast.qin, cast.gu, cast.zhuo])) == 3


def test_pages_ask_visitors_to_sign_in(client):
    for address in ("/orgs/", "/password/"):
        assert client.get(address)["Location"] == f"/login/?next={address}"
    assert client.post("/hat/", {"hat": "x"}).status_code == 302


def test_forms_are_guarded_against_other_sites(shen):
    strict = Client(enforce_csrf_checks=True)
    assert enter(strict, shen.username).status_code == 403


def test_a_person_known_by_age_keeps_the_account_through_the_years(cast):
    """The cast stands on any later day; so do its accounts."""
    with clock.at(date(2031, 5, 4)):
        assert who(client_as(cast.shen, Role.SECRETARY)) == "沈若兰"
