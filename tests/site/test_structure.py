"""The house stands as drawn: nothing leans on what is above it, and no room is overfull."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.template import engines
from tests.site import house

pytestmark = pytest.mark.pure

LONGEST = 400
SOURCES = {".py", ".html", ".css", ".js", ".sh", ".toml", ""}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("zhengyou.")]


def app_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_the_contract_names_every_app() -> None:
    rooms = {path.parent.name for path in house.PACKAGE.glob("*/__init__.py")}

    assert set(house.floors()) == rooms


def test_siblings_and_upper_floors_are_out_of_bounds() -> None:
    assert house.may_use("site", "people")
    assert house.may_use("people", "people")
    assert not house.may_use("people", "campaigns")
    assert not house.may_use("ledger", "files")


def test_no_foreign_key_points_upward_or_sideways() -> None:
    wrong = [
        f"{field} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("zhengyou.")
        and not house.may_use(app_of(model), app_of(field.related_model))
    ]

    assert wrong == []


def test_no_generic_foreign_keys() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.private_fields
    ]

    assert wrong == []


def test_templates_lean_only_on_their_own_app_and_those_below() -> None:
    wrong = []
    for path in house.templates().values():
        for name in house.TEMPLATE_TAG.findall(house.text_of(path)):
            used = house.templates().get(name.partition("#")[0])
            if used and not house.may_use(house.app_of(path), house.app_of(used)):
                wrong.append(f"{path.relative_to(house.PACKAGE)}: {name}")

    assert wrong == []


def test_python_renders_only_templates_of_its_own_app_and_those_below() -> None:
    wrong = []
    for path in house.PACKAGE.rglob("*.py"):
        for name in house.TEMPLATE_NAME.findall(path.read_text()):
            used = house.templates().get(name)
            if used and not house.may_use(house.app_of(path), house.app_of(used)):
                wrong.append(f"{path.relative_to(house.PACKAGE)}: {name}")

    assert wrong == []


def test_every_template_compiles_and_all_it_names_exist() -> None:
    engine = engines["django"]
    for name, path in house.templates().items():
        engine.get_template(name)
        for used in house.TEMPLATE_TAG.findall(house.text_of(path)):
            engine.get_template(used)


def test_no_file_is_longer_than_one_can_read() -> None:
    wrong = [
        f"{path.relative_to(house.ROOT)}: {lines} lines"
        for path in house.files()
        if is_source(path) and (lines := house.text_of(path).count("\n")) > LONGEST
    ]

    assert wrong == []


def is_source(path: Path) -> bool:
    """Tell whether ``path`` is written by hand and read as a whole: code, not text or data."""
    places = {"src", "tests", "scripts", ".ci", "bench", "Makefile"}
    return (
        path.relative_to(house.ROOT).parts[0] in places
        and path.suffix in SOURCES
        and "migrations" not in path.parts
    )
