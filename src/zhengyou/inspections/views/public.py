"""What everybody sees, without signing in: inspections, lists, seeds, results, the script."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhengyou.inspections.models import Draw, Inspection, InspectionState
from zhengyou.inspections.queries import draws as query


def _public(uid: UUID) -> Inspection:
    rows = Inspection.objects.exclude(state=InspectionState.DRAFT)
    rows = rows.select_related("organisation", "scope", "again_of", "again")
    return get_object_or_404(rows, uid=uid)


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """List the inspections."""
    page, lines = query.public_list(request.GET.get("page", ""))
    return render(request, "inspections/public/draws.html", {"page": page, "lines": lines})


@require_safe
def draw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one inspection: what is looked at, the list, the seed, the result, how to repeat it."""
    found = _public(uid)
    context = {"inspection": found, "page": query.draw_page(found), "items": found.checklist}
    return render(request, "inspections/public/draw.html", context)


@require_safe
def list_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand the frozen list out, byte by byte as it was hashed."""
    draw = get_object_or_404(Draw.objects.select_related("inspection"), inspection=_public(uid))
    return _download(draw.text.encode(), "text/plain; charset=utf-8", "list.txt")


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """Hand the script out."""
    return _download(query.SCRIPT.read_bytes(), "text/x-python; charset=utf-8", query.SCRIPT.name)


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
