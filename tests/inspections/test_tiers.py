"""抓两头带中间: groups of bodies by facts of the house, who sees them, what would move a body."""

from datetime import date, timedelta

import pytest
from tests.cast import client_as
from tests.work.scene import Autumn, autumn_of_duties, exempted, record_of

from zhengyou.disclosure.models import DisclosureTopic
from zhengyou.inspections import facts
from zhengyou.inspections.actions import tiers
from zhengyou.inspections.actions.tiers import Setting
from zhengyou.inspections.models import TierCriterion, TierScheme
from zhengyou.inspections.queries.tiers import board_of
from zhengyou.inspections.tiers.words import Is, Side, Tier
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Role
from zhengyou.people.queries.kept import forget
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.voices.actions import boxes, triage
from zhengyou.voices.actions.boxes import BoxData
from zhengyou.voices.actions.writing import Slip, put_in
from zhengyou.voices.models import BoxKind, Voice

__all__ = ["autumn_of_duties"]
NOW = date(2026, 11, 20)
SET = date(2026, 10, 8)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOW):
        yield


@pytest.fixture
def season(autumn_of_duties: Autumn) -> Autumn:
    forget()
    return autumn_of_duties


@pytest.fixture
def office(season: Autumn):
    return acting_as(season.cast.gu, Role.CAMPAIGN_OFFICE)


def set_up(season, office, **terms):
    """Leading: assembly and launch held. Lagging: a problem overdue, or the launch missing."""
    with clock.at(SET):

        def add(*setting, of=""):
            asked = Setting(*setting, of)
            return tiers.add(office, season.campaign, season.cast.bureau, asked, "按方案定的")

        held = add(Side.LEADING, "duty_rate", Is.AT_LEAST, 100, of="launch")
        late = add(Side.LAGGING, "problems_overdue", Is.MORE, 0)
        missed = add(Side.LAGGING, "duty_overdue", Is.AT_LEAST, 1, of="launch")
        tiers.set_terms(
            office, season.campaign, season.cast.bureau, reason="先看两条",
            **({"kinds": ["branch"], "lagging_at": 2, "new_days": 90} | terms),
        )  # fmt: skip
    return held, late, missed


def a_late_problem(season, body, lead):
    with clock.at(date(2026, 10, 9)):
        return raise_problem(
            acting_as(lead, Role.SECRETARY), body, title="走廊的灯坏了没人报修", source=body.ref,
            campaign=season.campaign,
        )  # fmt: skip


def tiers_of(season, day=NOW):
    return {
        line.name: line.tier
        for line in board_of(season.campaign, season.cast.bureau, day).lines
    }  # fmt: skip


def test_bodies_are_told_apart_by_rows_as_of_any_day(season, office):
    cast = season.cast
    set_up(season, office)
    record_of(cast.branch, "launch", date(2026, 9, 18), cast.shen)
    forget()
    assert tiers_of(season) == {"育新小学党支部": Tier.LEADING, "南湖小学党支部": Tier.ORDINARY}
    a_late_problem(season, cast.nanhu, cast.wen)
    assert tiers_of(season)["南湖小学党支部"] == Tier.LAGGING
    assert tiers_of(season, date(2026, 10, 9))["南湖小学党支部"] == Tier.ORDINARY  # not yet late
    assert tiers_of(season, SET - timedelta(days=1)) == {}  # nothing was set by then


def test_every_number_is_the_sum_of_its_rows_whoever_is_asked(season, office):
    cast = season.cast
    record_of(cast.branch, "theme_day", date(2026, 10, 16), cast.shen, cast.zhou)
    a_late_problem(season, cast.branch, cast.shen)
    with clock.at(SET):
        for code, fact in facts.registered().items():
            compare = Is.AT_LEAST if fact.shape is facts.Shape.RATE else Is.AT_MOST
            setting = Setting(Side.LEADING, code, compare, 50)
            tiers.add(office, season.campaign, cast.bureau, setting, "都数一数")
    forget()
    board = board_of(season.campaign, cast.bureau, NOW)
    numbers = {
        line.name: {each.criterion.row.fact: each.mark.number for each in line.seen}
        for line in board.lines
    }
    mine = numbers["育新小学党支部"]
    assert mine["problems_overdue"].part == 1
    assert mine["plan_missing"].part == 1
    assert mine["duty_rate"].part == 2  # two at the theme day of October
    for line in board.lines:
        body = next(b for b in (cast.branch, cast.nanhu) if b.name == line.name)
        (alone,) = board_of(season.campaign, cast.bureau, NOW, only={body.pk}).lines
        assert alone.tier == line.tier
        for one, all_together in zip(alone.seen, line.seen, strict=True):
            assert one.mark == all_together.mark
            assert sum(row.part for row in one.rows) == one.mark.number.part


