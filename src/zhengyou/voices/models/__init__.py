"""Models of the room: boxes, what was put in, what became of it; surveys, talks, discussions;
suggestions on their way up."""

from zhengyou.voices.models.adoption import Adoption, Benefit, Reward
from zhengyou.voices.models.box import Box, BoxKind, BoxOffer, BoxPlace, BoxState
from zhengyou.voices.models.burden import Relief, Relieved
from zhengyou.voices.models.funnel import CallLevel, OfferLevel, Where
from zhengyou.voices.models.meeting import Meeting
from zhengyou.voices.models.outcome import VoiceOutcome, What
from zhengyou.voices.models.screening import Ascent, Said, Screening
from zhengyou.voices.models.suggestion import (
    Contributor,
    Part,
    Small,
    Suggestion,
    SuggestionSketch,
    SuggestionState,
)
from zhengyou.voices.models.survey import Question, QuestionKind, Sheet
from zhengyou.voices.models.topic import Conclusion, Grouped, Theme
from zhengyou.voices.models.voice import Voice, VoiceState

__all__ = [
    "Adoption",
    "Ascent",
    "Benefit",
    "Box",
    "BoxKind",
    "BoxOffer",
    "BoxPlace",
    "BoxState",
    "CallLevel",
    "Conclusion",
    "Contributor",
    "Grouped",
    "Meeting",
    "OfferLevel",
    "Part",
    "Question",
    "QuestionKind",
    "Relief",
    "Relieved",
    "Reward",
    "Said",
    "Screening",
    "Sheet",
    "Small",
    "Suggestion",
    "SuggestionSketch",
    "SuggestionState",
    "Theme",
    "Voice",
    "VoiceOutcome",
    "VoiceState",
    "What",
    "Where",
]
