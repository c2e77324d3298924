"""Bulletins: the list, one, how far it is, as a document, and what everybody may read."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhengyou import documents
from zhengyou.campaigns.views.finding import actor_of, own_body
from zhengyou.inspections.bulletins.paper import document
from zhengyou.inspections.models.bulletin import OUT, Bulletin
from zhengyou.inspections.queries import bulletins as queries
from zhengyou.inspections.rules import bulletins as rules
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.forms.fields import day_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Crumbs = list[tuple[str, str]]


def found_of(request: HttpRequest, uid: UUID) -> Bulletin:
    """Return a bulletin that exists for the actor."""
    rows = Bulletin.objects.filter(rules.visible_bulletins(actor_of(request)))
    rows = rows.select_related("organisation", "scope", "campaign", "corrects", "drafted_by")
    return get_object_or_404(rows.select_related("submitted_by"), uid=uid)


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    """Return the way down from the list of bulletins."""
    return [("通报", reverse("inspections:bulletins")), *steps]


def step(bulletin: Bulletin) -> tuple[str, str]:
    """Return a bulletin as a step of the way down."""
    return bulletin.title, page_of(bulletin)


def page_of(bulletin: Bulletin) -> str:
    """Return the address of a bulletin."""
    return reverse("inspections:bulletin", args=[bulletin.uid])


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the bulletins there are for whoever is signed in."""
    actor, body = actor_of(request), own_body(request)
    page = queries.list_page(actor, request.GET.get("page"))
    context = {
        "page": page,
        "may": rules.may_draft(actor, body) if body else Verdict.no("没有任职。"),
        "crumbs": [("督查", reverse("inspections:index")), ("通报", "")],
    }
    return render(request, "inspections/bulletins/index.html", context)


@login_required
@require_safe
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one bulletin, with what the reader may do."""
    actor, found = actor_of(request), found_of(request, uid)
    context = {
        "bulletin": found,
        "page": queries.bulletin_page(found),
        "may": _acts(actor, found),
        "sign": _may_read(actor, found),
        "follow": found.is_out,
        "crumbs": crumbs((found.title, "")),
    }
    return render(request, "inspections/bulletins/show.html", context)


def _acts(actor: Actor, found: Bulletin) -> dict[str, Verdict]:
    """Return what those who draft or sign may do; for others nothing is shown."""
    verbs = {
        "edit": rules.may_edit, "submit": rules.may_submit, "take_back": rules.may_take_back,
        "approve": rules.may_sign, "send_back": rules.may_sign, "publish": rules.may_publish,
        "correct": rules.may_correct, "follow": rules.may_follow,
    }  # fmt: skip
    if not rules.is_drafter(actor, found.organisation):
        return {}
    return {name: rule(actor, found) for name, rule in verbs.items()}


def _may_read(actor: Actor, found: Bulletin) -> bool:
    return queries.unread(actor).filter(pk=found.pk).exists()


@login_required
@require_safe
def follow(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how far each criticism is and who has read, on any day since it went out."""
    actor, found = actor_of(request), found_of(request, uid)
    Verdict.of(found.is_out, "印发以后才有人签收、整改。").require()
    day, whole = day_of(request), rules.may_follow(actor, found)
    rows = queries.follow_up(found, day, actor)
    receipts = queries.receipts(found, day) if whole else []
    context = {
        "bulletin": found,
        "rows": rows,
        "mended": sum(row.mended for row in rows),
        "receipts": Paginator(receipts, 50).get_page(request.GET.get("page")),
        "read": sum(row.read_on is not None for row in receipts),
        "whole": whole,
        "day": day,
        "today": clock.today(),
        "crumbs": crumbs(step(found), ("整改和签收", "")),
    }
    return render(request, "inspections/bulletins/follow.html", context)


@login_required
@require_safe
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Download a bulletin as an official document."""
    found = found_of(request, uid)
    rows = queries.articles_of(found)
    rules.is_whole(found, rows).require()
    content = documents.to_docx(document(found, rows), created=found.drafted_at)
    response = HttpResponse(content, content_type=WORD)
    name = content_disposition_header(True, f"{found.title}.docx")
    response["Content-Disposition"] = str(name)
    return response


@require_safe
def public_index(request: HttpRequest) -> HttpResponse:
    """List to everybody what is public."""
    rows = _public().order_by("-published_on", "-pk")
    page = Paginator(rows, queries.LINES).get_page(request.GET.get("page"))
    return render(request, "inspections/bulletins/public_index.html", {"page": page})


@require_safe
def public(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show to everybody a bulletin that is public."""
    found = get_object_or_404(_public(replaced=True), uid=uid)
    context = {"bulletin": found, "page": queries.bulletin_page(found)}
    return render(request, "inspections/bulletins/public.html", context)


def _public(replaced: bool = False) -> QuerySet[Bulletin]:
    states = OUT if replaced else OUT[:1]
    rows = Bulletin.objects.filter(public=True, state__in=states)
    return rows.select_related("organisation", "scope", "corrects")
