"""Problems, their measures and what was done step by step; what a campaign looks for."""

from zhengyou.problems.models.catalogue import (
    ANSWER_WITHIN,
    AUDIENCES,
    CLIMB_AFTER,
    DEADLINE_DAYS,
    CatalogueItem,
    MendingTerms,
    audience_word,
)
from zhengyou.problems.models.common import GatheredProblem, PolicyAnswer
from zhengyou.problems.models.extension import Extension, ExtensionState
from zhengyou.problems.models.problem import (
    LIVE,
    MENDING,
    SETTLED,
    Privacy,
    Problem,
    ProblemState,
    is_overdue,
    overdue,
)
from zhengyou.problems.models.self_check import CheckState, Look, SelfCheck, SelfCheckAnswer
from zhengyou.problems.models.step import (
    Did,
    Explained,
    Explanation,
    Measure,
    Reopening,
    Step,
    Verification,
)
from zhengyou.problems.models.taken_over import TakenOver

__all__ = [
    "ANSWER_WITHIN",
    "AUDIENCES",
    "CLIMB_AFTER",
    "DEADLINE_DAYS",
    "LIVE",
    "MENDING",
    "SETTLED",
    "CatalogueItem",
    "CheckState",
    "Did",
    "Explained",
    "Explanation",
    "Extension",
    "ExtensionState",
    "GatheredProblem",
    "Look",
    "Measure",
    "MendingTerms",
    "PolicyAnswer",
    "Privacy",
    "Problem",
    "ProblemState",
    "Reopening",
    "SelfCheck",
    "SelfCheckAnswer",
    "Step",
    "TakenOver",
    "Verification",
    "audience_word",
    "is_overdue",
    "overdue",
]
