"""Stories over HTTP: a pledge from the first word to the wall, and who is shown the door."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import client_as
from tests.pledges.conftest import DOING, YES

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.reviewing import Ticks, send_results
from zhengyou.pledges.models import Pledge, PledgeItem, Progress, ReviewDraft

pytestmark = pytest.mark.django_db

NO = Ticks(True, False, True, "请写清学什么、学多少、哪天学完。")


def url(name: str, *args: object) -> str:
    return reverse(f"pledges:{name}", args=args)


def typed(world, kind: str, **changes: str) -> dict[str, str]:
    """Return what a member types into the form of one item."""
    return {
        "kind": kind,
        "text": "每周三放学后留 40 分钟，给算得慢的孩子讲题。",
        "criterion": str(world.points["serve"].pk),
        "baseline": "１１",  # full-width, as phones give it
        "target": "3",
        "unit": "人",
        "due_on": "2026-12-31",
        "beneficiary": "五（3）班 11 名学生",
        **changes,
    }


def ticks(items, answers: str, **reasons: str) -> dict[str, str]:
    """Return what a reviewer posts; ``answers``: three signs an item, 1 yes, 0 no, - open."""
    data = {}
    for item, said in zip(items, answers.split(), strict=True):
        for question, answer in zip(("right", "concrete", "achievable"), said, strict=True):
            if answer != "-":
                data[f"{question}-{item.uid}"] = answer
        data[f"seen-{item.uid}"] = item.fingerprint
        data[f"reason-{item.uid}"] = reasons.get(f"n{item.number}", "")
    return data


def page(response) -> str:
    return response.content.decode()


def test_from_the_first_word_to_the_wall(world) -> None:
    song, shen = client_as(world.cast.song), client_as(world.cast.shen, Role.SECRETARY)
    assert "写我的承诺" in page(song.get(url("mine")))

    begun = song.post(url("new", world.campaign.uid), {"for": world.cast.song.uid})
    pledge = Pledge.objects.get()
    assert begun.url == url("add", pledge.uid)
    for kind in ("common", "post", "deed"):
        saved = song.post(url("add", pledge.uid), typed(world, kind))
        assert saved.url == url("edit", pledge.uid)
    sent = song.post(url("submit", pledge.uid), follow=True)
    assert "送审了 3 条" in page(sent)

    items = list(pledge.items.order_by("number"))
    done = shen.post(url("review", pledge.uid), {**ticks(items, "111 101 111", n2=NO.reason),
                                                 "send": "1"}, follow=True)  # fmt: skip
    assert "宋知行的承诺审完了：通过 2 条，已经公开；退回 1 条。" in page(done)
    assert items[0].baseline == 11

    mended = song.get(url("item", items[1].uid))
    assert NO.reason in page(mended)
    song.post(url("item", items[1].uid), typed(world, "post", text="12月底前读完两本书。"))
    song.post(url("submit", pledge.uid))
    again = page(shen.get(url("review", pledge.uid)))
    assert "上次退回，这次改了" in again and "12月底前读完两本书" in again
    items[1].refresh_from_db()
    shen.post(url("review", pledge.uid), {**ticks([items[1]], "111"), "send": "1"})

    assert set(pledge.items.values_list("state", flat=True)) == {ClimbState.PUBLISHED}


def test_nothing_typed_is_lost_and_the_mistake_is_told(world) -> None:
    song, pledge = client_as(world.cast.song), world.drafted("song", kinds="")

    wrong = song.post(url("add", pledge.uid), typed(
        world, "deed", target="三个", due_on="2027-05-01", text="走访 8 户。"))  # fmt: skip

    assert wrong.status_code == 422
    html = page(wrong)
    assert "走访 8 户。" in html and 'value="三个"' in html
    assert "要写成数字，比如 11 或 6.4" in html
    assert "要在活动期间，从 2026-03-02 到 2027-04-30" in html
    assert not pledge.items.exists()


def test_an_unfinished_item_is_kept_and_the_next_kind_is_offered(world) -> None:
    song, pledge = client_as(world.cast.song), world.drafted("song", kinds="common")

    form = song.get(url("add", pledge.uid)).context["form"]
    assert form["kind"].value() == "post"
    song.post(url("add", pledge.uid), {"kind": "post", "text": "先记一句", "more": "1"})

    overview = page(song.get(url("edit", pledge.uid)))
    assert "第 2 条没写哪天做到" in overview
    assert 'aria-disabled="true"' in overview, "the button stays and says why"
    refused = song.post(url("submit", pledge.uid))
    assert refused.status_code == 403 and "实事承诺还差 1 条" in page(refused)


def test_two_screens_of_one_item(world) -> None:
    song, pledge = client_as(world.cast.song), world.drafted("song")
    item = pledge.items.first()
    seen = song.get(url("item", item.uid)).context["form"]["seen"].value()
    song.post(url("item", item.uid), typed(world, "common", text="先存的", seen=seen))

    second = song.post(url("item", item.uid), typed(world, "common", text="后存的", seen=seen))

    assert second.status_code == 409
    assert "别处改过" in page(second) and "后存的" in page(second)
    assert PledgeItem.objects.get(pk=item.pk).text == "先存的"


def test_a_review_is_put_down_and_taken_up_again(world) -> None:
    pledge = world.submitted("song")
    items = list(pledge.items.order_by("number"))
    shen = client_as(world.cast.shen, Role.SECRETARY)

    kept = shen.post(url("review", pledge.uid), {**ticks(items, "111 10- ---", n2="写上数目"),
                                                 "keep": "1"})  # fmt: skip
    assert kept.status_code == 302
    html = page(shen.get(url("review", pledge.uid)))

    assert html.count("checked") == 5
    assert "写上数目</textarea>" in html
    assert "审到第 2 条" in html
    assert "第 2 条差“可行”，第 3 条还没审，审完才能送出。" in html
    assert "过 1 条，退 0 条，还有 2 条" in html


def test_three_yes_by_one_press_without_javascript(world) -> None:
    pledge = world.submitted("song")
    items = list(pledge.items.order_by("number"))
    shen = client_as(world.cast.shen, Role.SECRETARY)

    said = {**ticks(items, "--- --- ---"), "all": str(items[1].uid)}
    pressed = shen.post(url("review", pledge.uid), said)

    assert pressed.url == url("review", pledge.uid) + "#item-2"
    draft = ReviewDraft.objects.get()
    assert (draft.item, draft.right, draft.concrete, draft.achievable) == (items[1], *[True] * 3)


def test_what_is_typed_is_kept_by_the_way(world) -> None:
    pledge = world.submitted("song")
    items = list(pledge.items.all())
    shen = client_as(world.cast.shen, Role.SECRETARY)

    kept = shen.post(url("review", pledge.uid), ticks(items, "1-- --- ---"),
                     headers={"HX-Request": "true"})  # fmt: skip

    assert kept.status_code == 204
    assert ReviewDraft.objects.count() == 1


def test_results_that_cannot_go_say_why_and_lose_nothing(world) -> None:
    pledge = world.submitted("song")
    items = list(pledge.items.order_by("number"))
    shen = client_as(world.cast.shen, Role.SECRETARY)

    wrong = shen.post(url("review", pledge.uid), {**ticks(items, "111 101 111"), "send": "1"})

    assert wrong.status_code == 422
    assert "第 2 条没写怎么改" in page(wrong)
    assert page(wrong).count("checked") == 9
    assert ReviewDraft.objects.count() == 3


def test_the_second_reviewer_is_told_and_goes_on_from_what_is_there(world) -> None:
    pledge = world.submitted("shen")
    items = list(pledge.items.order_by("number"))
    send_results(world.actor("zhou", Role.DEPUTY_SECRETARY), pledge,
                 {item.uid: YES for item in items})  # fmt: skip
    gu = client_as(world.cast.gu, Role.CAMPAIGN_OFFICE)

    late = gu.post(url("review", pledge.uid), {**ticks(items, "111 111 111"), "send": "1"})

    assert late.status_code == 409
    assert "刚才有了变化" in page(late)


def test_after_one_the_next_one_opens(world) -> None:
    first, second = world.submitted("song"), None
    with clock.at(date(2026, 4, 21)):
        second = world.submitted("su")
        shen = client_as(world.cast.shen, Role.SECRETARY)
        items = list(first.items.order_by("number"))
        done = shen.post(url("review", first.uid), {**ticks(items, "111 111 111"), "send": "1"})
    assert done.url == url("review", second.uid)


def test_progress_from_note_to_correction(world) -> None:
    pledge = world.published("song")
    items = list(pledge.items.order_by("number"))
    with clock.at(DOING):
        song = client_as(world.cast.song)
        form = song.get(url("progress", pledge.uid)).context["form"]
        assert form["noted_on"].value() == DOING
        empty = song.post(url("progress", pledge.uid), {"item": items[0].uid, "noted_on": DOING})
        assert empty.status_code == 422 and "写一个现在的数，或者写一句" in page(empty)

        data = {"item": items[0].uid, "noted_on": DOING, "value": "6.5", "words": "又过了几个。"}
        noted = song.post(url("progress", pledge.uid), data)
        assert f"item={items[1].uid}" in noted.url, "on to the next one without a note"
        twice = song.post(url("progress", pledge.uid), data)
        assert twice.status_code == 422 and "刚才已经有人记了" in page(twice)

        note = Progress.objects.get()
        song.post(url("correct", note.uid), {"noted_on": DOING, "value": "6", "words": "数错了"})
        html = page(song.get(url("pledge", pledge.uid)))
    assert "更正前：现在 6.5 人" in html and "现在 6 人" in html


def test_the_recorder_writes_for_an_old_member_and_it_says_so(world) -> None:
    tian = client_as(world.cast.tian, Role.RECORDER)
    assert "贺建国" in page(tian.get(url("body", world.cast.branch.uid, world.campaign.uid)))

    tian.post(url("new", world.campaign.uid), {"for": world.cast.he.uid})
    pledge = Pledge.objects.get()
    for kind in ("common", "post", "deed"):
        tian.post(url("add", pledge.uid), typed(world, kind))
    tian.post(url("submit", pledge.uid))

    shown = page(client_as(world.cast.shen, Role.SECRETARY).get(url("pledge", pledge.uid)))
    assert "代录：田雨禾" in shown


def test_an_old_member_chooses_not_to(world) -> None:
    he = client_as(world.cast.he)
    assert "年老体弱，本人提出的，可以不作承诺" in page(he.get(url("new", world.campaign.uid)))

    he.post(url("exempt", world.campaign.uid), {"for": world.cast.he.uid})

    listed = client_as(world.cast.shen, Role.SECRETARY).get(
        url("body", world.cast.branch.uid, world.campaign.uid)
    )
    assert "本人提出不承诺的" in page(listed)


def test_a_public_promise_goes_with_a_reason(world, client) -> None:
    item = world.published("song").items.first()
    shen = client_as(world.cast.shen, Role.SECRETARY)

    empty = shen.post(url("remove", item.uid), {"why": " "})
    assert "要写明理由" in page(empty)
    shen.post(url("remove", item.uid), {"why": "调走了，由方晓岚接着做。"})

    item.refresh_from_db()
    assert item.state == ClimbState.WITHDRAWN
    song = client_as(world.cast.song)
    assert song.post(url("remove", item.uid)).status_code == 403
    assert "由方晓岚接着做" in page(song.get(url("pledge", item.pledge.uid))), "he reads why"
    assert "由方晓岚接着做" not in page(client.get(url("pledge", item.pledge.uid)))


@pytest.mark.parametrize(
    ("who", "hat", "codes"),
    [
        (None, None, {"pledge": 404, "edit": 302, "review": 302, "progress": 302, "body": 302}),
        ("fang", None, {"pledge": 404, "edit": 404, "review": 404, "progress": 404, "body": 403}),
        ("wen", Role.SECRETARY, dict.fromkeys(("pledge", "edit", "review", "progress"), 404)
         | {"body": 404}),
        ("su", Role.COMMITTEE_MEMBER, {"pledge": 200, "edit": 403, "review": 403, "progress": 403,
                                       "body": 200}),
        ("shen", Role.SECRETARY, {"pledge": 200, "edit": 403, "review": 200, "progress": 403,
                                  "body": 200}),
        ("gu", Role.CAMPAIGN_OFFICE, {"pledge": 200, "edit": 403, "review": 403, "progress": 403,
                                      "body": 200}),
        ("song", None, {"pledge": 200, "edit": 200, "review": 403, "progress": 403, "body": 403}),
    ],
)  # fmt: skip
def test_the_door(world, client, who, hat, codes) -> None:
    pledge = world.submitted("song")
    visitor = client_as(world.cast.persons[who], hat) if who else client
    addresses = {name: url(name, pledge.uid) for name in ("pledge", "edit", "review", "progress")}
    addresses["body"] = url("body", world.cast.branch.uid, world.campaign.uid)

    assert {name: visitor.get(each).status_code for name, each in addresses.items()} == codes


def test_the_public_reads_what_is_public_and_no_word_more(world, client) -> None:
    pledge = world.submitted("song")
    items = list(pledge.items.order_by("number"))
    PledgeItem.objects.filter(pk=items[1].pk).update(text="没公开的一条")
    said = {item.uid: YES for item in items}
    said[items[1].uid] = NO
    send_results(world.secretary, pledge, said)

    html = page(client.get(url("pledge", pledge.uid)))

    assert "宋知行的承诺，2 条" in html
    assert "没公开的一条" not in html and NO.reason not in html


def test_reading_takes_the_same_queries_for_one_item_and_for_many(world, client) -> None:
    few, many = world.published("song"), world.published("su", kinds="common post deed " * 5)
    assert many.items.count() == 15

    def asked(pledge: Pledge) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("pledge", pledge.uid)).status_code == 200
        return len(queries)

    assert asked(few) == asked(many)


def test_the_list_takes_the_same_queries_for_one_and_for_many(world) -> None:
    shen = client_as(world.cast.shen, Role.SECRETARY)
    address = url("body", world.cast.branch.uid, world.campaign.uid)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert shen.get(address).status_code == 200
        return len(queries)

    world.published("song")
    one = asked()
    for who in ("su", "tian", "wei", "fang", "zhou"):
        world.submitted(who)
    assert asked() == one


def test_reviewing_takes_the_same_queries_for_one_item_and_for_many(world) -> None:
    shen = client_as(world.cast.shen, Role.SECRETARY)
    few, many = world.submitted("song"), world.submitted("su", kinds="common post deed " * 5)

    def asked(pledge: Pledge) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert shen.get(url("review", pledge.uid)).status_code == 200
        return len(queries)

    assert asked(few) == asked(many)


def test_a_phase_that_is_over_is_told_where_one_would_begin(world) -> None:
    with clock.at(DOING):
        html = page(client_as(world.cast.song).get(url("new", world.campaign.uid)))
    assert 'aria-disabled="true"' in html and "作出承诺" in html


def test_taken_back_and_given_up(world) -> None:
    pledge, song = world.submitted("song"), client_as(world.cast.song)
    item = pledge.items.order_by("number").first()

    assert song.post(url("take_back", item.uid)).url == url("item", item.uid)
    assert "真的不要第 1 条" in page(song.get(url("remove", item.uid)))
    song.post(url("remove", item.uid))

    assert pledge.items.count() == 2
    assert "共性承诺还差 1 条" in page(song.get(url("edit", pledge.uid)))
    with pytest.raises(PledgeItem.DoesNotExist):
        item.refresh_from_db()
    with pytest.raises(Exception, match="共性承诺还差"):
        writing.submit(world.actor("song"), pledge)
