"""The main pages, each with who asks for it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from lib.county import County

from zhengyou.campaigns.models import Plan
from zhengyou.people.actor import acting_as
from zhengyou.people.middleware import HAT_KEY
from zhengyou.people.models import Account, Person, Role
from zhengyou.pledges.models import Pledge, PledgeItem
from zhengyou.pledges.queries import tally
from zhengyou.pledges.queries.wall import PAGE

STATIC = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
RARE = "1235"
"""The number of a promise in the first town, which is found once or twice at both sizes."""
override_settings(STORAGES=STATIC, ALLOWED_HOSTS=["*"]).enable()


def addresses(county: County) -> Iterator[tuple[str, Client, str]]:
    """Yield name, client and address of each page."""
    nobody = Client()
    for name, address in _public(county):
        yield name, nobody, address
    for who, client, own in _staff(county):
        for name, address in own:
            yield f"{who}: {name}", client, address


def _public(county: County) -> Iterator[tuple[str, str]]:
    uid, branch, town = county.campaign.uid, county.branches[0], county.towns[0]
    wall = reverse("portal:wall", args=[uid])
    last = -(-tally(county.campaign).total // PAGE)
    middle = PledgeItem.objects.filter(campaign=county.campaign, state="published").order_by(
        "-published_at", "-id"
    )[(last // 2) * PAGE]
    people = list(Person.objects.filter(memberships__organisation=branch).order_by("pk"))
    plan = Plan.objects.get(campaign=county.campaign, organisation=branch)
    yield "start", "/"
    yield "campaign", reverse("portal:campaign", args=[uid])
    yield "wall", wall
    yield "wall, page 30", f"{wall}?page=30"
    yield "wall, in the middle", f"{wall}?page={last // 2}&after={middle.uid}"
    yield "wall, last page", f"{wall}?page={last}"
    yield "wall, one criterion", f"{wall}?criterion=member.ethics"
    yield "wall, one kind", f"{wall}?kind=deed"
    yield "wall, reached", f"{wall}?state=done"
    yield "wall, due this month", f"{wall}?state=due"
    yield (
        "wall, criterion, kind and state",
        f"{wall}?criterion=member.ethics&kind=deed&state=doing",
    )
    yield "wall of a branch", f"{wall}?body={branch.uid}"
    yield "wall of a town", f"{wall}?body={town.uid}"
    yield "wall, a common word", f"{wall}?q=讲题"
    yield "wall, a rare word", f"{wall}?q={RARE}"
    yield "wall, a word in a branch", f"{wall}?body={branch.uid}&q=讲题"
    yield "wall, a name", f"{wall}?q={people[9].name}"
    yield (
        "wall on paper, a branch",
        (f"{reverse('portal:wall_on_paper', args=[uid])}?body={branch.uid}"),
    )
    yield "wall on paper", reverse("portal:wall_on_paper", args=[uid])
    yield "talk", reverse("portal:talk", args=[uid])
    yield "talk, answered", f"{reverse('portal:talk', args=[uid])}?show=answered"
    yield "postings", reverse("portal:postings", args=[uid])
    yield "open data", reverse("portal:data", args=[uid])
    yield "search, a common word", f"{reverse('portal:find')}?q=讲题"
    yield "search, a rare word", f"{reverse('portal:find')}?q={RARE}"
    yield "plans", reverse("portal:plans", args=[uid])
    yield "plan", reverse("portal:plan", args=[uid, plan.uid])
    pledge = Pledge.objects.filter(campaign=county.campaign, organisation=branch)
    yield "pledge", reverse("pledges:pledge", args=[pledge.order_by("pk")[5].uid])


def _staff(county: County) -> Iterator[tuple[str, Client, list[tuple[str, str]]]]:
    branch = county.branches[0]
    people = list(Person.objects.filter(memberships__organisation=branch).order_by("pk"))
    campaign = county.campaign.uid
    waiting = Pledge.objects.filter(
        organisation=branch, campaign=county.campaign, items__state="submitted"
    ).distinct()
    listed = reverse("pledges:body", args=[branch.uid, campaign])
    summary = reverse("papers:summary", args=[campaign, branch.uid])
    yield "member", client_as(people[7], None), [
        ("desk", reverse("desk:today")),
        ("own pledges", reverse("pledges:mine")),
        ("branch", reverse("people:organisation", args=[branch.uid])),
    ]  # fmt: skip
    yield (
        "secretary",
        client_as(people[0], Role.SECRETARY),
        [
            ("desk", reverse("desk:today")),
            ("branch", reverse("people:organisation", args=[branch.uid])),
            ("roll", reverse("people:roll", args=[branch.uid])),
            ("list of pledges", listed),
            ("review", reverse("pledges:review", args=[waiting[0].uid])),
            ("summary", summary),
            ("remarks", reverse("remarks:queue", args=[branch.uid])),
            ("campaign", reverse("campaigns:campaign", args=[campaign])),
        ],
    )
    yield (
        "office",
        client_as(county.office, Role.CAMPAIGN_OFFICE),
        [
            ("desk", reverse("desk:today")),
            ("county", reverse("people:organisation", args=[county.top.uid])),
            ("town", reverse("people:organisation", args=[county.towns[1].uid])),
            ("tree", reverse("people:tree", args=[county.top.uid])),
            ("roll of the county", reverse("people:roll", args=[county.top.uid])),
            ("campaigns", reverse("campaigns:index")),
            ("campaign with coverage", reverse("campaigns:campaign", args=[campaign])),
            ("list of pledges", listed),
            ("remarks below", reverse("remarks:below")),
        ],
    )


def client_as(person: Person, role: Role | None) -> Client:
    """Return a client signed in as ``person`` wearing the hat of ``role``."""
    account, _ = Account.objects.get_or_create(person=person, username=f"u{person.pk}")
    client, hat = Client(), acting_as(person, role).hat
    client.force_login(account)
    session: Any = client.session
    if hat is not None:
        session[HAT_KEY] = str(hat.uid)
        session.save()
    return client
