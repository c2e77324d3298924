"""How many working days things may take: as the campaign says, else the usual."""

from datetime import date

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.workdays import Due, add_workdays
from zhengyou.problems.models import DEADLINE_DAYS, MendingTerms

CLAIM_DAYS = 5
"""Working days in which somebody says who mends a problem, how and until when."""


def claim_by(day: date) -> date:
    """Return until when a problem that came up on ``day`` is to be claimed."""
    return add_workdays(day, CLAIM_DAYS).day


def usual_deadline(day: date, campaign: Campaign | None) -> Due:
    """Return the deadline that the form offers on ``day``. It is offered, never imposed."""
    terms = MendingTerms.objects.filter(campaign=campaign).first() if campaign else None
    return add_workdays(day, terms.deadline_days if terms else DEADLINE_DAYS)
