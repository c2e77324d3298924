"""What changed for me stands on the desk at once, and is put away with one press."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.cast import account_of, client_as

from zhengyou.desk.changes import changes_for, look
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.pledges.actions import progress


@pytest.fixture
def told(autumn) -> Iterator:
    """The whole autumn, on the day after the promises were reviewed: later they are old news."""
    with clock.at(date(2026, 9, 26)):
        yield autumn


def test_what_others_did_to_mine_is_told_and_what_i_did_is_not(begun) -> None:
    he = begun.cast.he
    account_of(he)
    pledge = begun.draft("he", "common post deed")
    begun.submit("he")
    before = changes_for(acting_as(he))
    review, item = begun.items("he"), begun.items("he")[0]
    begun.review("he")
    told = changes_for(acting_as(he))

    assert [row.label for row in told[: len(review)]] == ["通过并公开一条承诺"] * len(review)
    assert not [row for row in before if "承诺" in row.label], "not what I did myself"
    assert all(str(pledge.uid) in row.url for row in told[: len(review)])
    item.refresh_from_db()
    progress.note(acting_as(he), item, noted_on=clock.today(), words="做了一半。")
    assert changes_for(acting_as(he)) == told


def test_looking_puts_away_what_was_shown_and_nothing_newer(told) -> None:
    account_of(told.cast.shen)
    actor = acting_as(told.cast.shen, Role.SECRETARY)
    rows = changes_for(actor)
    assert len(rows) > 1
    look(actor, rows[1].seq)
    assert changes_for(actor) == rows[:1]
    look(actor, rows[-1].seq)
    assert changes_for(actor) == rows[:1], "a slow press takes nothing back"


def test_the_desk_shows_them_and_one_press_is_enough(told) -> None:
    client = client_as(told.cast.shen, Role.SECRETARY)
    page = client.get("/desk/")
    rows = page.context["desk"].changes
    assert rows and "有变化" in page.content.decode()
    for wrong in ("", "x", "9" * 30, "-1"):
        client.post("/desk/seen/", {"seq": wrong})
    assert client.get("/desk/").context["desk"].changes == rows
    client.post("/desk/seen/", {"seq": str(rows[0].seq)})
    assert "有变化" not in client.get("/desk/").content.decode()
