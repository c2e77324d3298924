"""Finds out whether the chain is whole, and if not, at which fact it first goes wrong.

Reads in chunks with constant memory and needs no lock: facts may be added meanwhile. What a
person with full access to the database can do, and what shows it:

- change, remove, insert, swap: digests and numbers no longer fit;
- change one and compute its digest anew: the next fact names the old digest;
- cut the end, with the head row: a head published on a later day is missing;
- compute everything anew from some fact on: the published heads do not fit; where these were
  rewritten, too, what was printed on paper does not (``--head``);
- make names vanish without saying so: no erasing fact of that moment lists them.
"""

from dataclasses import dataclass
from datetime import date

from zhengyou.ledger import chain
from zhengyou.ledger.actions import ERASE
from zhengyou.ledger.models import Fact, Head, PublishedHead

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Fault:
    """The first wrong fact. ``reason``: Chinese, a whole sentence that names it."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A digest that must be found at ``seq``; ``source``: Chinese, where it is from."""

    seq: int
    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: facts found good, the last one's digest, and the first fault if any."""

    checked: int
    digest: str
    fault: Fault | None


def verify(paper: Mark | None = None) -> Outcome:
    """Check the whole chain against itself, its head row and every published head.

    Args:
        paper: a head from outside the database, as printed; None for none.
    """
    return _Walk(paper).run()


def published_mark(day: date) -> Mark | None:
    """Return the head that was published on ``day``, or None."""
    row = PublishedHead.objects.filter(date=day).first()
    return _mark(row) if row else None


class _Walk:
    """One pass over the chain."""

    def __init__(self, paper: Mark | None) -> None:
        self.last, self.digest = 0, chain.GENESIS
        self.trusted = 0  # up to here a mark has confirmed the digests
        self.unexplained: Fault | None = None  # names gone, the erasing fact not found
        published = map(_mark, PublishedHead.objects.all())  # one a day: few, however long
        self.marks = iter(sorted([*published, *([paper] if paper else [])]))
        self.mark = next(self.marks, None)

    def run(self) -> Outcome:
        # Names may seem gone without a trace only because the erasing fact is what is wrong.
        fault = self._read() or self._compare_end() or self.unexplained
        return Outcome(self.last, self.digest, fault)

    def _read(self) -> Fault | None:
        first = Fact.objects.filter(seq__lt=1).order_by("seq").values_list("seq", flat=True).first()
        if first is not None:
            return Fault(first, f"第{first}条是绕过系统插进来的：编号应从1开始。")
        while chunk := list(Fact.objects.filter(seq__gt=self.last).order_by("seq")[:CHUNK]):
            erasures = _erasures(chunk)
            for fact in chunk:
                # The link is checked first: it names the one fact that a mark only narrows down.
                fault = self._check_place(fact) or self._match_marks() or _check_payload(fact)
                if fault:
                    return fault
                if not self.unexplained:
                    self.unexplained = _check_erasure(fact, erasures)
                self.last, self.digest = fact.seq, fact.digest
        return None

    def _check_place(self, fact: Fact) -> Fault | None:
        if fact.seq != self.last + 1:
            gap = _span(self.last + 1, fact.seq - 1)
            return Fault(self.last + 1, f"{gap}不见了。")
        fits = _fits(fact, fact.seq)
        if fits and fact.previous == self.digest:
            return None
        if fault := self._inserted_before(fact):
            return fault
        if not fits:
            return Fault(fact.seq, f"第{fact.seq}条被改动过：内容与它的校验值不符。")
        wrong = max(self.last, 1)
        return Fault(wrong, f"第{wrong}条被改写过：与第{fact.seq}条记下的上一条校验值不符。")

    def _inserted_before(self, fact: Fact) -> Fault | None:
        """Tell whether ``fact`` is sound but for its number: then those before it are extra."""
        before = Fact.objects.filter(seq__lt=fact.seq - 1, digest=fact.previous).first()
        if before is None and fact.previous != chain.GENESIS:
            return None
        place = before.seq + 1 if before else 1
        if place == fact.seq or not _fits(fact, place):
            return None
        return Fault(place, f"{_span(place, fact.seq - 1)}是绕过系统插进来的。")

    def _match_marks(self) -> Fault | None:
        """Compare the marks that stand at the last fact found good."""
        while self.mark and self.mark.seq <= self.last:
            if (self.mark.seq, self.mark.digest) != (self.last, self.digest):
                span = _span(self.trusted + 1, self.last)
                return Fault(
                    self.trusted + 1,
                    f"{span}与{self.mark.source}不符：其中有被改写并重新计算过的。",
                )
            self.trusted = self.last
            self.mark = next(self.marks, None)
        return None

    def _compare_end(self) -> Fault | None:
        """Compare the end of the chain with the head row and the marks that are left."""
        last = self.last
        head = Head.objects.filter(pk=Head.ONLY).first()
        if head and head.seq > last and Fact.objects.filter(seq__gt=last).exists():
            return self._read() or self._compare_end()  # Somebody has written meanwhile.
        if head and head.seq == last and head.digest != self.digest:
            return Fault(max(last, 1), f"第{last}条被改写过：校验值与链头记录不符。")
        if fault := self._match_marks():
            return fault
        if self.mark:
            return _cut(last, self.mark.seq, self.mark.source)
        if head is None:
            return Fault(last, f"第{last}条之后的链头记录不见了。") if last else None
        if head.seq > last:
            return _cut(last, head.seq, "链头记录")
        if head.seq < last:
            extra = _span(head.seq + 1, last)
            return Fault(head.seq + 1, f"{extra}是绕过系统插进来的：链头记录只到第{head.seq}条。")
        return None


