"""Larger pieces made of plain data: figures, standards, facts, segments, threads, long work."""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django import template
from django.forms import BoundField
from django.template import Context

from zhengyou.ui import widgets

register = template.Library()

KIT = "ui/components/"


@register.inclusion_tag(KIT + "figures.html")
def figures(items: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Show a few serif numbers; items are (words, number)."""
    return {"items": items}


@register.inclusion_tag(KIT + "standards.html")
def standards(sets: Iterable[dict[str, Any]], label: str = "按标准看承诺") -> dict[str, object]:
    """Show the standards with counts.

    Args:
        sets: {title, note, points}, points being {title, count, url, current}.
    """
    return {"sets": sets, "label": label}


@register.inclusion_tag(KIT + "facts.html")
def facts(items: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Show (name, value) pairs in a line; an empty value reads 没写, in red."""
    return {"items": items}


@register.inclusion_tag(KIT + "segments.html")
def segments(items: Iterable[Any], label: str) -> dict[str, object]:
    """Show a choice of views as links.

    Args:
        items: {title, url, count, current}; count may be missing.
        label: what is chosen, read out.
    """
    return {"items": items, "label": label}


@register.inclusion_tag(KIT + "pick.html")
def pick(items: Iterable[Any], title: str, note: str = "") -> dict[str, object]:
    """Show the list at the left of a split page: {title, sub, url, current}."""
    return {"items": list(items), "title": title, "note": note}


@register.inclusion_tag(KIT + "pair.html", takes_context=True)
def pair(context: Context, twin: dict[str, Any]) -> dict[str, object]:
    """Show two texts that are alike beside each other; the reader decides.

    Args:
        twin: {title, mine_label, mine, theirs_label, theirs}, the texts being lists of
            (words, alike) or plain strings; phrases and into as in ``quick``.
    """
    return {"twin": twin, "mine": _parts(twin["mine"]), "theirs": _parts(twin["theirs"])}


def _parts(text: Any) -> list[tuple[str, bool]]:
    return [(text, False)] if isinstance(text, str) else list(text)


@register.inclusion_tag(KIT + "quick.html")
def quick(phrases: Iterable[str], into: str) -> dict[str, object]:
    """Offer ready phrases (a press adds one to the text box with the id ``into``)."""
    return {"phrases": phrases, "into": into}


@register.inclusion_tag(KIT + "thread.html")
def thread(remarks: Iterable[Any], empty: str = "还没有人提意见。") -> dict[str, object]:
    """Show what was said: {who, role, when, text, state (kind, label), answers of the same}."""
    return {"remarks": list(remarks), "empty": empty}


@register.inclusion_tag(KIT + "drop.html")
def drop(bound: BoundField, limit: int = 0) -> dict[str, object]:
    """Show a file field that takes dropped files too.

    Args:
        bound: a file field of a form.
        limit: the largest size in bytes, told at once with JavaScript; 0 for none.
    """
    return {**widgets.dress(bound), "limit": limit}


@register.inclusion_tag(KIT + "progress.html", takes_context=True)
def progress(context: Context, job: Any) -> dict[str, object]:
    """Show long work with its count and a way out.

    Args:
        job: {title, done, total, unit, state: running|done|stopped|failed, text, url (of this
            component alone, asked every two seconds), cancel_url, result_url, result_label}.
    """
    url = str(job["url"] if isinstance(job, dict) else job.url)
    # The same id in each answer, so that the focus stays on the button while the count moves.
    cancel_id = f"stop-{crc32(url.encode()):x}"
    return {"job": job, "cancel_id": cancel_id, "csrf_token": context.get("csrf_token")}
