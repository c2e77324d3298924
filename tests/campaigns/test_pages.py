"""The pages of campaigns and plans over HTTP, told as stories. Everything works without scripts."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.campaigns.conftest import PLEDGES, SMALL, fresh
from tests.cast import client_as

from zhengyou.campaigns.blueprint import check
from zhengyou.campaigns.models import Campaign, CampaignState, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.people.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mid_september")]


@pytest.fixture
def gu(cast) -> Client:
    """顾明川 of the bureau's campaign office, signed in."""
    return client_as(cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def shen(cast) -> Client:
    """沈若兰, secretary of the branch, signed in."""
    return client_as(cast.shen, Role.SECRETARY)


def words(answer) -> str:
    """Return what a page says, without its markup."""
    text = re.sub(r"<(script|style|svg|dialog).*?</\1>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_office_begins_a_campaign_from_a_shipped_blueprint(gu, cast):
    assert "还没有活动" in words(gu.get("/campaigns/"))
    assert "小学创先争优活动" in words(gu.get("/campaigns/new/"))

    preview = gu.post("/campaigns/new/", {"shipped": "primary-school", "do": "check"})
    said = words(preview)
    assert "这份蓝图没有错" in said
    assert "公开承诺：从第2周起，历时6周，3 项任务；可以提交方案、作出承诺" in said

    text = preview.context["form"].source
    dated = gu.post("/campaigns/new/", {"text": text, "starts_on": "2026-08-20", "do": "check"})
    assert "2026年8月27日到2026年10月7日" in words(dated)

    made = gu.post("/campaigns/new/", {"text": text, "starts_on": "2026-08-20", "do": "create"})
    campaign = Campaign.objects.get()
    assert made.headers["Location"] == f"/campaigns/{campaign.uid}/"
    assert campaign.organisation == cast.bureau
    assert campaign.state == CampaignState.DRAFT

    page = words(gu.get(f"/campaigns/{campaign.uid}/"))
    assert "筹备中" in page
    assert "开动员大会：书记讲方案、作辅导" in page
    assert "总体组，9月2日前" in page


def test_an_uploaded_file_is_checked_and_mended_on_the_page(gu):
    wrong = SMALL.replace('lasts = "1个月"', 'lasts = "一个月"')
    upload = SimpleUploadedFile("本校.toml", wrong.encode("gb18030"))
    answer = gu.post("/campaigns/new/", {"file": upload, "do": "check"})
    said = words(answer)
    assert answer.status_code == 422
    assert "看不懂“一个月”" in said
    line = SMALL[: SMALL.index('lasts = "1个月"')].count("\n") + 1
    assert f"第 {line} 行" in said
    assert 'lasts = "一个月"' in answer.content.decode().replace("&quot;", '"')

    again = gu.post("/campaigns/new/", {"text": wrong.replace("一个月", "1个月"), "do": "check"})
    assert "这份蓝图没有错" in words(again)


def test_a_campaign_is_not_made_from_a_file_with_mistakes_or_without_a_day(gu):
    wrong = gu.post(
        "/campaigns/new/",
        {"text": SMALL.replace('"8个月"', '"八个月"'), "starts_on": "2026-09-01", "do": "create"},
    )
    assert wrong.status_code == 422
    without_day = gu.post("/campaigns/new/", {"text": SMALL, "do": "create"})
    assert without_day.status_code == 422
    assert "请选活动从哪天开始。" in words(without_day)
    assert not Campaign.objects.exists()


def test_a_first_day_that_the_file_forbids_is_told_beside_the_day(gu):
    fixed = SMALL.replace('lasts = "1个月"', 'from = "2026-08-01"\nlasts = "1个月"')
    answer = gu.post("/campaigns/new/", {"text": fixed, "starts_on": "2026-09-01", "do": "create"})
    assert answer.status_code == 422
    assert "早于活动的开始日期 2026-09-01" in words(answer)
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"do": "check"}, "请选一份现成的蓝图"),
        (
            {"file": SimpleUploadedFile("a.docx", b"PK\x00\x01\xff"), "do": "check"},
            "这不是文本文件",
        ),
    ],
)
def test_what_is_no_blueprint_is_told_where_one_chooses(gu, sent, said):
    answer = gu.post("/campaigns/new/", sent)
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_branch_secretary_cannot_begin_one_for_the_bureau_but_for_the_branch(shen, cast):
    assert shen.get("/campaigns/new/").status_code == 200
    member = client_as(cast.fang)
    refused = member.get("/campaigns/new/")
    assert refused.status_code == 403
    assert "新建活动要由" in words(refused)


def test_a_draft_exists_for_its_keepers_only(draft, gu, shen):
    assert gu.get(f"/campaigns/{draft.uid}/").status_code == 200
    assert shen.get(f"/campaigns/{draft.uid}/").status_code == 404
    assert "小学创先争优活动" not in words(shen.get("/campaigns/"))


def test_it_is_started_after_a_question(draft, gu, shen):
    asked = gu.get(f"/campaigns/{draft.uid}/start/")
    assert "启动“小学创先争优活动”吗？" in words(asked)
    assert fresh_campaign(draft).state == CampaignState.DRAFT
    done = gu.post(f"/campaigns/{draft.uid}/start/", follow=True)
    assert "启动了" in words(done)
    assert shen.get(f"/campaigns/{draft.uid}/").status_code == 200


