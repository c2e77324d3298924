"""A labour case of a school's union: the few who mediate take it from the first sign to the end;
for nobody else does it exist. Not for the secretary, nor above, next door, the administrator, nor
whoever has a link or a session of his own making; on no page, in no search, mail or calendar.

There is no API yet: when there is one, a key must find nothing either.
"""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from tests.browser import DESKTOP, PHONE
from tests.cast import account_of, client_as
from tests.labour.scene import DAY, PARTY, SECRET, Labour, labour
from tests.stories.chromium import InChromium
from tests.stories.visitors import OnPaper

from zhengyou.desk import feeds, letters
from zhengyou.desk.models import Feed, Reminder
from zhengyou.files.models import Attachment
from zhengyou.kernel import clock
from zhengyou.labour.models import LabourCase, Level
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Organisation, Role

__all__ = ["labour"]

OUTSIDERS = [
    ("shen", Role.SECRETARY), ("zhou", Role.SECRETARY), ("wen", Role.SECRETARY),
    ("qin", Role.SECRETARY), ("gu", Role.CAMPAIGN_OFFICE), ("yin", Role.INSPECTOR),
    ("zhuo", Role.SYSTEM_ADMIN), ("tian", Role.RECORDER), ("he", None),
]  # fmt: skip
TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"')
AGREED = "十一月底前补齐"


def mediate(visitor: Any, files: Any = None) -> None:
    """Walk from the first sign to the end as 宋知行, who heads the group."""
    visitor.open("/desk/")
    visitor.click("预警和调解")
    visitor.sees("育新小学工会预警调解组，您是组长")
    visitor.click("记一个苗头", about="育新小学工会")
    visitor.pick("哪种苗头", "拖欠、克扣工资")
    visitor.pick("缓急", "较重")
    visitor.fill("什么情况", SECRET)
    visitor.press("记下")
    visitor.click("打开", about="拖欠、克扣工资")
    visitor.sees(SECRET, "10月14日前去看")
    visitor.click("转为案件")
    visitor.fill("当事人", PARTY)
    visitor.press("收下")
    visitor.sees(PARTY, SECRET, "2026-01号", "10月15日前", "10月26日前办完")
    visitor.click("办了", about="决定受理")
    visitor.fill("办得怎样", "两边都同意调解")
    visitor.press("办了")
    visitor.click("记调解笔录")
    visitor.fill("谁说了什么", f"{PARTY}说了经过")
    visitor.fill("谈成了什么", AGREED)
    if files is not None:
        visitor.attach("附件", files)
    visitor.press("记下")
    visitor.sees("谈成：" + AGREED)
    visitor.click("办结")
    visitor.pick("结果", "达成调解协议")
    visitor.fill("说明", AGREED)
    visitor.press("办结")
    visitor.sees("按期", "达成调解协议")
    visitor.click("重新办理")
    visitor.fill("怎么说的、怎么办的", "到期没有补")
    visitor.press("重新办理")
    visitor.sees("重新办理：到期没有补", "办理中")


@pytest.fixture
def told(labour: Labour, tmp_path: Any) -> Labour:
    """The story, told on paper, with an urgent sign besides."""
    file = tmp_path / f"{PARTY}.txt"
    file.write_text(SECRET, "utf-8")
    with clock.at(DAY):
        visitor = OnPaper()
        visitor.client.force_login(account_of(labour.cast.song))
        mediate(visitor, file)
        labour.warned(Level.RED, text="锅炉房的人说要停工")
        yield labour


def of(case: LabourCase, labour: Labour) -> list[str]:
    """Return every address of the room, for this case and this union."""
    signal, step, member = case.signal, case.steps.last(), case.members.first()
    assert signal is not None and step is not None and member is not None
    page, union = f"/confidential/cases/{case.uid}/", f"/confidential/of/{labour.union.uid}/"
    return [
        page, f"{page}steps/{step.uid}/", f"{page}steps/{step.uid}/later/", f"{page}notes/",
        f"{page}members/", f"{page}members/{member.uid}/end/", f"{page}close/", f"{page}reopen/",
        f"/confidential/signals/{signal.uid}/", f"{union}signals/", f"{union}cases/",
        f"{union}cases/?signal={signal.uid}", Attachment.objects.get().get_absolute_url(),
        f"{page}export/", f"{page}.xlsx", f"/confidential/cases/{case.uid}.pdf",
    ]  # fmt: skip


def answer(client: Client, address: str, method: str = "get", **data: str) -> tuple[int, bytes]:
    """Return status and body, what changes with every answer left out."""
    got = getattr(client, method)(address, data)
    body = b"".join(got) if got.streaming else got.content
    return got.status_code, TOKENS.sub(b"", body)


@pytest.mark.django_db
def test_it_exists_for_nobody_else(told: Labour) -> None:
    """A right address and an invented one are answered alike, whatever is asked and sent."""
    case = LabourCase.objects.get()
    real = of(case, told)
    invented = [re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda _: str(uuid4()), each) for each in real]
    for who, role in OUTSIDERS:
        client = client_as(told.cast.persons[who], role)
        for method, data in (("get", {}), ("post", {"words": "x", "outcome": "settled"})):
            for one, other in zip(real, invented, strict=True):
                got = answer(client, one, method, **data)
                assert got == answer(client, other, method, **data), (who, one)
                assert got[0] in (404, 405), (who, one, got[0])
    assert LabourCase.objects.get().state == "open" and case.closings.count() == 1


