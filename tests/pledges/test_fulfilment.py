"""What became of promises: the one who pledged says it, the branch confirms or differs."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import client_as
from tests.pledges.conftest import DOING

from zhengyou.campaigns.models import Act, CampaignState, NameStyle
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions.people import transfer
from zhengyou.people.actor import ANONYMOUS
from zhengyou.people.models import Role
from zhengyou.pledges import queries, rules
from zhengyou.pledges.actions.fulfilment import assess, assess_all, confirm
from zhengyou.pledges.actions.progress import note
from zhengyou.pledges.models import Fulfilment, Outcome, Pledge, PledgeItem
from zhengyou.pledges.queries import Filters

pytestmark = pytest.mark.django_db

DONE, PARTLY, NOT = Outcome.FULFILLED, Outcome.PARTLY, Outcome.NOT_FULFILLED
S, D, C, R = Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER, Role.RECORDER
OVER = date(2027, 1, 4)  # all items fell due on 31 December
WHY = "还差 2 人，家长没同意放学后留下。"


@pytest.fixture
def song(world):
    """The public pledge of 宋知行, on a day after it fell due."""
    pledge = world.published("song")
    with clock.at(OVER):
        yield pledge


def first(pledge: Pledge) -> PledgeItem:
    return pledge.items.order_by("number")[0]


@pytest.mark.parametrize(
    ("day", "asks", "may"),
    [
        (DOING, False, False),  # not due yet, no phase asks
        (date(2026, 12, 30), False, False),
        (date(2026, 12, 31), False, True),  # the due day itself
        (OVER, False, True),
        (DOING, True, True),  # a phase opens 确认兑现
    ],
)
def test_when(world, day, asks, may) -> None:
    item = first(world.published("song"))
    if asks:
        world.campaign.phases.filter(code="act").update(opens=[Act.CONFIRM])
    with clock.at(day):
        item = PledgeItem.objects.get(pk=item.pk)
        assert bool(rules.may_assess(world.actor("song"), item)) is may


SAYS = [("song", None, True), ("song", Role.GROUP_LEADER, True), ("tian", R, True),
        ("shen", S, False), ("zhou", D, False), ("su", None, False),
        ("wen", S, False), ("gu", Role.CAMPAIGN_OFFICE, False)]  # fmt: skip
CONFIRMS = [("shen", S, True), ("zhou", D, False), ("song", None, False), ("tian", R, False),
            ("su", C, False), ("gu", Role.CAMPAIGN_OFFICE, False), ("wen", S, False)]  # fmt: skip


def test_who_says_and_who_confirms(world, song) -> None:
    item = first(song)
    for who, hat, may in SAYS:
        assert bool(rules.may_assess(world.actor(who, hat), item)) is may, (who, hat)
    said = assess(world.actor("song"), item, outcome=DONE)
    for who, hat, may in CONFIRMS:
        actor = world.actor(who, hat)
        assert bool(rules.may_confirm(actor, said)) is may, (who, hat)
        assert Fulfilment.objects.filter(rules.confirmable(actor)).exists() is may
    assert not rules.may_confirm(ANONYMOUS, said) and not rules.may_assess(ANONYMOUS, item)


def test_nobody_confirms_the_own(world) -> None:
    """The secretary's is confirmed by the deputy, the branch's own from above."""
    shen, branch = world.published("shen"), world.of_branch()
    PledgeItem.objects.filter(pledge=branch).update(state="published", published_at=clock.now())
    with clock.at(OVER):
        own = assess(world.actor("shen"), first(shen), outcome=DONE)
        body = assess(world.secretary, first(branch), outcome=DONE)
        assert "不能自己确认" in rules.may_confirm(world.secretary, own).reason
        assert rules.may_confirm(world.actor("zhou", D), own)
        assert not rules.may_confirm(world.secretary, body)
        assert rules.may_confirm(world.actor("gu", Role.CAMPAIGN_OFFICE), body)


def test_both_stay_visible_and_the_branch_has_the_last_word(world, song) -> None:
    said = assess(world.actor("song"), first(song), outcome=DONE, why="都过了。")
    assert first(song).claimed == DONE and first(song).outcome == ""
    assert "本人说已兑现，等支部确认" in Client().get(f"/pledges/{song.uid}/").content.decode()

    confirm(world.secretary, said, outcome=PARTLY, reason="名单上还有 2 人没过。")

    page = Client().get(f"/pledges/{song.uid}/").content.decode()
    for words in ("本人说已兑现", "都过了。", "支部看是部分兑现", "名单上还有 2 人没过。",
                  "育新小学党支部书记"):  # fmt: skip
        assert words in page
    assert "沈若兰" not in page  # the post, not the name
    assert first(song).outcome == PARTLY


@pytest.mark.parametrize(("outcome", "why"), [(PARTLY, ""), (NOT, "  ")])
def test_what_was_not_done_needs_a_reason(world, song, outcome, why) -> None:
    with pytest.raises(Refused, match="写明为什么"):
        assess(world.actor("song"), first(song), outcome=outcome, why=why)
    said = assess(world.actor("song"), first(song), outcome=DONE)
    with pytest.raises(Refused, match="写明理由"):
        confirm(world.secretary, said, outcome=outcome, reason=why)


def test_a_correction_keeps_what_was_said_and_is_confirmed_anew(world, song) -> None:
    actor, item = world.actor("song"), first(song)
    early = assess(actor, item, outcome=DONE)
    confirm(world.secretary, early, outcome=DONE)
    late = assess(actor, item, outcome=PARTLY, why=WHY, carry_on=True, seen=early.uid)

    assert first(song).outcome == ""  # the branch has not spoken to this
    assert [row.standing for row in item.fulfilments.all()] == [False, True]
    with pytest.raises(Stale):
        confirm(world.secretary, early, outcome=DONE)
    row = confirm(world.secretary, late, outcome=PARTLY)
    with pytest.raises(Stale, match="已经有人确认过"):
        confirm(world.secretary, late, outcome=NOT, reason="看错了。", seen=None)
    confirm(world.secretary, late, outcome=NOT, reason="看错了。", seen=row.uid)
    assert first(song).outcome == NOT
    with pytest.raises(Stale, match="已经有人写过"):
        assess(actor, item, outcome=DONE, seen=early.uid)


def test_all_or_nothing(world, song) -> None:
    one, two, _ = song.items.order_by("number")
    stale = {"outcome": DONE, "seen": song.uid}
    with pytest.raises(Stale):
        assess_all(world.actor("song"), [(one, {"outcome": DONE}), (two, stale)])
    assert not Fulfilment.objects.exists()


def test_it_ends_with_the_campaign(world, song) -> None:
    said = assess(world.actor("song"), first(song), outcome=DONE)
    world.campaign.state = CampaignState.CLOSED
    world.campaign.save()
    item = first(song)
    assert not rules.may_assess(world.actor("song"), item)
    said = Fulfilment.objects.get(pk=said.pk)
    assert not rules.may_confirm(world.secretary, said)


def test_the_desk_asks_and_the_wall_shows_calmly(world, song) -> None:
    actor = world.actor("song")
    (row,) = [row for row in queries.todo_for(actor) if "兑现" in row.title]
    assert row.why.startswith("第 1、2、3 条") and row.when == "12月31日到期"
    items = list(song.items.order_by("number"))
    for item, outcome in zip(items, (DONE, PARTLY, NOT), strict=True):
        assess(actor, item, outcome=outcome, why=WHY)
    assert not [row for row in queries.todo_for(actor) if "兑现" in row.title]
    (waiting,) = queries.waiting_for(world.secretary)
    assert waiting.title == "宋知行的承诺兑现，3 条"
    for item, outcome in zip(items, (DONE, PARTLY, NOT), strict=True):
        confirm(world.secretary, item.fulfilments.get(), outcome=outcome)
    assert queries.waiting_for(world.secretary) == []

    wall = queries.wall(world.campaign)
    assert sorted(card["state"][1] for card in wall.cards) == ["已兑现", "没兑现", "部分兑现"]
    assert (wall.tally.total, wall.tally.done, wall.tally.doing) == (3, 1, 0)
    assert len(queries.wall(world.campaign, Filters(state="done")).cards) == 1
    for asked in ("not", "partly", "没兑现"):  # no way to list who has not kept a promise
        assert len(queries.wall(world.campaign, Filters(state=asked)).cards) == 3
        assert queries.wall(world.campaign, Filters(text="没兑现")).cards == []


def test_reached_by_value_is_only_a_hint(world, song) -> None:
    item = song.items.get(number=1)
    world.campaign.phases.filter(code="sum").update(opens=[Act.REPORT_PROGRESS])
    note(world.actor("song"), item, noted_on=OVER, value=2)
    assert ("done", "数已到目标，等支部确认") in {
        card["state"] for card in queries.wall(world.campaign).cards
    }
    assert PledgeItem.objects.get(pk=item.pk).outcome == ""


def test_hidden_names_stay_hidden(world, song) -> None:
    world.campaign.wall_names = NameStyle.HIDDEN
    world.campaign.save()
    assess(world.actor("song"), first(song), outcome=NOT, why=WHY)
    page = Client().get(f"/pledges/{song.uid}/").content.decode()
    assert "没兑现" in page and "宋知行" not in page


@pytest.mark.parametrize(("moved", "who"), [(date(2026, 11, 2), "wen"), (OVER, "shen")])
def test_after_a_transfer_the_body_of_the_due_day_confirms(world, moved, who) -> None:
    """Due on 31 December: whoever moved before is confirmed by the new branch, after it by the
    old one; the one who pledged goes on writing, the pledge stays where it was made."""
    pledge = world.published("song")
    with clock.at(moved):
        transfer(world.actor("qin", S), world.cast.song, world.cast.branch, world.cast.nanhu)
    with clock.at(date(2027, 1, 11)):
        song, item = world.actor("song"), first(pledge)
        said = assess(song, item, outcome=DONE)
        may = {each for each in ("shen", "wen") if rules.may_confirm(world.actor(each, S), said)}
        assert may == {who}
        assert item.pledge.organisation == world.cast.branch
        assert [row.title for row in queries.waiting_for(world.actor(who, S))] == [
            "宋知行的承诺兑现，1 条"
        ]
        page = client_as(world.cast.persons[who], S).get(f"/pledges/{pledge.uid}/confirm/")
        assert page.status_code == 200
        shown = client_as(world.cast.song).get(f"/pledges/{pledge.uid}/").content.decode()
        assert "宋知行现在在南湖小学党支部" in shown and "转走以前到期的" in shown
        # The new branch sees the pledge from within: it has to follow it up.
        assert rules.may_see_inside(world.actor("wen", S), pledge)


def test_a_body_next_door_sees_nothing_more(world, song) -> None:
    assert not rules.may_see_inside(world.actor("wen", S), song)


def test_the_pages_from_saying_to_confirming(world, song) -> None:
    member, lead = client_as(world.cast.song), client_as(world.cast.shen, S)
    one, two, three = song.items.order_by("number")
    address = f"/pledges/{song.uid}/fulfilment/"
    assert "说兑现" in member.get(f"/pledges/{song.uid}/").content.decode()

    wrong = member.post(address, {f"{one.uid}-outcome": "not"})
    assert wrong.status_code == 422 and "没有全部兑现的，要写明为什么" in wrong.content.decode()
    member.post(address, {
        f"{one.uid}-outcome": "fulfilled", f"{two.uid}-outcome": "partly", f"{two.uid}-why": WHY,
        f"{two.uid}-carry_on": "on",
    })  # fmt: skip
    assert sorted(Fulfilment.objects.values_list("outcome", "carry_on")) == [
        ("fulfilled", False), ("partly", True),
    ]  # fmt: skip

    confirming = f"/pledges/{song.uid}/confirm/"
    page = lead.get(confirming).content.decode()
    assert "同意：已兑现" in page and "同意：部分兑现" in page
    seen = {f"{each.uid}-read": each.fulfilments.get().uid for each in (one, two)}
    lead.post(confirming, {**seen, f"{one.uid}-outcome": "fulfilled"})
    assert [first(song).outcome, song.items.get(number=2).outcome] == ["fulfilled", ""]
    again = lead.post(confirming, {**seen, f"{one.uid}-outcome": "fulfilled",
                                   f"{two.uid}-outcome": "partly"})  # fmt: skip
    assert again.status_code == 409  # one was confirmed since that form was shown
    assert client_as(world.cast.su).get(address).status_code == 404
    assert three.fulfilments.count() == 0
