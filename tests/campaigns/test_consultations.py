"""A draft put out for opinions: how long, who gives them, each answered before it goes up."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.campaigns.conftest import BEGINS, PLEDGES, SMALL, fresh
from tests.cast import client_as

from zhengyou.campaigns import consulting as rules
from zhengyou.campaigns import targets
from zhengyou.campaigns.actions import campaigns, consultations, plans
from zhengyou.campaigns.models import Consultation, Outcome, Plan, SignedOpinion
from zhengyou.campaigns.queries import todo_for, waiting_for
from zhengyou.campaigns.queries.consultations import opinion_rows, opinions_on_plan, running_in
from zhengyou.desk.queries import desk_of
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.remarks.actions.answering import answer
from zhengyou.remarks.actions.moderating import hold, show
from zhengyou.remarks.actions.writing import write
from zhengyou.remarks.models import HoldReason, Remark, Reply

pytestmark = pytest.mark.django_db


def hat(cast, who: str, role: Role | None) -> Actor:
    return acting_as(cast.persons[who], role)


@pytest.fixture
def out(secretary, plan) -> Consultation:
    """The branch's draft, out for five working days from 15 September."""
    return consultations.consult(secretary, plan, 5)


def say(plan: Plan, text: str = "载体里加上课后看护。") -> Remark:
    """Somebody says something; return it as it waits."""
    target = targets.resolve_plan(plan.uid)
    before = set(Remark.objects.values_list("uid", flat=True))
    write(target, text)
    return Remark.objects.exclude(uid__in=before).get(text=text)


# --- how long -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (date(2026, 9, 7), 5, date(2026, 9, 14)),  # a Monday, full on the next one
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # the Sunday before the holidays works (调休)
        (date(2026, 9, 28), 5, date(2026, 10, 10)),  # 国庆 in between, the Saturday after works
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
    ],
)
def test_days_are_working_days(secretary, plan, first, days, last):
    with clock.at(first):
        made = consultations.consult(secretary, plan, days)
    assert made.ends_on == last
    assert [made.runs(day) for day in (first, last, last + timedelta(days=1))] == [1, 1, 0]


@pytest.mark.parametrize("days", [0, 4, 61])
def test_no_fewer_days_than_the_campaign_asks_for(secretary, plan, days):
    plan.campaign.consult_days = 5
    plan.campaign.save()
    with pytest.raises(Refused, match="5 到 60 个工作日"):
        consultations.consult(secretary, plan, days)


# --- who ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "role", "may"),
    # begin, stop, answer
    [
        ("shen", Role.SECRETARY, "011"),  # out already
        ("zhou", Role.DEPUTY_SECRETARY, "011"),
        ("tian", Role.RECORDER, "000"),
        ("su", Role.COMMITTEE_MEMBER, "000"),
        ("he", None, "000"),
        ("gu", Role.CAMPAIGN_OFFICE, "001"),  # from above: answers, as with remarks
        ("wen", Role.SECRETARY, "000"),
    ],
)
def test_who_may_what(cast, plan, out, who, role, may):
    actor = hat(cast, who, role)
    asked = (
        rules.may_consult(actor, plan),
        rules.may_stop(actor, out),
        rules.may_answer_opinions(actor, out),
    )
    assert "".join(str(int(bool(verdict))) for verdict in asked) == may
    assert all(verdict.reason for verdict in asked if not verdict)


def test_what_went_up_meanwhile_is_not_put_out(secretary, plan):
    old = fresh(plan)
    plan.submit(secretary)
    with pytest.raises(Refused):
        consultations.consult(secretary, old, 5)
    assert not Consultation.objects.exists()


def test_what_is_not_written_is_not_put_out(secretary, plan):
    plans.write(secretary, plan, {"theme": ""}, plan.revision)
    with pytest.raises(Refused, match="活动主题还没有写"):
        consultations.consult(secretary, fresh(plan), 5)