@pytest.mark.django_db
def test_forged_keys_open_nothing(told: Labour) -> None:
    """Without an account, with a session made up, with the session of somebody who was let go."""
    case = LabourCase.objects.get()
    forged, gone = Client(), client_as(told.cast.wei)
    forged.cookies["sessionid"] = "a" * 32
    assert answer(gone, f"/confidential/cases/{case.uid}/")[0] == 200
    account = account_of(told.cast.wei)
    type(account).objects.filter(pk=account.pk).update(closed_at=clock.now())
    for client in (Client(), forged, gone):
        for address in of(case, told):
            status, body = answer(client, address)
            assert status in (302, 404), address
            assert SECRET.encode() not in body and PARTY.encode() not in body


def crawl(client: Client, start: list[str], most: int) -> dict[str, bytes]:
    """Return what stands on the pages that one gets to by links."""
    found: dict[str, bytes] = {}
    waiting = list(start)
    while waiting and len(found) < most:
        address = waiting.pop(0)
        if address in found:
            continue
        got = client.get(address)
        if got.streaming or "html" not in got.headers.get("Content-Type", ""):
            continue
        found[address] = got.content
        links = re.findall(r'href="(/[^"#]*)"', got.content.decode())
        waiting += [each.replace("&amp;", "&") for each in links if "/static/" not in each]
    return found


@pytest.mark.django_db
def test_no_page_says_a_word(told: Labour) -> None:
    """Pages that the secretary, the neighbour and the administrator get to, and their searches."""
    case = LabourCase.objects.get()
    union = told.union.uid
    start = [
        "/desk/", f"/search/?q={SECRET}", f"/orgs/{union}/", f"/duties/of/{union}/",
        f"/orgs/{union}/records/", f"/find/?q={SECRET}", "/head/", "/confidential/",
        f"/people/{told.cast.song.uid}/", f"/orgs/{union}/roll/",
    ]  # fmt: skip
    words = [SECRET, PARTY, AGREED, "停工", "2026-01号", str(case.uid), "锅炉房"]
    for who, role in (("shen", Role.SECRETARY), ("wen", Role.SECRETARY),
                      ("zhuo", Role.SYSTEM_ADMIN)):  # fmt: skip
        pages = crawl(client_as(told.cast.persons[who], role), start, 30)
        assert len(pages) > 20
        for address, body in pages.items():
            if "?q=" in address:  # the question stands in its own field
                body = body.replace(SECRET.encode(), b"")
            assert not [word for word in words if word.encode() in body], (who, address)
    home = client_as(told.cast.shen, Role.SECRETARY).get("/confidential/").content.decode()
    assert "没有给您看的" in home


@pytest.mark.django_db
def test_letters_calendars_and_the_ledger_say_nothing(told: Labour, settings: Any) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    }  # fmt: skip
    words = (SECRET, PARTY, AGREED, "停工", "2026-01", "调解", "劳动")
    for who in ("song", "wei", "shen"):
        account = account_of(told.cast.persons[who])
        row = Reminder.objects.create(account=account, address="a@example.org", on=True, hour=7)
        feeds.make(next(letters.actors_of(account)), None)
        written = feeds.written(Feed.objects.get(account=account)).decode()
        assert not [word for word in words if word in written], who
        with clock.at(date(2026, 10, 15)):
            letters.digest(row.pk, date(2026, 10, 15))
    body = Organisation.objects.get(pk=told.union.pk)
    assert not [row for row in feeds.of_body(body, DAY) if any(w in str(row) for w in words)]
    said = "".join(f"{each.subject}{each.body}{each.alternatives}" for each in mail.outbox)
    assert not [word for word in words if word in said]
    assert "有一件保密的事等您办" in said and "/confidential/" in said
    facts = Fact.objects.filter(about_kind__startswith="labour")
    assert not [word for word in words if word in str(list(facts.values("data", "verb")))]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_clicked(new_page: Any, axe: Any, sign_in: Any, monkeypatch: Any, labour: Labour) -> None:
    """The head of the group at a computer; the others look at the same pages on a telephone."""
    monkeypatch.setattr(clock, "now", lambda: _noon())
    page = new_page(DESKTOP)
    sign_in(page, account_of(labour.cast.song))
    song = InChromium(page, axe)
    mediate(song)
    case = LabourCase.objects.get()
    phone = new_page(PHONE, has_touch=True, is_mobile=True)
    sign_in(phone, account_of(labour.cast.wei))
    wei = InChromium(phone, axe)
    for address in ("", f"cases/{case.uid}/", f"cases/{case.uid}/notes/",
                    f"of/{labour.union.uid}/signals/"):  # fmt: skip
        wei.open(f"/confidential/{address}")
    assert [*song.barriers, *song.complaints, *wei.barriers, *wei.complaints] == []


def _noon() -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 10, 12, 12, tzinfo=clock.SHANGHAI).astimezone(UTC)
