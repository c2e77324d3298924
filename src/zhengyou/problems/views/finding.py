"""What views look for; what does not exist for the actor is a 404."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations
from zhengyou.problems import rules
from zhengyou.problems.models import Problem

Crumbs = list[tuple[str, str]]
DESK = ("工作台", "/desk/")


def problem_of(request: ActorRequest, uid: UUID) -> Problem:
    """Return a problem that exists for the actor."""
    seen = Problem.objects.filter(rules.visible_problems(request.actor))
    rows = seen.select_related(
        "organisation__parent", "found_for", "owner", "subject", "campaign", "programme",
        "raised_by", "catalogue",
    )  # fmt: skip
    return get_object_or_404(rows, uid=uid)


def body_of(request: ActorRequest, uid: UUID) -> Organisation:
    """Return a body that exists for the actor."""
    rows = Organisation.objects.filter(visible_organisations(request.actor))
    return get_object_or_404(rows.select_related("parent"), uid=uid)


def to_ledger(request: ActorRequest, body: Organisation, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down over the ledger of a body, where that is for the actor's eyes."""
    ledger = (f"{body.name}的整改台账", reverse("problems:ledger", args=[body.uid]))
    seen = rules.may_see_ledger(request.actor, body)
    return [DESK, *([ledger] if seen else []), *steps]


def page_of(problem: Problem) -> tuple[str, str]:
    """Return name and address of the page of a problem, for crumbs and ways back."""
    return (problem.title, reverse("problems:problem", args=[problem.uid]))
