"""What has been read or counted of rolls and the tree, kept until one of them changes.

It is kept in the memory of each server process, together with the mark of the ledger under which
it was found: every verb that changes a roll or the tree writes a fact in the same transaction, so
another mark means looking anew, and the same mark means the same answer, for today and for any
past day. Nothing is written, nothing can be left behind by a crash.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import cast

from zhengyou.ledger.queries import mark

KINDS = ("organisation", "person", "transfer", "reorganisation", "campaign")
"""What facts are about that may change who counts where; a campaign ends its groups."""
TREE = ("organisation", "reorganisation", "campaign")
"""What facts are about that may change the tree, whoever is in it."""
MOST = 500
"""How many answers a process keeps; the one not asked for longest goes first."""

_answers: OrderedDict[tuple[object, ...], object] = OrderedDict()
_lock = Lock()


def kept[Answer](
    question: tuple[object, ...], count: Callable[[], Answer], kinds: tuple[str, ...] = KINDS
) -> Answer:
    """Return the answer to ``question``, counted by ``count`` where it is not known.

    One query where it is known. The answer is shared: whoever asks must not change it. For pages,
    not inside a verb: its facts are written when it ends.

    Args:
        question: name of the number and all it depends on besides the ledger.
        kinds: what facts are about that may change the answer.
    """
    under = mark(kinds)
    if not under:
        return count()
    key = (under, *question)
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return cast(Answer, _answers[key])
    answer = count()  # The mark is the older one: what is written meanwhile has another.
    with _lock:
        _answers[key] = answer
        while len(_answers) > MOST:
            _answers.popitem(last=False)
    return answer


def forget() -> None:
    """Forget all answers of this process, as a new one begins."""
    with _lock:
        _answers.clear()