# --- before it goes up --------------------------------------------------------------------------
def test_it_goes_up_when_the_time_is_over_and_all_is_answered(secretary, plan, out):
    remark = say(plan)
    held = say(plan, "广告：卖灯。")
    with pytest.raises(Refused, match="到9月21日为止"):
        plan.submit(secretary)

    with clock.at(out.ends_on + timedelta(days=1)):
        with pytest.raises(Refused, match="2 条意见还没有看"):
            plan.submit(secretary)
        hold(secretary, [held], HoldReason.values[0])
        show(secretary, [remark])
        with pytest.raises(Refused, match="1 条意见还没有答复"):
            plan.submit(secretary)
        consultations.settle(secretary, out, remark, Outcome.ADOPTED)
        fresh(plan).submit(secretary)
    assert fresh(plan).state == "submitted"


def test_a_required_one_has_to_run_its_time(cast, office, secretary, mid_september):
    text = SMALL.replace("[phase.learn]", 'consult = "5个工作日"\n[phase.learn]', 1)
    campaign = campaigns.create(office, cast.bureau, text, BEGINS)
    campaign.open(office)
    plan = plans.adopt(secretary, campaign, cast.branch)
    plans.write(secretary, plan, {"pledges": PLEDGES}, plan.revision)
    with pytest.raises(Refused, match="公开征求意见 5 个工作日"):
        plan.submit(secretary)
    made = consultations.consult(secretary, plan, 5)
    with pytest.raises(Refused, match="写明理由"):
        consultations.stop(secretary, made, "")
    consultations.stop(secretary, made, "写错了，改好再来")
    with pytest.raises(Refused, match="公开征求意见 5 个工作日"):
        fresh(plan).submit(secretary)

    again = consultations.consult(secretary, fresh(plan), 5)
    with clock.at(again.ends_on + timedelta(days=1)):
        fresh(plan).submit(secretary)
        fresh(plan).send_back(office, {"theme": "再短些"}, revision=fresh(plan).revision)
        fresh(plan).submit(secretary)  # returned: it need not be put out again


# --- what becomes of an opinion -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("outcome", "reason", "refused", "reply"),
    [
        (Outcome.ADOPTED, "", "", "采纳。"),
        (Outcome.ADOPTED, "写进载体第三条", "", "采纳：写进载体第三条"),
        (Outcome.PARTLY, " ", "部分采纳要写明理由", None),
        (Outcome.DECLINED, "", "没采纳要写明理由", None),
        (Outcome.DECLINED, "教室不够", "", "没采纳：教室不够"),
        (Outcome.NOTED, "", "", ""),
    ],
)
def test_each_is_answered_in_words(secretary, plan, out, outcome, reason, refused, reply):
    remark = say(plan)
    show(secretary, [remark])
    if refused:
        with pytest.raises(Refused, match=refused):
            consultations.settle(secretary, out, remark, outcome, reason)
        assert not Reply.objects.exists()
        return
    consultations.settle(secretary, out, remark, outcome, reason)
    assert Reply.objects.get().text == reply
    (row,) = opinion_rows(out)
    assert (row.outcome, row.badge[1]) == (outcome, outcome.label)


def test_an_answer_is_corrected_and_one_given_elsewhere_stays(secretary, plan, out):
    first, second = say(plan, "第一条意见。"), say(plan, "第二条意见。")
    show(secretary, [first, second])
    answer(secretary, second, "已经当面说了。")
    consultations.settle(secretary, out, first, Outcome.DECLINED, "做不到")
    consultations.settle(secretary, out, first, Outcome.PARTLY, "先做一半")
    consultations.settle(secretary, out, second, Outcome.NOTED)

    texts = list(Reply.objects.order_by("answered_at", "pk").values_list("text", flat=True))
    assert texts == ["已经当面说了。", "没采纳：做不到", "部分采纳：先做一半"]
    assert {row.outcome for row in opinion_rows(out)} == {Outcome.PARTLY, Outcome.NOTED}
    facts = Fact.objects.filter(verb="consultation.settle")
    assert facts.count() == 3 and all(not fact.payload for fact in facts)


