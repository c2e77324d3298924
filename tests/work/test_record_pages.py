"""Pages of records over HTTP: from the choice of a kind to the book, the sheet and the workbook."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import client_as
from tests.files.samples import PNG
from tests.pledges.conftest import PLEDGING, build

from zhengyou.desk.finding import find
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.people.actions import merging
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.work.actions import recording
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import Participant, Record, RecordKind, RecordSeries, RecordState, Wish

DAY = date(2026, 10, 12)  # a Monday
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.at(DAY):
        yield


def shown(page):
    """Return the values of a form as a browser would send them back."""
    form = page.context["form"]
    sent = {"listed_on": form.people.day.isoformat()}
    for bound in form:
        value = bound.value()
        if value not in (None, "", []) and bound.name != "attached":
            sent[bound.name] = value
    sent |= {line.at: line.value for line in form.people.all if line.value}
    return sent


def test_a_routine_meeting_from_the_choice_to_the_book(cast):
    tian = client_as(cast.tian, Role.RECORDER)
    base = f"/orgs/{cast.branch.uid}/records/"
    choice = tian.get(f"{base}new/").content.decode()
    assert "支部党员大会" in choice and "党小组会" not in choice.split("替下面的记")[0]
    page = tian.get(f"{base}new/assembly/")
    assert "有表决权的党员应到 7 人，实到 7 人，另有 1 人参加" in page.content.decode()
    sent = shown(page) | {f"at-{cast.he.uid}": "excused", f"at-{cast.wei.uid}": "absent"}
    wrong = tian.post(f"{base}new/assembly/", sent | {"text": ""})
    assert wrong.status_code == 422 and "写一写内容" in wrong.content.decode()
    again = shown(wrong)
    assert again[f"at-{cast.he.uid}"] == "excused"  # nothing is lost
    done = tian.post(f"{base}new/assembly/", again | {"text": "讨论了近期工作", "repeat": "week"})
    record = Record.objects.get()
    assert done.headers["Location"] == f"/records/{record.uid}/"
    twice = tian.post(f"{base}new/assembly/", again | {"text": "讨论了近期工作"})
    assert twice.status_code == 302 and Record.objects.count() == 1
    text = tian.get(f"/records/{record.uid}/").content.decode()
    for words in ("实到 5 人", "请假，1 人", "贺建国", "没有哪个活动的任务"):
        assert words in text
    book = tian.get(base, {"kind": "meeting", "month": "2026-10", "person": "沈若兰"})
    assert "支部党员大会" in book.content.decode()
    assert "放宽条件" in tian.get(base, {"person": "贺建国"}).content.decode()
    excel = tian.get(f"/orgs/{cast.branch.uid}/records.xlsx", {"kind": "assembly"})
    assert b"".join(excel.streaming_content)[:2] == b"PK"


def test_the_next_of_a_series_asks_for_the_words_only(cast):
    tian = client_as(cast.tian, Role.RECORDER)
    url = f"/orgs/{cast.branch.uid}/records/new/staff_meeting/"
    first = shown(tian.get(url)) | {
        "title": "周一例会", "place": "小会议室", "begins_at": "15:30", "text": "第一周",
        "repeat": "week", "host": str(cast.shen.uid), f"at-{cast.he.uid}": "excused",
    }  # fmt: skip
    assert tian.post(url, first).status_code == 302
    series = RecordSeries.objects.get()
    assert (series.day, series.title) == (1, "周一例会")
    with clock.at(date(2026, 10, 20)):
        book = tian.get(f"/orgs/{cast.branch.uid}/records/").content.decode()
        assert "周一例会" in book and "10月19日" in book and "该记了" in book
        desk = tian.get("/desk/").content.decode()
        assert "每周一，打开就填好大半" in desk and "记一件做过的事" in desk
        page = tian.get(url, {"series": str(series.uid)})
        sent = shown(page)
        assert (sent["on"], sent["place"], sent["host"]) == (
            date(2026, 10, 19), "小会议室", str(cast.shen.uid),
        )  # fmt: skip
        assert sent[f"at-{cast.he.uid}"] == "present"  # who was there last time is not guessed
        done = tian.post(f"{url}?series={series.uid}", sent | {"text": "第二周"})
        assert done.status_code == 302 and series.records.count() == 2
    assert tian.get(url, {"series": str(uuid4())}).status_code == 404
    page = f"/record-series/{series.uid}/"
    bad = tian.post(page, {"title": "例会", "day": "9"})
    assert bad.status_code == 422 and "1 到 7" in bad.content.decode()
    assert tian.post(page, {"title": "例会", "day": "2", "at": "9点"}).status_code == 422
    assert tian.post(page, {"title": "例会", "day": "2", "at": "09:00"}).status_code == 302
    assert tian.post(f"{page}end/").status_code == 302
    assert tian.post(f"{page}end/").status_code == 409


def test_a_draft_saves_itself_on_the_phone_and_is_finished_on_the_pc(cast):
    phone, desk = client_as(cast.tian, Role.RECORDER), client_as(cast.tian, Role.RECORDER)
    url = f"/orgs/{cast.branch.uid}/records/new/theme_day/"
    sent = shown(phone.get(url)) | {"text": "上午植树"}
    typed = phone.post(url, sent, headers={"HX-Request": "true"})
    draft = Record.objects.get()
    assert typed.headers["HX-Replace-Url"] == f"/records/{draft.uid}/write/"
    assert "已存" in typed.content.decode() and 'hx-swap-oob="true"' in typed.content.decode()
    more = phone.post(f"/records/{draft.uid}/write/", sent | {"text": "上午植树 40 棵"},
                      headers={"HX-Request": "true"})  # fmt: skip
    assert "已存" in more.content.decode()
    for page in (f"/orgs/{cast.branch.uid}/records/", "/desk/"):
        assert "接着写" in desk.get(page).content.decode()
    assert desk.get(f"/records/{draft.uid}/").headers["Location"].endswith("/write/")
    at_desk = shown(desk.get(f"/records/{draft.uid}/write/"))
    assert at_desk["text"] == "上午植树 40 棵"
    with clock.at(date(2026, 10, 13)):
        again = sent | {"text": "手机上又写了"}
        phone.post(f"/records/{draft.uid}/write/", again, headers={"HX-Request": "true"})
    clash = desk.post(f"/records/{draft.uid}/write/", at_desk | {"text": "电脑上写的"})
    assert clash.status_code == 409 and "没有丢" in clash.content.decode()
    photo = {"attached": SimpleUploadedFile("签到.png", PNG)}
    kept = shown(clash)
    assert kept["text"] == "电脑上写的"
    assert desk.post(f"/records/{draft.uid}/write/", kept | photo).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.text) == (RecordState.FINISHED, "电脑上写的")
    assert "签到.png" in desk.get(f"/records/{draft.uid}/").content.decode()
    (file,) = attachments_of(draft.ref)
    wrong = f"/records/{draft.uid}/files/{uuid4()}/drop/"
    assert desk.post(wrong).status_code == 404
    assert desk.post(f"/records/{draft.uid}/files/{file.uid}/drop/").status_code == 302
    assert not attachments_of(draft.ref)
    late = phone.post(f"/records/{draft.uid}/write/", sent, headers={"HX-Request": "true"})
    assert "没存上" in late.content.decode()
    changed = shown(desk.get(f"/records/{draft.uid}/write/")) | {"why": "补上棵数", "text": "45 棵"}
    assert desk.post(f"/records/{draft.uid}/write/", changed).status_code == 302
    assert "补上棵数" in desk.get(f"/records/{draft.uid}/").content.decode()
    assert desk.post(f"/records/{draft.uid}/strike/", {"reason": ""}).status_code == 422
    assert desk.post(f"/records/{draft.uid}/strike/", {"reason": "重了"}).status_code == 302
    assert "划去的理由" in desk.get(f"/records/{draft.uid}/").content.decode()


def test_another_day_has_another_list(cast):
    tian = client_as(cast.tian, Role.RECORDER)
    url = f"/orgs/{cast.branch.uid}/records/new/theme_day/"
    sent = shown(tian.get(url)) | {"text": "补记", "on": "2026-09-10"}
    del sent[f"at-{cast.fang.uid}"]  # as if the list of today were without her
    asked = tian.post(url, sent)
    assert asked.status_code == 422 and "还有方晓岚" in asked.content.decode()
    assert tian.post(url, shown(asked) | {"text": "补记"}).status_code == 302
    record = Record.objects.get()
    assert record.on == date(2026, 9, 10) and record.participants.count() == 8
    assert "补录" in tian.get(f"/records/{record.uid}/").content.decode()
    stranger = shown(tian.get(url)) | {"text": "x", f"at-{cast.wen.uid}": "present"}
    assert "不在本组织" in tian.post(url, stranger).content.decode()


def test_wrong_rows_and_numbers_are_told_and_kept(cast):
    bai = client_as(cast.bai, Role.SECRETARY)
    url = f"/orgs/{cast.village.uid}/records/new/visit/"
    sent = shown(bai.get(url)) | {
        f"at-{cast.bai.uid}": "present", "free_names": "三组柏家、 五组 陶家，", "hours": "两",
        "wish-0": "路灯不亮", "outcome-0": "met", "answer-0": "", "what-0": "化肥",
        "amount-0": "１２", "unit-0": "",
    }  # fmt: skip
    page = bai.post(url, sent)
    text = page.content.decode()
    assert page.status_code == 422
    for words in ("写成数字", "怎么办的", "单位都要写", "三组柏家、 五组 陶家，", "路灯不亮"):
        assert words in text
    typed = bai.post(url, sent | {"hours": ""}, headers={"HX-Request": "true"}).content.decode()
    assert "已存" in typed and "数量第 1 行" in typed  # half a row is no mistake while one writes
    assert Wish.objects.get().outcome == "met"
    sent["key"] = str(uuid4())
    right = sent | {"hours": "1.5", "answer-0": "换了灯", "unit-0": "袋", "on": "２０２６-10-11"}
    assert bai.post(url, right).status_code == 302
    record = Record.objects.get(state=RecordState.FINISHED)
    text = bai.get(f"/records/{record.uid}/").content.decode()
    for words in ("办到了", "化肥 12 袋", "三组柏家", "1.5"):
        assert words in text


def test_a_practice_team_has_a_paper_for_each(cast):
    shen = client_as(cast.shen, Role.SECRETARY)
    url = f"/orgs/{cast.branch.uid}/records/new/practice/"
    sent = shown(shen.get(url)) | {
        "text": "到石桥村住了五天，回来汇报展示", "until": "2026-10-12", "on": "2026-10-08",
        f"at-{cast.fang.uid}": "present", f"own-{cast.fang.uid}": "3000",
        f"note-{cast.fang.uid}": "石桥村留守儿童的课后时间",
        f"at-{cast.jiang.uid}": "present", f"own-{cast.jiang.uid}": "2500",
    }  # fmt: skip
    assert shen.post(url, sent).status_code == 302
    row = Participant.objects.get(person=cast.fang)
    assert (row.amount, row.note) == (3000, "石桥村留守儿童的课后时间")
    text = shen.get(f"/records/{Record.objects.get().uid}/").content.decode()
    assert "文章字数 3000，石桥村留守儿童的课后时间" in text


def test_the_sheet_leads_back_and_takes_no_attendance(cast):
    tian = client_as(cast.tian, Role.RECORDER)
    url = f"/orgs/{cast.branch.uid}/records/new/assembly/"
    sent = shown(tian.get(url)) | {"on": "2026-10-30", "sheet": "1"}
    for _ in range(2):  # pressed twice, and the file sent twice
        made = tian.post(url, sent | {"attached": SimpleUploadedFile("通知.png", PNG)})
    assert len(attachments_of(Record.objects.get().ref)) == 1
    record = Record.objects.get()
    assert made.headers["Location"] == f"/records/{record.uid}/sheet/"
    text = tian.get(made.headers["Location"]).content.decode()
    assert "<svg" in text and text.count('class="name"') == 9 + 6 + 0 and "沈若兰" in text
    assert not re.search("style=", text)
    early = tian.post(f"/records/{record.uid}/write/", shown(tian.get(
        f"/records/{record.uid}/write/")) | {"text": "还没开"})  # fmt: skip
    assert early.status_code == 422 and "日子还没到" in early.content.decode()
    assert tian.post(f"/records/{record.uid}/discard/").status_code == 302
    assert not Record.objects.exists()


def test_the_book_takes_as_many_queries_for_one_as_for_thirty(cast):
    shen = client_as(cast.shen, Role.SECRETARY)
    actor = acting_as(cast.shen, Role.SECRETARY)
    content = Content(
        kind=RecordKind.STUDY, on=DAY, text="读书", people=(Attendee(cast.shen), Attendee(cast.su))
    )
    counts = []
    for many in (1, 29):
        for _ in range(many):
            recording.enter(actor, cast.branch, content)
            recording.begin(actor, cast.branch, content)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert shen.get(f"/orgs/{cast.branch.uid}/records/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_record_says_what_it_counts_for_and_what_is_lost_by_striking_it(cast, season):
    tian = client_as(cast.tian, Role.RECORDER)
    url = f"/orgs/{cast.branch.uid}/records/new/assembly/"
    assert "活动里要做的" in tian.get(f"/orgs/{cast.branch.uid}/records/new/").content.decode()
    done = tian.post(url, shown(tian.get(url)) | {"text": "季度大会"}, follow=True)
    text = done.content.decode()
    assert "记好了，算进“支部党员大会”" in text and season.campaign.title in text
    record = Record.objects.get()
    warned = tian.get(f"/records/{record.uid}/strike/").content.decode()
    assert "少算一次" in warned and "支部党员大会" in warned
    book = tian.get(f"/orgs/{cast.branch.uid}/records/").content.decode()
    assert "算 1 项任务" in book
    url = f"/orgs/{cast.branch.uid}/records/new/theme_day/"
    late = shown(tian.get(url)) | {"text": "上个月的", "on": "2026-09-28"}
    page = tian.post(url, late, follow=True).content.decode()
    assert "，8 人，补录</span>" in page


def test_whoever_goes_on_from_a_body_keeps_its_book(cast):
    group = Content(
        kind=RecordKind.GROUP_MEETING, on=DAY, text="读报", people=(Attendee(cast.fang),)
    )
    record = recording.enter(acting_as(cast.song, Role.GROUP_LEADER), cast.low, group)
    tian, book = client_as(cast.tian, Role.RECORDER), f"/orgs/{cast.branch.uid}/records/"
    assert "低段党小组，党小组会" in tian.get(book, {"below": "1"}).content.decode()
    assert "党小组会，" not in tian.get(book).content.decode()
    wei = client_as(cast.wei, Role.GROUP_LEADER)
    assert wei.get(f"/records/{record.uid}/").status_code == 404
    with clock.at(date(2026, 10, 20)):
        shen = acting_as(cast.shen, Role.SECRETARY)
        merging.merge(shen, [cast.low], into=cast.high)
    with clock.at(date(2026, 10, 21)):
        assert "读报" in wei.get(f"/records/{record.uid}/").content.decode()
        assert wei.get(f"/orgs/{cast.low.uid}/records/").status_code == 200
        changed = shown(wei.get(f"/records/{record.uid}/write/")) | {"why": "漏了", "text": "读书"}
        assert wei.post(f"/records/{record.uid}/write/", changed).status_code == 302


def test_records_are_found_from_within_by_words_and_names(cast):
    record = recording.enter(
        acting_as(cast.shen, Role.SECRETARY), cast.branch,
        Content(kind=RecordKind.SERVICE, on=DAY, title="护学", scope="society", place="东门",
                text="东门放学护学一小时", people=(Attendee(cast.song),)),
    )  # fmt: skip
    for person, role, seen in (
        (cast.shen, Role.SECRETARY, True), (cast.song, None, True), (cast.gu, None, False),
        (cast.gu, Role.CAMPAIGN_OFFICE, True), (cast.wen, Role.SECRETARY, False),
    ):  # fmt: skip
        for word in ("放学护学", "宋知行 护学"):
            rows = [row.url for part in find(acting_as(person, role), word).parts
                    for row in part.rows if part.title == "纪实"]  # fmt: skip
            assert rows == ([f"/records/{record.uid}/"] if seen else []), (person.name, word)
    recording.strike(acting_as(cast.shen, Role.SECRETARY), record, "重了")
    assert not find(acting_as(cast.shen, Role.SECRETARY), "放学护学").parts


def test_a_record_names_the_pledges_it_keeps(cast):
    with clock.at(PLEDGING):
        pledge = build(cast).published("song")
    item = pledge.items.first()
    tian = client_as(cast.tian, Role.RECORDER)
    url = f"/orgs/{cast.low.uid}/records/new/service/"
    page = tian.get(url)
    assert f"宋知行：{item.text}" in page.content.decode()
    sent = shown(page) | {
        f"at-{cast.song.uid}": "present", "scope": "unit", "text": "讲了一小时题",
        "links": [f"pledge_item:{item.uid}"],
    }  # fmt: skip
    done = tian.post(url, sent, follow=True).content.decode()
    assert f"/pledges/{pledge.uid}/#item-{item.number}" in done and "代录" in done
    wrong = tian.post(url, sent | {"links": [f"pledge_item:{uuid4()}"], "key": str(uuid4())})
    assert wrong.status_code == 422 and "现在选不了了" in wrong.content.decode()
