"""How a form field is dressed: the classes of its control and what ties label, help and error."""

from typing import Any

from django import forms
from django.forms import BoundField

_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, ""),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
]


def shape(bound: BoundField) -> str:
    """Return how the field is laid out: hidden, check, group (several controls) or plain."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if widget.use_fieldset:
        return "group"
    return "plain"


def target(bound: BoundField) -> str:
    """Return the id that a link to the field's mistake jumps to."""
    first = f"{bound.auto_id}_0"
    return first if shape(bound) == "group" else str(bound.id_for_label or bound.auto_id)


def dress(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Return what the template of a field needs, the control rendered with its ties.

    Args:
        bound: the field of a form.
        hint: help in place of the field's own help text.
    """
    help_text, errors = hint or bound.help_text, bound.errors if bound.form.is_bound else []
    name, kind = bound.auto_id or bound.html_name, shape(bound)
    ties = [f"{name}-help"] * bool(help_text) + [f"{name}-error"] * bool(errors)
    attrs: dict[str, Any] = {}
    if kind != "group":  # there attributes would land on the box around the choices
        attrs |= {"class": _class_of(bound, bool(errors))}
        attrs |= {"aria-describedby": " ".join(ties)} if ties else {}
        attrs |= {"aria-invalid": "true"} if errors else {}
    return {
        "bound": bound, "name": name, "kind": kind, "help": help_text, "errors": errors,
        "ties": " ".join(ties), "control": bound.as_widget(attrs=attrs),
        "needed": bound.field.required,
    }  # fmt: skip


def _class_of(bound: BoundField, wrong: bool) -> str:
    """Return the classes of the control, keeping what the form gave it."""
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    kit = next(css for kind, css in _CLASSES if isinstance(widget, kind))
    return " ".join(part for part in (kit, own, "is-invalid" if wrong else "") if part)
