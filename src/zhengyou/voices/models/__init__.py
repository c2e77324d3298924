"""Models of the room: boxes, what was put in, what became of it; surveys, talks, discussions."""

from zhengyou.voices.models.box import Box, BoxKind, BoxOffer, BoxPlace, BoxState
from zhengyou.voices.models.burden import Relief, Relieved
from zhengyou.voices.models.meeting import Meeting
from zhengyou.voices.models.outcome import VoiceOutcome, What
from zhengyou.voices.models.survey import Question, QuestionKind, Sheet
from zhengyou.voices.models.topic import Conclusion, Grouped, Theme
from zhengyou.voices.models.voice import Voice, VoiceState

__all__ = [
    "Box",
    "BoxKind",
    "BoxOffer",
    "BoxPlace",
    "BoxState",
    "Conclusion",
    "Grouped",
    "Meeting",
    "Question",
    "QuestionKind",
    "Relief",
    "Relieved",
    "Sheet",
    "Theme",
    "Voice",
    "VoiceOutcome",
    "VoiceState",
    "What",
]
