"""Review item by item: half-done work is kept, results go out at once, nobody overrules blindly."""

import pytest
from tests.pledges.conftest import YES

from zhengyou.climb.models import Answer, ClimbState
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Role
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.reviewing import Ticks, ready, save_draft, send_results
from zhengyou.pledges.forms import ticks_of
from zhengyou.pledges.models import ItemKind, ItemReview, ReviewDraft
from zhengyou.pledges.queries import review as query

pytestmark = pytest.mark.django_db

NO = Ticks(True, False, True, "请写清学什么、学多少、哪天学完。")


@pytest.fixture
def waiting(world):
    """The pledge of 宋知行 and its three waiting items."""
    pledge = world.submitted("song")
    return pledge, list(pledge.items.order_by("number"))


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Ticks(), "还没审"),
        (Ticks(reason="先写一句"), "还没审"),
        (Ticks(True, True, None), "差“可行”"),
        (Ticks(None, False, None), "差“准确”、“可行”"),
        (Ticks(True, False, True), "没写怎么改"),
        (Ticks(True, False, True, "  "), "没写怎么改"),
        (NO, ""),
        (YES, ""),
    ],
)
def test_what_an_answer_still_lacks(said, fault) -> None:
    assert said.fault() == fault


def test_what_is_pasted_is_made_plain(waiting) -> None:
    _, items = waiting
    said = ticks_of({f"reason-{items[0].uid}": "请写清\x00学多少\u200b。  "}, items)
    assert said[items[0].uid].reason == "请写清学多少。"


def test_results_go_out_at_once(world, waiting) -> None:
    pledge, (first, second, third) = waiting

    reviews = send_results(
        world.secretary, pledge, {first.uid: YES, second.uid: NO, third.uid: YES}
    )

    assert [review.answer for review in reviews] == [Answer.APPROVE, Answer.RETURN, Answer.APPROVE]
    states = list(pledge.items.order_by("number").values_list("state", "published_at"))
    assert [state for state, _ in states] == [
        ClimbState.PUBLISHED, ClimbState.RETURNED, ClimbState.PUBLISHED,
    ]  # fmt: skip
    assert [moment is None for _, moment in states] == [False, True, False]
    assert reviews[1].reason == NO.reason and reviews[0].reason == ""
    assert reviews[0].hat == "育新小学党支部书记"


def test_nothing_goes_out_before_all_is_answered(world, waiting) -> None:
    pledge, items = waiting
    said = {items[0].uid: YES, items[1].uid: Ticks(True, True, None), items[2].uid: Ticks()}

    with pytest.raises(Refused, match="第 2 条差“可行”，第 3 条还没审，审完才能送出"):
        send_results(world.secretary, pledge, said)

    assert not ItemReview.objects.exists()
    assert ready(items, {item.uid: YES for item in items})


def test_half_done_work_is_kept_for_the_one_who_did_it(world, waiting) -> None:
    pledge, items = waiting
    save_draft(world.secretary, pledge, {items[0].uid: YES, items[1].uid: NO})
    save_draft(world.secretary, pledge, {items[1].uid: Ticks(True, False, None, "写上数目")})

    kept = query.kept_ticks(world.secretary, items)

    assert kept[items[0].uid].fault() == ""
    assert kept[items[1].uid].reason == "写上数目" and kept[items[1].uid].achievable is None
    assert items[2].uid not in kept
    assert query.kept_ticks(world.actor("gu", Role.CAMPAIGN_OFFICE), items) == {}
    assert "审到第 2 条" in query.waiting_list(world.secretary, pledge)[0]["sub"]


def test_sent_results_leave_no_drafts(world, waiting) -> None:
    pledge, items = waiting
    save_draft(world.secretary, pledge, {items[0].uid: YES})

    send_results(world.secretary, pledge, {item.uid: YES for item in items})

    assert not ReviewDraft.objects.exists()


def test_answers_to_a_text_that_has_changed_are_open_again_but_the_reason_stays(
    world, waiting
) -> None:
    pledge, items = waiting
    save_draft(world.secretary, pledge, {items[0].uid: NO})
    draft = ReviewDraft.objects.get()
    type(items[0]).objects.filter(pk=items[0].pk).update(text="换了一件事")
    items[0].refresh_from_db()

    kept = query.kept_ticks(world.secretary, items)[items[0].uid]

    assert draft.reason == kept.reason
    assert kept.open and not kept.refused


def test_a_text_nobody_has_read_is_not_approved(world, waiting) -> None:
    pledge, items = waiting
    seen = {item.uid: Ticks(True, True, True, seen=item.fingerprint) for item in items}
    song = world.actor("song")
    writing.take_back(song, items[0])
    writing.edit_item(song, items[0], kind=ItemKind.COMMON, text="悄悄换了一件事",
                      criterion=items[0].criterion, due_on=items[0].due_on)  # fmt: skip
    writing.submit(song, pledge)

    with pytest.raises(Stale, match="第 1 条您看过以后又改了文字"):
        send_results(world.secretary, pledge, seen)

    assert not ItemReview.objects.exists()


def test_whoever_comes_second_is_told(world) -> None:
    """The deputy's pledge is reviewed by the secretary; of the secretary's own two may review."""
    pledge = world.submitted("shen")
    said = {item.uid: YES for item in pledge.items.all()}
    send_results(world.actor("zhou", Role.DEPUTY_SECRETARY), pledge, said)

    with pytest.raises(Stale, match="刷新"):
        send_results(world.actor("gu", Role.CAMPAIGN_OFFICE), pledge, said)

    assert ItemReview.objects.count() == 3


def test_a_resubmission_shows_what_changed(world, waiting) -> None:
    pledge, (first, second, third) = waiting
    send_results(world.secretary, pledge, {first.uid: YES, second.uid: NO, third.uid: YES})
    song = world.actor("song")
    second.refresh_from_db()
    content = {
        name: getattr(second, name) for name in ("criterion", "due_on", "baseline", "target")
    }
    writing.edit_item(song, second, kind=ItemKind.POST, unit="名", beneficiary=second.beneficiary,
                      text="每周三放学后留 60 分钟，给算得慢的孩子讲题。", **content)  # fmt: skip
    writing.submit(song, pledge)

    items = query.waiting_items(pledge)
    card = query.review_card(items[0], Ticks())

    assert [item.number for item in items] == [2], "only what came back is looked at again"
    assert card["last"].reason == NO.reason
    assert [change.label for change in card["changes"]] == ["承诺的事", "单位"]
    gone_and_new = [(part.gone, part.new) for part in card["changes"][0].parts if not part.same]
    assert gone_and_new == [("40", "60")]


def test_each_answer_is_a_fact_and_the_reason_is_in_the_part_that_can_be_erased(
    world, waiting
) -> None:
    pledge, (first, *rest) = waiting
    send_results(world.secretary, pledge, {first.uid: NO, **{item.uid: YES for item in rest}})

    fact = Fact.objects.get(verb="pledge_item.send_back")

    assert fact.about_uid == first.uid
    assert fact.data["concrete"] is False
    assert NO.reason in fact.payload and NO.reason not in str(fact.data)
    assert Fact.objects.filter(verb="pledge_item.publish").count() == 2


def test_the_database_too_keeps_answer_and_tests_together(world, waiting) -> None:
    from django.db import IntegrityError, transaction

    _, (first, *_) = waiting
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemReview.objects.create(
            item=first, answer=Answer.APPROVE, right=True, concrete=False, achievable=True,
            decided_by=world.cast.shen, hat="书记", decided_at=first.submitted_at,
        )  # fmt: skip
