"""All data as canonical text: same seed and day, same text. No uids, nothing sealed."""

import json
from typing import Any

from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.kernel.clock import SHANGHAI
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Organisation, Person, Post
from zhengyou.pledges.models import PledgeItem, Progress


def text() -> str:
    """Return everything that the demo's story made, sorted by what it says."""
    data = {
        "organisations": _organisations(),
        "persons": _persons(),
        "campaigns": [
            [row.title, row.state, str(row.starts_on), str(row.ends_on), row.blueprint_digest]
            for row in Campaign.objects.order_by("starts_on", "title")
        ],
        "plans": _plans(),
        "pledges": _pledges(),
        "facts": [
            [row.at.isoformat(), row.verb, row.about_kind] for row in Fact.objects.order_by("seq")
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)


def _organisations() -> list[Any]:
    rows = Organisation.objects.order_by("path")
    return [[row.path, row.name, row.kind, str(row.founded_on)] for row in rows]


def _persons() -> list[Any]:
    posts: dict[int, list[str]] = {}
    for post in Post.objects.select_related("organisation").order_by("since", "order", "id"):
        posts.setdefault(post.person_id, []).append(f"{post.organisation.name}{post.title}")
    people = Person.objects.prefetch_related("memberships__organisation", "standings")
    return sorted(
        [
            person.name,
            person.gender,
            str(person.born),
            person.work,
            sorted(row.organisation.name for row in person.memberships.all()),
            sorted(f"{row.kind} {row.since}" for row in person.standings.all()),
            posts.get(person.pk, []),
        ]
        for person in people
    )


def _plans() -> list[Any]:
    plans = Plan.objects.select_related("organisation").order_by("organisation__path")
    return [[plan.organisation.name, plan.state, plan.revision, plan.texts] for plan in plans]


def _pledges() -> list[Any]:
    items = PledgeItem.objects.select_related("pledge__person", "pledge__organisation").order_by(
        "pledge__organisation__path", "pledge__person__sort_key", "pledge__person__name", "number"
    )
    notes: dict[int, list[Any]] = {}
    for note in Progress.objects.order_by("noted_on", "id"):
        notes.setdefault(note.item_id, []).append([str(note.noted_on), str(note.value), note.words])
    return [
        [
            item.pledge.name,
            item.number,
            item.kind,
            item.state,
            item.text,
            str(item.due_on),
            item.published_at.astimezone(SHANGHAI).isoformat() if item.published_at else "",
            notes.get(item.pk, []),
        ]
        for item in items
    ]
