"""Documents of superiors: entered, passed down, studied, cited; who may, who sees."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import client_as

from zhengyou.campaigns import receiving as rules
from zhengyou.campaigns.actions import directives
from zhengyou.campaigns.actions.directives import Words
from zhengyou.campaigns.models import Directive, Passing, Plan, Study, received_by
from zhengyou.campaigns.queries import basis, todo_for
from zhengyou.files.actions import receive
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Kind, Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)


def words(**given: Any) -> Words:
    """A notice of the county, as it is noted down."""
    whole = {
        "title": "关于开展创先争优活动的通知",
        "number": "县教党〔2026〕12号",
        "issued_on": date(2026, 9, 1),
        "received_on": date(2026, 9, 3),
        "issuer_name": "县委组织部",
    }
    return Words(**(whole | given))


@pytest.fixture
def notice(cast, office, mid_september) -> Directive:
    """The notice, noted down by the bureau."""
    return directives.enter(office, cast.bureau, words())


def hat(cast, who: str, role: Role | None) -> Actor:
    return acting_as(cast.persons[who], role)


# --- who has it ---------------------------------------------------------------------------------
def test_to_all_is_a_question_and_reaches_who_comes_later(cast, office, notice):
    before = set(Directive.objects.filter(received_by(cast.branch)))
    directives.pass_down(office, notice)
    late = found(None, name="东坪小学党支部", kind=Kind.BRANCH, parent=cast.bureau, on=TODAY)

    assert before == set()
    assert Passing.objects.get().chosen.count() == 0, "no rows per body"
    for body in (cast.branch, cast.nanhu, late):
        assert Directive.objects.filter(received_by(body)).get() == notice
    for body in (cast.low, cast.school, cast.village, cast.county):
        assert not Directive.objects.filter(received_by(body)).exists(), body


def test_who_is_founded_after_it_was_passed_is_not_asked_to_study(cast, office, notice):
    with clock.at(date(2026, 9, 10)):
        directives.pass_down(office, notice)
    late = found(None, name="东坪小学党支部", kind=Kind.BRANCH, parent=cast.bureau, on=TODAY)
    studies = basis.studies_of(notice, cast.bureau.path, "", 1)

    assert {row.name for row in studies.rows} == {cast.branch.name, cast.nanhu.name}
    assert [row.asked for row in basis.inbox(late)] == [False]


def test_to_some_reaches_them_only(cast, office, notice):
    directives.pass_down(office, notice, chosen=[cast.nanhu], note="请认真学习")
    assert not Directive.objects.filter(received_by(cast.branch)).exists()
    assert Directive.objects.filter(received_by(cast.nanhu)).exists()


@pytest.mark.parametrize(
    ("who", "role", "sees"),
    [
        ("gu", Role.CAMPAIGN_OFFICE, True),  # entered there
        ("yin", Role.INSPECTOR, True),
        ("shen", Role.SECRETARY, True),  # passed to
        ("he", None, True),  # a member of the branch it was passed to
        ("wen", Role.SECRETARY, False),  # next door, not chosen
        ("bai", Role.SECRETARY, False),
        ("zhuo", Role.SYSTEM_ADMIN, True),  # a member of the bureau, too
    ],
)
def test_who_sees_it(cast, office, notice, who, role, sees):
    directives.pass_down(office, notice, chosen=[cast.branch])
    visible = Directive.objects.filter(rules.visible_directives(hat(cast, who, role)))
    assert visible.exists() is sees


@pytest.mark.parametrize(
    ("who", "role", "may"),
    # enter (at the hat's body), edit, withdraw, pass on, mark studied
    [
        ("gu", Role.CAMPAIGN_OFFICE, "11111"),
        ("qin", Role.SECRETARY, "11111"),
        ("yin", Role.INSPECTOR, "00000"),
        ("shen", Role.SECRETARY, "10011"),
        ("tian", Role.RECORDER, "10001"),
        ("su", Role.COMMITTEE_MEMBER, "00000"),
        ("song", Role.GROUP_LEADER, "00000"),
        ("he", None, "00000"),
        ("wen", Role.SECRETARY, "10000"),
    ],
)
def test_who_may_what(cast, office, notice, who, role, may):
    directives.pass_down(office, notice, chosen=[cast.branch])
    actor = hat(cast, who, role)
    asked = (
        rules.may_enter(actor, actor.hat.organisation),
        rules.may_edit_directive(actor, notice),
        rules.may_withdraw_directive(actor, notice),
        rules.may_pass(actor, notice),
        rules.may_mark_studied(actor, notice),
    )
    assert "".join(str(int(bool(verdict))) for verdict in asked) == may
    assert all(verdict.reason for verdict in asked if not verdict)


# --- refusals -----------------------------------------------------------------------------------
def test_a_button_pressed_twice_enters_once(cast, office, notice):
    with pytest.raises(Refused, match="已经登记过"):
        directives.enter(office, cast.bureau, words(title="《关于开展创先争优活动的通知》"))
    opened_before = Directive.objects.get(pk=notice.pk)
    directives.withdraw(office, notice, "登错了")
    with pytest.raises(Refused, match="已经撤下"):
        directives.pass_down(office, opened_before)
    assert directives.enter(office, cast.bureau, words()).pk != notice.pk


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"issuer_name": " "}, "谁发的文"),
        ({"received_on": date(2026, 8, 1)}, "早于成文日期"),
    ],
)
def test_what_cannot_be_is_refused(cast, office, mid_september, given, why):
    with pytest.raises(Refused, match=why):
        directives.enter(office, cast.bureau, words(**given))
    assert not Directive.objects.exists() and not Fact.objects.filter(verb="directive.enter")


def test_passing_on_twice_upward_or_sideways_is_refused(cast, office, secretary, notice):
    with pytest.raises(Refused, match="请选转给哪些"):
        directives.pass_down(office, notice, chosen=[])
    for body in (cast.village, cast.bureau, cast.school, cast.low):
        with pytest.raises(Refused, match="不能转给它"):
            directives.pass_down(office, notice, chosen=[body])
    with pytest.raises(Refused, match="已经过了"):
        directives.pass_down(office, notice, study_by=date(2026, 9, 1))
    with pytest.raises(Refused, match="没有收到"):
        directives.pass_down(secretary, notice)
    directives.pass_down(office, notice)
    with pytest.raises(Refused, match="不用再转"):
        directives.pass_down(office, notice, chosen=[cast.nanhu])


def test_studied_is_said_once_and_corrected(cast, office, secretary, notice):
    directives.pass_down(office, notice)
    for day, how, why in (
        (date(2026, 9, 16), "大会", "还没到"),
        (date(2026, 8, 31), "大会", "还没有发"),
        (TODAY, "  ", "怎么传达学习"),
    ):
        with pytest.raises(Refused, match=why):
            directives.mark_studied(secretary, notice, day, how)
    directives.mark_studied(secretary, notice, date(2026, 9, 14), "党员大会通读")
    directives.mark_studied(secretary, notice, TODAY, "党员大会通读、讨论")

    study = Study.objects.get()
    assert (study.organisation, study.studied_on) == (cast.branch, TODAY)
    verbs = Fact.objects.filter(about_uid=notice.uid).order_by("seq").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["directive.study", "directive.correct_study"]


def test_what_was_passed_on_is_changed_with_a_reason(cast, office, notice):
    assert directives.edit(office, notice, words(number="县教党〔2026〕13号")) == ["number"]
    directives.pass_down(office, notice)
    with pytest.raises(Refused, match="写明理由"):
        directives.edit(office, notice, words(title="另一个标题"))
    assert directives.edit(office, notice, words(number="县教党〔2026〕13号"), reason="无") == []
    assert directives.edit(office, notice, words(), reason="文号抄错了") == ["number"]


# --- taken down ---------------------------------------------------------------------------------
def test_taken_down_it_is_neither_passed_studied_nor_cited(cast, office, secretary, plan, notice):
    directives.pass_down(office, notice)
    directives.cite_in_plan(secretary, plan, [notice])
    with pytest.raises(Refused, match="写明理由"):
        directives.withdraw(office, notice, " ")
    directives.withdraw(office, notice, "文件有误，另发")

    notice.refresh_from_db()
    asked = (rules.may_pass(office, notice), rules.may_mark_studied(secretary, notice))
    assert all("文件有误，另发" in verdict.reason for verdict in asked)
    assert todo_titles(secretary) == [f"“{plan.campaign.title}”方案还没有送审"]
    assert [ground.withdrawn for ground in basis.basis_of(plan)] == [True]
    assert not directives.cite_in_plan(secretary, plan, [notice]), "what was cited may stay"
    directives.cite_in_plan(secretary, Plan.objects.get(pk=plan.pk), [])
    with pytest.raises(Refused, match="不能作依据"):
        directives.cite_in_plan(secretary, Plan.objects.get(pk=plan.pk), [notice])


def todo_titles(actor: Actor) -> list[str]:
    return [errand.title for errand in todo_for(actor)]


# --- cited --------------------------------------------------------------------------------------
def test_a_plan_cites_only_what_its_body_received(cast, office, secretary, plan, notice):
    with pytest.raises(Refused, match="没有收到"):
        directives.cite_in_plan(secretary, plan, [notice])
    directives.pass_down(office, notice)
    assert directives.cite_in_plan(secretary, plan, [notice])
    assert not directives.cite_in_plan(secretary, plan, [notice])

    (ground,) = basis.basis_of(plan)
    assert ground.words == "县委组织部《关于开展创先争优活动的通知》（县教党〔2026〕12号）"
    plan = Plan.objects.get(pk=plan.pk)
    plan.submit(secretary)
    with pytest.raises(Refused, match="待审"):
        directives.cite_in_plan(secretary, plan, [])


def test_a_campaign_cites_what_its_body_received(cast, office, draft, notice):
    draft.basis = ["省委部署"]
    assert directives.cite_in_campaign(office, draft, [notice])
    assert [ground.words for ground in basis.basis_of(draft)][1] == "省委部署"
    with pytest.raises(Refused, match="来管"):
        directives.cite_in_campaign(hat(cast, "shen", Role.SECRETARY), draft, [])


# --- the desk -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("study_by", "day", "kind", "label"),
    [
        (None, date(2027, 3, 1), "todo", "要传达学习"),  # without a day it is never overdue
        (date(2026, 10, 30), TODAY, "todo", "要传达学习"),
        (date(2026, 9, 20), TODAY, "due", "还有 5 天"),
        (date(2026, 9, 15), TODAY, "due", "今天到期"),
        (date(2026, 9, 20), date(2026, 9, 22), "late", "过期 2 天"),
    ],
)
def test_the_desk_asks_who_has_not_studied(cast, office, notice, study_by, day, kind, label):
    directives.pass_down(office, notice, study_by=study_by)
    secretary = hat(cast, "shen", Role.SECRETARY)
    with clock.at(day):
        (errand,) = basis.to_study(secretary)
        assert (errand.kind, errand.label, errand.due) == (kind, label, study_by)
        assert basis.to_study(office) == [], "who entered it is not asked"
        assert basis.to_study(hat(cast, "he", None)) == []
        directives.mark_studied(secretary, notice, TODAY, "党员大会")
        assert basis.to_study(secretary) == []
        assert len(basis.to_study(hat(cast, "wen", Role.SECRETARY))) == 1


def test_many_documents_are_summed_up_in_the_same_queries(cast, office, notice):
    secretary = hat(cast, "shen", Role.SECRETARY)
    directives.pass_down(office, notice)
    one = _queries(lambda: basis.to_study(secretary)), _queries(lambda: _inbox(cast))
    for number in range(29):
        row = directives.enter(office, cast.bureau, words(number=f"县教党〔2026〕{number + 20}号"))
        directives.pass_down(office, row)

    assert _queries(lambda: basis.to_study(secretary)) == one[0] == 2
    assert _queries(lambda: _inbox(cast)) == one[1] == 4
    assert len(basis.to_study(secretary)) == 6
    assert basis.to_study(secretary)[-1].title == "还有 25 份文件没有登记传达学习"


def _inbox(cast) -> list[Any]:
    return list(basis.inbox(cast.branch))


def _queries(do) -> int:
    with CaptureQueriesContext(connection) as asked:
        do()
    return len(asked)


# --- over HTTP ----------------------------------------------------------------------------------
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_document_goes_its_way(cast, office, plan):
    """Entered with its file, passed to all, studied below, cited; seen by whom it concerns."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    gu = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    shen = client_as(cast.shen, Role.SECRETARY)
    wen = client_as(cast.wen, Role.SECRETARY)
    sent = {
        "title": "《关于学习的通知》", "number": "县委(2026)8号", "issuer": str(cast.county.uid),
        "issued_on": "2026-09-01", "received_on": "2026-09-03", "issuer_name": "",
        "study_by": "2026-09-30",
    }  # fmt: skip
    bad = gu.post("/directives/new/", sent | {"number": "通知", "issuer": ""})
    assert bad.status_code == 422 and "文号要以几号结尾" in bad.content.decode()
    file = SimpleUploadedFile("通知.pdf", PDF)
    answer = gu.post("/directives/new/", sent | {"file": file})
    notice = Directive.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/directives/{notice.uid}/"
    assert (notice.title, notice.number) == ("关于学习的通知", "县委〔2026〕8号")
    assert notice.issuer_name == cast.county.name

    page = f"/directives/{notice.uid}/"
    assert shen.get(page).status_code == 404
    assert gu.post(f"{page}pass/", {"to": "some"}).status_code == 422
    assert gu.post(f"{page}pass/", {"to": "all"}).status_code == 302
    assert "传达学习《关于学习的通知》（县委〔2026〕8号）" in shen.get("/desk/").content.decode()

    shown = shen.get(page).content.decode()
    assert "通知.pdf" in shown and "2026年9月30日前" in shown
    link = notice_file(notice)
    assert [c.get(link).status_code for c in (shen, wen, client_as(cast.bai, Role.SECRETARY))] == [
        200, 200, 404,
    ]  # fmt: skip
    assert shen.post(f"{page}study/", {"studied_on": "2026-09-14", "how": ""}).status_code == 422
    done = shen.post(f"{page}study/", {"studied_on": "2026-09-14", "how": "大会通读"})
    assert done.status_code == 302
    seen = gu.get(page).content.decode()
    assert "2 个组织，1 个学过了" in seen and "大会通读" in seen
    assert cast.branch.name not in gu.get(f"{page}?state=todo").content.decode().split("studies")[1]
    assert cast.branch.name not in wen.get(page).content.decode(), "nobody is shamed next door"

    cite = f"/plans/{plan.uid}/basis/"
    assert notice.number in shen.get(cite).content.decode()
    assert shen.post(cite, {"chosen": str(notice.uid)}).status_code == 302
    assert notice.number in shen.get(f"/plans/{plan.uid}/").content.decode()

    assert shen.post(f"{page}withdraw/", {"reason": "x"}).status_code == 403
    assert gu.post(f"{page}withdraw/", {"reason": "发重了"}).status_code == 302
    assert "发重了" in shen.get(page).content.decode()
    assert "（已撤下）" in shen.get(f"/plans/{plan.uid}/").content.decode()


def notice_file(notice: Directive) -> str:
    from zhengyou.files.queries import attachments_of

    (attachment,) = attachments_of(notice.ref)
    return attachment.get_absolute_url()


def test_files_are_added_and_taken_away(cast, office, notice):
    gu = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    directives.edit(office, notice, words(), [receive(PDF, "甲.pdf")])
    page = gu.get(f"/directives/{notice.uid}/edit/").content.decode()
    assert "去掉哪些文件" in page and "甲.pdf" in page
    from zhengyou.files.queries import attachments_of

    (first,) = attachments_of(notice.ref)
    directives.edit(office, notice, words(), [receive(PDF + b"2", "乙.pdf")], drop=[first])
    assert [row.name for row in attachments_of(notice.ref)] == ["乙.pdf"]


def test_the_list_of_another_body_is_for_those_above(cast, notice):
    address = f"/directives/of/{cast.branch.uid}/"
    codes = {
        who: client_as(cast.persons[who], role).get(address).status_code
        for who, role in (
            ("gu", Role.CAMPAIGN_OFFICE),
            ("shen", Role.SECRETARY),
            ("he", None),
            ("wen", Role.SECRETARY),
        )
    }
    assert codes == {"gu": 200, "shen": 200, "he": 200, "wen": 404}
