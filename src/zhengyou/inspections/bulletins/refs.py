"""How references to bulletins resolve, how their facts read, what the search finds."""

from collections.abc import Collection, Iterator, Mapping
from itertools import batched
from typing import cast
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from zhengyou.inspections.models.bulletin import Bulletin, BulletinState
from zhengyou.inspections.rules import bulletins as rules
from zhengyou.kernel.refs import Many, Resolver, Target
from zhengyou.people.actor import Actor
from zhengyou.search import index
from zhengyou.search.sources import Document

KIND = "bulletin"
VERBS: Mapping[str, str] = {
    "bulletin.begin": "起草通报",
    "bulletin.change": "改通报",
    "bulletin.discard": "删去通报草稿",
    "bulletin.submit": "把通报送签",
    "bulletin.take_back": "收回通报来改",
    "bulletin.send_back": "退回通报",
    "bulletin.approve": "签发通报",
    "bulletin.publish": "印发通报",
    "bulletin.replace": "通报由更正的一版接替",
    "bulletin.correct": "起草通报的更正",
    "bulletin.read": "签收通报",
}
"""Ledger verbs and their words."""


def resolve_bulletins(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return the pages of bulletins. Two queries."""
    rows = Bulletin.objects.filter(uid__in=uids)
    actor = cast(Actor, viewer) if viewer else Actor()
    seen = set(rows.filter(rules.visible_bulletins(actor)).values_list("uid", flat=True))
    return {
        row.uid: Target(row.title, reverse("inspections:bulletin", args=[row.uid]), row.uid in seen)
        for row in rows
    }


def resolve_bulletin(uid: UUID, viewer: object) -> Target | None:
    """Return the page of one bulletin."""
    return resolve_bulletins([uid], viewer).get(uid)


RESOLVERS: Mapping[str, Resolver] = {KIND: resolve_bulletin}
TOGETHER: Mapping[str, Many] = {KIND: resolve_bulletins}


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these bulletins, or of all that are out."""
    which = Q() if uids is None else Q(uid__in=uids)
    rows = Bulletin.objects.filter(which, state=BulletinState.PUBLISHED)
    for row in rows.select_related("organisation").prefetch_related("articles").order_by("pk"):
        texts = [article.text for article in row.articles.all()]
        yield Document(
            uid=row.uid,
            words=(row.title, row.number, row.organisation.name, row.opening, row.closing, *texts),
            place=row.organisation_id,
        )


def follow(bulletin: Bulletin) -> None:
    """Make a bulletin findable as it is now, or not any more, in the verb's transaction."""
    index.sync(KIND, [bulletin.uid], documents([bulletin.uid]))


def follow_names(bodies: Collection[int], _persons: Collection[int]) -> None:
    """Make the bulletins of these bodies findable by their names of now."""
    rows = Bulletin.objects.filter(organisation__in=bodies, state=BulletinState.PUBLISHED)
    for some in batched(rows.order_by("pk").values_list("uid", flat=True), index.BATCH):
        index.sync(KIND, some, documents(some))