def test_what_is_asked_in_boxes_and_laid_open_counts_too(season, office):
    cast = season.cast
    with clock.at(SET):
        lead = acting_as(cast.shen, Role.SECRETARY)
        asked = BoxData(BoxKind.GENERAL, "意见箱", "还有什么要改？", cast.shen, SET)
        box = boxes.set_up(lead, cast.branch, asked, season.campaign)
        boxes.open_box(lead, box)
        put_in(box, Slip("路灯该修了"))
        DisclosureTopic.objects.create(duty=season["launch"], code="launch", category="活动")
        for fact in ("voices_unanswered", "disclosure_missing"):
            setting = Setting(Side.LAGGING, fact, Is.MORE, 0)
            tiers.add(office, season.campaign, cast.bureau, setting, "有问有答，按时公开")

    def counts(day):
        (line,) = board_of(season.campaign, cast.bureau, day, only={cast.branch.pk}).lines
        return [each.mark.number.part for each in line.seen]

    forget()
    assert counts(SET + timedelta(days=20)) == [0, 1]  # 15 working days after the week
    assert counts(NOW) == [1, 1]
    with clock.at(NOW):
        triage.answer(lead, list(Voice.objects.all()), "下周就修。")
    assert counts(NOW) == [0, 1]
    assert counts(NOW - timedelta(days=1)) == [1, 1]  # as it was the day before the answer


def test_the_young_and_the_exempt_are_not_told_apart(season, office):
    cast = season.cast
    young = found(office, name="新桥小学党支部", kind=Kind.BRANCH, parent=cast.bureau)
    set_up(season, office, lagging_at=1)
    line = next(x for x in _lines(season) if x.name == young.name)
    assert (line.tier, line.why) == (Tier.UNKNOWN, "90 天以内新成立")
    with clock.at(SET):
        for row in TierCriterion.objects.exclude(fact="duty_rate"):
            tiers.end(office, row, "只看一条")
    exempted(season["launch"], cast.nanhu, date(2026, 9, 1))
    forget()
    line = next(x for x in _lines(season) if x.name == cast.nanhu.name)
    assert (line.tier, line.why) == (Tier.UNKNOWN, "没有可算的")


def _lines(season):
    return board_of(season.campaign, season.cast.bureau, NOW).lines


def test_changes_are_dated_rows_with_a_reason(season, office):
    held, *_ = set_up(season, office)
    setting = Setting(Side.LEADING, "duty_rate", Is.AT_LEAST, 50)
    with pytest.raises(Refused, match="写明为什么"):
        tiers.change(office, held, setting, " ")
    tiers.change(office, held, setting, "太严了")
    with pytest.raises(Refused, match="刚才已经改过"):
        tiers.change(office, held, setting, "再改")

    def words(day):
        board = board_of(season.campaign, season.cast.bureau, day)
        return [each.words for each in board.criteria[:1]]

    assert words(NOW) == ["任务完成率不低于 50%"]
    assert words(NOW - timedelta(days=1)) == ["任务完成率（动员大会）不低于 100%"]
    facts_ = Fact.objects.filter(about_kind="tier_scheme").order_by("seq")
    assert [row.verb for row in facts_] == ["tiers.add"] * 3 + ["tiers.set", "tiers.change"]
    assert all("reason" not in row.data for row in facts_)


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        (Setting(Side.LEADING, "charm", Is.AT_LEAST, 1), "从给出的里面选"),
        (Setting(Side.LEADING, "duty_rate", Is.AT_LEAST, 101), "百分数"),
        (Setting(Side.LEADING, "duty_rate", Is.AT_LEAST, 90, "none"), "不能只数这一项"),
        (Setting(Side.LEADING, "plan_missing", Is.AT_MOST, 0, "launch"), "不能只数这一项"),
    ],
)
def test_what_cannot_be_counted_is_refused(season, office, setting, why):
    with pytest.raises(Refused, match=why):
        tiers.add(office, season.campaign, season.cast.bureau, setting, "试试")
    assert not TierScheme.objects.exists()


def url(season, end=""):
    return f"/campaigns/{season.campaign.uid}/tiers/{season.cast.bureau.uid}/{end}"


