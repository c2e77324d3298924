"""The rectification ledger of a body, and what is one's own of it."""

from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Kind, Organisation
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.views.files import workbook_response
from zhengyou.problems import rules
from zhengyou.problems.queries import ledger as query
from zhengyou.problems.queries import mine as own
from zhengyou.problems.queries.workbook import TITLES, WIDTHS, cells_of
from zhengyou.problems.rules import gathering
from zhengyou.problems.views.finding import DESK, body_of
from zhengyou.ui.table import Cell, Column, Table, asked
from zhengyou.ui.text import long_date, short_date

GATHERING = (Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH)
"""Bodies that have others below them: only there the button stands."""
COLUMNS = (
    Column("title", "问题", wide=True),
    Column("body", "责任组织", optional=True),
    Column("owner", "责任人"),
    Column("source", "来源", optional=True),
    Column("found", "发现", sort=True, optional=True),
    Column("due", "期限", sort=True),
    Column("state", "状态"),
)


@login_required
@require_safe
def ledger(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """Show the ledger as of a day, filtered."""
    body = body_of(request, organisation)
    rules.may_see_ledger(request.actor, body).require()
    found = query.ledger_of(request.actor, body, _query(request))
    context = {
        "body": body,
        "found": found,
        "day": found.query.day,
        "today": clock.today(),
        "table": _table(request, found),
        "segments": _segments(request, found),
        "may_raise": rules.may_raise(request.actor, body),
        "may_gather": body.kind in GATHERING and gathering.may_gather(request.actor, body),
        "crumbs": [DESK, (body.name, reverse("people:organisation", args=[body.uid])),
                   ("整改台账", "")],
    }  # fmt: skip
    return render(request, "problems/ledger.html", context)


@login_required
@require_safe
def workbook_of(request: ActorRequest, organisation: UUID) -> FileResponse:
    """Download the ledger as it is filtered."""
    body = body_of(request, organisation)
    rules.may_see_ledger(request.actor, body).require()
    asked_for = _query(request)
    lines = query.lines_for(request.actor, body, asked_for)

    def write(path: Path) -> None:
        with workbook(path) as book:
            page = Page(book, "整改台账")
            page.line(f"{body.name}整改台账，{long_date(asked_for.day)}的情况")
            page.titles(TITLES, WIDTHS)
            for cells in cells_of(lines, asked_for.day):
                page.row(cells)

    return workbook_response(write, f"{body.name}，整改台账.xlsx")


@login_required
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """Show what one has to mend, and what one found."""
    hat = request.actor.hat
    context = {
        "parts": own.mine(request.actor) if request.actor.person else [],
        "body": hat.organisation if hat else None,
        "crumbs": [DESK, ("问题整改", "")],
    }
    return render(request, "problems/mine.html", context)


def _query(request: ActorRequest) -> query.LedgerQuery:
    typed = request.GET
    which = typed.get("which", query.GOING)
    try:
        campaign = str(UUID(typed.get("campaign", "")))
    except ValueError:
        campaign = ""
    return query.LedgerQuery(
        day=day_of(request),
        which=which if which in query.WHICH else query.GOING,
        source=typed.get("source", "")[:40],
        campaign=campaign,
        sort=asked(COLUMNS, typed)[0],
        page=typed.get("page", "1"),
    )


def _table(request: ActorRequest, found: query.Ledger) -> Table:
    return Table(
        caption=f"{found.body.name}整改台账",
        columns=COLUMNS,
        rows=[_row(found.body, line) for line in found.lines],
        sort=found.query.sort,
        chosen=asked(COLUMNS, request.GET)[1],
        excel_url=reverse("problems:workbook", args=[found.body.uid]),
        total=found.page.paginator.count,
        empty="没有这样的问题。",
    )


def _row(body: Organisation, line: query.LedgerLine) -> dict[str, Cell]:
    row = line.problem
    late = f"过了 {line.late_days} 天" if line.late_days else ""
    below = reverse("problems:ledger", args=[row.organisation.uid])
    late += f"，升到{line.risen_to}" if line.risen_to else ""
    return {
        "title": Cell(row.title, reverse("problems:problem", args=[row.uid])),
        "body": Cell(row.organisation.name, "" if row.organisation_id == body.pk else below),
        "owner": Cell(line.owner),
        "source": Cell(line.source),
        "found": Cell(short_date(row.found_on)),
        "due": Cell(short_date(line.due_on) or "—", sub=late),
        "state": Cell(f"{line.state}，过期" if late else line.state, kind=line.badge),
    }


def _segments(request: ActorRequest, found: query.Ledger) -> list[dict[str, object]]:
    """Return the filter by state as links, keeping what else is asked for."""
    kept = request.GET.copy()
    kept.pop("page", None)
    rows = []
    for key, title in query.WHICH.items():
        kept["which"] = key
        rows.append({
            "title": title, "url": f"?{kept.urlencode()}", "current": key == found.query.which,
            "count": found.counts[key],
        })  # fmt: skip
    return rows
