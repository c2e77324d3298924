"""State diagrams made from the transitions that models declare, so that they cannot be wrong."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

HEAD = """# States

Made from the models by `zhengyou docs`; do not edit. Every arrow is a guarded verb: it asks its
rule, moves the row only if it still stands at the source, and writes a fact.
"""


def stateful_models() -> Iterator[type[models.Model]]:
    """Yield the house's models that declare ``TRANSITIONS``, by app and name."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if model.__module__.startswith("zhengyou.") and hasattr(model, "TRANSITIONS"):
            yield model


def page() -> str:
    """Return docs/states.md as text."""
    return "\n".join([HEAD, *(_diagram(model) for model in stateful_models())])


def _diagram(model: type[models.Model]) -> str:
    field = model._meta.get_field("state")
    assert isinstance(field, models.Field)
    labels = dict(field.choices or [])
    lines = [f"## {model._meta.verbose_name} `{model._meta.label}`", "", "```mermaid",
             "stateDiagram-v2"]  # fmt: skip
    used = {state for arrow in model.TRANSITIONS for state in (*arrow.sources, arrow.target)}  # type: ignore[attr-defined]
    lines += [f"    {state}: {labels[state]}" for state in labels if state in used]
    if field.has_default():
        lines.append(f"    [*] --> {field.get_default()}")
    for arrow in model.TRANSITIONS:  # type: ignore[attr-defined]
        lines += [
            f"    {source} --> {arrow.target}: {arrow.label} {arrow.name}"
            for source in arrow.sources
        ]
    return "\n".join([*lines, "```", ""])
