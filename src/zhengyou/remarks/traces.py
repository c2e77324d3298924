"""What the databases themselves keep about rows, and how little of it is left.

SQLite: deleted rows are overwritten, and the write-ahead log, in which each transaction stands by
itself, is emptied after each one that came in. PostgreSQL: old versions of rows are swept by the
hourly tick.
"""

from django.db import connection
from django.db.models import Model

_QUEUE = 0x72656D61726B  # "remark": the number of our advisory lock
_swept: list[type[Model]] = []


def sweep_also(*models: type[Model]) -> None:
    """Have the tick sweep the tables of ``models``, too: called by ``site`` only."""
    _swept.extend(model for model in models if model not in _swept)


def hold_queue() -> None:
    """Let nobody else lay down or move what waits until this transaction ends.

    On SQLite the transaction is the only writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_QUEUE])


def wipe_what_is_deleted() -> None:
    """Have SQLite overwrite with zeros what it deletes; some builds do not by themselves."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def empty_journal() -> None:
    """Bring SQLite's write-ahead log into the file and cut it, if no reader needs it right now."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")


def sweep() -> None:
    """Remove what a reader, or PostgreSQL's way of writing, has left; part of the tick."""
    empty_journal()
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for model in _swept:
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
