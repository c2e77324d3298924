"""Boxes: who does what, what stands on whose desk, what a blueprint proposes, floods cleared."""

from datetime import date

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from tests.cast import Cast, client_as
from tests.voices.open_week import CHINESE, HALL, MATHS, Week
from tests.work.scene import TEXT

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.blueprint import Flawed, check, dump
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.remarks import laying
from zhengyou.remarks.models import HoldReason
from zhengyou.voices import rules
from zhengyou.voices.actions import boxes, triage, writing
from zhengyou.voices.actions.boxes import PlaceData
from zhengyou.voices.actions.writing import Slip
from zhengyou.voices.models import Box, BoxOffer, Voice, VoiceState, What
from zhengyou.voices.queries import desk

WHO = (
    ("shen", Role.SECRETARY), ("su", Role.COMMITTEE_MEMBER), ("tian", Role.RECORDER),
    ("gu", Role.CAMPAIGN_OFFICE), ("yin", Role.INSPECTOR), ("wen", Role.SECRETARY), ("he", None),
)  # fmt: skip
TABLE = {  # in the order of WHO: the keeper, the collator, the recorder, above, looking, next door
    rules.may_collate: "yes yes no yes no no no",
    rules.may_enter_paper: "yes yes yes yes no no no",
    rules.may_print: "yes yes yes yes no no no",
    rules.may_change: "yes no no yes no no no",
    rules.may_close: "yes no no yes no no no",
}


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.__name__)
def test_who_does_what(week: Week, rule) -> None:
    found = [rule(acting_as(getattr(week.cast, who), role), week.box) for who, role in WHO]
    assert ["yes" if each else "no" for each in found] == TABLE[rule].split()
    assert all(each.reason for each in found if not each)


def test_nobody_holds_back_what_is_said_about_the_own_lesson(week: Week) -> None:
    boxes.change(
        week.shen, week.box, _data(week, PlaceData(CHINESE, week.cast.su), PlaceData(MATHS))
    )
    own, other = week.say("板书乱。", CHINESE), week.say("讲太快。", MATHS)
    with pytest.raises(Refused, match="您自己的课"):
        triage.hold(week.su, [own], HoldReason.ABUSE)
    triage.hold(week.su, [other], HoldReason.ABUSE)
    assert triage.clear(week.su, week.box, Q(), HoldReason.ABUSE) == 0
    assert Voice.objects.get(pk=own.pk).state == VoiceState.WAITING


def test_a_place_about_which_somebody_spoke_stays(week: Week) -> None:
    week.say("汤咸。", HALL)
    boxes.change(week.shen, week.box, _data(week, PlaceData("艺术节")))
    assert [place.label for place in week.box.places.all()] == ["艺术节", HALL]


def _data(week: Week, *places: PlaceData) -> boxes.BoxData:
    box = week.box
    return boxes.BoxData(
        box.kind, box.title, box.question, box.collator, box.opens_on, box.closes_on,
        places=places,
    )  # fmt: skip


def test_a_later_outcome_keeps_the_earlier(week: Week) -> None:
    voice = week.say("灯管闪。")
    triage.answer(week.su, [voice], "明天换。")
    triage.done(week.su, [voice], "换好了。")
    first, second = Voice.objects.get().outcomes.order_by("pk")
    assert (first.what, second.what, second.corrects) == (What.ANSWERED, What.DONE, first)
    triage.hold(week.su, [voice], HoldReason.OFF_TOPIC)
    triage.show(week.su, [voice])
    voice.refresh_from_db()
    assert (voice.became, voice.state) == ("", VoiceState.SHOWN)
    assert triage.note(week.su, [voice])


def test_several_that_say_the_same_follow_one(week: Week) -> None:
    first, (second, code) = week.say("汤凉。", HALL), week.say_and_keep("汤是冷的。", HALL)
    triage.repeat(week.su, [second], first)
    triage.answer(week.su, [first], "送餐车加了保温层。")
    page = Client().post(reverse("remarks:look_up"), {"code": code}).content.decode()
    assert "放在一起办" in page
    assert "送餐车加了保温层。" in page


def test_the_desk_of_the_collator_and_when_late_of_the_secretary(week: Week) -> None:
    week.say("灯管闪。")
    assert "有 1 条意见要办" in desk.todo_for(week.su)[0].title
    assert desk.todo_for(week.shen) == []
    with clock.at(date(2026, 10, 26)):  # five working days after Sunday 18 are full on Friday 23
        assert desk.todo_for(week.su)[0].label == "过期 3 天"
        assert desk.todo_for(week.shen)[0].kind == "late"


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_takes_the_same_queries(week: Week, count: int, django_assert_num_queries) -> None:
    for n in range(count):
        voice = week.say(f"第 {n} 条。", MATHS)
        if n % 2:
            triage.take(week.su, [voice])
    triage.take(week.su, [week.say("还有一条。", MATHS)])
    su, song = week.su, week.song
    with django_assert_num_queries(3):
        assert len(desk.todo_for(su)) == 1
    with django_assert_num_queries(1):
        assert len(desk.waiting_for(song)) == 1