def test_later_remarks_about_the_public_plan_are_no_opinions_on_the_draft(
    office, secretary, plan, out
):
    remark = say(plan)
    show(secretary, [remark])
    consultations.settle(secretary, out, remark, Outcome.ADOPTED)
    with clock.at(out.ends_on + timedelta(days=1)):
        assert targets.resolve_plan(plan.uid).open.reason.startswith("征求意见已经结束")
        fresh(plan).submit(secretary)
        fresh(plan).approve(office, revision=fresh(plan).revision)
        fresh(plan).publish(secretary)
        show(secretary, [say(plan, "方案很好。")])
        ((_, rows),) = opinions_on_plan(fresh(plan))
    assert [row.text for row in rows] == ["载体里加上课后看护。"]


# --- a campaign put out to the bodies below -----------------------------------------------------
def test_the_bodies_below_speak_signed_before_a_campaign_starts(cast, office, draft):
    made = consultations.consult_below(office, draft, 3)
    shen, wen = hat(cast, "shen", Role.SECRETARY), hat(cast, "wen", Role.SECRETARY)
    assert [row.label for row in todo_for(shen)] == ["征求意见"]
    opinion = consultations.opine(shen, made, "家长开放周改在十月。")
    with pytest.raises(Refused, match="已经提过"):
        consultations.opine(shen, made, " 家长开放周改在十月。\n")
    assert todo_for(shen) == [] and len(todo_for(wen)) == 1
    for who, role in (("bai", Role.SECRETARY), ("tian", Role.RECORDER), ("gu", None)):
        with pytest.raises(Refused):
            consultations.opine(hat(cast, who, role), made, "我也说一句。")
    with pytest.raises(Refused, match="正在向下级征求意见"):
        draft.open(office)

    with clock.at(made.ends_on + timedelta(days=1)):
        with pytest.raises(Refused, match="征求意见已经结束"):
            consultations.opine(wen, made, "晚了。")
        with pytest.raises(Refused, match="1 条意见还没有答复"):
            draft.open(office)
        assert [row.label for row in waiting_for(office)] == ["要答复"]
        consultations.settle(office, made, opinion, Outcome.ADOPTED)
        assert waiting_for(office) == []
        (row,) = opinion_rows(made)
        assert row.who == "育新小学党支部书记沈若兰" and row.words == "采纳"
        draft.open(office)


# --- the desk and the lists ---------------------------------------------------------------------
def test_the_desk_follows_the_draft(secretary, plan, out):
    def now() -> tuple[str, str]:
        (errand,) = todo_for(secretary)
        return errand.label, errand.button

    assert now() == ("征求意见", "去看")
    remark = say(plan)
    with clock.at(out.ends_on + timedelta(days=1)):
        assert now() == ("要答复", "去答复")
        show(secretary, [remark])
        assert now() == ("要答复", "去答复")
        consultations.settle(secretary, out, remark, Outcome.NOTED)
        assert now()[1] == "去送审"


def test_an_opinion_on_the_draft_stands_on_the_desk_once(secretary, plan, out):
    def listed() -> list[tuple[str, str]]:
        return [(row.label, row.title) for row in desk_of(secretary).todo if "意见" in row.title]

    remark = say(plan)
    show(secretary, [remark])
    title = f"“{plan.campaign.title}”方案"
    assert listed() == [("征求意见", f"{title}正在征求意见")]
    with clock.at(out.ends_on + timedelta(days=1)):
        assert listed() == [("要答复", f"{title}收到的意见，1 条意见还没有答复")]
    remark.refresh_from_db()
    with clock.at(remark.due_on + timedelta(days=1)):
        assert listed() == [("答复过期", f"{title}收到的意见，1 条意见还没有答复")]
        Plan.objects.filter(pk=plan.pk).update(state="submitted", submitted_at=clock.now())
        assert [row[1] for row in listed()] == ["1 条群众意见要答复"], "no draft row: here"


def test_one_opinion_and_thirty_take_the_same_queries(secretary, plan, out):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            opinion_rows(Consultation.objects.select_related("plan").get(pk=out.pk))
            list(running_in(plan.campaign))
            todo_for(secretary)
        return len(seen)

    show(secretary, [say(plan)])
    one = queries()
    for number in range(29):
        say(plan, f"第 {number} 条意见。")
    show(secretary, list(Remark.objects.filter(state="waiting")))
    assert queries() == one


