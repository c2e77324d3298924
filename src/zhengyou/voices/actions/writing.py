"""Take in what somebody puts into a box: without a name by default, from paper, or signed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.remarks import codes, laying, traces
from zhengyou.remarks.queries.talk import monday_of
from zhengyou.voices import rules
from zhengyou.voices.models import Box, BoxPlace, Voice, VoiceState
from zhengyou.voices.models.voice import LONGEST, LONGEST_NUMBER, LONGEST_SIGNATURE


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person says.

    Args:
        answers: of a survey, by the questions' codes.
        code: on the counterfoil of a paper form; empty: one is drawn.
    """

    text: str
    place: BoxPlace | None = None
    signature: str = ""
    answers: dict[str, Any] | None = None
    paper: str = ""
    code: str = ""


def put_in(box: Box, slip: Slip, token: str = "", admit: Callable[[], None] | None = None) -> str:
    """Put in a voice; nobody is known.

    Args:
        token: ``laying.new_token`` of the form; the same words with it are taken once.
        admit: as of ``laying.keep``.

    Returns:
        The look-up code, which is nowhere stored.

    Raises:
        Refused: the box takes nothing now, or there are too few or too many words.
    """
    (rules.takes_voices(box) & fits(box, slip)).require()
    place = str(slip.place.uid) if slip.place else ""
    words = (str(box.ref), place, slip.text, slip.signature, repr(slip.answers))
    uid, code = laying.drawn(token, *words)
    laying.keep(_voice(box, slip, code, uid=uid), waiting_of(), admit)
    return code


def sign(actor: Actor, box: Box, slip: Slip) -> Voice:
    """Put in a voice as oneself, by choice; the body knows who it was, the public does not.

    Raises:
        Refused: nobody is signed in, or as for :func:`put_in`.
    """
    with book.writing() as facts:
        Verdict.of(actor.person, "署真名要用本人的账号登录。").require()
        (rules.takes_voices(box) & fits(box, slip)).require()
        voice = _voice(box, slip, laying.new_code(), author=actor.person)
        traces.hold_queue()
        laying.lay_down([voice], waiting_of())
        facts.record("voice.sign", by=actor, about=box.ref)
    return voice


def enter_paper(actor: Actor, box: Box, slips: Sequence[Slip]) -> list[str]:
    """Enter what was written on paper, several at once; the fact says how many, and of none which.

    Returns:
        The codes, in the order of ``slips``.

    Raises:
        Refused: not for ``actor``, nothing to enter, a code that is wrong or was entered before.
    """
    with book.writing() as facts:
        rules.may_enter_paper(actor, box).require()
        Verdict.of(slips, "一张也没有填。").require()
        given = [codes.plain(slip.code) for slip in slips if slip.code]
        for slip in slips:
            (fits(box, slip) & _good_code(slip)).require()
        _unused(given).require()
        made = [codes.plain(slip.code) if slip.code else laying.new_code() for slip in slips]
        voices = [
            _voice(box, slip, code, by_hand=True, paper=tidy_line(slip.paper))
            for slip, code in zip(slips, made, strict=True)
        ]
        traces.hold_queue()
        laying.lay_down(voices, waiting_of())
        facts.record("box.enter_paper", by=actor, about=box.ref, data={"count": len(voices)})
    return made


def waiting_of() -> Any:
    """Return the voices of this week among which a new one is laid."""
    return Voice.objects.filter(state=VoiceState.WAITING, week=monday_of(clock.today()))


def fits(box: Box, slip: Slip) -> Verdict:
    """Say whether the words may be taken: some, not too many, about a place of this box."""
    text, signature = tidy(slip.text).strip(), tidy_line(slip.signature)
    return (
        Verdict.of(text or slip.answers, "还没有写意见。")
        & Verdict.of(
            len(text) <= LONGEST,
            f"写了 {len(text)} 个字，最多 {LONGEST} 个，请删去 {len(text) - LONGEST} 个。",
        )
        & Verdict.of(len(signature) <= LONGEST_SIGNATURE, f"署名最多 {LONGEST_SIGNATURE} 个字。")
        & Verdict.of(len(slip.paper) <= LONGEST_NUMBER, f"纸张编号最多 {LONGEST_NUMBER} 个字。")
        & Verdict.of(
            slip.place is None or slip.place.box_id == box.pk, "没有这个地方，请再选一次。"
        )
    )


def _good_code(slip: Slip) -> Verdict:
    whole = not slip.code or codes.is_whole(codes.plain(slip.code))
    return Verdict.of(whole, f"查询码“{slip.code}”抄错了一两个字，请照着那张纸再核对一遍。")


def _unused(given: Sequence[str]) -> Verdict:
    hashes = [laying.code_lookup(code) for code in given]
    taken = Voice.objects.filter(code_lookup__in=hashes).exists()
    return Verdict.of(
        not taken and len(set(given)) == len(given), "有一个查询码已经录过了，这张纸可能录了两遍。"
    )


def _voice(box: Box, slip: Slip, code: str, **more: Any) -> Voice:
    return Voice(
        box=box,
        place=slip.place,
        week=monday_of(clock.today()),
        text=tidy(slip.text).strip(),
        answers=slip.answers,
        signature=tidy_line(slip.signature),
        code_lookup=laying.code_lookup(code),
        **more,
    )
