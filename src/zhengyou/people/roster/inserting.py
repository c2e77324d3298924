"""Inserts many rows: as a stream (COPY) on PostgreSQL, with one prepared statement on SQLite.

``bulk_create`` spells out every value in the statement's text, which costs more than all checks
of a roster together; while a big import writes, nobody else can on SQLite, so it has its own way:
what the database wants of a row is worked out beforehand (:func:`values_of`), without any lock.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

Values = list[Any]


@cache
def fields_of(model: type[models.Model]) -> tuple["models.Field[Any, Any]", ...]:
    """Return the fields that are inserted: all columns but the primary key."""
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@cache
def place_of(model: type[models.Model], attname: str) -> int:
    """Return where among :func:`fields_of` a field stands."""
    return [field.attname for field in fields_of(model)].index(attname)


def values_of(row: models.Model) -> Values:
    """Return what is inserted for an unsaved row, as the database wants it.

    No ``save`` and no ``pre_save`` is called, so models with automatic dates do not belong here.
    """
    connection = connections[DEFAULT_DB_ALIAS]  # itself, not the proxy that looks it up each time
    values = row.__dict__
    return [
        values[name]
        if is_text and type(values[name]) is str  # most are, and go as they are
        else field.get_db_prep_save(values[name], connection)
        for field, name, is_text in _columns(type(row))
    ]


@cache
def _columns(model: type[models.Model]) -> tuple[tuple["models.Field[Any, Any]", str, bool], ...]:
    """Return the fields that are inserted, each with its attribute and whether it holds a text."""
    texts = (models.CharField, models.TextField)
    return tuple((field, field.attname, isinstance(field, texts)) for field in fields_of(model))


def insert_values(model: type[models.Model], values: Sequence[Values]) -> None:
    """Insert rows of one model that :func:`values_of` has prepared."""
    if not values:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields_of(model))
    table = name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields_of(model)))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model, as they are; primary keys stay unset."""
    if rows:
        insert_values(type(rows[0]), [values_of(row) for row in rows])


def keys_of(model: type[models.Model], uids: Iterable[Any]) -> dict[Any, int]:
    """Return the primary keys of rows just inserted, by their ``uid``."""
    rows = model._base_manager.filter(uid__among=list(uids))
    return dict(rows.values_list("uid", "pk"))
