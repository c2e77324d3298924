"""What is due in a district: 1,000 branches, 50,000 members, 20 duties, a year of 600,000 records
on SQLite, against a hundredth of members and records with as many branches shown.

Prints, for each page, its time at both sizes and the ratio; what a new record costs; how long the
heat map is drawn in Chromium. Ends badly where a limit is passed. ``FULL=100`` makes the large one
a tenth as large.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

SMALL, LARGE = 10, int(os.environ.get("FULL", "1000"))
ROUNDS = 7
LIMIT, CREDITING, DRAWING = 1.5, 5.0, 1000.0  # times; ms of processor time; ms


def main() -> None:
    """Measure both sizes, each in a process of its own, and print the tables."""
    small, large = _run(SMALL), _run(LARGE)
    print("| page | 1/100 | district | ratio |\n|---|---|---|---|")
    slow = []
    for page, before in small["pages"].items():
        now = large["pages"][page]
        print(f"| {page} | {before:.1f} ms | {now:.1f} ms | {now / before:.2f} |")
        slow += [page] if now / before > LIMIT else []
    for what, value in large["once"].items():
        print(f"| {what} | {small['once'][what]:.1f} ms | {value:.1f} ms | |")
    extra, drawn = large["once"]["new record: crediting"], large["once"]["heat map: drawn"]
    if slow or extra > CREDITING or drawn > DRAWING:
        sys.exit(f"over the limit: {slow}, crediting {extra:.1f} ms, drawn in {drawn:.0f} ms")


def _run(full: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [sys.executable, __file__], check=True, stdout=subprocess.PIPE,
            env={**os.environ, "ZHENGYOU_VAR": scratch, "BENCH_FULL": str(full)},
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(full: int) -> None:
    """Lay down one district, ask for its pages, print the times as JSON."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
    django.setup()
    from django.core.management import call_command
    from lib import district as laying

    from zhengyou.kernel import clock

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    begun = time.perf_counter()
    with clock.at(laying.TODAY):
        district = laying.build(full)
        print(f"{district.people} members, {district.records} records,"
              f" {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)  # fmt: skip
        gc.collect()
        gc.freeze()
        once = _once(district)
        found = {"pages": _pages(district), "once": once}
    print(json.dumps(found))


def _clients(district: Any) -> tuple[Any, Any, Any]:
    from lib.addresses import client_as

    from zhengyou.people.models import Person, Role

    first, member = (Person.objects.get(pk=pk) for pk in (district.members[0][0],
                                                          district.members[0][9]))  # fmt: skip
    office = client_as(district.office, Role.CAMPAIGN_OFFICE)
    return office, client_as(first, Role.SECRETARY), client_as(member, None)


def _pages(district: Any) -> dict[str, float]:
    """Return the best processor time of each page, in ms."""
    office, secretary, member = _clients(district)
    heat = f"/duties/map/{district.campaign.uid}/{district.top.uid}/"
    branch = f"/duties/of/{district.branches[0].uid}/"
    asked = {
        "heat map, 1,000 branches × 20 duties, JSON": (office, f"{heat}data.json"),
        "heat map, page of the table": (office, heat),
        "heat map, last periods": (office, f"{heat}?of=last"),
        "heat map, three months ago": (office, f"{heat}?day=2026-09-15"),
        "duties of a branch": (secretary, branch),
        "duties of a branch, three months ago": (secretary, f"{branch}?day=2026-09-15"),
        "duties of a branch, from above": (office, branch),
        "duties of the district's committee": (office, f"/duties/of/{district.top.uid}/"),
        "own duties": (member, "/duties/"),
    }
    return {name: _best(lambda c=c, a=a: _get(c, a)) for name, (c, a) in asked.items()}


def _get(client: Any, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def _best(ask: Callable[[], object]) -> float:
    ask()
    return min(_spent(ask) for _ in range(ROUNDS))


def _spent(ask: Callable[[], object]) -> float:
    begin = time.process_time()
    ask()
    return (time.process_time() - begin) * 1000


def _once(district: Any) -> dict[str, float]:
    """Return what happens once: the first look, a new record, the look after it, the drawing."""
    from zhengyou.people.queries import kept

    office, *_ = _clients(district)
    data = f"/duties/map/{district.campaign.uid}/{district.top.uid}/data.json"
    kept.forget()
    found = {"heat map, first look of a process": _spent(lambda: _get(office, data))}
    crediting, finish = _new_records(district)
    found["new record: all of it"] = finish
    found["new record: crediting"] = crediting
    found["heat map, first look after it"] = _spent(lambda: _get(office, data))
    _somebody_leaves(district)
    found["heat map, first look after a change of people"] = _spent(lambda: _get(office, data))
    found["heat map: drawn"] = _drawn(office, data.removesuffix("data.json"))
    return found


def _somebody_leaves(district: Any) -> None:
    """Take somebody off a branch's roll, through the verb."""
    from zhengyou.people.actions.people import release
    from zhengyou.people.actor import acting_as
    from zhengyou.people.models import Person, Role

    secretary, *_, last = district.members[0]
    keeper = acting_as(Person.objects.get(pk=secretary), Role.SECRETARY)
    release(keeper, Person.objects.get(pk=last), district.branches[0])


def _new_records(district: Any) -> tuple[float, float]:
    """Return the processor time of crediting a meeting with 30 participants, and of its finishing:
    medians of several, with crediting and without by turns."""
    from zhengyou.work.actions import recording

    real = recording.credit
    spent: dict[bool, list[float]] = {True: [], False: []}
    for n in range(40):
        with_it = n % 2 == 0
        recording.credit = real if with_it else lambda record: []
        spent[with_it].append(_finish(district, n))
    recording.credit = real
    whole = median(spent[True])
    return whole - median(spent[False]), whole


def _finish(district: Any, n: int) -> float:
    from lib.district import TODAY

    from zhengyou.people.actor import acting_as
    from zhengyou.people.models import Person, Role
    from zhengyou.work.actions import recording
    from zhengyou.work.content import Attendee, Content
    from zhengyou.work.models import RecordKind

    secretary = acting_as(Person.objects.get(pk=district.members[0][0]), Role.SECRETARY)
    there = Person.objects.filter(pk__in=district.members[0][:30])
    content = Content(
        RecordKind.THEME_DAY, TODAY, title=f"第{n}次主题党日", place="会议室", text="学习讨论。",
        people=tuple(Attendee(person) for person in there),
    )  # fmt: skip
    record = recording.begin(secretary, district.branches[0], content)
    return _spent(lambda: recording.finish(secretary, record))


def _drawn(client: Any, page: str) -> float:
    """Return how long Chromium takes from asking for the numbers to having drawn them, in ms; the
    pages come straight from the application."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(Path(__file__).parent.parent))
    from tests.browser import chromium

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix("http://house")
        found = _static(path) if path.startswith("/static/") else client.get(path)
        body = b"".join(found) if getattr(found, "streaming", False) else found.content
        route.fulfill(status=found.status_code, body=body, headers=dict(found.items()))

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.route("**/*", answer)
        tab.goto(f"http://house{page}")
        tab.wait_for_selector("[data-drawn]", timeout=20_000)
        drawn = float(tab.get_attribute("[data-drawn]", "data-drawn") or "inf")
        browser.close()
    return drawn


def _static(path: str) -> Any:
    import mimetypes

    from django.contrib.staticfiles import finders
    from django.http import HttpResponse, HttpResponseNotFound

    place = finders.find(path.removeprefix("/static/").split("?")[0])
    if not isinstance(place, str):
        return HttpResponseNotFound()
    kind = mimetypes.guess_type(place)[0] or "application/octet-stream"
    return HttpResponse(Path(place).read_bytes(), content_type=kind)


if __name__ == "__main__":
    if full := os.environ.get("BENCH_FULL"):
        measure(int(full))
    else:
        main()