def test_only_the_office_and_the_body_itself_see_it(season, office):
    cast = season.cast
    set_up(season, office)
    own, other = f"of/{cast.branch.uid}/", f"of/{cast.nanhu.uid}/"
    who = {
        "office": client_as(cast.gu, Role.CAMPAIGN_OFFICE),
        "above": client_as(cast.zhuo, Role.SYSTEM_ADMIN),
        "inspector": client_as(cast.yin, Role.INSPECTOR),
        "lead": client_as(cast.shen, Role.SECRETARY),
        "recorder": client_as(cast.tian, Role.RECORDER),
        "member": client_as(cast.he),
        "next door": client_as(cast.wen, Role.SECRETARY),
    }
    codes = {
        name: [client.get(url(season, page)).status_code for page in ("", own, other, "tiers.xlsx")]
        for name, client in who.items()
    }
    assert codes == {
        "office": [200, 200, 200, 200],
        "above": [403, 403, 403, 403],
        "inspector": [403, 403, 403, 403],
        "lead": [403, 200, 404, 403],
        "recorder": [403, 403, 404, 403],
        "member": [403, 403, 404, 403],
        "next door": [403, 404, 200, 403],
    }
    door = who["lead"].get(f"/campaigns/{season.campaign.uid}/tiers/")
    assert door.headers["Location"] == url(season, own)
    assert "没有给您看的" in who["member"].get(door.request["PATH_INFO"]).content.decode()
    assert "抓两头带中间" in who["lead"].get(f"/campaigns/{season.campaign.uid}/").content.decode()
    text = who["member"].get(f"/campaigns/{season.campaign.uid}/").content.decode()
    assert "抓两头带中间" not in text


def test_a_branch_reads_what_would_move_it(season, office):
    cast = season.cast
    set_up(season, office)
    problem = a_late_problem(season, cast.branch, cast.shen)
    text = client_as(cast.shen, Role.SECRETARY).get(url(season, f"of/{cast.branch.uid}/"))
    words = text.content.decode()
    assert "落后</span>" in words
    assert "下面 2 条里做到 1 条，就是一般。" in words
    assert "办掉 1 个" in words
    assert "补上 1 项次" in words
    assert f'href="/problems/{problem.uid}/">走廊的灯坏了没人报修' in words
    board = client_as(cast.gu, Role.CAMPAIGN_OFFICE).get(url(season, "?tier=lagging"))
    assert "育新小学党支部" in board.content.decode()
    assert "南湖小学党支部" not in board.content.decode()


def test_the_office_sets_criteria_on_pages(season):
    client = client_as(season.cast.gu, Role.CAMPAIGN_OFFICE)
    assert "还没有定标准" in client.get(url(season)).content.decode()
    form = {"side": "leading", "fact": "duty_rate:launch", "compare": "ge", "than": "120"}
    wrong = client.post(url(season, "criteria/new/"), form | {"reason": "先试"})
    assert wrong.status_code == 422
    assert "最多写 100" in wrong.content.decode()
    done = client.post(url(season, "criteria/new/"), form | {"than": "100", "reason": "先试"},
                       follow=True)  # fmt: skip
    assert "任务完成率（动员大会）不低于 100%" in done.content.decode()
    row = TierCriterion.objects.get()
    change = form | {"than": "80", "reason": "放宽一点"}
    client.post(url(season, f"criteria/{row.code}/"), change)
    terms = {"kinds": ["branch"], "lagging_at": "1", "new_days": "0", "reason": "都分"}
    client.post(url(season, "criteria/"), terms)
    client.post(url(season, f"criteria/{row.code}/end/"), {"reason": "不看了"})
    assert client.get(url(season, f"criteria/{row.code}/end/")).status_code == 404
    text = client.get(url(season, "criteria/")).content.decode()
    assert "还没有标准" in text
    assert "占了 1 条算落后" in text


def test_as_many_questions_for_thirty_as_for_two(season, office, django_assert_num_queries):
    cast = season.cast
    set_up(season, office)
    client = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    client.get(url(season))
    with django_assert_num_queries(QUERIES):
        client.get(url(season))
    with clock.at(date(2026, 1, 2)):
        maker = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        for n in range(28):
            found(maker, name=f"第{n}小学党支部", kind=Kind.BRANCH, parent=cast.bureau)
    for body in (cast.branch, cast.nanhu):
        a_late_problem(season, body, cast.shen if body == cast.branch else cast.wen)
    client.get(url(season))
    with django_assert_num_queries(QUERIES):
        assert "共 30 个" in client.get(url(season)).content.decode()


QUERIES = 26