def test_starting_it_twice_is_refused_in_words(running, gu):
    again = gu.post(f"/campaigns/{running.uid}/start/")
    assert again.status_code == 403
    assert "活动进行中，不用再启动。" in words(again)


def test_a_draft_takes_another_file_or_is_thrown_away(draft, gu):
    text = SMALL.replace("践诺提升", "践诺争优")
    gu.post(
        f"/campaigns/{draft.uid}/file/", {"text": text, "starts_on": "2026-09-10", "do": "create"}
    )
    changed = fresh_campaign(draft)
    assert [phase.title for phase in changed.phases.all()] == ["动员学习", "践诺争优"]
    assert changed.starts_on == date(2026, 9, 10)
    gu.post(f"/campaigns/{draft.uid}/discard/")
    assert not Campaign.objects.exists()


def test_words_of_a_running_campaign_change_with_a_reason(running, gu):
    url = f"/campaigns/{running.uid}/edit/"
    sent = {"title": "育新先锋行", "theme": "新主题", "aims": "甲\n\n乙 ", "carriers": "丙",
            "wall_names": "hidden", "notice_names": "full"}  # fmt: skip
    without = gu.post(url, sent)
    assert without.status_code == 422
    assert "请写明为什么改。" in words(without)
    assert "育新先锋行" in without.content.decode()
    gu.post(url, sent | {"reason": "区里统一名称"})
    changed = fresh_campaign(running)
    assert (changed.title, changed.aims) == ("育新先锋行", ["甲", "乙"])


def test_phases_are_moved_and_impossible_days_refused(running, gu):
    url = f"/campaigns/{running.uid}/phases/"
    sent = {
        "learn-from": "2026-09-01",
        "learn-to": "2026-10-10",
        "act-from": "2026-10-01",
        "act-to": "2027-05-31",
        "reason": "动员推迟",
    }
    wrong = gu.post(url, sent | {"learn-to": "2026-08-01"})
    assert wrong.status_code == 422
    assert "“动员学习”的结束日期早于开始日期，请改日期。" in words(wrong)
    done = gu.post(url, sent, follow=True)
    assert "动员学习的日期改好了。" in words(done)
    assert fresh_campaign(running).phases.get(code="learn").ends_on == date(2026, 10, 10)


def test_a_standard_is_reworded(running, gu):
    url = f"/campaigns/{running.uid}/standards/member/"
    gu.post(
        url,
        {
            "title": "教师党员三条",
            "criterion-lessons": "课上得实，作业批得细",
            "criterion-pupils": "关心每个孩子",
            "criterion-clean": "不收礼",
            "reason": "老师们提的",
        },
    )
    row = running.standards.get(code="member").criteria.get(code="lessons")
    assert row.title == "课上得实，作业批得细"


def test_the_blueprint_is_taken_home_as_it_is_and_as_it_began(running, gu, shen):
    now = shen.get(f"/campaigns/{running.uid}/blueprint.toml")
    assert check(now.content.decode()).header.title == running.title
    assert 'filename="blueprint-20260901.toml"' in now.headers["Content-Disposition"]
    assert shen.get(f"/campaigns/{running.uid}/original.toml").content.decode() == SMALL


def test_the_page_says_how_far_the_bodies_are(running, plan, gu, cast):
    page = words(gu.get(f"/campaigns/{running.uid}/"))
    assert "参加的组织：2 个组织，1 个还没有采用" in page
    only = gu.get(f"/campaigns/{running.uid}/?state=none")
    assert "南湖小学党支部" in words(only)
    assert "育新小学党支部" not in words(only)


