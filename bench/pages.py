"""How the main pages grow: each page's time in a county of 50,000 members, over its time in a
hundredth of it; one table for SQLite and PostgreSQL.

Prints ratios of the best of :data:`ROUNDS` requests, taken in one run on one machine. Ends badly
where a page takes more than :data:`LIMIT` times as long.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SMALL, LARGE = (20, 10), (20, 1000)  # towns, branches; 50 members and 60 pledges a branch
ROUNDS = int(os.environ.get("ROUNDS", "15"))
LIMIT = 1.5
DATABASES = ("SQLite", "PostgreSQL")


def main() -> None:
    """Measure on both databases and print the table."""
    found = {name: _run(name) for name in DATABASES}
    print(f"| page | {' | '.join(DATABASES)} |\n|---|{'---|' * len(DATABASES)}")
    slow = 0
    for page in next(iter(found.values())):
        numbers = [found[name][page] for name in DATABASES]
        slow += any(number > LIMIT for number in numbers)
        print(f"| {page} | {' | '.join(f'{number:.2f}' for number in numbers)} |")
    sys.exit(f"{slow} pages take more than {LIMIT} times as long" if slow else 0)


def _run(database: str) -> dict[str, float]:
    """Measure on one database, in a process of its own on scratch data."""
    with tempfile.TemporaryDirectory() as scratch:
        variables = {**os.environ, "ZHENGYOU_VAR": scratch, "BENCH_ON": database}
        done = subprocess.run(
            [sys.executable, __file__], env=variables, stdout=subprocess.PIPE, check=True
        )
    ratios: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return ratios


def measure(database: str) -> None:
    """Grow the county, time every page at both sizes, print the ratios as JSON."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    if database == "PostgreSQL":
        from tests import cluster

        os.environ["DATABASE_URL"] = cluster.url().replace("/zhengyou?", "/postgres?")
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    from lib.county import build

    county, times = build(), []
    for towns, branches in (SMALL, LARGE):
        begin = time.perf_counter()
        county.grow(towns, branches)
        print(f"{database}: {county.people} members, {county.pledges} pledges,"
              f" {time.perf_counter() - begin:.0f} s", file=sys.stderr)  # fmt: skip
        times.append({name: _best(name, ask) for name, ask in pages(county)})
    for name in times[0]:
        print(f"{times[1][name] / times[0][name]:6.2f} {times[0][name] * 1000:7.1f} ms"
              f" {times[1][name] * 1000:7.1f} ms  {name}", file=sys.stderr)  # fmt: skip
    print(json.dumps({name: times[1][name] / times[0][name] for name in times[0]}))


def pages(county: Any) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the pages with what asks for them; the same thing is looked at in both sizes."""
    from lib.addresses import addresses

    for name, client, address in addresses(county):
        yield name, lambda client=client, address=address: _ask(client, address)  # type: ignore[misc]


def _ask(client: Any, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    if response.streaming:
        list(response)


def _best(name: str, ask: Callable[[], None]) -> float:
    # SQLite works within this process: its processor time does not feel what else is running.
    now = time.process_time if os.environ["BENCH_ON"] == "SQLite" else time.perf_counter
    ask()
    spent = []
    for _ in range(ROUNDS):
        begin = now()
        ask()
        spent.append(now() - begin)
    return min(spent)


if __name__ == "__main__":
    if os.environ.get("BENCH_ON"):
        measure(os.environ["BENCH_ON"])
    else:
        main()
