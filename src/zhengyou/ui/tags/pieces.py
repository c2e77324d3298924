"""Small pieces: icons, states, bars, the phase ribbon, persons."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhengyou.ui import ribbon as ribbons
from zhengyou.ui import text

register = template.Library()

ICONS = frozenset((Path(__file__).parents[1] / "icons.txt").read_text("utf-8").split())
STATES = ("todo", "wait", "doing", "due", "late", "back", "done", "off")
KIT = "ui/components/"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of ``icons.txt``, hidden from readers: words stand beside it.

    Raises:
        ValueError: ``icons.txt`` has no such line.
    """
    if name not in ICONS:
        raise ValueError(f"no icon {name!r}: add the line to src/zhengyou/ui/icons.txt")
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("lib/icons.svg"),
        name,
    )


@register.simple_tag
def state(kind: str, label: object) -> SafeString:
    """Say a state in words, with the glyph and the colour of its ``kind``.

    Args:
        kind: todo 没开始, wait 待审, doing 进行中, due 到期, late 过期, back 退回, done 做完,
            off 不算了.
        label: the words.

    Raises:
        ValueError: no such kind.
    """
    if kind not in STATES:
        raise ValueError(f"no state {kind!r}: one of {', '.join(STATES)}")
    return format_html(
        '<span class="zy-state is-{}"><svg viewBox="0 0 14 14" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>{}</span>',
        kind,
        static("ui/states.svg"),
        kind,
        label,
    )


@register.inclusion_tag(KIT + "bar.html")
def bar(pct: object, mark: object = None, label: str = "", cls: str = "") -> dict[str, object]:
    """Draw a progress bar.

    Args:
        pct: what is done, 0 to 100.
        mark: where the calendar says one should be, 0 to 100; None draws no tick.
        label: the same in words for readers; "" hides the bar from them (words stand beside it).
        cls: is-done (green) or is-late (amber).
    """
    tick = None if mark in (None, "") else text.on_scale(mark)
    return {"pct": text.on_scale(pct), "mark": tick, "label": label, "cls": cls}


@register.inclusion_tag(KIT + "goal.html")
def goal(
    baseline: object, now: object, target: object, pct: object, mark: object = None, cls: str = ""
) -> dict[str, object]:
    """Show 起点, 现在, 目标 (texts with units) over a bar; ``pct`` and ``mark`` as in ``bar``."""
    words = f"从起点到目标走完 {text.on_scale(pct)}%"
    if mark not in (None, ""):
        words += f"，按日子该到 {text.on_scale(mark)}%"
    return locals()


@register.inclusion_tag(KIT + "ring.html")
def ring(done: int, total: int, label: str, cls: str = "") -> dict[str, object]:
    """Draw a progress ring with the share in its middle; ``label`` says what is counted."""
    share = 100 * done / total if total else 0
    return {"share": text.on_scale(share), "shown": int(share), **locals()}


@register.inclusion_tag(KIT + "ribbon.html")
def ribbon(ribbon: Any) -> dict[str, object]:
    """Draw the phases of a campaign with today's mark.

    Args:
        ribbon: what :func:`zhengyou.ui.ribbon.lay_out` returns, or the same by hand: title, span,
            next, phases of {title, dates, state: done|now|next, width: w1…w6, pct, today}.
    """
    return {"ribbon": ribbons.settle(ribbon)}


@register.inclusion_tag(KIT + "crumb.html")
def crumb(items: Iterable[Any]) -> dict[str, object]:
    """Show the way down: (title, url) pairs or {title, url}; the last one is where we are."""
    steps = [(i["title"], i.get("url", "")) if isinstance(i, dict) else tuple(i) for i in items]
    return {"items": steps}


@register.inclusion_tag(KIT + "person.html")
def person_chip(
    name: str, role: str = "", honour: str = "", url: str = "", org: bool = False,
    state_kind: str = "", state_label: str = "",
) -> dict[str, object]:  # fmt: skip
    """Show a person (or, with ``org``, an organisation): face, name, role, honour in gold."""
    return {**locals(), "face": str(name).strip()[:1]}
