"""How long it takes to open a campaign for 1,000 organisations, and for 10 in the same run.

Coverage is a query, so opening changes one row however many bodies are covered: the ratio says
that it does, the seconds that it is far below the second that is promised. Pages that the opening
brings with it (the office's and a branch's) are timed, too. Runs on SQLite and, where a server can
be had, on PostgreSQL.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the PostgreSQL of the tests
SIZES = (10, 1000)
ROUNDS = 9
MOST_SECONDS, MOST_RATIO = 1.0, 2.0
STEPS = ("open", "the office's page", "a branch's desk", "a branch adopts")


def main() -> None:
    """Measure on every database that can be had; fail where a limit does not hold."""
    print(
        f"| database | step | {SIZES[1]:,} organisations over {SIZES[0]} | of the second allowed |"
    )
    print("|---|---|---|---|")
    failed = False
    for name, url in (("SQLite", ""), ("PostgreSQL", _postgres())):
        if url is None:
            print(f"| {name} | no server could be had | | |")
            continue
        env = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENING": name}
        if url:
            env["DATABASE_URL"] = url
        done = subprocess.run([sys.executable, __file__], env=env, check=False)
        failed = bool(done.returncode) or failed
    raise SystemExit(failed)


def _postgres() -> str | None:
    from tests import cluster

    try:
        return cluster.url().replace("/zhengyou?", "/postgres?")  # the one that is always there
    except SystemExit:
        return None


def measure(database: str) -> None:
    """Build both sizes, time each step, print a row each; leave with 1 where a limit is broken."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    trees = [_tree(size) for size in SIZES]
    spent: list[dict[str, list[float]]] = [{step: [] for step in STEPS} for _ in SIZES]
    for _ in range(ROUNDS):  # by turns, so that other work on the machine falls on both
        for tree, into in zip(trees, spent, strict=True):
            _round(tree, into)
    times = [{step: statistics.median(each) for step, each in one.items()} for one in spent]
    broken = False
    for step in STEPS:
        small, large = times[0][step], times[1][step]
        ratio, fits = large / small, large <= MOST_SECONDS
        broken |= not fits or (step == "open" and ratio > MOST_RATIO)
        print(f"| {database} | {step} | {ratio:.2f} | {large:.1%} |", flush=True)
    raise SystemExit(broken)


def _round(tree: Any, spent: dict[str, list[float]]) -> None:
    """Open one more campaign in ``tree`` and add the seconds of each step."""
    from django.http import QueryDict

    from zhengyou.campaigns.actions import plans
    from zhengyou.campaigns.queries import todo_for
    from zhengyou.campaigns.queries.campaign_page import campaign_page

    office, secretary, branch, fresh = tree
    campaign = fresh()
    for step, do in (
        ("open", lambda: campaign.open(office)),
        ("the office's page", lambda: campaign_page(office, campaign, QueryDict())),
        ("a branch's desk", lambda: todo_for(secretary)),
        ("a branch adopts", lambda: plans.adopt(secretary, campaign, branch)),
    ):
        spent[step].append(_seconds(do))
    campaign.close(office)


def _seconds(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def _tree(size: int) -> Any:
    """Found a bureau with ``size`` branches; return office, a secretary, his branch, and what
    makes one more campaign in preparation."""
    from django.conf import settings

    from zhengyou.campaigns.actions import campaigns
    from zhengyou.kernel import clock
    from zhengyou.people.actions.people import appoint, enrol
    from zhengyou.people.actions.tree import found
    from zhengyou.people.actor import acting_as
    from zhengyou.people.models import Kind, Person, Role, StandingKind

    day = clock.today() - timedelta(days=10)
    with clock.at(day):
        bureau = found(None, name=f"云岭县第{size}党委", kind=Kind.PARTY_COMMITTEE, parent=None)
        branches = [
            found(None, name=f"第{n}小学党支部", kind=Kind.BRANCH, parent=bureau, order=n)
            for n in range(size)
        ]
        people = []
        for body, role in ((bureau, Role.CAMPAIGN_OFFICE), (branches[0], Role.SECRETARY)):
            person = Person(name=f"白露{size}")
            enrol(None, person, body, standing=StandingKind.FULL)
            appoint(None, person, body, role)
            people.append(acting_as(person, role))
    text = (settings.BLUEPRINT_FOLDER / "primary-school.toml").read_text("utf-8")
    return *people, branches[0], lambda: campaigns.create(people[0], bureau, text, day)


if __name__ == "__main__":
    if "OPENING" in os.environ:
        measure(os.environ["OPENING"])
    main()
