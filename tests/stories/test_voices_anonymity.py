"""Whoever has the dump, the ledger, the sessions, the cache and the log finds no voice's writer.

The attack of ``test_chain_anonymity`` on what is put into a box: thirty people write at the doors
and from the net, some signed in, one signs by choice, one writes on paper; then the box is worked
off. The same attack on a plain store finds them, so that this test can fail.
"""

import io
import logging
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests import cast as casting
from tests.cast import account_of, client_as
from tests.stories import attacker
from tests.stories.attacker import Visitor
from tests.stories.test_chain_anonymity import CHANCE, LUCKY, TABLE

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.remarks import laying, limits, traces
from zhengyou.site import logs
from zhengyou.site.middleware import ApartMiddleware
from zhengyou.voices.actions import boxes, triage, writing
from zhengyou.voices.actions.boxes import BoxData, PlaceData
from zhengyou.voices.actions.writing import Slip
from zhengyou.voices.models import Box, BoxKind, Voice, VoiceState

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 30
SIGNED_IN = ["shen", "zhou", "tian", "song", "wei", "wen", "bai", "he"]
VOICES = "voices_voice"


@dataclass
class Run:
    """What happened, in its true order, and what it left."""

    cast: casting.Cast
    box: Box
    log: io.StringIO
    visitors: list[Visitor] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    logged: str = ""
    cookies: set[str] = field(default_factory=set)

    @property
    def texts(self) -> list[str]:
        """The voices in the order in which they came in."""
        return [visitor.text for visitor in self.visitors]


@pytest.fixture
def run(settings, monkeypatch) -> Iterator[Run]:
    """An open week of today, with the cache and the log of the product."""
    settings.CACHES = TABLE
    settings.LOOKUP_KEY = "the same in each run, so that nothing hangs on luck"
    call_command("createcachetable", verbosity=0)
    monkeypatch.setattr(laying, "_random", random.Random(20261125))
    count = iter(range(10**6))
    monkeypatch.setattr(laying, "new_token", lambda: f"form number {next(count):022}")
    log, root = io.StringIO(), logging.getLogger()
    before = root.handlers
    monkeypatch.setattr(sys, "stderr", log)
    logs.configure({"level": "DEBUG"})
    cast = casting.build()
    yield Run(cast, _box(cast), log)
    root.handlers = before


def _box(cast: casting.Cast) -> Box:
    shen = acting_as(cast.shen, Role.SECRETARY)
    data = BoxData(BoxKind.OPEN_WEEK, "开放周意见箱", "哪里要改？", cast.su, clock.today(),
                   places=[PlaceData("食堂"), PlaceData("一年级数学课")])  # fmt: skip
    box = boxes.set_up(shen, cast.branch, data)
    boxes.open_box(shen, box)
    return Box.objects.select_related("organisation", "collator").get(pk=box.pk)


def write(run: Run) -> None:
    """Let everybody write, each from an own address, with ordinary visits in between."""
    chance = random.Random(7)
    signed = {place: SIGNED_IN[n] for n, place in enumerate(chance.sample(range(MANY), 8))}
    places = [None, *run.box.places.all()]
    for number in range(MANY):
        address, agent = f"10.{chance.randrange(9)}.{number}.7", f"Phone/{number}.{number * 7919}"
        client, known = Client(), ()
        if number in signed:
            person = run.cast.persons[signed[number]]
            client, account = client_as(person), account_of(person)
            known = (account.username, str(account.uid), str(person.uid), person.name)
            known += (client.cookies["sessionid"].value,)
        headers = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": agent}
        visitor = Visitor(address, agent, known, f"第{chance.getrandbits(40):x}条：汤凉了。")
        client.get(f"/no-such-page/{number}", **headers)
        _write(run, client, headers, visitor, places[number % len(places)])
        run.visitors.append(visitor)


def _write(run: Run, client: Client, headers: dict[str, str], visitor: Visitor, place) -> None:
    """Come through a door, make a mistake, send it with words; note what that changed."""
    url = reverse("voices:put_in", args=[run.box.uid])
    if place is not None:
        place.box = run.box
        url = f"{reverse('voices:put_in_at', args=[run.box.uid, place.uid])}?d={place.token()}"
    before, said = _fingerprint(), run.log.tell()
    page = client.get(url, **headers)
    typed = {"token": page.context["form"].initial["token"], "text": visitor.text}
    assert client.post(url, {**typed, "text": ""}, **headers).status_code == 422
    answer = client.post(url, typed, **headers)
    assert answer.status_code == 200, answer.content.decode()
    run.cookies |= {*page.cookies, *answer.cookies}
    run.logged += run.log.getvalue()[said:]
    after = _fingerprint()
    run.changed |= {name for name in after if after[name] != before.get(name)}


