"""Whoever means harm, or presses twice, or comes from elsewhere: duties, records, posts, rotas."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.cast import Cast, account_of, client_as
from tests.work.reporting import begun, say, sent
from tests.work.scene import BEGINS, TEXT, a_duty, record_of
from tests.work.test_record_pages import shown

from zhengyou.campaigns.actions import campaigns
from zhengyou.desk import feeds, letters
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.work import rules
from zhengyou.work.actions import duties as duty_acts
from zhengyou.work.actions import (
    enrolling,
    log_checks,
    recording,
    resources,
    rotas,
    series,
    service_posts,
)
from zhengyou.work.asking import of_terms
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import (
    Cadence,
    CheckResult,
    Credit,
    DutyExemption,
    Enrolment,
    Part,
    Record,
    RecordKind,
    ResourceKind,
    ServiceKind,
)
from zhengyou.work.queries.agenda import agenda_of
from zhengyou.work.queries.record_desk import todo_for
from zhengyou.work.rotas import Book

TODAY = date(2026, 10, 16)
FEEDBACK = """
[duty.theme]
title = "主题党日"
who = { kind = ["党支部"] }
record = ["主题党日"]
every = "每月"
"""


@pytest.fixture(autouse=True)
def _day():
    with clock.at(TODAY):
        yield


def shen(cast: Cast) -> Actor:
    return acting_as(cast.shen, Role.SECRETARY)


ASKED = ["month=9999-12", "month=0001-01", "month=2026-13", "since=9999-12-31&until=0001-01-01",
         "page=-1", "page=x"]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_whatever_a_book_is_asked_it_answers(cast, asked) -> None:
    assert client_as(cast.tian, Role.RECORDER).get(
        f"/orgs/{cast.branch.uid}/records/?{asked}"
    ).status_code == 200  # fmt: skip


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_nobody_means_is_refused_wherever_days_are_typed(cast, day) -> None:
    lead = client_as(cast.shen, Role.SECRETARY)
    page = lead.get(f"/orgs/{cast.branch.uid}/records/new/assembly/")
    sent = shown(page) | {"text": "开会", "on": day, "later": "1"}
    assert lead.post(page.request["PATH_INFO"], sent).status_code == 422
    rota = rotas.open_rota(
        shen(cast), cast.branch, title="值周", record=RecordKind.DUTY_WEEK, order=["一班"]
    )
    gone = lead.post(
        f"/rotas/{rota.uid}/pause/", {"first": "2026-10-20", "last": day, "reason": "假"}
    )
    assert gone.status_code == 422


def test_a_series_of_talks_tells_nobody_else_with_whom_one_talked(cast) -> None:
    talk = Content(RecordKind.TALK, TODAY, title="谈心", text="家里有困难",
                   people=(Attendee(cast.shen, part=Part.HOST), Attendee(cast.fang)))  # fmt: skip
    record = recording.enter(shen(cast), cast.branch, talk)
    often = series.start(shen(cast), record, Cadence.MONTH)
    assert not agenda_of(cast.branch, TODAY, date(2027, 1, 1)), "every member has the link"
    with clock.at(date(2026, 11, 17)):
        assert [row.title for row in todo_for(shen(cast))] == ["谈心"]
        assert not todo_for(acting_as(cast.tian, Role.RECORDER))
    url = f"/orgs/{cast.branch.uid}/records/new/talk/?series={often.uid}"
    assert client_as(cast.song).get(url).status_code == 403, "a member keeps no series"
    ticked = {
        hat[0].name: {
            line.person.name
            for line in client_as(*hat).get(url).context["form"].people.all
            if line.ticked
        }
        for hat in ((cast.shen, Role.SECRETARY), (cast.tian, Role.RECORDER))
    }
    assert ticked == {"沈若兰": {"沈若兰", "方晓岚"}, "田雨禾": set()}


def test_drafts_are_not_asked_of_who_has_left(cast) -> None:
    tian = acting_as(cast.tian, Role.RECORDER)
    recording.begin(tian, cast.branch, Content(RecordKind.ASSEMBLY, TODAY, title="开会"))
    notes = Content(RecordKind.NOTES, TODAY, title="笔记")
    recording.begin(acting_as(cast.song), cast.branch, notes)
    assert len(todo_for(tian)) == 1 and len(todo_for(acting_as(cast.song))) == 1
    cast.tian.posts.end(TODAY)
    assert not todo_for(acting_as(cast.tian)), "the books are kept by another now"
    assert len(todo_for(acting_as(cast.song))) == 1


@pytest.fixture
def teacher(cast):
    post = service_posts.open_post(shen(cast), cast.school, title="一（1）班班主任",
                                   kind=ServiceKind.WORK, duties="写日志")  # fmt: skip
    return service_posts.assign(shen(cast), post, cast.song)


def test_how_a_log_was_found_stays_with_that_one_and_the_hands_of_the_body(cast, teacher) -> None:
    check = log_checks.check_log(shen(cast), teacher, on=TODAY, words="漏了三天",
                                 result=CheckResult.WEAK)  # fmt: skip
    sees = {
        "checked": acting_as(cast.song), "secretary": shen(cast),
        "recorder": acting_as(cast.tian, Role.RECORDER), "colleague": acting_as(cast.fang),
        "group leader": acting_as(cast.wei, Role.GROUP_LEADER),
        "office above": acting_as(cast.gu, Role.CAMPAIGN_OFFICE),
        "inspector": acting_as(cast.yin, Role.INSPECTOR),
        "next door": acting_as(cast.wen, Role.SECRETARY),
    }  # fmt: skip
    found = {who for who, actor in sees.items() if rules.may_see_record(actor, check.record)}
    assert found == {"checked", "secretary", "recorder"}
    assert not rules.may_strike(acting_as(cast.song), check.record)
    assert not rules.may_record_kind(acting_as(cast.song), cast.branch, RecordKind.LOG_CHECK)


def test_letters_and_calendars_name_nobody_and_say_nothing_of_what_was_found(cast, teacher) -> None:
    gate = service_posts.open_post(shen(cast), cast.branch, title="护学岗",
                                   kind=ServiceKind.VANGUARD, duties="护送")  # fmt: skip
    service_posts.choose(acting_as(cast.wei), gate)
    log_checks.check_log(shen(cast), teacher, on=TODAY, words="漏", result=CheckResult.WEAK)
    rota = rotas.open_rota(
        shen(cast),
        cast.branch,
        title="巡查",
        record=RecordKind.PATROL,
        order=["一班"],
        since=date(2026, 10, 12),
    )
    rotas.record_turn(shen(cast), rota, on=TODAY, text="有事",
                      finds=[rotas.Found("小明在打架", "操场", cast.shen)])  # fmt: skip
    recording.begin(shen(cast), cast.branch,
                    Content(RecordKind.TALK, TODAY, title="和方晓岚谈心"))  # fmt: skip
    account = account_of(cast.shen)
    todo, waiting = letters.everything(account)
    said = " ".join(errand.title for errand in (*todo, *waiting))
    said += " ".join(f"{row.title} {row.words}" for row in feeds.of_person(account))
    assert "有人选了服务岗位" in said and "巡查发现了一个问题" in said and "没写完的纪实" in said
    assert not [word for word in ("魏长青", "宋知行", "方晓岚", "小明", "沈若兰") if word in said]


def test_two_who_change_a_turn_at_once(cast) -> None:
    lead = shen(cast)
    rota = rotas.open_rota(lead, cast.branch, title="值周", record=RecordKind.DUTY_WEEK,
                           order=["一班", "二班", "三班"], since=date(2026, 10, 12))  # fmt: skip
    one, two, three = Book.of(rota).turns(TODAY, date(2026, 11, 1))[:3]
    rotas.swap(lead, rota, one, two, "期中考试")
    with pytest.raises(Stale):
        rotas.swap(lead, rota, one, three, "期中考试")
    with pytest.raises(Stale):
        rotas.stand_in(lead, rota, two, "四班", "请假")
    fresh = Book.of(type(rota).objects.get(pk=rota.pk)).turns(TODAY, date(2026, 11, 1))
    assert [turn.who for turn in fresh[:3]] == ["二班", "一班", "三班"]


def test_resources_are_planned_in_a_campaign_that_runs_and_reaches_the_body(season) -> None:
    cast = season.cast
    what = {"title": "书", "kind": ResourceKind.MONEY, "unit": "元", "planned": Decimal(1)}
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    draft = campaigns.create(office, cast.bureau, TEXT, BEGINS)
    for campaign, body, actor in (
        (draft, cast.branch, shen(cast)),
        (season.campaign, cast.village, acting_as(cast.bai, Role.SECRETARY)),
    ):
        with pytest.raises(Refused):
            resources.plan(actor, campaign, body, **what)
    campaigns.discard(office, draft)


def test_what_was_done_before_a_campaign_starts_in_the_system_counts(cast) -> None:
    done = record_of(cast.branch, "theme_day", date(2026, 9, 8), cast.shen)
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    campaign = campaigns.create(office, cast.bureau, TEXT + FEEDBACK, BEGINS)
    assert not Credit.objects.filter(record=done)
    campaign.open(office)
    assert [row.organisation for row in Credit.objects.filter(record=done)] == [cast.branch]


def test_posts_and_rotas_that_are_there_are_entered_with_a_duty_that_comes_later(season) -> None:
    cast, lead = season.cast, shen(season.cast)
    rota = rotas.open_rota(lead, cast.branch, title="值周", record=RecordKind.DUTY_WEEK,
                           order=["一班"])  # fmt: skip
    other = rotas.open_rota(lead, cast.branch, title="巡查", record=RecordKind.PATROL,
                            order=["一班"])  # fmt: skip
    rotas.open_rota(acting_as(cast.bai, Role.SECRETARY), cast.village, title="值周",
                    record=RecordKind.DUTY_WEEK, order=["一组"])  # fmt: skip
    like = a_duty(season.campaign, "like", whose="enrolled", enrols="rota", cadence="month",
                  records=["duty_week"])  # fmt: skip
    data = of_terms(like.terms.select_related("duty").get())
    like.delete()
    done = record_of(cast.branch, "duty_week", TODAY, cast.song, about=rota.ref)
    duty = duty_acts.add(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), season.campaign, data, TODAY,
                         "值周也要算")  # fmt: skip
    entered = Enrolment.objects.filter(duty=duty)
    assert [row.about_uid for row in entered] == [rota.uid] and other.uid != rota.uid
    assert [row.enrolment for row in Credit.objects.filter(record=done)] == list(entered)


def test_a_secretary_is_exempted_from_above_and_nobody_else_is(season) -> None:
    cast = season.cast
    qin = client_as(cast.qin, Role.SECRETARY)
    url = f"/duties/of/{cast.branch.uid}/exemptions/"
    sent = {"duty": str(season["notes"].uid), "since": "2026-10-16", "reason": "在外地学习"}
    strange = qin.post(url, sent | {"who": str(cast.song.uid)})
    assert strange.status_code == 422 and not DutyExemption.objects.exists()
    assert qin.post(url, sent | {"who": str(cast.shen.uid)}).status_code == 302
    row = DutyExemption.objects.get()
    assert row.person == cast.shen and "沈若兰" in qin.get(url).content.decode()
    office = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    assert "沈若兰" not in office.get(url).content.decode()
    assert office.post(f"{url}{row.uid}/end/").status_code == 404
    assert qin.post(f"{url}{row.uid}/end/").status_code == 302
    assert qin.post(f"{url}{row.uid}/end/").status_code == 404, "it is over"


def test_nothing_of_others_by_uid(season) -> None:
    """What belongs to the next branch is not there, whoever asks with whatever number."""
    cast = season.cast
    mine = record_of(cast.branch, "theme_day", TODAY, cast.shen)
    draft = recording.begin(shen(cast), cast.branch, Content(RecordKind.TALK, TODAY))
    post = service_posts.open_post(shen(cast), cast.branch, title="岗", kind=ServiceKind.VANGUARD,
                                   duties="做")  # fmt: skip
    wen = client_as(cast.wen, Role.SECRETARY)
    body = cast.branch.uid
    for url in (f"/records/{mine.uid}/", f"/records/{draft.uid}/write/",
                f"/records/{mine.uid}/sheet/", f"/posts/{post.uid}/", f"/duties/of/{body}/",
                f"/orgs/{body}/records.xlsx",
                f"/duties/map/{season.campaign.uid}/{body}/data.json",
                f"/reports/of/{body}/", f"/burden/{body}/"):  # fmt: skip
        assert wen.get(url).status_code in (403, 404), url
    for url in (f"/records/{mine.uid}/strike/", f"/records/{draft.uid}/discard/",
                f"/records/{mine.uid}/files/{uuid4()}/drop/", f"/posts/{post.uid}/choose/",
                f"/duties/of/{body}/intervals/", f"/posts/of/{body}/new/"):  # fmt: skip
        assert wen.post(url, {"reason": "x"}).status_code in (403, 404), url
    gu = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    assert gu.get(f"/records/{draft.uid}/write/").status_code == 404, "a draft of others"
    assert Record.objects.filter(pk=draft.pk).exists()


def test_above_the_body_nobody_is_named_late(season) -> None:
    cast = season.cast
    duty = a_duty(season.campaign, "yearly", title="述职", whose="holders", roles=["secretary"],
                  kinds=["branch"], cadence="month", records=["report"])  # fmt: skip
    report = begun(shen(cast), duty, cast.branch, cast.shen, date(2026, 9, 1))
    say(shen(cast), report, "done", "讲了党课。")
    sent(shen(cast), report)
    assert report.late
    seen = {
        who: [
            "迟了" in client_as(*hat).get(url).content.decode()
            for url in (
                "/desk/",
                f"/reports/of/{cast.bureau.uid}/?below=1",
                f"/reports/{report.uid}/",
            )
        ]
        for who, hat in {
            "above": (cast.qin, Role.SECRETARY),
            "oneself": (cast.shen, Role.SECRETARY),
        }.items()
    }
    assert seen == {"above": [False, False, False], "oneself": [False, False, True]}


def test_what_was_done_before_something_is_enrolled_counts_from_its_first_day(season) -> None:
    cast, pair = season.cast, Ref("pair", uuid4(), "一户")
    early, done = (
        record_of(cast.branch, "visit", day, cast.song, about=pair)
        for day in (date(2026, 9, 30), date(2026, 10, 8))
    )
    with book.writing() as facts:
        since = date(2026, 10, 1)
        enrolling.enrol(facts, shen(cast), season["visit"], pair, cast.branch, cast.song, since)
    assert [row.record for row in Credit.objects.filter(record__in=[early, done])] == [done]
