"""The same campaign again next year: last year's pledge is at hand, unfinished items go on."""

from datetime import date, timedelta

import pytest
from tests.cast import client_as
from tests.pledges.conftest import PLEDGING

from zhengyou.campaigns.models import Act, Campaign, CampaignState, Phase, Standard
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.pledges.actions import carrying
from zhengyou.pledges.actions.fulfilment import assess, confirm
from zhengyou.pledges.blueprint import PledgeSection
from zhengyou.pledges.models import Outcome, PledgeItem, PledgeRule
from zhengyou.pledges.queries import last

pytestmark = pytest.mark.django_db

OVER = date(2027, 1, 4)
NEXT = date(2027, 5, 10)


@pytest.fixture
def again(world):
    """The next run, and the pledge of 宋知行 in the first: fulfilled, partly with the wish to go
    on, not fulfilled without it."""
    pledge = world.published("song")
    first, second, third = pledge.items.order_by("number")
    PledgeItem.objects.filter(pk=second.pk).update(now_value=5)
    with clock.at(OVER):
        song = world.actor("song")
        assess(song, first, outcome=Outcome.FULFILLED)
        partly = assess(song, second, outcome=Outcome.PARTLY, why="还差 2 人。", carry_on=True)
        assess(song, third, outcome=Outcome.NOT_FULFILLED, why="没排上。")
        confirm(world.secretary, partly, outcome=Outcome.PARTLY)
    with clock.at(NEXT):
        yield pledge, next_run(world)


def next_run(world) -> Campaign:
    old = world.campaign
    new = Campaign.objects.get(pk=old.pk)
    new.pk, new.uid, new.previous = None, Campaign().uid, old
    new.starts_on, new.ends_on = date(2027, 5, 1), date(2028, 4, 30)
    new.state = CampaignState.OPEN
    new.save()
    Phase.objects.create(campaign=new, code="pledge", title="公开承诺", starts_on=new.starts_on,
                         ends_on=NEXT + timedelta(days=60), opens=[Act.MAKE_PLEDGE])  # fmt: skip
    standard = Standard.objects.create(campaign=new, code="member", title="五带头",
                                       subject="person")  # fmt: skip
    for point in world.member.standard.criteria.all():
        standard.criteria.create(code=point.code, title=point.title, order=point.order)
    PledgeRule.objects.create(campaign=new, code="member", title="党员公开承诺", subject="person",
                              who=world.member.who, standard=standard)  # fmt: skip
    return new


def test_what_was_to_go_on_is_drafted_and_marked(world, again) -> None:
    old, new = again
    pledge, carried = carrying.start(world.actor("song"), new, world.cast.branch, world.cast.song)

    (item,) = carried
    before = old.items.get(number=2)
    assert item.carried_from == before and item.text == before.text
    assert item.baseline == 5  # it goes on from where it stands
    assert (item.due_on, item.criterion.code) == (None, "serve")
    assert item.criterion.standard.campaign == new
    assert pledge.items.count() == 1
    page = client_as(world.cast.song).get(f"/pledges/{pledge.uid}/edit/").content.decode()
    assert "没做完的一条" in page and "上一轮的承诺" in page
    assert Fact.objects.filter(verb="pledge_item.carry_over").count() == 1


def test_one_press_copies_an_item_once(world, again) -> None:
    old, new = again
    pledge, _ = carrying.start(world.actor("song"), new, world.cast.branch, world.cast.song)
    done, _, missed = old.items.order_by("number")
    for item in (done, missed):
        PledgeItem.objects.filter(pk=item.pk).update(text=f"第 {item.number} 件事。")
    client, address = client_as(world.cast.song), f"/pledges/{pledge.uid}/copy/"
    assert client.post(address, {"item": done.uid}).status_code == 302
    assert client.post(address, {"item": missed.uid}).status_code == 302
    assert client.post(address, {"item": missed.uid}).status_code == 403  # it is there already
    assert client.post(address, {"item": "x"}).status_code == 404
    origins = pledge.items.order_by("number").values_list("carried_from__number", flat=True)
    assert list(origins) == [2, None, 3]  # what was fulfilled is only copied


def test_nobody_copies_from_somebody_else(world, again) -> None:
    old, new = again
    pledge, carried = carrying.start(world.actor("wei"), new, world.cast.branch, world.cast.wei)
    assert carried == [] and last.page(pledge) is None
    with pytest.raises(Refused, match="只能抄自己以前的承诺"):
        carrying.copy_item(world.actor("wei"), pledge, old.items.first())


def test_last_year_is_at_hand_before_one_begins(world, again) -> None:
    _, new = again
    page = client_as(world.cast.song).get(f"/pledges/new/{new.uid}/").content.decode()
    for words in ("上一轮的承诺", "已兑现", "部分兑现", "本人说没兑现"):
        assert words in page, words
    assert "抄过来" not in page  # there is no draft yet


def test_what_is_said_before_the_next_run(world, again) -> None:
    old, new = again
    section = PledgeSection()
    said = section.take_over(old.campaign, new, world.secretary)
    assert said[0].startswith("没做完、说好接着做的承诺 1 条")
    assert said == section.to_take_over(old.campaign)
    assert not PledgeItem.objects.filter(campaign=new).exists()


def test_nothing_in_a_first_run(world) -> None:
    with clock.at(PLEDGING):
        pledge, carried = carrying.start(
            world.actor("song"), world.campaign, world.cast.branch, world.cast.song
        )
        assert carried == [] and last.page(pledge) is None
        assert PledgeSection().to_take_over(world.campaign) == []
