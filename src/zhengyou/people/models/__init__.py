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

__all__ = [
    "Account",
    "Circumstance",
    "CircumstanceKind",
    "Dated",
    "Family",
    "Gender",
    "Invitation",
    "Kind",
    "Leaving",
    "Membership",
    "Organisation",
    "OrganisationName",
    "Person",
    "Placement",
    "Post",
    "Role",
    "Standing",
    "StandingKind",
    "stands_under",
]
