"""``[box.CODE.funnel.LEVEL]``: read, installed, taken over by a body, written again."""

import re
from datetime import date

import pytest
from django.conf import settings
from tests.cast import Cast

from zhengyou.campaigns import blueprint
from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.blueprint import Flawed
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.voices.actions import boxes
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.models import BoxKind, Where

TEXT = (settings.BLUEPRINT_FOLDER / "primary-school.toml").read_text("utf-8")


def test_a_body_takes_the_levels_over_and_the_file_is_written_again(cast: Cast) -> None:
    with clock.at(date(2026, 9, 1)):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, TEXT, date(2026, 9, 1))
        offer = campaign.box_offers.get(code="ideas")
        keeper = acting_as(cast.shen, Role.SECRETARY)
        data = BoxData(BoxKind.CALL, offer.title, offer.question, cast.shen, date(2026, 9, 1))
        box = boxes.set_up(keeper, cast.branch, data, campaign, offer)
    levels = [
        (row.title, row.where, row.chosen_least, row.most_up, row.as_piece)
        for row in box.levels.all()
    ]
    assert levels == [
        ("学段", Where.BELOW, None, None, False),
        ("学校", Where.HERE, 40, 1, True),
        ("教育局", Where.ABOVE, None, None, False),
    ]
    again = blueprint.check(blueprint.dump(campaign))
    mine = blueprint.check(TEXT)
    assert again.data["box"] == mine.data["box"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('where  = "隔壁"', "不认识“隔壁”"),
        ('chosen = "很多"', "看不懂“很多”"),
        ('as     = "随便"', "看不懂“随便”"),
    ],
)
@pytest.mark.pure
def test_what_is_wrong_is_said_with_its_line(wrong: str, said: str) -> None:
    key = wrong.split("=")[0].strip()
    place = TEXT.index("[box.ideas.funnel.school]")
    text = TEXT[:place] + re.sub(rf'^{key} += ".*"', wrong, TEXT[place:], count=1, flags=re.M)
    with pytest.raises(Flawed) as flaws:
        blueprint.check(text)
    assert said in str(flaws.value)
