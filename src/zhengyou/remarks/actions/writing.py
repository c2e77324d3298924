"""Take in a remark so that nothing says who wrote it, or in which order they came."""

from collections.abc import Callable

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.remarks import laying, searching, traces
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.models.remark import LONGEST, LONGEST_SIGNATURE
from zhengyou.remarks.queries.talk import monday_of
from zhengyou.remarks.targets import Target


def write(
    target: Target,
    text: str,
    signature: str = "",
    token: str = "",
    admit: Callable[[], None] | None = None,
) -> str:
    """Keep a remark until somebody lets it through.

    Args:
        signature: what the writer wants to be called; may be empty.
        token: ``laying.new_token`` of the form; the same words with the same token are taken once.
        admit: as of ``laying.keep``.

    Returns:
        The look-up code, which is nowhere stored.

    Raises:
        Refused: no remarks are taken about this now, or there are too few or too many words.
    """
    text, signature = tidy(text).strip(), tidy_line(signature)
    (target.open & fits(text, signature)).require()
    uid, code = laying.drawn(token, str(target.ref), text, signature)
    remark = Remark(
        uid=uid,
        kind=target.ref.kind,
        target=target.ref.uid,
        label=target.title[:250],
        within=target.within,
        organisation=target.organisation,
        about=target.about,
        week=monday_of(clock.today()),
        text=text,
        signature=signature,
        code_lookup=laying.code_lookup(code),
    )
    waiting = Remark.objects.filter(state=RemarkState.WAITING, week=remark.week)
    laying.keep(remark, waiting, admit)
    return code


def part_from(ref: Ref) -> None:
    """Take what was said about a thing that is withdrawn off its campaign's page; the verb that
    withdraws it calls this. Whoever has a code still finds the own remark."""
    traces.hold_queue()  # else a remark that comes in just now would lay these rows as they were
    gone = Remark.objects.filter(kind=ref.kind, target=ref.uid)
    uids = list(gone.values_list("uid", flat=True))
    gone.update(within=None)
    searching.forget(uids)


def fits(text: str, signature: str) -> Verdict:
    """Say whether the words may be taken: some, and not too many."""
    return (
        Verdict.of(text, "还没有写意见。")
        & Verdict.of(
            len(text) <= LONGEST,
            f"写了 {len(text)} 个字，最多 {LONGEST} 个，请删去 {len(text) - LONGEST} 个。",
        )
        & Verdict.of(len(signature) <= LONGEST_SIGNATURE, f"署名最多 {LONGEST_SIGNATURE} 个字。")
    )
