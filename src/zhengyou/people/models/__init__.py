"""Organisations, persons, memberships, standings, posts and accounts: history is dated rows."""

from zhengyou.people.models.account import Account, Invitation
from zhengyou.people.models.dated import Dated
from zhengyou.people.models.organisation import (
    Family,
    Kind,
    Organisation,
    OrganisationName,
    Placement,
    stands_under,
)
from zhengyou.people.models.person import (
    Circumstance,
    CircumstanceKind,
    Gender,
    Leaving,
    Membership,
    Person,
    Standing,
    StandingKind,
)
from zhengyou.people.models.post import Post, Role
from zhengyou.people.models.reorganisation import How, Reorganisation, Succession
from zhengyou.people.models.roll_count import RollCount
from zhengyou.people.models.roster import (
    Choice,
    Ground,
    ImportedRow,
    ImportState,
    RosterFinding,
    RosterImport,
    RosterMatch,
)
from zhengyou.people.models.transfer import Transfer, TransferState

__all__ = [
    "Account",
    "Choice",
    "Circumstance",
    "CircumstanceKind",
    "Dated",
    "Family",
    "Gender",
    "Ground",
    "How",
    "ImportState",
    "ImportedRow",
    "Invitation",
    "Kind",
    "Leaving",
    "Membership",
    "Organisation",
    "OrganisationName",
    "Person",
    "Placement",
    "Post",
    "Reorganisation",
    "Role",
    "RollCount",
    "RosterFinding",
    "RosterImport",
    "RosterMatch",
    "Standing",
    "StandingKind",
    "Succession",
    "Transfer",
    "TransferState",
    "stands_under",
]
