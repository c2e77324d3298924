"""The blueprint editor: one part at a time or the whole, checked live, nothing lost."""

import re

import pytest
from tests.campaigns.conftest import SMALL
from tests.cast import client_as

from zhengyou.campaigns.actions import campaigns, manuscripts
from zhengyou.campaigns.blueprint import Flawed, check, header, section, sections
from zhengyou.campaigns.blueprint.amended import amended
from zhengyou.campaigns.blueprint.writer import write
from zhengyou.campaigns.models import Campaign, Manuscript
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def gu(cast):
    return client_as(cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def own(cast, office, mid_september) -> Manuscript:
    """The office's own blueprint, with a comment to be kept."""
    return manuscripts.keep(office, cast.bureau, SMALL.replace("lasts", "lasts ", 1))


def open_part(client, url: str, at: str) -> dict[str, str]:
    """Return what the form of a part would send back untouched."""
    page = client.get(url, {"at": at})
    assert page.status_code == 200
    form = page.context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    return data | {"seen": page.context["desk"].seen}


def send(client, url: str, at: str, data: dict, do: str = "save", **headers):
    return client.post(f"{url}?at={at.replace('+', '%2B')}", data | {"do": do}, headers=headers)


def test_every_part_of_the_file_has_a_form(gu, own):
    url = f"/blueprints/{own.uid}/"
    found = re.findall(r'href="/blueprints/[^"]+\?at=([^"]+)"', gu.get(url).content.decode())
    assert {"phase.learn", "phase.learn.task.launch", "group.study", "standard.member", "plan"} < {
        *found
    }
    for at in dict.fromkeys(found):
        page = gu.get(url, {"at": at.replace("%2B", "+")})
        assert page.status_code == 200, at
    assert gu.get(url, {"at": "phase.nowhere"}).status_code == 404


def test_a_form_changes_its_lines_only(gu, own):
    url = f"/blueprints/{own.uid}/"
    data = open_part(gu, url, "phase.learn")
    assert send(gu, url, "phase.learn", data).status_code == 302
    own.refresh_from_db()
    assert own.text == SMALL.replace("lasts", "lasts ", 1)  # untouched: to the letter
    done = send(gu, url, "phase.learn", data | {"f-title": "动员", "f-lasts": "6周"})
    assert done.status_code == 302
    own.refresh_from_db()
    wanted = SMALL.replace('"动员学习"', '"动员"').replace('lasts = "1个月"', 'lasts  = "6周"', 1)
    assert own.text == wanted


def test_a_part_is_added_with_a_code_of_its_sound_and_taken_away(gu, own):
    url = f"/blueprints/{own.uid}/"
    data = {"f-title": "评议总结", "f-after": "act", "f-lasts": "1个月"}
    page = gu.get(url, {"at": "+phase"})
    done = send(gu, url, "+phase", data | {"seen": page.context["desk"].seen})
    at = "phase.ping-yi-zong-jie"
    assert done.url == f"{url}?at={at}"
    own.refresh_from_db()
    assert own.problems == 0 and f"[{at}]" in own.text
    seen = open_part(gu, url, at)["seen"]
    assert send(gu, url, at, {"seen": seen}, "drop").url == url
    own.refresh_from_db()
    assert at not in own.text and "[phase.act]" in own.text


def test_tables_inside_tables_and_lists_are_added_from_plain_words(gu, own):
    url = f"/blueprints/{own.uid}/"
    for at, data in (
        ("+phase.learn.task", {"f-title": "讨论", "f-owner-group": "study", "f-due": "第2周"}),
        ("+phase.act.milestone", {"f-title": "教师节", "f-day": "第5天"}),
        ("+standard", {"f-title": "青年教师两条", "f-for": ["党员"], "f-audience": "青年教师",
                       "f-criteria": "肯学\nteach = 上好课"}),
        ("+publicity", {"f-title": "晨会讲", "f-channel": "会议", "f-period": "每周"}),
        ("", {**open_part(gu, url, ""), "f-terms": "上学期 09-01 01-31", "f-names-wall": "只写姓"}),
    ):  # fmt: skip
        seen = gu.get(url, {"at": at}).context["desk"].seen
        done = send(gu, url, at, data | {"seen": seen})
        assert done.status_code == 302, done.content.decode()
    own.refresh_from_db()
    assert own.problems == 0
    for line in (
        "[phase.learn.task.tao-lun]",
        'owner = { group = "study" }',
        "[phase.act.milestone.jiao-shi-jie]",
        'for      = "党员"',
        'criteria = { ken-xue = "肯学", teach = "上好课" }',
        'period  = "每周"',
        'names    = { wall = "只写姓" }',
    ):
        assert line in own.text, own.text
    assert own.text.index("tao-lun") < own.text.index("[phase.act]")


def test_what_others_lean_on_is_not_taken_out_of_a_draft(gu, draft):
    url = f"/campaigns/{draft.uid}/blueprint/"
    late = send(gu, url, "group.study", {"seen": "what stood there before"}, "drop")
    assert late.status_code == 409
    seen = open_part(gu, url, "group.study")["seen"]
    refused = send(gu, url, "group.study", {"seen": seen}, "drop")
    words = refused.content.decode()
    assert refused.status_code == 422 and "没有代号是“study”的工作组" in words
    assert 'value="学习组"' in words  # the form stands as it was
    assert Campaign.objects.get(pk=draft.pk).blueprint == SMALL


def test_the_live_check_says_line_field_and_remedy_and_saves_nothing(gu, own):
    url = f"/blueprints/{own.uid}/"
    data = open_part(gu, url, "phase.learn") | {"f-lasts": "一个月"}
    live = send(gu, url, "phase.learn", data, "check", **{"HX-Request": "true"})
    words = live.content.decode()
    assert live.status_code == 200 and "<html" not in words
    assert "第 12 行" in words and "看不懂“一个月”" in words and "数字用 1、2、3" in words
    whole = send(gu, url, "phase.learn", data, "check")  # without JavaScript: the button
    assert "看不懂“一个月”" in str(whole.context["form"].errors["f-lasts"])
    own.refresh_from_db()
    assert "一个月" not in own.text
    right = send(
        gu, url, "phase.learn", data | {"f-lasts": "2个月"}, "check", **{"HX-Request": "true"}
    )
    assert "没有错" in right.content.decode() and "2026年11月14日" in right.content.decode()


def test_an_own_blueprint_is_kept_with_its_mistakes(gu, own):
    url = f"/blueprints/{own.uid}/"
    seen = gu.get(url, {"at": "raw"}).context["desk"].seen
    broken = own.text.replace('title    = "小学创先争优活动"', "title = 小学")
    assert send(gu, url, "raw", {"text": broken, "seen": seen}).status_code == 302
    own.refresh_from_db()
    assert own.text == broken and own.problems == 1
    page = gu.get(url)  # no TOML: only the whole can be mended
    assert page.context["part"] is None and "不合 TOML" in page.content.decode()
    assert "1处要改" in gu.get("/blueprints/").content.decode().replace(" ", "")


def test_two_who_write_at_once_lose_nothing(gu, own, office):
    url = f"/blueprints/{own.uid}/"
    mine = open_part(gu, url, "phase.learn")
    other = open_part(gu, url, "phase.act")
    raw = gu.get(url, {"at": "raw"}).context["desk"].seen
    assert send(gu, url, "phase.act", other | {"f-title": "实干"}).status_code == 302
    # Another part of the same file: both are kept.
    assert send(gu, url, "phase.learn", mine | {"f-title": "开头"}).status_code == 302
    own.refresh_from_db()
    assert '"实干"' in own.text and '"开头"' in own.text
    # The same part: refused, with both texts on the page; pressed again, it is meant.
    late = send(gu, url, "phase.learn", mine | {"f-title": "序曲"})
    assert late.status_code == 409
    assert "序曲" in late.content.decode() and "开头" in late.context["desk"].theirs
    again = send(
        gu, url, "phase.learn", mine | {"f-title": "序曲", "seen": late.context["desk"].seen}
    )
    assert again.status_code == 302
    whole = send(gu, url, "raw", {"text": SMALL, "seen": raw})
    assert whole.status_code == 409 and whole.context["their_changes"]
    own.refresh_from_db()
    assert '"序曲"' in own.text


def test_a_draft_takes_only_what_is_right_and_keeps_its_comments(gu, draft):
    url = f"/campaigns/{draft.uid}/blueprint/"
    data = open_part(gu, url, "phase.learn")
    wrong = send(gu, url, "phase.learn", data | {"f-lasts": "一个月"})
    assert wrong.status_code == 422 and "看不懂" in wrong.content.decode()
    assert send(gu, url, "phase.learn", data | {"f-lasts": "2个月"}).status_code == 302
    stored = Campaign.objects.get(pk=draft.pk)
    assert stored.blueprint == SMALL.replace('"1个月"', '"2个月"')
    assert str(stored.phases.get(code="learn").ends_on) == "2026-10-31"
    assert Fact.objects.filter(verb="campaign.replace_blueprint").count() == 1
    top = open_part(gu, url, "") | {"starts_on": "2026-09-08"}
    assert send(gu, url, "", top).status_code == 302
    assert str(Campaign.objects.get(pk=draft.pk).starts_on) == "2026-09-08"
    for name in ("edit/", "phases/"):  # one way only
        assert gu.get(f"/campaigns/{draft.uid}/{name}").url == url


def test_what_runs_is_fixed_and_says_why_and_where(gu, running):
    url = f"/campaigns/{running.uid}/blueprint/"
    page = gu.get(url, {"at": "phase.learn"})
    words = page.content.decode()
    assert "蓝图就定了" in words and "disabled" in words and "调整阶段日期" in words
    refused = send(gu, url, "phase.learn", {"f-title": "别的"})
    assert refused.status_code == 403
    assert running.blueprint == SMALL


def test_changes_of_what_runs_are_rows_with_a_reason_and_a_diff(gu, running, office):
    before = running.blueprint
    gu.post(f"/campaigns/{running.uid}/edit/", {
        "title": running.title, "theme": "心在讲台", "aims": "课上得更好\n家长更放心",
        "carriers": "周周回馈\n家长开放周", "wall_names": "hidden", "notice_names": "full",
        "reason": "老师们提的",
    })  # fmt: skip
    learn = running.phases.get(code="learn")
    campaigns.move_phases(
        office, running, {"learn": (learn.starts_on, learn.ends_on.replace(day=28))}, reason="国庆"
    )
    standard = running.standards.get(code="member")
    campaigns.reword_standard(
        office, standard, title=standard.title, criteria={"lessons": "课上得扎实"}, reason="更准"
    )
    rows = list(running.changes.values_list("what", "reason"))
    assert rows == [
        ("标准“教师党员三条”的一条", "更准"), ("动员学习的日期", "国庆"), ("主题", "老师们提的"),
    ]  # fmt: skip
    running = Campaign.objects.get(pk=running.pk)
    assert running.blueprint == before
    changed = [
        pair for pair in zip(before.splitlines(), amended(running).splitlines(), strict=False)
        if pair[0] != pair[1]
    ]  # fmt: skip
    assert 'theme    = "心在讲台"' in [new for _, new in changed]
    page = gu.get(f"/campaigns/{running.uid}/changes/").content.decode()
    assert "<del>" in page and "<ins>" in page and "国庆" in page and "课上得" in page


def test_a_change_of_what_runs_is_told_before_it_is_saved_and_never_overwrites_unseen(gu, running):
    url = f"/campaigns/{running.uid}/phases/"
    page = gu.get(url)
    seen = page.context["form"].seen
    days = {"learn-from": "2026-09-01", "learn-to": "2026-10-10", "act-from": "2026-10-01",
            "act-to": "2027-05-31", "reason": "动员推迟", "seen": seen}  # fmt: skip
    live = gu.post(url, days | {"do": "check"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in live and "改成这样" in live and "动员学习，结束（含这一天）" in live
    assert not running.changes.exists()
    assert gu.post(url, days | {"do": "save"}).status_code == 302
    mine = days | {"learn-to": "2026-10-15", "do": "save"}
    late = gu.post(url, mine)
    words = late.content.decode()
    assert late.status_code == 409 and "2026-10-15" in words and "别人也改了这里" in words
    assert gu.post(url, mine | {"seen": late.context["form"].seen}).status_code == 302
    assert [row.what for row in running.changes.all()] == ["动员学习的日期"] * 2


def test_every_field_that_the_editor_asks_for_is_known_to_its_section():
    """A key that is asked for and unknown to the check would be a form that cannot be saved."""
    words = {word: {"x": {}} for word in ("task", "milestone")}
    for part in sections():
        for inner, fields in part.fields.items():
            for field in fields:
                table = {field.top: {}} if "." in field.key else {field.top: "x"}
                inside = {**words, inner: {"x": table}} if inner else table
                file = {part.name: inside if part.single else {"x": inside}}
                with pytest.raises(Flawed) as flawed:
                    check(write({"format": 1, **file}))
                unknown = [each.what for each in flawed.value.problems if "里不认识" in each.what]
                assert not [what for what in unknown if f"“{field.top}”" in what], field
    for field in header.FIELDS:
        assert field.top in header.KEYS


def test_a_section_that_says_nothing_of_its_fields_is_edited_as_text(gu, own, monkeypatch):
    monkeypatch.setattr(type(section("programme")), "fields", {})
    url = f"/blueprints/{own.uid}/"
    data = open_part(gu, url, "programme")
    assert data["text"] == '[programme.lessons]\ntitle = "高效课堂"\n'
    wrong = data["text"] + "colour = 1\n"
    found = send(gu, url, "programme", data | {"text": wrong}, "check", **{"HX-Request": "true"})
    assert (
        "第 44 行（这一格第 3 行）" in found.content.decode() and "colour" in found.content.decode()
    )
    better = data["text"].replace("高效", "高效的") + '\n[programme.home]\ntitle = "家校"\n'
    assert send(gu, url, "programme", data | {"text": better}).status_code == 302
    own.refresh_from_db()
    assert own.problems == 0 and "[programme.home]" in own.text and "高效的课堂" in own.text


def test_the_way_into_ones_own_blueprints_and_out_again(gu, draft, cast):
    wrong = SMALL.replace("1个月", "一个月")
    kept = gu.post("/campaigns/new/", {"text": wrong, "do": "keep"})
    own = Manuscript.objects.get()
    assert kept.url == f"/blueprints/{own.uid}/" and own.problems == 1 and own.text == wrong
    gu.post(f"/campaigns/{draft.uid}/blueprint/keep/")
    assert Manuscript.objects.count() == 2
    used = gu.post("/campaigns/new/", {"text": own.text, "do": "check"})
    assert used.status_code == 422 and "改好才能用" in used.content.decode()
    gu.post(f"/blueprints/{own.uid}/discard/")
    assert Manuscript.objects.count() == 1
    shen = client_as(cast.shen, Role.SECRETARY)
    assert shen.get(f"/blueprints/{Manuscript.objects.get().uid}/").status_code == 404
    song = client_as(cast["宋知行"])
    assert song.get("/blueprints/").status_code == 403


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(
    gu, own, office, cast, django_assert_num_queries
):
    for number in (1, 30):
        while Manuscript.objects.count() < number:
            manuscripts.keep(office, cast.bureau, SMALL)
        with django_assert_num_queries(6):
            gu.get("/blueprints/")
