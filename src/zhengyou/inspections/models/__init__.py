"""Inspections, draws, visits, findings and what bodies reply."""

from zhengyou.inspections.models.bulletin import (
    Bulletin,
    BulletinArticle,
    BulletinDecision,
    BulletinReading,
    BulletinState,
)
from zhengyou.inspections.models.draw import Candidate, Draw
from zhengyou.inspections.models.inspection import (
    FIX_DAYS,
    REPLY_DAYS,
    Annulment,
    Inspection,
    InspectionOffer,
    TeamMember,
)
from zhengyou.inspections.models.tier import TierCriterion, TierScheme, TierTerms
from zhengyou.inspections.models.visit import Finding, Reply, Sheet, Visit
from zhengyou.inspections.models.vocabulary import (
    Chosen,
    FindingKind,
    Grade,
    InspectionKind,
    InspectionState,
    Method,
    Sample,
    SeedSource,
    StrataBy,
    VisitState,
)

__all__ = [
    "FIX_DAYS",
    "REPLY_DAYS",
    "Annulment",
    "Bulletin",
    "BulletinArticle",
    "BulletinDecision",
    "BulletinReading",
    "BulletinState",
    "Candidate",
    "Chosen",
    "Draw",
    "Finding",
    "FindingKind",
    "Grade",
    "Inspection",
    "InspectionKind",
    "InspectionOffer",
    "InspectionState",
    "Method",
    "Reply",
    "Sample",
    "SeedSource",
    "Sheet",
    "StrataBy",
    "TeamMember",
    "TierCriterion",
    "TierScheme",
    "TierTerms",
    "Visit",
    "VisitState",
]
