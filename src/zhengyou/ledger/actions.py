"""Publishing where the chain ends, and erasing names from it."""

from collections.abc import Iterable

from django.db import connection

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import chain
from zhengyou.ledger.book import LEDGER, Signer, label_verbs, writing
from zhengyou.ledger.models import Fact, Head, PublishedHead

ERASE = "ledger.erase"
_BATCH = 500

label_verbs({ERASE: "擦除姓名"})


def publish_head() -> PublishedHead:
    """Put down where the chain ends today, once a day; return today's row.

    Part of ``zhengyou tick``. Pages and papers show it, so that whoever later cuts the chain's end
    or computes it anew must also collect what was printed.
    """
    head = Head.objects.filter(pk=Head.ONLY).first()
    published, _ = PublishedHead.objects.get_or_create(
        date=clock.today(),
        defaults={
            "seq": head.seq if head else 0,
            "digest": head.digest if head else chain.GENESIS,
        },
    )
    return published


def erase_payload(seqs: int | Iterable[int], *, by: Signer, reason: str) -> int:
    """Destroy the names in some facts, and their salts, so that nobody can even try names out.

    The chain stays valid; that something was erased, when, by whom and where, is a fact itself.
    Who may do this is for the caller's rule to say.

    Args:
        seqs: which facts; those without names, or erased before, are passed over.
        by: who does it.
        reason: Chinese, on what ground; kept erasable itself.

    Returns:
        How many facts lost their names now.

    Raises:
        Refused: no reason is given.
    """
    Verdict.of(reason.strip(), "请写明依据什么擦除，例如“本人依法要求删除”。").require()
    wanted = sorted({seqs} if isinstance(seqs, int) else set(seqs))
    erased = 0
    # One moment for all: verification finds the erasing fact by it.
    with clock.at(clock.now()), writing() as book:
        _overwrite_freed_pages()
        for start in range(0, len(wanted), _BATCH):
            rows = Fact.objects.filter(
                seq__in=wanted[start : start + _BATCH], payload__isnull=False
            )
            found = list(rows.values_list("seq", flat=True))
            if not found:
                continue
            erased += Fact.objects.filter(seq__in=found).update(
                payload=None, payload_salt=None, erased_at=clock.now()
            )
            book.record(
                ERASE, by=by, about=LEDGER, data={"seqs": found}, names={"reason": reason.strip()}
            )
    return erased


def _overwrite_freed_pages() -> None:
    """Have SQLite fill what an update frees with zeros; PostgreSQL does so with its vacuum."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
