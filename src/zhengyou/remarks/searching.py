"""What remarks read like to the search: those that are shown, with the answer that holds."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Q

from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.queries.talk import said, with_answers
from zhengyou.search import index
from zhengyou.search.sources import Document

KIND = "remark"
BATCH = 2000


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these remarks, or of all that are shown on a campaign's page."""
    which = Q() if uids is None else Q(uid__in=uids)
    rows = Remark.objects.filter(which, state=RemarkState.SHOWN, within__isnull=False)
    for remark in with_answers(rows.order_by("uid")).iterator(BATCH):
        # Not the label: it may name somebody whom the campaign has hidden since.
        words = (remark.text, said(remark).answer or "", remark.organisation.name)
        yield Document(remark.uid, words, public=True, place=remark.organisation_id)


def follow(*remarks: Remark) -> None:
    """Make remarks findable, or not any more, in the verb's transaction.

    Only what was let through gets a row here, in the order of letting through, which stands in
    the ledger anyway: nothing says in which order remarks came in.
    """
    uids = [remark.uid for remark in remarks]
    index.sync(KIND, uids, documents(uids))


def forget(uids: Collection[UUID]) -> None:
    """Drop these remarks, in the verb's transaction."""
    index.sync(KIND, uids, [])
