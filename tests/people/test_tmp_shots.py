import pytest
from tests import cast as casting
from tests.people.test_roster_browser import states, addresses, people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_shots(each_page, sign_in, people):
    sign_in(each_page, casting.account_of(people.gu))
    w = each_page.viewport_size["width"]
    for name, address in addresses(people, states(people)).items():
        each_page.goto(address)
        each_page.screenshot(path=f"/tmp/rx/shot-{name}-{w}.png", full_page=True)
