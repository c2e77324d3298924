"""Form fields and what is wrong with them."""

from django import template
from django.forms import BoundField, Form
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhengyou.ui import widgets

ASKED, FILLED = "_f", "+"
"""Name of the hidden control by which a field tells the burden meter that it was asked for, and
what stands behind the field's name where it came filled in."""

register = template.Library()

KIT = "ui/components/"


@register.inclusion_tag(KIT + "field.html")
def field(
    bound: BoundField, cls: str = "", hint: str = "", counted: bool = True
) -> dict[str, object]:
    """Show a form field: label, help, control, error, tied together for readers.

    Args:
        bound: ``form["name"]``.
        cls: classes of the whole, such as a column width.
        hint: help that is not in the form (replaces its help text).
        counted: False in a form that only looks something up: it asks nobody for anything.
    """
    return {**widgets.dress(bound, hint), "cls": cls, "mark": _mark(bound) if counted else ""}


def _mark(bound: BoundField) -> str:
    """Return what a field says about itself to the burden meter; hidden ones say nothing."""
    if bound.is_hidden:
        return ""
    return bound.html_name + (FILLED if bound.initial not in (None, "", [], (), False) else "")


@register.simple_tag
def asked(name: str, filled: object = False) -> SafeString:
    """Say to the burden meter that a form asks for ``name`` outside of ``field``.

    Args:
        name: the control's name; filled: whether it came filled in.
    """
    mark = f"{name}{FILLED if filled else ''}"
    return format_html('<input type="hidden" name="{}" value="{}">', ASKED, mark)


@register.inclusion_tag(KIT + "form_errors.html")
def form_errors(form: Form) -> dict[str, object]:
    """Sum up what is wrong with a form, with links to the fields. Nothing where nothing is."""
    found = [
        (bound.label, widgets.target(bound), error)
        for bound in form
        for error in (bound.errors if form.is_bound else ())
    ]
    general = form.non_field_errors() if form.is_bound else []
    return {"general": general, "found": found, "total": len(general) + len(found)}
