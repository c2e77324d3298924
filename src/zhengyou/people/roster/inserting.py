"""Inserts many rows with one prepared statement.

``bulk_create`` spells out every value in the statement's text, which costs more than all checks
of a roster together; while a big import writes, nobody else can on SQLite, so it has its own way.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models


def insert(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model, as they are; primary keys stay unset.

    No ``save`` and no ``pre_save`` is called, so models with automatic dates do not belong here.
    """
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]  # itself, not the proxy that looks it up each time
    meta = type(rows[0])._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values: list[list[Any]] = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {name(meta.db_table)} ({columns}) VALUES ({marks})",
            values,
        )


def insert_with_keys(rows: Sequence[Any]) -> None:
    """Insert unsaved rows of a model with a ``uid``, and set their primary keys."""
    insert(rows)
    model = type(rows[0])
    keys = dict(
        model._base_manager.filter(uid__in=[row.uid for row in rows]).values_list("uid", "pk")
    )
    for row in rows:
        row.pk = keys[row.uid]
