"""All data as canonical text: same seed and day, same text. No uids, nothing sealed."""

import json
from typing import Any

from zhengyou.campaigns.models import (
    Campaign,
    Consultation,
    Directive,
    Plan,
    Posting,
    TaskReport,
)
from zhengyou.kernel.clock import SHANGHAI
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Organisation, Person, Post, Transfer
from zhengyou.pledges.models import Fulfilment, PledgeItem, Progress, SupervisionStep
from zhengyou.remarks.models import Remark


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
        "fulfilments": _fulfilments(),
        "supervision": _supervision(),
        "directives": _directives(),
        "consultations": _consultations(),
        "tasks": _tasks(),
        "postings": _postings(),
        "remarks": _remarks(),
        "transfers": _transfers(),
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


def _fulfilments() -> list[Any]:
    rows = Fulfilment.objects.select_related("item__pledge__person", "item__pledge__organisation")
    return sorted(
        [
            row.item.pledge.name,
            row.item.number,
            row.outcome,
            row.why,
            [each.outcome for each in row.confirmations.all()],
        ]
        for row in rows.prefetch_related("confirmations")
    )


def _supervision() -> list[Any]:
    rows = SupervisionStep.objects.select_related("pledge__person", "pledge__organisation")
    return [
        [row.pledge.name, row.step, str(row.taken_on), row.words] for row in rows.order_by("id")
    ]


def _directives() -> list[Any]:
    rows = Directive.objects.prefetch_related("passings", "studies__organisation")
    return [
        [
            row.title,
            row.number,
            str(row.received_on),
            [str(each.passed_on) for each in row.passings.all()],
            sorted([each.organisation.name, each.how] for each in row.studies.all()),
        ]
        for row in rows.order_by("received_on", "title")
    ]


def _consultations() -> list[Any]:
    rows = Consultation.objects.select_related("plan__organisation").prefetch_related("answers")
    return sorted(
        [
            str(row.about.label),
            str(row.opened_on),
            str(row.ends_on),
            sorted([each.outcome, each.reason] for each in row.answers.all()),
        ]
        for row in rows
    )


def _tasks() -> list[Any]:
    rows = TaskReport.objects.select_related("plan__organisation", "task").order_by("id")
    return [
        [row.plan.organisation.name, row.task.code, row.words, str(row.done_on)] for row in rows
    ]


def _postings() -> list[Any]:
    rows = Posting.objects.select_related("plan__organisation").order_by("id")
    return [
        [row.plan.organisation.name, row.title, row.channel, row.place, str(row.posted_on)]
        for row in rows
    ]


def _remarks() -> list[Any]:
    """Sorted by what they say: in which order they came is nowhere kept."""
    rows = Remark.objects.prefetch_related("replies")
    return sorted(
        [row.kind, row.text, row.signature, row.state, str(row.week), str(row.answered_on),
         [reply.text for reply in row.replies.all()]]
        for row in rows
    )  # fmt: skip


def _transfers() -> list[Any]:
    rows = Transfer.objects.select_related("source", "target").prefetch_related("people")
    return [
        [row.source.name, row.target.name, row.state, [who.name for who in row.people.all()]]
        for row in rows.order_by("id")
    ]
