"""Form fields and what is wrong with them."""

from django import template
from django.forms import BoundField, Form

from zhengyou.ui import widgets

register = template.Library()

KIT = "ui/components/"


@register.inclusion_tag(KIT + "field.html")
def field(bound: BoundField, cls: str = "", hint: str = "") -> dict[str, object]:
    """Show a form field: label, help, control, error, tied together for readers.

    Args:
        bound: ``form["name"]``.
        cls: classes of the whole, such as a column width.
        hint: help that is not in the form (replaces its help text).
    """
    return {**widgets.dress(bound, hint), "cls": cls}


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
