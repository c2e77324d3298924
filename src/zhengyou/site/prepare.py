"""Brings a machine's data up to this version of the product. Repeatable; deletes nothing."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def run() -> Iterator[str]:
    """Do what is still to do, yielding one line in Chinese for each thing done."""
    if _migrations_wait():
        call_command("migrate", interactive=False, verbosity=0)
        yield "数据库已升级到当前版本"
    call_command("createcachetable", verbosity=0)
    mark = settings.VAR / "static.mark"
    wanted = _static_mark()
    if not mark.exists() or mark.read_text() != wanted:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(wanted)
        yield "页面用的样式和脚本已备好"


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_mark() -> str:
    """Return a text that changes whenever collecting static files could give another result."""
    mark = hashlib.sha256(f"{version('django')} {version('whitenoise')}".encode())
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            mark.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return mark.hexdigest()