# --- over HTTP ----------------------------------------------------------------------------------
def test_a_draft_is_put_out_changed_spoken_about_and_answered(cast, plan):
    shen, public = client_as(cast.shen, Role.SECRETARY), Client()
    begin = f"/plans/{plan.uid}/consult/"
    assert "征求意见几个工作日" in shen.get(begin).content.decode()
    assert shen.post(begin, {"days": "99"}).status_code == 422
    answer = shen.post(begin, {"days": "5"})
    made = Consultation.objects.get()
    assert answer["Location"] == f"/consultations/{made.uid}/"

    page = f"/consult/{made.uid}/"
    seen = public.get(page).content.decode()
    assert "征求意见稿" in seen and "三尺讲台见初心" in seen and "提意见" in seen
    assert PLEDGES[:10] not in seen, "only theme, carriers and aims are put out"
    assert page in public.get(f"/c/{plan.campaign.uid}/").content.decode()
    secretary = hat(cast, "shen", Role.SECRETARY)
    plans.write(secretary, fresh(plan), {"theme": "三尺讲台见真心"}, plan.revision)
    seen = public.get(page).content.decode()
    assert "<del>" in seen and "<ins>" in seen

    remark = say(plan)
    inside = f"/consultations/{made.uid}/"
    assert "载体里加上课后看护" not in shen.get(inside).content.decode()
    show(secretary, [remark])
    assert "载体里加上课后看护" in shen.get(inside).content.decode()
    settle = f"{inside}{remark.uid}/"
    prefix = str(remark.uid)
    bad = shen.post(settle, {f"{prefix}-outcome": "declined"})
    assert bad.status_code == 422 and "没采纳要写明理由" in bad.content.decode()
    given = {f"{prefix}-outcome": "declined", f"{prefix}-reason": "看护另有安排"}
    assert client_as(cast.wen, Role.SECRETARY).post(settle, given).status_code == 404
    assert shen.post(settle, given).status_code == 302
    assert "没采纳：看护另有安排" in public.get(page).content.decode()
    with clock.at(made.ends_on + timedelta(days=1)):
        seen = public.get(page).content.decode()
        assert "没采纳：看护另有安排" in seen and "提意见</a>" not in seen
        text = "还没有定的新主题"
        plans.write(secretary, fresh(plan), {"theme": text}, fresh(plan).revision)
        seen = public.get(page).content.decode()
        assert text not in seen and "三尺讲台见初心" in seen, "what is written on is not public"
        assert text in shen.get(inside).content.decode()
        assert page not in public.get(f"/c/{plan.campaign.uid}/").content.decode()


def test_a_campaigns_draft_over_http(cast, draft):
    gu, shen = client_as(cast.gu, Role.CAMPAIGN_OFFICE), client_as(cast.shen, Role.SECRETARY)
    assert gu.post(f"/campaigns/{draft.uid}/consult/", {"days": "2"}).status_code == 302
    page = f"/consultations/{Consultation.objects.get().uid}/"
    assert shen.get(f"/campaigns/{draft.uid}/").status_code == 404
    assert "周周回馈" in shen.get(page).content.decode()
    assert client_as(cast.bai, Role.SECRETARY).get(page).status_code == 404
    assert shen.post(f"{page}opine/", {"text": ""}).status_code == 422
    assert shen.post(f"{page}opine/", {"text": "再加一条：家访。"}).status_code == 302
    opinion = SignedOpinion.objects.get()
    given = {f"{opinion.uid}-outcome": "adopted", f"{opinion.uid}-reason": ""}
    assert shen.post(f"{page}{opinion.uid}/", given).status_code == 403
    assert gu.post(f"{page}{opinion.uid}/", given).status_code == 302
    assert gu.post(f"{page}stop/", {"reason": ""}).status_code == 422
    assert gu.post(f"{page}stop/", {"reason": "都提完了"}).status_code == 302
    assert gu.post(f"/campaigns/{draft.uid}/start/").status_code == 302