def test_a_flood_of_hundreds_is_refused_in_words_and_cleared(week: Week, settings) -> None:
    settings.REMARK_LIMITS = {**settings.REMARK_LIMITS, "address": (10, 60), "box": (20, 60)}
    url = reverse("voices:put_in", args=[week.box.uid])
    door = f"{url}?d={week.box.token()}"
    codes = []
    for n in range(200):
        address = "10.9.9.9" if n < 100 else f"10.8.{n}.1"
        answer = Client(REMOTE_ADDR=address).post(url, {"text": f"加群领红包 {n}"})
        if answer.status_code == 200:
            codes.append(answer.context["code"])
        else:
            assert answer.status_code == 429
        if n % 50 == 0:
            assert Client().post(door, {"text": f"我在门口 {n}"}).status_code == 200
    assert len(codes) == 20
    assert Voice.objects.count() == 24
    before = Fact.objects.count()
    assert triage.clear(week.su, week.box, Q(text__contains="加群"), "advert") == 20
    assert Fact.objects.count() == before + 1  # how many, not which
    assert Voice.objects.filter(state=VoiceState.WAITING).count() == 4
    assert Voice.objects.count() == 24
    found = Client().post(reverse("remarks:look_up"), {"code": codes[0]}).content.decode()
    assert "没有收，理由是：是广告" in found


def test_sent_words_are_counted_once(week: Week) -> None:
    counted: list[int] = []
    token = laying.new_token()
    for _ in range(2):
        writing.put_in(week.box, Slip("汤咸。"), token, lambda: counted.append(1))
    assert counted == [1]


BOXES = """
[box.open-week]
kind     = "开放周意见"
title    = "开放周意见箱"
question = "哪里要改？"
who      = { kind = ["党支部"] }
places   = ["语文课", "食堂"]
answer_days = 5

[box.ideas]
kind     = "献计征集"
title    = "献一计"
question = "还能怎么办得更好？"
who      = { kind = ["党委"] }
from     = "2026-10-12"
until    = "2026-10-30"
show     = "不公开"
max_go_up = 1
"""
WRONG = [
    ('kind     = "开放周意见"', 'kind = "信箱"', "不认识“信箱”"),
    ('until    = "2026-10-30"', 'until = "2026-10-01"', "结束日期比开始日期早"),
    ('until    = "2026-10-30"', 'until = "月底"', "看不懂日期“月底”"),
    ('show     = "不公开"', 'show = "保密"', "看不懂“保密”"),
    ("max_go_up = 1", "max_go_up = 0", "请写 1 到 100"),
    ('from     = "2026-10-12"', 'from = "2026-10-12"\nphase = "act"', "请只写一样"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_what_is_wrong_in_a_blueprint_is_said(old: str, new: str, said: str) -> None:
    with pytest.raises(Flawed) as flawed:
        check(TEXT + BOXES.replace(old, new, 1))
    assert said in " ".join(map(str, flawed.value.problems))


def test_a_campaign_proposes_boxes_and_a_body_sets_one_up(cast: Cast) -> None:
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(date(2026, 9, 1)):
        run = campaigns.create(office, cast.bureau, TEXT + BOXES, date(2026, 9, 1))
        run.open(office)
    assert "[box.ideas]" in dump(run)
    assert check(dump(run)).summary() == check(TEXT + BOXES).summary()
    client = client_as(cast.shen, Role.SECRETARY)
    with clock.at(date(2026, 10, 12)):
        assert "开放周意见箱" in client.get(reverse("voices:boxes")).content.decode()
        offer = BoxOffer.objects.get(code="open-week")
        new = f"{reverse('voices:new', args=[cast.branch.uid])}?offer={offer.uid}"
        form = client.get(new).context["form"]
        typed = {name: form.initial[name] for name in ("kind", "title", "question", "places")}
        typed |= {"opens_on": "2026-10-12", "answer_days": 5, "collator": cast.su.pk}
        assert client.post(new, typed).status_code == 302
        box = Box.objects.get()
        assert (box.offer, box.campaign) == (offer, run)
        assert [place.label for place in box.places.all()] == ["语文课", "食堂"]
        ideas = f"{new.partition('?')[0]}?offer={BoxOffer.objects.get(code='ideas').uid}"
        assert client.get(ideas).status_code == 404  # for committees
        client.post(reverse("voices:move", args=[box.uid]), {"do": "open"})
        page = Client().get(reverse("portal:boxes", args=[run.uid])).content.decode()
        assert "开放周意见箱" in page
        assert "正在收" in page
