"""One paper: where its making stands, and the file once it is there."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhengyou.kernel.progress import Progress, Reading, State
from zhengyou.papers import rules
from zhengyou.papers.actions import making
from zhengyou.papers.models import Paper, PaperState
from zhengyou.papers.queries import summaries_for
from zhengyou.people.middleware import ActorRequest


@login_required
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """List the papers of the bodies one looks at, and where a new one is made."""
    papers = Paper.objects.filter(rules.visible_papers(request.actor)).select_related(
        "organisation", "campaign", "attachment"
    )
    page = Paginator(papers, 30).get_page(request.GET.get("page"))
    context = {"page": page, "offers": summaries_for(request.actor)}
    return render(request, "papers/index.html", context)


@login_required
@require_safe
def show(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show a paper; while it is being written the page asks again by itself."""
    paper = _found(request, uid)
    running = paper.state in (PaperState.QUEUED, PaperState.WRITING) and not paper.interrupted
    begun = paper.state == PaperState.WRITING
    context = {
        "paper": paper,
        "running": running,
        "progress": Progress(paper.uid).read() if begun else Reading(State.WAITING),
        "may_retry": rules.may_retry(request.actor, paper),
    }
    return render(request, "papers/paper.html", context)


@login_required
@require_POST
def retry(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Ask again for a paper that was not written."""
    paper = _found(request, uid)
    making.retry(request.actor, paper)
    return redirect("papers:paper", paper.uid)


def _found(request: ActorRequest, uid: UUID) -> Paper:
    papers = Paper.objects.select_related("campaign__organisation", "organisation", "attachment")
    return get_object_or_404(papers, rules.visible_papers(request.actor), uid=uid)
