"""Who reads a voice, and who says what becomes of it."""

from django.db.models import Q

from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.remarks.models import HoldReason
from zhengyou.voices.models import Voice, VoiceState
from zhengyou.voices.rules.boxes import may_collate, visible_boxes

HEARD = (VoiceState.TAKEN, VoiceState.SHOWN)
"""What the person of a place hears: looked at by the collator, who spares them mere abuse."""


def visible_voices(actor: Actor) -> Q:
    """Return which voices exist for ``actor``: of the boxes seen from within, the own signed ones,
    and those about a place whose person the actor is. Complaints about burden have pages and a
    rule of their own."""
    if actor.person is None:
        return Q(pk__in=[])
    return (
        visible_boxes(actor, "box__")
        | Q(author=actor.person)
        | Q(place__hears=actor.person, state__in=HEARD)
    )


def about_me(actor: Actor, voice: Voice) -> bool:
    """Tell whether a voice is about the place of ``actor``."""
    return voice.place is not None and actor.is_person(voice.place.hears)


def may_triage(actor: Actor, voice: Voice) -> Verdict:
    """Say what becomes of a voice."""
    return may_collate(actor, voice.box)


def may_show(actor: Actor, voice: Voice) -> Verdict:
    """Make a voice public."""
    return (
        may_triage(actor, voice)
        & Verdict.of(voice.box.shows, "这个箱收来的不公开，只答复。")
        & Verdict.of(voice.state != VoiceState.SHOWN, "已经公开了。")
    )


def may_hold(actor: Actor, voice: Voice) -> Verdict:
    """Hold a voice back; nobody does so with what is said about the own lesson."""
    return (
        may_triage(actor, voice)
        & Verdict.of(
            not about_me(actor, voice), "这条说的是您自己的课或者地方，收不收要由别人来定。"
        )
        & Verdict.of(voice.state != VoiceState.HELD, "本来就没有收。")
    )


def says_why(reason: str) -> Verdict:
    """Holding back needs a reason; to be criticised is none."""
    return Verdict.of(reason in HoldReason.values, "不收要选一个理由；批评得重，不是理由。")