def _fingerprint() -> dict[str, int]:
    return {name: hash(repr(rows)) for name, rows in attacker.dump().items()}


def in_order(run: Run) -> dict[str, str]:
    """Return by what the attacker could put the voices in the order in which they came."""
    return {
        name: f"likeness {attacker.likeness(numbers):.2f}, {attacker.hits(numbers)} right"
        for name, numbers in attacker.orders(run.texts, VOICES).items()
        if attacker.likeness(numbers) > CHANCE or attacker.hits(numbers) > LUCKY
    }


def work_off(run: Run) -> None:
    """Answer, show and hold some, as the collator does it, all ticked ones at once."""
    su = acting_as(run.cast.su, Role.COMMITTEE_MEMBER)
    voices = list(Voice.objects.filter(author=None, by_hand=False).order_by("uid"))
    triage.show(su, voices[:8])
    triage.answer(su, voices[4:12], "都改了。")
    triage.hold(su, voices[12:14], "advert")


def test_nobody_is_found(run: Run) -> None:
    write(run)
    assert in_order(run) == {}
    assert run.changed <= {VOICES, "zhengyou_cache"}
    assert run.logged == ""
    assert run.cookies <= {"csrftoken"}
    assert "no-such-page" in run.log.getvalue()  # the log itself is on
    assert "/say/" not in run.log.getvalue()

    fang, tian = acting_as(run.cast.fang), acting_as(run.cast.tian, Role.RECORDER)
    writing.sign(fang, run.box, Slip("黑板反光，我是老师。"))
    writing.enter_paper(tian, run.box, [Slip("纸上写的：字太小。")])
    assert in_order(run) == {}
    work_off(run)
    assert in_order(run) == {}

    tables = attacker.dump()
    for visitor in run.visitors:
        rows = [row for row in tables[VOICES] if row["text"] == visitor.text]
        assert len(rows) == 1
        assert rows[0]["author_id"] is None
        assert attacker.mentions(visitor, rows) == []
        assert attacker.mentions(visitor, _counts(tables)) == []
        assert visitor.address not in run.log.getvalue()
    _nothing_in_the_ledger(run, tables)
    _no_moment(tables)
    _nothing_left_over(run)


def _counts(tables: dict[str, list[attacker.Row]]) -> list[attacker.Row]:
    return [row for row in tables["zhengyou_cache"] if limits.PREFIX in row["cache_key"]]


def _nothing_in_the_ledger(run: Run, tables: dict[str, list[attacker.Row]]) -> None:
    """Facts are of those who signed in: they name a voice only once somebody has looked at it."""
    waiting = Voice.objects.filter(state=VoiceState.WAITING)
    unseen = {str(uid) for uid in waiting.values_list("uid", flat=True)}
    verbs = {fact["verb"] for fact in tables["ledger_fact"] if "voice." in fact["verb"]}
    assert verbs == {"voice.show", "voice.answer", "voice.hold", "voice.sign"}
    for fact in tables["ledger_fact"]:
        assert str(fact["about_uid"]) not in unseen
        assert not any(text in str(fact) for text in run.texts)
        if fact["verb"] in ("voice.sign", "box.enter_paper"):
            assert str(fact["about_uid"]).replace("-", "") == run.box.uid.hex


def _no_moment(tables: dict[str, list[attacker.Row]]) -> None:
    monday = date.today() - timedelta(days=date.today().weekday())
    for row in tables[VOICES]:
        assert str(row["week"]) in {str(monday), str(monday - timedelta(days=7))}
    for row in _counts(tables):
        assert str(row["expires"])[14:19] in {"00:00", "00:01"}, row


def _nothing_left_over(run: Run) -> None:
    """No older version of a row lies about in the file, in its free pages or in its journal."""
    traces.sweep()
    for name, content in attacker.file_bytes().items():
        copies = {text: content.count(text.encode()) for text in run.texts}
        assert set(copies.values()) <= ({1} if name == "main" else {0}), name


def test_a_plain_store_would_be_caught(run: Run, monkeypatch) -> None:
    """The attack works: rows as they come, sessions read and lines logged as everywhere else."""
    monkeypatch.setattr(laying, "lay_down", lambda new, waiting: new[0].save(force_insert=True))
    monkeypatch.setattr(
        ApartMiddleware, "__call__", lambda self, request: self.get_response(request)
    )
    write(run)
    assert {name.split()[0] for name in in_order(run)} & {"row_number", "ctid", "xmin"}
    assert "/say/" in run.logged
