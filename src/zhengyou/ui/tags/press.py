"""What can be pressed: a button of a rule's answer, a button that asks first."""

from itertools import count
from typing import Any

from django import template
from django.template import Context

register = template.Library()

KIT = "ui/components/"


def new_id(context: Context, stem: str) -> str:
    """Return an id that no other tag of this page carries."""
    shared: Any = context.render_context.dicts[0]
    return f"{stem}-{next(shared.setdefault('zy_ids', count(1)))}"


def _verdict(verdict: Any) -> tuple[bool, str]:
    """Return (allowed, reason). True means that no rule is asked.

    Raises:
        ValueError: it is no answer of a rule; most often a misspelt variable.
    """
    if verdict is True:
        return True, ""
    if not hasattr(verdict, "ok"):
        raise ValueError(f"act: {verdict!r} is no verdict (it needs .ok and .reason)")
    return bool(verdict.ok), str(verdict.reason)


@register.inclusion_tag(KIT + "act.html", takes_context=True)
def act(
    context: Context, label: str, verdict: Any, url: str, method: str = "get",
    cls: str = "btn-quiet", icon: str = "", about: str = "", why: bool = True, **hidden: object,
) -> dict[str, object]:  # fmt: skip
    """Show a button; refused, it stays, cannot be pressed and says why.

    Args:
        label: the words on it.
        verdict: anything with ``.ok`` and ``.reason``, or True where no rule applies.
        url: where it leads or what it posts to.
        method: get (a link) or post (a small form).
        cls: btn-quiet, btn-primary, btn-danger; add btn-row inside table rows.
        icon: a name of icons.txt.
        about: read out after the label where many rows have the same button.
        why: False leaves out the visible reason (the page shows it elsewhere).
        hidden: further keyword arguments become hidden fields of the form.
    """
    ok, reason = _verdict(verdict)
    return {
        "label": label, "url": url, "post": method == "post", "cls": cls, "icon": icon,
        "about": about, "ok": ok, "reason": reason, "why": why, "hidden": hidden,
        "why_id": new_id(context, "why") if not ok else "", "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.inclusion_tag(KIT + "confirm.html", takes_context=True)
def confirm(
    context: Context, label: str, url: str, title: str, text: str = "", yes: str = "",
    verdict: Any = True, cls: str = "btn-quiet", icon: str = "", **hidden: object,
) -> dict[str, object]:  # fmt: skip
    """Show a button that asks before it posts.

    Without JavaScript it leads to ``url`` by GET, whose view renders ``ui/confirm.html``; with it,
    a dialog opens here. Either way the answer is a POST to ``url``.

    Args:
        title: the question; text: what follows from a yes; yes: the words on the button.
        verdict, cls, icon, hidden: as in ``act``.
    """
    ok, reason = _verdict(verdict)
    return {
        "label": label, "url": url, "title": title, "text": text, "yes": yes or label, "cls": cls,
        "icon": icon, "ok": ok, "reason": reason, "hidden": hidden, "verdict": verdict,
        "dialog_id": new_id(context, "ask"), "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.inclusion_tag(KIT + "onward.html", takes_context=True)
def onward(context: Context, things: Any) -> dict[str, object]:
    """Show what came of a thing in rooms above, and what may be made of it; nothing where nothing.

    Args:
        things: what ``kernel.onward.of(ref, actor)`` gives.
    """
    return {"things": things, "csrf_token": context.get("csrf_token")}
