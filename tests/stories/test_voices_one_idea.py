"""我为教育献一计: hundreds in, the 学段 screens, the school selects more than forty, one composite
piece goes to the bureau, a second one is refused; it is adopted, done, rewarded; who wrote follows
it all with nothing but the code."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests.cast import Cast, client_as
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.remarks import codes
from zhengyou.voices.actions import adopting, boxes, climbing, funnels, screening, suggesting
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.actions.funnels import LevelData
from zhengyou.voices.actions.suggesting import Words
from zhengyou.voices.actions.writing import Slip, enter_paper
from zhengyou.voices.models import Box, BoxKind, Reward, Said, Suggestion, Where
from zhengyou.voices.queries.funnel import funnel_of
from zhengyou.voices.tellers_ideas import of_suggestions

LOOK_UP = "/say/"
OPENED, SCREENED, LATER = date(2026, 10, 12), date(2026, 11, 2), date(2026, 11, 27)
HUNDREDS, PASSED, SELECTED = 240, 60, 42
WHERE = ("校门口", "图书角", "实验室", "操场", "食堂", "楼道", "办公室", "画室")
WHAT = ("太挤", "太旧", "不够用", "没人管", "太吵", "不安全")
HOW = ("错开时间", "请家长帮忙", "换一个地方", "每周看一次", "写清楚谁管")


def idea(number: int) -> str:
    """An idea of its own: no two read alike."""
    where, what, how = (words[number // step % len(words)] for words, step in _turns())
    return f"{where}{what}，第 {number} 个办法。建议{how}，由{where}的人先试两周再说。"


def _turns() -> list[tuple[tuple[str, ...], int]]:
    return [(WHERE, 1), (WHAT, len(WHERE)), (HOW, len(WHERE) * len(WHAT))]


@shared(on="cast")
def campaign_of_ideas(cast: Cast) -> tuple[Cast, Box, list[str]]:
    """The call of the school, with hundreds of slips typed in from paper."""
    with clock.at(OPENED):
        keeper = acting_as(cast.shen, Role.SECRETARY)
        data = BoxData(
            BoxKind.CALL, "我为教育献一计", "学校哪里还能做得更好？怎么做？", cast.zhou,
            opens_on=OPENED, closes_on=date(2026, 10, 30),
        )  # fmt: skip
        box = boxes.set_up(keeper, cast.branch, data)
        funnels.set_levels(
            keeper, box,
            [
                LevelData("学段", Where.BELOW, code="stage"),
                LevelData("学校", Where.HERE, 40, 1, as_piece=True, code="school"),
                LevelData("教育局", Where.ABOVE, code="bureau"),
            ],
        )  # fmt: skip
        boxes.open_box(keeper, box)
        box.refresh_from_db()
        slips = [Slip(idea(number)) for number in range(HUNDREDS)]
        given = enter_paper(acting_as(cast.tian, Role.RECORDER), box, slips)
    with clock.at(SCREENED):
        mine = {voice.text: voice for voice in box.voices.select_related("box__organisation")}
        voices = [mine[idea(number)] for number in range(HUNDREDS)]
        suggesting.gather(keeper, box, cast.low, voices)
    return cast, box, given


@pytest.fixture
def told(campaign_of_ideas: tuple[Cast, Box, list[str]]) -> Iterator[tuple[Cast, Box, list[str]]]:
    with clock.at(SCREENED):
        yield campaign_of_ideas


def rows_of(box: Box, **which: object) -> list[Suggestion]:
    return list(Suggestion.objects.filter(box=box, **which).order_by("pk"))


def chosen(cast: Cast, box: Box) -> None:
    """The 学段 lets sixty through, the school selects forty-two."""
    leader, keeper = acting_as(cast.song, Role.GROUP_LEADER), acting_as(cast.shen, Role.SECRETARY)
    made = rows_of(box)
    screening.screen(leader, made[:PASSED], Said.CHOSEN)
    screening.screen(leader, made[PASSED:], Said.NOT_CHOSEN, "和别的建议重复。")
    here = rows_of(box, level__code="school")
    screening.screen(keeper, here[:SELECTED], Said.CHOSEN)


def page(client: Client, address: str, **data: object) -> str:
    answer = client.post(address, data, follow=True) if data else client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_whole_story_over_http(told: tuple[Cast, Box, list[str]]) -> None:
    cast, box, given = told
    leader, school = client_as(cast.song, Role.GROUP_LEADER), client_as(cast.shen, Role.SECRETARY)
    call, screen = f"/boxes/{box.uid}/call/", f"/boxes/{box.uid}/call/screen/"

    # The 学段: one press a verdict, a press with its reason, many with one reason.
    waiting = rows_of(box)
    assert "学段：240 条等着筛" in page(leader, screen)
    said = page(leader, screen, one=f"chosen:{waiting[0].uid}")
    assert "选上：《" in said and "学段：239 条等着筛" in said
    page(leader, screen, one=f"not_chosen:{waiting[PASSED].uid}:1")
    assert (
        Suggestion.objects.get(pk=waiting[PASSED].pk).screenings.get().reason == "和别的建议重复。"
    )
    assert leader.post(screen, {"do": "not_chosen", "pick": [waiting[70].uid]}).status_code == 422
    assert leader.post(screen, {"one": f"chosen:{waiting[0].uid}"}).status_code == 409
    page(leader, screen, do="chosen", pick=[row.uid for row in waiting[1:PASSED]])
    rest = [row.uid for row in waiting[PASSED + 1 :]]
    page(leader, screen, do="not_chosen", pick=rest, reason="已经在这样做了。")

    # The school: forty-two.
    here = rows_of(box, level__code="school")
    page(school, screen, do="chosen", pick=[row.uid for row in here[:SELECTED]])
    assert "收到 240，选上 60" in page(school, call)
    assert f"收到 {PASSED}，选上 {SELECTED}" in page(school, call)

    # One composite piece goes up; the second is refused with the reason.
    compose, at = f"/boxes/{box.uid}/call/piece/", f"2-{cast.branch.uid}"
    assert compose in page(school, call)
    first = [row.uid for row in here[:40]]
    page(school, f"{compose}?at={at}", title="育新小学的四十条", text="一共四十条。", pick=first)
    piece = Suggestion.objects.get(composite=True)
    do = f"/suggestions/{piece.uid}/do/"
    page(school, do, do="up")
    page(
        school,
        f"{compose}?at={at}",
        title="又两条",
        text="还有两条。",
        pick=[r.uid for r in here[40:42]],
    )
    second = Suggestion.objects.get(composite=True, title="又两条")
    refused = school.post(f"/suggestions/{second.uid}/do/", {"do": "up"})
    assert refused.status_code == 403
    assert (
        "学校最多上报 1 份，名额已经用完：《育新小学的四十条》11月2日" in refused.content.decode()
    )
    assert "aria-disabled" in page(school, f"/suggestions/{second.uid}/")

    # The bureau chooses and adopts; the work is done; who made it is rewarded.
    bureau = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    page(bureau, do, do="chosen")
    page(
        bureau, f"/suggestions/{piece.uid}/adopt/", owner=cast.gu.pk, due_on="2026-11-27",
        measures="各校照着做，先在育新小学试。",
    )  # fmt: skip
    with clock.at(LATER):
        page(
            bureau, f"/suggestions/{piece.uid}/result/", result="四十条都办了。",
            gains="一年节约，12000，元\n少用纸，1.5，吨",
        )  # fmt: skip
        people = [each.pk for row in here[:40] for each in row.contributors.all()]
        page(
            school, f"/suggestions/{piece.uid}/reward/", what="图书卡一张", where="校办公室",
            whom=people,
        )  # fmt: skip
        assert Reward.objects.count() == 40

        # Anybody reads what came of it, without names; who wrote, with the code alone.
        public = page(Client(), f"/say/box/{box.uid}/results/")
        assert "40 位不署名的提的" in public and "一年节约 12,000 元；少用纸 1.5 吨" in public
        assert cast.song.name not in public
        mine = here[0]
        told_me = of_suggestions([mine.uid])[mine.uid]
        assert (
            "11月2日，学段：选上" in told_me.text
            and "编进了综合稿《育新小学的四十条》" in told_me.text
        )
        assert "办成了：四十条都办了。（一年节约 12,000 元；少用纸 1.5 吨）" in told_me.text
        assert "图书卡一张" in told_me.text
        number = next(n for n in range(HUNDREDS) if idea(n) == mine.text)
        mine_now = page(Client(), LOOK_UP, code=codes.spaced(given[number]))
        assert "编进了综合稿《育新小学的四十条》" in mine_now and "图书卡一张" in mine_now
        desk = f"/boxes/{box.uid}/call/rewards/"
        assert "请发给来人：图书卡一张" in page(school, desk, code=codes.spaced(given[number]))
        assert school.post(desk, {"code": given[number]}).status_code == 422
        assert Reward.objects.filter(fetched=True).count() == 1
        workbook = bureau.get(f"/suggestions/of/{cast.bureau.uid}/adopted.xlsx")
        assert b"".join(workbook.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_the_funnel_of_a_past_day_is_as_it_was(told: tuple[Cast, Box, list[str]]) -> None:
    cast, box, _ = told
    with clock.at(date(2026, 11, 4)):
        chosen(cast, box)
    before = [(count.came, count.chosen) for count in funnel_of(box, date(2026, 11, 3))]
    after = [(count.came, count.chosen) for count in funnel_of(box, date(2026, 11, 4))]
    assert before == [(HUNDREDS, 0), (0, 0), (0, 0)]
    assert after == [(HUNDREDS, PASSED), (PASSED, SELECTED), (0, 0)]
    assert funnel_of(box, date(2026, 11, 4))[0].left_out == HUNDREDS - PASSED
    with clock.at(date(2026, 11, 5)):
        said = page(client_as(cast.shen, Role.SECRETARY), f"/boxes/{box.uid}/call/?day=2026-11-03")
        assert "看的是过去的一天" in said and "收到 240，选上 0" in said


def test_a_piece_that_is_called_back_frees_its_place(told: tuple[Cast, Box, list[str]]) -> None:
    cast, box, _ = told
    chosen(cast, box)
    keeper = acting_as(cast.shen, Role.SECRETARY)
    here, level = rows_of(box, state="chosen"), box.levels.get(code="school")
    one = climbing.compose(keeper, box, level, cast.branch, here[:40], Words("四十条", "四十条。"))
    climbing.go_up(keeper, one)
    two = climbing.compose(keeper, box, level, cast.branch, here[40:], Words("两条", "两条。"))
    client = client_as(cast.shen, Role.SECRETARY)
    page(client, f"/suggestions/{one.uid}/why/back/", reason="还要再改。")
    page(client, f"/suggestions/{two.uid}/do/", do="up")
    two.refresh_from_db()
    assert two.level.code == "bureau"


def test_benefits_are_figures_or_none(told: tuple[Cast, Box, list[str]]) -> None:
    cast, box, _ = told
    chosen(cast, box)
    keeper = acting_as(cast.shen, Role.SECRETARY)
    row = rows_of(box, state="chosen")[0]
    adoption = adopting.adopt(keeper, row, adopting.Task(cast.su, date(2026, 11, 20), "先试。"))
    client = client_as(cast.shen, Role.SECRETARY)
    address = f"/suggestions/{row.uid}/result/"
    for gains, wrong in (
        ("省钱，很多，元", "不是数"),
        ("省钱，12", "写成三样"),
        ("", "算不出来的"),
    ):
        answer = client.post(address, {"result": "办好了。", "gains": gains})
        assert answer.status_code == 422 and wrong in answer.content.decode()
    page(client, address, result="办好了。", gains="", unmeasured="on")
    adoption.refresh_from_db()
    assert (adoption.measured, adoption.result_on) == (False, SCREENED)
    page(client, address, result="办好了。", gains="省电，350.5，千瓦时")
    assert adoption.benefits.get().amount == Decimal("350.50")
    assert re.search("350.5 千瓦时", page(client, f"/suggestions/of/{cast.branch.uid}/"))
