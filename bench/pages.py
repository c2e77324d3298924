"""How the public pages grow: each page's time with a hundredfold of data, over its time without.

Prints ratios of medians taken in one run. The pages that count the whole wall still grow with it;
docs/benchmarks.md says so.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from zhengyou.campaigns.actions import campaigns  # noqa: E402
from zhengyou.campaigns.models import Campaign, Criterion, Subject  # noqa: E402
from zhengyou.climb.models import ClimbState  # noqa: E402
from zhengyou.kernel import clock  # noqa: E402
from zhengyou.people.actions.people import appoint, enrol  # noqa: E402
from zhengyou.people.actions.tree import found  # noqa: E402
from zhengyou.people.actor import acting_as  # noqa: E402
from zhengyou.people.models import Kind, Organisation, Person, Role, StandingKind  # noqa: E402
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem  # noqa: E402

SMALL, LARGE = 300, 30_000  # public promises
ROUNDS = 15
STATIC = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def main() -> None:
    """Build both sizes, time every page, print the table."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    campaign, branches = _campaign()
    made, times = 0, []
    for size in (SMALL, LARGE):
        _promises(campaign, branches, made, size)
        made = size
        times.append({name: _median(ask) for name, ask in _pages(campaign)})
    print(f"| page | time with {LARGE:,} promises over time with {SMALL} |")
    print("|---|---|")
    for name in times[0]:
        print(f"| {name} | {times[1][name] / times[0][name]:.2f} |")


def _campaign() -> tuple[Campaign, list[Organisation]]:
    day = clock.today() - timedelta(days=60)
    with clock.at(day):
        bureau = found(None, name="云岭县教育局党委", kind=Kind.PARTY_COMMITTEE, parent=None)
        office = Person(name="白露")
        enrol(None, office, bureau, standing=StandingKind.FULL)
        appoint(None, office, bureau, Role.CAMPAIGN_OFFICE)
        branches = [
            found(None, name=f"第{n}小学党支部", kind=Kind.BRANCH, parent=bureau, order=n)
            for n in range(1, 11)
        ]
        actor = acting_as(office, Role.CAMPAIGN_OFFICE)
        text = (settings.BLUEPRINT_FOLDER / "primary-school.toml").read_text("utf-8")
        campaign = campaigns.create(actor, bureau, text, day)
        campaign.open(actor)
    return campaign, branches


def _promises(campaign: Campaign, branches: list[Organisation], made: int, size: int) -> None:
    """Add public promises, three to a person, until there are ``size``."""
    rule = campaign.pledge_rules.get(subject=Subject.PERSON)
    points = list(Criterion.objects.filter(standard=rule.standard))
    numbers = range(made // 3, size // 3)
    people = Person.objects.bulk_create(
        [Person(name=f"甲{n}", sort_key=f"jia{n:06d}") for n in numbers], batch_size=500
    )
    pledges = Pledge.objects.bulk_create(
        [
            Pledge(
                campaign=campaign,
                rule=rule,
                organisation=branches[n % len(branches)],
                person=person,
                subject=Subject.PERSON,
                made_on=clock.today(),
            )
            for n, person in zip(numbers, people, strict=True)
        ],
        batch_size=500,
    )
    PledgeItem.objects.bulk_create(
        [
            PledgeItem(
                pledge=pledge,
                campaign=campaign,
                number=place,
                kind=kind,
                criterion=points[place % len(points)],
                text=f"每周三放学后给算得慢的孩子讲题，第 {pledge.pk} 组。",
                baseline=11,
                target=3,
                now_value=7,
                unit="人",
                due_on=campaign.ends_on,
                state=ClimbState.PUBLISHED,
                published_at=clock.now(),
            )
            for pledge in pledges
            for place, kind in enumerate(ItemKind, start=1)
        ],
        batch_size=500,
    )


def _pages(campaign: Campaign) -> Iterator[tuple[str, Callable[[], None]]]:
    client = Client()
    wall = f"/c/{campaign.uid}/wall/"
    for name, address in (
        ("start", "/"),
        ("campaign", f"/c/{campaign.uid}/"),
        ("wall", wall),
        ("wall, page 5", f"{wall}?page=5"),
        ("wall, one criterion", f"{wall}?criterion=member.ethics"),
    ):
        yield name, lambda address=address: _ask(client, address)  # type: ignore[misc]


def _ask(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")


def _median(ask: Callable[[], None]) -> float:
    ask()
    spent = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - begin)
    return statistics.median(spent)


if __name__ == "__main__":
    with override_settings(STORAGES=STATIC, ALLOWED_HOSTS=["*"]):
        main()
