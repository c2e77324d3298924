"""``[inspection.CODE]``: read, refused in words, installed, dumped, and taken up by an office."""

from datetime import date

import pytest
from django.conf import settings
from tests.cast import Cast, client_as

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.blueprint import Flawed, check, dump
from zhengyou.inspections.models import Inspection, InspectionKind, Sample
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role

TEXT = (settings.BLUEPRINT_FOLDER / "township-school.toml").read_text("utf-8")
STARTS = date(2026, 8, 20)


def problems_of(old: str, new: str) -> str:
    assert old in TEXT
    with pytest.raises(Flawed) as flawed:
        check(TEXT.replace(old, new, 1))
    return str([f"{each.what}，{each.remedy}" for each in flawed.value.problems])


@pytest.mark.pure
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind    = "随机抽查"\nwho     = { kind = ["党支部"] }\nsample  = "公开抽签"',
         'kind    = "随机抽查"\nwho     = { kind = ["党支部"] }\nsample  = "指定单位"',
         "随机抽查不能指定单位"),
        ('strata  = "不分层"', 'strata  = "按心情"', "不认识“按心情”"),
        ('quota   = 3', 'quota   = 300', "0 到 200"),
        ('title   = "整改落实专项检查"', 'titel   = "整改落实专项检查"', "没有写“title”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_remedy(old: str, new: str, words: str) -> None:
    assert words in problems_of(old, new)


@pytest.mark.pure
def test_an_inspection_without_anything_to_look_at_is_refused() -> None:
    start = TEXT.index("items", TEXT.index("[inspection.rectified]"))
    end = TEXT.index("]\n", TEXT.index("how = ", start)) + 2
    with pytest.raises(Flawed) as flawed:
        check(TEXT[:start] + TEXT[end:])
    assert "没有写看什么" in str([each.what for each in flawed.value.problems])


@pytest.mark.pure
def test_items_that_ask_for_traces_are_told_in_words_and_installed_all_the_same() -> None:
    blueprint = check(TEXT.replace('what = "厕所、食堂、宿舍干净"', 'what = "卫生台账齐全"'))
    assert "要看台账" in str(blueprint.summary())
    assert "要看" not in str(check(TEXT).summary())


def test_an_office_takes_up_what_the_campaign_proposes_once(cast: Cast) -> None:
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(STARTS):
        campaign = campaigns.create(office, cast.bureau, TEXT, STARTS)
        campaign.open(office)
        client = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
        page = client.get("/inspections/").content.decode()
        assert "课堂和校园秩序抽查" in page
        offer = campaign.inspection_offers.get(code="spot")
        begun = client.get(f"/inspections/new/?offer={offer.uid}")
        form = begun.context["form"].initial | {"starts_on": "2026-09-10", "ends_on": "2026-09-20"}
        client.post(f"/inspections/new/?offer={offer.uid}", form)
        page = client.get("/inspections/").content.decode()
    made = Inspection.objects.get()
    assert (made.kind, made.sample, made.campaign) == (
        InspectionKind.SPOT, Sample.RANDOM, campaign,
    )  # fmt: skip
    assert made.checklist[0].what == "课准时上、没有空堂"
    assert "照着拟，课堂和校园秩序抽查" not in page.replace('<span class="visually-hidden">', "")


def test_what_is_dumped_is_the_same_again(cast: Cast) -> None:
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(STARTS):
        campaign = campaigns.create(office, cast.bureau, TEXT, STARTS)
        again = campaigns.create(office, cast.bureau, dump(campaign), STARTS)
    one, other = (
        list(each.inspection_offers.values_list(
            "code", "title", "kind", "sample", "kinds", "purpose", "items", "strata_by", "quota",
            "reply_days", "fix_days",
        ))
        for each in (campaign, again)
    )  # fmt: skip
    assert one == other
    assert len(one) == 3
