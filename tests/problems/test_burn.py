"""How problems burn down, and what the summary says of them: the numbers are their rows."""

from datetime import date

import pytest
from tests.campaigns.conftest import BEGINS, SMALL
from tests.cast import client_as
from tests.stage import shared

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.papers.blocks import Grid, Head
from zhengyou.papers.figures import FIGURES
from zhengyou.papers.records import Records
from zhengyou.papers.summary import compose
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.problems.actions import judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Explained, Privacy
from zhengyou.problems.queries.burn import burn_of

DAY = date(2026, 11, 2)


@shared(on="cast")
def burning(cast) -> Campaign:
    """Four problems of September: mended in October, late, explained, unclaimed and quiet; and a
    member's own."""
    office, shen = acting_as(cast.gu, Role.CAMPAIGN_OFFICE), acting_as(cast.shen, Role.SECRETARY)
    with clock.at(BEGINS):
        campaign = campaigns.create(office, cast.bureau, SMALL, BEGINS)
        campaign.open(office)
    with clock.at(date(2026, 9, 16)):
        mended, late, explained, quiet = (
            raise_problem(
                shen, cast.branch, title=title, source=cast.branch.ref, campaign=campaign,
                privacy=privacy,
            )
            for title, privacy in (
                ("走廊的灯坏了", Privacy.BODY), ("台账补记", Privacy.BODY),
                ("操场要翻修", Privacy.PUBLIC), ("人手不够", Privacy.HANDLERS),
            )
        )  # fmt: skip
        raise_problem(
            acting_as(cast.song), cast.branch, title="自己的", source=cast.branch.ref,
            campaign=campaign, subject=cast.song,
        )  # fmt: skip
        for row in (mended, late):
            mending.agree(
                shen, row, owner=cast.zhou, measures=[Planned("修")], deadline=date(2026, 10, 16)
            )
    with clock.at(date(2026, 10, 12)):
        zhou = acting_as(cast.zhou, Role.DEPUTY_SECRETARY)
        mending.submit(zhou, mended, "修好了")
        judging.verify(shen, mended)
        judging.close(shen, mended)
        judging.explain(shen, explained, kind=Explained.REASON, words="要等区里立项。")
    assert quiet.pk
    return campaign


@pytest.mark.parametrize(
    ("day", "point"),
    [
        (date(2026, 9, 15), None),
        (date(2026, 9, 16), (4, 4, 0)),
        (date(2026, 10, 11), (4, 4, 2)),  # not claimed within five working days
        (date(2026, 10, 12), (4, 2, 1)),
        (date(2026, 10, 19), (4, 2, 2)),
    ],
)
def test_it_burns_down_as_of_any_day(cast, burning, day, point) -> None:
    shen = acting_as(cast.shen, Role.SECRETARY)
    with clock.at(DAY):
        now = burn_of(shen, cast.branch, day).now
    assert (now and (now.found, now.open, now.late)) == point


def test_the_chart_says_what_the_table_says(cast, burning) -> None:
    shen = acting_as(cast.shen, Role.SECRETARY)
    with clock.at(DAY):
        burn = burn_of(shen, cast.branch, DAY)
        page = client_as(cast.shen, Role.SECRETARY).get(f"/orgs/{cast.branch.uid}/problems/burn/")
    assert sum(line.total for line in burn.lines) == burn.now.found == 4
    assert [point.day for point in burn.points][-2:] == [date(2026, 10, 26), DAY]
    assert len(burn.open) == len(burn.points) - 1
    assert burn.open[-1].y2 == 90.0 and burn.found[-1].y2 == 0.0  # 2 of 4, and all
    text = page.content.decode()
    assert "没有了结 2 个" in text and "自己的" not in text
    assert text.count('class="open"') == len(burn.open) + 1  # and the key


def test_it_takes_the_same_queries_after_years(cast, burning, django_assert_num_queries):
    shen = acting_as(cast.shen, Role.SECRETARY)
    for day in (DAY, date(2030, 1, 7)):
        with clock.at(day), django_assert_num_queries(4):
            assert 3 < len(burn_of(shen, cast.branch, day).points) <= 55


def test_the_summary_says_what_was_found_and_what_is_not_done(cast, burning) -> None:
    with clock.at(DAY):
        records = Records.load(burning, cast.branch, DAY)
        summary = compose(records)
        past = Records.load(burning, cast.branch, date(2026, 10, 11))
        none = Records.load(burning, cast.branch, date(2026, 9, 15))
    values = {
        code: FIGURES[code].count(records).value for code in FIGURES if code.startswith("problems")
    }
    assert values == {
        "problems": 4, "problems_closed": 1, "problems_verified": 0, "problems_going": 2,
        "problems_explained": 1, "problems_carried": 0, "problems_unclaimed": 1,
        "problems_late": 2,
    }  # fmt: skip
    assert FIGURES["problems_closed"].count(past).value == 0 and not none.problems
    heads = [part.text for part in summary.blocks if isinstance(part, Head)]
    assert "查摆整改" in heads
    grids = [part for part in summary.blocks if isinstance(part, Grid)]
    (grid,) = [part for part in grids if part.key == "problems.late_list"]
    assert [row[0] for row in grid.rows] == ["台账补记"]  # what is for the handlers is not listed
    with clock.at(DAY):
        assert "查摆整改" not in [
            part.text for part in compose(none).blocks if isinstance(part, Head)
        ]
