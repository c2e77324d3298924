"""Open data of a campaign: the page that documents it, and the files."""

from hashlib import sha256
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from zhengyou.kernel import clock
from zhengyou.ledger.queries import end_of_chain
from zhengyou.portal import opendata, streams
from zhengyou.portal.queries import public_campaign

LICENCE = "可以自由使用、转载、加工，请注明出处和取数日期，改动过的请说明；不得用来推断隐去的姓名。"


@require_safe
def data(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say which tables there are and what their columns mean."""
    run = public_campaign(uid)
    context = {
        "campaign": run,
        "here": "data",
        "tables": opendata.page(run),
        "moment": clock.now(),
    }
    return render(request, "portal/data.html", context)


def _validator(request: HttpRequest, uid: UUID, table: str, form: str) -> str:
    """Return what a file is known by: every verb writes a fact, so that after a withdrawal no store
    in between gives the old one. Words of "today" change with the day."""
    found = opendata.TABLES.get(table)
    columns = ",".join(column.key for column in found.columns) if found else ""
    parts = (end_of_chain(), str(clock.today()), str(uid), table, form, columns)
    return f'"{sha256("/".join(parts).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_validator)
def data_file(request: HttpRequest, uid: UUID, table: str, form: str) -> HttpResponseBase:
    """Give one table as a file, written while it is read."""
    run = public_campaign(uid)
    found = opendata.TABLES.get(table)
    if found is None or form not in ("csv", "json"):
        raise Http404
    if form == "csv":
        content, kind = streams.as_csv(found, found.rows(run)), "text/csv; charset=utf-8"
    else:
        head = {
            "campaign": run.title,
            "campaign_id": str(run.uid),
            "organisation": run.organisation.name,
            "table": found.title,
            "licence": LICENCE,
            "taken_at": clock.now().astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
        }
        content, kind = streams.as_json(found, found.rows(run), head), "application/json"
    name = f"{table}-{clock.today():%Y%m%d}.{form}"
    response = StreamingHttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    patch_cache_control(response, public=True, no_cache=True)  # kept, and asked about each time
    response["Access-Control-Allow-Origin"] = "*"
    return response
