"""Suggestions climb level by level; what is chosen, merged, composed, and how many go up."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.voices.calling import IDEAS, LEAST, SCREENED, Call, call, words

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.voices.actions import adopting, climbing, funnels, screening, suggesting
from zhengyou.voices.actions.suggesting import Words
from zhengyou.voices.ladder import Ladder
from zhengyou.voices.models import Said, Suggestion, SuggestionState, Where
from zhengyou.voices.queries.authors import contributors_of

S = SuggestionState
__all__ = ["call"]


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with clock.at(SCREENED):
        yield


def piece_of(call: Call, rows: list[Suggestion]) -> Suggestion:
    level = call.box.levels.get(code="school")
    text = climbing.composed(rows)
    return climbing.compose(
        call.keeper, call.box, level, call.cast.branch, rows, Words("教学和放学的几条建议", text)
    )


def test_each_voice_becomes_a_suggestion_with_its_own_words_and_writer(call: Call) -> None:
    made = call.gathered()
    assert [row.text for row in made] == list(IDEAS)
    assert made[0].title == "放学的时候校门口太挤"
    assert {row.holder.name for row in made} == {"低段党小组"}
    assert all(str(contributors_of(row)[0]) == "不署名" for row in made)
    assert set(call.box.voices.values_list("became", flat=True)) == {"suggestion"}
    assert {row.answer_by for row in made} == {date(2026, 11, 23)}  # 15 working days


def test_it_begins_on_the_lowest_level_that_its_body_stands_on(call: Call) -> None:
    ladder = Ladder(call.box)
    first = {body.name: ladder.first(body) for body in (call.cast.low, call.cast.branch)}
    assert first["低段党小组"][0].title == "学段"  # type: ignore[index]
    assert first["育新小学党支部"][0].title == "学校"  # type: ignore[index]
    top = ladder.after(call.box.levels.get(code="school"), call.cast.low)
    assert top is not None and top[1].name == "澜阳县教育局党委"
    assert ladder.after(top[0], call.cast.low) is None


def test_what_is_chosen_without_a_limit_goes_on_at_once(call: Call) -> None:
    made = call.gathered()
    screening.screen(call.leader, made[:2], Said.CHOSEN)
    screening.screen(call.leader, made[2:3], Said.NOT_CHOSEN, "上学期已经这样做了。")
    states = [(row.state, row.level.title) for row in Suggestion.objects.order_by("pk")[:4]]
    assert states == [
        (S.WAITING, "学校"), (S.WAITING, "学校"), (S.NOT_CHOSEN, "学段"), (S.WAITING, "学段"),
    ]  # fmt: skip


@pytest.mark.parametrize("said", [Said.NOT_CHOSEN, Said.RETURNED])
def test_who_leaves_out_or_returns_says_why(call: Call, said: Said) -> None:
    with pytest.raises(Refused, match="要写明理由"):
        screening.screen(call.leader, call.gathered()[:1], said, "  ")


def test_nobody_screens_the_own_or_another_levels(call: Call) -> None:
    with clock.at(date(2026, 10, 20)):
        mine = suggesting.suggest(
            acting_as(call.cast.song), call.box, call.cast.low, words(text="我写的，当然好。")
        )
    with pytest.raises(Refused, match="您自己的建议"):
        screening.screen(call.leader, [mine], Said.CHOSEN)
    high = acting_as(call.cast.wei, Role.GROUP_LEADER)
    with pytest.raises(Refused, match="低段党小组的书记"):
        screening.screen(high, [mine], Said.CHOSEN)
    screening.screen(call.keeper, [mine], Said.CHOSEN)
    mine.refresh_from_db()
    assert mine.level.title == "学校"


def test_who_comes_second_is_told(call: Call) -> None:
    made = call.gathered()[:2]
    seen = [Suggestion.objects.get(pk=row.pk) for row in made]
    screening.screen(call.leader, made[:1], Said.CHOSEN)
    with pytest.raises(Stale):
        screening.screen(call.leader, seen, Said.NOT_CHOSEN, "重复。")
    assert Suggestion.objects.get(pk=made[1].pk).state == S.WAITING


def test_merged_ones_keep_those_who_made_them(call: Call) -> None:
    made = call.gathered()
    screening.merge(call.leader, [made[5]], made[0])
    assert len(contributors_of(made[0])) == 2
    merged = Suggestion.objects.get(pk=made[5].pk)
    assert (merged.state, merged.into) == (S.MERGED, made[0])
    screening.part(call.leader, merged)
    assert len(contributors_of(made[0])) == 1


def test_one_piece_goes_up_and_a_second_one_is_refused_with_the_reason(call: Call) -> None:
    rows = call.chosen()
    first, second = piece_of(call, rows[:3]), piece_of(call, rows[3:])
    assert len(contributors_of(first)) == 3
    climbing.go_up(call.keeper, first)
    first.refresh_from_db()
    assert (first.state, first.holder.name) == (S.WAITING, "澜阳县教育局党委")
    with pytest.raises(
        Refused, match="最多上报 1 份，名额已经用完：《教学和放学的几条建议》11月2日"
    ):
        climbing.go_up(call.keeper, second)
    with pytest.raises(Refused, match="要写明理由"):
        climbing.call_back(call.keeper, first, "")
    climbing.call_back(call.keeper, first, "还有两条没写进去。")
    climbing.go_up(call.keeper, second)
    assert [row.freed_why for row in first.ascents.all()] == ["还有两条没写进去。"]


def test_a_single_one_does_not_go_up_where_a_piece_is_wanted(call: Call) -> None:
    rows = call.chosen()
    with pytest.raises(Refused, match="先编综合稿"):
        climbing.go_up(call.keeper, rows[0])
    piece_of(call, rows[:2])
    with pytest.raises(Refused, match="已经编入综合稿《教学和放学的几条建议》"):
        screening.screen_again(call.keeper, rows[0], "看漏了。")
    with pytest.raises(Refused, match="已经编在另一份"):
        piece_of(call, rows[:2])


def test_too_few_chosen_do_not_go_up(call: Call) -> None:
    made = call.gathered()[: LEAST - 1]
    made = screening.screen(call.leader, made, Said.CHOSEN)
    piece = piece_of(call, screening.screen(call.keeper, made, Said.CHOSEN))
    with pytest.raises(Refused, match="至少选 3 条才上报，现在选上 2 条"):
        climbing.go_up(call.keeper, piece)


def test_a_returned_piece_is_mended_below_and_comes_again(call: Call) -> None:
    piece = piece_of(call, call.chosen())
    climbing.go_up(call.keeper, piece)
    piece.refresh_from_db()
    screening.screen(call.bureau, [piece], Said.RETURNED, "请写明要花多少钱。")
    suggesting.rewrite(call.keeper, piece, Words(piece.title, f"{piece.text}\n约 2,000 元。"))
    piece.refresh_from_db()
    assert (piece.state, piece.level.title) == (S.WAITING, "教育局")
    assert [row.words for row in piece.screenings.all()] == ["上报", "退回补充", "补充后再送"]


def test_a_dissolved_piece_sets_its_parts_free(call: Call) -> None:
    rows = call.chosen()
    suggesting.withdraw(call.keeper, piece := piece_of(call, rows), "换一种编法。")
    assert piece_of(call, rows[:2]).parts.filter(until=None).count() == 2
    assert Suggestion.objects.get(pk=piece.pk).state == S.WITHDRAWN


@pytest.mark.parametrize(
    ("levels", "reason"),
    [
        ([], "至少要有一级"),
        ([("学校", Where.HERE), ("学段", Where.BELOW)], "从下往上"),
        ([("学校", Where.HERE), ("支部", Where.HERE)], "只筛一次"),
        ([("", Where.HERE)], "都要有名称"),
    ],
)
@pytest.mark.pure
def test_levels_lead_upwards(levels: list[tuple[str, Where]], reason: str) -> None:
    verdict = funnels.make_a_way([funnels.LevelData(*level) for level in levels])
    assert not verdict and reason in verdict.reason


def test_levels_stand_once_something_is_on_its_way(call: Call) -> None:
    call.gathered()
    with pytest.raises(Refused, match="层级不能再改"):
        funnels.set_levels(call.keeper, call.box, [funnels.LevelData("学校", Where.HERE)])


def test_facts_name_nobody_and_declined_ones_say_why(call: Call) -> None:
    row = call.chosen()[0]
    adopting.decline(call.keeper, row, "今年没有这笔钱。")
    fact = Fact.objects.order_by("-seq")[0]
    assert (fact.verb, "没有这笔钱" in str(fact.data)) == ("suggestion.decline", False)
    row.refresh_from_db()
    assert (row.state, row.answered_on) == (S.DECLINED, SCREENED)
