"""Models of the room: boxes, what was put in, what became of it."""

from zhengyou.voices.models.box import Box, BoxKind, BoxOffer, BoxPlace, BoxState
from zhengyou.voices.models.outcome import VoiceOutcome, What
from zhengyou.voices.models.voice import Voice, VoiceState

__all__ = [
    "Box",
    "BoxKind",
    "BoxOffer",
    "BoxPlace",
    "BoxState",
    "Voice",
    "VoiceOutcome",
    "VoiceState",
    "What",
]
