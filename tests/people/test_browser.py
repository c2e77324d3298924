"""The pages of organisations and people in Chromium: no barriers, no sideways scroll, one story."""

import pytest
from tests import cast as casting
from tests.browser import DESKTOP, PHONE

from zhengyou.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db):
    return casting.build()


def addresses(cast):
    """One address of each kind of page."""
    body, who = f"/orgs/{cast.branch.uid}/", f"/people/{cast.song.uid}/"
    for page in ("", "?day=2019-10-01", "tree/", "roll/", "found/", "move/", "split/", "enrol/",
                 "appoint/", "accounts/"):  # fmt: skip
        yield body + page
    for page in ("", "amend/", "transfer/", "release/", "standing/", "circumstances/"):
        yield who + page
    yield "/password/"
    yield "/logout/"


def test_no_barriers_and_no_sideways_scroll(page, barriers, sign_in, people):
    found = [each for address in ("/login/", "/invitation/") for each in barriers(page, address)]
    sign_in(page, casting.account_of(people.gu))
    found += [each for address in addresses(people) for each in barriers(page, address)]
    assert found == []


def test_a_member_among_refused_buttons(page, barriers, sign_in, people):
    sign_in(page, casting.account_of(people.fang))
    looked_at = [next(addresses(people)), f"/people/{people.song.uid}/"]
    assert [each for address in looked_at for each in barriers(page, address)] == []
    page.goto(f"/orgs/{people.branch.uid}/")
    assert page.locator("[aria-disabled=true]").count() > 5


def test_from_the_slip_to_the_desk_on_a_phone(new_page, sign_in, axe, people):
    """沈若兰 prints a slip; 方晓岚 scans it and opens her account. The code leaves the address."""
    printer = new_page(DESKTOP)
    sign_in(printer, casting.account_of(people.shen))
    printer.goto(f"/orgs/{people.branch.uid}/accounts/")
    printer.get_by_label("方晓岚").check()
    printer.get_by_role("button", name="开邀请条").click()
    printer.wait_for_url("**/invitations/")
    assert axe(printer) == []
    code = printer.locator(".zy-slips .code").inner_text()

    phone = new_page(PHONE, has_touch=True, is_mobile=True)
    phone.goto(f"/invitation/#{code}")
    assert phone.get_by_label("邀请码").input_value() == code
    assert "#" not in phone.url
    phone.get_by_label("用户名").fill("方晓岚")
    for field in phone.locator("input[type=password]").all():
        field.fill(casting.PASSWORD)
    phone.get_by_role("button", name="开账号").click()
    phone.wait_for_url("**/desk/")
    assert Account.objects.get(person=people.fang).username == "方晓岚"


def test_without_scripts_a_group_is_founded_and_a_hat_changed(new_page, people):
    page = new_page(DESKTOP, java_script_enabled=False)
    page.goto("/login/?next=/orgs/")
    account = casting.account_of(people.shen)
    page.get_by_label("用户名").fill(account.username)
    page.get_by_label("密码").fill(casting.PASSWORD)
    page.get_by_role("button", name="登录").click()
    assert page.url.endswith(f"/orgs/{people.branch.uid}/")
    page.get_by_role("link", name="设下级组织").click()
    page.get_by_label("名称").fill("青年党小组")
    page.get_by_label("类别").select_option("党小组")
    page.get_by_role("button", name="设立组织").click()
    assert page.get_by_text("青年党小组设好了").is_visible()
    page.locator("summary", has_text="沈若兰").click()
    page.get_by_role("button", name="育新小学党支部成员").click()
    page.goto("/orgs/")
    assert page.get_by_role("link", name="设下级组织").get_attribute("aria-disabled") == "true"
