"""Begin, write, send in, take back, give up: what is kept and what is said."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.pledges.conftest import DOING, PLEDGING, YES

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.people import transfer
from zhengyou.people.models import Role
from zhengyou.pledges import rules
from zhengyou.pledges.actions import carrying, writing
from zhengyou.pledges.actions.reviewing import Ticks, send_results
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem

pytestmark = pytest.mark.django_db


def test_a_pledge_belongs_to_the_branch_not_to_the_group_inside_it(world) -> None:
    pledge = world.drafted("song")

    assert pledge.organisation == world.cast.branch
    assert pledge.rule == world.member
    assert pledge.entered_by is None


def test_it_stays_with_its_body_when_the_person_moves(world) -> None:
    pledge = world.published("fang")
    office = world.actor("gu", Role.CAMPAIGN_OFFICE)

    transfer(office, world.cast.fang, world.cast.branch, world.cast.nanhu)

    pledge.refresh_from_db()
    assert pledge.organisation == world.cast.branch
    assert rules.may_see_inside(world.actor("fang"), pledge)


def test_a_recorder_is_named_until_the_person_sends_it_in(world) -> None:
    pledge = world.drafted("he", world.recorder)
    assert pledge.entered_by == world.cast.tian

    writing.submit(world.recorder, pledge)
    pledge.refresh_from_db()
    assert (pledge.entered_by, pledge.submitted_by) == (world.cast.tian, world.cast.tian)

    for item in pledge.items.all():
        writing.take_back(world.actor("he"), item)
    writing.submit(world.actor("he"), pledge)
    pledge.refresh_from_db()
    assert pledge.entered_by is None, "he has made it his own"


def test_a_leader_writes_for_the_body_unmarked_a_recorder_marked(world) -> None:
    assert world.of_branch().entered_by is None
    Pledge.objects.all().delete()
    assert world.of_branch(world.recorder).entered_by == world.cast.tian


def test_one_pledge_for_each_and_the_second_is_told(world) -> None:
    world.drafted("song")

    with pytest.raises(Refused, match="已经有一份"):
        world.drafted("song")


def test_a_draft_may_be_unfinished_but_is_not_sent(world) -> None:
    song = world.actor("song")
    pledge = writing.begin(song, world.campaign, world.cast.branch, world.cast.song)
    writing.add_item(song, pledge, kind=ItemKind.POST, text="每周三讲题。")

    with pytest.raises(Refused) as refused:
        writing.submit(song, pledge)

    assert refused.value.reason == (
        "共性承诺还差 1 条；实事承诺还差 1 条；第 1 条没选对照标准的哪一条；第 1 条没写哪天做到。"
    )


def test_what_would_make_an_item_stronger_forbids_nothing(world) -> None:
    pledge = world.drafted("song", kinds="common post deed")
    item = pledge.items.first()
    PledgeItem.objects.filter(pk=item.pk).update(baseline=None, beneficiary="")
    item = pledge.items.first()

    assert item.hints() == ["写上起点，才看得出进展；从零开始就写 0", "写明谁受益"]
    assert writing.submit(world.actor("song"), pledge)


def test_a_due_day_outside_the_campaign_is_refused(world) -> None:
    pledge = world.drafted("song")
    world.add(world.actor("song"), pledge, "deed", due_on=date(2027, 5, 1))

    with pytest.raises(Refused, match="第 4 条哪天做到要在活动期间（2026年3月2日到2027年4月30日）"):
        writing.submit(world.actor("song"), pledge)


def test_a_due_day_that_has_passed_is_refused_when_it_is_sent_in(world) -> None:
    pledge = world.drafted("song")
    today = clock.today()
    world.add(world.actor("song"), pledge, "deed", due_on=today - timedelta(days=1))

    with pytest.raises(Refused, match="第 4 条哪天做到写的是2026年"):
        writing.submit(world.actor("song"), pledge)

    PledgeItem.objects.filter(pledge=pledge, number=4).update(due_on=today)
    assert len(writing.submit(world.actor("song"), pledge)) == 4


def test_only_what_is_drafted_or_returned_goes_and_what_came_back_must_be_changed(world) -> None:
    song, pledge = world.actor("song"), world.submitted("song")
    first, second, third = pledge.items.order_by("number")
    no = Ticks(True, False, True, "请写上数目。")
    send_results(world.secretary, pledge, {first.uid: YES, second.uid: no, third.uid: YES})

    with pytest.raises(Refused, match="第 2 条退回后还没改"):
        writing.submit(song, pledge)

    second.refresh_from_db()
    writing.edit_item(song, second, kind=ItemKind.POST, text="每月走访 2 户，年底前 8 户。",
                      criterion=second.criterion, due_on=second.due_on)  # fmt: skip
    sent = writing.submit(song, pledge)

    assert sent == [second]
    assert [item.state for item in pledge.items.order_by("number")] == [
        ClimbState.PUBLISHED, ClimbState.SUBMITTED, ClimbState.PUBLISHED,
    ]  # fmt: skip


def test_two_screens_of_one_item_the_second_is_told_and_nothing_is_overwritten(world) -> None:
    song, pledge = world.actor("song"), world.drafted("song")
    item = pledge.items.first()
    seen = item.fingerprint
    writing.edit_item(song, item, seen, kind=ItemKind.POST, text="手机上改的")

    with pytest.raises(Stale, match="别处改过"):
        writing.edit_item(song, item, seen, kind=ItemKind.POST, text="电脑上改的")

    assert PledgeItem.objects.get(pk=item.pk).text == "手机上改的"


def test_typed_text_is_kept_without_what_nobody_sees(world) -> None:
    item = world.add(
        world.actor("song"), world.drafted("song"), "deed",
        text="走访 8 户\u200b。  \n", unit="　户 ", baseline=Decimal("0.50"),
    )  # fmt: skip

    assert (item.text, item.unit, item.content()["baseline"]) == ("走访 8 户。", "户", "0.5")


def test_drafts_disappear_and_the_rest_moves_up(world) -> None:
    song, pledge = world.actor("song"), world.drafted("song", kinds="common post deed")

    writing.remove_item(song, pledge.items.get(number=1))

    assert list(pledge.items.values_list("number", "kind")) == [(1, "post"), (2, "deed")]


def test_what_was_answered_once_stays_as_withdrawn(world) -> None:
    song, pledge = world.actor("song"), world.submitted("song")
    items = list(pledge.items.order_by("number"))
    no = Ticks(False, True, True, "不是你管的事。")
    send_results(world.secretary, pledge, {item.uid: no for item in items})
    items[0].refresh_from_db()

    writing.remove_item(song, items[0])

    items[0].refresh_from_db()
    assert items[0].state == ClimbState.WITHDRAWN and items[0].number == 1
    with pytest.raises(Refused, match="已经撤下"):
        writing.edit_item(song, items[0], kind=ItemKind.POST, text="又想改")


def test_a_public_promise_is_withdrawn_with_a_reason(world) -> None:
    item = world.published("song").items.first()

    with pytest.raises(Refused, match="写明理由"):
        writing.remove_item(world.secretary, item, "  ")
    writing.remove_item(world.secretary, item, "调去南湖小学，由方晓岚接着做。")

    item.refresh_from_db()
    assert item.state == ClimbState.WITHDRAWN
    assert item.withdrawn_why.startswith("调去南湖小学")


def test_a_page_opened_before_it_was_public_withdraws_nothing(world) -> None:
    song, pledge = world.actor("song"), world.submitted("song")
    no = Ticks(False, True, True, "不是你管的事。")
    send_results(world.secretary, pledge, {item.uid: no for item in pledge.items.all()})
    old = pledge.items.first()
    for item in pledge.items.all():
        whole = carrying.content_again(pledge, item) | {"text": "周三放学后讲题。"}
        writing.edit_item(song, item, **(whole | {"due_on": item.due_on}))
    writing.submit(song, pledge)
    send_results(world.secretary, pledge, {item.uid: YES for item in pledge.items.all()})

    with pytest.raises(Stale, match="现在是“已公开”"):
        writing.remove_item(song, old)

    assert PledgeItem.objects.get(pk=old.pk).state == ClimbState.PUBLISHED


def test_who_pledges_is_no_longer_exempt(world) -> None:
    he = world.actor("he")
    writing.exempt(he, world.campaign, world.cast.branch, world.cast.he)
    with clock.at(PLEDGING + timedelta(days=2)):
        world.drafted("he")

    exemptions = world.campaign.pledge_exemptions
    assert exemptions.on(PLEDGING + timedelta(days=1)).exists()  # the past day stays true
    assert not exemptions.on(PLEDGING + timedelta(days=2)).exists()
    with pytest.raises(Refused, match="已经有一份"):
        writing.exempt(he, world.campaign, world.cast.branch, world.cast.he)


def test_no_exemption_where_the_rule_has_none(world) -> None:
    world.member.exempt = ""
    world.member.save()

    with pytest.raises(Refused, match="没有可以不承诺"):
        writing.exempt(world.actor("he"), world.campaign, world.cast.branch, world.cast.he)


def test_the_phase_is_over_then_nothing_is_sent(world) -> None:
    pledge = world.drafted("song")

    with clock.at(DOING), pytest.raises(Refused, match="作出承诺"):
        writing.submit(world.actor("song"), pledge)


def test_every_verb_leaves_a_fact_and_no_name_in_it(world) -> None:
    pledge = world.submitted("song")
    item = pledge.items.first()
    writing.take_back(world.actor("song"), item)
    writing.remove_item(world.actor("song"), item)

    facts = list(Fact.objects.filter(verb__startswith="pledge").order_by("seq"))

    assert [fact.verb for fact in facts] == [
        "pledge.begin", "pledge_item.add", "pledge_item.add", "pledge_item.add", "pledge.submit",
        "pledge_item.take_back", "pledge_item.remove",
    ]  # fmt: skip
    assert all("宋知行" not in str(fact.data) for fact in facts)
    assert {fact.actor for fact in facts} == {str(world.cast.song.uid)}
