"""The wall in a browser: light, without barriers, without scripts, without sideways scroll."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from tests import cast as casting
from tests.papers.conftest import play

LIMIT = 150_000  # bytes of a public page, compressed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses() -> dict[str, str]:
    """Play the autumn and return the public pages."""
    scene = play(casting.build())
    campaign = scene.campaign.uid
    return {
        "start": reverse("portal:start"),
        "wall": reverse("portal:wall", args=[campaign]),
        "paper": reverse("portal:wall_on_paper", args=[campaign]),
        "campaign": reverse("portal:campaign", args=[campaign]),
        "plans": reverse("portal:plans", args=[campaign]),
        "plan": reverse("portal:plan", args=[campaign, scene.plan.uid]),
        "talk": reverse("portal:talk", args=[campaign]),
        "data": reverse("portal:data", args=[campaign]),
        "find": reverse("portal:find") + "?q=看护",
        "heads": reverse("portal:heads"),
    }


def test_no_barriers_and_no_sideways_scroll(addresses, page, barriers):
    assert [each for url in addresses.values() for each in barriers(page, url)] == []


def test_weighs_at_most_150_kilobytes(addresses, new_page):
    for name in ("start", "wall"):
        parts = _weigh(new_page(), addresses[name])
        assert len(parts) >= 3, parts  # the page, its styles, its icons
        assert sum(parts.values()) <= LIMIT, parts


def _weigh(page: Page, url: str) -> dict[str, int]:
    """Return what each part of a page weighs as the product sends it: compressed once."""
    parts: dict[str, int] = {}

    def weigh(response) -> None:
        body = response.body()
        parts[urlsplit(response.url).path] = len(gzip.compress(body, 6))

    page.on("response", weigh)
    page.goto(url, wait_until="networkidle")
    return parts


def test_filters_and_search_work_without_javascript(addresses, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(addresses["wall"])
    page.get_by_role("searchbox", name="搜索承诺").fill("看护")
    page.get_by_role("button", name="找").click()
    assert page.locator(".zy-pledge").count() == 1
    page.get_by_role("link", name="打印整面墙").click()
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="返回").click()
    assert page.get_by_role("searchbox", name="搜索承诺").input_value() == "看护"


def test_is_served_from_this_site_alone(addresses, page):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(addresses["wall"], wait_until="networkidle")
    assert len(hosts) == 1
