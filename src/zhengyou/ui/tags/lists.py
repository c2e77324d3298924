"""Lists: the query string, pages, the ledger table."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.utils.http import urlencode

from zhengyou.ui.table import Table

register = template.Library()

KIT = "ui/components/"


def changed(context: Context, changes: dict[str, Any]) -> str:
    """Return the page's query string with ``changes``, beginning with "?".

    None or "" takes a key out; a list gives a key several values. Whoever sorts or filters is
    back on the first page.
    """
    request = context.get("request")
    pairs = request.GET.copy() if request else QueryDict(mutable=True)
    for place in ("page", "after", "before"):
        if place not in changes:
            pairs.pop(place, None)
    for key, value in changes.items():
        if value is None or value == "":
            pairs.pop(key, None)
        else:
            pairs.setlist(key, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return "?" + urlencode(sorted(pairs.lists()), doseq=True)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """Return the query string with ``changes``: ``<a href="{% query sort='name' %}">``."""
    return changed(context, changes)


@register.inclusion_tag(KIT + "paginator.html", takes_context=True)
def paginator(context: Context, page: Any, what: str = "条") -> dict[str, object]:
    """Show 上一页, 下一页 and where one is; nothing where all fits on one page.

    Args:
        page: a page of ``django.core.paginator``, or a sheet that says itself (``back`` and
            ``on``) what the addresses of its neighbours carry.
        what: the counting word of what is listed.
    """
    back, on = _neighbours(page)
    return {
        "page": page,
        "what": what,
        "back": changed(context, dict(back)) if back else "",
        "on": changed(context, dict(on)) if on else "",
    }


def _neighbours(page: Any) -> tuple[Mapping[str, object] | None, Mapping[str, object] | None]:
    if not isinstance(page, Page):
        return page.back, page.on
    return (
        {"page": page.number - 1} if page.has_previous() else None,
        {"page": page.number + 1} if page.has_next() else None,
    )


@register.inclusion_tag(KIT + "ledger.html", takes_context=True)
def ledger(context: Context, table: Table) -> dict[str, object]:
    """Show a :class:`zhengyou.ui.table.Table`: sorting, column choice and Excel by links."""
    heads = [
        {
            "column": column,
            "link": changed(context, {"sort": table.next_sort(column)}) if column.sort else "",
            "order": table.order_of(column),
        }
        for column in table.shown
    ]
    request = context.get("request")
    kept = [
        (key, value)
        for key, values in (request.GET.lists() if request else ())
        for value in values
        if key not in ("cols", "page")
    ]
    sorts = [head for head in heads if head["link"]]
    excel = _excel(context, table)
    return {"table": table, "heads": heads, "sorts": sorts, "kept": kept, "excel": excel}


def _excel(context: Context, table: Table) -> str:
    """Return the address of the workbook of what is shown, or "" where there is none."""
    return table.excel_url + changed(context, {}) if table.excel_url else ""
