"""Open week at 育新小学: one opinion is put right at once, one is planned and mended step by step;
whoever wrote it follows it with a code, everybody reads it in public.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import segno
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from tests import cast as casting
from tests.cast import Cast, account_of, client_as

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.problems.actions import judging, mending
from zhengyou.problems.actions.mending import Planned
from zhengyou.problems.models import Explained, Problem
from zhengyou.voices.models import Box, BoxPlace, Voice, What

pytestmark = pytest.mark.django_db

PLACES = "二年级语文课，方晓岚\n一年级数学课，宋知行\n食堂"
MONDAY, WEDNESDAY, FRIDAY = date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 16)
NOVEMBER = date(2026, 11, 20)
LAMP, SOUP, STAIRS = "教室后排的灯管闪。", "食堂的汤到孩子手里已经凉了。", "三楼厕所该加一层扶手。"


def test_one_is_fixed_at_once_and_one_is_planned(cast: Cast) -> None:
    with clock.at(MONDAY):
        box = _set_up(cast)
    with clock.at(WEDNESDAY):
        _printed_for_the_doors(cast, box)
        lamp = _say(box, LAMP, "二年级语文课")
        soup = _say(box, SOUP, "食堂")
        stairs = _on_paper(cast, box, STAIRS)
    with clock.at(FRIDAY):
        _collate(cast, box)
        assert "当天就换了新灯管。" in _by_code(lamp)
        assert "已列为问题，正在安排人整改" in _by_code(soup)
        _the_teacher_hears(cast)
        problem = Problem.objects.get(title__contains="汤")
        mending.agree(
            _shen(cast), problem, owner=cast.zhou, deadline=NOVEMBER,
            measures=[Planned("给送餐车加保温层", cast.zhou, NOVEMBER)],
        )  # fmt: skip
        assert "已定下整改措施" in _by_code(soup)
        assert "11月20日前" in _by_code(soup)
        _it_stands_in_public(box)
    with clock.at(NOVEMBER):
        zhou = acting_as(cast.zhou, Role.DEPUTY_SECRETARY)
        problem.refresh_from_db()
        mending.submit(zhou, problem, "保温层装好了，量过，到手 60 度。")
        judging.verify(_shen(cast), problem, "去食堂看过。")
        assert "已整改，验收通过" in _by_code(soup)
        _not_now(cast, stairs)
        _the_box_is_closed(cast, box, soup)


def _shen(cast: Cast) -> Any:
    return acting_as(cast.shen, Role.SECRETARY)


def _set_up(cast: Cast) -> Box:
    """The secretary sets the box up and opens it; nobody sees it before."""
    client = client_as(cast.shen, Role.SECRETARY)
    typed = {
        "kind": "open_week", "title": "秋季开放周意见箱", "question": "哪里好，哪里要改？",
        "opens_on": "2026-10-12", "closes_on": "2026-10-18", "collator": cast.su.pk,
        "answer_days": 5, "shows": "on", "places": PLACES,
    }  # fmt: skip
    wrong = {**typed, "places": f"{PLACES}\n艺术节，查无此人"}
    new = reverse("voices:new", args=[cast.branch.uid])
    assert "第 4 行：名册上没有“查无此人”" in client.post(new, wrong).content.decode()
    assert client.post(new, typed).status_code == 302
    box = Box.objects.get()
    public = reverse("voices:put_in", args=[box.uid])
    assert Client().get(public).status_code == 404
    client.post(reverse("voices:move", args=[box.uid]), {"do": "open"})
    assert Client().get(public).status_code == 200
    return Box.objects.select_related("organisation", "collator").get()


def _printed_for_the_doors(cast: Cast, box: Box) -> None:
    """What the QR code on each poster says is the address of its door, token and all."""
    client = client_as(cast.tian, Role.RECORDER)
    page = client.get(reverse("voices:posters", args=[box.uid])).content.decode()
    drawn = re.findall(r'<svg[^>]*class="qr".*?</svg>', page, re.S)
    wanted = [f"http://testserver{door}" for door in _doors(box)]
    assert [_modules(svg) for svg in drawn] == [_modules(_svg(address)) for address in wanted]


def _doors(box: Box) -> list[str]:
    return [_door(box, None), *(_door(box, place) for place in box.places.all())]


def _door(box: Box, place: BoxPlace | None) -> str:
    if place is None:
        return f"{reverse('voices:put_in', args=[box.uid])}?d={box.token()}"
    return f"{reverse('voices:put_in_at', args=[box.uid, place.uid])}?d={place.token()}"


def _svg(address: str) -> str:
    return str(segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2))


def _modules(svg: str) -> str:
    """Return the drawing of a QR code: the same for the same words only."""
    found = re.search(r' d="([^"]+)"', svg)
    assert found
    return found.group(1)


def _say(box: Box, text: str, label: str) -> str:
    """Somebody scans the code at a door and writes; the answer is a code."""
    place = box.places.get(label=label)
    answer = Client().post(_door(box, place), {"text": text})
    assert answer.status_code == 200
    return str(answer.context["code"])


def _on_paper(cast: Cast, box: Box, text: str) -> str:
    """A grandmother writes on the printed form; the recorder enters it with the code on it."""
    client = client_as(cast.tian, Role.RECORDER)
    printed = client.get(reverse("voices:forms", args=[box.uid])).context["slips"][0].code
    sent = {"form-TOTAL_FORMS": 8, "form-INITIAL_FORMS": 0, "form-0-text": text,
            "form-0-code": printed}  # fmt: skip
    assert "录好了" in client.post(reverse("voices:paper", args=[box.uid]), sent).content.decode()
    assert Voice.objects.get(text=text).by_hand
    return str(printed)


def _by_code(code: str) -> str:
    answer = Client().post(reverse("remarks:look_up"), {"code": code})
    assert answer.status_code == 200
    return answer.content.decode()


def _collate(cast: Cast, box: Box) -> None:
    """The collator works off one page: at once, a problem, taken for later; all made public."""
    client = client_as(cast.su, Role.COMMITTEE_MEMBER)
    url = reverse("voices:box", args=[box.uid])
    assert "“秋季开放周意见箱”有 3 条意见要办" in client.get("/desk/").content.decode()
    lamp, soup, stairs = (Voice.objects.get(text=text) for text in (LAMP, SOUP, STAIRS))
    client.post(url, {"do": "done", "words": "当天就换了新灯管。", "pick": lamp.uid})
    _make_a_problem(client, url, soup, cast)
    _make_a_problem(client, url, stairs, cast)
    client.post(url, {"do": "show", "pick": [lamp.uid, soup.uid, stairs.uid]})
    assert set(Voice.objects.values_list("became", flat=True)) == {What.DONE, What.PROBLEM}
    assert "秋季开放周意见箱" not in client.get("/desk/").content.decode()


def _make_a_problem(client: Client, url: str, voice: Voice, cast: Cast) -> None:
    form = client.get(client.post(url, {"do": "problem", "pick": voice.uid})["Location"])
    typed = {name: form.context["form"].initial[name] for name in ("title", "text")}
    sent = client.post(form.request["PATH_INFO"] + f"?pick={voice.uid}",
                       {**typed, "body": cast.branch.pk, "privacy": "body"})  # fmt: skip
    assert sent.status_code == 302


def _the_teacher_hears(cast: Cast) -> None:
    page = client_as(cast.fang).get(reverse("voices:heard")).content.decode()
    assert LAMP in page
    assert SOUP not in page


def _it_stands_in_public(box: Box) -> None:
    page = Client().get(reverse("voices:put_in", args=[box.uid])).content.decode()
    for words in (
        LAMP,
        "已经办好",
        "当天就换了新灯管。",
        SOUP,
        "已定下整改措施",
        "11月20日前",
        "代录",
    ):
        assert words in page
    assert "周启明" not in page  # who mends it is for the body


def _not_now(cast: Cast, stairs: str) -> None:
    """What cannot be solved now is explained to whoever asked."""
    problem = Problem.objects.get(title__contains="扶手")
    judging.explain(
        _shen(cast), problem, kind=Explained.PLAN, again=date(2027, 3, 1),
        words="楼要大修，明年三月和栏杆一起改。",
    )  # fmt: skip
    assert "楼要大修，明年三月和栏杆一起改。" in _by_code(stairs)


def _the_box_is_closed(cast: Cast, box: Box, soup: str) -> None:
    """After the last day nothing comes in; questions and answers stay."""
    url = reverse("voices:put_in", args=[box.uid])
    assert Client().post(url, {"text": "迟了"}).status_code == 422
    assert SOUP in Client().get(url).content.decode()
    assert "已整改" in _by_code(soup)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_the_browser(
    page: Page, phone: Page, axe: Callable[..., list[str]], sign_in: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    noon = datetime.combine(WEDNESDAY, time(12), clock.SHANGHAI).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)
    cast = casting.build()
    box = _set_up(cast)
    code = _a_parent_writes_with_one_thumb(phone, box, axe)
    sign_in(page, account_of(cast.shen))
    _the_secretary_collates(page, box, axe)
    phone.goto("/say/")
    phone.get_by_label("查询码").fill(code)
    phone.get_by_role("button", name="查").click()
    assert "当天就换了新灯管。" in phone.locator("main").inner_text()
    assert axe(phone) == []
    page.goto(f"/boxes/{box.uid}/posters/")
    assert page.locator("svg.qr").count() == 4
    for url in (f"/boxes/{box.uid}/", f"/boxes/{box.uid}/forms/", f"/boxes/{box.uid}/paper/"):
        page.goto(url)
        assert axe(page) == []


def _a_parent_writes_with_one_thumb(phone: Page, box: Box, axe: Callable[..., list[str]]) -> str:
    """The address of the door, as the QR code says it."""
    phone.goto(_door(box, box.places.get(label="二年级语文课")))
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_label("您想说的").fill(LAMP)
    phone.get_by_role("button", name="交给育新小学党支部").click()
    assert phone.get_by_role("heading", name="收到了").is_visible()
    assert axe(phone) == []
    return str(phone.locator(".zy-code").inner_text())


def _the_secretary_collates(page: Page, box: Box, axe: Callable[..., list[str]]) -> None:
    page.goto(f"/boxes/{box.uid}/")
    page.get_by_label(f"选这一条：{LAMP}").check()
    page.get_by_label("答复的话").fill("当天就换了新灯管。")
    page.get_by_role("button", name="当场办好了").click()
    assert page.get_by_text("写上了怎么办好的 1 条。").is_visible()
    page.goto(f"/boxes/{box.uid}/?show=done")
    page.get_by_label(f"选这一条：{LAMP}").check()
    page.get_by_role("button", name="公开", exact=True).click()
    assert page.get_by_text("公开了 1 条。").is_visible()
    assert axe(page) == []
