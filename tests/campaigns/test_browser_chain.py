"""Documents, consultations and the next run in a browser: no barriers, no sideways scroll."""

from datetime import UTC, date, datetime

import pytest
from tests.campaigns.test_browser import look
from tests.campaigns.test_consultations import say
from tests.cast import account_of

from zhengyou.campaigns.actions import again, consultations, directives, groups, plans
from zhengyou.campaigns.actions.directives import Words
from zhengyou.campaigns.models import Consultation, Directive, Outcome, Plan
from zhengyou.files.actions import receive
from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.remarks.actions.moderating import show

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def notice(cast, office, secretary, plan) -> Directive:
    """A document that was passed to all, studied by one, cited by the branch's plan."""
    words = Words(
        title="关于在全县中小学党组织中开展创先争优活动的通知",
        number="县教党〔2026〕12号",
        issued_on=date(2026, 9, 1),
        received_on=date(2026, 9, 3),
        issuer=cast.county,
    )
    file = receive(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "通知.pdf")
    made = directives.enter(office, cast.bureau, words, [file])
    directives.pass_down(office, made, study_by=date(2026, 9, 30), note="请党员大会传达。")
    directives.mark_studied(secretary, made, date(2026, 9, 14), "党员大会上通读、讨论")
    directives.cite_in_plan(secretary, plan, [made])
    return made


@pytest.fixture
def out(secretary, plan) -> Consultation:
    """The branch's draft, out today, changed since, with an opinion answered and one not."""
    with clock.at(datetime.now(UTC)):  # the server stands at the real day
        made = consultations.consult(secretary, Plan.objects.get(pk=plan.pk), 5)
        first, second = say(plan), say(plan, "主题太长，孩子记不住。")
        show(secretary, [first, second])
        consultations.settle(secretary, made, first, Outcome.DECLINED, "课后看护另有安排")
    stored = Plan.objects.get(pk=plan.pk)
    plans.write(secretary, stored, {"theme": "三尺讲台见真心"}, stored.revision)
    return made


def test_documents_and_opinions(each_page, sign_in, cast, notice, out, plan, axe):
    page = each_page
    page.goto(f"/consult/{out.uid}/")
    look(page, axe, "consult-public")
    page.goto(f"/c/{plan.campaign.uid}/")
    look(page, axe, "portal-campaign")
    sign_in(page, account_of(cast.gu))
    for path, name in (
        ("/directives/", "inbox"),
        ("/directives/new/", "directive-new"),
        (f"/directives/{notice.uid}/", "directive"),
    ):
        page.goto(path)
        look(page, axe, name)
    sign_in(page, account_of(cast.shen))
    for path, name in (
        (f"/directives/{notice.uid}/", "directive-branch"),
        (f"/directives/{notice.uid}/pass/", "directive-pass"),
        (f"/plans/{plan.uid}/basis/", "cite"),
        (f"/plans/{plan.uid}/", "plan-basis"),
        (f"/consultations/{out.uid}/", "consultation"),
    ):
        page.goto(path)
        look(page, axe, name)
    open_one = page.locator("#opinions li", has_text="主题太长")
    open_one.locator("summary").click()
    open_one.get_by_label("部分采纳").check()
    open_one.get_by_role("button", name="存下答复").click()
    assert "部分采纳要写明理由" in page.inner_text("main")
    look(page, axe, "consultation-refused")


def test_the_next_run(each_page, sign_in, cast, office, secretary, plan, axe):
    old, page = plan.campaign, each_page
    groups.seat(secretary, plan.groups.get(template__code="leading"), cast.shen, Role.SEAT_HEAD)
    again.write_lesson(office, old, cast.bureau, "方案批得太慢，下一轮八月就收。")
    sign_in(page, account_of(cast.gu))
    page.goto(f"/campaigns/{old.uid}/again/")
    look(page, axe, "again")
    page.get_by_label("从哪天开始").fill("2026-09-14")
    page.get_by_role("button", name="照这一天排日期").click()
    page.get_by_role("button", name="建下一轮").click()
    page.wait_for_url("**/campaigns/*-*/")
    look(page, axe, "campaign-next")
    made = old.next_runs.get()
    made.open(office)
    new = plans.adopt(secretary, made, cast.branch)
    sign_in(page, account_of(cast.shen))
    for path, name in (
        (f"/plans/{new.uid}/edit/", "plan-edit-again"),
        (f"/plans/{new.uid}/groups/", "groups-again"),
        (f"/campaigns/{made.uid}/lessons/", "lesson"),
    ):
        page.goto(path)
        look(page, axe, name)
    page.goto(f"/plans/{new.uid}/groups/")
    page.get_by_role("button", name="都沿用").click()
    assert "沿用了上一轮的 1 个席位" in page.inner_text("main")
