"""docs/glossary.md names every thing and every state of the product, in both languages."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

import zhengyou
from zhengyou.site import diagrams

pytestmark = pytest.mark.pure

ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in (settings.ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("|") and "`" in line
]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("zhengyou.")]


def vocabularies() -> Iterator[type[models.TextChoices]]:
    """Every enumeration of the product, each once, where it is defined."""
    for module in pkgutil.walk_packages(zhengyou.__path__, "zhengyou."):
        if ".migrations" in module.name or ".management" in module.name:
            continue
        for thing in vars(importlib.import_module(module.name)).values():
            if (
                inspect.isclass(thing)
                and issubclass(thing, models.TextChoices)
                and thing is not models.TextChoices
                and thing.__module__ == module.name
            ):
                yield thing


def test_every_model_is_in_the_glossary_by_its_chinese_name() -> None:
    known = {(row[0], row[1].strip("`")) for row in ROWS}
    wanted = {(str(model._meta.verbose_name), model.__name__) for model in own_models()}
    assert not wanted - known


def test_every_word_of_every_vocabulary_is_in_the_glossary() -> None:
    by_name: dict[str, str] = {}
    for row in ROWS:  # two rooms may each have a Kind
        by_name[row[1].strip("`")] = by_name.get(row[1].strip("`"), "") + row[2]
    missing = [
        f"{words.__name__}.{word.name} {word.label}"
        for words in vocabularies()
        for word in words
        if f"{word.label} `{word.name}`" not in by_name.get(words.__name__, "")
    ]
    assert not missing


def test_the_glossary_names_nothing_that_is_gone() -> None:
    names = {model.__name__ for model in own_models()} | {
        words.__name__ for words in vocabularies()
    }
    listed = {row[1].strip("`") for row in ROWS if len(row) == 3 and row[1] != "identifier"}
    gone = {name for name in listed - names if not name[0].islower()}
    assert not gone


def test_one_label_means_one_thing_within_a_vocabulary() -> None:
    for words in vocabularies():
        labels = [word.label for word in words]
        assert len(labels) == len(set(labels)), words


def test_the_state_diagrams_are_those_of_the_models() -> None:
    written = (settings.ROOT / "docs" / "states.md").read_text("utf-8")
    assert written == diagrams.page(), "run: zhengyou docs"
