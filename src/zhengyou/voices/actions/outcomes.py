"""The one place where the outcome of voices is written."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from zhengyou.kernel import clock, states
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Stale
from zhengyou.people.actor import Actor
from zhengyou.remarks import traces
from zhengyou.voices.models import Voice, VoiceOutcome, VoiceState, What

ELSEWHERE = "刚才已经有人办过其中一条。请看看现在的情况，再办一次。"


def locked(voices: Iterable[Voice]) -> list[Voice]:
    """Return voices as they are now, so that nobody lays them anew before this ends."""
    return locked_keys([voice.pk for voice in voices])


def locked_keys(keys: Sequence[UUID]) -> list[Voice]:
    """Return the voices of ``keys`` as :func:`locked` does."""
    traces.hold_queue()
    rows = Voice.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    found = rows.select_related("box__organisation", "box__collator", "place__hears")
    return list(found.order_by("uid"))


def write(
    actor: Actor,
    voices: Sequence[Voice],
    what: What,
    *,
    words: str = "",
    reason: str = "",
    ref: Ref | None = None,
) -> list[VoiceOutcome]:
    """Give locked ``voices`` an outcome; what stood before is kept and corrected.

    A voice nobody had looked at counts as taken from now on, and a held one that becomes
    something is taken back.

    Raises:
        Stale: somebody else was quicker.
    """
    if actor.person is None or actor.hat is None:
        raise ValueError("only a person in a post or a collator with a hat does this")
    moment, last = clock.now(), _standing(voices)
    rows = [
        VoiceOutcome(
            voice=voice, what=what, words=words, reason=reason, by=actor.person,
            hat=actor.hat.title, at=moment, corrects=last.get(voice.pk),
            kind=ref.kind if ref else "", target=ref.uid if ref else None,
            label=ref.label[:120] if ref else "",
        )
        for voice in voices
    ]  # fmt: skip
    try:
        with transaction.atomic():
            VoiceOutcome.objects.bulk_create(rows)
    except IntegrityError as problem:
        raise Stale(ELSEWHERE) from problem
    became = "" if what == What.RESUMED else what
    Voice.objects.filter(pk__in=[voice.pk for voice in voices]).update(became=became)
    for voice in voices:
        voice.became = became
        if what != What.HELD and voice.state in (VoiceState.WAITING, VoiceState.HELD):
            states.move(voice, "take")
    return rows


def _standing(voices: Sequence[Voice]) -> dict[object, VoiceOutcome]:
    rows = VoiceOutcome.objects.filter(voice__in=voices, correction=None)
    return {row.voice_id: row for row in rows}
