"""What views look for. What does not exist for the actor is a 404, whatever it is and whoever asks:
the answer to a right address and to an invented one is the same."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.labour import rules
from zhengyou.labour.models import CaseStep, LabourCase, Mediator, Signal
from zhengyou.people.models import Organisation, Person
from zhengyou.people.queries.roll import persons_on
from zhengyou.work.views.finding import Crumbs, actor_of

View = Callable[..., HttpResponse]


def confidential(view: View) -> View:
    """Let only who is signed in, and no cache keep the answer."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = view(request, *args, **named)
        add_never_cache_headers(response)
        return response

    return login_required(require_http_methods(["GET", "HEAD", "POST"])(answer))


def body_of(request: HttpRequest, uid: UUID) -> Organisation:
    """Return a body in whose group the actor sits."""
    body = get_object_or_404(Organisation, uid=uid)
    exists(rules.may_note(actor_of(request), body))
    return body


def signal_of(request: HttpRequest, uid: UUID) -> Signal:
    """Return a signal that exists for the actor."""
    rows = Signal.objects.filter(rules.visible_signals(actor_of(request)))
    return get_object_or_404(rows.select_related("organisation", "by"), uid=uid)


def case_of(request: HttpRequest, uid: UUID) -> LabourCase:
    """Return a case that exists for the actor."""
    rows = LabourCase.objects.filter(rules.visible_cases(actor_of(request)))
    return get_object_or_404(rows.select_related("organisation", "by", "signal"), uid=uid)


def step_of(request: HttpRequest, uid: UUID, step: UUID) -> CaseStep:
    """Return a step of a case that exists for the actor."""
    case = case_of(request, uid)
    found = get_object_or_404(case.steps.all(), uid=step)
    found.case = case
    return found


def exists(verdict: Verdict) -> None:
    """Answer as if there were nothing.

    Raises:
        Http404: the rule says no.
    """
    if not verdict:
        raise Http404


def others_in(body: Organisation, me: Person | None) -> QuerySet[Person]:
    """Return who sits there besides ``me``."""
    rows = Mediator.objects.filter(organisation=body, until=None).values("person")
    found = Person.objects.filter(pk__in=rows).order_by("sort_key", "pk")
    return found.exclude(pk=me.pk) if me else found


def people_near(body: Organisation) -> QuerySet[Person]:
    """Return whom one may choose: the people of the body, of what is below it and below the one
    above it, and who sits there."""
    here = persons_on(clock.today(), body.parent or body)
    seated = Mediator.objects.filter(organisation=body, until=None).values("person")
    rows = Person.objects.filter(Q(pk__in=here.values("pk")) | Q(pk__in=seated))
    return rows.order_by("sort_key", "pk")


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    """Return the way down from the room's first page."""
    return [("工作台", "/desk/"), ("预警和调解", reverse("labour:home")), *steps]


def to_case(case: LabourCase, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down to a case."""
    return crumbs((f"{case.number}号", reverse("labour:case", args=[case.uid])), *steps)
