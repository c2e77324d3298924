"""Floods a box over loopback: 10,000 posts from one address, then 10,000 from as many addresses.

All the while somebody stands at the door with the QR code and writes: that must always work. At
the end nothing that was accepted is lost, and moderators clear the flood, and 10,000 more that
wait, in bulk. Ends with 1 where one of these does not hold.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlencode

MANY = int(os.environ.get("MANY", "10000"))
CLIENTS = 8
EVERY = 4.0
"""Seconds between two honest visitors."""
ZHENGYOU = Path(sys.executable).with_name("zhengyou")
LONGEST = 60


def main() -> int:
    """Flood, look, clear."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    subprocess.run([ZHENGYOU, "prepare"], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    week = _box()
    port = _free_port()
    server = subprocess.Popen([ZHENGYOU, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        wrong = _floods(week, port)
    finally:
        server.terminate()
        server.wait(30)
    return _cleared(week, wrong)


def _box() -> Any:
    from tests import cast

    from zhengyou.people.actor import acting_as
    from zhengyou.people.models import Role
    from zhengyou.voices.actions import boxes
    from zhengyou.voices.actions.boxes import BoxData
    from zhengyou.voices.models import BoxKind

    people = cast.build()
    shen = acting_as(people.shen, Role.SECRETARY)
    data = BoxData(BoxKind.OPEN_WEEK, "开放周意见箱", "哪里要改？", people.su, date.today())
    box = boxes.set_up(shen, people.branch, data)
    boxes.open_box(shen, box)
    box.refresh_from_db()
    return box, acting_as(people.su, Role.COMMITTEE_MEMBER)


class Visitor:
    """Somebody with an address and a browser: the form's own cookie, then posts."""

    def __init__(self, port: int, path: str, address: str) -> None:
        self.port, self.path, self.address = port, path, address
        self.cookie = self.token = ""

    def ask(self, method: str, body: str = "") -> tuple[int, str]:
        """Send one request from the address; return status and page."""
        line = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=LONGEST, source_address=(self.address, 0)
        )
        heads = {"Cookie": self.cookie} if self.cookie else {}
        if body:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, self.path, body, heads)
        answer = line.getresponse()
        page = answer.read().decode()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        line.close()
        return answer.status, page

    def open(self) -> None:
        """Open the form."""
        _, page = self.ask("GET")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        self.token = found.group(1)

    def say(self, text: str) -> int:
        """Post the form."""
        sent = {"csrfmiddlewaretoken": self.token, "text": text}
        return self.ask("POST", urlencode(sent))[0]


def _floods(week: Any, port: int) -> int:
    """Return how much went wrong in both floods, having printed what happened."""
    box, _ = week
    path = f"/say/box/{box.uid}/"
    one = Visitor(port, path, "127.0.0.2")
    one.open()
    accepted, wrong = 0, 0
    for kind, (name, address) in enumerate(
        (
            ("one address", lambda _: "127.0.0.2"),
            ("many addresses", lambda n: f"127.{1 + n // 62500}.{n // 250 % 250}.{n % 250 + 1}"),
        )
    ):
        took, honest, missed = _flood(one, path + f"?d={box.token()}", address, name, kind)
        accepted += took + honest
        wrong += missed
    return wrong + _lost(box, accepted)


def _flood(
    bot: Visitor, door: str, address: Callable[[int], str], name: str, kind: int
) -> tuple[int, int, int]:
    left: SimpleQueue[int] = SimpleQueue()
    for number in range(MANY):
        left.put(number)
    answers: list[int] = []
    begun = time.monotonic()
    threads = [
        threading.Thread(target=_pour, args=(bot, address, left, answers)) for _ in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    times, missed = [], 0
    while any(thread.is_alive() for thread in threads):
        start = time.monotonic()
        visitor = Visitor(bot.port, door, f"127.0.{3 + kind}.{len(times) % 250 + 1}")
        visitor.open()
        missed += visitor.say(f"我站在门口：{name}，第 {len(times)} 条") != 200
        times.append(time.monotonic() - start)
        time.sleep(EVERY)
    took, seconds = answers.count(200), time.monotonic() - begun
    others = len(answers) - took - answers.count(429)
    print(
        f"{name}: {len(answers)} posts in {seconds:.0f} s, {took} accepted, "
        f"{answers.count(429)} refused in words, {others} otherwise; at the door {len(times)} "
        f"wrote, {missed} in vain, the slowest took {max(times):.1f} s",
        flush=True,
    )
    return took, len(times) - missed, missed + others + (len(answers) != MANY)


def _pour(
    bot: Visitor, address: Callable[[int], str], left: SimpleQueue[int], answers: list[int]
) -> None:
    while True:
        try:
            number = left.get_nowait()
        except Empty:
            return
        mine = Visitor(bot.port, bot.path, address(number))
        mine.cookie, mine.token = bot.cookie, bot.token
        answers.append(mine.say(f"加群领红包 {number}"))


def _lost(box: Any, accepted: int) -> int:
    from zhengyou.voices.models import Voice

    kept = Voice.objects.filter(box=box).count()
    print(f"{accepted} accepted, {kept} kept")
    return abs(accepted - kept)


def _cleared(week: Any, wrong: int) -> int:
    """Let 10,000 more wait, then clear the flood in bulk: the honest ones stay, none is deleted."""
    from django.db.models import Q

    from zhengyou.remarks import laying
    from zhengyou.voices.actions import triage
    from zhengyou.voices.actions.writing import Slip, _voice
    from zhengyou.voices.models import Voice, VoiceState

    box, su = week
    honest = Voice.objects.filter(box=box, text__startswith="我站在门口").count()
    flood = [_voice(box, Slip(f"加群领红包 {n}"), laying.new_code()) for n in range(MANY)]
    Voice.objects.bulk_create(flood, batch_size=500)
    total, begun = Voice.objects.count(), time.monotonic()
    cleared = triage.clear(su, box, Q(text__contains="加群领红包"), "advert")
    seconds = time.monotonic() - begun
    waiting = Voice.objects.filter(state=VoiceState.WAITING).count()
    print(f"{cleared} cleared in bulk in {seconds:.0f} s, {waiting} honest ones wait")
    wrong += waiting != honest or Voice.objects.count() != total or cleared + waiting != total
    print("the box stays usable, nothing is lost" if not wrong else f"{wrong} things went wrong")
    return 1 if wrong else 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
