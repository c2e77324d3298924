"""Whoever has the dump, the ledger, the sessions, the cache and the log finds no commenter.

Forty people comment, twelve of them signed in, between ordinary visits that leave their traces.
The same attack on a plain store finds them all, so that this test can fail.
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
from tests.cast import PASSWORD, account_of, client_as
from tests.papers.conftest import Scene, play
from tests.stories import attacker
from tests.stories.attacker import Visitor

from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.remarks import codes, laying, limits, traces
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.site import logs
from zhengyou.site.middleware import ApartMiddleware

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 40
SIGNED_IN = ["qin", "gu", "yin", "zhuo", "shen", "zhou", "su", "tian", "song", "wei", "wen", "bai"]
CHANCE = 0.6  # of the order; see attacker.likeness
LUCKY = 6  # right guesses among forty: by chance one, more than six once in 12,000
TABLE = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zhengyou_cache",
    }
}


@dataclass
class Run:
    """What happened, in its true order, and what it left."""

    scene: Scene
    log: io.StringIO
    visitors: list[Visitor] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    logged: str = ""
    cookies: set[str] = field(default_factory=set)

    @property
    def texts(self) -> list[str]:
        """The remarks in the order in which they came in."""
        return [visitor.text for visitor in self.visitors]


@pytest.fixture
def run(settings, monkeypatch) -> Iterator[Run]:
    """Forty remarks, written as in the product: its cache, its log, its middleware."""
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
    yield Run(play(casting.build()), log)
    root.handlers = before


def comment(run: Run) -> None:
    """Let everybody comment, each from an own address, with ordinary visits in between."""
    chance = random.Random(7)
    signed = {place: SIGNED_IN[n] for n, place in enumerate(chance.sample(range(MANY), 12))}
    for place in range(MANY):
        address, agent = f"10.{chance.randrange(9)}.{place}.7", f"Phone/{place}.{place * 7919}"
        client, known = Client(), ()
        if place in signed:
            person = run.scene.cast.persons[signed[place]]
            client = client_as(person)
            account = account_of(person)
            known = (account.username, str(account.uid), str(person.uid), person.name)
            known += (client.cookies["sessionid"].value,)
        headers = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": agent}
        visitor = Visitor(
            address, agent, known, f"第{chance.getrandbits(40):x}条意见：讲题晚一点。"
        )
        _ordinary(run, client, headers, place)
        _write(run, client, headers, visitor)
        run.visitors.append(visitor)


def _ordinary(run: Run, client: Client, headers: dict[str, str], place: int) -> None:
    """Do what leaves traces: sign in, look around, miss a page."""
    client.get("/", **headers)
    client.get(f"/c/{run.scene.campaign.uid}/no-such-page/{place}", **headers)
    if place % 5 == 0:
        typed = {"login": f"somebody{place}", "password": PASSWORD}
        client.post("/login/", typed, **headers)


def _write(run: Run, client: Client, headers: dict[str, str], visitor: Visitor) -> None:
    """Open the form, make the usual mistakes, send it with words; note what that changed."""
    items = run.scene.items("song")
    url = reverse("remarks:write", args=["pledge_item", items[1 + len(run.texts) % 2].uid])
    before, said = _fingerprint(), run.log.tell()
    client.handler.enforce_csrf_checks = True
    page = client.get(url, **headers)
    typed = {"token": page.context["form"].initial["token"], "text": visitor.text}
    assert client.post(url, typed, **headers).status_code == 403  # without the form's own token
    typed["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    assert client.post(url, {**typed, "text": ""}, **headers).status_code == 422
    client.get("/say/no_such_kind/00000000-0000-4000-8000-000000000000/", **headers)
    answer = client.post(url, typed, **headers)
    assert answer.status_code == 200, answer.content.decode()
    run.cookies |= {*page.cookies, *answer.cookies}
    run.logged += run.log.getvalue()[said:]
    after = _fingerprint()
    run.changed |= {name for name in after if after[name] != before.get(name)}


def _fingerprint() -> dict[str, int]:
    """Return a number for each table that changes with it."""
    return {name: hash(repr(rows)) for name, rows in attacker.dump().items()}


def moderate(run: Run) -> None:
    """Let ten through, as the secretary does it."""
    client = client_as(run.scene.cast.shen, Role.SECRETARY)
    url = reverse("remarks:queue", args=[run.scene.cast.branch.uid])
    lines = client.get(url).context["queue"].lines
    picked = [str(line.remark.uid) for line in lines if line.may][:10]
    client.post(url, {"do": "show", "pick": picked})
    assert Remark.objects.filter(state=RemarkState.SHOWN).count() == 10


def in_order(run: Run) -> dict[str, str]:
    """Return by what the attacker could put the remarks in the order in which they came."""
    return {
        name: f"likeness {attacker.likeness(numbers):.2f}, {attacker.hits(numbers)} right"
        for name, numbers in attacker.orders(run.texts).items()
        if attacker.likeness(numbers) > CHANCE or attacker.hits(numbers) > LUCKY
    }


def test_nobody_is_found(run: Run) -> None:
    comment(run)
    assert in_order(run) == {}
    moderate(run)
    assert in_order(run) == {}

    # A write changes the remarks and the counts, whoever is signed in; it says nothing to the log
    # and gives the browser nothing but the form's own cookie.
    assert run.changed <= {"remarks_remark", "zhengyou_cache"}
    assert run.logged == ""
    assert run.cookies == {"csrftoken"}
    assert "no-such-page" in run.log.getvalue()  # the log itself is on
    assert "/say/" not in run.log.getvalue()

    tables = attacker.dump()
    kept = [name for name in tables if name.startswith("remarks_")]
    for visitor in run.visitors:
        rows = [row for name in kept for row in tables[name] if row.get("text") == visitor.text]
        assert len(rows) == 1
        of_writer = [{**row, "label": "", "about_id": ""} for row in rows]  # whose promise it is
        assert attacker.mentions(visitor, of_writer) == []
        assert attacker.mentions(visitor, _counts(tables)) == []
        assert visitor.address not in run.log.getvalue()
    uids = {str(uid) for uid in Remark.objects.values_list("uid", flat=True)}
    for fact in tables["ledger_fact"]:  # only what signed-in people did to remarks
        assert not fact["verb"].startswith("remark.") or fact["verb"] == "remark.show"
        assert not (fact["verb"] != "remark.show" and str(fact["about_uid"]) in uids)
        assert not any(text in str(fact) for text in run.texts)

    _no_moment(run, tables)
    _nothing_left_over(run)


def _counts(tables: dict[str, list[attacker.Row]]) -> list[attacker.Row]:
    return [row for row in tables["zhengyou_cache"] if limits.PREFIX in row["cache_key"]]


def _no_moment(run: Run, tables: dict[str, list[attacker.Row]]) -> None:
    """A remark knows its week, a count the end of its window."""
    monday = date.today() - timedelta(days=date.today().weekday())
    for row in tables["remarks_remark"]:
        assert str(row["week"]) in {str(monday), str(monday - timedelta(days=7))}
    assert len(_counts(tables)) > MANY
    for row in _counts(tables):
        assert str(row["expires"])[14:19] in {"00:00", "00:01"}, row
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        assert limits.sweep() == len(_counts(tables))  # the next tick leaves none
    assert _counts(attacker.dump()) == []


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

    comment(run)

    assert {name.split()[0] for name in in_order(run)} & {"row_number", "ctid", "xmin"}
    assert "/say/" in run.logged
    assert "likeness 1.00, 40 right" in in_order(run).values()


def test_a_code_opens_its_own_remark_only(run: Run) -> None:
    """What is stored opens nothing: the code is not in the tables, nor is its plain hash."""
    item = run.scene.items("song")[1]
    client, url = Client(), reverse("remarks:write", args=["pledge_item", item.uid])
    code = client.post(url, {"text": "食堂的菜太咸。"}).context["code"]
    content = repr(attacker.dump()) + run.log.getvalue()
    assert code not in content
    assert codes.plain(code) not in content
    stored = Remark.objects.get().code_lookup
    answer = Client().post(reverse("remarks:look_up"), {"code": stored[:12]})
    assert answer.status_code == 422
    assert (
        "食堂的菜太咸" in Client().post(reverse("remarks:look_up"), {"code": code}).content.decode()
    )
