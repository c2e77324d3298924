"""What everybody sees: what a body laid open, what is missing, one item. Nobody is known here."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhengyou.disclosure.models import DisclosedItem, ItemState
from zhengyou.disclosure.queries.board import Board, board_of
from zhengyou.disclosure.queries.late import closes_of
from zhengyou.disclosure.queries.pages import item_page
from zhengyou.disclosure.views.finding import public_item
from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.models import Organisation
from zhengyou.remarks.queries import thread


@require_safe
def body(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show by category and period what a body laid open, what is not yet due and what is missing;
    ``?year=`` the archive, ``?day=`` as it was."""
    found = get_object_or_404(Organisation, uid=organisation)
    day = day_of(request)
    board = board_of(found, day, year_in(request))
    if not board.lines and not _had(found):
        raise Http404
    context: dict[str, object] = {
        "board": board,
        "day": day,
        "today": clock.today(),
        "years": years_of(board),
    }
    context["figures"] = [(f"{board.year}年公开", board.out), ("到期没有公开", board.missing)]
    return render(request, "disclosure/public_body.html", context)


@require_safe
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one thing that was laid open, with what it read like before and what was said."""
    found = public_item(uid)
    context = {
        "page": item_page(found, closes_of(found)),
        "thread": thread(found.ref) if found.state == ItemState.PUBLISHED else None,
    }
    return render(request, "disclosure/public_item.html", context)


def year_in(request: HttpRequest) -> int | None:
    """Return the year that the address asks for."""
    typed = request.GET.get("year", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None


def _had(body: Organisation) -> bool:
    """Whether something of it ever was in public: its page goes on though nothing is asked now."""
    return DisclosedItem.objects.filter(organisation=body, state=ItemState.PUBLISHED).exists()


def years_of(board: Board) -> list[dict[str, object]]:
    """Return the years as segments; a past day stays."""
    day = "" if board.day == clock.today() else f"&day={board.day}"
    return [
        {"title": f"{year}年", "url": f"?year={year}{day}", "current": year == board.year}
        for year in board.years
    ]
