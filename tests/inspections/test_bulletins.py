"""Bulletins: compiled, written over, signed by another, published, read, followed up, corrected."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.cast import client_as
from tests.inspections.bulletin_scene import CRITICISED, PRAISED, Found, handed
from tests.inspections.scene import Checks

from zhengyou.desk.finding import find
from zhengyou.documents import read_text
from zhengyou.inspections.actions import bulletins, visits
from zhengyou.inspections.bulletins.wording import drafted, next_number
from zhengyou.inspections.models import FindingKind
from zhengyou.inspections.models.bulletin import Bulletin, BulletinArticle, BulletinState
from zhengyou.inspections.queries import bulletin_desk
from zhengyou.inspections.queries.bulletins import follow_up, receipts, unread
from zhengyou.kernel import clock
from zhengyou.kernel.merging import merge
from zhengyou.kernel.states import move
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.people import enrol
from zhengyou.people.actions.tree import found, rename
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Person, Role
from zhengyou.problems.actions.steps import step
from zhengyou.problems.models import Did, Problem

NOW = date(2026, 9, 23)
DUE = date(2026, 10, 26)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOW):
        yield


@pytest.fixture
def seen(checks: Checks) -> Found:
    return handed(checks)


@pytest.mark.pure
def test_articles_and_numbers_in_words():
    assert drafted("甲支部", "门口堵了。", "criticism", DUE) == (
        "甲支部：门口堵了。请于2026年10月26日前改好。"
    )
    assert drafted("甲支部", "作业少了", "praise", DUE) == "甲支部：作业少了。"
    assert next_number("澜教督通〔2026〕9号", 2026) == "澜教督通〔2026〕10号"
    assert next_number("澜教督通〔2026〕9号", 2027) == "澜教督通〔2027〕1号"
    assert next_number("第九号", 2026) == ""


def test_articles_follow_the_finding_until_somebody_writes_over_them(seen: Found):
    office, made = seen.checks.office, seen.begun()
    row = made.articles.filter(kind=FindingKind.CRITICISM).first()
    assert row is not None
    assert row.words == drafted(row.organisation.name, CRITICISED, row.kind, row.deadline)

    def write(text, deadline):
        fresh = BulletinArticle.objects.select_related("bulletin").get(pk=row.pk)
        bulletins.write(office, fresh, text=text, deadline=deadline, seen=fresh.words)
        return BulletinArticle.objects.get(pk=row.pk)

    kept = write(row.words, DUE)
    assert (kept.text, kept.deadline) == ("", DUE)  # only the day was set: it follows
    own = write(kept.words.replace("堵了二十分钟", "又堵了二十分钟"), DUE)
    later = write(own.words, DUE + timedelta(days=2))
    assert later.overtaken
    both = merge(later.was, later.text, later.draft).text
    assert "又堵了二十分钟" in both
    assert "10月28日" in both
    done = write(both, DUE + timedelta(days=2))
    assert not done.overtaken
    assert done.words == both
    stale = BulletinArticle.objects.select_related("bulletin").get(pk=row.pk)
    with pytest.raises(Refused, match="别人也改了"):
        bulletins.write(office, stale, text="新的", deadline=DUE, seen="别的")
    with pytest.raises(Refused, match="今天以后"):
        write(both, NOW)


def test_nobody_signs_what_he_or_she_wrote(seen: Found):
    checks, made = seen.checks, seen.begun()
    bulletins.submit(checks.office, made)
    with pytest.raises(Refused, match="书记或者副书记签发"):
        bulletins.approve(checks.yin, made)
    with pytest.raises(Refused, match="写明为什么"):
        bulletins.send_back(checks.head, made, " ")
    bulletins.send_back(checks.head, made, "批评写具体些")
    row = BulletinArticle.objects.select_related("bulletin").filter(bulletin=made).first()
    bulletins.write(checks.head, row, text="改过", deadline=None, seen=row.words)
    bulletins.submit(checks.office, made)
    with pytest.raises(Refused, match="您改过的文字"):
        bulletins.approve(checks.head, made)
    with pytest.raises(Refused, match="签发以后才能印发"):
        bulletins.publish(checks.office, made)
    own = bulletins.begin(checks.head, checks.cast.bureau, seen.head(number="澜教督通〔2026〕2号"),
                          seen.findings(FindingKind.PRAISE))  # fmt: skip
    bulletins.submit(checks.head, own)
    with pytest.raises(Refused, match="您起草或者送签的"):
        bulletins.approve(checks.head, own)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"number": "澜教督通2026-1号"}, "六角括号"),
        ({"closing": "由殷小满负责改好。"}, "不点个人的名字"),
    ],
)
def test_what_goes_out_is_whole_and_names_nobody(seen: Found, changes, why):
    enrol(None, Person(name="殷小满"), seen.first)
    with pytest.raises(Refused, match=why):
        bulletins.submit(seen.checks.office, seen.begun(**changes))


def test_only_what_was_handed_over_and_numbers_that_are_free(seen: Found):
    checks = seen.checks
    seen.begun()
    with pytest.raises(Refused, match="已经用过"):
        seen.begun()
    with pytest.raises(Refused, match="只能发给"):
        seen.begun(scope=checks.cast.county, number="澜教督通〔2026〕2号")
    wen = acting_as(checks.cast.wen, Role.SECRETARY)
    with pytest.raises(Refused, match="只能选"):
        bulletins.begin(
            wen, checks.cast.nanhu,
            seen.head(scope=checks.cast.nanhu, number="南湖通〔2026〕1号"),
            seen.findings(FindingKind.CRITICISM),
        )  # fmt: skip


def test_bodies_sign_once_and_the_issuer_sees_who_has_not(seen: Found):
    checks, made = seen.checks, seen.out()
    cast = checks.cast
    rows = receipts(made, NOW)
    assert [row.name for row in rows][:2] == ["育新小学党支部", "南湖小学党支部"]
    assert all(row.read_on is None for row in rows)
    assert cast.low.name not in [row.name for row in rows]  # groups sign with their branch
    assert unread(checks.shen).count() == 1
    assert [e.label for e in bulletin_desk.todo_for(checks.shen)] == ["待签收"]
    assert bulletins.read(checks.shen, made, cast.branch) is True
    recorder = acting_as(cast.tian, Role.RECORDER)
    assert bulletins.read(recorder, made, cast.branch) is False
    assert [(row.name, row.read_on) for row in receipts(made, NOW) if row.read_on] == [
        (cast.branch.name, NOW)
    ]
    assert not unread(checks.shen).exists()
    with pytest.raises(Refused, match="任职的人来签收"):
        bulletins.read(acting_as(cast.he), made, cast.branch)
    with pytest.raises(Refused, match="不用石桥村党支部签收"):
        bulletins.read(acting_as(cast.bai, Role.SECRETARY), made, cast.village)
    with clock.at(NOW + timedelta(days=1)):
        young = found(checks.office, name="新桥小学党支部", kind=Kind.BRANCH, parent=cast.bureau)
        assert young.name not in [row.name for row in receipts(made, clock.today())]


def settle(problem: Problem, actor) -> None:
    """Let a problem be mended and verified, step by step as the verbs do."""
    problem.owner, problem.deadline = actor.person, DUE
    problem.save()
    for name, did in (("agree", Did.AGREE), ("submit", Did.SUBMIT), ("verify", Did.VERIFY)):
        with book.writing() as facts:
            move(problem, name)
            step(facts, actor, problem, did, "")


def test_the_follow_up_is_derived_as_of_any_day(seen: Found):
    checks, made = seen.checks, seen.out()
    office, finding = checks.office, seen.findings(FindingKind.CRITICISM)[0]
    assert {row.label for row in follow_up(made, NOW, office)} == {"还没有列为问题"}
    problem = visits.to_problem(
        checks.yin, finding, title="校门口堵", text="", deadline=DUE, key=None
    )  # fmt: skip
    with clock.at(date(2026, 10, 20)):
        settle(problem, checks.yin)
    with clock.at(date(2026, 12, 1)):
        rows = {row.body: row for row in follow_up(made, clock.today(), office)}
        assert rows[seen.first.name].mended
        assert rows[seen.first.name].title == "校门口堵"
        other = next(row for name, row in rows.items() if name != seen.first.name)
        assert (other.kind, other.label) == ("late", "过期，还没有列为问题")
        then = {row.body: row for row in follow_up(made, date(2026, 10, 19), office)}
        assert then[seen.first.name].label == "待认领"
        assert [e.label for e in bulletin_desk.todo_for(office)] == ["过期 1 条"]
    days = bulletin_desk.agenda_of(seen.first, NOW, NOW + timedelta(days=60))
    assert [row.title for row in days] == ["通报要求整改的事到期"]
    assert follow_up(made, NOW, acting_as(checks.cast.bai, Role.SECRETARY)) == []


def test_a_correction_is_another_version_with_a_reason(seen: Found):
    checks, old = seen.checks, seen.out(public=True)
    with pytest.raises(Refused, match="写明为什么"):
        bulletins.correct(checks.office, old, "")
    new = bulletins.correct(checks.office, old, "单位名称写错了")
    with pytest.raises(Refused, match="已经有一版"):
        bulletins.correct(checks.office, old, "再来")
    assert [row.words for row in new.articles.all()] == [row.words for row in old.articles.all()]
    bulletins.submit(checks.office, new)
    bulletins.approve(checks.head, new)
    bulletins.publish(checks.office, new)
    old.refresh_from_db()
    assert (old.state, new.version) == (BulletinState.REPLACED, 2)
    visitor = client_as(checks.cast.he)
    assert "单位名称写错了" in visitor.get(f"/notices/{old.uid}/").content.decode()
    assert [row.uid for row in unread(checks.shen)] == [new.uid]  # read anew
    facts = Fact.objects.filter(about_kind="bulletin", about_uid=new.uid).order_by("seq")
    assert [row.verb for row in facts] == [
        "bulletin.correct", "bulletin.submit", "bulletin.approve", "bulletin.publish",
    ]  # fmt: skip
    assert all("reason" not in row.data for row in facts)


def test_what_is_out_stands_still_and_can_be_found(seen: Found):
    checks, made = seen.checks, seen.out()
    row = BulletinArticle.objects.select_related("bulletin").filter(bulletin=made).first()
    for refused in (
        lambda: bulletins.write(checks.office, row, text="x", deadline=DUE, seen=row.words),
        lambda: bulletins.drop(checks.office, row),
        lambda: bulletins.discard(checks.office, made),
        lambda: bulletins.rewrite_head(checks.office, made, seen.head()),
        lambda: bulletins.take_back(checks.office, made),
    ):
        with pytest.raises(Refused):
            refused()
    parts = {part.title: part for part in find(checks.shen, "减负抽查").parts}
    assert [one.title for one in parts["通报"].rows] == [made.title]
    with clock.at(NOW + timedelta(days=1)):
        admin = acting_as(checks.cast.zhuo, Role.SYSTEM_ADMIN)
        rename(admin, checks.cast.bureau, "澜阳县教体局党委", on=clock.today())
    renamed = {part.title: part for part in find(checks.shen, "教体局 减负").parts}
    assert [one.title for one in renamed["通报"].rows] == [made.title]
    outside = acting_as(checks.cast.bai, Role.SECRETARY)
    assert "通报" not in {part.title for part in find(outside, "减负抽查").parts}


def test_pages_from_draft_to_paper(seen: Found):
    checks = seen.checks
    cast = checks.cast
    office = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    form = office.get("/bulletins/new/").content.decode()
    assert CRITICISED in form
    rows = seen.findings(FindingKind.CRITICISM) + seen.findings(FindingKind.PRAISE)[:1]
    data = {"title": "抽查情况通报", "number": "澜教督通〔2026〕1号", "reach": "all",
            "findings": [str(row.uid) for row in rows]}  # fmt: skip
    wrong = office.post("/bulletins/new/", data | {"findings": []})
    assert wrong.status_code == 422
    office.post("/bulletins/new/", data)
    made = Bulletin.objects.get()
    url = f"/bulletins/{made.uid}/"
    more = [str(seen.findings(FindingKind.PRAISE)[1].uid)]
    office.post(f"{url}findings/", {"findings": more})
    assert made.articles.count() == 4
    row = made.articles.get(finding=rows[0])
    page = office.get(f"{url}articles/{row.uid}/")
    values = {"text": row.words.replace("堵", "很堵"), "seen": page.context["form"]["seen"].value(),
              "deadline": "2026-10-26"}  # fmt: skip
    office.post(f"{url}articles/{row.uid}/", values)
    office.post(f"{url}articles/{made.articles.last().uid}/drop/")
    assert "送签吗" in office.get(f"{url}do/submit/").content.decode()
    office.post(f"{url}do/submit/")
    assert office.post(f"{url}do/approve/").status_code == 403
    assert client_as(cast.shen, Role.SECRETARY).get(url).status_code == 404
    head = client_as(cast.qin, Role.SECRETARY)
    head.post(f"{url}send-back/", {"reason": "标题写全"})
    assert "标题写全" in office.get(url).content.decode()
    changed = {"title": "关于抽查情况的通报", "number": made.number, "reach": "all"}
    office.post(f"{url}edit/", changed | {"opening": "抽查了两个支部。"})
    office.post(f"{url}do/submit/")
    head.post(f"{url}do/approve/")
    office.post(f"{url}do/publish/")
    lead = client_as(cast.shen, Role.SECRETARY)
    lead.post(f"{url}read/")
    follow = office.get(f"{url}follow/").content.decode()
    assert "2 条批评，0 条改好" in follow
    assert "1 个签收了" in follow
    assert "签收：" not in lead.get(f"{url}follow/").content.decode()
    paper = office.get(f"{url}paper.docx")
    text = "\n".join(piece.text for piece in read_text(paper.content))
    assert made.number in text
    assert "很堵了二十分钟" in text
    assert PRAISED in text
    anybody = client_as(cast.he)
    anybody.logout()
    assert "很堵了二十分钟" in anybody.get(f"/notices/{made.uid}/").content.decode()
    assert "关于抽查情况的通报" in anybody.get("/notices/").content.decode()


def test_as_many_questions_for_thirty_as_for_one(seen: Found, django_assert_max_num_queries):
    checks, made = seen.checks, seen.out(public=True)
    client = client_as(checks.cast.gu, Role.CAMPAIGN_OFFICE)
    follow = f"/bulletins/{made.uid}/follow/"

    def counts():
        found_ = {}
        for url in ("/bulletins/", follow, "/notices/"):
            client.get(url)
            with django_assert_max_num_queries(99) as context:
                assert client.get(url).status_code == 200
            found_[url] = len(context)
        return found_

    expected = {"/bulletins/": 8, follow: 13, "/notices/": 7}
    assert counts() == expected
    for n in range(2, 31):
        row = Bulletin.objects.get(pk=made.pk)
        row.pk, row.uid, row.number = None, uuid4(), f"澜教督通〔2026〕{n}号"
        row.save(force_insert=True)
        found(None, name=f"第{n}小学党支部", kind=Kind.BRANCH, parent=checks.cast.bureau,
              on=date(2026, 1, 2))  # fmt: skip
    assert counts() == expected
    shen = checks.shen
    with django_assert_max_num_queries(3):
        assert len(bulletin_desk.todo_for(shen)) == 30
