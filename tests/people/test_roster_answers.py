"""Answers to likenesses come as names of fields, which anybody may write as he likes."""

import pytest
from tests.cast import client_as
from tests.people.roster_books import book, keeper, line, uploaded

from zhengyou.people.models import Choice, Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["²", "9" * 30, "-1", "x", ""])
def test_an_answer_about_no_row_changes_nothing(cast, key):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    client = client_as(cast.shen, Role.SECRETARY)
    address = f"/orgs/{cast.branch.uid}/roster/imports/{roster.uid}/choices/"
    assert client.post(address, {f"match-{key}": Choice.UPDATE}).status_code == 302
    assert client.post(address, {"kind": f"{key}\x00", "choice": "skip"}).status_code == 403
