"""How the main pages grow: each page's time in a county of 50,000 members, over its time in a
hundredth of it; one table for SQLite and PostgreSQL.

Both counties are there at once and are asked by turns, so that what else the machine does falls
on both; a ratio is that of the best of :data:`ROUNDS` requests each, more where it is near the
limit. Ends badly where a page takes more than :data:`LIMIT` times as long.

``KEEP=folder`` keeps the counties for the next run (on PostgreSQL with ``ZHENGYOU_TEST_PG_URL``),
``PAGES=word`` asks only for pages with the word in their names, ``ON=SQLite`` for one database.
``AFTER=roll`` lets a verb put somebody on a roll before each request, ``AFTER=tree`` found a body:
what pages show first after a change.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SMALL, LARGE = (20, 10), (20, 1000)  # towns, branches; 50 members and 60 pledges a branch
ROUNDS = int(os.environ.get("ROUNDS", "9"))
MORE = 3  # times as many rounds where a ratio is above NEAR
NEAR, LIMIT = 1.35, 1.5
DATABASES = ("SQLite", "PostgreSQL")


def main() -> None:
    """Measure on both databases and print the table."""
    asked = [name for name in DATABASES if os.environ.get("ON", name) == name]
    found = {name: _run(name) for name in asked}
    print(f"| page | {' | '.join(asked)} |\n|---|{'---|' * len(asked)}")
    slow = 0
    for page in next(iter(found.values())):
        numbers = [found[name][page] for name in asked]
        slow += sum(number > LIMIT for number in numbers)
        print(f"| {page} | {' | '.join(f'{number:.2f}' for number in numbers)} |")
    sys.exit(f"{slow} pages take more than {LIMIT} times as long" if slow else 0)


def _run(database: str) -> dict[str, float]:
    """Measure on one database, in a process of its own on scratch data."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = scratch
        if keep := os.environ.get("KEEP"):
            folder = str(Path(keep) / database)
            Path(folder).mkdir(parents=True, exist_ok=True)
        variables = {**os.environ, "ZHENGYOU_VAR": folder, "BENCH_ON": database}
        done = subprocess.run(
            [sys.executable, __file__], env=variables, stdout=subprocess.PIPE, check=True
        )
    ratios: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return ratios


def measure(database: str) -> None:
    """Grow both counties, time every page at both sizes, print the ratios as JSON."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    if database == "PostgreSQL":
        from tests import cluster

        os.environ["DATABASE_URL"] = cluster.url()
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
    django.setup()
    from django.conf import settings
    from lib import keeping

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    sizes = [keeping.County(database, *size) for size in (SMALL, LARGE)]
    keeping.prepare(sizes)
    asked = [_pages(size) for size in sizes]
    gc.collect()
    gc.freeze()  # else the collector looks through the county's objects now and then
    ratios = {}
    for name in asked[0]:
        times = _best(sizes, [pages[name] for pages in asked])
        ratios[name] = times[1] / times[0]
        print(f"{ratios[name]:6.2f} {times[0] * 1000:7.1f} ms {times[1] * 1000:7.1f} ms  {name}",
              file=sys.stderr, flush=True)  # fmt: skip
    print(json.dumps(ratios))


Page = tuple[Any, str]


def _pages(size: Any) -> dict[str, Page]:
    """Return who asks for what address, by the name of the page."""
    from lib.addresses import addresses

    with size.here() as county:
        return {
            name: (client, address)
            for name, client, address in addresses(county)
            if os.environ.get("PAGES", "") in name
        }


def _best(sizes: list[Any], pages: list[Page]) -> list[float]:
    """Return the best time of each size, asked by turns."""
    best = [float("inf")] * len(sizes)
    for turn in range(1 + ROUNDS * MORE):
        if turn > ROUNDS and best[1] / best[0] < NEAR:
            break
        for place, (size, (client, address)) in enumerate(zip(sizes, pages, strict=True)):
            with size.here():
                _change(size.county, turn)
                spent = _ask(client, address)
            if turn:  # the first time each only fills caches
                best[place] = min(best[place], spent)
    return best


def _change(county: Any, turn: int) -> None:
    """Change the roll or the tree by a verb, where that is wanted, so that numbers are new."""
    from zhengyou.people.actions import people, tree
    from zhengyou.people.models import Kind, Person, StandingKind

    what, branch = os.environ.get("AFTER"), county.branches[2]
    if what == "roll":
        people.enrol(None, Person(name="于新来"), branch, standing=StandingKind.FULL)
    elif what == "tree":
        name = f"{turn}{time.monotonic_ns()}"
        tree.found(None, name=name, kind=Kind.PARTY_GROUP, parent=branch)


def _ask(client: Any, address: str) -> float:
    # SQLite works within this process: its processor time does not feel what else is running.
    now = time.process_time if os.environ["BENCH_ON"] == "SQLite" else time.perf_counter
    begin = now()
    response = client.get(address)
    if response.streaming:
        list(response)
    spent = now() - begin
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return spent


if __name__ == "__main__":
    if os.environ.get("BENCH_ON"):
        measure(os.environ["BENCH_ON"])
    else:
        main()
