"""Who may keep a page: nobody in between, once somebody is signed in."""

import pytest
from tests.cast import client_as

from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db


def test_pages_of_who_is_signed_in_are_kept_by_no_cache(cast) -> None:
    client = client_as(cast.shen, Role.SECRETARY)
    for address in (f"/orgs/{cast.branch.uid}/roll/", f"/people/{cast.song.uid}/", "/desk/", "/"):
        assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_a_page_that_says_more_is_left_alone(cast) -> None:
    client = client_as(cast.shen, Role.SECRETARY)
    assert "no-store" in client.get(f"/orgs/{cast.branch.uid}/roster/export.xlsx")["Cache-Control"]


def test_the_public_may_keep_public_pages(client) -> None:
    assert "Cache-Control" not in client.get("/")
