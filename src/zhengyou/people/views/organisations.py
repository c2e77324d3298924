"""Looking at bodies: one's own, any one in reach, the tree below, today or on a past day."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people import rules
from zhengyou.people.actions.succession import hanging
from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Role
from zhengyou.people.queries.body import body_page
from zhengyou.people.queries.history import facts_about
from zhengyou.people.queries.reorganising import Fate, fates_of
from zhengyou.people.queries.tree import line_on, name_on
from zhengyou.people.queries.tree_page import tree_page
from zhengyou.people.views import finding


@login_required
@require_safe
def orgs(request: ActorRequest) -> HttpResponse:
    """Lead to the body of the hat; who has none is told what to do."""
    if request.actor.hat:
        return redirect("people:organisation", request.actor.hat.organisation.uid)
    return render(request, "people/no_hat.html")


@login_required
@require_safe
def organisation(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show a body on a day: what is below, who holds which post, how it came to be."""
    body = finding.organisation(request, uid)
    day, actor = finding.day(request), request.actor
    page = body_page(body, day)
    may_see_roll = rules.may_see_roll(actor, body)
    context = {
        "page": page,
        "today": clock.today(),
        "is_today": day == clock.today(),
        "ask": "" if day == clock.today() else f"?day={day.isoformat()}",
        "holders": [(post, rules.may_appoint(actor, body, Role(post.role))) for post in page.posts],
        "may_see_roll": may_see_roll,
        "fates": _fates(actor, body),
        "facts": facts_about(body.ref) if may_see_roll else [],
        "may_found": rules.may_shape_tree(actor, body),
        "may_change": rules.may_change_body(actor, body),
        "may_keep": rules.may_keep_roll(actor, body),
        "may_appoint": rules.may_appoint_any(actor, body),
    }
    return render(request, "people/organisation.html", context)


def _fates(actor: Actor, body: Organisation) -> list[tuple[Fate, Verdict]]:
    """Return what became of a body and what it came from, each with whether it can be undone."""
    return [
        (fate, rules.may_undo_reorganisation(actor, [body, *fate.bodies], hanging(fate.done)))
        for fate in fates_of(body)
    ]


@login_required
@require_safe
def tree(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show what is below a body on a day: level by level where it is much, or all in pages."""
    body = finding.organisation(request, uid)
    rules.may_see_roll(request.actor, body).require()
    day, asked = finding.day(request), request.GET
    context = {
        "body": body,
        "name": name_on(day, body),
        "crumbs": line_on(day, body),
        "day": day,
        "today": clock.today(),
        "tree": tree_page(body, day, whole="whole" in asked, number=asked.get("page")),
        "part": "HX-Request" in request.headers,
    }
    return render(request, "people/tree.html", context)
