"""Freezing, drawing, replacing, annulling: and everything one might try to turn the result."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.inspections.scene import PLANNED, SEED, SEED_DAY, Checks, of_county, outline

from zhengyou.inspections import drawing
from zhengyou.inspections.actions import draws, planning
from zhengyou.inspections.models import (
    Candidate,
    Chosen,
    Draw,
    InspectionKind,
    InspectionState,
    Method,
    Sample,
    SeedSource,
    Visit,
    VisitState,
)
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.queries import history
from zhengyou.people.actions.tree import close, found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Role

WITNESSES = "局工会一人，家委会两人"


def test_the_list_is_frozen_with_its_digest_in_the_ledger_before_there_is_a_seed(
    checks: Checks,
) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    draw = checks.spot.draw

    assert checks.spot.state == InspectionState.FROZEN
    assert draw.seed is None
    fact = next(row for row in history(draw.ref) if row.verb == "draw.freeze")
    assert fact.data["digest"] == draw.digest == drawing.digest_of(draw.text)
    names = [row.name for row in draw.candidates.all()]
    assert names == ["育新小学党支部", "南湖小学党支部", "东港小学党支部", "西桥小学党支部",
                     "北山小学党支部"]  # fmt: skip
    assert all(name in draw.text for name in names)


def test_the_seed_draws_two_and_the_rest_stand_in_reserve_in_order(checks: Checks) -> None:
    visits = checks.drawn()
    places = Candidate.objects.filter(draw__inspection=checks.spot).order_by("place")

    assert [row.place for row in places] == [1, 2, 3, 4, 5]
    assert [visit.organisation for visit in visits] == [row.organisation for row in places[:2]]
    assert {visit.how for visit in visits} == {Chosen.DRAWN}
    draw = checks.spot.draw
    again = drawing.drawn(drawing.read(draw.text), draw.seed)[0]
    assert [entry.name for entry in again] == [row.name for row in places]


def test_bodies_that_are_closed_or_found_later_or_of_another_kind_are_not_in_the_list(
    checks: Checks,
) -> None:
    admin = acting_as(checks.cast.zhuo, Role.SYSTEM_ADMIN)
    with clock.at(PLANNED):
        close(admin, checks.others[0], PLANNED)
        checks.freeze()
    with clock.at(SEED_DAY):
        found(None, name="新城小学党支部", kind=Kind.BRANCH, parent=checks.cast.bureau, order=20)
        draws.enter_seed(checks.office, checks.spot, SEED, WITNESSES)

    names = set(checks.spot.draw.candidates.values_list("name", flat=True))
    assert names == {"育新小学党支部", "南湖小学党支部", "西桥小学党支部", "北山小学党支部"}


def test_strata_by_region_draw_from_each(checks: Checks) -> None:
    spot = of_county(checks)
    actor = acting_as(checks.cast.qin, Role.CAMPAIGN_OFFICE)
    with clock.at(PLANNED):
        draws.freeze(actor, spot, draws.Announced(
            Method.HASH, SeedSource.LOTTERY, "某地福利彩票第2026105期红球", SEED_DAY, 6, 1, 33,
        ))  # fmt: skip
    with clock.at(SEED_DAY):
        draws.enter_seed(actor, spot, [33, 4, 18, 9, 27, 11], WITNESSES)

    regions = [visit.candidate.region for visit in spot.visits.order_by("pk") if visit.candidate]
    assert regions == ["澜阳县教育局党委", "石桥镇党委"]


# --- attacks ------------------------------------------------------------------------------------
def test_nobody_draws_before_the_list_is_frozen(checks: Checks) -> None:
    with clock.at(SEED_DAY), pytest.raises(Refused, match="名单还没有封存"):
        draws.enter_seed(checks.office, checks.spot, SEED, WITNESSES)


def test_a_seed_is_not_entered_before_its_day(checks: Checks) -> None:
    with clock.at(PLANNED):
        checks.freeze()
        with pytest.raises(Refused, match="9月16日才产生"):
            draws.enter_seed(checks.office, checks.spot, SEED, WITNESSES)


def test_a_seed_is_entered_once_and_nothing_is_drawn_twice(checks: Checks) -> None:
    before = [visit.organisation_id for visit in checks.drawn()]

    with clock.at(SEED_DAY), pytest.raises(Refused, match="只抽一次"):
        draws.enter_seed(checks.office, checks.spot, SEED, WITNESSES)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy = Draw.objects.get(inspection=checks.spot)
        copy.pk, copy.uid = None, checks.cast.county.uid
        copy.save(force_insert=True)
    assert [visit.organisation_id for visit in checks.spot.visits.order_by("pk")] == before


@pytest.mark.parametrize(
    ("source", "day", "reason"),
    [
        (SeedSource.DICE, date(2026, 9, 13), "已经过去"),
        (SeedSource.LOTTERY, date(2026, 9, 13), "已经过去"),
        (SeedSource.LOTTERY, PLANNED, "封存以后"),
    ],
)
def test_a_source_that_may_be_known_already_is_refused(
    checks: Checks, source: SeedSource, day: date, reason: str
) -> None:
    with clock.at(PLANNED), pytest.raises(Refused, match=reason):
        checks.freeze(source=source, on=day, count=6, least=1, most=33)


def test_a_seed_of_too_few_outcomes_is_refused(checks: Checks) -> None:
    with clock.at(PLANNED), pytest.raises(Refused, match="变化太少"):
        checks.freeze(source=SeedSource.LOTTERY, count=1, least=0, most=2)


@pytest.mark.parametrize("what", ["text", "digest", "both"])
def test_a_list_that_was_changed_after_freezing_is_not_drawn_from(
    checks: Checks, what: str
) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    draw = checks.spot.draw
    text = draw.text.replace("育新小学党支部", "育新小学分部")
    changed = {"text": text, "digest": drawing.digest_of(text)}
    Draw.objects.filter(pk=draw.pk).update(
        **(changed if what == "both" else {what: changed[what]})
    )  # fmt: skip

    with clock.at(SEED_DAY), pytest.raises(Refused, match="校验码对不上"):
        draws.enter_seed(checks.office, checks.spot, SEED, WITNESSES)
    assert not checks.spot.visits.exists()


def test_rows_that_were_changed_turn_nothing_since_the_text_decides(checks: Checks) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    frozen = drawing.read(checks.spot.draw.text)
    Candidate.objects.filter(draw=checks.spot.draw).update(name="别的支部", region="别处")

    with clock.at(SEED_DAY):
        draws.enter_seed(checks.office, checks.spot, SEED, WITNESSES)
    drawn = {visit.organisation.uid for visit in checks.spot.visits.all()}
    assert drawn == {entry.uid for entry in drawing.drawn(frozen, SEED)[0][:2]}


@pytest.mark.parametrize(
    ("seed", "reason"),
    [
        (SEED[:-1], "8 个数，录入了 7 个"),
        ((*SEED, 6), "8 个数，录入了 9 个"),
        ((7, *SEED[1:]), "7 不在说好的范围里"),
    ],
)
def test_a_seed_must_be_of_the_announced_shape(
    checks: Checks, seed: tuple[int, ...], reason: str
) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    with clock.at(SEED_DAY), pytest.raises(Refused, match=reason):
        draws.enter_seed(checks.office, checks.spot, seed, WITNESSES)


def test_a_draw_without_witnesses_is_refused(checks: Checks) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    with clock.at(SEED_DAY), pytest.raises(Refused, match="见证"):
        draws.enter_seed(checks.office, checks.spot, SEED, "  ")


def test_a_frozen_plan_is_not_changed_any_more(checks: Checks) -> None:
    with clock.at(PLANNED):
        checks.freeze()
        with pytest.raises(Refused, match="不能再改"):
            planning.change(checks.office, checks.spot, outline(checks.cast, quota=5))
        with pytest.raises(Refused, match="不能再改"):
            planning.discard(checks.office, checks.spot)
        with pytest.raises(Refused, match="不能再改"):
            checks.freeze()


def test_a_spot_check_names_no_bodies(checks: Checks) -> None:
    with clock.at(PLANNED):
        with pytest.raises(Refused, match="不能指定"):
            draws.name_bodies(checks.office, checks.spot, [checks.cast.branch], "就去这里")
        with pytest.raises(Refused, match="公开抽签"):
            planning.plan(checks.office, checks.cast.bureau,
                          outline(checks.cast, sample=Sample.CHOSEN))  # fmt: skip


# --- reserve --------------------------------------------------------------------------------------
def test_a_body_that_ends_after_freezing_is_replaced_from_the_reserve_with_its_reason(
    checks: Checks,
) -> None:
    with clock.at(PLANNED):
        checks.freeze()
    first = checks.others[1]
    seed = checks.seed_that_draws(first)
    order = drawing.drawn(drawing.read(checks.spot.draw.text), seed)[0]
    with clock.at(SEED_DAY):
        close(acting_as(checks.cast.zhuo, Role.SYSTEM_ADMIN), first, SEED_DAY)
        draws.enter_seed(checks.office, checks.spot, seed, WITNESSES)

    gone = checks.spot.visits.get(organisation=first)
    assert (gone.state, gone.reason) == (VisitState.REPLACED, "抽签以前这个单位已经撤销。")
    assert gone.replaced.organisation.uid == order[2].uid
    assert gone.replaced.how == Chosen.RESERVE


def test_who_stands_first_in_reserve_takes_the_place_and_the_reason_is_kept(
    checks: Checks,
) -> None:
    visits = checks.drawn()
    with clock.at(SEED_DAY):
        with pytest.raises(Refused, match="书记、副书记、活动办"):
            draws.replace(checks.yin, visits[0], "不方便")
        with pytest.raises(Refused, match="为什么换"):
            draws.replace(checks.head, visits[0], " ")
        new = draws.replace(checks.head, visits[0], "校舍大修，全校停课两周")
        third = Candidate.objects.get(draw=checks.spot.draw, place=3)
        assert new is not None and new.organisation == third.organisation
        for number in (2, 3):
            new = draws.replace(checks.head, new or visits[0], f"第{number}个也停课")
        assert new is not None
        assert draws.replace(checks.head, new, "都停课") is None  # the reserve is used up
    assert Visit.objects.filter(inspection=checks.spot, state=VisitState.PLANNED).count() == 1


# --- annulling ------------------------------------------------------------------------------------
def test_annulling_is_public_with_its_reason_and_another_inspection_stands_in_its_place(
    checks: Checks,
) -> None:
    checks.drawn()
    with clock.at(SEED_DAY):
        with pytest.raises(Refused, match="由澜阳县教育局党委或上级"):
            draws.annul(checks.yin, checks.spot, "掷骰子时没有家长在场")
        with pytest.raises(Refused, match="为什么作废"):
            draws.annul(checks.head, checks.spot, "重来")
        draws.annul(checks.head, checks.spot, "掷骰子时没有家长在场")
        assert checks.spot.state == InspectionState.ANNULLED
        with pytest.raises(Refused):
            draws.enter_seed(checks.office, checks.spot, SEED, WITNESSES)
        new = planning.plan(checks.office, checks.cast.bureau, outline(checks.cast),
                            again_of=checks.spot)  # fmt: skip
        with pytest.raises(Refused, match="已经重来过一次"):
            planning.plan(checks.office, checks.cast.bureau, outline(checks.cast),
                          again_of=checks.spot)  # fmt: skip
    assert new.again_of == checks.spot
    assert checks.spot.draw.seed  # nothing is taken back


def test_a_survey_may_name_its_bodies_and_says_why_to_everybody(checks: Checks) -> None:
    with clock.at(PLANNED):
        survey = planning.plan(
            checks.office, checks.cast.bureau,
            outline(checks.cast, kind=InspectionKind.SURVEY, sample=Sample.CHOSEN),
            items=checks.spot.checklist,
        )  # fmt: skip
        planning.set_team(checks.office, survey, [checks.cast.yin])
        with pytest.raises(Refused, match="不抽签"):
            draws.freeze(checks.office, survey, draws.Announced(
                Method.HASH, SeedSource.DICE, "大厅掷骰子", SEED_DAY))  # fmt: skip
        with pytest.raises(Refused, match="不在范围里"):
            draws.name_bodies(checks.office, survey, [checks.cast.village], "看看")
        draws.name_bodies(checks.office, survey, [checks.cast.branch], "去年满意度最低")
    assert [visit.reason for visit in survey.visits.all()] == ["去年满意度最低"]
    assert survey.state == InspectionState.UNDER_WAY
