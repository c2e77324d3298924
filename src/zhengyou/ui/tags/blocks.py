"""Tags around other markup: page head, section head, list row, card of a chart, action bar."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

KIT = "ui/components/"


@register.simple_block_tag(end_name="endpagehead")
def pagehead(content: SafeString, title: str, sub: str = "", crumbs: Any = ()) -> SafeString:
    """Open a page: the title is a sentence with the finding; inside stand its buttons.

    Args:
        title: the H1; sub: one line below it; crumbs: as in ``crumb``.
    """
    return render_to_string(KIT + "head.html", locals())


@register.simple_block_tag(end_name="endsection")
def section(
    content: SafeString, title: str, count: object = None, id: str = "", link: str = "",
    link_text: str = "",
) -> SafeString:  # fmt: skip
    """Head a section with its count and at most one link or filter, then what is in it."""
    return render_to_string(KIT + "section.html", locals())


@register.simple_block_tag(end_name="endrow")
def row(
    content: SafeString, kind: str, label: str, title: str, url: str = "", why: str = "",
    when: str = "", cls: str = "",
) -> SafeString:  # fmt: skip
    """Show a list row: state, title and one line of why, when; inside stands one button.

    Args:
        kind, label: as in ``state``; cls: is-narrow beside a wide column, is-tight without when,
            is-acts with several buttons.
    """
    return render_to_string(KIT + "row.html", locals())


@register.simple_block_tag(end_name="endtile")
def tile(
    content: SafeString, label: str, big: str, unit: str = "", url: str = "", level: int = 2
) -> SafeString:
    """Show one number that matters; inside stand a bar and a line of explanation."""
    return render_to_string(KIT + "tile.html", locals())


@register.simple_block_tag(end_name="endchart")
def chart(
    content: SafeString, title: str, id: str, note: str = "", kind: str = "bars",
    summary: str = "", unit: str = "",
) -> SafeString:  # fmt: skip
    """Show a chart card; inside stands its table, which the script draws and readers read.

    Args:
        id: of the card; note: a few words at the right of the title; unit: behind each figure.
        kind: bars (first column names, second figures, third if any the plan), or line (first
            column days or periods, second figures).
            The page loads ``ui/charts.js`` in its block ``js``.
        summary: the finding in one sentence, read out for the drawing.
    """
    return render_to_string(KIT + "chart.html", locals())


@register.simple_block_tag(end_name="endactionbar")
def actionbar(
    content: SafeString, title: str, why: str = "", why_id: str = "", tally: str = ""
) -> SafeString:
    """Show the bar that stays in sight below a long form; inside stand its buttons.

    Args:
        title: where one stands; why: a line below it, with the id ``why_id``.
        tally: in a form with ``data-review``, what the line says when all items are reviewed.
    """
    return render_to_string(KIT + "actionbar.html", locals())


@register.simple_block_tag(end_name="endempty")
def empty(content: SafeString, title: str, text: str = "", icon: str = "list-check") -> SafeString:
    """Say that nothing is here yet, and why; inside stands the first step.

    Not straight inside a ``for``, whose own ``empty`` it would be taken for: use ``if … else``.
    """
    return render_to_string(KIT + "empty.html", locals())


@register.simple_block_tag(end_name="endnotice")
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """Show a standing notice (``kind``: info, done, due, late) inside a page."""
    return render_to_string(KIT + "notice.html", locals())