def _cut(last: int, said: int, source: str) -> Fault:
    return Fault(last + 1, f"{_span(last + 1, said)}不见了：{source}写到第{said}条。")


def _fits(fact: Fact, seq: int) -> bool:
    """Tell whether the digest of ``fact`` is that of its content standing at ``seq``."""
    try:
        return fact.digest_now(seq) == fact.digest
    except (TypeError, ValueError):  # Values that the book would never have taken.
        return False


def _check_payload(fact: Fact) -> Fault | None:
    """Check the names and their salt, which the chain holds by their digest only."""
    gone = fact.payload is None and fact.payload_salt is None
    if not fact.payload_digest:
        good = gone and fact.erased_at is None
        return None if good else Fault(fact.seq, f"第{fact.seq}条被改动过：多出了姓名内容。")
    if gone or (fact.erased_at is None and _payload_fits(fact)):
        return None
    return Fault(fact.seq, f"第{fact.seq}条的姓名被改动过。")


def _check_erasure(fact: Fact, erasures: dict[object, set[int]]) -> Fault | None:
    """Check that names which are gone were erased by a fact that says so."""
    if not fact.payload_digest or fact.payload is not None:
        return None
    if fact.seq in erasures.get(fact.erased_at, ()):
        return None
    return Fault(fact.seq, f"第{fact.seq}条的姓名不见了，而台账里没有相应的擦除记录。")


def _payload_fits(fact: Fact) -> bool:
    try:
        return (
            chain.payload_digest(fact.payload_salt or "", fact.payload or "") == fact.payload_digest
        )
    except ValueError:
        return False


def _erasures(chunk: list[Fact]) -> dict[object, set[int]]:
    """Return what was erased, by the moment of the erasing fact, as far as ``chunk`` needs it."""
    moments = {fact.erased_at for fact in chunk if fact.erased_at}
    found: dict[object, set[int]] = {moment: set() for moment in moments}
    if moments:
        for at, data in Fact.objects.filter(verb=ERASE, at__in=moments).values_list("at", "data"):
            found[at].update(data.get("seqs", ()))
    return found


def _mark(row: PublishedHead) -> Mark:
    day = f"{row.date.year}年{row.date.month}月{row.date.day}日"
    return Mark(row.seq, row.digest, f"{day}公布的链头")


def _span(first: int, last: int) -> str:
    return f"第{first}条" if first >= last else f"第{first}至{last}条"