def test_a_plan_goes_all_the_way(running, shen, gu, cast):
    """Adopted, written, submitted, returned with reasons, changed, submitted, approved, public."""
    campaign = f"/campaigns/{running.uid}/"
    assert "采用活动" in words(shen.get(campaign))
    assert "育新小学党支部采用“小学创先争优活动”吗？" in words(shen.get(f"{campaign}adopt/"))
    adopted = shen.post(f"{campaign}adopt/", follow=True)
    plan = Plan.objects.get()
    url = f"/plans/{plan.uid}/"
    assert adopted.redirect_chain[-1][0] == f"{url}edit/"
    assert "“承诺内容”没有写，请写出支部和党员承诺哪些事、办到什么程度、哪天办好。" in words(
        adopted
    )
    assert "1. 周周回馈" in words(adopted)

    # What is not clear blocks, named, on the button and when it is pressed all the same.
    shown = words(shen.get(url))
    assert "四个明确还差：“承诺内容”没有写" in shown
    blocked = shen.post(f"{url}submit/")
    assert blocked.status_code == 403
    assert "四个明确还差：“承诺内容”没有写" in words(blocked)

    texts = fresh(plan).texts | {"pledges": PLEDGES}
    shen.post(f"{url}edit/", texts | {"revision": 1, "do": "save"})
    sent = shen.post(f"{url}submit/", follow=True)
    assert "方案送上去了" in words(sent)

    review = gu.get(f"{url}review/")
    assert PLEDGES in words(review)
    empty_handed = gu.post(f"{url}review/", {"revision": 2, "do": "return"})
    assert empty_handed.status_code == 403
    assert "退回要写清楚哪一节要改、怎么改，至少写一节。" in words(empty_handed)
    gu.post(f"{url}review/", {"revision": 2, "do": "return", "mend-pledges": "写明哪个年级先办"})

    back = words(shen.get(f"{url}edit/"))
    assert "退回的意见： 写明哪个年级先办" in back
    better = PLEDGES.replace("每个年级", "一、二年级")
    shen.post(f"{url}edit/", texts | {"pledges": better, "revision": 2, "do": "save"})
    shen.post(f"{url}submit/")

    changes = gu.get(f"{url}review/").content.decode()
    assert re.search(r"<del>.*?每个.*?</del>.*?<ins>.*?一、二.*?</ins>", changes, re.S)
    gu.post(f"{url}review/", {"revision": 3, "do": "approve", "reason": "写实了"})
    assert "公开方案" in words(shen.get(url))
    shen.post(f"{url}publish/")
    assert fresh(plan).state == ClimbState.PUBLISHED
    assert client_as(cast.bai, Role.SECRETARY).get(url).status_code == 200


def test_written_text_is_never_lost_when_somebody_else_wrote_meanwhile(plan, shen):
    url = f"/plans/{plan.uid}/edit/"
    texts = plan.texts
    shen.post(url, texts | {"theme": "我们先写的", "revision": plan.revision})
    late = shen.post(url, texts | {"theme": "后写的主题", "revision": plan.revision})
    assert late.status_code == 409
    assert "别人也改了这份方案" in words(late)
    assert "后写的主题" in late.content.decode()
    assert fresh(plan).texts["theme"] == "我们先写的"


def test_reasons_typed_for_an_old_draft_are_kept(submitted, gu, secretary):
    read = submitted.revision
    submitted.take_back(secretary)
    from zhengyou.campaigns.actions import plans

    plan = fresh(submitted)
    plans.write(secretary, plan, {"theme": "换了主题"}, plan.revision)
    plan = fresh(plan)
    plan.submit(secretary)
    answer = gu.post(
        f"/plans/{plan.uid}/review/",
        {"revision": read, "do": "return", "mend-theme": "主题写具体些"},
    )
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "您看的不是最新的一稿" in said
    assert "主题写具体些" in said
    assert "换了主题" in said
    assert fresh(plan).state == ClimbState.SUBMITTED


def test_who_writes_what_to_mend_has_not_agreed(submitted, gu):
    answer = gu.post(
        f"/plans/{submitted.uid}/review/",
        {"revision": submitted.revision, "do": "approve", "mend-theme": "太空"},
    )
    assert answer.status_code == 403
    assert "有的节写了要改的意见，不能同意。" in words(answer)
    assert fresh(submitted).state == ClimbState.SUBMITTED


def test_seats_are_given_within_their_limits(plan, shen, cast):
    url = f"/plans/{plan.uid}/groups/"
    leading = plan.leading_group
    assert leading.name == "活动领导小组"
    page = words(shen.get(url))
    assert "组长还差 1 人" in page

    def give(person, role):
        return shen.post(
            url,
            {"group": str(leading.uid), f"{leading.uid}-person": str(person.uid),
             f"{leading.uid}-role": role, f"{leading.uid}-duty": "抓总"},
            follow=True,
        )  # fmt: skip

    assert "沈若兰当了活动领导小组组长。" in words(give(cast.shen, "seat_head"))
    second = give(cast.zhou, "seat_head")
    assert second.status_code == 422
    assert "请选一个席位。" in words(second)
    stranger = give(cast.wen, "seat_member")
    assert stranger.status_code == 422
    assert "请从名单里选。" in words(stranger)

    post = leading.posts.get()
    freed = shen.post(f"/plans/{plan.uid}/seats/{post.uid}/end/", follow=True)
    assert "沈若兰不再是活动领导小组组长。" in words(freed)


def test_refused_buttons_say_why_and_do_not_act(plan, shen, gu, cast):
    recorder = client_as(cast.tian, Role.RECORDER)
    page = recorder.get(f"/plans/{plan.uid}/").content.decode()
    assert 'aria-disabled="true"' in page
    assert "送审要由育新小学党支部的书记或副书记来办。" in page
    assert recorder.post(f"/plans/{plan.uid}/submit/").status_code == 403
    assert fresh(plan).state == ClimbState.DRAFT


def test_what_does_not_exist_for_one_is_not_found(plan, gu, cast):
    for path in ("", "edit/", "groups/", "review/"):
        assert gu.get(f"/plans/{plan.uid}/{path}").status_code == 404
        assert gu.get(f"/plans/{uuid4()}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/campaigns/", "/campaigns/new/"])
def test_strangers_are_asked_to_sign_in(path, client):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")


def fresh_campaign(campaign: Campaign) -> Campaign:
    return Campaign.objects.get(pk=campaign.pk)
